"""What a reader hands to the outline: blocks in order, still without their scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.extract.documents.normalise import Normalised
from tracker.extract.model import BlockKind, CellPlace


@dataclass(slots=True)
class Draft:
    """A block in the making.

    ``level`` ranks a heading, 1 outermost; ``style`` names the marker it was recognised by, so that
    headings of one style stand side by side. ``indent`` is a list item's column or depth. ``gap``
    says that a blank line or a block boundary stands before it. ``chrome`` marks what the reader
    already knows to be no part of the article. ``note`` marks a footnote of ``table``.
    """

    kind: BlockKind
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    level: int = 0
    style: str = ""
    indent: int = 0
    gap: bool = True
    chrome: bool = False
    table: int | None = None
    cell: CellPlace | None = None
    scope: list[int] = field(default_factory=list)


def draft(kind: BlockKind, piece: Normalised) -> Draft:
    """A draft of ``kind`` from normalised text."""
    return Draft(kind, piece.text, piece.starts, piece.ends)
