"""What was concluded at the time: assessments whenever the outcome changed, and every progress delta."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.assessment import Assessment, Reason, Status
from tracker.domain.observation import Delta
from tracker.domain.period import Period
from tracker.store.columns import plain
from tracker.store.inserting import chunks, column, fingerprint, insert_new, present
from tracker.store.tables import AssessmentRow, ProgressDeltaRow


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What was concluded about a target, as recorded: the outcome without its working."""

    target: str
    status: Status
    method: str | None
    native: str | None
    ratio: float | None
    progress: float | None
    value: Decimal | None
    period: Period | None
    reasons: tuple[Reason, ...]
    as_of: date
    recorded_at: datetime

    @property
    def outcome(self) -> tuple[object, ...]:
        """What makes two conclusions the same; the words in the reasons may move with the day."""
        codes = tuple(sorted(reason.code for reason in self.reasons))
        return self.status, self.method, self.ratio, self.value, self.period, codes


@dataclass(frozen=True, slots=True)
class Against:
    """Where a delta leaves a target: in the indicator's unit, later minus baseline and target minus later."""

    target: str
    from_baseline: Decimal | None
    to_target: Decimal | None


@dataclass(frozen=True, slots=True)
class RecordedDelta:
    """A progress delta as recorded; ``against`` None for one between two observations alone."""

    indicator: str
    area: str
    earlier_period: Period
    earlier_value: Decimal
    later_period: Period
    later_value: Decimal
    absolute: Decimal
    percent: Decimal | None
    per_year: Decimal | None
    across_break: bool
    against: Against | None
    recorded_at: datetime


def record_assessment(session: Session, assessment: Assessment, recorded_at: datetime) -> bool:
    """Append the assessment where its outcome is not the one recorded last; returns whether it was."""
    now = _conclusion(assessment, recorded_at)
    before = last_assessment(session, now.target)
    if before is not None and before.outcome == now.outcome:
        return False
    row = {
        "target": now.target,
        "status": now.status.value,
        "method": now.method,
        "native": now.native,
        "ratio": _exactly(now.ratio),
        "progress": _exactly(now.progress),
        "value": now.value,
        "period": None if now.period is None else str(now.period),
        "reasons": [{"code": reason.code, "details": dict(reason.details)} for reason in now.reasons],
        "as_of": now.as_of,
        "recorded_at": recorded_at,
    }
    insert_new(session, "assessment", [row])
    return True


def last_assessment(session: Session, target: str) -> Conclusion | None:
    """The newest conclusion about ``target``; None before the first."""
    query = select(AssessmentRow).where(AssessmentRow.target == target)
    row = session.exec(query.order_by(col(AssessmentRow.id).desc()).limit(1)).first()
    return None if row is None else _recorded(row)


def last_assessments(session: Session, targets: Iterable[str]) -> dict[str, Conclusion]:
    """The newest conclusion about each of ``targets`` that there is one about, by its id."""
    found: dict[str, Conclusion] = {}
    for chunk in chunks(targets):
        asked = select(func.max(col(AssessmentRow.id))).where(col(AssessmentRow.target).in_(chunk))
        newest = asked.group_by(col(AssessmentRow.target))
        rows = session.exec(select(AssessmentRow).where(col(AssessmentRow.id).in_(newest)))
        found |= {row.target: _recorded(row) for row in rows}
    return found


def assessments_of(session: Session, target: str) -> list[Conclusion]:
    """Every conclusion about ``target``, oldest first."""
    query = select(AssessmentRow).where(AssessmentRow.target == target).order_by(col(AssessmentRow.id))
    return [_recorded(row) for row in session.exec(query)]


def record_deltas(
    session: Session, deltas: Iterable[Delta], recorded_at: datetime, against: Against | None = None
) -> list[Delta]:
    """Append the deltas that were never concluded before; returns those.

    ``against`` says which target they concern; without it they stand between two observations alone.
    """
    found = {_fingerprint(delta, against): delta for delta in deltas}
    known = present(session, column("progress_delta", "fingerprint"), list(found))
    new = {key: delta for key, delta in found.items() if key not in known}
    insert_new(session, "progress_delta", [_row(key, one, recorded_at, against) for key, one in new.items()])
    return list(new.values())


def recorded_deltas(session: Session, indicator: str, area: str | None = None) -> list[RecordedDelta]:
    """Every delta ever concluded for an indicator, oldest record first."""
    query = select(ProgressDeltaRow).where(ProgressDeltaRow.indicator == indicator)
    if area is not None:
        query = query.where(ProgressDeltaRow.area == area)
    return [_recorded_delta(row) for row in session.exec(query.order_by(col(ProgressDeltaRow.id)))]


def _conclusion(assessment: Assessment, recorded_at: datetime) -> Conclusion:
    latest = assessment.latest
    return Conclusion(
        assessment.target,
        assessment.status,
        assessment.method,
        assessment.native,
        assessment.ratio,
        assessment.progress,
        None if latest is None else latest.figure.value,
        None if latest is None else latest.period,
        assessment.reasons,
        assessment.as_of,
        recorded_at,
    )


def _recorded(row: AssessmentRow) -> Conclusion:
    reasons = tuple(Reason(one["code"], tuple(one["details"].items())) for one in row.reasons)
    return Conclusion(
        row.target,
        Status(row.status),
        row.method,
        row.native,
        None if row.ratio is None else float(row.ratio),
        None if row.progress is None else float(row.progress),
        row.value,
        None if row.period is None else Period.parse(row.period),
        reasons,
        row.as_of,
        row.recorded_at,
    )


def _exactly(number: float | None) -> str | None:
    """A float as the shortest text that reads back as the same float; what is no number is none."""
    return None if plain(number) is None else repr(number)


def _fingerprint(delta: Delta, against: Against | None) -> str:
    earlier, later = delta.earlier, delta.later
    aim = (None, None, None) if against is None else (against.target, against.from_baseline, against.to_target)
    numbers = (
        earlier.figure.value,
        later.figure.value,
        delta.absolute,
        delta.percent,
        delta.per_year,
        *aim[1:],
    )
    return fingerprint(
        later.indicator,
        later.area,
        earlier.period,
        later.period,
        delta.across_break,
        aim[0],
        *(None if number is None else number.normalize() for number in numbers),
    )


def _row(key: str, delta: Delta, recorded_at: datetime, against: Against | None) -> dict[str, Any]:
    return {
        "fingerprint": key,
        "indicator": delta.later.indicator,
        "area": delta.later.area,
        "earlier_period": str(delta.earlier.period),
        "earlier_value": delta.earlier.figure.value,
        "later_period": str(delta.later.period),
        "later_value": delta.later.figure.value,
        "absolute": delta.absolute,
        "percent": delta.percent,
        "per_year": delta.per_year,
        "across_break": delta.across_break,
        "target": "" if against is None else against.target,
        "from_baseline": None if against is None else against.from_baseline,
        "to_target": None if against is None else against.to_target,
        "recorded_at": recorded_at,
    }


def _recorded_delta(row: ProgressDeltaRow) -> RecordedDelta:
    return RecordedDelta(
        row.indicator,
        row.area,
        Period.parse(row.earlier_period),
        row.earlier_value,
        Period.parse(row.later_period),
        row.later_value,
        row.absolute,
        row.percent,
        row.per_year,
        row.across_break,
        Against(row.target, row.from_baseline, row.to_target) if row.target else None,
        row.recorded_at,
    )
