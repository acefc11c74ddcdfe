"""What a revision changes: the statuses that follow from the old figure, beside those from the new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from sqlmodel import Session

from tracker.alerting import State
from tracker.assess import assess
from tracker.domain.alert import Alert, AlertType
from tracker.domain.assessment import Status
from tracker.domain.observation import Decision, Evidence, Observation, Series
from tracker.domain.period import Period
from tracker.domain.target import Target
from tracker.language import say_status
from tracker.pipeline.service import Service
from tracker.pipeline.view import Key, fold, pieces_of
from tracker.series import known_by, vintages
from tracker.store import ledger


@dataclass(frozen=True, slots=True)
class Turned:
    """The status of a target on a day, by the figure before a revision and by the one after it."""

    target: str
    as_of: date
    before: Status
    after: Status


@dataclass(frozen=True, slots=True)
class Revision:
    """From ``day`` on the figure of ``period`` was ``new`` in place of ``old``."""

    period: Period
    day: date
    old: Observation
    new: Observation
    turned: tuple[Turned, ...]


def with_consequences(
    session: Session, service: Service, alerts: Iterable[Alert], before: State, after: State
) -> Iterator[Alert]:
    """The alerts, each revision with the statuses that changed because of it, today's and earlier ones."""
    days = {id: assessment.as_of for id, assessment in after.assessments.items()}
    for alert in alerts:
        if alert.type is not AlertType.REVISION:
            yield alert
            continue
        key = (str(alert.data["indicator"]), str(alert.data["area"]))
        period = Period.parse(str(alert.data["period"]))
        old, new = _of(before.series.get(key), period), _of(after.series.get(key), period)
        if old is None or new is None:
            yield alert
            continue
        turned = list(_now(service, key, old, after.series[key], days))
        turned += _then(session, service, key, old, new)
        yield _told(alert, turned, service.language)


def revisions(session: Session, service: Service, key: Key, as_of: date | None = None) -> list[Revision]:
    """Every revision of a series with the statuses that it changed on its day, oldest first."""
    pieces, words = pieces_of(session, key)
    if as_of is not None:
        pieces = known_by(pieces, as_of)
    indicator = service.catalogue.indicator(key[0])
    found: list[Revision] = []
    for period in dict.fromkeys(one.period for one in fold(service, key, pieces, words).observations if one.revised):
        known = vintages(indicator, key[1], pieces, words, period, source_rank=service.source_rank[key[0]])
        for earlier, later in pairwise(known):
            if earlier.observation is not None and later.observation is not None:
                series = fold(service, key, known_by(pieces, later.day), words)
                days = {target.id: later.day for target in _targets(service, key)}
                turned = tuple(_now(service, key, earlier.observation, series, days))
                found.append(Revision(period, later.day, earlier.observation, later.observation, turned))
    return sorted(found, key=lambda one: (one.day, one.period.end, one.period.start))


def _now(service: Service, key: Key, old: Observation, series: Series, days: Mapping[str, date]) -> Iterator[Turned]:
    """What the targets of a series are on their days, and what they would be with the old figure."""
    unrevised = _with(series, old)
    for target in _targets(service, key):
        if target.id in days:
            yield from _turned(service, target, unrevised, series, days[target.id])


def _then(session: Session, service: Service, key: Key, old: Observation, new: Observation) -> Iterator[Turned]:
    """The conclusions recorded since the period that would be others, had the new figure been known."""
    pieces, words = pieces_of(session, key)
    for target in _targets(service, key):
        recorded = {one.as_of for one in ledger.assessments_of(session, target.id)}
        for day in sorted(one for one in recorded if one >= old.period.start):
            series = _known_on(service, key, pieces, words, day)
            if _of(series, old.period) is not None:
                yield from _turned(service, target, _with(series, old), _with(series, new), day)


def _known_on(service: Service, key: Key, pieces: Sequence[Evidence], words: Sequence[Decision], day: date) -> Series:
    return fold(service, key, known_by(pieces, day), words)


def _turned(service: Service, target: Target, old: Series, new: Series, day: date) -> Iterator[Turned]:
    indicator = service.catalogue.indicator(target.indicator)
    before = assess(target, indicator, old, as_of=day).status
    after = assess(target, indicator, new, as_of=day).status
    if before is not after:
        yield Turned(target.id, day, before, after)


def _targets(service: Service, key: Key) -> list[Target]:
    return [service.targets[id] for id in service.targets_of.get(key, ())]


def _of(series: Series | None, period: Period) -> Observation | None:
    found = [] if series is None else [one for one in series.observations if _same_days(one.period, period)]
    return found[0] if found else None


def _with(series: Series, observation: Observation) -> Series:
    """The series, had the period of ``observation`` had this figure."""
    observations = tuple(
        observation if _same_days(one.period, observation.period) else one for one in series.observations
    )
    return replace(series, observations=observations)


def _same_days(one: Period, other: Period) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def turned_json(one: Turned) -> dict[str, Any]:
    """The same for programs."""
    return {
        "target": one.target,
        "as_of": one.as_of.isoformat(),
        "before": one.before.value,
        "after": one.after.value,
    }


def _told(alert: Alert, turned: Sequence[Turned], language: str) -> Alert:
    unique = list(dict.fromkeys(turned))
    data = {**alert.data, "statuses": [turned_json(one) for one in unique]}
    latest = {one.target: one for one in reversed(unique)}
    said = "; ".join(
        f"{id}: {say_status(one.before, language)} → {say_status(one.after, language)}" for id, one in latest.items()
    )
    return replace(alert, data=data, title=f"{alert.title}; {said}" if said else alert.title)
