"""One round over the outbox: channels side by side, within a channel one after another, in order."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.domain.alert import Notification
from tracker.errors import ChannelDown, ChannelTroubled, DeliveryError, NotificationRefused
from tracker.notify.failures import sentence
from tracker.notify.schedule import QUICK_WAIT, next_try

ROUND = 120.0
"""Seconds that one channel may take in one round; what is left stays due."""
LONGEST_TRY = 75.0
SUSPECT_AFTER = 10
"""Failed tries, five minutes or so, after which a message and not its receiver may be what is wrong.

Fewer would let messages overtake each other where a receiver merely fails often.
"""
CHANNEL_WIDE = "channel: "
"""How the error of a failure begins that holds back whatever else waits for the channel."""

Sender = Callable[[Notification, datetime], Awaitable[str]]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Sent:
    """Taken by the receiver. ``note`` says what is worth knowing: recipients that were refused."""

    id: str
    at: datetime
    attempts: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """Not taken, or held back behind one that was not; ``at`` is when to try next.

    ``attempts`` counts tries of this notification: of one that was only held back it has not grown.
    """

    id: str
    at: datetime
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class Dead:
    """Given up at ``at``; it waits for a person."""

    id: str
    at: datetime
    attempts: int
    error: str


Outcome = Sent | Again | Dead
OnOutcome = Callable[[Outcome], Awaitable[None] | None]


def ready(waiting: Sequence[Notification], now: datetime) -> list[Notification]:
    """Of everything that waits, oldest first, what is to be tried now, in that order.

    Behind a failure of the whole channel nothing overtakes, not even a newcomer that is due.
    """
    held: set[str] = set()
    chosen = []
    for notification in waiting:
        if notification.channel in held:
            continue
        if notification.next_try_at is None or notification.next_try_at <= now:
            chosen.append(notification)
        elif notification.last_error.startswith(CHANNEL_WIDE):
            held.add(notification.channel)
    return chosen


async def deliver(
    waiting: Sequence[Notification],
    senders: Mapping[str, Sender],
    clock: Clock,
    on_outcome: OnOutcome,
    *,
    round_seconds: float = ROUND,
) -> list[Outcome]:
    """Try everything that is due, once. ``waiting`` is in the order in which it was planned.

    It may hold what is not due yet, and should: see :func:`ready` for what that keeps in order.

    ``on_outcome`` is called right after each try and before the next one, so that a kill repeats at
    most one message per channel. It is the only way out: nothing is stored here. The round lasts as
    long as its slowest channel; a loop in which none may wait for another gives each its own round.
    What is left when ``round_seconds`` are over gets no outcome and is due still.
    """
    queues: dict[str, list[Notification]] = {}
    for notification in ready(waiting, clock()):
        queues.setdefault(notification.channel, []).append(notification)
    outcomes: list[Outcome] = []

    async def mark(outcome: Outcome) -> None:
        outcomes.append(outcome)
        pending = on_outcome(outcome)
        if inspect.isawaitable(pending):
            await pending

    rounds = [
        _Round(queue, senders.get(channel) or _unknown(channel), clock, mark, round_seconds).run()
        for channel, queue in queues.items()
    ]
    for result in await asyncio.gather(*rounds, return_exceptions=True):
        if isinstance(result, BaseException):
            raise result
    return outcomes


@dataclass(frozen=True, slots=True)
class _Round:
    """The round of one channel."""

    queue: Sequence[Notification]
    send: Sender
    clock: Clock
    mark: Callable[[Outcome], Awaitable[None]]
    seconds: float

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + self.seconds
        suspect: Again | None = None
        for place, notification in enumerate(self.queue):
            if loop.time() > end:
                return
            outcome, failure = await self._try(notification)
            if isinstance(outcome, Sent) or not isinstance(failure, ChannelDown | ChannelTroubled):
                suspect = None
                await self.mark(outcome)
                continue
            alone = isinstance(failure, ChannelTroubled) and notification.attempts + 1 >= SUSPECT_AFTER
            if alone and suspect is None and isinstance(outcome, Again):
                # It may be this message that the receiver cannot take: the next one will tell.
                suspect = outcome
                await self.mark(outcome)
                continue
            await self._hold(outcome, suspect, self.queue[place + 1 :])
            return

    async def _try(self, notification: Notification) -> tuple[Outcome, DeliveryError | None]:
        attempts = notification.attempts + 1
        try:
            async with asyncio.timeout(LONGEST_TRY):
                note = await self.send(notification, self.clock())
        except TimeoutError:
            failure: DeliveryError = ChannelDown("no end of the try in sight")
        except DeliveryError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - one message that breaks its sender must not stop the others
            failure = NotificationRefused(f"the channel broke: {type(error).__name__}")
        else:
            return Sent(notification.id, self.clock(), attempts, note), None
        return self._failed(notification, attempts, failure), failure

    def _failed(self, notification: Notification, attempts: int, failure: DeliveryError) -> Again | Dead:
        now, words = self.clock(), sentence(str(failure))
        at = next_try(attempts, now, seed=notification.id, retry_after=failure.retry_after)
        if failure.permanent or at is None:
            return Dead(notification.id, now, attempts, words)
        return Again(notification.id, at, attempts, words)

    async def _hold(self, outcome: Again | Dead, suspect: Again | None, rest: Sequence[Notification]) -> None:
        """The channel is down: nobody is tried, and all come back together, in their order."""
        words = CHANNEL_WIDE + outcome.error
        at = self.clock() + timedelta(seconds=QUICK_WAIT)
        if isinstance(outcome, Again):
            at = suspect.at if suspect else outcome.at
            outcome = replace(outcome, at=at, error=words)
        await self.mark(outcome)
        for notification in rest:
            await self.mark(Again(notification.id, at, notification.attempts, words))


def _unknown(channel: str) -> Sender:
    async def send(notification: Notification, now: datetime) -> str:
        raise NotificationRefused(f"there is no channel {channel} in the configuration")

    return send
