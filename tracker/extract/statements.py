"""From a decided number to a statement: sign, unit, quote, and what is an observation or a reference."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.domain.period import Period
from tracker.domain.statement import Kind
from tracker.extract.binding import Candidate
from tracker.extract.candidates import headers_of
from tracker.extract.documents import runs
from tracker.extract.model import BlockKind, Document, Quantity, Shape, Span
from tracker.extract.movement import direction
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene

CURRENT_DAYS = 366
MONTH_DAYS = 31
ELAPSED = 0.7
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before the document as a whole has been looked at."""

    candidate: Candidate
    area: str
    kind: Kind
    figure: Figure
    period: Period | None
    base: str | None
    sure: float = 1.0


def figure_of(candidate: Candidate, change: bool) -> Figure:
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
    if unit != "times" and _falls(candidate):
        value, high = -value, -high if high is not None else None
        if high is not None:
            value, high = high, value
    return Figure(value, unit, high, qualifier, None)


def _falls(candidate: Candidate) -> bool:
    passage, quantity = candidate.passage, candidate.quantity
    if passage.block.cell is not None:
        before = passage.block.text[: quantity.number.start].rstrip()
        return quantity.value > 0 and (before.endswith(("-", "−", "–", "▼", "↓")) or direction(passage, quantity) < 0)
    return direction(passage, quantity) < 0


def rounded(figure: Figure) -> Figure:
    """A fraction in words ("hai phần ba") as people would write it: two decimals."""
    exponent = figure.value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_DECIMALS:
        return replace(figure, value=figure.value.quantize(Decimal("0.01")))
    return figure


def estimated(scene: Scene, candidate: Candidate) -> bool:
    """Whether a header or the words right before say that the figure is an estimate."""
    passage, quantity = candidate.passage, candidate.quantity
    rows, columns, _ = headers_of(scene, passage)
    if any(cue.payload == "estimated" for header in (*rows, *columns) for cue in header.cue_list):
        return True
    first, _ = passage.token_span(quantity.span)
    for at in range(first - 1, max(-1, first - 5), -1):
        if passage.breaks[at + 1]:
            return False
        if any(cue.payload == "estimated" and cue.last < first for cue in passage.cues.get(at, ())):
            return True
    return False


def without_rough(drafts: list[Draft]) -> set[int]:
    """Ids of the drafts that stay: of a rough and an exact figure in apposition, the exact one."""
    stay = {id(draft) for draft in drafts}
    for one, other in itertools.pairwise(drafts):
        if one.candidate.passage is not other.candidate.passage or _key(one) != _key(other):
            continue
        passage = one.candidate.passage
        low = passage.token_span(one.candidate.quantity.span)[1]
        high = passage.token_span(other.candidate.quantity.span)[0]
        if not 0 < high - low <= _APPOSITION or passage.sentence_at(low) != passage.sentence_at(high):
            continue
        if passage.areas and any(low < mention.first < high and mention.area != "^" for mention in passage.areas):
            continue
        a, b = one.figure.value, other.figure.value
        if one.figure.high is not None or other.figure.high is not None or abs(a - b) > max(abs(a), abs(b)) * _ROUGH:
            continue
        if _rough(one) and not _rough(other):
            stay.discard(id(one))
        elif _rough(other) and not _rough(one):
            stay.discard(id(other))
    return stay


_APPOSITION = 7
_ROUGH = Decimal("0.12")


def _key(draft: Draft) -> tuple[int, str, str, Kind]:
    return draft.candidate.indicator, draft.area, draft.figure.unit, draft.kind


def _rough(draft: Draft) -> bool:
    quantity = draft.candidate.quantity
    return quantity.shape is Shape.WORDS or quantity.qualifier not in (Qualifier.EXACT, Qualifier.ESTIMATED)


def shared_periods(drafts: list[Draft], hows: list[str]) -> list[Draft]:
    """A change takes the period of the level it ends at; a headline that of the text it announces."""
    settled = list(drafts)
    for at, draft in enumerate(drafts):
        if draft.kind is Kind.DELTA and hows[at] not in _OWN:
            level = _level_of(draft, drafts)
            if level is not None and level.period is not None:
                settled[at] = replace(draft, period=level.period)
    for at, draft in enumerate(settled):
        headline = draft.candidate.passage.block.kind in (BlockKind.TITLE, BlockKind.HEADING)
        if draft.period is None and headline:
            told = _told_again(draft, settled)
            if told is not None:
                settled[at] = replace(draft, period=told)
    return settled


_OWN = frozenset(["own_left", "own_right"])


