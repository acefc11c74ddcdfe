"""Fetch sources and read their documents: everything before the transaction; the state is only looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tracker.config import Configuration
from tracker.config.settings import SourceSettings
from tracker.domain.source import Fetched, Validators
from tracker.domain.statement import Published
from tracker.errors import SourceError, SourceUnavailable
from tracker.fetch import Checked, FileSource, HttpSource, Known, Source, read
from tracker.net import Allowance, ClientSettings
from tracker.pipeline.documents import DocumentReading, read_fetched
from tracker.pipeline.second import hear_each
from tracker.pipeline.service import Service
from tracker.store import meta, snapshots, sources

#: Sources that are fetched at the same time.
AT_ONCE = 16
CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one check of one source brought. ``failures`` are sentences; a failed reading states nothing.

    ``asides`` are sentences about what went wrong without any harm to the readings.
    ``configured`` is false for what came by `backfill`: it has no schedule and no state.
    """

    source: str
    readings: tuple[DocumentReading, ...] = ()
    failures: tuple[str, ...] = ()
    validators: Mapping[str, Validators] = field(default_factory=dict)
    configured: bool = False
    retry_after: float | None = None
    asides: tuple[str, ...] = ()


async def gather(
    service: Service, wanted: Sequence[SourceSettings], now: datetime, step: Callable[[], None] = lambda: None
) -> list[Gathered]:
    """Check the sources at the same time; the answer is in their order. ``step`` is called after each."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(source: SourceSettings) -> Gathered:
        async with gate:
            found = await check(service, source, now)
            step()
            return found

    return list(await asyncio.gather(*(one(source) for source in wanted)))


async def check(service: Service, source: SourceSettings, now: datetime) -> Gathered:
    """Fetch one source and read what is new in it; what goes wrong is a sentence in the answer."""
    known = await asyncio.to_thread(_known, service, source.id)
    checked = await read(source_of(source), known, now, client_settings(service.configuration))
    readings, failures = await asyncio.to_thread(_read_all, service, source, checked)
    readings = await hear_each(service, readings, now)
    waits = [
        error.retry_after for error in checked.errors if isinstance(error, SourceUnavailable) and error.retry_after
    ]
    return Gathered(
        source=source.id,
        readings=tuple(readings),
        failures=(*(f"source {source.id}: {error}" for error in checked.errors), *failures),
        validators=checked.validators,
        configured=True,
        retry_after=max(waits, default=None),
        asides=asides_of(readings),
    )


def asides_of(readings: Sequence[DocumentReading]) -> tuple[str, ...]:
    """What went wrong beside the readings, each sentence once."""
    return tuple(dict.fromkeys(one.aside for one in readings if one.aside is not None))


def source_of(source: SourceSettings) -> Source:
    """What reads the source."""
    if source.url is not None:
        return HttpSource(source.id, source.url, published=source.published)
    return FileSource(source.id, source.path or "", published=source.published)


def client_settings(configuration: Configuration) -> ClientSettings:
    """Limits and the private networks that may be reached."""
    return ClientSettings(allowance=Allowance.of(str(network) for network in configuration.network.allow))


def _known(service: Service, source: str) -> dict[str, Known]:
    """What we have of the source; nothing where other things are looked for than the last time."""
    with service.store.read() as session:
        if meta.get_meta(session, CATALOGUE) != service.catalogue_digest:
            return {}
        seen = snapshots.seen_documents(session, source)
        validators = sources.validators_of(session, source)
        return {
            address: Known(seen.get(address), validators.get(address, Validators())) for address in {*seen, *validators}
        }


def _read_all(service: Service, source: SourceSettings, checked: Checked) -> tuple[list[DocumentReading], list[str]]:
    readings, failures = [], []
    for document in checked.documents:
        try:
            readings.append(read_fetched(document, service.catalogue, _declared(document), source.selection))
        except SourceError as error:
            failures.append(f"source {source.id}: {error}")
    return readings, failures


def _declared(document: Fetched) -> Published | None:
    return Published(document.published, "given") if document.published else None
