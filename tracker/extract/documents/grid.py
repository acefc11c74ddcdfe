"""Which headers govern a table's cell, whatever the table was written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extract.documents.drafts import Draft
from tracker.extract.model import CellPlace

_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-/–]\s*(?:\d\d){1,2})?")
_FIGURE = re.compile(
    r"[<>≤≥~≈±+\-*(]{0,2}\s*(?:US\$|\$|€|£|VND)?\s*\d[\d.,/\s]*(?:\s*-\s*\d[\d.,\s]*)?"
    r"\s*(?:%|‰|pp|đ|tỷ|triệu|nghìn|bn|m|k)?\s*(?:\*+|\([a-zA-Z\d]{1,2}\))?\)?"
)
_NOTHING = re.compile(r"[-.…*x/\s]*|n/?a\.?|\.\.\.?|không có|chưa có(?: số liệu)?|kxđ", re.IGNORECASE)
_INDEX_HEAD = re.compile(r"(?:stt|tt|số tt|số thứ tự|no\.?|nr\.?|n°|#|s/n|)", re.IGNORECASE)
_MOST_LABELS = 8
_PERIOD_HEAD = re.compile(
    r"(?:năm|nam|tháng|quý|kỳ|ngày|thời (?:gian|kỳ|điểm)|(?:ref(?:erence)? )?(?:year|month|quarter|period|date|time))"
    r"(?: (?:báo cáo|số liệu|of reference))?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:năm )?(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-[0-3]\d(?:[ T]\d\d:\d\d.*)?)?|[- ]?Q[1-4])?"
    r"|\d{1,2}/\d{1,2}/(?:19|20)\d\d"
    r"|\d{1,2}/(?:19|20)\d\d|(?:tháng|quý) [\dIVX]{1,3}(?:[/ ](?:năm )?(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-zđ])[.)]?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands in the grid, spans resolved to the slots it covers.

    ``draft`` is its block's index, None where it is empty. ``head``: inside ``thead``.
    """

    row: int
    column: int
    text: str = ""
    draft: int | None = None
    rows: int = 1
    columns: int = 1
    th: bool = False
    head: bool = False


def is_figure(text: str) -> bool:
    """The cell holds a number and little else, a year included."""
    return _FIGURE.fullmatch(text) is not None


def is_nothing(text: str) -> bool:
    """The cell says that there is no value: a dash, dots, "n/a"."""
    return _NOTHING.fullmatch(text) is not None


def is_value(text: str) -> bool:
    """The cell holds a number that is no year."""
    return is_figure(text) and _YEAR.fullmatch(text) is None


def place(cells: Sequence[Cell], drafts: Sequence[Draft], *, first: int, table: int) -> None:
    """Set ``cell`` of each draft: its place and its headers, outermost first.

    ``drafts[k]`` has index ``first + k`` in the document, the index that :class:`Cell` names.
    """
    layout = _Layout(cells)
    for cell in cells:
        if cell.draft is None:
            continue
        rows, columns = layout.headers(cell)
        drafts[cell.draft - first].cell = CellPlace(table, cell.row, cell.column, rows, columns, layout.is_header(cell))


