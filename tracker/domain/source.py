"""A source: where documents come from, and how it is doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.domain.period import Period


class Health(StrEnum):
    """How a source is doing. ``unknown``: never checked."""

    UNKNOWN = "unknown"
    OK = "ok"
    NO_DATA = "no_data"
    FAILING = "failing"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server said of the document we have; echoed verbatim in a conditional GET."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """``since`` is when the present ``health`` began; ``due_at`` when the next check is due."""

    id: str
    health: Health = Health.UNKNOWN
    since: datetime | None = None
    reason: str = ""
    last_checked: datetime | None = None
    last_changed: datetime | None = None
    due_at: datetime | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came: bytes and what was said about them.

    ``name`` is what statements call their document: the file's name, or the address.
    ``published`` is the date that a person gave for it, if anybody did.
    """

    source: str
    name: str
    address: str
    content: bytes
    media_type: str | None
    charset: str | None
    retrieved_at: datetime
    validators: Validators = Validators()
    published: Period | None = None
