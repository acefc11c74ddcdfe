"""What an assessment rests on: the readings that count, the baseline, the case made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.assess.case import Case, Point
from tracker.assess.deltas import broken_between, delta, oldest_first
from tracker.assess.interval import Domain, domain_of, printed
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Delta, Observation, Series
from tracker.domain.period import Period, Precision, position
from tracker.domain.target import Baseline, Target


@dataclass(frozen=True, slots=True)
class Material:
    """Gathered once per assessment.

    ``counting`` are the readings up to the deadline, oldest first; after the deadline its last one is the
    reading for the deadline, if there is one. ``later`` are those from after it. ``first_reading`` is the
    observation that serves as the baseline where none is stated. ``case`` is None where nothing counts.
    ``parts`` are readings for parts of a year only, where figures add up within the year: they are held against
    the same part of the year before, ``partial`` is the newest such change, and never against the target.
    """

    target: Target
    indicator: Indicator
    as_of: date
    counting: tuple[Observation, ...]
    later: tuple[Observation, ...]
    first_reading: Observation | None
    domain: Domain
    case: Case | None
    partial: Delta | None = None
    parts: tuple[Observation, ...] = ()

    @property
    def latest(self) -> Observation | None:
        """The newest reading that counts."""
        return self.counting[-1] if self.counting else None

    @property
    def previous(self) -> Observation | None:
        """The reading of the preceding reference period."""
        return self.counting[-2] if len(self.counting) > 1 else None

    @property
    def passed(self) -> bool:
        """Whether the deadline, an inclusive day, is over."""
        return self.as_of > self.target.by

    @property
    def baseline(self) -> Baseline | None:
        """The stated baseline, else the first reading; None where the latest is all there is."""
        if self.target.baseline is not None or self.first_reading is None:
            return self.target.baseline
        return Baseline(printed(self.first_reading.figure, self.target.sign), self.first_reading.period)


def gather(target: Target, indicator: Indicator, series: Series, as_of: date) -> Material:
    """Sort out which readings of ``series`` count for ``target`` on ``as_of``."""
    every = oldest_first(series.observations)
    parts = _parts(target, every) if series.accumulates else []
    readings = [one for one in every if one not in parts]
    counting = [one for one in readings if one.period.start <= target.by]
    later = [one for one in readings if one.period.start > target.by]
    final = reading_for(target.by, counting)
    if as_of > target.by and final is not None:
        counting = [one for one in counting if one.period.end < final.period.end]
        counting.append(final)
    stated = target.baseline is not None
    first = counting[0] if len(counting) > 1 and not stated else None
    seen = [one.figure.value for one in readings]
    if target.baseline is not None:
        seen.append(target.baseline.value)
    return Material(
        target=target,
        indicator=indicator,
        as_of=as_of,
        counting=tuple(counting),
        later=tuple(later),
        first_reading=first,
        domain=domain_of(indicator.unit, seen),
        case=_case(target, indicator, counting, first, as_of) if counting else None,
        partial=_partial(indicator, parts, counting),
        parts=tuple(parts),
    )


def _parts(target: Target, readings: list[Observation]) -> list[Observation]:
    """What is not for the part of a year that ends with the deadline, usually the whole year."""
    part = Period(date(target.by.year, 1, 1), target.by, Precision.DAY).part
    return [one for one in readings if one.period.part != part]


def _partial(indicator: Indicator, parts: list[Observation], counting: list[Observation]) -> Delta | None:
    """The newest part of a year since the latest whole one, against the same part before it."""
    since = [one for one in parts if not counting or one.period.end > counting[-1].period.end]
    for newest in sorted(since, key=lambda one: (one.period.end, one.period.days), reverse=True):
        before = [one for one in parts if one.period.part == newest.period.part and one.period.end < newest.period.end]
        if before:
            return delta(indicator, before[-1], newest)
    return None


def reading_for(deadline: date, readings: list[Observation]) -> Observation | None:
    """The reading whose reference period contains the deadline, the narrowest of several."""
    around = [one for one in readings if one.period.contains(deadline)]
    return min(around, key=lambda one: one.period.days) if around else None


def _case(
    target: Target,
    indicator: Indicator,
    counting: list[Observation],
    first: Observation | None,
    as_of: date,
) -> Case:
    points = [_point(one, target.sign) for one in counting]
    latest = points[-1]
    baseline = _baseline_point(target, points, first)
    broken = baseline is not None and broken_between(indicator, baseline.period, latest.period)
    if baseline is not None and _adds(baseline, points):
        points = sorted([baseline, *points], key=lambda point: (point.period.end, point.period.start))
    comparable = [point for point in points if not broken_between(indicator, point.period, latest.period)]
    passed = as_of > target.by
    return Case(
        sign=target.sign,
        unit=indicator.unit,
        target=target.value,
        deadline=target.by,
        points=tuple(comparable),
        baseline=baseline,
        broken=broken,
        passed=passed,
        settled=passed and latest.period.contains(target.by),
        kind=target.kind,
        from_reading=first is not None,
        milestones=tuple((position(one.by), one.value) for one in target.milestones),
    )


def _adds(baseline: Point, points: list[Point]) -> bool:
    """Whether a stated baseline is a figure of its own, from before the latest."""
    return baseline.period.end < points[-1].period.end and all(
        point.period.end != baseline.period.end for point in points
    )


def _baseline_point(target: Target, points: list[Point], first: Observation | None) -> Point | None:
    if target.baseline is None:
        return _point(first, target.sign) if first is not None else None
    of = next((point.of for point in points if _same(point.period, target.baseline.period)), None)
    return Point(target.baseline.value, target.baseline.period, of)


def _same(one: Period, other: Period) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _point(observation: Observation, sign: int) -> Point:
    figure = observation.figure
    return Point(printed(figure, sign), observation.period, figure.of)


def equivalent_rank(rank: Decimal, of: int, reference: int) -> Decimal:
    """``rank`` among ``of`` as a rank among ``reference``: 1 + (r - 1) / (N - 1) * (N_ref - 1)."""
    return 1 + (rank - 1) / Decimal(of - 1) * (reference - 1)


def percentile(rank: Decimal, of: int) -> Decimal:
    """Share of the ranked that stand behind, in per cent: (N - r) / (N - 1)."""
    return 100 * (of - rank) / Decimal(of - 1)