def _level_of(change: Draft, drafts: list[Draft]) -> Draft | None:
    """The level of the same indicator and area in the sentence of a change, else in the one before."""
    passage = change.candidate.passage
    place, _ = passage.token_span(change.candidate.quantity.span)
    best: tuple[int, Draft] | None = None
    for other in drafts:
        same = (other.candidate.indicator, other.area) == (change.candidate.indicator, change.area)
        if other.kind is not Kind.OBSERVATION or not same or other.candidate.passage is not passage:
            continue
        if other.candidate.quantity.shape is Shape.FROM:
            continue
        at, _ = passage.token_span(other.candidate.quantity.span)
        back = passage.sentence_at(place) - passage.sentence_at(at)
        if back in (0, 1):
            gap = abs(place - at) + 100 * back
            if best is None or gap < best[0]:
                best = (gap, other)
    return best[1] if best else None


def _told_again(headline: Draft, drafts: list[Draft]) -> Period | None:
    """The period under which the text below states the same, first the same figure."""
    same = [
        other
        for other in drafts
        if other is not headline
        and other.period is not None
        and other.kind is headline.kind
        and (other.candidate.indicator, other.area) == (headline.candidate.indicator, headline.area)
    ]
    for other in same:
        if other.figure.value == headline.figure.value:
            return other.period
    return None


def observed_or_reference(drafts: list[Draft], published: date | None, comparators: frozenset[str]) -> list[Draft]:
    """Rule 4: the latest dated value of an indicator and area, and undated ones, are observations.

    The start of a "from ... to" is earlier than its end whatever the dates say.
    """
    groups: dict[tuple[int, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind is Kind.OBSERVATION:
            groups[draft.candidate.indicator, draft.area].append(draft)
    latest = {key: _latest(group, published) for key, group in groups.items()}
    settled = []
    for draft in drafts:
        if draft.kind is Kind.OBSERVATION:
            key = draft.candidate.indicator, draft.area
            top = latest[key]
            group = groups[key]
            surer = _latest([each for each in group if each.sure >= draft.sure - _DOUBT], published)
            top = min(top, surer) if top is not None and surer is not None else surer
            earlier = draft.period is not None and top is not None and top > draft.period.end
            earlier = earlier and not _within_latest(draft, group, top)
            if _starting_point(draft, group) or _base_of_change(draft, drafts):
                earlier = True
                same = any(other is not draft and other.period == draft.period for other in group)
                if same:
                    draft = replace(draft, period=None)  # noqa: PLW2901 - the draft goes on changed
            if earlier or draft.area in comparators:
                draft = replace(draft, kind=Kind.REFERENCE)  # noqa: PLW2901
        settled.append(draft)
    return settled


def _starting_point(draft: Draft, group: list[Draft]) -> bool:
    """Whether the figure is what another one is compared with: "from 8", "so với 8"."""
    passage, quantity = draft.candidate.passage, draft.candidate.quantity
    others = [other for other in group if other is not draft and other.candidate.passage is passage]
    if not others:
        return False
    if quantity.shape is Shape.FROM:
        return True
    first, _ = passage.token_span(quantity.span)
    if not any(passage.token_span(other.candidate.quantity.span)[0] < first for other in others):
        return False
    for at in range(first - 1, max(-1, first - 4), -1):
        if any(cue.payload == "against" and cue.last < first for cue in passage.cues.get(at, ())):
            return True
        if passage.breaks[at]:
            return False
    return False


def _base_of_change(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a change in the same passage is measured from the period of this figure."""
    return draft.period is not None and any(
        other.kind is Kind.DELTA
        and other.base == str(draft.period)
        and other.candidate.passage is draft.candidate.passage
        and (other.candidate.indicator, other.area) == (draft.candidate.indicator, draft.area)
        for other in drafts
    )


def _barely_begun(period: Period, published: date | None) -> bool:
    """A running period that is far from over: no figure of it can be known yet."""
    if published is None or not period.contains(published):
        return False
    return (published - period.start).days < ELAPSED * period.days and period.days > MONTH_DAYS


_DOUBT = 0.25
_MONTH_DAYS = 31


def _within_latest(draft: Draft, group: list[Draft], top: date | None) -> bool:
    """A day inside the month that is the latest is not earlier than it."""
    return draft.period is not None and any(
        each.period is not None
        and each.period.end == top
        and each.period.days <= _MONTH_DAYS
        and each.period.start <= draft.period.start
        and draft.period.end <= each.period.end
        and each.period != draft.period
        for each in group
    )


def _latest(group: list[Draft], published: date | None) -> date | None:
    ends = [
        draft.period.end
        for draft in group
        if draft.period is not None
        and (published is None or draft.period.start <= published)
        and not _barely_begun(draft.period, published)
        and draft.candidate.quantity.shape is not Shape.FROM
    ]
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
    wanted = Span(0, len(text)) if passage.block.cell is not None else _clause(passage, quantity)
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
