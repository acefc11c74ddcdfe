"""Tables in plain text: Markdown rows, cells apart by tabs or bars, columns apart by wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.extract.documents import grid
from tracker.extract.documents.drafts import Draft, draft
from tracker.extract.documents.lines import Passage
from tracker.extract.documents.normalise import Loom
from tracker.extract.model import BlockKind

_RULER = re.compile(r"[\s|:+=-]+")
_RULE = re.compile(r"[\s=_–—-]{3,}")
_BAR = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t+")
_WIDE = re.compile(r"[ \xa0]{2,}")
_YEAR = re.compile(r"(?:[A-Z]{2} ?)?(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?(?: ?\(?[a-z]{1,12}\)?)?")
#: "Feb-25", "March 2026", "Q2 2025", "June qtr 25"
_PART_OF_A_YEAR = re.compile(
    r"(?:(?:(?:jan|feb)(?:uary|ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|(?:sept?|octo?|nov|dec)(?:ember|ber)?)"
    r"\.?(?: (?:qtr|quarter))?|[QH][1-4])[ /'’–-]{0,2}(?:20)?\d\d",
    re.IGNORECASE,
)
_FEWEST = 2
_FEWEST_WIDE = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; ``cells`` are places in the document. ``head``: it names the columns."""

    passage: Passage
    cells: tuple[tuple[int, int], ...]
    ruler: bool = False
    head: bool = False


def table_rows(text: str, passages: Sequence[Passage]) -> Iterator[list[Row]]:
    """Runs of passages that are the rows of one table, with the line of its headers above a rule."""
    done = 0
    for i in range(len(passages)):
        if i < done:
            continue
        for pattern, fewest in ((_BAR, _FEWEST), (_TAB, _FEWEST), (_WIDE, _FEWEST_WIDE)):
            rows = _run(text, passages, i, pattern)
            if pattern is _WIDE and rows:
                rows = (
                    _headers_above(text, passages[done:i], len(rows[0].cells)) or _set_in(text, passages[done:i], rows)
                ) + rows
            body = [row for row in rows if not row.ruler]
            if len(body) >= fewest and (pattern is not _WIDE or _has_figures(text, body)):
                done = i + sum(row.passage.first.start >= passages[i].first.start for row in rows)
                yield rows
                break


def _headers_above(text: str, passages: Sequence[Passage], width: int) -> list[Row]:
    """The line above a rule that names the columns; nothing stands over the names of the rows."""
    if len(passages) < _FEWEST or not _is_rule(passages[-1]):
        return []
    row = _row(text, passages[-2], _WIDE) if len(passages[-2].lines) == 1 else None
    if row is None or len(row.cells) != width - 1 or passages[-1].first.gap:
        return []
    start = passages[-2].first.start
    return [Row(row.passage, ((start, start), *row.cells)), Row(passages[-1], (), ruler=True)]


def _set_in(text: str, passages: Sequence[Passage], rows: Sequence[Row]) -> list[Row]:
    """The line right above the first row that names the columns: set in farther than the names of the rows reach."""
    first = rows[0]
    if not passages or len(passages[-1].lines) > 1 or first.passage.first.gap or len(first.cells) < _FEWEST_WIDE:
        return []
    line = passages[-1].first
    name = first.cells[0][1] - first.cells[0][0]
    cells = _cells(text, line.start, line.end, _WIDE)
    if line.indent <= first.passage.first.indent + name or len(cells) != len(first.cells) - 1:
        return []
    if not all(_names_column(text[start:end]) for start, end in cells):
        return []
    return [Row(passages[-1], ((line.start, line.start), *cells), head=True)]


def _names_column(text: str) -> bool:
    """A year, a part of one, or words without a number."""
    dated = _YEAR.fullmatch(text) or _PART_OF_A_YEAR.fullmatch(text)
    return dated is not None or not any(map(str.isdigit, text))


def _is_rule(passage: Passage) -> bool:
    return len(passage.lines) == 1 and _RULE.fullmatch(passage.first.text) is not None


def _run(text: str, passages: Sequence[Passage], i: int, pattern: re.Pattern[str]) -> list[Row]:
    rows: list[Row] = []
    width = 0
    for passage in passages[i:]:
        if len(passage.lines) > 1 or passage.first.furniture or (rows and passage.first.gap):
            break
        if rows and pattern is _WIDE and _is_rule(passage):
            rows.append(Row(passage, (), ruler=True))
            continue
        row = _row(text, passage, pattern)
        if row is None or (width and not row.ruler and len(row.cells) != width):
            break
        width = width or (0 if row.ruler else len(row.cells))
        rows.append(row)
    while rows and not rows[-1].cells:
        rows.pop()
    return rows


def _row(source: str, passage: Passage, pattern: re.Pattern[str]) -> Row | None:
    line = passage.first
    text = source[line.start : line.end]
    fewest = _FEWEST_WIDE if pattern is _WIDE else _FEWEST
    outer = pattern is _BAR and text.startswith("|")
    cuts = list(pattern.finditer(text))
    if len(cuts) + (0 if outer else 1) < fewest:
        return None
    cells = _cells(text, 0, len(text), pattern)
    if outer:
        cells = cells[1:]
    if pattern is _BAR and text.endswith("|"):
        cells = cells[:-1]
    if not outer and pattern is _BAR and any(not text[a:b].strip() for a, b in cells):
        return None
    ruler = _RULER.fullmatch(text) is not None and "-" in text
    return Row(passage, tuple((line.start + a, line.start + b) for a, b in cells), ruler)


def _cells(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """What stands between the cuts of a line."""
    bounds = [(start, start), *(cut.span() for cut in pattern.finditer(text, start, end)), (end, end)]
    return [(a[1], b[0]) for a, b in pairwise(bounds)]


def _has_figures(text: str, rows: list[Row]) -> bool:
    """Columns made by blanks alone are believed only where most cells after the first hold digits."""
    cells = [text[start:end] for row in rows[1:] for start, end in row.cells[1:]]
    return sum(any(map(str.isdigit, cell)) for cell in cells) * 2 > len(cells) > 0


def read_table(loom: Loom, rows: Sequence[Row], first: int) -> list[Draft]:
    """The table's cells as drafts; ``first`` is the index that the first of them will have."""
    drafts: list[Draft] = []
    cells: list[grid.Cell] = []
    ruled = rows[0].head or any(row.ruler for row in rows[1:2])
    body = [row for row in rows if not row.ruler]
    for number, row in enumerate(body):
        for column, (start, end) in enumerate(row.cells):
            one = draft(BlockKind.CELL, loom.normalised(start, end))
            index = None
            if one.text:
                index = first + len(drafts)
                drafts.append(one)
            header = ruled and number == 0
            cells.append(grid.Cell(number, column, text=one.text, draft=index, th=header, head=header))
    grid.place(cells, drafts, first=first, table=first)
    return drafts
