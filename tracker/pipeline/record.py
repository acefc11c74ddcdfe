"""One transaction: what came in, everything that follows from it, and the messages that tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from tracker.alerting import Occasion, Route, State, Watched, detect, plan, vanished
from tracker.domain.alert import Alert, AlertType
from tracker.domain.observation import Decision, Evidence, Rereading, Series, Standing
from tracker.domain.source import SourceState
from tracker.domain.target import Target
from tracker.extract import RULE_VERSION
from tracker.pipeline.cards import grounds, make_card
from tracker.pipeline.concluding import conclude, last_concluded
from tracker.pipeline.gather import CATALOGUE, Gathered
from tracker.pipeline.health import health_after
from tracker.pipeline.revising import with_consequences
from tracker.pipeline.second import newly_disputed, stated
from tracker.pipeline.service import Service
from tracker.pipeline.view import Held, Key, hold, one_series
from tracker.store import alerts, cards, decisions, evidence, meta, outbox, rereadings, snapshots, sources
from tracker.store.cards import SeriesCard

FIRST_CYCLE = "first_cycle"


@dataclass(frozen=True, slots=True)
class Settled:
    """What today's reading makes of a recorded piece; ``today`` is what it reads there, None for nothing."""

    piece: Evidence
    standing: Standing
    today: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What came in. ``judged`` are rows that come with a person's word; its ``evidence`` is still 0.

    ``all_targets`` also holds every target against today's date, ``turn`` those of these series.
    """

    gathered: tuple[Gathered, ...] = ()
    rows: tuple[Evidence, ...] = ()
    judged: tuple[tuple[Evidence, Decision], ...] = ()
    decisions: tuple[Decision, ...] = ()
    decided: tuple[Evidence, ...] = ()
    settled: tuple[Settled, ...] = ()
    occasion: Occasion = Occasion.CYCLE
    all_targets: bool = False
    turn: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was recorded. ``changed``: the report is to be written anew; ``asides``: what went wrong without harm."""

    seen_evidence: int
    new_evidence: int
    alerts: tuple[Alert, ...]
    failures: tuple[str, ...]
    changed: bool
    asides: tuple[str, ...] = ()


def record(service: Service, changes: Changes, now: datetime) -> Outcome:
    """Keep all of it or nothing: evidence, conclusions, alerts and the outbox are one transaction."""
    with service.store.write() as session:
        return record_in(session, service, changes, now)


def record_in(session: Session, service: Service, changes: Changes, now: datetime) -> Outcome:
    """The same inside a transaction that the caller has begun, in which ``changes`` were worked out."""
    occasion = _occasion(session, changes)
    pieces = [*_stated(changes.gathered, service, now), *changes.rows]
    touched = _touched(pieces, changes)
    before = _before(session, service, touched, changes)
    gone = _gone(session, changes.gathered, now, service)
    new = _keep(session, changes, pieces, now)
    marks = cards.series_marks(session)
    after, held, known = _after(session, service, touched, changes, now, before, marks)
    targets = {id: one.target for id, one in held.items()}
    before = replace(before, assessments=last_concluded(session, targets))
    happened = detect(before, after, now, _watched(service, targets))
    explained = with_consequences(session, service, happened, before, after)
    told = alerts.add_alerts(session, [*explained, *gone])
    planned = plan(
        told,
        [
            Route(frozenset(AlertType(one) for one in route.on), tuple(route.to))
            for route in service.configuration.routes
        ],
        [channel.id for channel in service.configuration.channels],
        occasion=occasion,
        now=now,
        language=service.language,
    )
    outbox.add_notifications(session, planned.notifications, now)
    concluded = conclude(session, service, after, targets, now)
    _keep_cards(session, service, known, held, marks, now)
    _note_sources(session, changes.gathered, after.sources)
    if changes.occasion is Occasion.CYCLE and changes.gathered:
        meta.put_meta(session, FIRST_CYCLE, meta.get_meta(session, FIRST_CYCLE) or now.isoformat())
        meta.put_meta(session, CATALOGUE, service.catalogue_digest)
    failures = tuple(failure for one in changes.gathered for failure in one.failures)
    moved = before.sources != after.sources
    changed = bool(new or told or concluded or changes.decisions or changes.settled or moved)
    asides = tuple(dict.fromkeys(aside for one in changes.gathered for aside in one.asides))
    return Outcome(len(pieces), len(new), tuple(told), failures, changed, asides)


