"""How a failed delivery is told: one short line, without the secrets of the channel."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.alerting.payload import clean_text

LONGEST_ERROR = 500


def sentence(text: str, secrets: Iterable[str | None] = ()) -> str:
    """An error of a library or a server as one short line without the secrets of the channel."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return clean_text(" ".join(text.split()), LONGEST_ERROR)