class _Layout:
    """Header rows, section rows and label columns of one table."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.height = max((cell.row + cell.rows for cell in cells), default=0)
        self.width = max((cell.column + cell.columns for cell in cells), default=0)
        self.starting: list[list[Cell]] = [[] for _ in range(self.height)]
        self.slots: list[dict[int, Cell]] = [{} for _ in range(self.height)]
        for cell in cells:
            self.starting[cell.row].append(cell)
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self.slots[row].setdefault(column, cell)
        self.by_row = [list(dict.fromkeys(slots[column] for column in sorted(slots))) for slots in self.slots]
        self.head_rows = self._leading_header_rows()
        self.kinds = [self._row_kind(row) for row in range(self.height)]
        self.labels = self._label_columns()
        self.sections, self.groups = self._governing_rows()
        self.row_labels = [
            [cell for cell in row if cell.text and cell.draft is not None and (cell.th or self._names_row(cell))]
            for row in self.by_row
        ]
        self._above: dict[int, dict[int, list[Cell]]] = {}

    # Rows

    def _leading_header_rows(self) -> int:
        rows = 0
        while rows < self.height and self._is_header_row(rows):
            spans = [cell.row + cell.rows for cell in self.starting[rows] if cell.rows < self.height]
            rows = max(rows + 1, *spans, 0)
        if rows or self.height < 2:
            return 0 if rows >= self.height else rows
        return self._guessed_header_rows()

    def _is_header_row(self, row: int) -> bool:
        cells = self.starting[row]
        filled = [cell for cell in cells if cell.text]
        if cells and all(cell.head for cell in cells):
            return True
        return len(filled) > 0 and all(cell.th for cell in filled) and (self.width == 1 or len(cells) > 1)

    def _guessed_header_rows(self) -> int:
        """No ``th`` says so: the first row is a header where it holds no value and the rows below do."""
        rows = min(max((cell.rows for cell in self.starting[0]), default=1), self.height - 1)
        head = [cell for row in range(rows) for cell in self.starting[row]]
        if any(is_value(cell.text) for cell in head) or sum(bool(cell.text) for cell in head) < 2:
            return 0
        body = (cell for row in range(rows, self.height) for cell in self.starting[row])
        return rows if any(is_value(cell.text) for cell in body) else 0

    def _row_kind(self, row: int) -> str:
        if row < self.head_rows:
            return "head"
        if self._is_section(row):
            return "section"
        if self.width > 1 and len(self.starting[row]) > 1 and self._is_header_row(row):
            return "head"
        return "body"

    def _is_section(self, row: int) -> bool:
        """One text across the table, no value beside it."""
        filled = [cell for cell in self.by_row[row] if cell.text]
        if len(filled) != 1 or self.width < 2 or is_figure(filled[0].text) or filled[0].rows > 1:
            return False
        only = filled[0]
        return only.columns >= self.width - 1 or (len(self.by_row[row]) >= self.width - 1 and only.column <= 1)

    def _governing_rows(self) -> tuple[list[Cell | None], list[int]]:
        """For each row the section row above it, and the first row of the header rows above it."""
        sections: list[Cell | None] = []
        groups: list[int] = []
        section: Cell | None = None
        group = 0
        for row, kind in enumerate(self.kinds):
            if kind == "head" and (row == 0 or self.kinds[row - 1] != "head"):
                group, section = row, None
            if kind == "section":
                section = next(cell for cell in self.by_row[row] if cell.text)
            sections.append(section)
            groups.append(group)
        return sections, groups

    # Columns

    def _label_columns(self) -> frozenset[int]:
        """The columns that name a row: from the first that is text up to the first that is values."""
        labels: list[int] = []
        body = [row for row in range(self.head_rows, self.height) if self.kinds[row] == "body"]
        for column in range(min(self.width - 1, _MOST_LABELS) if self.width > 1 else 0):
            cells = [self.slots[row][column] for row in body if column in self.slots[row]]
            if self._is_label_column(column, [cell for cell in cells if cell.text]):
                labels.append(column)
            elif labels:
                break
        later = (cell for row in body for cell in self.by_row[row] if labels and cell.column > labels[-1])
        if labels and not any(is_value(cell.text) for cell in later):
            labels = labels[:1]
        return frozenset(labels) | self._period_columns(body)

    def _period_columns(self, body: list[int]) -> frozenset[int]:
        """Columns that date their row, wherever they stand: a header that says so over nothing but years and days."""
        found = []
        for column, head in self.slots[self.head_rows - 1].items() if self.head_rows and self.width > 1 else ():
            if _PERIOD_HEAD.fullmatch(head.text.strip()) is None:
                continue
            told = [cell.text for row in body if (cell := self.slots[row].get(column)) is not None and cell.text]
            if told and all(_PERIOD.fullmatch(text) for text in told):
                found.append(column)
        return frozenset(found)

    def _is_label_column(self, column: int, cells: list[Cell]) -> bool:
        if cells and all(cell.th for cell in cells):
            return True
        told = [cell.text for cell in cells if not is_nothing(cell.text)]
        if not told or self._is_index_column(column, told):
            return False
        values = sum(is_figure(text) for text in told)
        if column == 0 and values == sum(_YEAR.fullmatch(text) is not None for text in told):
            return True
        return values * 2 < len(told)

    def _is_index_column(self, column: int, told: list[str]) -> bool:
        head = self.slots[self.head_rows - 1].get(column) if self.head_rows else None
        named = head is not None and _INDEX_HEAD.fullmatch(head.text.strip()) is not None
        return (named or (head is None and column == 0)) and all(_INDEX.fullmatch(text) for text in told)

    # Cells

    def is_header(self, cell: Cell) -> bool:
        """A header, a row's name or its running number."""
        if self.kinds[cell.row] != "body" or cell.th or self._names_row(cell):
            return True
        return self._is_index_column(cell.column, [cell.text])

    def _names_row(self, cell: Cell) -> bool:
        return any(cell.column <= label < cell.column + cell.columns for label in self.labels)

    def headers(self, cell: Cell) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Row headers and column headers of a cell, as block indices."""
        kind = self.kinds[cell.row]
        if kind == "section":
            return (), ()
        columns = self._over(cell)
        if kind == "head":
            return (), columns
        rows = [self.sections[cell.row]]
        rows += [
            other
            for other in self.row_labels[cell.row]
            if other.draft != cell.draft and (other.column < cell.column or not self._names_row(cell))
        ]
        found = [other.draft for other in rows if other is not None and other.draft is not None]
        return tuple(dict.fromkeys(found)), columns

    def _over(self, cell: Cell) -> tuple[int, ...]:
        """Header cells above, from the first of the group of header rows that stands over the cell."""
        above = self._group(self.groups[cell.row])
        found: list[int] = []
        for column in range(cell.column, cell.column + cell.columns):
            found += [
                other.draft
                for other in above.get(column, ())
                if other.row < cell.row and other.draft is not None and other.draft != cell.draft
            ]
        return tuple(dict.fromkeys(found))

    def _group(self, start: int) -> dict[int, list[Cell]]:
        if start not in self._above:
            above: dict[int, list[Cell]] = {}
            row = start
            while row < self.height and self.kinds[row] == "head":
                for cell in self.starting[row]:
                    if cell.text:
                        for column in range(cell.column, cell.column + cell.columns):
                            above.setdefault(column, []).append(cell)
                row += 1
            self._above[start] = above
        return self._above[start]
