"""All evidence of one series, folded in the order of publication, to its observations.

The order of arrival has no say: the same evidence in any order gives the same series, and the
series as of a day is the same function over what was published by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, TypeAlias

from tracker.domain.indicator import Indicator
from tracker.domain.observation import (
    Decision,
    Doubt,
    DoubtReason,
    Evidence,
    Observation,
    Series,
    StatedTarget,
    Verdict,
)
from tracker.domain.statement import Kind
from tracker.series.accumulation import accumulates, widest_last
from tracker.series.period_figure import Resolved, rank_of, resolve, tie_break
from tracker.series.plausibility import Known

_LEVELS = frozenset({Kind.OBSERVATION, Kind.REFERENCE})

Words: TypeAlias = tuple[object, ...]
"""What makes two pieces of evidence the same words, wherever they stand in the document by now."""

Days: TypeAlias = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's word on a piece of evidence."""

    verdict: Verdict
    at: datetime


def build_series(
    indicator: Indicator,
    area: str,
    evidence: Iterable[Evidence],
    decisions: Iterable[Decision],
    *,
    source_rank: Mapping[str, int] | None = None,
) -> Series:
    """Work out what is known about ``indicator`` in ``area``.

    ``evidence`` may hold other series; only levels of this one count, and none at all where the area
    is not tracked. ``source_rank``: the smaller, the more trusted; sources it does not name come
    last. Observations come oldest reference period first, doubts in the order of publication.
    """
    fold = Fold(indicator, area, decisions, source_rank or {})
    fold.take(own_evidence(indicator, area, evidence, source_rank or {}))
    return fold.series()


def unfold(
    indicator: Indicator,
    area: str,
    evidence: Iterable[Evidence],
    decisions: Iterable[Decision],
    *,
    source_rank: Mapping[str, int] | None = None,
    since: date = date.min,
) -> Iterator[tuple[date, Series]]:
    """Each day on which something was published, oldest first, with the series as of that day.

    The same as :func:`build_series` over what was published by each of the days, in one go. Of the days
    up to ``since`` only the last is told.
    """
    fold = Fold(indicator, area, decisions, source_rank or {})
    own = own_evidence(indicator, area, evidence, source_rank or {})
    early = [one for one in own if one.published.day <= since]
    if early:
        fold.take(early)
        yield early[-1].published.day, fold.series()
    for day, published in groupby(own[len(early) :], key=lambda one: one.published.day):
        fold.take(published)
        yield day, fold.series()


def own_evidence(
    indicator: Indicator, area: str, evidence: Iterable[Evidence], ranks: Mapping[str, int]
) -> list[Evidence]:
    """What is stated about this series, in the order of publication; nothing where the area is not tracked."""
    tracked = not indicator.scope or area in indicator.scope
    own = [one for one in evidence if tracked and one.indicator == indicator.id and one.area == area]
    return sorted(own, key=lambda one: _published_first(one, ranks))


class Fold:
    """The evidence of one series taken so far, in the order of publication."""

    def __init__(
        self, indicator: Indicator, area: str, decisions: Iterable[Decision], ranks: Mapping[str, int]
    ) -> None:
        self._indicator, self._area, self._ranks = indicator, area, ranks
        self._words = list(decisions)
        self._taken: list[Evidence] = []
        self._begin()

    def _begin(self) -> None:
        self._judged: dict[int, Judged] = {}
        self._known = Known(self._indicator.unit)
        self._used: dict[Days, list[Evidence]] = {}
        self._held: list[Doubt] = []
        self._resolved: dict[Days, Resolved] = {}

    def take(self, pieces: Iterable[Evidence]) -> None:
        """Learn what was published next; ``pieces`` in the order of publication."""
        before, new = len(self._taken), list(pieces)
        self._taken += new
        if self._words:
            judged = _judged([one for one in self._taken if one.kind in _LEVELS], self._words)
            if any(judged.get(one.id) != self._judged.get(one.id) for one in self._taken[:before]):
                # A person's word on what is new is also one on the same words from before.
                self._begin()
                new = self._taken
            self._judged = judged
        touched = self._sift([one for one in new if one.kind in _LEVELS])
        accepted = {key: word.at for key, word in self._judged.items() if word.verdict is Verdict.ACCEPT}
        self._resolved |= {days: resolve(self._used[days], accepted, self._ranks) for days in touched}

    def _sift(self, levels: Iterable[Evidence]) -> dict[Days, None]:
        """Part what is used, by reference period, from what is held; the periods that got something."""
        touched: dict[Days, None] = {}
        for one in levels:
            reason = _doubt(one, self._judged.get(one.id), self._known)
            if reason is not None:
                self._held.append(Doubt(one, reason))
                continue
            self._known.take(one.period, one.figure)
            self._used.setdefault(_days(one), []).append(one)
            touched[_days(one)] = None
        return touched

    def series(self) -> Series:
        """What is known by now."""
        doubts = [*self._held, *(doubt for one in self._resolved.values() for doubt in one.overruled)]
        observations, doubts = _absorb({days: one.observation for days, one in self._resolved.items()}, doubts)
        doubts.sort(key=lambda doubt: _published_first(doubt.evidence, self._ranks))
        added_up = accumulates(self._indicator, [one.period for one in observations])
        return Series(
            self._indicator.id,
            self._area,
            widest_last(observations) if added_up else observations,
            tuple(doubts),
            added_up,
            _stated_targets([one for one in self._taken if one.kind is Kind.TARGET], self._words),
        )


