"""The parts that the steps of a reading hand to each other.

A :class:`Document` is blocks; a block's ``text`` is normalised (NFC, plain spaces, entities
decoded) and carries a map back to the document's own code points. Every span in this package is a
half-open pair of indices into a block's text until a statement is made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from tracker.domain.figure import Qualifier
from tracker.domain.period import Period
from tracker.domain.statement import Published


class Span(NamedTuple):
    """Half open: ``text[start:end]``. A tuple, since spans are keys of many lookups."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether both share a character."""
        return self.start < other.end and other.start < self.end


class BlockKind(StrEnum):
    """What part a block plays in its document."""

    TITLE = "title"
    HEADING = "heading"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"
    CELL = "cell"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands. ``row_headers`` and ``column_headers`` run from the outermost in.

    They are indices into ``Document.blocks``; spans are already resolved, so every body cell
    lists each header that governs it. ``is_header`` is true for the headers themselves.
    """

    table: int
    row: int
    column: int
    row_headers: tuple[int, ...] = ()
    column_headers: tuple[int, ...] = ()
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text: a paragraph, a list item, a heading, a table cell.

    ``text[i]`` was made of ``Document.text[starts[i]:ends[i]]``: one code point as a rule, several
    where an entity or a combining mark was folded into one. ``scope`` lists the blocks (headings,
    captions, the lead of a list) that govern this one, outermost first; ``depth`` is the heading
    level or list depth.
    """

    kind: BlockKind
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    scope: tuple[int, ...] = ()
    depth: int = 0
    cell: CellPlace | None = None

    def place(self, span: Span) -> Span:
        """A non-empty ``span`` of this block in the document's own code points."""
        return Span(self.starts[span.start], self.ends[span.end - 1])


@dataclass(frozen=True, slots=True)
class Document:
    """``text`` is the decoded file as it stands; every offset of a statement points into it.

    ``marked``: it lacks diacritics, and the blocks' texts have them put back.
    """

    name: str
    text: str
    media_type: str
    blocks: tuple[Block, ...]
    published: Published | None = None
    language: str | None = None
    marked: bool = False


class Role(StrEnum):
    """The part a period plays in its clause."""

    AS_OF = "as_of"
    BY = "by"
    SINCE = "since"
    AGAINST = "against"
    DURING = "during"


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A dated expression. ``period`` is None where the text gives none that can be resolved.

    ``relative`` says that the publication date was needed ("15/12", "last year", "cùng kỳ").
    ``to_date`` marks "đến nay", "to date"; ``end_of`` marks "cuối năm", "by the end of".
    """

    span: Span
    period: Period | None
    role: Role | None = None
    relative: bool = False
    to_date: bool = False
    end_of: bool = False


class Shape(StrEnum):
    """How the number stands in the text."""

    PLAIN = "plain"
    RANGE = "range"
    RANK = "rank"
    TOP = "top"
    OUT_OF = "out_of"
    FROM = "from"
    TO = "to"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the same number, with the reason why it is possible."""

    value: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text with what is written directly around it.

    ``span`` covers the number with its hedge and unit, ``number`` the digits or words alone.
    ``unit`` is ``percent``, ``pp``, ``rank``, ``places``, ``points``, ``times``, ``VND``, ``USD``,
    another currency's ISO code, or None for a bare number or a counted noun; ``noun`` is the word
    or two after it that it counts ("tên miền", "services", "km"). Magnitudes are multiplied in.
    ``per`` is a denominator ("/100 dân" gives "100 dân"). ``noise`` names why the number is no
    figure (``decree``, ``phone``, ``counter``, ``date``, ``ordinal``, ``name``, ``clock``, ...).
    """

    span: Span
    number: Span
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    noun: str = ""
    per: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    of: int | None = None
    shape: Shape = Shape.PLAIN
    noise: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    flags: frozenset[str] = field(default_factory=frozenset)
