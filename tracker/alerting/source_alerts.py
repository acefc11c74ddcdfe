"""What happened to one source: failing, stale, working again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tracker.alerting import titles
from tracker.alerting.payload import source_data
from tracker.alerting.state import Watched
from tracker.domain.alert import Alert, AlertType
from tracker.domain.source import Health, SourceState

_TROUBLE = {Health.FAILING: AlertType.SOURCE_FAILING, Health.STALE: AlertType.STALE}
_WORKING = frozenset({Health.OK, Health.NO_DATA})


def source_alerts(before: SourceState | None, after: SourceState, watched: Watched, now: datetime) -> Iterator[Alert]:
    """At most one alert; a source that failed from the start is told, one that worked is not."""
    old = before.health if before else Health.UNKNOWN
    if after.health is old:
        return
    kind = _TROUBLE.get(after.health)
    if kind is None and old in _TROUBLE and after.health in _WORKING:
        kind = AlertType.SOURCE_RECOVERED
    if kind is None:
        return
    since = (after.since or now).isoformat()
    data = {**source_data(after), "state_before": old.value}
    title = titles.source_title(kind.value, after, watched.language)
    yield Alert(f"{kind.value}|{after.id}|{since}", kind, after.id, title, data, now)
