"""Documents in the file system: one file, or all that a pattern matches."""

from __future__ import annotations

import asyncio
import glob
import mimetypes
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar

from tracker.domain.period import Period
from tracker.domain.source import Fetched
from tracker.errors import SourceError, SourceRejected, SourceUnavailable
from tracker.fetch.found import Checked, Known, digest
from tracker.net import ClientSettings

LARGEST_FILE = 50_000_000


@dataclass(frozen=True, slots=True)
class FileSource:
    """``path`` is absolute, or relative to the working folder, and may be a pattern (``*``, ``**``).

    ``published`` is what the operator declares for every document of the source.
    """

    kind: ClassVar[str] = "file"
    id: str
    path: str
    published: date | None = None
    media_type: str | None = None
    charset: str | None = None
    limit: int = LARGEST_FILE


async def read_files(
    source: FileSource, known: Mapping[str, Known], now: datetime, settings: ClientSettings
) -> Checked:
    """The files whose content is new, sorted by path; a bad one hides no other."""
    return await asyncio.to_thread(_read_all, source, known, now)


def _read_all(source: FileSource, known: Mapping[str, Known], now: datetime) -> Checked:
    documents, unchanged = [], []
    errors: list[SourceError] = []
    try:
        paths = matching(source.path)
    except SourceError as error:
        return Checked(errors=(error,))
    for path in paths:
        try:
            content = read_file(path, source.limit)
        except SourceError as error:
            errors.append(error)
            continue
        have = known.get(str(path))
        if have is not None and have.digest == digest(content):
            unchanged.append(str(path))
        else:
            documents.append(_fetched(source, path, content, now))
    return Checked(tuple(documents), tuple(errors), unchanged=tuple(unchanged))


def matching(pattern: str) -> list[Path]:
    """The file of that very name, else every file that the pattern matches, sorted.

    Raises:
        SourceUnavailable: there is none.
    """
    if Path(pattern).exists() or not glob.has_magic(pattern):
        return [Path(pattern)]
    names = glob.glob(pattern, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
    found = [path for path in map(Path, sorted(names)) if not path.is_dir()]
    if not found:
        raise SourceUnavailable(f"no file matches {pattern}")
    return found


def read_file(path: Path, limit: int = LARGEST_FILE) -> bytes:
    """The content of one regular file of at most ``limit`` bytes.

    Raises:
        SourceError: there is none, or it cannot be read; one sentence.
    """
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise SourceRejected(f"{path} is a folder; expected a file, or a pattern such as {path}/*.html")
        if not stat.S_ISREG(about.st_mode):
            raise SourceRejected(f"{path} is no regular file")
        if about.st_size > limit:
            raise SourceRejected(f"{path} has {about.st_size} bytes; at most {limit} are read")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise SourceUnavailable(f"there is no file {path}") from None
    except PermissionError:
        raise SourceUnavailable(f"{path} may not be read (no permission)") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceUnavailable(f"{path} could not be read: {reason}") from None
    if len(content) > limit:
        raise SourceRejected(f"{path} has more than the {limit} bytes that are read")
    return content


def _fetched(source: FileSource, path: Path, content: bytes, now: datetime) -> Fetched:
    return Fetched(
        source=source.id,
        name=path.name,
        address=str(path),
        content=content,
        media_type=source.media_type or mimetypes.guess_type(path.name)[0],
        charset=source.charset,
        retrieved_at=now,
        published=Period.day(source.published) if source.published else None,
    )
