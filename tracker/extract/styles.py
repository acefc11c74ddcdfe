"""How each part of a page writes its numbers: a page in two languages has two ways.

A table is written in one way throughout; a paragraph in the way of its own language. What only the
language says of a page that does not keep to one way stays a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tracker.extract.documents.language import language
from tracker.extract.model import Block, BlockKind, Document
from tracker.extract.numbers import page_style
from tracker.extract.numbers.digits import NumberStyle

_BOTH = frozenset(".,")
_DOUBTED = {"vi": NumberStyle(",", frozenset("."), _BOTH), "en": NumberStyle(".", frozenset(","), _BOTH)}


def styles(document: Document) -> Callable[[Block], NumberStyle]:
    """Which style the numbers of a block are read in; the frame of a page has no vote."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.BOILERPLATE]
    page = page_style([block.text for block in blocks], language=document.language)
    cells: dict[int, list[str]] = defaultdict(list)
    for block in blocks:
        if block.cell is not None:
            cells[block.cell.table].append(block.text)
    tables = {number: _settled(page_style(texts)) for number, texts in cells.items()} if page.mixed else {}

    def of(block: Block) -> NumberStyle:
        if block.cell is not None:
            return tables.get(block.cell.table) or page
        spoken = language(block.text)
        # What a page writes throughout in its own language is its way, be it the other locale's.
        if spoken is None or not _contested(page, spoken) or (spoken == document.language and not page.mixed):
            return page
        return _settled(page_style([block.text])) or _DOUBTED[spoken]

    return of


def _settled(style: NumberStyle) -> NumberStyle | None:
    """The style where its numbers decide and agree."""
    return style if (style.grouping or style.fractional) and not style.mixed else None


def _contested(page: NumberStyle, spoken: str) -> bool:
    """Whether the page does not write as its language does, or in more than one way."""
    usual = "." if spoken == "vi" else ","
    return page.mixed or usual in page.fractional
