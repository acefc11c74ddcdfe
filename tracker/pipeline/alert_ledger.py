"""The ledger of alerts, for people and programs: what happened, who was told, how each try ended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tracker.domain.alert import Alert, Notification
from tracker.errors import UsageError
from tracker.store import alerts, outbox


@dataclass(frozen=True, slots=True)
class Told:
    """An alert with the notifications that tell it; none where no route wanted it."""

    alert: Alert
    notifications: tuple[Notification, ...]


def recent(session: Session, limit: int) -> list[Told]:
    """The newest alerts first."""
    by_key: dict[str, list[Notification]] = {}
    for notification in outbox.list_notifications(session):
        for key in notification.message.alerts:
            by_key.setdefault(key, []).append(notification)
    return [Told(alert, tuple(by_key.get(alert.key, ()))) for alert in alerts.list_alerts(session, limit=limit)]


def alerts_json(found: Sequence[Told]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        _alert_json(one.alert) | {"notifications": [_notification_json(n) for n in one.notifications]} for one in found
    ]


def one_in_full(session: Session, id: str) -> dict[str, Any]:
    """An alert by its key or a notification by its id; ``UsageError`` where there is neither."""
    notification = outbox.notification_by_id(session, id)
    if notification is not None:
        message = notification.message
        return _notification_json(notification) | {
            "subject": message.subject,
            "text": message.text,
            "alerts": list(message.alerts),
            "tries": [
                {"at": one.at.isoformat(), "state": one.state.value, "error": one.error}
                for one in outbox.attempts_of(session, id)
            ],
        }
    alert = alerts.alert_by_key(session, id)
    if alert is None:
        raise UsageError(f"there is no alert or notification {id!r}; `tracker alerts list` shows them")
    return _alert_json(alert)


def said_in_full(found: dict[str, Any]) -> str:
    """The same for people: one field a line, long texts below their name."""
    lines = []
    for name, value in found.items():
        if isinstance(value, str):
            lines.append(f"{name}:\n{value}\n" if "\n" in value else f"{name}: {value}")
        else:
            lines.append(f"{name}: {json.dumps(value, ensure_ascii=False, indent=1)}")
    return "\n".join(lines)


def _alert_json(alert: Alert) -> dict[str, Any]:
    return {
        "key": alert.key,
        "type": alert.type.value,
        "subject": alert.subject,
        "title": alert.title,
        "at": alert.at.isoformat(),
        "data": dict(alert.data),
    }


def _notification_json(notification: Notification) -> dict[str, Any]:
    return {
        "id": notification.id,
        "channel": notification.channel,
        "type": notification.message.type.value,
        "state": notification.state.value,
        "attempts": notification.attempts,
        "next_try_at": notification.next_try_at.isoformat() if notification.next_try_at else None,
        "last_error": notification.last_error,
    }
