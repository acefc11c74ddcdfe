"""What waits for a person, and what follows from the person's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.alerting.titles import say_goal
from tracker.domain.observation import Decision, DoubtReason, Evidence
from tracker.domain.statement import Kind
from tracker.errors import UsageError
from tracker.language import say_doubt
from tracker.language.readings import phrase
from tracker.pipeline.record import Changes, record
from tracker.pipeline.second_views import say_view, view_json
from tracker.pipeline.service import Service
from tracker.pipeline.view import Key, known_keys, one_series, open_restatements
from tracker.report.as_json import evidence_json
from tracker.report.words import word
from tracker.series import undecided
from tracker.store import decisions, evidence


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide: ``what`` is ``doubtful``, ``conflict`` or ``target``, ``why`` a sentence.

    Where a second reader is asked also ``disputed`` (it reads otherwise) and ``proposed`` (it alone reads it).
    """

    what: str
    evidence: Evidence
    why: str


def waiting(session: Session, service: Service) -> Iterator[Waiting]:
    """Doubtful figures, conflicts and moved targets of every configured series, as of today.

    Then every view of a second reader that nobody has decided on, of whatever kind the statement is.
    """
    for key in known_keys(session, service):
        series = one_series(session, service, key)
        unit = service.catalogue.indicator(key[0]).unit.value
        for one in open_restatements(service, key, series):
            goal = say_goal(one.target, unit, service.language)
            yield Waiting("target", one.evidence, f"{one.target.id}: {goal} ({word('shown', service.language)})")
        for doubt in series.doubtful:
            if doubt.reason not in (DoubtReason.REJECTED, DoubtReason.SECOND_READER):
                yield Waiting("doubtful", doubt.evidence, say_doubt(doubt.reason, service.language))
        for observation in series.observations:
            for other in observation.conflicting:
                lead = observation.lead
                shown = word("shown", service.language)
                yield Waiting("conflict", other, f"{lead.source}: {lead.figure.value} ({shown}, #{lead.id})")
    yield from _second_views(session, service)


def _second_views(session: Session, service: Service) -> Iterator[Waiting]:
    comparators = service.catalogue.comparators()
    by_key: dict[Key, list[Evidence]] = {}
    for piece in evidence.second_views(session):
        by_key.setdefault((piece.indicator, piece.area), []).append(piece)
    looked_for = {(one.id, area) for one in service.catalogue.indicators for area in one.scope | comparators}
    for key in sorted(looked_for & set(by_key)):
        for piece in undecided(by_key[key], decisions.decisions_of(session, *key)):
            yield Waiting("disputed" if piece.disputed else "proposed", piece, _both_views(piece, service.language))


def _both_views(piece: Evidence, language: str) -> str:
    """What the rules read and what the second reader does; what a yes would do to a target is said."""
    assert piece.second is not None  # noqa: S101 - the caller looked
    said = say_view(piece.second, piece.indicator, piece.kind, language)
    return f"{said}; {phrase('would_be_target', language)}" if piece.kind is Kind.TARGET else said


def waiting_json(one: Waiting) -> dict[str, Any]:
    """The same for programs."""
    piece = one.evidence
    second = {} if piece.second is None else {"kind": piece.kind.value, "second": view_json(piece.second)}
    return {
        "id": piece.id,
        "what": one.what,
        "why": one.why,
        "indicator": piece.indicator,
        "area": piece.area,
        "confidence": piece.confidence,
        **evidence_json(piece),
        **second,
    }


def decide(service: Service, decision: Decision, now: datetime) -> Evidence:
    """Keep the decision and everything that follows from it; ``UsageError`` where the id is unknown."""
    with service.store.read() as session:
        piece = evidence.evidence_by_id(session, decision.evidence)
    if piece is None:
        raise UsageError(f"nothing recorded has the number {decision.evidence}; `tracker review list` shows what waits")
    record(service, Changes(decisions=(decision,), decided=(piece,)), now)
    return piece
