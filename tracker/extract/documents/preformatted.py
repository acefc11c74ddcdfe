"""Preformatted parts of a page: their lines and columns are what a plain text's are."""

from __future__ import annotations

from dataclasses import replace

from tracker.extract.documents.boxes import APART, BREAK, Element, Flow
from tracker.extract.documents.drafts import Draft
from tracker.extract.documents.lines import mark_furniture, split_lines
from tracker.extract.documents.markup import take_decoded
from tracker.extract.documents.normalise import Loom, Normalised, through
from tracker.extract.documents.parts import Seen
from tracker.extract.documents.text import drafts_of


def is_preformatted(flow: Flow) -> bool:
    """The flow stands in a ``pre`` and in no table's cell."""
    element: Element | None = flow.element
    if element is None or element.cell is not None:
        return False
    while element is not None and element.name != "pre":
        element = element.parent
    return element is not None


def lined(loom: Loom, flow: Flow, before: Seen, *, first: int, tables: int) -> list[Draft]:
    """Drafts of a preformatted flow; ``before`` is what the page has had so far, ``first`` drafts of it.

    ``tables`` is how many numbers of tables are taken.
    """
    piece = _as_it_stands(loom, flow)
    lines = split_lines(piece.text)
    mark_furniture(lines)
    drafts = drafts_of(Loom(piece.text), lines, first=first, before=before)
    for one in drafts:
        one.starts, one.ends = through(one.starts, one.ends, piece.starts, piece.ends)
        one.chrome = one.chrome or flow.element.frame
        if one.cell is not None:
            one.cell = replace(one.cell, table=one.cell.table + tables)
            one.table = one.cell.table
    return drafts


def _as_it_stands(loom: Loom, flow: Flow) -> Normalised:
    weave = loom.weave()
    for start, end in flow.runs:
        if start == BREAK:
            weave.put("\n", end, end)
        elif start == APART:
            weave.put(" ", end, end)
        else:
            take_decoded(weave, loom.text, start, end)
    return weave.as_it_stands()
