"""Statements of one document as evidence: with their provenance, and a period in any case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tracker.domain.observation import Evidence
from tracker.domain.period import Period
from tracker.domain.statement import Published, Statement


def evidence_of(
    statements: Iterable[Statement],
    *,
    source: str,
    snapshot: str | None,
    rule_version: str,
    recorded_at: datetime,
    retrieved: date | None = None,
) -> list[Evidence]:
    """Statements of every kind, in their order, not yet recorded (``id`` 0).

    A figure without a period gets the publication date; a document without a date counts as
    published on ``retrieved``, the day it was fetched (default: the UTC day of ``recorded_at``).
    """
    fallback = Published(Period.day(retrieved or recorded_at.date()), "retrieved")
    found: list[Evidence] = []
    for one in statements:
        published = one.published or fallback
        found.append(
            Evidence(
                id=0,
                indicator=one.indicator,
                area=one.area,
                kind=one.kind,
                figure=one.figure,
                period=one.period or published.period,
                period_stated=one.period is not None,
                published=published,
                source=source,
                doc=one.doc,
                quote=one.quote,
                start=one.start,
                end=one.end,
                snapshot=snapshot,
                rule_version=rule_version,
                confidence=one.confidence,
                accepted=one.accepted,
                recorded_at=recorded_at,
                base=one.base,
            )
        )
    return found
