"""Readings held against what stands beside them: what cannot be true together is not read.

Each number is bound by itself; here a passage is looked at as a whole. Nothing is added, only taken away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from tracker.domain.figure import Unit
from tracker.extract.binding import Candidate
from tracker.extract.decided import Decided
from tracker.extract.model import Quantity
from tracker.extract.movement import CHANGES, movement
from tracker.extract.passages import Passage

_NAMED_HERE = ("own_left", "own_right")
_SIZED = frozenset({Unit.VND.value, Unit.USD.value, Unit.COUNT.value})
_APART = 1000


def coherent(read: Sequence[Decided]) -> list[Decided]:
    """Those of the readings that may stand beside each other."""
    sized = _sized_alike(read)
    stay = _without_orphans([each.candidate for each in sized])
    return [each for each in sized if id(each.candidate.quantity) in stay]


def _sized_alike(read: Sequence[Decided]) -> list[Decided]:
    """Without amounts a thousand times smaller or larger than a surer one of the same indicator and area."""
    surest: dict[_Key, tuple[float, Decimal]] = {}
    for each in read:
        if _is_amount(each):
            key = _key(each.candidate)
            surest[key] = max(surest.get(key, (0.0, Decimal(0))), (each.bound, _size(each.candidate)))
    kept = []
    for each in read:
        sure, usual = surest.get(_key(each.candidate), (0.0, Decimal(0)))
        alike = usual / _APART < _size(each.candidate) < usual * _APART
        if not _is_amount(each) or alike or each.bound >= sure:
            kept.append(each)
    return kept


_Key = tuple[int, str | None, str]


def _key(candidate: Candidate) -> _Key:
    return candidate.indicator, candidate.subject.area, candidate.fit.unit


def _size(candidate: Candidate) -> Decimal:
    return candidate.quantity.value * candidate.fit.scale


def _is_amount(each: Decided) -> bool:
    return each.candidate.fit.unit in _SIZED and not each.changed and _size(each.candidate) > 0


def _without_orphans(candidates: Sequence[Candidate]) -> set[int]:
    """Ids of the quantities that stay: "vốn đầu tư 8.600 tỷ đồng, tăng 12%" states no change of anything else.

    A change that only follows a level is that level's; where the level is no figure of the
    indicator, neither is its change.
    """
    bound = {id(each.quantity): each.indicator for each in candidates}
    kept = set(bound)
    for each in candidates:
        level = _level_before(each.passage, each.quantity)
        if level is not None and bound.get(id(level)) != each.indicator and not _named_since(each, level):
            kept.discard(id(each.quantity))
    return kept


def _level_before(passage: Passage, quantity: Quantity) -> Quantity | None:
    """The level that the clause before states, where the number's own clause opens with how it moved."""
    first, _ = passage.token_span(quantity.number)
    moved = movement(passage, quantity)
    if not moved.sign or moved.right or quantity.unit not in (*CHANGES, "percent"):
        return None
    opens = passage.clause_first[first]
    if not _opens_moving(passage, opens, first) or passage.breaks[opens] > 1:
        return None
    here = [each for each in passage.quantities if not each.noise]
    at = bisect_left([each.span.start for each in here], quantity.span.start)
    level = here[at - 1] if at else None
    if level is None or level.unit in CHANGES:
        return None
    place, _ = passage.token_span(level.number)
    beside = passage.clause_first[opens - 1] <= place and passage.sentence_at(place) == passage.sentence_at(first)
    return level if beside and not movement(passage, level).sign else None


def _opens_moving(passage: Passage, opens: int, first: int) -> bool:
    return opens > 0 and any(cue.payload in ("up", "down") and cue.last < first for cue in passage.cues.get(opens, ()))


def _named_since(candidate: Candidate, level: Quantity) -> bool:
    """Whether the indicator is named with the level or after it, so that the level was only not understood."""
    if candidate.channel in _NAMED_HERE:
        return True
    passage = candidate.passage
    low = passage.clause_first[passage.token_span(level.number)[0]]
    first, _ = passage.token_span(candidate.quantity.number)
    return any(
        mention.indicator == candidate.indicator and low <= mention.first < first for mention in passage.mentions
    )
