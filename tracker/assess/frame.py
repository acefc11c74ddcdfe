"""Assessments over a pandas frame: a thin loop, one row for each target and source."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tracker.assess.standing import assess
from tracker.domain.assessment import Assessment
from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.domain.indicator import Better, Break, Indicator
from tracker.domain.observation import Evidence, Observation, Series
from tracker.domain.period import Period, Precision
from tracker.domain.statement import Kind, Published
from tracker.domain.target import Target

if TYPE_CHECKING:
    import pandas as pd

REQUIRED = ("indicator", "ref_start", "ref_end", "value_lo", "published", "source")
_ESTIMATED = frozenset({"E", "P"})
_NO_FIGURE = frozenset({"M", "O", "L", "H", "Q", "F"})
_BREAK = "B"


def assess_frame(
    frame: pd.DataFrame,
    targets: Iterable[Target],
    *,
    as_of: date,
    method: str | None = None,
    indicators: Iterable[Indicator] = (),
) -> pd.DataFrame:
    """Hold ``targets`` against the figures of ``frame`` that were published by ``as_of``.

    Columns of ``frame``: indicator, ref_start, ref_end (first and last day of the reference period), value_lo,
    published (days, as dates or ISO text), source; and where they are known value_hi (the far end of a range),
    obs_status (the letters of SDMX: E and P are estimates, B begins a new series, M, O, L, H, Q and F carry no figure),
    denom (the size of a ranking), area, unit. Of several rows for one source and period the one published last
    counts. A figure is taken to be rounded to the digits it is written with; give texts where a last 0 matters.

    ``indicators`` say unit, direction and breaks; of one that is not among them the unit is the column's, else a
    plain ratio, and the direction its target's. ``method`` overrules those of the targets.

    One row per target and source, a source by itself and never mixed with another; columns: target, indicator, area,
    source (None where there is no figure), as_of, status, status_set (statuses within the printed figures, joined by a
    blank), reasons (codes, joined by a blank), method, ratio, progress, native, baseline_value, baseline_period,
    latest_value, latest_period, previous_value, previous_period, required_per_year, achieved_per_year,
    projection_value, projection_low, projection_high, days_left. Unknown is None.

    Raises ``ValueError`` for a missing column or a cell that cannot be read.
    """
    import pandas as pd

    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        raise ValueError(f"the frame has no column {', '.join(missing)}; expected {', '.join(REQUIRED)}")
    known = {one.id: one for one in indicators}
    records = [_read(row) for row in frame.to_dict("records")]
    found = []
    for target in targets:
        chosen = target if method is None else replace(target, method=method)
        rows = [one for one in records if _about(one, chosen) and one["published"] <= as_of]
        base = known.get(chosen.indicator) or _indicator(chosen, rows)
        for source in list(dict.fromkeys(one["source"] for one in rows)) or [None]:
            own = [one for one in rows if one["source"] == source]
            indicator = _with_breaks(base, own)
            series = Series(chosen.indicator, chosen.area, tuple(_observations(chosen, indicator, own)))
            found.append(_row(chosen, source, assess(chosen, indicator, series, as_of=as_of)))
    return pd.DataFrame(found, columns=list(COLUMNS), dtype=object)


COLUMNS = (
    "target", "indicator", "area", "source", "as_of", "status", "status_set", "reasons", "method", "ratio", "progress",
    "native", "baseline_value", "baseline_period", "latest_value", "latest_period", "previous_value",
    "previous_period", "required_per_year", "achieved_per_year", "projection_value", "projection_low",
    "projection_high", "days_left",
)  # fmt: skip
"""The columns of :func:`assess_frame`."""


def _read(row: Mapping[Any, Any]) -> dict[str, Any]:
    cells = {str(name): None if _empty(cell) else cell for name, cell in row.items()}
    try:
        return {
            **cells,
            "period": _period(_day(cells["ref_start"]), _day(cells["ref_end"])),
            "published": _day(cells["published"]),
            "low": None if cells["value_lo"] is None else Decimal(str(cells["value_lo"])),
            "high": None if cells.get("value_hi") is None else Decimal(str(cells["value_hi"])),
            "letter": str(cells.get("obs_status") or "A"),
        }
    except (ArithmeticError, TypeError, ValueError) as error:
        raise ValueError(f"the row {dict(row)} cannot be read: {error}") from None


def _empty(cell: object) -> bool:
    return cell is None or cell != cell or str(cell) in ("", "NaT", "<NA>")  # noqa: PLR0124 - what is not itself is NaN


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else date.fromisoformat(str(cell)[:10])


def _period(start: date, end: date) -> Period:
    last = calendar.monthrange(end.year, end.month)[1] == end.day
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return Period(start, end, Precision.YEAR)
    return Period(start, end, Precision.MONTH if start.day == 1 and last else Precision.DAY)


def _about(one: Mapping[str, Any], target: Target) -> bool:
    return one["indicator"] == target.indicator and one.get("area") in (None, target.area)


def _indicator(target: Target, rows: list[dict[str, Any]]) -> Indicator:
    unit = next((one["unit"] for one in rows if one.get("unit") is not None), Unit.RATIO)
    better = Better.HIGHER if target.sign > 0 else Better.LOWER
    return Indicator(target.indicator, (), (), Unit(unit), better, target.area, frozenset({target.area}))


def _with_breaks(indicator: Indicator, rows: Iterable[Mapping[str, Any]]) -> Indicator:
    broken = [Break(one["period"]) for one in rows if _BREAK in one["letter"]]
    breaks = sorted([*indicator.breaks, *broken], key=lambda one: one.period.start)
    return replace(indicator, breaks=tuple(breaks))


def _observations(target: Target, indicator: Indicator, rows: Iterable[Mapping[str, Any]]) -> Iterator[Observation]:
    newest: dict[tuple[date, date], Mapping[str, Any]] = {}
    for one in sorted(rows, key=lambda one: one["published"]):
        newest[one["period"].start, one["period"].end] = one
    for one in newest.values():
        if one["low"] is None or one["letter"] in _NO_FIGURE:
            continue
        high = one["high"] if one["high"] != one["low"] else None
        qualifier = Qualifier.ESTIMATED if one["letter"] in _ESTIMATED else Qualifier.EXACT
        of = None if one.get("denom") is None else int(one["denom"])
        figure = Figure(one["low"], indicator.unit.value, high, qualifier, of)
        yield Observation(target.indicator, target.area, one["period"], figure, (_evidence(target, figure, one),))


def _evidence(target: Target, figure: Figure, one: Mapping[str, Any]) -> Evidence:
    published = one["published"]
    return Evidence(
        id=0, indicator=target.indicator, area=target.area, kind=Kind.OBSERVATION, figure=figure, period=one["period"],
        period_stated=True, published=Published(Period.day(published), "given"), source=str(one["source"]), doc="frame",
        quote="", start=0, end=0, snapshot=None, rule_version="frame", confidence=1.0, accepted=True,
        recorded_at=datetime(published.year, published.month, published.day, tzinfo=UTC),
    )  # fmt: skip


def _row(target: Target, source: str | None, a: Assessment) -> dict[str, Any]:
    others = [dict(reason.details).get("other", "") for reason in a.reasons if reason.code == "ambiguous"]
    statuses = dict.fromkeys([a.status.value, *(status for other in others for status in other.split(",") if status)])
    latest, previous, projection = a.latest, a.previous, a.projection
    return {
        "target": target.id,
        "indicator": target.indicator,
        "area": target.area,
        "source": source,
        "as_of": a.as_of,
        "status": a.status.value,
        "status_set": " ".join(statuses),
        "reasons": " ".join(reason.code for reason in a.reasons),
        "method": a.method,
        "ratio": a.ratio,
        "progress": a.progress,
        "native": a.native,
        "baseline_value": float(a.baseline.value) if a.baseline else None,
        "baseline_period": str(a.baseline.period) if a.baseline else None,
        "latest_value": float(latest.figure.value) if latest else None,
        "latest_period": str(latest.period) if latest else None,
        "previous_value": float(previous.figure.value) if previous else None,
        "previous_period": str(previous.period) if previous else None,
        "required_per_year": a.required_per_year,
        "achieved_per_year": a.achieved_per_year,
        "projection_value": projection.value if projection else None,
        "projection_low": projection.low if projection else None,
        "projection_high": projection.high if projection else None,
        "days_left": a.days_left,
    }
