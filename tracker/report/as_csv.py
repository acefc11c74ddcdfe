"""Tables for spreadsheets: the status report, one row a target, and the history of an indicator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from tracker.domain.indicator import Indicator
from tracker.domain.observation import Delta, Evidence, Series
from tracker.report.as_json import number
from tracker.report.model import StatusReport, TargetLine

Row = dict[str, Any]


def to_csv(report: StatusReport) -> str:
    """:func:`target_rows` as text with the byte order mark that spreadsheets need for Vietnamese."""
    return "\ufeff" + rows_csv(target_rows(report))


def rows_csv(rows: list[Row]) -> str:
    """Comma-separated, numbers in plain digits, a gap where nothing is known; no text in it can run as a formula.

    Written row by row: a table library costs a second to load, on every run.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: defused(cell) for name, cell in row.items()} for row in rows)
    return out.getvalue()


def target_rows(report: StatusReport) -> list[Row]:
    """One row a target, in the configuration's order.

    Columns: target, indicator, area, comparator, target_value, by, status, reasons (codes), method, ratio, progress,
    baseline_value, baseline_period, latest_value, latest_unit, latest_qualifier, latest_period, latest_published,
    latest_source, previous_value, previous_period, change, change_per_year, required_per_year, days_left, quote.
    Values are Python numbers, dates and periods ISO text; what is unknown is None.
    """
    return [_target(line) for line in report.targets]


def history_rows(indicator: Indicator, found: Iterable[tuple[Series, Iterable[Delta]]]) -> list[Row]:
    """One row an observation, oldest reference period first, series after series.

    Columns: indicator, area, period, value, value_high, unit, qualifier, of, published, source, doc, change,
    change_percent, change_per_year, across_break, revised_from and conflicting (values), evidence (count), quote.
    """
    return [row for series, steps in found for row in _history(indicator, series, steps)]


def defused(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula is led by an apostrophe."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell


def _target(line: TargetLine) -> Row:
    target, a = line.target, line.assessment
    latest, previous, baseline = a.latest, a.previous, a.baseline
    return {
        "target": target.id,
        "indicator": target.indicator,
        "area": target.area,
        "comparator": target.comparator.value,
        "target_value": number(target.value),
        "by": target.by.isoformat(),
        "status": a.status.value,
        "reasons": " ".join(reason.code for reason in a.reasons),
        "method": a.method,
        "ratio": a.ratio,
        "progress": a.progress,
        "baseline_value": number(baseline.value) if baseline else None,
        "baseline_period": str(baseline.period) if baseline else None,
        "latest_value": number(latest.figure.value) if latest else None,
        "latest_unit": latest.figure.unit if latest else None,
        "latest_qualifier": latest.figure.qualifier.value if latest else None,
        "latest_period": str(latest.period) if latest else None,
        "latest_published": str(latest.published.period) if latest else None,
        "latest_source": latest.source if latest else None,
        "previous_value": number(previous.figure.value) if previous else None,
        "previous_period": str(previous.period) if previous else None,
        "change": number(a.delta.absolute) if a.delta else None,
        "change_per_year": number(a.delta.per_year) if a.delta else None,
        "required_per_year": a.required_per_year,
        "days_left": a.days_left,
        "quote": latest.lead.quote if latest else None,
    }


def _history(indicator: Indicator, series: Series, steps: Iterable[Delta]) -> Iterable[Row]:
    by_period = {step.later.period: step for step in steps}
    for observation in series.observations:
        figure, step = observation.figure, by_period.get(observation.period)
        yield {
            "indicator": indicator.id,
            "area": series.area,
            "period": str(observation.period),
            "value": number(figure.value),
            "value_high": number(figure.high),
            "unit": figure.unit,
            "qualifier": figure.qualifier.value,
            "of": figure.of,
            "published": str(observation.published.period),
            "source": observation.source,
            "doc": observation.lead.doc,
            "change": number(step.absolute) if step else None,
            "change_percent": number(step.percent) if step else None,
            "change_per_year": number(step.per_year) if step else None,
            "across_break": step.across_break if step else None,
            "revised_from": _values(observation.revised),
            "conflicting": _values(observation.conflicting),
            "evidence": len(observation.evidence),
            "quote": observation.lead.quote,
        }


def _values(pieces: Iterable[Evidence]) -> str:
    return " ".join(str(number(piece.figure.value)) for piece in pieces)
