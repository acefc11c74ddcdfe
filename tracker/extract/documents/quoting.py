"""Where a span of a block can be quoted from the document without running over a tag."""

from __future__ import annotations

from tracker.extract.model import Block, Document, Span

_MARKED_UP = {"text/html", "application/xml", "application/json"}
# A tag inside a text of XML or JSON may itself be written with escapes.
_OPENED = ("<", "&lt;", "\\u003c", "\\u003C")


def runs(document: Document, block: Block, span: Span) -> list[Span]:
    """The pieces of ``span`` in the document's code points, cut wherever a tag or comment stands.

    In order, without blanks at their ends; one piece means that the span can be quoted whole. The
    longest piece is the best quote where there are several. Empty for a span of blanks.
    """
    if span.start >= span.end:
        return []
    if document.media_type not in _MARKED_UP:
        return [block.place(span)]
    whole = _unmarked(document, block, span)
    return [whole] if whole is not None else _cut(document, block, span)


def _unmarked(document: Document, block: Block, span: Span) -> Span | None:
    """The whole span without blanks at its ends, where no sign of a tag is in it at all."""
    text = block.text[span.start : span.end]
    first, last = span.start + len(text) - len(text.lstrip(" ")), span.start + len(text.rstrip(" "))
    if first >= last:
        return None
    place = block.place(Span(first, last))
    return None if _opened(document.text[place.start : place.end]) else place


def _cut(document: Document, block: Block, span: Span) -> list[Span]:
    pieces: list[Span] = []
    start = end = -1
    for i in range(span.start, span.end):
        left, right = block.starts[i], block.ends[i]
        blank = block.text[i] == " "
        if start >= 0 and _opened(document.text[end : left if not blank else right]):
            pieces.append(Span(start, end))
            start = -1
        if blank:
            continue
        if start < 0:
            start = left
        end = max(end, right) if start >= 0 and end > start else right
    if start >= 0:
        pieces.append(Span(start, end))
    return pieces


def _opened(between: str) -> bool:
    return any(sign in between for sign in _OPENED)
