"""Why a status is what it is: the sum a person can redo, the method, the words and the snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session

from tracker.assess import METHODS
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Evidence, Observation, Series
from tracker.domain.target import Target
from tracker.language import day, period, say_doubt, say_reason, say_status
from tracker.pipeline.history import series_of
from tracker.pipeline.naming import unknown
from tracker.pipeline.second_views import say_view
from tracker.pipeline.service import Service
from tracker.pipeline.summing import the_sum
from tracker.pipeline.view import Held, hold
from tracker.report.as_page import say_beside, say_figure, say_goal, say_nothing
from tracker.report.words import word


def explanation(session: Session, service: Service, id: str, now: datetime, as_of: date | None) -> str:
    """All of it as text, for an indicator's id or a target's; ``UsageError`` for neither."""
    target = service.targets.get(id)
    indicators = [one.id for one in service.catalogue.indicators]
    if target is None and id not in indicators:
        raise unknown("indicator or target", id, [*indicators, *service.targets])
    indicator_id, area = (target.indicator, target.area) if target else (id, None)
    found = series_of(session, service, indicator_id, area, as_of)
    indicator = service.catalogue.indicator(indicator_id)
    day_of = as_of or service.today(now)
    lines: list[str] = []
    for series in found:
        lines += [f"{indicator.name(service.language)} · {series.area}", ""]
        lines += _targets(service, indicator, series, day_of, target)
        lines += _figures(service, series)
    return "\n".join(lines).rstrip()


def _targets(service: Service, indicator: Indicator, series: Series, as_of: date, only: Target | None) -> Iterator[str]:
    for id, held in hold(service, {(series.indicator, series.area): series}, as_of).items():
        if only is None or only.id == id:
            yield from _target(service, indicator, held, series)
            yield ""


def _target(service: Service, indicator: Indicator, held: Held, series: Series) -> Iterator[str]:
    language, target, a = service.language, held.target, held.assessment
    yield f"{target.id}: {say_goal(target, indicator, language)}"
    if target.stated and target.stated.quote:
        yield f"  “{target.stated.quote}” {target.stated.url}".rstrip()
    as_of = f"{word('as_of', language)} {day(a.as_of, language)}"
    yield f"  {word('status', language)}: {say_status(a.status, language)} ({as_of})"
    for reason in a.reasons:
        yield f"  - {say_reason(reason, language)} [{reason.code}]"
    for one in held.beside:
        yield f"  {say_beside(one, indicator, language)}"
    yield from (f"  {line}" for line in the_sum(target, indicator, series, a, language))
    if a.method:
        yield f"  {word('method', language)}: {a.method}. {METHODS[a.method].citation}"


def _figures(service: Service, series: Series) -> Iterator[str]:
    language = service.language
    if series.latest is None:
        yield f"{word('latest', language)}: {say_nothing(series, language)}"
        return
    for key, observation in (("latest", series.latest), ("previous", series.previous)):
        if observation is not None:
            yield from _observation(key, observation, language)
    for observation in series.observations:
        for other in observation.conflicting:
            yield f"{word('conflicts', language)}: {period(observation.period, language)}"
            yield from _evidence(other, language)
    for doubt in series.doubtful:
        yield f"{word('doubtful', language)}: {say_doubt(doubt.reason, language)}"
        yield from _evidence(doubt.evidence, language)


def _observation(key: str, observation: Observation, language: str) -> Iterator[str]:
    yield f"{word(key, language)}: {say_figure(observation.figure, language)} ({period(observation.period, language)})"
    for piece in observation.evidence:
        yield from _evidence(piece, language)


def _evidence(piece: Evidence, language: str) -> Iterator[str]:
    yield f"  “{piece.quote}”"
    yield (
        f"    {piece.source} · {piece.doc} [{piece.start}:{piece.end}] · {word('published', language)} "
        f"{piece.published.period} ({piece.published.origin})"
    )
    where = f"sha256 {piece.snapshot}" if piece.snapshot else "table"
    yield f"    {where} · {piece.rule_version} · {piece.confidence:.2f} · #{piece.id}"
    if piece.second is not None:
        yield f"    {say_view(piece.second, piece.indicator, piece.kind, language)}"
