"""Documents on the web: one address, asked for on the condition that it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import ClassVar

from tracker.domain.period import Period
from tracker.domain.source import Fetched, Validators
from tracker.errors import (
    AddressRefused,
    BrokenAnswer,
    NoAnswer,
    SourceError,
    SourceRejected,
    SourceUnavailable,
)
from tracker.fetch.found import Checked, Known, digest
from tracker.net import ClientSettings, Response, get, retry_after

LARGEST_PAGE = 20_000_000
LONGEST_VALIDATOR = 1_000
"""Characters of an ``ETag`` that are echoed; a longer one is a burden, not a version."""

_LATER = frozenset({408, 425, 429})
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/*;q=0.8,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class HttpSource:
    """``headers`` are sent along, to the source's own host only."""

    kind: ClassVar[str] = "http"
    id: str
    url: str
    published: date | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    limit: int = LARGEST_PAGE


async def read_web(source: HttpSource, known: Mapping[str, Known], now: datetime, settings: ClientSettings) -> Checked:
    """The document if it is new; what the server said of it is reported in any case."""
    have = known.get(source.url, Known())
    try:
        headers = {"Accept": _ACCEPT, **source.headers, **_conditions(have)}
        answer = await get(replace(settings, limit=source.limit), source.url, headers)
        return _judged(source, have, answer, now)
    except SourceError as error:
        return Checked(errors=(error,))
    except NoAnswer as error:
        return Checked(errors=(SourceUnavailable(str(error)),))
    except (AddressRefused, BrokenAnswer) as error:
        return Checked(errors=(SourceRejected(str(error)),))


def _judged(source: HttpSource, have: Known, answer: Response, now: datetime) -> Checked:
    same = Checked(validators={source.url: _validators(answer, have)}, unchanged=(source.url,))
    if answer.status == 304 and have.digest is not None and _conditions(have):
        return same
    if answer.status != 200:
        raise _failure(source, answer, now)
    if not answer.content.strip():
        raise SourceRejected(f"{source.url} answered with an empty document")
    if digest(answer.content) == have.digest:
        return same
    media_type, charset = content_type(answer.header("content-type"))
    document = Fetched(
        source=source.id,
        name=source.url,
        address=source.url,
        content=answer.content,
        media_type=media_type,
        charset=charset,
        retrieved_at=now,
        validators=_validators(answer, Known()),
        published=Period.day(source.published) if source.published else None,
    )
    return Checked(documents=(document,), validators={source.url: document.validators})


def _failure(source: HttpSource, answer: Response, now: datetime) -> SourceError:
    text = f"{source.url} answered {answer.status}; expected 200"
    if answer.status >= 500 or answer.status in _LATER:
        return SourceUnavailable(text, retry_after(answer.header("retry-after"), now))
    return SourceRejected(text)


def _conditions(have: Known) -> dict[str, str]:
    """What is asked for: the document, unless it is still the one we have."""
    if have.digest is None:
        return {}
    said = {"If-None-Match": have.validators.etag, "If-Modified-Since": have.validators.last_modified}
    return {name: value for name, value in said.items() if value}


def _validators(answer: Response, have: Known) -> Validators:
    # Exactly as they came, blanks and quotes and all. A 304 may leave out what has not changed.
    kept = have.validators if answer.status == 304 else Validators()
    return Validators(
        _short(answer.header("etag")) or kept.etag,
        _short(answer.header("last-modified")) or kept.last_modified,
    )


def _short(value: str | None) -> str | None:
    return value if value and len(value) <= LONGEST_VALIDATOR else None


def content_type(value: str | None) -> tuple[str | None, str | None]:
    """Media type and charset of a ``Content-Type``, in lower case; None for what it does not say."""
    media_type, *parameters = (value or "").split(";")
    charset = None
    for parameter in parameters:
        name, _, text = parameter.partition("=")
        if name.strip().lower() == "charset" and charset is None:
            charset = text.strip().strip("\"'").lower()[:40] or None
    media_type = media_type.strip().lower()
    return (media_type[:100] if "/" in media_type else None), charset
