"""Rows of cells to drafts: what stands above a table, its header rows, its body, its notes.

The same for every format that has rows: comma-separated files, sheets, tables of a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.extract.documents import grid, roles
from tracker.extract.documents.drafts import Draft, draft
from tracker.extract.documents.normalise import Normalised
from tracker.extract.model import BlockKind

_MOST_HEAD_ROWS = 6
_MOST_SLOTS = 200_000
_COLUMN_MARK = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?(?:\s?=\s?[\d()+\-*/:x. ]+)?")
_NOTE = re.compile(
    r"(?:ghi chú|chú thích|note|notes|nguồn|source|đơn vị|đvt|unit)\b|\*+\s*\S|\(\d\)\s|[¹²³†‡]", re.IGNORECASE
)
_LONGEST_LABEL = 60
_LONGEST_TITLE = 200

Row = Mapping[int, Normalised]


@dataclass(frozen=True, slots=True)
class Rows:
    """``cells[r][c]`` is the text of a cell; an empty cell is absent.

    ``merged`` maps the first slot of a merged cell to its height and width. ``header`` is a column's
    name that the user gave: the first row that has it is the last header row.
    """

    cells: Sequence[Row]
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    header: str | None = None


def same_name(one: str, other: str) -> bool:
    """Two headers are the same, capitals and blanks aside."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def read_rows(rows: Rows, first: int) -> list[Draft]:
    """Drafts of all that the rows hold; ``first`` is the index that the first of them will have."""
    drafts: list[Draft] = []
    for begin, end in _parts(rows):
        _read_part(rows, begin, end, first, drafts)
    return drafts


def _parts(rows: Rows) -> Iterator[tuple[int, int]]:
    """Stretches that are one table each: apart by an empty row, and the later one has headers of its own."""
    begin: int | None = None
    blank = wide = False
    following = _next_wide(rows)
    for r, row in enumerate(rows.cells):
        if not row:
            blank = True
            continue
        if begin is None:
            begin = r
        elif blank and wide and _opens(rows, r, following[r]):
            yield begin, r
            begin, wide = r, False
        blank, wide = False, wide or len(row) > 1
    if begin is not None:
        yield begin, len(rows.cells)


def _next_wide(rows: Rows) -> list[Row | None]:
    """For every row the next one below it that has several cells."""
    found: list[Row | None] = []
    below: Row | None = None
    for row in reversed(rows.cells):
        found.append(below)
        below = row if len(row) > 1 else below
    found.reverse()
    return found


def _opens(rows: Rows, r: int, following: Row | None) -> bool:
    """A new table begins at row ``r``: names in several columns, no figure among them."""
    row = rows.cells[r]
    if len(row) == 1:
        return following is not None and not _has_value(following)
    return not _has_value(row) and any(_has_value(one) for one in rows.cells[r + 1 : r + 1 + _MOST_HEAD_ROWS])


def _has_value(row: Row) -> bool:
    return any(grid.is_value(cell.text) for cell in row.values())


def _read_part(rows: Rows, begin: int, end: int, first: int, drafts: list[Draft]) -> None:
    while begin < end and not rows.cells[begin]:
        begin += 1
    top = begin
    while top < end and len(rows.cells[top]) <= 1:
        top += 1
    if top == end:
        # A single column is a list of lines, or a table of one column where figures stand under a name.
        if _is_column(rows, begin, end):
            top = begin
        else:
            drafts.extend(_line(cell) for row in rows.cells[begin:end] for cell in row.values())
            return
    bottom = end
    while bottom > top + 1 and _is_note(rows.cells[bottom - 1]):
        bottom -= 1
    drafts.extend(_title(cell) for row in rows.cells[begin:top] for cell in row.values())
    _read_table(rows, top, bottom, first, drafts)
    drafts.extend(_line(cell) for row in rows.cells[bottom:end] for cell in row.values())


def _is_column(rows: Rows, begin: int, end: int) -> bool:
    cells = [(column, cell.text) for row in rows.cells[begin:end] for column, cell in row.items()]
    figures = sum(grid.is_value(text) for _, text in cells)
    return len(cells) > 1 and len({column for column, _ in cells}) == 1 and figures == len(cells) - 1


def _is_note(row: Row) -> bool:
    if len(row) != 1:
        return not row
    text = next(iter(row.values())).text
    return not grid.is_figure(text) and (len(text) > _LONGEST_LABEL or _NOTE.match(text) is not None)


def _title(cell: Normalised) -> Draft:
    """A line above a table is what the table is about, unless it is a date or runs on."""
    one = _line(cell)
    if len(cell.text) <= _LONGEST_TITLE and not roles.dateline(cell.text):
        one.kind = BlockKind.CAPTION
    return one


