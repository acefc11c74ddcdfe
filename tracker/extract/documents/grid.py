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
_PERIOD_HEAD = re.compile(r"(?:năm|quý|tháng|kỳ|thời gian|giai đoạn|mốc|year|quarter|month|period|date|edition)\b", re.IGNORECASE)
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


def _is_value(text: str) -> bool:
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
        drafts[cell.draft - first].cell = CellPlace(
            table, cell.row, cell.column, rows, columns, layout.is_header(cell)
        )


class _Layout:
    """Header rows, section rows and label columns of one table."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.height = max((cell.row + cell.rows for cell in cells), default=0)
        self.width = max((cell.column + cell.columns for cell in cells), default=0)
        self.by_row: list[list[Cell]] = [[] for _ in range(self.height)]
        starting: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in cells:
            starting[cell.row].append(cell)
            for row in range(cell.row, cell.row + cell.rows):
                self.by_row[row].append(cell)
        for row in self.by_row:
            row.sort(key=lambda cell: cell.column)
        self.starting = starting
        self.head_rows = self._leading_header_rows()
        self.kinds = self._row_kinds()
        self.labels = self._label_columns()
        self._above = self._column_headers()

    def _leading_header_rows(self) -> int:
        rows = 0
        while rows < self.height and self._is_header_row(rows):
            rows = max(rows + 1, *(cell.row + cell.rows for cell in self.starting[rows] if cell.rows < self.height), 1)
        if rows or self.height < 2:  # noqa: PLR2004
            return 0 if rows >= self.height else rows
        return self._guessed_header_rows()

    def _is_header_row(self, row: int) -> bool:
        cells = self.starting[row]
        if not cells:
            return False
        if all(cell.head for cell in cells):
            return True
        filled = [cell for cell in cells if cell.text]
        return len(filled) > 0 and all(cell.th for cell in filled) and (self.width == 1 or len(cells) > 1)

    def _guessed_header_rows(self) -> int:
        """No ``th`` says so: the first row is a header where it holds no value and the rows below do."""
        rows = max((cell.rows for cell in self.starting[0]), default=1)
        rows = min(rows, self.height - 1)
        head = [cell for row in range(rows) for cell in self.starting[row]]
        body = [cell for row in range(rows, self.height) for cell in self.starting[row]]
        if any(_is_value(cell.text) for cell in head) or sum(bool(cell.text) for cell in head) < 2:  # noqa: PLR2004
            return 0
        return rows if any(_is_value(cell.text) for cell in body) else 0

    def _row_kinds(self) -> list[str]:
        kinds = []
        for row in range(self.height):
            if row < self.head_rows:
                kinds.append("head")
            elif self._is_section(row):
                kinds.append("section")
            elif self.width > 1 and len(self.starting[row]) > 1 and self._is_header_row(row):
                kinds.append("head")
            else:
                kinds.append("body")
        return kinds

    def _is_section(self, row: int) -> bool:
        """One text across the table, no value beside it."""
        filled = [cell for cell in self.by_row[row] if cell.text]
        if len(filled) != 1 or self.width < 2 or is_figure(filled[0].text) or filled[0].rows > 1:  # noqa: PLR2004
            return False
        only = filled[0]
        return only.columns >= self.width - 1 or (len(self.by_row[row]) >= self.width - 1 and only.column <= 1)

    def _label_columns(self) -> frozenset[int]:
        """The columns that name a row: from the first that is text up to the first that is values."""
        labels: list[int] = []
        for column in range(self.width - 1 if self.width > 1 else 0):
            texts = self._body_texts(column)
            if self._is_label_column(column, texts):
                labels.append(column)
            elif labels:
                break
        if labels and not self._has_values_after(labels[-1]):
            labels = labels[:1]
        return frozenset(labels)

    def _has_values_after(self, column: int) -> bool:
        return any(_is_value(text) for later in range(column + 1, self.width) for text in self._body_texts(later))

    def _body_texts(self, column: int) -> list[str]:
        texts = []
        for row in range(self.head_rows, self.height):
            if self.kinds[row] == "body":
                cell = self._at(row, column)
                if cell is not None and cell.text and (cell.columns == 1 or cell.column == column):
                    texts.append(cell.text)
        return texts

    def _at(self, row: int, column: int) -> Cell | None:
        for cell in self.by_row[row]:
            if cell.column <= column < cell.column + cell.columns:
                return cell
        return None

    def _is_label_column(self, column: int, texts: list[str]) -> bool:
        cells = [cell for row in range(self.head_rows, self.height) if self.kinds[row] == "body"
                 for cell in self.by_row[row] if cell.column <= column < cell.column + cell.columns and cell.text]
        if cells and all(cell.th for cell in cells):
            return True
        told = [text for text in texts if not is_nothing(text)]
        if not told:
            return False
        if self._is_index_column(column, told):
            return False
        values = sum(is_figure(text) for text in told)
        if column == 0 and values == sum(_YEAR.fullmatch(text) is not None for text in told):
            return True
        return values * 2 < len(told)

    def _is_index_column(self, column: int, told: list[str]) -> bool:
        head = self._at(self.head_rows - 1, column) if self.head_rows else None
        named = head is not None and _INDEX_HEAD.fullmatch(head.text.strip()) is not None
        return (named or (head is None and column == 0)) and all(_INDEX.fullmatch(text) for text in told)

    def _column_headers(self) -> list[list[Cell]]:
        above: list[list[Cell]] = [[] for _ in range(self.width)]
        for row in range(self.head_rows):
            for cell in self.starting[row]:
                if not cell.text:
                    continue
                for column in range(cell.column, min(cell.column + cell.columns, self.width)):
                    above[column].append(cell)
        return above

    def is_header(self, cell: Cell) -> bool:
        if self.kinds[cell.row] != "body":
            return True
        if cell.th or cell.column in self.labels:
            return True
        return self._is_index_column(cell.column, [cell.text])

    def headers(self, cell: Cell) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Row headers and column headers of a cell, as block indices."""
        if self.kinds[cell.row] == "head":
            return (), self._over(cell)
        columns = self._over(cell)
        if self.kinds[cell.row] == "section":
            return (), ()
        rows = [self._section_over(cell.row)]
        rows += [
            other
            for other in self.by_row[cell.row]
            if other.draft != cell.draft and other.text
            and (other.column in self.labels or other.th)
            and (other.column < cell.column or cell.column not in self.labels)
        ]
        found = [other.draft for other in rows if other is not None and other.draft is not None]
        return tuple(dict.fromkeys(found)), columns

    def _section_over(self, row: int) -> Cell | None:
        for above in range(row - 1, self.head_rows - 1, -1):
            if self.kinds[above] == "section":
                return next(cell for cell in self.by_row[above] if cell.text)
        return None

    def _over(self, cell: Cell) -> tuple[int, ...]:
        """Header cells above, from the last row of headers that stands over the cell."""
        found: list[int] = []
        start = self._header_start(cell.row)
        for row in range(start, cell.row):
            if self.kinds[row] != "head":
                continue
            for other in self.starting[row]:
                covers = other.column < cell.column + cell.columns and cell.column < other.column + other.columns
                if covers and other.draft is not None and other.draft != cell.draft:
                    found.append(other.draft)
        return tuple(found)

    def _header_start(self, row: int) -> int:
        """The first row of the group of header rows that governs ``row``."""
        last = row if self.kinds[row] == "head" else row - 1
        while last >= 0 and self.kinds[last] != "head":
            last -= 1
        while last > 0 and self.kinds[last - 1] == "head":
            last -= 1
        return max(last, 0)
