"""Opening a ZIP file that somebody else packed: what it unpacks to is bounded before it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from tracker.errors import SourceRejected

LARGEST_PART = 64_000_000
LARGEST_WHOLE = 128_000_000
MOST_PARTS = 2_000
_CHUNK = 1 << 16
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """The parts of a ZIP file by name; every part that is read counts against one budget."""

    def __init__(self, content: bytes, name: str, what: str) -> None:
        self._name = name
        self._what = what
        self._left = LARGEST_WHOLE
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self._zip.infolist()
        except _FAULTS as error:
            raise SourceRejected(f"{name}: a {what} was expected; the file is damaged or cut off") from error
        if len(parts) > MOST_PARTS:
            raise SourceRejected(f"{name}: a {what} of at most {MOST_PARTS} parts was expected; {len(parts)} came")
        self._parts = {str(PurePosixPath("/", part.filename)).lstrip("/"): part for part in parts}

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def read(self, part: str) -> bytes:
        """The unpacked bytes; ``SourceRejected`` where they are too many, damaged or not there."""
        info = self._parts.get(part)
        if info is None:
            raise SourceRejected(f"{self._name}: a {self._what} was expected; its part {part[:80]} is missing")
        most = min(LARGEST_PART, self._left)
        if info.flag_bits & 1:
            raise SourceRejected(f"{self._name}: the {self._what} is protected by a password; expected an open one")
        found = bytearray()
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    found += chunk
                    if len(found) > most:
                        raise SourceRejected(
                            f"{self._name}: the {self._what} unpacks to more than {LARGEST_WHOLE // 1_000_000} MB; "
                            "a smaller one was expected"
                        )
        except _FAULTS as error:
            raise SourceRejected(f"{self._name}: the {self._what} is damaged in its part {part[:80]}") from error
        self._left -= len(found)
        return bytes(found)
