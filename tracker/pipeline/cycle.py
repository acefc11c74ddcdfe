"""The ways in which figures come in: a cycle over sources, old documents, a table."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from tracker.alerting import Occasion
from tracker.config import Configuration
from tracker.config.settings import SourceSettings
from tracker.pipeline.documents import Wanted, read_wanted
from tracker.pipeline.gather import Gathered, asides_of, gather
from tracker.pipeline.naming import unknown
from tracker.pipeline.record import Changes, Outcome, record
from tracker.pipeline.second import hear_each
from tracker.pipeline.service import Service
from tracker.pipeline.tables import read_table

#: What documents of `backfill` are recorded under: their own address is their source.
BACKFILL = "backfill"


def chosen_sources(configuration: Configuration, ids: Sequence[str]) -> list[SourceSettings]:
    """The sources with these ids, or all; ``UsageError`` for an id that is not configured."""
    known = {source.id: source for source in configuration.sources}
    for id in ids:
        if id not in known:
            raise unknown("source", id, known)
    return [known[id] for id in dict.fromkeys(ids)] if ids else list(known.values())


def run_cycle(
    service: Service,
    sources: Sequence[SourceSettings],
    now: datetime,
    step: Callable[[], None] = lambda: None,
) -> Outcome:
    """Read ``sources`` and record in one transaction everything that follows; ``step`` after each source."""
    gathered = asyncio.run(gather(service, sources, now, step))
    return record(service, Changes(gathered=tuple(gathered), all_targets=True), now)


def backfill(
    service: Service, wanted: Sequence[Wanted], now: datetime, step: Callable[[], None] = lambda: None
) -> Outcome:
    """Old documents into the history, in one transaction; the order does not matter."""
    gathered = []
    for one in wanted:
        reading = read_wanted(one, service.configuration, service.catalogue, now)
        (reading,) = asyncio.run(hear_each(service, [reading], now))
        source = one.place if one.is_address else Path(one.place).name
        if reading.failure is None:
            gathered.append(Gathered(source, readings=(reading,), asides=asides_of([reading])))
        else:
            gathered.append(Gathered(source, failures=(reading.failure,)))
        step()
    return record(service, Changes(gathered=tuple(gathered), occasion=Occasion.BACKFILL), now)


def import_table(
    service: Service,
    path: Path,
    now: datetime,
    form: str | None = None,
    step: Callable[[], None] = lambda: None,
) -> Outcome:
    """Observations from a table, all of its rows or none; ``step`` after each row that was read."""
    table = read_table(path, service.catalogue, now, form, step)
    return record(service, Changes(rows=table.rows, judged=table.judged, occasion=Occasion.IMPORT), now)
