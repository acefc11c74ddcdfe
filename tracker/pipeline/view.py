"""What stands: series and assessments, worked out of the evidence as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from tracker.assess import assess
from tracker.domain.assessment import Assessment
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Decision, Evidence, Series
from tracker.domain.target import Target
from tracker.pipeline.service import Service
from tracker.series import build_series, known_by
from tracker.store import decisions, evidence

#: One series: the ids of its indicator and its area.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """Series by key, assessments by target id."""

    series: Mapping[Key, Series]
    assessments: Mapping[str, Assessment]


def look(session: Session, service: Service, as_of: date, *, published_by: date | None = None) -> View:
    """Every configured series and target as of a day.

    ``published_by`` keeps what was published by then; the present is everything that is known, also
    a document dated by its month alone, which counts as published on the month's last day.
    """
    keys = known_keys(session, service)
    series = {key: one_series(session, service, key, published_by=published_by) for key in keys}
    return View(series, assess_targets(service, series, as_of))


def known_keys(session: Session, service: Service) -> list[Key]:
    """The series to show: each indicator in its own area, and wherever else figures are known of it."""
    comparators = service.catalogue.comparators()
    found: dict[Key, None] = {}
    recorded = evidence.series_keys(session)
    by_indicator: dict[str, list[str]] = {}
    for indicator_id, area in recorded:
        by_indicator.setdefault(indicator_id, []).append(area)
    for indicator in service.catalogue.indicators:
        if indicator.area is not None:
            found[indicator.id, indicator.area] = None
        for area in sorted(by_indicator.get(indicator.id, ())):
            if area in indicator.scope and area not in comparators:
                found[indicator.id, area] = None
    for target in service.targets.values():
        found[target.indicator, target.area] = None
    return list(found)


def one_series(session: Session, service: Service, key: Key, *, published_by: date | None = None) -> Series:
    """One series, of what was published by a day where that is given."""
    pieces, words = _evidence(session, key)
    return fold(service, key, pieces if published_by is None else known_by(pieces, published_by), words)


def fold(service: Service, key: Key, pieces: Iterable[Evidence], words: Iterable[Decision]) -> Series:
    """The series that ``pieces`` and people's ``words`` make."""
    indicator = service.catalogue.indicator(key[0])
    return build_series(indicator, key[1], pieces, words, source_rank=service.source_rank[key[0]])


def assess_targets(service: Service, series: Mapping[Key, Series], as_of: date) -> dict[str, Assessment]:
    """Each target whose series is among ``series``, assessed as of a day."""
    found = {}
    for target in service.targets.values():
        key = (target.indicator, target.area)
        if key in series:
            indicator = service.catalogue.indicator(target.indicator)
            found[target.id] = assess(target, indicator, series[key], as_of=as_of)
    return found


def standing_since(session: Session, service: Service, target: Target, now: Assessment) -> date | None:
    """The day from which on what was published gives the present status; None before any figure.

    Looks back over the days on which something could have changed: each publication, and the deadline.
    """
    if now.latest is None:
        return None
    key = (target.indicator, target.area)
    pieces, words = _evidence(session, key)
    indicator = service.catalogue.indicator(target.indicator)
    days = sorted(_turning_days(pieces, target, now.as_of), reverse=True)
    since = None
    for day in days:
        if _status_on(service, indicator, target, pieces, words, day) is not now.status:
            break
        since = day
    return since


def _status_on(
    service: Service,
    indicator: Indicator,
    target: Target,
    pieces: Sequence[Evidence],
    words: Sequence[Decision],
    day: date,
) -> object:
    key = (target.indicator, target.area)
    return assess(target, indicator, fold(service, key, known_by(pieces, day), words), as_of=day).status


def _turning_days(pieces: Iterable[Evidence], target: Target, as_of: date) -> set[date]:
    days = {piece.published.day for piece in pieces} | {target.by + timedelta(days=1)}
    return {day for day in days if day <= as_of}


def _evidence(session: Session, key: Key) -> tuple[list[Evidence], list[Decision]]:
    pieces = evidence.evidence_of_series(session, *key)
    return pieces, decisions.decisions_of(session, *key)
