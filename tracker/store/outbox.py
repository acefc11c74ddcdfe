"""The outbox: notifications wait here, in the transaction that recorded their alerts, until they are taken.

Send first, then note it: a kill in between repeats a message with the same id and the same bytes,
and never loses one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain.alert import AlertType, DeliveryState, Message, Notification
from tracker.errors import StateError
from tracker.store.inserting import insert_new
from tracker.store.tables import NAMES, AttemptRow, NotificationRow


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver: afterwards the notification was sent, waits for another try, or is dead."""

    at: datetime
    state: DeliveryState
    error: str


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """How a channel's notifications stand; ``waiting_since`` is when the oldest unsent one was queued."""

    waiting: int = 0
    sent: int = 0
    dead: int = 0
    waiting_since: datetime | None = None
    last_error: str = ""


def add_notifications(session: Session, notifications: Iterable[Notification], created_at: datetime) -> None:
    """Queue them in this order; one whose id is there already is passed over."""
    rows = [
        {
            "id": one.id,
            "channel": one.channel,
            "subject": one.message.subject,
            "message": _packed(one.message),
            "state": one.state.value,
            "attempts": one.attempts,
            "next_try_at": one.next_try_at,
            "last_error": one.last_error,
            "created_at": created_at,
        }
        for one in notifications
    ]
    insert_new(session, "notification", rows)


def due_notifications(
    session: Session, now: datetime, *, channel: str | None = None, limit: int | None = None
) -> list[Notification]:
    """What may be tried now, in the order it was queued.

    One that follows a message which waits for its retry (same channel, same subject) is held back,
    so that news never overtakes older news. When a try fails, pass over the rest of that channel and
    subject in the list at hand; the next call holds them back.
    """
    earlier = aliased(NotificationRow)
    blocked = (
        select(earlier.seq)
        .where(
            earlier.state == DeliveryState.WAITING.value,
            col(earlier.channel) == col(NotificationRow.channel),
            col(earlier.subject) == col(NotificationRow.subject),
            col(earlier.seq) < col(NotificationRow.seq),
            col(earlier.next_try_at) > now,
        )
        .exists()
    )
    next_try = col(NotificationRow.next_try_at)
    query = select(NotificationRow).where(
        NotificationRow.state == DeliveryState.WAITING.value,
        next_try.is_(None) | (next_try <= now),
        ~blocked,
    )
    if channel is not None:
        query = query.where(NotificationRow.channel == channel)
    return [_notification(row) for row in session.exec(query.order_by(col(NotificationRow.seq)).limit(limit))]


def note_attempt(
    session: Session,
    id: str,
    at: datetime,
    state: DeliveryState,
    *,
    next_try_at: datetime | None = None,
    error: str = "",
) -> None:
    """Note how a try ended: ``SENT``, ``WAITING`` until ``next_try_at``, or ``DEAD``.

    A message that was sent stays sent, whatever a slower process notes later. ``StateError`` for an
    unknown id.
    """
    row = session.exec(select(NotificationRow).where(NotificationRow.id == id)).first()
    if row is None:
        raise StateError(f"there is no notification {id}")
    attempt = {"notification": id, "at": at, "state": state.value, "error": error}
    insert_new(session, "attempt", [attempt])
    sent = row.state == DeliveryState.SENT.value
    table = NAMES.tables["notification"]
    change: dict[str, Any] = {"attempts": table.c.attempts + 1}
    if not sent:
        change |= {"state": state.value, "next_try_at": next_try_at, "last_error": error}
    session.connection().execute(update(table).where(table.c.id == id).values(change))
    session.expire(row)


def put_off(session: Session, id: str, until: datetime, error: str) -> None:
    """Let a waiting notification wait until then, untried: it is held back behind another one."""
    table = NAMES.tables["notification"]
    query = update(table).where(table.c.id == id, table.c.state == DeliveryState.WAITING.value)
    session.connection().execute(query.values({"next_try_at": until, "last_error": error}))


