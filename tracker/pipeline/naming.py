"""What a person called by a name that nothing has."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.config.places import closest, listed
from tracker.errors import UsageError


def unknown(what: str, id: str, known: Iterable[str]) -> UsageError:
    """The error about it, with what was probably meant, or else what there is."""
    return UsageError(say_unknown(what, id, known))


def say_unknown(what: str, id: str, known: Iterable[str]) -> str:
    """The sentence of :func:`unknown`."""
    ids = list(known)
    hint = closest(id, ids) or f"; the configuration has {listed(ids) or 'none'}"
    return f"unknown {what} {id!r}{hint}"