def _occasion(session: Session, changes: Changes) -> Occasion:
    """The first cycle of a state folder is told in one summary, as backfill and import are."""
    if changes.occasion is Occasion.CYCLE and changes.gathered and meta.get_meta(session, FIRST_CYCLE) is None:
        return Occasion.FIRST
    return changes.occasion


def _stated(gathered: Iterable[Gathered], service: Service, now: datetime) -> list[Evidence]:
    found: list[Evidence] = []
    for one in gathered:
        for reading in one.readings:
            found += stated(reading, source=one.source, recorded_at=now, retrieved=service.today(now))
    return found


def _touched(pieces: Sequence[Evidence], changes: Changes) -> set[Key]:
    settled = (one.piece for one in changes.settled)
    return {(piece.indicator, piece.area) for piece in (*pieces, *changes.decided, *settled)}


def _watched(service: Service, targets: Mapping[str, Target]) -> Watched:
    return Watched(
        service.catalogue,
        targets,
        service.language,
        tuple(service.configuration.service.deadline_days),
    )


def _before(session: Session, service: Service, touched: Iterable[Key], changes: Changes) -> State:
    known = sources.source_states(session)
    return State(
        series=_series(session, service, touched),
        sources={one.source: known[one.source] for one in changes.gathered if one.source in known},
    )


def _after(
    session: Session,
    service: Service,
    touched: set[Key],
    changes: Changes,
    now: datetime,
    before: State,
    marks: Mapping[Key, SeriesCard],
) -> tuple[State, Mapping[str, Held], Mapping[Key, Series]]:
    """The state, the targets that were held, and every series that was worked out for it.

    A target that was held today against the same evidence and the same configuration stands where it stood.
    """
    day = service.today(now)
    series = _series(session, service, touched)
    asked = service.targets_of if changes.all_targets else changes.turn
    due = {key for key in asked if not _held_before(service, key, marks, day)}
    keys = (touched | due) & service.targets_of.keys()
    needed = {key: series.get(key) or one_series(session, service, key) for key in keys}
    held = hold(service, needed, day)
    open_ones = {id: tuple(each.restatement for each in one.beside if each.restatement) for id, one in held.items()}
    state = State(
        series=series,
        assessments={id: one.assessment for id, one in held.items()},
        restatements=open_ones,
        sources={
            one.source: health_after(one, before.sources.get(one.source) or SourceState(one.source), service, now)
            for one in changes.gathered
            if one.configured
        },
    )
    return state, held, {**series, **needed}


def unheld(service: Service, now: datetime) -> list[Key]:
    """The series whose targets have not been held yet against today's date and what is known by now."""
    with service.store.read() as session:
        marks = cards.series_marks(session)
    return [key for key in service.targets_of if not _held_before(service, key, marks, service.today(now))]


def _held_before(service: Service, key: Key, marks: Mapping[Key, SeriesCard], day: date) -> bool:
    mark = marks.get(key)
    return mark is not None and mark.held == grounds(service, mark, day)


def _keep_cards(
    session: Session,
    service: Service,
    series: Mapping[Key, Series],
    held: Mapping[str, Held],
    marks: Mapping[Key, SeriesCard],
    now: datetime,
) -> None:
    """Keep what was worked out, and that its targets were held, so that nobody has to do either again today."""
    day = service.today(now)
    made = [make_card(service, marks.get(key) or SeriesCard(*key), one, held, day) for key, one in series.items()]
    cards.put_cards(session, made)
    cards.note_held(session, [replace(one, held=grounds(service, one, day)) for one in made])