def undecided(pieces: Sequence[Evidence], decisions: Iterable[Decision]) -> list[Evidence]:
    """Those of ``pieces`` on which no person has said anything, neither on themselves nor on the same words."""
    judged = _judged(pieces, decisions)
    return [one for one in pieces if one.id not in judged]


def known_by(evidence: Iterable[Evidence], as_of: date) -> list[Evidence]:
    """What was published by ``as_of``, that day included; a month or a year counts as its last day."""
    return [one for one in evidence if one.published.day <= as_of]


def _stated_targets(targets: list[Evidence], decisions: Iterable[Decision]) -> tuple[StatedTarget, ...]:
    """What sources promise, where the reading is sure or a person has taken it; what is rejected stays, as such."""
    judged = _judged(targets, decisions)
    found = [StatedTarget(one, judged[one.id].verdict if one.id in judged else None) for one in targets]
    return tuple(one for one in found if one.evidence.accepted or one.verdict is not None)


def _doubt(one: Evidence, word: Judged | None, known: Known) -> DoubtReason | None:
    if word is not None and word.verdict is Verdict.REJECT:
        return DoubtReason.REJECTED
    if not known.usable(one.figure):
        return DoubtReason.OUTSIDE_DOMAIN
    if word is not None:
        return None
    if not one.accepted:
        return DoubtReason.SECOND_READER if one.disputed else DoubtReason.LOW_CONFIDENCE
    return known.doubt(one.period, one.figure)


def _absorb(
    observations: Mapping[Days, Observation], doubts: Iterable[Doubt]
) -> tuple[tuple[Observation, ...], list[Doubt]]:
    """A doubtful repetition of the accepted figure is simply more evidence for it."""
    held: list[Doubt] = []
    more: dict[Days, list[Evidence]] = {}
    for doubt in doubts:
        days = _days(doubt.evidence)
        there = observations.get(days)
        same = there is not None and there.figure.same_number(doubt.evidence.figure)
        if same and doubt.reason is not DoubtReason.REJECTED:
            more.setdefault(days, []).append(doubt.evidence)
        else:
            held.append(doubt)
    ordered = sorted(observations.items(), key=lambda item: (item[0][1], item[0][0]))
    return tuple(_with_more(one, more.get(days, [])) for days, one in ordered), held


def _with_more(one: Observation, more: list[Evidence]) -> Observation:
    if not more:
        return one
    evidence = (*one.evidence, *more)
    return Observation(one.indicator, one.area, one.period, one.figure, evidence, one.revised, one.conflicting)


def _judged(levels: Iterable[Evidence], decisions: Iterable[Decision]) -> dict[int, Judged]:
    """The newest word on each piece of evidence, whether given on itself or on the same words.

    A page that changes elsewhere moves its sentences; what a person has said of one holds on.
    """
    newest: dict[int, Decision] = {}
    for decision in sorted(decisions, key=lambda one: (one.at, one.verdict, one.who, one.note)):
        newest[decision.evidence] = decision
    pieces = list(levels)
    said: dict[Words, Decision] = {}
    decided = [one for one in pieces if one.id in newest]
    for one in sorted(decided, key=lambda one: (newest[one.id].at, one.id)):
        said[_words(one)] = newest[one.id]
    found = {one.id: newest.get(one.id) or said.get(_words(one)) for one in pieces if one.id}
    return {key: Judged(word.verdict, word.at) for key, word in found.items() if word is not None}


def _words(one: Evidence) -> Words:
    figure = one.figure
    return one.source, one.doc, one.kind, figure.value, figure.high, figure.unit, _days(one), one.quote


def _days(one: Evidence) -> Days:
    return one.period.start, one.period.end


def _published_first(one: Evidence, ranks: Mapping[str, int]) -> tuple[Any, ...]:
    return one.published.day, rank_of(one.source, ranks), *tie_break(one)
