"""Progress deltas: what changed from one reference period to the next."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.indicator import Indicator
from tracker.domain.observation import Delta, Observation, Series
from tracker.domain.period import Period


def deltas(indicator: Indicator, series: Series) -> tuple[Delta, ...]:
    """One delta per observation that has one before it to compare with, oldest first.

    A change across a break is given all the same, marked ``across_break``. Where figures accumulate within the
    year only the same part of an earlier year compares: nine months with nine months.
    """
    found: list[Delta] = []
    last: dict[object, Observation] = {}
    for later in oldest_first(series.observations):
        part = later.period.part if series.accumulates else None
        if part in last:
            found.append(delta(indicator, last[part], later))
        last[part] = later
    return tuple(found)


def delta(indicator: Indicator, earlier: Observation, later: Observation) -> Delta:
    """``later`` minus ``earlier`` in the indicator's unit, by the figures as printed.

    ``percent`` is of the size of the earlier value, so that its sign is that of the change. Of a range
    the first number counts.
    """
    absolute = later.figure.value - earlier.figure.value
    years = later.period.position - earlier.period.position
    size = abs(earlier.figure.value)
    return Delta(
        earlier=earlier,
        later=later,
        absolute=absolute,
        percent=100 * absolute / size if size else None,
        per_year=absolute / years if years > 0 else None,
        across_break=broken_between(indicator, earlier.period, later.period),
    )


def oldest_first(observations: Iterable[Observation]) -> list[Observation]:
    """By the day a period stands at; of periods that end together the widest first."""
    return sorted(observations, key=lambda one: (one.period.end, one.period.start))


def broken_between(indicator: Indicator, earlier: Period, later: Period) -> bool:
    """Whether a declared break separates the two: figures before it do not compare with those from it on."""
    return any(earlier.end < one.period.start <= later.end for one in indicator.breaks)
