"""People's words on evidence: appended; the newest counts."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from tracker.domain.observation import Decision, Verdict
from tracker.errors import StateError
from tracker.store.inserting import insert_new
from tracker.store.rereadings import heirs
from tracker.store.tables import DecisionRow, EvidenceRow


def add_decision(session: Session, decision: Decision) -> None:
    """Keep who said what, when; ``StateError`` where there is no such evidence."""
    if session.get(EvidenceRow, decision.evidence) is None:
        raise StateError(f"there is no figure {decision.evidence} to decide on")
    row = {
        "evidence": decision.evidence,
        "verdict": decision.verdict.value,
        "who": decision.who,
        "at": decision.at,
        "note": decision.note,
    }
    insert_new(session, "decision", [row])


def decisions_of(session: Session, indicator: str, area: str) -> list[Decision]:
    """Every word on evidence of one series, oldest first.

    A word on evidence that was restated counts as one on what is read in its place.
    """
    query = (
        select(DecisionRow)
        .join(EvidenceRow, col(EvidenceRow.id) == col(DecisionRow.evidence))
        .where(EvidenceRow.indicator == indicator, EvidenceRow.area == area)
        .order_by(col(DecisionRow.id))
    )
    found = [_decision(row) for row in session.exec(query)]
    gone_over = heirs(session, {one.evidence for one in found})
    return [replace(one, evidence=gone_over.get(one.evidence, one.evidence)) for one in found]


def decisions_on(session: Session, evidence: int) -> list[Decision]:
    """Every word on one piece of evidence, oldest first."""
    query = select(DecisionRow).where(DecisionRow.evidence == evidence).order_by(col(DecisionRow.id))
    return [_decision(row) for row in session.exec(query)]


def _decision(row: DecisionRow) -> Decision:
    return Decision(row.evidence, Verdict(row.verdict), row.who, row.at, row.note)