def _line(cell: Normalised) -> Draft:
    one = draft(BlockKind.PARAGRAPH, cell)
    if len(cell.text) <= _LONGEST_LABEL * 2 and _NOTE.match(cell.text):
        one.kind = BlockKind.CAPTION
    return one


def _read_table(rows: Rows, top: int, bottom: int, first: int, drafts: list[Draft]) -> None:
    heads = _head_rows(rows, top, bottom)
    marks = _column_marks(rows, top + heads, bottom) if heads else 0
    table = first + len(drafts)
    here = len(drafts)
    kept = [*range(top, top + heads), *(r for r in range(top + heads + marks, bottom) if rows.cells[r])]
    number = {r: k for k, r in enumerate(kept)}
    budget = _MOST_SLOTS
    cells: list[grid.Cell] = []
    for r in kept:
        for column, piece in sorted(rows.cells[r].items()):
            height, width = rows.merged.get((r, column), (1, 1))
            height = sum(1 for k in range(r, min(r + height, bottom)) if k in number)
            budget -= height * width
            if budget < 0:
                height = width = 1
            if r < top + heads:
                width = max(width, _reach(rows, r, column, top + heads))
                height = min(max(height, _fall(rows, r, column, width, top + heads)), top + heads - r)
            one = draft(BlockKind.CELL, piece)
            one.table = table
            cells.append(
                grid.Cell(number[r], column, one.text, first + len(drafts), height, width, head=r < top + heads)
            )
            drafts.append(one)
    _fill(cells, len(kept), heads)
    grid.place(sorted(cells, key=lambda cell: (cell.row, cell.column)), drafts[here:], first=table, table=table)


def _fill(cells: list[grid.Cell], height: int, heads: int) -> None:
    """Empty cells where nothing stands, so that a lone text is not taken for a row across the table."""
    width = max((cell.column + cell.columns for cell in cells), default=0)
    if width * height > _MOST_SLOTS * 4:
        return
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        taken.update(
            (r, c)
            for r in range(cell.row, cell.row + cell.rows)
            for c in range(cell.column, cell.column + cell.columns)
        )
    cells.extend(grid.Cell(r, c, head=r < heads) for r in range(height) for c in range(width) if (r, c) not in taken)


def _head_rows(rows: Rows, top: int, bottom: int) -> int:
    """How many rows name the columns: those above the first row with a figure, less those that name rows."""
    if rows.header is not None:
        for r in range(top, min(bottom, top + 4 * _MOST_HEAD_ROWS)):
            if any(same_name(cell.text, rows.header) for cell in rows.cells[r].values()):
                return r + 1 - top
    left = min(column for row in rows.cells[top:bottom] for column in row)
    heads = 0
    for r in range(top, min(bottom, top + _MOST_HEAD_ROWS)):
        row = rows.cells[r]
        if _has_value(row) and not _is_marks(row):
            return heads
        if heads and (len(row) == 1 or _is_marks(row) or _names_a_row(rows, r, left)):
            return heads if _values_below(rows, r, bottom) else 0
        heads += 1
    return 0 if heads and not _values_below(rows, top + heads, bottom) else heads


def _names_a_row(rows: Rows, r: int, left: int) -> bool:
    """A row of the body without figures: it has a name of its own where the headers above have theirs."""
    own = left in rows.cells[r]
    return own and left in rows.cells[r - 1] and (r - 1, left) not in rows.merged


def _values_below(rows: Rows, r: int, bottom: int) -> bool:
    return any(_has_value(row) for row in rows.cells[r:bottom])


def _column_marks(rows: Rows, r: int, bottom: int) -> int:
    """1 where the row under the headers numbers the columns (A, B, 1, 2, 3), as statistical tables do."""
    return int(r < bottom - 1 and _is_marks(rows.cells[r]))


def _is_marks(row: Row) -> bool:
    texts = [row[column].text for column in sorted(row)]
    if len(texts) < 3 or not all(_COLUMN_MARK.fullmatch(text) for text in texts):
        return False
    numbers = [int(found.group()) for text in texts if (found := re.search(r"\d+", text))]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2


def _fall(rows: Rows, r: int, column: int, width: int, end: int) -> int:
    """How many header rows a header covers: the rest of them where nothing stands below it."""
    covered = range(column, column + width)
    return end - r if not any(k in rows.cells[below] for below in range(r + 1, end) for k in covered) else 1


def _reach(rows: Rows, r: int, column: int, end: int) -> int:
    """How many columns an upper header covers: the empty ones after it that have a header of their own below."""
    if r + 1 >= end or (r, column) in rows.merged:
        return 1
    width, row = 1, rows.cells[r]
    below = rows.cells[r + 1]
    if column not in below:
        return 1
    while column + width in below and column + width not in row:
        width += 1
    return width
