"""The lines of a flow of a page: between its breaks, joined where a sentence goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from tracker.extract.documents.boxes import APART, BREAK, Flow
from tracker.extract.documents.lines import MARKER, Line, continues, wrap_width
from tracker.extract.documents.markup import take_decoded
from tracker.extract.documents.normalise import Loom, Normalised, Weave

_FEWEST_LINES = 6


def segments(flow: Flow) -> Iterator[list[tuple[int, int]]]:
    """The runs of a flow between its line breaks."""
    piece: list[tuple[int, int]] = []
    for run in flow.runs:
        if run[0] == BREAK:
            if piece:
                yield piece
            piece = []
        else:
            piece.append(run)
    if piece:
        yield piece


def woven(weave: Weave, source: str, runs: list[tuple[int, int]]) -> int:
    """Take the runs; the end of the last of them."""
    end = apart = -1
    for start, stop in runs:
        if start == APART:
            apart = stop
            continue
        if apart >= 0 and end >= 0:
            weave.put(" ", end, start)
        apart = -1
        take_decoded(weave, source, start, stop)
        end = stop
    return end


def lines_of(loom: Loom, flow: Flow, *, broken: bool, width: int = 0) -> Iterator[Normalised]:
    """The flow's text; cut at line breaks where a new sentence or item begins."""
    pieces = list(segments(flow))
    groups: list[list[list[tuple[int, int]]]] = [pieces] if len(pieces) == 1 else []
    before: Line | None = None
    for piece in pieces if not groups else ():
        line = _line(loom, piece)
        goes_on = before is not None and (
            not broken
            or (line.text[:1].islower() and MARKER.match(line.text) is None)
            or (width > 0 and continues(before, line, width))
        )
        if goes_on:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        before = line
    for group in groups:
        weave = loom.weave()
        end = -1
        for piece in group:
            if end >= 0:
                weave.put(" ", end, max(end, piece[0][0]))
            end = woven(weave, loom.text, piece)
        found = weave.normalised()
        if found.text:
            yield found


def _line(loom: Loom, piece: list[tuple[int, int]]) -> Line:
    """A line between two breaks, to be looked at; its text is not mapped."""
    text = unescape("".join(loom.text[start:end] for start, end in piece if start >= 0)).strip()
    return Line(piece[0][0], piece[-1][1], text, 0, gap=False)


def width_of(flows: Sequence[Flow], loom: Loom) -> int:
    """The column at which the lines of the page's paragraphs were broken by hand; 0 where they were not."""
    broken = [flow for flow in flows if any(run[0] == BREAK for run in flow.runs) and flow.element.cell is None]
    lines: list[Line] = []
    for flow in broken:
        found = [_line(loom, piece) for piece in segments(flow)]
        found[0].gap = True
        lines += [line for line in found if line.text]
    return wrap_width(lines) if len(lines) >= _FEWEST_LINES else 0
