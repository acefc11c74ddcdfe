"""The status report as a table, one row a target, for spreadsheets."""

from __future__ import annotations

import csv
import io

from tracker.report.as_json import number
from tracker.report.model import StatusReport, TargetLine

COLUMNS = (
    "target", "indicator", "area", "comparator", "target_value", "by", "status", "reasons", "method", "ratio", "progress",
    "baseline_value", "baseline_period", "latest_value", "latest_unit", "latest_qualifier", "latest_period", "latest_published",
    "latest_source", "previous_value", "previous_period", "change", "change_per_year", "required_per_year", "days_left", "quote",
)  # fmt: skip


def to_csv(report: StatusReport) -> str:
    """UTF-8 text with a byte order mark, which spreadsheets need for Vietnamese; numbers in plain digits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in report.targets:
        writer.writerow([defused(cell) for cell in _row(line)])
    return "\ufeff" + out.getvalue()


def defused(cell: object) -> object:
    """Text that a spreadsheet would run as a formula is led by an apostrophe."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return "" if cell is None else cell


def _row(line: TargetLine) -> list[object]:
    target, a = line.target, line.assessment
    latest, previous, baseline = a.latest, a.previous, a.baseline
    return [
        target.id, target.indicator, target.area, target.comparator.value, number(target.value), target.by.isoformat(),
        a.status.value, " ".join(reason.code for reason in a.reasons), a.method, a.ratio, a.progress,
        number(baseline.value) if baseline else None, str(baseline.period) if baseline else None,
        number(latest.figure.value) if latest else None, latest.figure.unit if latest else None,
        latest.figure.qualifier.value if latest else None, str(latest.period) if latest else None,
        str(latest.published.period) if latest else None, latest.source if latest else None,
        number(previous.figure.value) if previous else None, str(previous.period) if previous else None,
        number(a.delta.absolute) if a.delta else None, number(a.delta.per_year) if a.delta else None,
        a.required_per_year, a.days_left, latest.lead.quote if latest else None,
    ]  # fmt: skip
