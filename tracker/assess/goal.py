"""The number of a target that promises a change: counted from a figure that has to be known first."""

from __future__ import annotations

from dataclasses import replace

from tracker.assess.interval import printed
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Series
from tracker.domain.target import Baseline, Target


def resolve(target: Target, indicator: Indicator, series: Series) -> Target:
    """``target`` with its value, and what the change counts from as its baseline.

    Without a promised change, and where the figure of its period is not known yet, the target as it is.
    """
    change = target.change
    if change is None or target.value is not None:
        return target
    origin = change.origin if isinstance(change.origin, Baseline) else _recorded(target, series)
    if origin is None:
        return target
    return replace(target, value=change.goal(origin.value, indicator.better.sign), baseline=origin)


def _recorded(target: Target, series: Series) -> Baseline | None:
    wanted = target.change.period if target.change else None
    for one in series.observations:
        if wanted is not None and (one.period.start, one.period.end) == (wanted.start, wanted.end):
            return Baseline(printed(one.figure, target.sign), one.period)
    return None