def waiting_notifications(
    session: Session, *, channel: str | None = None, limit: int | None = None
) -> list[Notification]:
    """Everything that waits, due or not, in the order it was queued."""
    query = select(NotificationRow).where(NotificationRow.state == DeliveryState.WAITING.value)
    if channel is not None:
        query = query.where(NotificationRow.channel == channel)
    return [_notification(row) for row in session.exec(query.order_by(col(NotificationRow.seq)).limit(limit))]


def try_again(session: Session, id: str, now: datetime) -> bool:
    """Let a dead or waiting notification be tried from ``now``; False for one that is sent or unknown."""
    table = NAMES.tables["notification"]
    query = update(table).where(table.c.id == id, table.c.state != DeliveryState.SENT.value)
    change = {"state": DeliveryState.WAITING.value, "next_try_at": now}
    return session.connection().execute(query.values(change)).rowcount == 1


def notification_by_id(session: Session, id: str) -> Notification | None:
    """One notification; None for an unknown id."""
    row = session.exec(select(NotificationRow).where(NotificationRow.id == id)).first()
    return None if row is None else _notification(row)


def list_notifications(
    session: Session,
    *,
    state: DeliveryState | None = None,
    channel: str | None = None,
    limit: int | None = None,
) -> list[Notification]:
    """Newest first."""
    query = select(NotificationRow).order_by(col(NotificationRow.seq).desc())
    if state is not None:
        query = query.where(NotificationRow.state == state.value)
    if channel is not None:
        query = query.where(NotificationRow.channel == channel)
    return [_notification(row) for row in session.exec(query.limit(limit))]


def attempts_of(session: Session, id: str) -> list[Attempt]:
    """Every try of one notification, oldest first."""
    query = select(AttemptRow).where(AttemptRow.notification == id).order_by(col(AttemptRow.id))
    return [Attempt(row.at, DeliveryState(row.state), row.error) for row in session.exec(query)]


def next_due(session: Session) -> datetime | None:
    """When the next waiting notification is to be tried; None where nothing waits for a time."""
    query = select(func.min(NotificationRow.next_try_at)).where(NotificationRow.state == DeliveryState.WAITING.value)
    return session.exec(query).one()


def outbox_counts(session: Session) -> dict[str, ChannelCount]:
    """How many notifications of each channel wait, were sent, are dead."""
    rows = session.exec(
        select(
            NotificationRow.channel,
            NotificationRow.state,
            func.count(),
            func.min(NotificationRow.created_at),
        ).group_by(NotificationRow.channel, NotificationRow.state)
    ).all()
    found: dict[str, dict[str, Any]] = {}
    for channel, state, count, oldest in rows:
        entry = found.setdefault(channel, {})
        entry[state] = count
        if state == DeliveryState.WAITING.value:
            entry["waiting_since"] = oldest
            entry["last_error"] = _last_error(session, channel)
    return {channel: ChannelCount(**entry) for channel, entry in sorted(found.items())}


def _last_error(session: Session, channel: str) -> str:
    """What stopped the waiting notifications of a channel most lately."""
    query = (
        select(AttemptRow.error)
        .join(NotificationRow, col(NotificationRow.id) == col(AttemptRow.notification))
        .where(NotificationRow.channel == channel, NotificationRow.state == DeliveryState.WAITING.value)
        .order_by(col(AttemptRow.id).desc())
        .limit(1)
    )
    return session.exec(query).first() or ""


def _packed(message: Message) -> dict[str, Any]:
    return {
        "type": message.type,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "data": message.data,
        "at": message.at,
        "alerts": list(message.alerts),
    }


def _notification(row: NotificationRow) -> Notification:
    packed = row.message
    message = Message(
        AlertType(packed["type"]),
        packed["subject"],
        packed["text"],
        packed["html"],
        packed["data"],
        datetime.fromisoformat(packed["at"]),
        tuple(packed["alerts"]),
    )
    return Notification(
        row.id,
        row.channel,
        message,
        DeliveryState(row.state),
        row.attempts,
        row.next_try_at,
        row.last_error,
    )
