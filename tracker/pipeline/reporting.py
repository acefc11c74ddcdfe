"""The status report: made of what stands, written to files that are whole at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from tracker.assess import deltas
from tracker.domain.assessment import Assessment
from tracker.domain.observation import Series
from tracker.domain.source import SourceState
from tracker.pipeline.service import Service
from tracker.pipeline.since import standing_since
from tracker.pipeline.view import Held, Key, View, look
from tracker.report import FORMATS, ChannelLine, IndicatorLine, Since, SourceLine, StatusReport, TargetLine
from tracker.store import outbox, sources
from tracker.store.files import atomic_write

FOLDER = "report"


def status_report(
    session: Session, service: Service, now: datetime, *, as_of: date | None = None, since: bool = True
) -> StatusReport:
    """Everything as of today, or as of a day with what was published by then.

    ``since`` also works out since when each target stands as it does, which takes longer.
    """
    day = as_of or service.today(now)
    view = look(session, service, day, published_by=as_of)
    report = report_of(service, view, day, now)
    if since:
        report = replace(report, targets=_with_since(session, service, report.targets))
    return replace(report, sources=sources_of(session, service), channels=_channels(session, service))


def report_of(service: Service, view: View, day: date, made_at: datetime) -> StatusReport:
    """What ``view`` holds, as lines; without sources and channels, which are no part of it."""
    return StatusReport(
        as_of=day,
        made_at=made_at,
        language=service.language,
        targets=tuple(_target(service, view, held) for held in view.held.values()),
        indicators=tuple(_indicator(service, key, series) for key, series in view.series.items()),
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


def _target(service: Service, view: View, held: Held) -> TargetLine:
    target = held.target
    indicator = service.catalogue.indicator(target.indicator)
    series = view.series[target.indicator, target.area]
    return TargetLine(target, indicator, held.assessment, series, beside=held.beside)


def _with_since(session: Session, service: Service, lines: Sequence[TargetLine]) -> tuple[TargetLine, ...]:
    asked: dict[Key, dict[str, Assessment]] = {}
    for line in lines:
        asked.setdefault((line.target.indicator, line.target.area), {})[line.target.id] = line.assessment
    found: dict[str, Since | None] = {}
    for key, standing in asked.items():
        found |= standing_since(session, service, key, standing)
    return tuple(replace(line, since=found[line.target.id]) for line in lines)


def _indicator(service: Service, key: Key, series: Series) -> IndicatorLine:
    indicator = service.catalogue.indicator(key[0])
    changes = deltas(indicator, series)
    return IndicatorLine(indicator, series, changes[-1] if changes else None)


def sources_of(session: Session, service: Service) -> tuple[SourceLine, ...]:
    """How each configured source is doing, in the configuration's order."""
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
