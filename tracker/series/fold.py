"""All evidence of one series, folded in the order of publication, to its observations.

The order of arrival has no say: the same evidence in any order gives the same series, and the
series as of a day is the same function over what was published by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from tracker.series.period_figure import rank_of, resolve, tie_break
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
    ranks = source_rank or {}
    tracked = not indicator.scope or area in indicator.scope
    words = list(decisions)
    own = [one for one in evidence if tracked and one.indicator == indicator.id and one.area == area]
    own.sort(key=lambda one: _published_first(one, ranks))
    levels = [one for one in own if one.kind in _LEVELS]
    judged = _judged(levels, words)
    used, doubts = _sift(indicator, levels, judged)
    accepted = {key: word.at for key, word in judged.items() if word.verdict is Verdict.ACCEPT}
    resolved = {days: resolve(members, accepted, ranks) for days, members in used.items()}
    for one in resolved.values():
        doubts += one.overruled
    observations, doubts = _absorb({days: one.observation for days, one in resolved.items()}, doubts)
    doubts.sort(key=lambda doubt: _published_first(doubt.evidence, ranks))
    added_up = accumulates(indicator, [one.period for one in observations])
    return Series(
        indicator.id,
        area,
        widest_last(observations) if added_up else observations,
        tuple(doubts),
        added_up,
        _stated_targets([one for one in own if one.kind is Kind.TARGET], words),
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


def _sift(
    indicator: Indicator, levels: Iterable[Evidence], judged: Mapping[int, Judged]
) -> tuple[dict[Days, list[Evidence]], list[Doubt]]:
    """What is used, by reference period, and what is held."""
    known = Known(indicator.unit)
    used: dict[Days, list[Evidence]] = {}
    doubts: list[Doubt] = []
    for one in levels:
        reason = _doubt(one, judged.get(one.id), known)
        if reason is not None:
            doubts.append(Doubt(one, reason))
            continue
        known.take(one.period, one.figure)
        used.setdefault(_days(one), []).append(one)
    return used, doubts


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
