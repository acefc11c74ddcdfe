"""Readings held against what stands beside them: what cannot be true together is not read.

Each number is bound by itself; here a passage is looked at as a whole. Nothing is added, only taken away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from tracker.domain.figure import Unit
from tracker.domain.statement import Kind
from tracker.extract.binding import Candidate
from tracker.extract.decided import Decided
from tracker.extract.model import Quantity, Shape
from tracker.extract.movement import CHANGES, movement
from tracker.extract.passages import Passage

_NAMED_HERE = ("own_left", "own_right")
_SIZED = frozenset({Unit.VND.value, Unit.USD.value, Unit.COUNT.value})
_APART = 1000


def coherent(read: Sequence[Decided]) -> list[Decided]:
    """Those of the readings that may stand beside each other."""
    sized = _sized_alike(read)
    stay = _without_orphans([each.candidate for each in sized])
    whole = _without_parts([each for each in sized if id(each.candidate.quantity) in stay])
    kept = _one_a_line(_one_a_sentence(whole))
    _changes_with_levels(kept)
    return kept


def _changes_with_levels(read: Sequence[Decided]) -> None:
    """A change that follows a goal is part of the goal, one that follows a fact a fact."""
    levels = {id(each.candidate.quantity): each for each in read if not each.changed}
    for each in read:
        level = _level_before(each.candidate.passage, each.candidate.quantity) if each.changed else None
        own = levels.get(id(level))
        if own is not None and own.candidate.indicator == each.candidate.indicator:
            told = own.kind in (Kind.TARGET, Kind.FORECAST)
            each.kind = own.kind if told else Kind.DELTA


def _without_parts(read: Sequence[Decided]) -> list[Decided]:
    """Without what a total in the same passage is put together of: "312 huy chương (98 vàng, 91 bạc, 123 đồng)"."""
    totals: dict[int, list[Decided]] = defaultdict(list)
    for each in read:
        if not each.changed and each.candidate.passage.block.cell is None:
            totals[id(each.candidate.passage)].append(each)
    parts: set[int] = set()
    for alike in totals.values():
        for total in alike:
            made_of = _parts_of(total.candidate.passage, total.candidate.quantity)
            parts |= {
                id(each)
                for each in alike
                if id(each.candidate.quantity) in made_of
                and (_key(each.candidate), each.timing.period) == (_key(total.candidate), total.timing.period)
            }
    return [each for each in read if id(each) not in parts]


def _parts_of(passage: Passage, total: Quantity) -> set[int]:
    """Ids of the next numbers that add up to ``total``, at least three, or two in brackets."""
    here = [each for each in passage.quantities if not each.noise and each.span.start > total.span.end]
    for start in range(min(_SOON, len(here))):
        sum_, made_of = Decimal(0), set()
        for each in here[start : start + _MOST_PARTS]:
            sum_ += each.value
            made_of.add(id(each))
            if sum_ >= total.value:
                break
        opened = here[start].span.start
        bracket = "(" in passage.block.text[max(0, opened - 2) : opened]
        if sum_ == total.value and len(made_of) >= (2 if bracket else 3):
            return made_of
    return set()


_SOON, _MOST_PARTS = 3, 8


def _one_a_sentence(read: Sequence[Decided]) -> list[Decided]:
    """Of two facts that a sentence would state of one thing at one time, the surer; goals may be several."""
    said: dict[tuple[object, ...], list[Decided]] = defaultdict(list)
    for each in read:
        passage, quantity = each.candidate.passage, each.candidate.quantity
        moving = quantity.shape in (Shape.FROM, Shape.TO)
        if each.kind is not Kind.OBSERVATION or moving or passage.block.cell is not None:
            continue
        sentence = passage.sentence_at(passage.token_span(quantity.number)[0])
        said[id(passage), sentence, *_key(each.candidate), each.timing.period].append(each)
    weaker = {
        id(each)
        for alike in said.values()
        for each in alike
        if max(other.bound for other in alike) - each.bound > _SURER
    }
    return [each for each in read if id(each) not in weaker]


_SURER = 0.2


def _one_a_line(read: Sequence[Decided]) -> list[Decided]:
    """Of cells of one row, or of one column, that would state one thing at one time: those that headers fit best."""
    said: dict[tuple[object, ...], list[Decided]] = defaultdict(list)
    for each in read:
        cell = each.candidate.passage.block.cell
        if cell is not None and not each.changed:
            fact = (cell.table, *_key(each.candidate), each.kind, each.timing.period)
            said["row", cell.row, *fact].append(each)
            said["column", cell.column_headers, *fact].append(each)
    weaker = set()
    for alike in said.values():
        best = max(_fit(each) for each in alike)
        weaker |= {id(each) for each in alike if best - _fit(each) > _FITTER}
    return [each for each in read if id(each) not in weaker]


def _fit(each: Decided) -> float:
    features = each.candidate.features
    return each.bound - _STRANGE * (features.get("row_novel", 0.0) + features.get("column_novel", 0.0))


_STRANGE, _FITTER = 0.1, 0.02


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
