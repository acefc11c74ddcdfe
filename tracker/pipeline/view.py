"""What stands: series and assessments, worked out of the evidence as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.assess import assess, resolve
from tracker.domain.assessment import Assessment
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Decision, Evidence, Series, Verdict
from tracker.domain.restatement import Restatement
from tracker.domain.target import Target
from tracker.pipeline.service import Service
from tracker.report import Beside
from tracker.series import build_series, in_force, known_by, restatements
from tracker.store import decisions, evidence

#: One series: the ids of its indicator and its area.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """A target as it is in force, where it stands, and what else it has been called, each assessed too."""

    target: Target
    assessment: Assessment
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Series by key, targets with their assessments by id."""

    series: Mapping[Key, Series]
    held: Mapping[str, Held]


def look(session: Session, service: Service, as_of: date, *, published_by: date | None = None) -> View:
    """Every configured series and target as of a day.

    ``published_by`` keeps what was published by then; the present is everything that is known, also
    a document dated by its month alone, which counts as published on the month's last day.
    """
    keys = known_keys(session, service)
    series = {key: one_series(session, service, key, published_by=published_by) for key in keys}
    return View(series, hold(service, series, as_of))


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
    pieces, words = pieces_of(session, key)
    return fold(service, key, pieces if published_by is None else known_by(pieces, published_by), words)


def fold(service: Service, key: Key, pieces: Iterable[Evidence], words: Iterable[Decision]) -> Series:
    """The series that ``pieces`` and people's ``words`` make."""
    indicator = service.catalogue.indicator(key[0])
    return build_series(indicator, key[1], pieces, words, source_rank=service.source_rank[key[0]])


def hold(service: Service, series: Mapping[Key, Series], as_of: date) -> dict[str, Held]:
    """Each target whose series is among ``series``, as it was in force on a day, held against it.

    In the configuration's order; a target whose first version begins later is not among them.
    """
    found: dict[str, Held] = {}
    for key, ids in service.targets_of.items():
        if key in series:
            found |= _hold_one(service, key, ids, series[key], as_of)
    return {id: found[id] for id in service.targets if id in found}


def _hold_one(service: Service, key: Key, ids: Sequence[str], series: Series, as_of: date) -> dict[str, Held]:
    indicator = service.catalogue.indicator(key[0])
    moved = restated(service, key, series)
    found = {}
    for id in ids:
        versions = versions_of(service, id, moved)
        target = in_force(versions, as_of)
        if target is None:
            continue
        goal, assessment = _assessed(target, indicator, series, as_of)
        open_ones = tuple(one for one in moved if one.target.id == id and one.verdict is None)
        past = [one for one in versions if one is not target and (one.since is None or one.since <= as_of)]
        beside = (
            *(Beside("stated", *_assessed(one.stated, indicator, series, as_of), one) for one in open_ones),
            *(Beside("earlier", *_assessed(one, indicator, series, as_of)) for one in past),
        )
        found[id] = Held(goal, assessment, beside)
    return found


def open_restatements(service: Service, key: Key, series: Series) -> list[Restatement]:
    """What sources state otherwise of the targets of a series, and nobody has decided on."""
    return [one for one in restated(service, key, series) if one.verdict is None]


def restated(service: Service, key: Key, series: Series) -> tuple[Restatement, ...]:
    """What sources state otherwise of the targets of a series, decided or not."""
    configured = [version for id in service.targets_of.get(key, ()) for version in service.versions[id]]
    return restatements(service.catalogue.indicator(key[0]), configured, series.stated_targets)


def versions_of(service: Service, id: str, moved: Iterable[Restatement]) -> list[Target]:
    """Those of the configuration, and those that a person has taken from what sources state."""
    taken = [one.stated for one in moved if one.target.id == id and one.verdict is Verdict.ACCEPT]
    return [*service.versions[id], *taken]


def _assessed(target: Target, indicator: Indicator, series: Series, as_of: date) -> tuple[Target, Assessment]:
    goal = resolve(target, indicator, series)
    return goal, assess(goal, indicator, series, as_of=as_of)


def pieces_of(session: Session, key: Key) -> tuple[list[Evidence], list[Decision]]:
    """Everything that is stated about one series, and people's words on it."""
    pieces = evidence.evidence_of_series(session, *key)
    return pieces, decisions.decisions_of(session, *key)
