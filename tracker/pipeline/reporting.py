"""The status report: made of what stands, written to files that are whole at any moment."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from tracker.assess import deltas
from tracker.domain.observation import Series
from tracker.domain.source import SourceState
from tracker.pipeline.service import Service
from tracker.pipeline.view import Key, View, look, standing_since
from tracker.report import FORMATS, ChannelLine, IndicatorLine, SourceLine, StatusReport, TargetLine
from tracker.store import outbox, sources
from tracker.store.files import atomic_write

FOLDER = "report"


def status_report(
    session: Session, service: Service, now: datetime, *, as_of: date | None = None, since: bool = True
) -> StatusReport:
    """Everything as of today, or as of a day with what was published by then.

    ``since`` also works out since when each target stands as it does, which takes longer.
    """
    view = look(session, service, as_of or service.today(now), published_by=as_of)
    return StatusReport(
        as_of=as_of or service.today(now),
        made_at=now,
        language=service.language,
        targets=_targets(session, service, view, since=since),
        indicators=tuple(_indicator(service, key, series) for key, series in view.series.items()),
        sources=_sources(session, service),
        channels=_channels(session, service),
    )


def write_report(folder: Path, service: Service, report: StatusReport) -> list[Path]:
    """Write every format to ``folder``; a reader sees the old file or the new one, never a part."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for ending, render in FORMATS.items():
        path = folder / f"status.{ending}"
        atomic_write(path, render(report, service.configuration.timezone).encode("utf-8", "replace"))
        written.append(path)
    return written


def _targets(session: Session, service: Service, view: View, *, since: bool) -> tuple[TargetLine, ...]:
    lines = []
    for held in view.held.values():
        target = held.target
        lines.append(
            TargetLine(
                target,
                service.catalogue.indicator(target.indicator),
                held.assessment,
                view.series[target.indicator, target.area],
                standing_since(session, service, target, held.assessment) if since else None,
                held.beside,
            )
        )
    return tuple(lines)


def _indicator(service: Service, key: Key, series: Series) -> IndicatorLine:
    indicator = service.catalogue.indicator(key[0])
    changes = deltas(indicator, series)
    return IndicatorLine(indicator, series, changes[-1] if changes else None)


def _sources(session: Session, service: Service) -> tuple[SourceLine, ...]:
    known = sources.source_states(session)
    return tuple(
        SourceLine(known.get(source.id, SourceState(source.id)), source.address)
        for source in service.configuration.sources
    )


def _channels(session: Session, service: Service) -> tuple[ChannelLine, ...]:
    waiting = outbox.outbox_counts(session)
    lines = []
    for channel in service.configuration.channels:
        tally = waiting.get(channel.id)
        lines.append(
            ChannelLine(
                channel.id,
                channel.kind,
                tally.waiting if tally else 0,
                tally.dead if tally else 0,
                tally.last_error if tally else "",
            )
        )
    return tuple(lines)
