"""How a source is doing after a check."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tracker.domain.source import Health, SourceState
from tracker.pipeline.gather import Gathered
from tracker.pipeline.service import Service


def health_after(gathered: Gathered, before: SourceState, service: Service, now: datetime) -> SourceState:
    """The state after one check; ``since`` moves only when the health changes."""
    changed = bool(gathered.readings)
    last_changed = now if changed else before.last_changed
    health, reason = _judge(gathered, before, service, last_changed, now)
    return replace(
        before,
        health=health,
        since=now if health is not before.health else before.since,
        reason=reason,
        last_checked=now,
        last_changed=last_changed,
        failures=before.failures + 1 if gathered.failures else 0,
    )


def _judge(
    gathered: Gathered, before: SourceState, service: Service, last_changed: datetime | None, now: datetime
) -> tuple[Health, str]:
    if gathered.failures:
        return Health.FAILING, "; ".join(gathered.failures)[:500]
    limit = service.configuration.source(gathered.source).stale_after
    if limit is not None and last_changed is not None and now - last_changed > limit:
        return Health.STALE, f"nothing new since {last_changed.date().isoformat()}"
    if gathered.readings:
        if any(reading.statements for reading in gathered.readings):
            return Health.OK, "; ".join(gathered.asides)[:500]
        return Health.NO_DATA, "; ".join(("states nothing about the tracked indicators", *gathered.asides))[:500]
    # Nothing new: what was found last still holds.
    if before.health is Health.NO_DATA:
        return Health.NO_DATA, before.reason
    return Health.OK, before.reason if before.health is Health.OK else ""
