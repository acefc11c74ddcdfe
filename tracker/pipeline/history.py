"""The history of an indicator: its observations, what they replaced, and each step between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.assess import deltas
from tracker.domain.observation import Series
from tracker.pipeline.naming import unknown
from tracker.pipeline.revising import revisions, turned_json
from tracker.pipeline.service import Service
from tracker.pipeline.view import known_keys, one_series
from tracker.report.as_csv import history_rows, rows_csv
from tracker.report.as_json import delta_json, evidence_json, number, observation_json
from tracker.report.as_page import say_change
from tracker.store import ledger


def series_of(
    session: Session, service: Service, indicator: str, area: str | None, published_by: date | None
) -> list[Series]:
    """Every series of an indicator, or the one of ``area``; ``UsageError`` for what is not configured."""
    ids = [one.id for one in service.catalogue.indicators]
    if indicator not in ids:
        raise unknown("indicator", indicator, ids)
    keys = [key for key in known_keys(session, service) if key[0] == indicator]
    if area is not None:
        areas = [one.id for one in service.catalogue.areas] or [key[1] for key in keys]
        if area not in areas:
            raise unknown("area", area, areas)
        keys = [(indicator, area)]
    return [one_series(session, service, key, published_by=published_by) for key in keys]


def history_json(session: Session, service: Service, found: Sequence[Series]) -> dict[str, Any]:
    """Observations, deltas and doubts of each series; and the ledger of every status that was concluded."""
    indicator = found[0].indicator if found else None
    targets = [target.id for target in service.targets.values() if target.indicator == indicator]
    return {
        "indicator": indicator,
        "series": [_series_json(session, service, series) for series in found],
        "assessments": [_conclusion_json(one) for id in targets for one in ledger.assessments_of(session, id)],
    }


def _series_json(session: Session, service: Service, series: Series) -> dict[str, Any]:
    changes = deltas(service.catalogue.indicator(series.indicator), series)
    return {
        "area": series.area,
        "observations": [
            {
                **(observation_json(observation) or {}),
                "evidence": [evidence_json(piece) for piece in observation.evidence],
                "revised": [evidence_json(piece) for piece in observation.revised],
                "conflicting": [evidence_json(piece) for piece in observation.conflicting],
            }
            for observation in series.observations
        ],
        "deltas": [
            {
                "from": str(change.earlier.period),
                "to": str(change.later.period),
                "from_value": number(change.earlier.figure.value),
                "to_value": number(change.later.figure.value),
                **(delta_json(change) or {}),
            }
            for change in changes
        ],
        "revisions": [
            {
                "period": str(one.period),
                "published": one.day.isoformat(),
                "from_value": number(one.old.figure.value),
                "to_value": number(one.new.figure.value),
                "statuses": [turned_json(each) for each in one.turned],
            }
            for one in (revisions(session, service, (series.indicator, series.area)) if _revised(series) else ())
        ],
        "doubtful": [
            {"id": doubt.evidence.id, "reason": doubt.reason.value, **evidence_json(doubt.evidence)}
            for doubt in series.doubtful
        ],
    }


def _revised(series: Series) -> bool:
    return any(observation.revised for observation in series.observations)


def _conclusion_json(one: ledger.Conclusion) -> dict[str, Any]:
    return {
        "target": one.target,
        "status": one.status.value,
        "method": one.method,
        "ratio": one.ratio,
        "value": number(one.value),
        "period": str(one.period) if one.period else None,
        "reasons": [reason.code for reason in one.reasons],
        "as_of": one.as_of.isoformat(),
        "recorded_at": one.recorded_at.isoformat(),
    }


def change_of(service: Service, series: Series) -> dict[int, str]:
    """The change at each observation that compares with an earlier one, by its place in the series, in words."""
    changes = {one.later.period: one for one in deltas(service.catalogue.indicator(series.indicator), series)}
    return {
        index: say_change(changes[one.period], one.figure.unit, service.language)
        for index, one in enumerate(series.observations)
        if one.period in changes
    }


def history_csv(service: Service, found: Sequence[Series]) -> str:
    """One row an observation; :func:`tracker.report.as_csv.history_rows` has the columns."""
    indicator = service.catalogue.indicator(found[0].indicator)
    return rows_csv(history_rows(indicator, [(series, deltas(indicator, series)) for series in found]))
