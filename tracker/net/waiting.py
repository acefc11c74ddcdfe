"""How long a server asks to be left alone."""

from __future__ import annotations

import email.utils
from datetime import UTC, datetime

LONGEST_RETRY_AFTER = 86_400.0


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` asks for, given as seconds or as a date; a day at most.

    None where the header is absent or says nothing that can be read.
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_RETRY_AFTER)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER)
