"""Alerts to notifications: one message per alert and channel, and for each alert not sent, why."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.alerting import titles
from tracker.alerting.message import message_of, summary_of
from tracker.domain.alert import Alert, AlertType, Message, Notification


class Occasion(StrEnum):
    """Why there are alerts. All but an ordinary cycle are told in one summary per channel."""

    CYCLE = "cycle"
    FIRST = "first"
    BACKFILL = "backfill"
    IMPORT = "import"
    REPLAY = "replay"


class Held(StrEnum):
    """Why an alert is no message of its own."""

    NO_ROUTE = "no_route"
    SUMMARISED = "summarised"
    ALREADY_TOLD = "already_told"


@dataclass(frozen=True, slots=True)
class Route:
    """Alerts of the types ``on`` go to the channels ``to``."""

    on: frozenset[AlertType]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one alert: the notifications that tell it, or a reason. A summarised alert has both."""

    alert: Alert
    notifications: tuple[str, ...] = ()
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes to the outbox, and what became of every alert, in the order they came in."""

    notifications: tuple[Notification, ...]
    alerts: tuple[Planned, ...]


def plan(
    alerts: Sequence[Alert],
    routes: Sequence[Route],
    channels: Sequence[str],
    *,
    occasion: Occasion,
    now: datetime,
    language: str,
    told: Collection[str] = frozenset(),
) -> Plan:
    """Decide who is told what. ``told`` holds the keys of the alerts of earlier cycles.

    Channels that do not exist are no route. The same alerts give the same notification ids.
    """
    seen = set(told)
    planned: list[Planned] = []
    fresh: list[tuple[Alert, tuple[str, ...]]] = []
    for alert in alerts:
        to = _recipients(alert, routes, channels)
        if alert.key in seen:
            planned.append(Planned(alert, held=Held.ALREADY_TOLD))
            continue
        seen.add(alert.key)
        held = None if to else Held.NO_ROUTE
        if to and occasion is not Occasion.CYCLE:
            held = Held.SUMMARISED
        planned.append(Planned(alert, held=held))
        fresh.append((alert, to))
    make = _singly if occasion is Occasion.CYCLE else _summarised
    notifications = make(fresh, channels, occasion, now, language)
    return Plan(tuple(notifications), tuple(_with_ids(planned, notifications)))


def rehearsal(channel: str, now: datetime, language: str) -> Notification:
    """The message of ``tracker alerts test``: it says that it is one, and is new at every call."""
    title = titles.say("rehearsal", language, channel=channel)
    key = f"rehearsal|{channel}|{now.isoformat()}"
    alert = Alert(key, AlertType.SUMMARY, channel, title, {"test": True, "channel": channel}, now)
    return _notification(channel, alert.key, message_of(alert, language), now)


def notification_id(key: str, channel: str) -> str:
    """``msg_`` and 128 bits that the same happening and channel always give."""
    digest = hashlib.sha256(f"{key}\0{channel}".encode("utf-8", "replace"))
    return f"msg_{digest.hexdigest()[:32]}"


def _recipients(alert: Alert, routes: Sequence[Route], channels: Sequence[str]) -> tuple[str, ...]:
    wanted = dict.fromkeys(channel for route in routes if alert.type in route.on for channel in route.to)
    return tuple(channel for channel in wanted if channel in channels)


def _singly(
    fresh: Sequence[tuple[Alert, tuple[str, ...]]],
    channels: Sequence[str],
    occasion: Occasion,
    now: datetime,
    language: str,
) -> list[Notification]:
    messages = [(alert, message_of(alert, language), to) for alert, to in fresh if to]
    return [_notification(channel, alert.key, message, now) for alert, message, to in messages for channel in to]


def _summarised(
    fresh: Sequence[tuple[Alert, tuple[str, ...]]],
    channels: Sequence[str],
    occasion: Occasion,
    now: datetime,
    language: str,
) -> list[Notification]:
    notifications = []
    for channel in channels:
        stands_for = [alert for alert, to in fresh if channel in to]
        if stands_for:
            key = "|".join(("summary", occasion.value, *sorted(alert.key for alert in stands_for)))
            message = summary_of(stands_for, occasion.value, language, now)
            notifications.append(_notification(channel, key, message, now))
    return notifications


def _notification(channel: str, key: str, message: Message, now: datetime) -> Notification:
    return Notification(notification_id(key, channel), channel, message, next_try_at=now)


def _with_ids(planned: Sequence[Planned], notifications: Sequence[Notification]) -> list[Planned]:
    ids: dict[str, list[str]] = {}
    for notification in notifications:
        for key in notification.message.alerts:
            ids.setdefault(key, []).append(notification.id)
    return [
        entry
        if entry.held in (Held.NO_ROUTE, Held.ALREADY_TOLD)
        else Planned(entry.alert, tuple(ids.get(entry.alert.key, ())), entry.held)
        for entry in planned
    ]
