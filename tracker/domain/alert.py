"""Alerts: what people are told about, and the notifications that tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class AlertType(StrEnum):
    """What an alert can be about."""

    OBSERVATION = "observation"
    REVISION = "revision"
    CONFLICT = "conflict"
    DOUBTFUL = "doubtful"
    TARGET_REACHED = "target_reached"
    TARGET_MISSED = "target_missed"
    OVERDUE = "overdue"
    OFF_TRACK = "off_track"
    BACK_ON_TRACK = "back_on_track"
    REGRESSED = "regressed"
    DEADLINE_NEAR = "deadline_near"
    TARGET_CHANGED = "target_changed"
    VANISHED = "vanished"
    STALE = "stale"
    SOURCE_FAILING = "source_failing"
    SOURCE_RECOVERED = "source_recovered"
    MET_LATE = "met_late"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that happened. ``key`` is the same for the same happening, so that it is told once.

    ``subject`` is the id of the target, indicator or source; ``data`` is JSON: numbers, ISO dates,
    the quote with its source. ``title`` is one sentence in the service's language.
    """

    key: str
    type: AlertType
    subject: str
    title: str
    data: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """What one notification says, ready for any channel; the same bytes at every try.

    ``data`` is the webhook's ``data``; ``alerts`` are the keys of the alerts it stands for.
    """

    type: AlertType
    subject: str
    text: str
    html: str
    data: Mapping[str, Any]
    at: datetime
    alerts: tuple[str, ...]


class DeliveryState(StrEnum):
    """Where a notification is on its way."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Notification:
    """One message to one channel. ``id`` is the ``webhook-id`` and in the ``Message-ID`` at every try."""

    id: str
    channel: str
    message: Message
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    next_try_at: datetime | None = None
    last_error: str = ""
