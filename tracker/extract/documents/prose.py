"""Running text inside a record: paragraphs, or a page's own markup, with the way back to the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.extract.documents.drafts import Draft
from tracker.extract.documents.html import read_html
from tracker.extract.documents.normalise import Normalised, through
from tracker.extract.documents.text import read_text
from tracker.extract.model import CellPlace, Document

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|table|tr|td|th|h[1-6]|img|figure|section|article|font|sup|sub)\b[^<>]*>",
    re.IGNORECASE,
)


def is_page(text: str) -> bool:
    """The text is markup of a page rather than plain words."""
    return _MARKUP.search(text) is not None


def prose(piece: Normalised, first: int) -> Iterator[Draft]:
    """Drafts of a long text; ``first`` is the index that the first of them will have."""
    document = read_html(piece.text, "")[0] if is_page(piece.text) else read_text(piece.text, "")
    return lifted(document, piece.starts, piece.ends, first)


def lifted(document: Document, starts: Sequence[int], ends: Sequence[int], first: int) -> Iterator[Draft]:
    """The blocks of a document within a document; ``starts`` and ``ends`` map its text to the outer one."""
    for block in document.blocks:
        yield Draft(
            block.kind,
            block.text,
            *through(block.starts, block.ends, starts, ends),
            level=block.depth,
            style="inner",
            scope=[at + first for at in block.scope],
            table=block.cell.table + first if block.cell else None,
            cell=_moved(block.cell, first) if block.cell else None,
        )


def _moved(cell: CellPlace, first: int) -> CellPlace:
    return replace(
        cell,
        table=cell.table + first,
        row_headers=tuple(at + first for at in cell.row_headers),
        column_headers=tuple(at + first for at in cell.column_headers),
    )
