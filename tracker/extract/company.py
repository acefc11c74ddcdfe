"""What the other readings of a document say about one of them.

A figure told twice, or one that adds up with a change and an earlier level, is likelier right; of two
figures for one period at most one is. Everything here looks at readings, never at words.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal

from tracker.domain.statement import Kind
from tracker.extract.decide import Features
from tracker.extract.statements import Draft

_LEVELS = (Kind.OBSERVATION, Kind.REFERENCE)
_NEAR = Decimal("0.011")
_PERCENT_NEAR = Decimal("0.6")
_MOST = 3.0
#: No more fellows of one reading are asked: a page of numbers would cost their square.
_ASKED = 64
_BESIDE = 4


class Company:
    """The readings of one document, by what they are about."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        self._told = _groups(drafts, lambda each: (each.area, each.figure.unit, each.figure.value))
        self._rivals = _groups(drafts, lambda each: (each.area, each.kind, each.period, each.figure.unit))
        self._areas = _groups(drafts, lambda each: each.area)
        self._topics = _groups(drafts, lambda _: None)
        self._sizes = {
            key: sorted(abs(float(each.figure.value)) for each in group if each.figure.value)
            for key, group in _groups(drafts, lambda each: each.figure.unit).items()
        }
        self._sure = sum(each.sure for each in drafts)
        self._topic_sure = {key: sum(each.sure for each in group) for key, group in self._topics.items()}
        self._place = {id(each): at for group in self._areas.values() for at, each in enumerate(group)}

    def features(self, draft: Draft) -> Features:
        """What the others make of one reading; features in 0 to about 1, none where they say nothing."""
        topic = draft.candidate.indicator, None
        others, rest = len(self._topics[topic]) - 1, len(self._drafts) - 1
        features = self._repeated(draft) | self._contested(draft) | self._size(draft) | self._in_time(draft)
        features |= {
            "adds_up": float(self._adds_up(draft)),
            "lone": float(not others),
            "topic_sure": (self._topic_sure[topic] - draft.sure) / others if others else 0.0,
            "topic_share": (others + 1) / len(self._drafts),
            "document_sure": (self._sure - draft.sure) / rest if rest else draft.sure,
        }
        return {name: value for name, value in features.items() if value}

    def _repeated(self, draft: Draft) -> Features:
        """The same figure of the same area elsewhere in the text, and how sure that one is."""
        figure = draft.figure
        group = self._told[draft.candidate.indicator, (draft.area, figure.unit, figure.value)]
        again = [other.sure for other in group[:_ASKED] if other is not draft and not _together(draft, other)]
        return {"told_again": max(again, default=0.0), "told_often": min(_MOST, float(len(again))) / _MOST}

    def _contested(self, draft: Draft) -> Features:
        """Another figure for the same area, kind and period; how much surer it is."""
        key = draft.area, draft.kind, draft.period, draft.figure.unit
        group = self._rivals[draft.candidate.indicator, key]
        rivals = [other for other in group[:_ASKED] if other.figure.value != draft.figure.value]
        surest = max((other.sure for other in rivals), default=0.0)
        return {
            "contested": surest,
            "contested_surer": max(0.0, surest - draft.sure),
            "contested_beside": float(any(_together(draft, other) for other in rivals)),
            "contested_often": min(_MOST, float(len(rivals))) / _MOST,
        }

    def _in_time(self, draft: Draft) -> Features:
        """How sure the later levels are that make this one a reference, or that would if they were right."""
        if draft.kind not in _LEVELS:
            return {}
        group = self._areas[draft.candidate.indicator, draft.area]
        at = self._place[id(draft)]
        levels = [other for other in group[max(0, at - _ASKED) : at + _ASKED] if other.kind in _LEVELS]
        own = draft.period
        later = [other.sure for other in levels if own and other.period and other.period.end > own.end]
        earlier = [other.sure for other in levels if own and other.period and other.period.end < own.end]
        named = "after_reference" if draft.kind is Kind.REFERENCE else "after_observation"
        return {
            named: max(later, default=0.0),
            f"no_{named}": float(not later),
            "before_level": max(earlier, default=0.0),
            "only_level": float(len(levels) == 1),
        }

    def _size(self, draft: Draft) -> Features:
        """How far the size is from that of the indicator's other figures in this unit, in powers of ten."""
        sizes = self._sizes[draft.candidate.indicator, draft.figure.unit]
        own = abs(float(draft.figure.value))
        if len(sizes) < 2 or not own:
            return {}
        apart = abs(math.log10(own / _median_without(sizes, own)))
        return {"size_apart": min(2.0, apart) / 2, "size_far": float(apart > 1), "size_near": float(apart < 0.3)}

    def _adds_up(self, draft: Draft) -> bool:
        """Whether two levels of an area and a change of it, this reading among them, add up."""
        group = self._areas[draft.candidate.indicator, draft.area]
        at = self._place[id(draft)]
        near = group[max(0, at - _BESIDE) : at + _BESIDE + 1]
        changes = [each for each in near if each.kind is Kind.DELTA]
        levels = [each for each in near if each.kind in _LEVELS and each.figure.high is None]
        return any(
            _is_change(change, now, before)
            for change in changes
            for now in levels
            for before in levels
            if now is not before and any(each is draft for each in (change, now, before))
        )


def _groups(drafts: Sequence[Draft], key: Callable[[Draft], Hashable]) -> dict[tuple[int, Hashable], list[Draft]]:
    groups: dict[tuple[int, Hashable], list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.candidate.indicator, key(draft)].append(draft)
    return groups


def _together(one: Draft, other: Draft) -> bool:
    """Whether both stand in the same sentence."""
    return one.candidate.passage is other.candidate.passage and _sentence(one) == _sentence(other)


def _sentence(draft: Draft) -> int:
    passage = draft.candidate.passage
    return passage.sentence_at(passage.token_span(draft.candidate.quantity.span)[0])


def _median_without(ordered: Sequence[float], one: float) -> float:
    """The median of an ordered list of two or more without one of its members."""
    at, rest = bisect_left(ordered, one), len(ordered) - 1

    def member(number: int) -> float:
        return ordered[number + (number >= at)]

    return member(rest // 2) if rest % 2 else (member(rest // 2 - 1) + member(rest // 2)) / 2


def _is_change(change: Draft, now: Draft, before: Draft) -> bool:
    """Whether ``change`` leads from ``before`` to ``now``, as far as rounded figures tell."""
    new, old, step = now.figure.value, before.figure.value, change.figure.value
    match change.figure.unit:
        case "times":
            return old != 0 and abs(new / old - step) <= _NEAR * 10 * abs(step)
        case "percent_change":
            return old != 0 and abs((new - old) / old * 100 - step) <= max(_PERCENT_NEAR, abs(step) * _NEAR)
        case "places":
            return step != 0 and old - new == step
        case _:
            return step != 0 and abs(new - old - step) <= abs(step) * _NEAR
