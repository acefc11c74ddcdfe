"""Taking a body in pieces, with a limit on what comes in and on what it unfolds to."""

from __future__ import annotations

import zlib

from tracker.errors import BrokenAnswer

ACCEPTED = "gzip, deflate, identity"
_GZIP = 16 + zlib.MAX_WBITS
_RAW_DEFLATE = -zlib.MAX_WBITS


class Body:
    """Collects a body; ``BrokenAnswer`` as soon as it is too large or broken."""

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name.strip().lower() for name in encoding.split(",")]
        names = [name for name in names if name not in ("", "identity")]
        if len(names) > 1 or any(name not in ("gzip", "x-gzip", "deflate") for name in names):
            raise BrokenAnswer(f"the answer is packed as {encoding[:60]!r}; asked for was {ACCEPTED}")
        self._unfolder = _Unfolder(deflate=names[0] == "deflate") if names else None
        self._limit = limit
        self._content = bytearray()
        self._arrived = 0

    def add(self, piece: bytes) -> None:
        """Take the next piece as it came over the wire."""
        self._arrived += len(piece)
        if self._arrived > self._limit:
            raise self._too_large()
        if self._unfolder is None:
            self._content += piece
            return
        # One byte more than there is room for tells a body at the limit from one beyond it.
        room = self._limit - len(self._content) + 1
        self._content += self._unfolder.unfold(piece, room)
        if len(self._content) > self._limit:
            raise self._too_large()

    def finish(self) -> bytes:
        """The whole body; a packed one that ends in the middle is no body."""
        if self._unfolder is not None and self._arrived and not self._unfolder.complete:
            raise BrokenAnswer("the answer is packed and ends in the middle")
        return bytes(self._content)

    def _too_large(self) -> BrokenAnswer:
        return BrokenAnswer(f"the answer is larger than {self._limit} bytes")


class _Unfolder:
    """zlib with a limit. Several gzip members in a row are one body, as the format allows."""

    def __init__(self, *, deflate: bool) -> None:
        self._deflate = deflate
        self._started = False
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS if deflate else _GZIP)

    @property
    def complete(self) -> bool:
        return self._zlib.eof

    def unfold(self, piece: bytes, room: int) -> bytes:
        """At most ``room`` bytes of what ``piece`` unfolds to; the rest of it is then dropped."""
        out = bytearray()
        while piece and len(out) < room:
            if self._zlib.eof:
                if self._deflate or not piece.startswith(b"\x1f"):
                    break  # padding behind the end
                self._zlib = zlib.decompressobj(_GZIP)
            out += self._step(piece, room - len(out))
            piece = self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail
        return bytes(out)

    def _step(self, piece: bytes, room: int) -> bytes:
        first, self._started = not self._started, True
        try:
            return self._zlib.decompress(piece, room)
        except zlib.error as error:
            if not (first and self._deflate):
                raise BrokenAnswer("the answer is packed and cannot be unpacked") from error
        # Some servers send deflate without the zlib header around it.
        self._zlib = zlib.decompressobj(_RAW_DEFLATE)
        try:
            return self._zlib.decompress(piece, room)
        except zlib.error as error:
            raise BrokenAnswer("the answer is packed and cannot be unpacked") from error
