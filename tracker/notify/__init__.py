"""Channels: how a notification reaches people, when to try again, and the round over the outbox.

A channel kind is one file and one line in ``CHANNELS``. A sender takes a notification to the
receiver and returns what is worth noting about it (empty for nothing), or raises ``DeliveryError``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from tracker.domain.alert import Notification
from tracker.net import ClientSettings
from tracker.notify.deliver import Again, Dead, Outcome, Sender, Sent, deliver, ready
from tracker.notify.mail import EmailChannel, send_email
from tracker.notify.schedule import LONGEST_WAIT, MOST_TRIES, next_try
from tracker.notify.webhook import WebhookChannel, send_webhook

Channel = EmailChannel | WebhookChannel

CHANNELS: Mapping[str, Callable[[Any, Notification, datetime, ClientSettings], Awaitable[str]]] = {
    "email": send_email,
    "webhook": send_webhook,
}

__all__ = [
    "CHANNELS",
    "LONGEST_WAIT",
    "MOST_TRIES",
    "Again",
    "Channel",
    "Dead",
    "EmailChannel",
    "Outcome",
    "Sender",
    "Sent",
    "WebhookChannel",
    "deliver",
    "next_try",
    "ready",
    "sender",
]


def sender(channel: Channel, settings: ClientSettings) -> Sender:
    """The sender of one configured channel, ready for :func:`deliver`."""

    async def send(notification: Notification, now: datetime) -> str:
        return await CHANNELS[channel.kind](channel, notification, now, settings)

    return send
