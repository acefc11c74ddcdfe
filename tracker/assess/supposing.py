"""What if: where a target would stand with a figure nobody has stated yet, and what that figure would have to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from tracker.assess.goal import resolve
from tracker.assess.standing import assess
from tracker.domain.assessment import Assessment, Status
from tracker.domain.figure import Figure, Unit
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Evidence, Observation, Series
from tracker.domain.period import Period, Precision
from tracker.domain.statement import Kind, Published
from tracker.domain.target import Target

SOURCE = "what-if"
_WELL = frozenset({Status.ON_TRACK, Status.ACHIEVED})
_STEPS = 60
_WHOLE = frozenset({Unit.COUNT, Unit.RANK, Unit.VND, Unit.USD})
_DECIMALS = Decimal("0.01")
_FINE = 1000


@dataclass(frozen=True, slots=True)
class Supposed:
    """``assessment`` is with the supposed figure, None without one.

    ``for_on_track`` and ``for_achieved`` are the weakest figures for the period that would do, in the
    indicator's unit, rounded to the better side; None where none would, or none can be told.
    """

    period: Period
    as_of: date
    assessment: Assessment | None
    for_on_track: Decimal | None
    for_achieved: Decimal | None


def suppose(
    target: Target, indicator: Indicator, series: Series, *, period: Period, value: Decimal | None, as_of: date
) -> Supposed:
    """Hold ``target`` against ``series`` as if ``value`` had been stated for ``period``.

    It is looked at from ``as_of``, or from the day after the period where that is later: no figure of a
    period is known before its end.
    """
    goal = resolve(target, indicator, series)
    day = max(as_of, period.end + timedelta(days=1))

    def held(figure: Decimal) -> Assessment:
        return assess(goal, indicator, _with(series, indicator, period, figure), as_of=day)

    # A figure for a time after the deadline decides nothing any more.
    open_to = period.start <= goal.by
    return Supposed(
        period=period,
        as_of=day,
        assessment=None if value is None else held(value),
        for_on_track=_for_on_track(goal, indicator, held) if open_to else None,
        for_achieved=goal.value if open_to and goal.value is not None and _achieves(held(goal.value)) else None,
    )


def next_period(period: Period) -> Period | None:
    """The period that follows one of the same length; of the part of a year that part of the next.

    None for a single day, after which nobody knows what follows.
    """
    years = period.end.year - period.start.year + 1
    if period.precision is Precision.DAY:
        return None
    if period.precision is Precision.YEAR:
        return Period.span(Period.year(period.end.year + 1), Period.year(period.end.year + years))
    single = Period.parse(str(period).partition("/")[0])
    if (single.start, single.end) != (period.start, period.end):
        first, _, last = str(period).partition("/")
        return Period.span(_a_year_on(Period.parse(first), years), _a_year_on(Period.parse(last), years))
    after = period.end + timedelta(days=1)
    if period.precision is Precision.QUARTER:
        return Period.quarter(after.year, (after.month + 2) // 3)
    return Period.month(after.year, after.month)


def _a_year_on(single: Period, years: int) -> Period:
    if single.precision is Precision.QUARTER:
        return Period.quarter(single.start.year + years, (single.start.month + 2) // 3)
    return Period.month(single.start.year + years, single.start.month)


def _achieves(assessment: Assessment) -> bool:
    return assessment.status is Status.ACHIEVED


def _for_on_track(goal: Target, indicator: Indicator, held: Callable[[Decimal], Assessment]) -> Decimal | None:
    """Halves the way from what would not do to the target: a better figure never worsens the class.

    As a figure is printed, whole for counts, ranks and money, else with two decimals; never weaker than needed.
    """
    if goal.value is None or held(goal.value).status not in _WELL:
        return None
    start = held(goal.value).baseline
    poor = None if start is None else start.value
    if poor is None or held(poor).status in _WELL:
        return None
    good, step = goal.value, Decimal(1) if indicator.unit in _WHOLE else _DECIMALS
    for _ in range(_STEPS):
        if abs(good - poor) <= step / _FINE:
            break
        middle = (poor + good) / 2
        if held(middle).status in _WELL:
            good = middle
        else:
            poor = middle
    nearest = good.quantize(step, ROUND_HALF_EVEN)
    if held(nearest).status in _WELL:
        return nearest
    return good.quantize(step, ROUND_CEILING if goal.sign > 0 else ROUND_FLOOR)


def _with(series: Series, indicator: Indicator, period: Period, value: Decimal) -> Series:
    figure = Figure(value, indicator.unit.value)
    piece = Evidence(
        id=0, indicator=series.indicator, area=series.area, kind=Kind.OBSERVATION, figure=figure, period=period,
        period_stated=True, published=Published(Period.day(period.end), SOURCE), source=SOURCE, doc=SOURCE,
        quote="", start=0, end=0, snapshot=None, rule_version=SOURCE, confidence=1.0, accepted=True,
        recorded_at=datetime.combine(period.end, datetime.min.time(), UTC),
    )  # fmt: skip
    supposed = Observation(series.indicator, series.area, period, figure, (piece,))
    others = [one for one in series.observations if (one.period.start, one.period.end) != (period.start, period.end)]
    return replace(series, observations=(*others, supposed))
