"""XLSX: the sheets of a workbook, each number as its format shows it.

The formats are read here because they decide what a figure is: 0.937 shown as 93.7% is 93.7%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from tracker.errors import SourceRejected
from tracker.extract.documents.archive import Archive
from tracker.extract.documents.number_formats import GENERAL, NumberFormat, number_format, shown_number
from tracker.extract.documents.sheet import LARGEST_COLUMN, LARGEST_ROW, LONGEST_CELL, MOST_CELLS, Sheet, TooLargeError
from tracker.extract.documents.xml_events import parse

_WHAT = "workbook (XLSX)"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6}):\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_NOTE = re.compile(r"\s*[\[(]?(?:\d{1,2}|[a-z]|\*{1,3})[\])]?\s*")
_UNIT = re.compile(r"(?:^|[\s\d/(])(?:[kcdm]?m|ha|CO|10)$")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?.*", re.DOTALL)
_LONGEST_NUMBER = 60
_MOST_SHEETS = 500
_MOST_STRINGS = 1_000_000
_MOST_MERGED = 100_000
_LARGEST_POWER = 400


def read_sheets(content: bytes, name: str, wanted: str | None) -> Iterator[Sheet]:
    """The visible sheets in order; with ``wanted`` the one of that name (capitals aside), hidden or not."""
    archive = Archive(content, name, _WHAT)
    book = _Book(archive, name)
    chosen = [one for one in book.sheets if (one[2] if wanted is None else one[0].casefold() == wanted.casefold())]
    if wanted is not None and not chosen:
        known = ", ".join(repr(one[0]) for one in book.sheets[:12])
        raise SourceRejected(f"{name}: sheet {wanted!r} matches nothing; the workbook has {known or 'no sheets'}")
    strings = _strings(archive, name, book.folder + "sharedStrings.xml")
    formats = _formats(archive, name, book.folder + "styles.xml")
    left = MOST_CELLS
    for title, part, _ in chosen:
        reading = _SheetReading(Sheet(title), strings, formats, from_1904=book.from_1904, left=left)
        try:
            parse(archive.read(part), name, _WHAT, reading.start, reading.end, reading.text)
        except TooLargeError:
            raise SourceRejected(
                f"{name}: at most {MOST_CELLS} cells of a workbook are read; this one has more: "
                "name one sheet with 'sheet'"
            ) from None
        left = reading.left
        yield reading.sheet


class _Book:
    """Names, parts and visibility of the sheets."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive, self._name = archive, name
        self.from_1904 = False
        self.sheets: list[tuple[str, str, bool]] = []
        main = "xl/workbook.xml"
        if main not in archive:
            main = self._main()
        self.folder = main.rpartition("/")[0] + "/" if "/" in main else ""
        relations = self._relations(f"{self.folder}_rels/{main.rpartition('/')[2]}.rels", self.folder)
        self._targets = {id: target for id, _, target in relations}
        parse(archive.read(main), name, _WHAT, self._start, lambda _: None, lambda _: None)

    def _main(self) -> str:
        for _, kind, target in self._relations("_rels/.rels", ""):
            if kind.endswith("/officeDocument") and target.endswith(".xml") and target in self._archive:
                return target
        raise SourceRejected(f"{self._name}: a {_WHAT} was expected; the file has no workbook in it")

    def _relations(self, part: str, folder: str) -> list[tuple[str, str, str]]:
        found: list[tuple[str, str, str]] = []

        def start(tag: str, told: dict[str, str]) -> None:
            if tag == "Relationship" and told.get("TargetMode") != "External" and len(found) < _MOST_SHEETS * 4:
                target = told.get("Target", "")
                target = target[1:] if target.startswith("/") else folder + target
                found.append((told.get("Id", ""), told.get("Type", ""), target))

        if part in self._archive:
            parse(self._archive.read(part), self._name, _WHAT, start, lambda _: None, lambda _: None)
        return found

    def _start(self, tag: str, told: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.from_1904 = told.get("date1904") in {"1", "true"}
        elif tag == "sheet" and len(self.sheets) < _MOST_SHEETS:
            part = self._targets.get(told.get("id", ""), "")
            if part in self._archive and "chartsheet" not in part and "dialogsheet" not in part:
                self.sheets.append((told.get("name", "")[:200], part, told.get("state", "visible") == "visible"))


def _strings(archive: Archive, name: str, part: str) -> list[str]:
    if part not in archive:
        return []
    found: list[str] = []
    rich = _RichText()

    def start(tag: str, told: dict[str, str]) -> None:
        if tag == "si":
            rich.clear()
        rich.start(tag, told)

    def end(tag: str) -> None:
        rich.end(tag)
        if tag == "si":
            if len(found) >= _MOST_STRINGS:
                raise SourceRejected(f"{name}: at most {_MOST_STRINGS} texts of a workbook are read; this one has more")
            found.append(rich.whole())

    parse(archive.read(part), name, _WHAT, start, end, rich.text)
    return found


class _RichText:
    """A text in runs; a run that is a footnote's raised mark is left out, so that 96.3 with mark 1 is not 96.31."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._parts: list[str] = []
        self._run: list[str] | None = None
        self._raised = self._phonetic = False

    def start(self, tag: str, told: dict[str, str]) -> None:
        if tag == "t" and not self._phonetic:
            self._run = []
        elif tag == "r":
            self._raised = False
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "vertAlign":
            self._raised = told.get("val") == "superscript"

    def text(self, data: str) -> None:
        if self._run is not None:
            self._run.append(data)

    def end(self, tag: str) -> None:
        if tag == "rPh":
            self._phonetic = False
        if tag != "t" or self._run is None:
            return
        run, self._run = "".join(self._run), None
        before = self._parts[-1][-12:] if self._parts else ""
        if not (self._raised and before and _NOTE.fullmatch(run) and not _UNIT.search(before)):
            self._parts.append(run)

    def whole(self) -> str:
        return "".join(self._parts)[:LONGEST_CELL]


def _formats(archive: Archive, name: str, part: str) -> list[NumberFormat]:
    """The formats by the style number that cells carry."""
    codes: dict[int, str] = {}
    found: list[NumberFormat] = []
    inside = False

    def start(tag: str, told: dict[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt":
            codes[_whole(told.get("numFmtId"))] = told.get("formatCode", "")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside and len(found) < _MOST_STRINGS:
            number = _whole(told.get("numFmtId"))
            found.append(number_format(number, codes.get(number)))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    if part in archive:
        parse(archive.read(part), name, _WHAT, start, end, lambda _: None)
    return found


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


class _SheetReading:
    """The events of one sheet's part; cells go to ``sheet``."""

    def __init__(
        self, sheet: Sheet, strings: list[str], formats: list[NumberFormat], *, from_1904: bool, left: int
    ) -> None:
        self.sheet = sheet
        self.left = left
        self._strings, self._formats, self._from_1904 = strings, formats, from_1904
        self._row = self._column = -1
        self._cell: dict[str, str] | None = None
        self._value: list[str] | None = None
        self._rich = _RichText()

    def start(self, tag: str, told: dict[str, str]) -> None:
        if tag == "row":
            row = _whole(told.get("r"))
            self._row = row - 1 if 0 < row <= LARGEST_ROW else self._row + 1
            self._column = -1
        elif tag == "c":
            self._place(told.get("r"))
            self._cell = told
            self._value = None
            self._rich.clear()
        elif tag == "v" and self._cell is not None:
            self._value = []
        elif tag == "mergeCell":
            self._merge(told.get("ref", ""))
        elif self._cell is not None:
            self._rich.start(tag, told)

    def _place(self, written: str | None) -> None:
        found = _PLACE.fullmatch(written or "")
        self._column += 1
        if found:
            column, row = _column(found.group(1)), int(found.group(2)) - 1
            if column < LARGEST_COLUMN and row < LARGEST_ROW:
                self._column, self._row = column, row

    def text(self, data: str) -> None:
        if self._cell is None:
            return
        if self._value is not None:
            self._value.append(data)
        else:
            self._rich.text(data)

    def end(self, tag: str) -> None:
        if tag == "v" and self._value is not None:
            self._keep("".join(self._value))
            self._value = None
        elif tag == "is" and self._cell is not None:
            self._put(self._rich.whole(), machine=False)
        elif tag == "c":
            self._cell = None
        elif self._cell is not None:
            self._rich.end(tag)

    def _keep(self, raw: str) -> None:
        told = self._cell or {}
        match told.get("t", "n"):
            case "s":
                at = _whole(raw.strip())
                self._put(self._strings[at] if at < len(self._strings) else "", machine=False)
            case "str" | "inlineStr":
                self._put(raw[:LONGEST_CELL], machine=False)
            case "d":
                found = _ISO.fullmatch(raw.strip()[:40])
                if found:
                    clock = found.group(2)
                    self._put(found.group(1) + (f" {clock}" if clock and clock != "00:00" else ""), machine=True)
            case "n":
                self._put(self._number(raw.strip(), _whole(told.get("s"))), machine=True)
            case _:
                pass  # an error, or true and false: no figure and no name

    def _number(self, raw: str, style: int) -> str:
        if len(raw) > _LONGEST_NUMBER:
            return ""
        try:
            value = Decimal(raw)
        except InvalidOperation:
            return ""
        if not value.is_finite() or abs(value.adjusted()) > _LARGEST_POWER:
            return ""
        how = self._formats[style] if style < len(self._formats) else GENERAL
        return shown_number(value, how, from_1904=self._from_1904)

    def _put(self, text: str, *, machine: bool) -> None:
        text = " ".join(text.split())
        if not text:
            return
        self.left -= 1
        if self.left < 0:
            raise TooLargeError
        self.sheet.cells[self._row, self._column] = (text, machine)

    def _merge(self, ref: str) -> None:
        found = _RANGE.fullmatch(ref)
        if found is None or len(self.sheet.merged) >= _MOST_MERGED:
            return
        left, right = _column(found.group(1)), _column(found.group(3))
        top, bottom = int(found.group(2)) - 1, int(found.group(4)) - 1
        if left <= right < LARGEST_COLUMN and top <= bottom < LARGEST_ROW:
            self.sheet.merged[top, left] = (bottom - top + 1, right - left + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
