"""Figures that add up from the beginning of a year: nine months of exports are no year of exports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.domain.figure import Unit
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Observation
from tracker.domain.period import Period

_AMOUNTS = frozenset({Unit.COUNT, Unit.VND, Unit.USD})


def accumulates(indicator: Indicator, periods: Iterable[Period]) -> bool:
    """Whether the figures of ``indicator`` add up within the year: as declared, else as its periods show.

    An amount does that is given for some months of a year together. Of a share or an index only
    months that stand beside the wider ones they are part of show it.
    """
    if indicator.accumulates is not None:
        return indicator.accumulates
    if indicator.unit is Unit.RANK:
        return False
    known = list(periods)
    parts = [one for one in known if _part_of_a_year(one)]
    if indicator.unit in _AMOUNTS:
        return bool(parts)
    return any(part.start == one.start and part.end < one.end <= _year_end(part) for part in parts for one in known)


def widest_last(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """Oldest first; of those that end together the widest last, which says the most."""
    return tuple(sorted(observations, key=lambda one: (one.period.end, one.period.days)))


def _part_of_a_year(period: Period) -> bool:
    """Several months or quarters of one year, counted from its beginning, short of the whole."""
    several = "/" in str(period)
    begins = (period.start.month, period.start.day) == (1, 1)
    return several and begins and period.end < _year_end(period)


def _year_end(period: Period) -> date:
    return period.start.replace(month=12, day=31)
