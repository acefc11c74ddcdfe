"""From a decided number to a statement: sign, unit, quote, and what is an observation or a reference."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.domain.indicator import Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Kind
from tracker.extract.binding import Candidate
from tracker.extract.documents import runs
from tracker.extract.model import Document, Quantity, Shape, Span
from tracker.extract.movement import direction
from tracker.extract.passages import Passage

CURRENT_DAYS = 366


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before the document as a whole has been looked at."""

    candidate: Candidate
    area: str
    kind: Kind
    figure: Figure
    period: Period | None
    base: str | None


def figure_of(candidate: Candidate, change: bool, indicator: Indicator) -> Figure:
    """The figure with its unit; a change is signed, for ranks up is positive."""
    quantity, scale = candidate.quantity, candidate.fit.scale
    unit = candidate.fit.unit
    value, high = quantity.value * scale, quantity.high * scale if quantity.high is not None else None
    qualifier = quantity.qualifier
    if not change:
        if quantity.shape is Shape.TOP and qualifier is Qualifier.EXACT:
            qualifier = Qualifier.AT_MOST
        return Figure(value, unit, high, qualifier, quantity.of)
    if unit == "percent":
        unit = "pp"
    elif unit == "index":
        unit = "points"
    elif unit == "rank":
        unit = "places"
    if unit != "times":
        sign, _, _ = direction(candidate.passage, quantity)
        if sign < 0:
            value, high = -value, -high if high is not None else None
            if high is not None:
                value, high = high, value
    return Figure(value, unit, high, qualifier, None)


def observed_or_reference(drafts: list[Draft], published: date | None, comparators: frozenset[str]) -> list[Draft]:
    """Rule 4: the latest dated value of an indicator and area, and undated ones, are observations."""
    groups: dict[tuple[int, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind is Kind.OBSERVATION:
            groups[draft.candidate.indicator, draft.area].append(draft)
    latest = {key: _latest(group, published) for key, group in groups.items()}
    settled = []
    for draft in drafts:
        if draft.kind is Kind.OBSERVATION:
            earlier = draft.period is not None and (
                latest[draft.candidate.indicator, draft.area] or draft.period.end
            ) > draft.period.end
            if earlier or draft.area in comparators:
                draft = replace(draft, kind=Kind.REFERENCE)
        settled.append(draft)
    return settled


def _latest(group: list[Draft], published: date | None) -> date | None:
    ends = [draft.period.end for draft in group if draft.period is not None]
    if not ends:
        return None
    top = max(ends)
    undated = any(draft.period is None for draft in group)
    if undated and published is not None and top < published - timedelta(days=CURRENT_DAYS):
        return published
    return top


def quote_of(document: Document, passage: Passage, quantity: Quantity) -> Span:
    """The words that say it: the clause of the number, cut at tags; the cell in a table."""
    text = passage.block.text
    if passage.block.cell is not None:
        wanted = Span(0, len(text))
    else:
        wanted = _clause(passage, quantity)
    number = passage.block.place(quantity.number)
    best: Span | None = None
    for piece in runs(document, passage.block, wanted):
        if piece.start <= number.start and number.end <= piece.end:
            return piece
        if piece.overlaps(number) and (best is None or piece.end - piece.start > best.end - best.start):
            best = piece
    return best or number


def _clause(passage: Passage, quantity: Quantity) -> Span:
    first, last = passage.token_span(quantity.span)
    low, high = first, last + 1
    while low > 0 and not passage.breaks[low] and first - low < 24:
        low -= 1
    while high < len(passage.tokens) and not passage.breaks[high] and high - last < 12:
        high += 1
    start = min(passage.tokens[low].start, quantity.span.start)
    return Span(start, max(passage.tokens[high - 1].end, quantity.span.end))


__all__ = ["Decimal", "Draft", "Unit", "figure_of", "observed_or_reference", "quote_of"]