def _series(session: Session, service: Service, keys: Iterable[Key]) -> Mapping[Key, Series]:
    known = {indicator.id for indicator in service.catalogue.indicators}
    return {key: one_series(session, service, key) for key in keys if key[0] in known}


def _keep(session: Session, changes: Changes, pieces: Sequence[Evidence], now: datetime) -> list[Evidence]:
    for one in changes.gathered:
        for reading in one.readings:
            if reading.fetched is None:
                continue
            fetched = replace(reading.fetched, source=one.source)
            sha256 = snapshots.save_snapshot(session, fetched)
            if one.configured:
                snapshots.note_seen(session, one.source, fetched.address, sha256, now)
    for decision in changes.decisions:
        decisions.add_decision(session, decision)
    new = evidence.add_evidence(session, pieces)
    revived = _revive(session, pieces, now)
    disputed = newly_disputed(session, pieces)
    rereadings.add_rereadings(session, [_again(id, Standing.STANDS, one, None, now) for id, one in disputed])
    _settle(session, changes.settled, now)
    _judge(session, changes.judged)
    return [*new, *revived]


def _judge(session: Session, judged: Sequence[tuple[Evidence, Decision]]) -> None:
    """Keep the words that came with rows; one that is kept already is not kept twice."""
    pieces = evidence.recorded(session, [piece for piece, _ in judged])
    for piece, (_, word) in zip(pieces, judged, strict=True):
        if piece is not None:
            said = replace(word, evidence=piece.id)
            if said not in decisions.decisions_on(session, piece.id):
                decisions.add_decision(session, said)


def _revive(session: Session, pieces: Sequence[Evidence], now: datetime) -> list[Evidence]:
    """What a replay had withdrawn counts again once a document is read that states it."""
    if not rereadings.any_rereading(session):
        return []
    known = {one.id: piece for one, piece in zip(evidence.recorded(session, pieces), pieces, strict=True) if one}
    newest = rereadings.newest_rereadings(session, known)
    gone = {id: known[id] for id, again in newest.items() if again.standing is not Standing.STANDS}
    rereadings.add_rereadings(session, [_again(id, Standing.STANDS, today, None, now) for id, today in gone.items()])
    return [replace(piece, id=id) for id, piece in gone.items()]


def _settle(session: Session, settled: Sequence[Settled], now: datetime) -> None:
    """Keep what became of recorded evidence, now that what is read in its place has its number."""
    heirs = evidence.recorded(session, [one.today or one.piece for one in settled])
    rows = []
    for one, heir in zip(settled, heirs, strict=True):
        successor = heir.id if one.today and heir and heir.id != one.piece.id else None
        rows.append(_again(one.piece.id, one.standing, one.today or one.piece, successor, now))
    rereadings.add_rereadings(session, rows)


def _again(id: int, standing: Standing, today: Evidence, successor: int | None, now: datetime) -> Rereading:
    return Rereading(
        evidence=id,
        standing=standing,
        rule_version=RULE_VERSION,
        confidence=today.confidence,
        accepted=today.accepted,
        at=now,
        of=today.figure.of,
        base=today.base,
        successor=successor,
        second=today.second,
    )


def _gone(session: Session, gathered: Iterable[Gathered], now: datetime, service: Service) -> list[Alert]:
    """What a document stated before and does not state any more."""
    found: list[Alert] = []
    for one in gathered:
        for reading in one.readings:
            if one.configured and reading.fetched is not None:
                earlier = evidence.evidence_of_document(session, one.source, reading.name)
                found += vanished(earlier, reading.statements, _watched(service, service.targets), now)
    return found


def _note_sources(session: Session, gathered: Iterable[Gathered], states: Mapping[str, SourceState]) -> None:
    for state in states.values():
        sources.put_source_state(session, state)
    for one in gathered:
        for address, validators in one.validators.items():
            sources.put_validators(session, one.source, address, validators)
