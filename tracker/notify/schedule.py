"""When to try a notification again. Pure: the jitter comes from the notification's id.

The waits grow from seconds to an hour. Up to the twentieth try they stay under a minute, so that
after a short outage everything is out within a minute of its end; in all, a receiver that is down
is asked about 40 times in its first hour, and once or twice an hour later on. Each wait is taken from
the upper part of its step: spread over many senders, yet the whole is never shorter than 0.6 of the
sum of the steps, which jitter over the full step could not promise.
With all waits at their shortest the tries cover more than 72 hours, a long weekend.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from tracker.net import LONGEST_RETRY_AFTER

FIRST_WAIT = 5.0
QUICK_WAIT = 55.0
QUICK_TRIES = 20
STEADY_WAIT = 185.0
STEADY_TRIES = 42
LONGEST_WAIT = 3_600.0
MOST_TRIES = 170
"""Tries in all; after the last one a notification is dead and waits for a person."""

_SHORTEST_SHARE = 0.6


def next_try(attempts: int, now: datetime, *, seed: str, retry_after: float | None = None) -> datetime | None:
    """When to try again after ``attempts`` failed tries, the last of them at ``now``.

    ``seed`` is the notification's id. ``retry_after``, seconds the receiver asked for, is never
    undercut, and followed for a day at most. None: the schedule has ended.
    """
    if attempts >= MOST_TRIES:
        return None
    share = _SHORTEST_SHARE + (1 - _SHORTEST_SHARE) * _draw(f"{seed}|{attempts}")
    wait = step(attempts) * share
    if retry_after is not None and retry_after > 0:
        wait = max(wait, min(retry_after, LONGEST_RETRY_AFTER))
    return now + timedelta(seconds=wait)


def step(attempts: int) -> float:
    """The longest wait after so many tries, in seconds; it never shrinks."""
    if attempts <= QUICK_TRIES:
        return min(FIRST_WAIT * 2.0 ** max(attempts - 1, 0), QUICK_WAIT)
    if attempts <= STEADY_TRIES:
        return STEADY_WAIT
    return min(STEADY_WAIT * 2.0 ** (attempts - STEADY_TRIES), LONGEST_WAIT)


def _draw(seed: str) -> float:
    """A number from 0 to 1 that the same seed always gives."""
    digest = hashlib.sha256(seed.encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8]) / 2**64
