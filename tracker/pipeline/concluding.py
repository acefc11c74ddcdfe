"""What was concluded about targets and series: appended to the ledgers, and taken from them as it was last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from tracker.alerting import State
from tracker.assess import deltas
from tracker.domain.assessment import Assessment
from tracker.domain.target import Target
from tracker.pipeline.service import Service
from tracker.store import ledger


def last_concluded(session: Session, targets: Mapping[str, Target]) -> dict[str, Assessment]:
    """What was concluded last about each of ``targets``."""
    last = ledger.last_assessments(session, targets)
    return {id: _as_assessment(target, last[id]) for id, target in targets.items() if id in last}


def conclude(session: Session, service: Service, after: State, targets: Mapping[str, Target], now: datetime) -> bool:
    """Append to the ledgers what was concluded; whether anything was new."""
    new = False
    for id, assessment in after.assessments.items():
        new |= ledger.record_assessment(session, assessment, now)
        if assessment.delta is not None:
            against = _against(targets[id], assessment)
            new |= bool(ledger.record_deltas(session, [assessment.delta], now, against))
    for (indicator_id, _), series in after.series.items():
        indicator = service.catalogue.indicator(indicator_id)
        new |= bool(ledger.record_deltas(session, deltas(indicator, series), now))
    return new


def _against(target: Target, assessment: Assessment) -> ledger.Against:
    latest, baseline = assessment.latest, assessment.baseline
    value = latest.figure.value if latest else None
    return ledger.Against(
        target.id,
        value - baseline.value if value is not None and baseline else None,
        target.value - value if value is not None and target.value is not None else None,
    )


def _as_assessment(target: Target, concluded: ledger.Conclusion) -> Assessment:
    """The conclusion recorded last, as far as telling what changed needs it."""
    return Assessment(
        target=concluded.target,
        as_of=concluded.as_of,
        status=concluded.status,
        reasons=concluded.reasons,
        method=concluded.method,
        ratio=concluded.ratio,
        progress=concluded.progress,
        baseline=None,
        latest=None,
        previous=None,
        delta=None,
        required_per_year=None,
        achieved_per_year=None,
        projection=None,
        days_left=(target.by - concluded.as_of).days,
        native=concluded.native,
    )
