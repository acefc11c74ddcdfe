"""What the figure of a period was, as of each publication that changed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.indicator import Indicator
from tracker.domain.observation import Decision, Evidence, Observation
from tracker.domain.period import Period
from tracker.series.fold import unfold


@dataclass(frozen=True, slots=True)
class Vintage:
    """From ``day`` on the period had this ``observation``; None where it had been taken back."""

    day: date
    observation: Observation | None


def vintages(
    indicator: Indicator,
    area: str,
    evidence: Iterable[Evidence],
    decisions: Iterable[Decision],
    period: Period,
    *,
    source_rank: Mapping[str, int] | None = None,
) -> tuple[Vintage, ...]:
    """Oldest first; a publication that repeats the figure makes no vintage.

    People's decisions count from the beginning: they say what was right, not when it was known.
    """
    found: list[Vintage] = []
    for day, series in unfold(indicator, area, evidence, decisions, source_rank=source_rank):
        now = next((one for one in series.observations if _same_days(one.period, period)), None)
        before = found[-1].observation if found else None
        if _number(now) != _number(before):
            found.append(Vintage(day, now))
    return tuple(found)


def _same_days(one: Period, other: Period) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _number(one: Observation | None) -> tuple[object, ...] | None:
    return None if one is None else (one.figure.value, one.figure.high)
