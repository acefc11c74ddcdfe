"""The status report as the JSON that programs rely on (``tracker status --json``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tracker.domain.assessment import Assessment, Projection, Reason
from tracker.domain.observation import Delta, Evidence, Observation
from tracker.domain.target import Baseline
from tracker.language import say_reason
from tracker.report.groups import WORST_FIRST
from tracker.report.model import Beside, IndicatorLine, SourceLine, StatusReport, TargetLine


def to_json(report: StatusReport) -> dict[str, Any]:
    """Numbers are JSON numbers, dates ISO; nothing in it is NaN or infinite."""
    targets = [_target(line, report.language) for line in report.targets]
    return {
        "as_of": report.as_of.isoformat(),
        "targets": targets,
        "groups": groups_json(targets),
        "indicators": [_indicator(line) for line in report.indicators],
        "sources": [_source(line) for line in report.sources],
    }


def number(value: Decimal | float | None) -> int | float | None:
    """A JSON number: whole ones without a point, so that 544361 stays 544361."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def observation_json(observation: Observation | None) -> dict[str, Any] | None:
    """The figure as it is shown, with who says so."""
    if observation is None:
        return None
    return evidence_json(observation.lead) | {"evidence": len(observation.evidence)}


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    """One recorded statement: its figure, and the words that prove it."""
    figure = evidence.figure
    return {
        "value": number(figure.value),
        "value_high": number(figure.high),
        "unit": figure.unit,
        "qualifier": figure.qualifier.value,
        "of": figure.of,
        "period": str(evidence.period),
        "published": str(evidence.published.period),
        "source": evidence.source,
        "doc": evidence.doc,
        "quote": evidence.quote,
    }


def delta_json(delta: Delta | None) -> dict[str, Any] | None:
    """The change between two consecutive reference periods."""
    if delta is None:
        return None
    return {
        "absolute": number(delta.absolute),
        "percent": number(delta.percent),
        "per_year": number(delta.per_year),
        "across_break": delta.across_break,
    }


def _target(line: TargetLine, language: str) -> dict[str, Any]:
    target, assessment = line.target, line.assessment
    return {
        "id": target.id,
        "indicator": target.indicator,
        "area": target.area,
        "comparator": target.comparator.value,
        "value": number(target.value),
        "value_high": number(target.high),
        "by": target.by.isoformat(),
        "since": target.since.isoformat() if target.since else None,
        "kind": target.kind.value,
        "group": target.group,
        "milestones": [{"by": one.by.isoformat(), "value": number(one.value)} for one in target.milestones],
        "status": assessment.status.value,
        "reasons": [_reason(reason, language) for reason in assessment.reasons],
        "method": assessment.method,
        "ratio": assessment.ratio,
        "progress": assessment.progress,
        "baseline": _baseline(assessment.baseline),
        **_figures(assessment),
        "required_per_year": assessment.required_per_year,
        "achieved_per_year": assessment.achieved_per_year,
        "projection": _projection(assessment.projection),
        "days_left": assessment.days_left,
        "native": assessment.native,
        "beside": [_beside(one, language) for one in line.beside],
    }


def groups_json(targets: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The groups that ``targets``, as they stand in the report, name: in the order of their first target."""
    found: dict[str, dict[str, str]] = {}
    for one in targets:
        if one["group"] is not None:
            found.setdefault(one["group"], {})[one["id"]] = one["status"]
    return [_group(id, members) for id, members in found.items()]


def _group(id: str, members: Mapping[str, str]) -> dict[str, Any]:
    counted = Counter(members.values())
    counts = {status.value: counted[status.value] for status in WORST_FIRST if counted[status.value]}
    worst = next(iter(counts))
    return {
        "id": id,
        "targets": list(members),
        "counts": counts,
        "worst": {"status": worst, "targets": [one for one, status in members.items() if status == worst]},
    }


def _beside(one: Beside, language: str) -> dict[str, Any]:
    """Another version of a target with its own status; of a stated one with the words that state it."""
    target, assessment = one.target, one.assessment
    return {
        "version": one.kind,
        "comparator": target.comparator.value,
        "value": number(target.value),
        "value_high": number(target.high),
        "by": target.by.isoformat(),
        "since": target.since.isoformat() if target.since else None,
        "status": assessment.status.value,
        "reasons": [_reason(reason, language) for reason in assessment.reasons],
        "ratio": assessment.ratio,
        "native": assessment.native,
        "evidence": one.restatement.evidence.id if one.restatement else None,
        "source": one.restatement.evidence.source if one.restatement else None,
        "quote": target.stated.quote if target.stated else None,
    }


def _figures(assessment: Assessment) -> dict[str, Any]:
    return {
        "latest": observation_json(assessment.latest),
        "previous": observation_json(assessment.previous),
        "delta": delta_json(assessment.delta),
    }


def _reason(reason: Reason, language: str) -> dict[str, str]:
    return {"code": reason.code, "text": say_reason(reason, language)}


def _baseline(baseline: Baseline | None) -> dict[str, Any] | None:
    return None if baseline is None else {"value": number(baseline.value), "period": str(baseline.period)}


def _projection(projection: Projection | None) -> dict[str, Any] | None:
    if projection is None:
        return None
    return {
        "value": projection.value,
        "by": projection.by.isoformat(),
        "low": projection.low,
        "high": projection.high,
        "method": projection.method,
    }


def _indicator(line: IndicatorLine) -> dict[str, Any]:
    series = line.series
    return {
        "id": line.indicator.id,
        "area": series.area,
        "latest": observation_json(series.latest),
        "previous": observation_json(series.previous),
        "delta": delta_json(line.delta),
        "observations": len(series.observations),
        "conflicts": [
            {
                "period": str(observation.period),
                "shown": number(observation.figure.value),
                **evidence_json(other),
            }
            for observation in series.observations
            for other in observation.conflicting
        ],
        "doubtful": [
            {"id": doubt.evidence.id, "reason": doubt.reason.value, **evidence_json(doubt.evidence)}
            for doubt in series.doubtful
        ],
    }


def _source(line: SourceLine) -> dict[str, Any]:
    state = line.state
    return {
        "id": state.id,
        "address": line.address,
        "state": state.health.value,
        "since": _moment(state.since),
        "reason": state.reason,
        "last_checked": _moment(state.last_checked),
        "last_changed": _moment(state.last_changed),
    }


def _moment(moment: datetime | date | None) -> str | None:
    return None if moment is None else moment.isoformat()
