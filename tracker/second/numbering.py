"""The numbers of a document that a second reader is asked about, numbered, with as little text as they need.

A number is one that the rules made a figure of, or one that is no noise and of nothing that is tracked. Passages
with figures come first where the limits cut something off; what is left out is not asked about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.extract import NO_INDICATOR, Reading
from tracker.extract.model import Block, BlockKind, Document, Span

LONGEST_PASSAGE = 2_000
"""Characters of a passage; a longer paragraph is several of them."""
LONGEST_SCOPE = 160
"""Characters that are shown of a heading or header."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one document is asked about, and how many proposals are taken."""

    characters: int = 20_000
    numbers: int = 100
    proposals: int = 10


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text. ``block`` and ``offset`` say where in the document, ``under`` what governs it, outermost first."""

    id: int
    block: int
    offset: int
    text: str
    under: tuple[str, ...] = ()

    @property
    def cost(self) -> int:
        """Characters that it takes."""
        return len(self.text) + sum(map(len, self.under))


@dataclass(frozen=True, slots=True)
class Number:
    """The number ``n``: ``at`` in its passage's text, ``place`` in the document.

    ``statement`` is the index of the statement that the rules made of it, None where they made none.
    """

    n: int
    passage: int
    at: Span
    place: Span
    statement: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is asked about. ``left_out`` counts the numbers beyond the limits."""

    passages: tuple[Passage, ...]
    numbers: tuple[Number, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """A number in its block, before it has a passage."""

    block: int
    span: Span
    place: Span
    statement: int | None


def sheet_of(reading: Reading, limits: Limits) -> Sheet:
    """Number what a second reader is asked about, in the order of the text; empty where there is nothing to ask."""
    document = reading.document
    pages = [
        (passage, found)
        for block, here in _by_block(reading).items()
        for passage, found in _cut(document, block, sorted(here, key=lambda one: one.span))
    ]
    chosen, left_out = _within_limits(document, pages, limits)
    return _numbered(chosen, left_out)


def _by_block(reading: Reading) -> dict[int, list[_Found]]:
    """The numbers of each block that is read, in the blocks' order."""
    blocks = reading.document.blocks
    order = sorted(
        (block.starts[0], at)
        for at, block in enumerate(blocks)
        if block.text and block.kind is not BlockKind.BOILERPLATE
    )
    starts = [start for start, _ in order]
    found: dict[int, list[_Found]] = {at: [] for at in range(len(blocks))}
    for place, statement in _places(reading):
        near = bisect_right(starts, place.start) - 1
        if near < 0:
            continue
        at = order[near][1]
        span = _within(blocks[at], place)
        cell = blocks[at].cell
        if span is not None and not (statement is None and cell is not None and cell.is_header):
            found[at].append(_Found(at, span, place, statement))
    return {at: here for at, here in found.items() if here}


def _places(reading: Reading) -> Iterator[tuple[Span, int | None]]:
    for at, place in enumerate(reading.places):
        yield place, at
    for leftover in reading.leftovers:
        if leftover.why == NO_INDICATOR:
            yield Span(leftover.start, leftover.end), None


def _within(block: Block, place: Span) -> Span | None:
    """The characters of the block that were made of ``place``; None where it does not lie in the block."""
    size = len(block.text)
    span = Span(bisect_left(block.starts, place.start, 0, size), bisect_right(block.ends, place.end, 0, size))
    return span if span.start < span.end and block.place(span) == place else None


def _cut(document: Document, block: int, found: Sequence[_Found]) -> Iterator[tuple[Passage, list[_Found]]]:
    """The passages of a block that hold numbers; a cut never goes through a number."""
    text, rest = document.blocks[block].text, list(found)
    under = _under(document, document.blocks[block])
    start = 0
    while start < len(text):
        end = _end(text, start, [one.span for one in rest])
        here = [one for one in rest if one.span.end <= end]
        rest = rest[len(here) :]
        if here:
            yield Passage(0, block, start, text[start:end], under), here
        start = end


def _end(text: str, start: int, numbers: Sequence[Span]) -> int:
    if len(text) - start <= LONGEST_PASSAGE:
        return len(text)
    blank = text.rfind(" ", start + LONGEST_PASSAGE // 2, start + LONGEST_PASSAGE)
    end = blank + 1 if blank > start else start + LONGEST_PASSAGE
    return max((one.end for one in numbers if one.start < end < one.end), default=end)


def _under(document: Document, block: Block) -> tuple[str, ...]:
    """The headings, captions and headers that govern a block, outermost first."""
    cell = block.cell
    headers = (*cell.row_headers, *cell.column_headers) if cell is not None else ()
    texts = (document.blocks[at].text[:LONGEST_SCOPE] for at in dict.fromkeys((*block.scope, *headers)))
    return tuple(text for text in texts if text)


def _within_limits(
    document: Document, pages: Sequence[tuple[Passage, list[_Found]]], limits: Limits
) -> tuple[list[tuple[Passage, list[_Found]]], int]:
    """What fits: first what the rules made figures of, each with the paragraph before it as its context."""
    first = sorted(pages, key=lambda page: all(one.statement is None for one in page[1]))
    taken: dict[tuple[int, int], tuple[Passage, list[_Found]]] = {}
    characters, numbers, left_out = 0, 0, 0
    for passage, found in first:
        if characters + passage.cost > limits.characters or numbers + len(found) > limits.numbers:
            left_out += len(found)
            continue
        taken[passage.block, passage.offset] = (passage, found)
        characters, numbers = characters + passage.cost, numbers + len(found)
    for passage, _ in list(taken.values()):
        before = _before(document, passage)
        if before is None or any(block == before.block for block, _ in taken):
            continue
        if characters + before.cost <= limits.characters:
            taken[before.block, before.offset] = (before, [])
            characters += before.cost
    return [taken[key] for key in sorted(taken)], left_out


def _before(document: Document, passage: Passage) -> Passage | None:
    """The paragraph before the beginning of a paragraph: what "this figure" goes back to."""
    block = document.blocks[passage.block]
    if passage.offset or passage.block == 0 or block.cell is not None:
        return None
    at = passage.block - 1
    other = document.blocks[at]
    if other.cell is not None or not other.text or other.kind is BlockKind.BOILERPLATE:
        return None
    offset = max(0, len(other.text) - LONGEST_PASSAGE)
    return Passage(0, at, offset, other.text[offset:], _under(document, other))


def _numbered(pages: Sequence[tuple[Passage, list[_Found]]], left_out: int) -> Sheet:
    passages: list[Passage] = []
    numbers: list[Number] = []
    for id, (passage, found) in enumerate(pages, start=1):
        passages.append(replace(passage, id=id))
        for one in found:
            at = Span(one.span.start - passage.offset, one.span.end - passage.offset)
            numbers.append(Number(len(numbers) + 1, id, at, one.place, one.statement))
    return Sheet(tuple(passages), tuple(numbers), left_out)
