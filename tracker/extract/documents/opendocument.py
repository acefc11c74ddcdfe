"""ODS: the sheets of an OpenDocument spreadsheet, each number as its type shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from tracker.errors import SourceRejected
from tracker.extract.documents.archive import Archive
from tracker.extract.documents.number_formats import GENERAL, NumberFormat, Shown, shown_number
from tracker.extract.documents.sheet import LARGEST_COLUMN, LARGEST_ROW, LONGEST_CELL, MOST_CELLS, Sheet, TooLargeError
from tracker.extract.documents.xml_events import parse

_WHAT = "spreadsheet (ODS)"
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?.*", re.DOTALL)
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_ASIDE = frozenset({"annotation", "note"})
_PERCENT = NumberFormat(Shown.PERCENT)
_LONGEST_NUMBER = 60
_MOST_SHEETS = 500


def read_sheets(content: bytes, name: str, wanted: str | None) -> Iterator[Sheet]:
    """The visible sheets in order; with ``wanted`` the one of that name (capitals aside), hidden or not."""
    archive = Archive(content, name, _WHAT)
    reading = _Reading()
    try:
        parse(archive.read("content.xml"), name, _WHAT, reading.start, reading.end, reading.text)
    except TooLargeError:
        raise SourceRejected(
            f"{name}: at most {MOST_CELLS} cells of a spreadsheet are read; this one has more: split it"
        ) from None
    if wanted is None:
        yield from (sheet for sheet in reading.sheets if sheet.name not in reading.hidden)
        return
    chosen = [sheet for sheet in reading.sheets if sheet.name.casefold() == wanted.casefold()]
    if not chosen:
        known = ", ".join(repr(sheet.name) for sheet in reading.sheets[:12])
        raise SourceRejected(f"{name}: sheet {wanted!r} matches nothing; the workbook has {known or 'no sheets'}")
    yield from chosen


class _Reading:
    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.hidden: set[str] = set()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._left = MOST_CELLS
        self._row = self._rows = self._column = 0
        self._cell: dict[str, str] | None = None
        self._lines: list[str] = []
        self._aside = 0

    def start(self, tag: str, told: dict[str, str]) -> None:
        match tag:
            case "style":
                self._style = told.get("name", "")
            case "table-properties" if told.get("display") == "false":
                self._hidden_styles.add(self._style)
            case "table" if len(self.sheets) < _MOST_SHEETS:
                self.sheets.append(Sheet(told.get("name", "")[:200]))
                if told.get("style-name") in self._hidden_styles:
                    self.hidden.add(self.sheets[-1].name)
                self._row = 0
            case "table-row":
                self._rows = _count(told, "number-rows-repeated")
                self._column = 0
            case "p" if self._cell is not None and not self._aside:
                self._lines.append("")
            case "s" | "tab" | "line-break" if self._lines:
                self._lines[-1] += " "
            case _ if tag in _CELLS:
                self._cell, self._lines = told, []
            case _ if tag in _ASIDE:
                self._aside += 1

    def text(self, data: str) -> None:
        if self._cell is not None and self._lines and not self._aside and len(self._lines[-1]) < LONGEST_CELL:
            self._lines[-1] += data

    def end(self, tag: str) -> None:
        if tag in _ASIDE:
            self._aside = max(0, self._aside - 1)
        elif tag in _CELLS and self._cell is not None:
            self._keep(self._cell)
            self._cell = None
        elif tag == "table-row":
            self._row += self._rows

    def _keep(self, told: dict[str, str]) -> None:
        repeated = _count(told, "number-columns-repeated")
        text, machine = self._shown(told)
        text = " ".join(text.split())
        if text and self.sheets:
            sheet = self.sheets[-1]
            self._left -= repeated * self._rows
            if self._left < 0:
                raise TooLargeError
            for row in range(self._row, min(self._row + self._rows, LARGEST_ROW)):
                for column in range(self._column, min(self._column + repeated, LARGEST_COLUMN)):
                    sheet.cells[row, column] = (text, machine)
            height, width = _count(told, "number-rows-spanned"), _count(told, "number-columns-spanned")
            if height * width > 1:
                sheet.merged[self._row, self._column] = (min(height, LARGEST_ROW), min(width, LARGEST_COLUMN))
        self._column += repeated

    def _shown(self, told: dict[str, str]) -> tuple[str, bool]:
        written = "\n".join(self._lines)[:LONGEST_CELL]
        match told.get("value-type"):
            case "percentage":
                return _number(told.get("value", ""), _PERCENT), True
            case "float" | "currency":
                return _number(told.get("value", ""), GENERAL), True
            case "date":
                found = _ISO.fullmatch(told.get("date-value", "")[:40])
                if found is None:
                    return written, False
                clock = found.group(2)
                return found.group(1) + (f" {clock}" if clock and clock != "00:00" else ""), True
            case "boolean":
                return "", False
            case _:
                return written, False


def _number(raw: str, how: NumberFormat) -> str:
    try:
        value = Decimal(raw) if len(raw) <= _LONGEST_NUMBER else None
    except InvalidOperation:
        return ""
    return shown_number(value, how) if value is not None and value.is_finite() and abs(value.adjusted()) < 400 else ""


def _count(told: dict[str, str], key: str) -> int:
    text = told.get(key, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1
