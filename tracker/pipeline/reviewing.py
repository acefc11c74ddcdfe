"""What waits for a person, and what follows from the person's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.alerting.titles import say_goal
from tracker.domain.observation import Decision, DoubtReason, Evidence
from tracker.errors import UsageError
from tracker.language import say_doubt
from tracker.pipeline.record import Changes, record
from tracker.pipeline.service import Service
from tracker.pipeline.view import known_keys, one_series, open_restatements
from tracker.report.as_json import evidence_json
from tracker.report.words import word
from tracker.store import evidence


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide: ``what`` is ``doubtful``, ``conflict`` or ``target``, ``why`` a sentence."""

    what: str
    evidence: Evidence
    why: str


def waiting(session: Session, service: Service) -> Iterator[Waiting]:
    """Doubtful figures, conflicts and moved targets of every configured series, as of today."""
    for key in known_keys(session, service):
        series = one_series(session, service, key)
        unit = service.catalogue.indicator(key[0]).unit.value
        for one in open_restatements(service, key, series):
            goal = say_goal(one.target, unit, service.language)
            yield Waiting("target", one.evidence, f"{one.target.id}: {goal} ({word('shown', service.language)})")
        for doubt in series.doubtful:
            if doubt.reason is not DoubtReason.REJECTED:
                yield Waiting("doubtful", doubt.evidence, say_doubt(doubt.reason, service.language))
        for observation in series.observations:
            for other in observation.conflicting:
                lead = observation.lead
                shown = word("shown", service.language)
                yield Waiting("conflict", other, f"{lead.source}: {lead.figure.value} ({shown}, #{lead.id})")


def waiting_json(one: Waiting) -> dict[str, Any]:
    """The same for programs."""
    piece = one.evidence
    return {
        "id": piece.id,
        "what": one.what,
        "why": one.why,
        "indicator": piece.indicator,
        "area": piece.area,
        "confidence": piece.confidence,
        **evidence_json(piece),
    }


def decide(service: Service, decision: Decision, now: datetime) -> Evidence:
    """Keep the decision and everything that follows from it; ``UsageError`` where the id is unknown."""
    with service.store.read() as session:
        piece = evidence.evidence_by_id(session, decision.evidence)
    if piece is None:
        raise UsageError(f"nothing recorded has the number {decision.evidence}; `tracker review list` shows what waits")
    record(service, Changes(decisions=(decision,), decided=(piece,)), now)
    return piece
