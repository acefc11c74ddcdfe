"""XLS: what the older binary workbooks say about the format of each cell.

The values come from a reader of such files; it does not tell a percentage from a fraction, and it lays a
sheet out whole. So the file's own records are looked at first: the format of each number, and how far the
cells reach.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.errors import SourceRejected
from tracker.extract.documents.number_formats import GENERAL, NumberFormat, number_format

_FREE = 0xFFFFFFFA  # this and all above mark no sector
_HEADER = 512
_NAMES = ("Workbook", "Book")
_CELLS = frozenset({0x0203, 0x0003, 0x027E, 0x007E, 0x0006, 0x0206, 0x0406, 0x0204, 0x0004, 0x00FD, 0x0205, 0x0005})
_BLANK_RUN, _NUMBER_RUN, _BLANK = 0x00BE, 0x00BD, 0x0201
_BOF, _EOF, _SHEET, _FORMAT, _XF, _PASSWORD, _FIRST_DAY = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x002F, 0x0022
_MOST_SLOTS = 2_000_000


@dataclass(slots=True)
class SheetFormats:
    """``formats`` maps ``(row, column)`` to what is no plain number."""

    name: str
    visible: bool
    formats: dict[tuple[int, int], NumberFormat] = field(default_factory=dict)


def sheet_formats(content: bytes, name: str) -> list[SheetFormats]:
    """The sheets of an XLS file in order.

    Raises:
        SourceRejected: the file is damaged, protected, or its cells reach too far apart.
    """
    try:
        stream = _workbook(content)
        return _Records(stream, name).sheets()
    except (struct.error, IndexError, ValueError) as error:
        raise SourceRejected(f"{name}: a workbook (XLS) was expected; the file is damaged or cut off") from error


def _workbook(content: bytes) -> bytes:
    """The stream of the workbook inside the compound file."""
    shift = struct.unpack_from("<H", content, 30)[0]
    if shift not in (9, 12):
        raise ValueError("sector size")
    size = 1 << shift
    sectors = _allocation(content, size)
    directory = _chain(content, struct.unpack_from("<I", content, 48)[0], sectors, size)
    root = directory[:128]
    least = struct.unpack_from("<I", content, 56)[0]
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        length = min(struct.unpack_from("<H", entry, 64)[0], 64)
        if entry[: max(0, length - 2)].decode("utf-16-le", "replace") not in _NAMES:
            continue
        start, whole = struct.unpack_from("<II", entry, 116)
        if whole >= least:
            return _chain(content, start, sectors, size)[:whole]
        small = _chain(content, struct.unpack_from("<I", root, 116)[0], sectors, size)
        table = _chain(content, struct.unpack_from("<I", content, 60)[0], sectors, size)
        chain = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        return _mini(small, start, chain)[:whole]
    raise ValueError("no workbook")


def _allocation(content: bytes, size: int) -> tuple[int, ...]:
    places = list(struct.unpack_from("<109I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    seen = 0
    while following < _FREE and seen <= len(content) // size:
        block = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        places.extend(block[:-1])
        following = block[-1]
        seen += 1
    found: list[int] = []
    for place in places[: len(content) // size + 1]:
        if place < _FREE:
            found.extend(struct.unpack_from(f"<{size // 4}I", content, (place + 1) * size))
    return tuple(found)


def _chain(content: bytes, start: int, sectors: tuple[int, ...], size: int) -> bytes:
    parts: list[bytes] = []
    at = start
    while at < _FREE:
        if len(parts) * size > len(content):
            raise ValueError("a chain without end")
        parts.append(content[(at + 1) * size : (at + 2) * size])
        at = sectors[at]
    return b"".join(parts)


def _mini(small: bytes, start: int, chain: tuple[int, ...]) -> bytes:
    parts: list[bytes] = []
    at = start
    while at < _FREE:
        if len(parts) * 64 > len(small):
            raise ValueError("a chain without end")
        parts.append(small[at * 64 : at * 64 + 64])
        at = chain[at]
    return b"".join(parts)


class _Records:
    def __init__(self, stream: bytes, name: str) -> None:
        self._stream, self._name = stream, name
        self._codes: dict[int, str] = {}
        self._styles: list[NumberFormat] = []
        self._slots = 0

    def sheets(self) -> list[SheetFormats]:
        found: list[tuple[int, SheetFormats]] = []
        for kind, body in self._from(0):
            if kind == _PASSWORD:
                raise SourceRejected(f"{self._name}: the workbook is protected by a password; expected an open one")
            if kind == _SHEET and len(body) > 7:
                place, state, sort = struct.unpack_from("<IBB", body)
                if sort == 0:
                    found.append((place, SheetFormats(_text(body, 6), visible=state & 3 == 0)))
            elif kind == _FORMAT:
                self._codes[struct.unpack_from("<H", body)[0]] = _text(body, 2, wide=True)
            elif kind == _XF:
                number = struct.unpack_from("<H", body, 2)[0]
                self._styles.append(number_format(number, self._codes.get(number)))
            elif kind == _EOF:
                break
        for place, sheet in found:
            self._read(place, sheet)
        return [sheet for _, sheet in found]

    def _from(self, at: int) -> Iterator[tuple[int, bytes]]:
        stream = self._stream
        while at + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, at)
            yield kind, stream[at + 4 : at + 4 + length]
            at += 4 + length

    def _read(self, place: int, sheet: SheetFormats) -> None:
        bottom = right = depth = 0
        for kind, body in self._from(place):
            depth += (kind == _BOF) - (kind == _EOF)
            if depth <= 0 or (kind not in _CELLS and kind not in (_NUMBER_RUN, _BLANK_RUN, _BLANK)):
                if depth <= 0:
                    break
                continue
            row, first, style = struct.unpack_from("<HHH", body)
            last = first
            if kind == _NUMBER_RUN:
                last = first + (len(body) - 6) // 6 - 1
                for k in range(last - first + 1):
                    self._note(sheet, row, first + k, struct.unpack_from("<H", body, 4 + 6 * k)[0])
            elif kind in _CELLS:
                self._note(sheet, row, first, style)
            bottom, right = max(bottom, row + 1), max(right, last + 1)
        self._slots += bottom * right
        if self._slots > _MOST_SLOTS:
            raise SourceRejected(
                f"{self._name}: the cells of the workbook spread over {self._slots} places; "
                f"at most {_MOST_SLOTS} are read"
            )

    def _note(self, sheet: SheetFormats, row: int, column: int, style: int) -> None:
        how = self._styles[style] if style < len(self._styles) else GENERAL
        if how is not GENERAL:
            sheet.formats[row, column] = how


def _text(body: bytes, at: int, *, wide: bool = False) -> str:
    """A string after its length (one byte, or two where ``wide``); a flag says if its letters take two bytes."""
    length = struct.unpack_from("<H" if wide else "<B", body, at)[0]
    at += 2 if wide else 1
    if body[at] & 1:
        return body[at + 1 : at + 1 + 2 * length].decode("utf-16-le", "replace")
    return body[at + 1 : at + 1 + length].decode("latin-1")
