"""What a blank of a normalised text was made of: one plain blank, a binding one, a gap, a seam of markup.

Normalising leaves single blanks everywhere, so that words can be compared. Whether two digits belong
to one number is told by what stood there before: one blank, a column's gap, or only a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from html import unescape

from tracker.extract.model import Block, Document


class Blank(StrEnum):
    """``THIN`` only ever groups digits; ``GAP`` parts (several blanks, a tab, a line's end)."""

    PLAIN = "plain"
    BOUND = "bound"
    THIN = "thin"
    SEAM = "seam"
    GAP = "gap"


Blanks = Callable[[int], Blank]
"""From the index of a blank in a block's text to its kind."""

_KINDS = {
    " ": Blank.PLAIN,
    "\u00a0": Blank.BOUND,
    "\u2007": Blank.THIN,
    "\u2008": Blank.THIN,
    "\u2009": Blank.THIN,
    "\u202f": Blank.THIN,
}
_TAGS = re.compile(r"<(?!br\b)[^>]*>", re.IGNORECASE)


def as_written(text: str) -> Blanks:
    """The blanks of a text that is its own source."""
    return lambda at: _KINDS.get(text[at], Blank.GAP)


def blanks_of(document: Document, block: Block) -> Blanks:
    """The blanks of a block; in a cell that lines or tags hold, a lone blank can only group."""
    source = document.text
    grouping: bool | None = None

    def kind(at: int) -> Blank:
        nonlocal grouping
        start, end = block.starts[at], block.ends[at]
        made_of = source[start:end]
        found = _KINDS.get(unescape(made_of) if made_of.startswith("&") else made_of)
        if found is None:
            return Blank.SEAM if made_of.startswith("<") and not _TAGS.sub("", made_of) else Blank.GAP
        if grouping is None:
            grouping = _holds_one(document, block)
        return Blank.THIN if grouping else found

    return kind


def _holds_one(document: Document, block: Block) -> bool:
    """Whether the block is a cell with bounds of its own; where blanks draw the columns, a cell may be two."""
    if block.cell is None or document.media_type in _DRAWN_TYPES:
        return False
    start, end = block.starts[0], block.ends[-1]
    left, right = document.text[max(0, start - _NEAR) : start], document.text[end : end + _NEAR]
    return _WIDE_LEFT.search(left) is None and _WIDE_RIGHT.match(right) is None


_DRAWN_TYPES = frozenset({"application/pdf"})
_NEAR = 80
_WIDE_LEFT = re.compile(r"[^\s>|][ \u00a0]{2,}$")
_WIDE_RIGHT = re.compile(r"[ \u00a0]{2,}[^\s<|]")


def unbroken(block: Block, start: int, end: int) -> bool:
    """Whether the digits and signs from ``start`` to ``end`` stand side by side in the document, nothing between."""
    text = block.text
    return all(
        block.ends[at] == block.starts[at + 1]
        for at in range(start, end - 1)
        if (text[at].isdigit() or text[at] in ".,") and (text[at + 1].isdigit() or text[at + 1] in ".,")
    )
