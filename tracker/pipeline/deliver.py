"""The outbox and the channels: what is due is tried, and each outcome is marked at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from tracker.alerting import rehearsal
from tracker.config import Configuration
from tracker.config.settings import ChannelSettings
from tracker.domain.alert import DeliveryState, Notification
from tracker.errors import DeliveryError, UsageError
from tracker.net import Allowance, ClientSettings
from tracker.notify import (
    CHANNELS,
    Again,
    Channel,
    Dead,
    EmailChannel,
    Outcome,
    Sender,
    Sent,
    WebhookChannel,
    deliver,
)
from tracker.pipeline.naming import unknown
from tracker.pipeline.service import Service
from tracker.store import outbox

#: Waiting notifications looked at in one round of a channel; what is over stays for the next.
BATCH = 500


@dataclass(slots=True)
class Tally:
    """How the tries of a round ended; ``errors`` say why, one line a notification that was not taken."""

    sent: int = 0
    again: int = 0
    dead: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """How many notifications were due."""
        return self.sent + self.again + self.dead

    def count(self, outcome: Outcome) -> None:
        """Add one outcome."""
        match outcome:
            case Sent():
                self.sent += 1
            case Again():
                self.again += 1
                self.errors.append(
                    f"{outcome.id}: {outcome.error}; next try at {outcome.at.isoformat(timespec='seconds')}"
                )
            case Dead():
                self.dead += 1
                self.errors.append(f"{outcome.id} is dead: {outcome.error}")


def deliver_due(service: Service) -> Tally:
    """Try everything that is due once, every channel at the same time."""
    return asyncio.run(deliver_round(service, [channel.id for channel in service.configuration.channels]))


async def deliver_round(service: Service, channels: Sequence[str]) -> Tally:
    """One round over some channels: as long as the slowest of them."""
    tally = Tally()
    waiting = await asyncio.to_thread(_waiting, service, channels)
    if not waiting:
        return tally
    tried = {notification.id: notification for notification in waiting}

    async def mark(outcome: Outcome) -> None:
        tally.count(outcome)
        await asyncio.to_thread(_mark, service, outcome, tried[outcome.id])

    await deliver(waiting, senders(service.configuration), _clock, mark)
    return tally


def senders(configuration: Configuration) -> Mapping[str, Sender]:
    """What sends for each channel. Secrets are looked up when something is sent."""
    return {channel.id: partial(_send, channel, configuration) for channel in configuration.channels}


def send_tests(configuration: Configuration, ids: Sequence[str], now: datetime) -> Iterator[tuple[str, str | None]]:
    """Send a test message to each channel; gives the channel and what went wrong, if anything."""
    known = {channel.id: channel for channel in configuration.channels}
    for id in ids:
        if id not in known:
            raise unknown("channel", id, known)
    if not known:
        raise UsageError("no channel is configured: there is nowhere to send a test to")
    for id in ids or known:
        try:
            asyncio.run(_send(known[id], configuration, rehearsal(id, now, configuration.language), now))
        except DeliveryError as error:
            yield id, str(error)
        else:
            yield id, None


async def _send(
    channel: ChannelSettings, configuration: Configuration, notification: Notification, now: datetime
) -> str:
    try:
        made = _channel(channel, configuration)
    except UsageError as error:
        # A secret that is not there today may be there tomorrow: nothing is lost meanwhile.
        raise DeliveryError(f"channel {channel.id}: {error}") from None
    settings = ClientSettings(allowance=Allowance.of(str(one) for one in configuration.network.allow))
    return await CHANNELS[made.kind](made, notification, now, settings)


def _channel(channel: ChannelSettings, configuration: Configuration) -> Channel:
    if channel.email is not None:
        mail = channel.email
        return EmailChannel(
            channel.id,
            tuple(str(one) for one in mail.to),
            str(mail.smtp),
            str(mail.sender or ""),
            mail.user,
            mail.password(configuration.environment),
        )
    assert channel.webhook is not None  # noqa: S101 - the configuration allows exactly one kind
    return WebhookChannel(channel.id, str(channel.webhook.url), channel.webhook.secret(configuration.environment))


def _waiting(service: Service, channels: Sequence[str]) -> list[Notification]:
    with service.store.read() as session:
        return [one for id in channels for one in outbox.waiting_notifications(session, channel=id, limit=BATCH)]


def _mark(service: Service, outcome: Outcome, before: Notification) -> None:
    with service.store.write() as session:
        match outcome:
            case Sent():
                outbox.note_attempt(session, outcome.id, outcome.at, DeliveryState.SENT, error=outcome.note)
            case Again() if outcome.attempts == before.attempts:
                outbox.put_off(session, outcome.id, outcome.at, outcome.error)
            case Again():
                outbox.note_attempt(
                    session,
                    outcome.id,
                    _clock(),
                    DeliveryState.WAITING,
                    next_try_at=outcome.at,
                    error=outcome.error,
                )
            case Dead():
                outbox.note_attempt(session, outcome.id, outcome.at, DeliveryState.DEAD, error=outcome.error)


def _clock() -> datetime:
    # The one place below cli and schedule that reads the clock: a signature covers the moment of its try.
    return datetime.now(UTC)
