"""What happened to one target: reached, missed, off track and back, the deadline in sight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tracker.alerting import titles
from tracker.alerting.figure_alerts import observation_key
from tracker.alerting.payload import target_data
from tracker.alerting.state import Watched
from tracker.domain.alert import Alert, AlertType
from tracker.domain.assessment import Assessment, Status
from tracker.domain.target import Target

_ENDS = {
    Status.ACHIEVED: AlertType.TARGET_REACHED,
    Status.MISSED: AlertType.TARGET_MISSED,
    Status.OVERDUE: AlertType.OVERDUE,
}
_WELL = frozenset({Status.ON_TRACK, Status.ACHIEVED})


@dataclass(frozen=True, slots=True)
class _Happening:
    """One alert in the making; ``about`` is what tells this happening from another of its type."""

    kind: AlertType
    about: str
    sentence: str
    more: tuple[tuple[str, object], ...] = ()


def target_alerts(
    before: Assessment | None, after: Assessment, target: Target, watched: Watched, now: datetime
) -> Iterator[Alert]:
    """Alerts of one target. At its first assessment everything that is so is news."""
    unit = _unit(target, watched)
    what = titles.subject_of(watched.catalogue, target.indicator, target.area, watched.language)
    for happening in _happenings(before, after, watched):
        title = titles.target_title(happening.sentence, what, unit, target, after, watched.language)
        data = {
            **target_data(target, after, unit, watched.language),
            "status_before": before.status.value if before else None,
            **_proof(after),
            **dict(happening.more),
        }
        key = "|".join((happening.kind.value, _promise(target), happening.about))
        yield Alert(key, happening.kind, target.id, title, data, now)


def _happenings(before: Assessment | None, after: Assessment, watched: Watched) -> Iterator[_Happening]:
    cause = observation_key(after.latest) if after.latest else "-"
    old = before.status if before else None
    if after.status is not old and (end := _ENDS.get(after.status)):
        yield _Happening(end, cause, end.value)
    if _new_reason("met_late", before, after):
        yield _Happening(AlertType.MET_LATE, "", AlertType.MET_LATE.value)
    was_behind = old is not None and old.behind
    if after.status.behind and not was_behind:
        yield _Happening(AlertType.OFF_TRACK, f"{after.status.value}|{cause}", AlertType.OFF_TRACK.value)
    if was_behind and after.status in _WELL:
        kind = AlertType.BACK_ON_TRACK
        yield _Happening(kind, f"{after.status.value}|{cause}", kind.value)
    if _new_reason("stale", before, after):
        yield _Happening(AlertType.STALE, cause, "stale_target")
    if days := _deadline_crossed(before, after, watched.deadline_days):
        kind = AlertType.DEADLINE_NEAR
        yield _Happening(kind, str(days), kind.value, (("days", days),))


def _deadline_crossed(before: Assessment | None, after: Assessment, thresholds: tuple[int, ...]) -> int | None:
    """The nearest threshold that came within sight since ``before``; only that one is told."""
    if after.days_left < 0:
        return None
    crossed = [days for days in thresholds if after.days_left <= days and (before is None or before.days_left > days)]
    return min(crossed, default=None)


def _new_reason(code: str, before: Assessment | None, after: Assessment) -> bool:
    def has(assessment: Assessment) -> bool:
        return any(reason.code == code for reason in assessment.reasons)

    return has(after) and not (before and has(before))


def _promise(target: Target) -> str:
    # Value and deadline are part of it: the target that replaces another one is told anew.
    return f"{target.id}|{target.comparator.value} {target.value}|{target.by.isoformat()}"


def _unit(target: Target, watched: Watched) -> str:
    try:
        return watched.catalogue.indicator(target.indicator).unit.value
    except KeyError:
        return ""


def _proof(after: Assessment) -> dict[str, object]:
    if after.latest is None:
        return {"quote": None, "source": None, "published": None}
    lead = after.latest.lead
    return {"quote": lead.quote, "source": lead.source, "published": str(lead.published.period)}
