"""Webhooks: a JSON POST signed by Standard Webhooks."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar

from tracker.alerting.payload import plain
from tracker.domain.alert import Message, Notification
from tracker.errors import (
    AddressRefused,
    BrokenAnswer,
    ChannelDown,
    ChannelTroubled,
    DeliveryError,
    NoAnswer,
    NotificationRefused,
)
from tracker.net import ClientSettings, Response, post, retry_after
from tracker.notify.failures import sentence

GONE = 410
LONGEST_TRY = 20.0
"""Seconds for one try: a receiver only has to put the message aside."""

_LATER = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """``secret`` is ``whsec_`` and base64, bare base64, or any text; without one nothing is signed."""

    kind: ClassVar[str] = "webhook"
    id: str
    url: str
    secret: str | None = None

    def __repr__(self) -> str:
        return f"WebhookChannel(id={self.id!r})"


async def send_webhook(
    channel: WebhookChannel, notification: Notification, now: datetime, settings: ClientSettings
) -> str:
    """POST the notification once. ``now`` is the time of this try, which the signature covers.

    Raises:
        DeliveryError: it was not taken. 410 alone is permanent: a receiver that answers 401 or 404
            today may be mended tomorrow, and until then nothing may be lost.
    """
    content = body(notification.message)
    headers = signed(notification.id, now, content, channel)
    try:
        answer = await post(_hurried(settings), channel.url, headers, content)
    except (AddressRefused, NoAnswer, BrokenAnswer) as error:
        raise ChannelDown(sentence(f"webhook {channel.id}: {error}", [channel.secret])) from None
    if not 200 <= answer.status < 300:
        raise _refused(channel, answer, now)
    return ""


def body(message: Message) -> bytes:
    """The same bytes at every try: sorted keys, no blanks, strict JSON, valid UTF-8."""
    payload = {"type": message.type.value, "timestamp": _moment(message.at), "data": plain(message.data)}
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def signed(id: str, now: datetime, content: bytes, channel: WebhookChannel) -> dict[str, str]:
    """The headers of one try, after the Standard Webhooks specification."""
    timestamp = str(int(now.timestamp()))
    headers = {
        "content-type": "application/json; charset=utf-8",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
    }
    if channel.secret:
        covered = f"{id}.{timestamp}.".encode() + content
        signatures = [
            base64.b64encode(hmac.new(key, covered, hashlib.sha256).digest()).decode() for key in _keys(channel)
        ]
        headers["webhook-signature"] = " ".join(f"v1,{signature}" for signature in signatures)
    return headers


def _keys(channel: WebhookChannel) -> list[bytes]:
    """The keys that the secret can mean.

    Text that happens to be base64 is signed both ways, as the specification's list of signatures
    allows: whichever way the receiver reads its copy, one of them fits.
    """
    secret = (channel.secret or "").strip()
    marked = secret.startswith("whsec_")
    try:
        decoded = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        decoded = b""
    if marked and not decoded:
        raise NotificationRefused(f"webhook {channel.id}: its secret begins with whsec_ and is no base64")
    if marked:
        return [decoded]
    return [key for key in (decoded, secret.encode()) if key]


def _refused(channel: WebhookChannel, answer: Response, now: datetime) -> DeliveryError:
    text = f"webhook {channel.id}: the receiver answered {answer.status}"
    if answer.status == GONE:
        return NotificationRefused(f"{text} (gone for good)", permanent=True)
    if answer.status >= 500 or answer.status in _LATER:
        return ChannelTroubled(text, retry_after=retry_after(answer.header("retry-after"), now))
    if 300 <= answer.status < 400:
        return ChannelTroubled(f"{text}, a redirect; those are not followed")
    return NotificationRefused(text, retry_after=retry_after(answer.header("retry-after"), now))


def _hurried(settings: ClientSettings) -> ClientSettings:
    return replace(settings, total=min(settings.total, LONGEST_TRY))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
