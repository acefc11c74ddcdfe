"""``read --explain``: the text of a document with each reading marked, and why the rest was not read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.console import Console
from rich.text import Text

from tracker.cli.printing import console
from tracker.domain.statement import Statement
from tracker.extract import Leftover
from tracker.extract.model import Block, BlockKind
from tracker.language import say_kind
from tracker.language.readings import phrase, say_left_out, say_rule
from tracker.report.as_page import say_figure

if TYPE_CHECKING:
    from tracker.pipeline.documents import DocumentReading

Item = TypeVar("Item", Statement, Leftover)

_WIDTH = 120
_STYLES = {BlockKind.TITLE: "bold", BlockKind.HEADING: "bold", BlockKind.CAPTION: "italic", BlockKind.DATELINE: "dim"}


def print_marked(reading: DocumentReading, language: str) -> None:
    """The whole document: numbers in square brackets are readings, those in round ones were left out."""
    if reading.reading is None:
        return
    out = console()
    # Where nobody looks at colours a line is as long as it is, so that it can be searched.
    wrap = out.is_terminal
    for line in _lines(reading, language):
        _print(out, line, wrap=wrap)


def _print(out: Console, line: Text, *, wrap: bool) -> None:
    out.print(line, soft_wrap=not wrap, width=min(out.width, _WIDTH) if wrap else None)


def _lines(reading: DocumentReading, language: str) -> Iterator[Text]:
    assert reading.reading is not None  # noqa: S101 - the caller looked
    yield _head(reading, language)
    stated, unread = _Places(reading.statements), _Places(reading.reading.leftovers)
    numbers = {id(one): number for number, one in enumerate(reading.statements, start=1)}
    furniture = 0
    for blocks in _rows(reading.reading.document.blocks):
        if blocks[0].kind is BlockKind.BOILERPLATE:
            furniture += 1
            continue
        here, left = stated.within(blocks), unread.within(blocks)
        line = Text(" | ").join(_marked(block, here, left, numbers) for block in blocks)
        line.stylize(_STYLES.get(blocks[0].kind, ""))
        yield line
        for one in here:
            yield from _reading(one, numbers[id(one)], language)
        yield from _left_out(left, language)
    if furniture:
        yield Text(f"({furniture} × {phrase('furniture', language)})", style="dim")
    yield Text("")


def _head(reading: DocumentReading, language: str) -> Text:
    assert reading.reading is not None  # noqa: S101
    line = Text(f"── {reading.name}", style="bold")
    published = reading.published
    if published is None:
        line.append(f" · {phrase('undated', language)}")
    else:
        line.append(f" · {phrase('published', language)} {published.period} ({published.origin})")
    count, left = len(reading.statements), len(reading.reading.leftovers)
    line.append(f" · {phrase('read_here', language, count=count, left=left)}")
    if not count:
        line.append(f": {phrase('states_nothing', language)}")
    return line


def _rows(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks one by one, but the cells of a table's row together."""
    row: list[Block] = []
    for block in blocks:
        if not block.text:
            continue
        if row and (block.cell is None or row[0].cell is None or _row(block) != _row(row[0])):
            yield row
            row = []
        if block.cell is None:
            yield [block]
        else:
            row.append(block)
    if row:
        yield row


def _row(block: Block) -> tuple[int, int] | None:
    return (block.cell.table, block.cell.row) if block.cell else None


class _Places(Generic[Item]):
    """Statements or numbers left out, found by where they stand."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items: list[Item] = sorted(items, key=lambda one: (one.start, one.end))
        self._starts: list[int] = [one.start for one in self._items]

    def within(self, blocks: Sequence[Block]) -> list[Item]:
        """Those that stand in one of the blocks, in the order of the text."""
        found = []
        for block in blocks:
            low = bisect_left(self._starts, block.starts[0])
            high = bisect_left(self._starts, block.ends[len(block.text) - 1])
            found += self._items[low:high]
        return found


def _marked(block: Block, here: Sequence[Statement], left: Sequence[Leftover], numbers: dict[int, int]) -> Text:
    """The block's text; quotes stand between « and » with their readings' numbers, the rest has (–) after it."""
    text = Text(block.text)
    marks: list[tuple[int, int, Text]] = []
    quotes: dict[tuple[int, int], list[Statement]] = {}
    for one in here:
        quotes.setdefault(_within(block, one.start, one.end), []).append(one)
    for (low, high), said in quotes.items():
        if low < high:
            sure = all(one.accepted for one in said)
            text.stylize("black on bright_green" if sure else "black on bright_yellow", low, high)
            style = "bold green" if sure else "bold yellow"
            marks.append((low, 2, Text("«", style=style)))
            marks.append((high, 1, Text("»" + "".join(f"[{numbers[id(one)]}]" for one in said), style=style)))
    for leftover in left:
        low, high = _within(block, leftover.start, leftover.end)
        if low < high:
            text.stylize("strike", low, high)
            marks.append((high, 0, Text("(–)", style="dim red")))
    return _with_marks(text, sorted(marks, key=lambda mark: mark[:2]))


def _with_marks(text: Text, marks: Sequence[tuple[int, int, Text]]) -> Text:
    """``text`` with each mark put in at its place, in the order given."""
    pieces = text.divide(sorted({at for at, _, _ in marks}))
    marked, at = Text(), 0
    waiting = list(marks)
    for piece in pieces:
        while waiting and waiting[0][0] <= at:
            marked.append_text(waiting.pop(0)[2])
        marked.append_text(piece)
        at += len(piece)
    for _, _, mark in waiting:
        marked.append_text(mark)
    return marked


def _within(block: Block, start: int, end: int) -> tuple[int, int]:
    """The characters of the block that were made of the document's ``start`` to ``end``, half open."""
    size = len(block.text)
    return bisect_left(block.starts, start, 0, size), bisect_right(block.ends, end, 0, size)


def _reading(one: Statement, number: int, language: str) -> Iterator[Text]:
    period = str(one.period) if one.period else "–"
    parts = (one.indicator, one.area, say_kind(one.kind, language), say_figure(one.figure, language), period)
    line = Text(f"    [{number}] ", style="bold green" if one.accepted else "bold yellow")
    line.append(" · ".join(parts))
    verdict = phrase("accepted" if one.accepted else "doubtful", language)
    line.append(f" · {one.confidence:.2f} {verdict}", style="dim")
    yield line
    if one.rules:
        why = "; ".join(_rule(rule.id, rule.text, rule.weight, language) for rule in one.rules if rule.id != "bias")
        yield Text(f"        {phrase('because', language)}: {why}", style="dim")


def _rule(id: str, text: str, weight: float, language: str) -> str:
    said = say_rule(id, text, language)
    return f"{said} ({weight:+.2f})" if weight else said


def _left_out(left: Sequence[Leftover], language: str) -> Iterator[Text]:
    """One line a reason, with all its numbers."""
    reasons: dict[str, list[str]] = {}
    for one in left:
        reasons.setdefault(one.why, []).append(" ".join(one.text.split()))
    for why, texts in reasons.items():
        yield Text(f"    (–) {', '.join(texts)}: {say_left_out(why, language)}", style="dim")
