"""From a decided number to a statement: sign, unit, quote, and what is an observation or a reference."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from tracker.domain.figure import Figure, Qualifier
from tracker.domain.period import Period
from tracker.domain.statement import Kind
from tracker.extract.binding import Candidate
from tracker.extract.candidates import headers_of
from tracker.extract.documents import runs
from tracker.extract.editions import FRAMES
from tracker.extract.model import BlockKind, Document, Quantity, Shape, Span
from tracker.extract.movement import direction
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene

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


def figure_of(scene: Scene, candidate: Candidate, change: bool) -> Figure:
    """The figure with its unit and hedge; a change is signed, for ranks up is positive."""
    figure = _measured(candidate, change)
    if scene.document.language == "vi":
        figure = _rounded(figure)
    if figure.qualifier is Qualifier.EXACT and _estimated(scene, candidate):
        return replace(figure, qualifier=Qualifier.ESTIMATED)
    return figure


def _measured(candidate: Candidate, change: bool) -> Figure:
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


def _rounded(figure: Figure) -> Figure:
    """A fraction in words ("hai phần ba") as people would write it: two decimals."""
    exponent = figure.value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_DECIMALS:
        return replace(figure, value=figure.value.quantize(Decimal("0.01")))
    return figure


def _estimated(scene: Scene, candidate: Candidate) -> bool:
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
    levels = defaultdict(list)
    for draft in drafts:
        looked_back = draft.candidate.quantity.shape is Shape.FROM or compared_with(draft)
        if draft.kind is Kind.OBSERVATION and not looked_back:
            levels[draft.candidate.indicator, draft.area, id(draft.candidate.passage)].append(draft)
    for at, draft in enumerate(drafts):
        own = hows[at] in _OWN and (draft.period is None or str(draft.period) != draft.base)
        if draft.kind is Kind.DELTA and not own:
            level = _level_of(draft, levels[draft.candidate.indicator, draft.area, id(draft.candidate.passage)])
            if level is not None and level.period is not None:
                settled[at] = replace(draft, period=level.period)
    return _announced(settled, hows)


def _announced(drafts: list[Draft], hows: list[str]) -> list[Draft]:
    """A headline takes the period under which the text below states its figure, be it rounded there or not."""
    alike: dict[tuple[int, str, str], list[Draft]] = defaultdict(list)
    for draft, how in zip(drafts, hows, strict=True):
        if draft.candidate.passage.block.kind not in _HEADLINES and how not in FRAMES:
            alike[_saying(draft)].append(draft)
    settled = list(drafts)
    for at, draft in enumerate(drafts):
        headline = draft.candidate.passage.block.kind in _HEADLINES
        if headline and (draft.period is None or hows[at] in FRAMES):
            told = _told_again(draft, alike[_saying(draft)])
            settled[at] = replace(draft, period=told) if told is not None else draft
    return settled


_HEADLINES = (BlockKind.TITLE, BlockKind.HEADING)


def compared_with(draft: Draft) -> bool:
    """Whether the words right before a figure make it what another one is compared with: "down from 8", "so với 8"."""
    passage = draft.candidate.passage
    first, _ = passage.token_span(draft.candidate.quantity.span)
    for at in range(first - 1, max(-1, first - 4), -1):
        if any(cue.payload == "against" and cue.last < first for cue in passage.cues.get(at, ())):
            return True
        if passage.breaks[at]:
            return False
    return False


def _saying(draft: Draft) -> tuple[int, str, str]:
    return draft.candidate.indicator, draft.area, draft.figure.unit


_OWN = frozenset(["own_left", "own_right"])


def _level_of(change: Draft, levels: list[Draft]) -> Draft | None:
    """The level that a change ends at: the latest said before it in its sentence, else beside or shortly before it.

    What a change is measured from is not where it ends; of several levels, a change ends at the latest.
    """
    passage = change.candidate.passage
    place, _ = passage.token_span(change.candidate.quantity.span)
    reach: dict[str, list[tuple[int, Draft]]] = {"left": [], "right": [], "before": []}
    for other in levels:
        if other.period is not None and str(other.period) == change.base:
            continue
        at, _ = passage.token_span(other.candidate.quantity.span)
        back = passage.sentence_at(place) - passage.sentence_at(at)
        if 0 <= back <= _BACK:
            side = "before" if back else "left" if at < place else "right"
            reach[side].append((abs(place - at), other))
    for side in ("left", "right", "before"):
        if reach[side]:
            near = sorted(reach[side], key=lambda each: each[0])
            return _latest([other for _, other in near]) if side != "right" else near[0][1]
    return None


def _latest(near: list[Draft]) -> Draft:
    """The level of the latest time, the nearest of several; an undated one next to the change is that level."""
    if near[0].period is None:
        return near[0]
    dated = [(each.period.end, -at, each) for at, each in enumerate(near) if each.period is not None]
    return max(dated, key=lambda each: each[:2])[2]


_BACK = 2


def _told_again(headline: Draft, alike: list[Draft]) -> Period | None:
    """The period under which the text below states the same figure, else one that the headline rounds."""
    stated = [other for other in alike if other.period is not None and _of_a_kind(headline, other)]
    value, qualifier = abs(headline.figure.value), headline.figure.qualifier
    for other in stated:
        if abs(other.figure.value) == value:
            return other.period
    low, high = _ROUNDED.get(qualifier, (Decimal(1), Decimal(0)))
    return next((other.period for other in stated if low * value <= abs(other.figure.value) <= high * value), None)


def _of_a_kind(one: Draft, other: Draft) -> bool:
    """Whether both are levels of the area, or both the same sort of statement."""
    return one.kind is other.kind or {one.kind, other.kind} == {Kind.OBSERVATION, Kind.REFERENCE}


#: Between which shares of a headline's rounded figure the exact one lies.
_ROUNDED = {
    Qualifier.MORE_THAN: (Decimal(1), Decimal("1.05")),
    Qualifier.ALMOST: (Decimal("0.97"), Decimal(1)),
    Qualifier.LESS_THAN: (Decimal("0.95"), Decimal(1)),
    Qualifier.ABOUT: (Decimal("0.97"), Decimal("1.03")),
}


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
