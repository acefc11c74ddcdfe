"""Workbooks: XLSX, ODS and XLS.

``Document.text`` is a rendering of the sheets: each sheet's name on a line, its rows as lines with a tab
between the cells, empty rows and columns left out, an empty line after it. Offsets point into that. A
number is written with a point and no thousands, a percentage with its sign, a date as ISO 8601.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tracker.errors import SourceRejected
from tracker.extract.documents import ooxml, opendocument, xls
from tracker.extract.documents.drafts import Draft, draft
from tracker.extract.documents.figures import is_long_count, weave_number
from tracker.extract.documents.finish import finished
from tracker.extract.documents.normalise import Loom, Normalised
from tracker.extract.documents.sheet import Sheet
from tracker.extract.documents.tabular import Rows, read_rows
from tracker.extract.model import BlockKind, Document

_UNNAMED = re.compile(r"(?:sheet|trang tính|trang_tính|feuil|tabelle|table|page)[ _]?\d*", re.IGNORECASE)

SHEETS: dict[str, Callable[[bytes, str, str | None], Iterator[Sheet]]] = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ooxml.read_sheets,
    "application/vnd.oasis.opendocument.spreadsheet": opendocument.read_sheets,
    "application/vnd.ms-excel": xls.read_sheets,
}


def read_workbook(
    content: bytes, name: str, media_type: str, *, sheet: str | None = None, column: str | None = None
) -> Document:
    """Blocks of all visible sheets, or of the one named; ``column`` is a header that the user names."""
    laid = [_laid(one) for one in SHEETS[media_type](content, name, sheet)]
    if not any(one.rows for one in laid):
        raise SourceRejected(f"{name}: the workbook is empty; cells with figures or names were expected")
    text, places = _rendered(laid)
    loom = Loom(text)
    drafts: list[Draft] = []
    for one, (title, rows) in zip(laid, places, strict=True):
        if not one.rows:
            continue
        if not _UNNAMED.fullmatch(one.name):
            drafts.append(_heading(loom, *title))
        pieces = [
            {column: _piece(loom, start, end, machine=one.rows[r][column][1]) for column, (start, end) in row.items()}
            for r, row in enumerate(rows)
        ]
        drafts += read_rows(Rows(pieces, one.merged, column), len(drafts))
    return finished(name, text, media_type, drafts)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A sheet without its empty columns; an empty row is kept where one or more stood."""

    name: str
    rows: list[dict[int, tuple[str, bool]]]
    merged: dict[tuple[int, int], tuple[int, int]]


def _laid(sheet: Sheet) -> _Laid:
    columns = {column: k for k, column in enumerate(sorted({column for _, column in sheet.cells}))}
    used = sorted({row for row, _ in sheet.cells})
    number: dict[int, int] = {}
    rows: list[dict[int, tuple[str, bool]]] = []
    for before, row in zip([None, *used], used, strict=False):
        if before is not None and row > before + 1:
            rows.append({})
        number[row] = len(rows)
        rows.append({})
    for (row, column), cell in sorted(sheet.cells.items()):
        rows[number[row]][columns[column]] = cell
    return _Laid(sheet.name, rows, dict(_merged(sheet, number, columns)))


def _merged(
    sheet: Sheet, number: dict[int, int], columns: dict[int, int]
) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    for (row, column), (height, width) in sheet.merged.items():
        if row in number and column in columns:
            yield (
                (number[row], columns[column]),
                (_within(number, row, height), _within(columns, column, width)),
            )


def _within(kept: dict[int, int], first: int, size: int) -> int:
    """How many of the kept rows (or columns) the merged cell covers."""
    if size <= len(kept):
        return max(1, sum(1 for k in range(first, first + size) if k in kept))
    return max(1, sum(1 for k in kept if first <= k < first + size))


Places = list[dict[int, tuple[int, int]]]


def _rendered(sheets: list[_Laid]) -> tuple[str, list[tuple[tuple[int, int], Places]]]:
    parts: list[str] = []
    places: list[tuple[tuple[int, int], Places]] = []
    at = 0

    def put(text: str) -> tuple[int, int]:
        nonlocal at
        parts.append(text)
        at += len(text)
        return at - len(text), at

    for one in sheets:
        title = put(" ".join(one.name.split()))
        put("\n")
        rows: Places = []
        for row in one.rows:
            found: dict[int, tuple[int, int]] = {}
            done = 0
            for column in sorted(row):
                put("\t" * (column - done))
                done = column
                found[column] = put(row[column][0])
            put("\n")
            rows.append(found)
        put("\n")
        places.append((title, rows))
    return "".join(parts), places


def _heading(loom: Loom, start: int, end: int) -> Draft:
    one = draft(BlockKind.HEADING, loom.normalised(start, end))
    one.level, one.style = 1, "sheet"
    return one


def _piece(loom: Loom, start: int, end: int, *, machine: bool) -> Normalised:
    weave = loom.weave()
    if machine or is_long_count(loom.text[start:end]):
        weave_number(weave, loom.text, start, end)
    else:
        weave.take(start, end)
    return weave.normalised()
