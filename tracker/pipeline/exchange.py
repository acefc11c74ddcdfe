"""Statements and recorded evidence as data for programs: one JSON line each."""

from __future__ import annotations

from typing import Any

from tracker.domain.observation import Evidence
from tracker.domain.period import Period
from tracker.domain.statement import Published, Statement
from tracker.pipeline.second_views import said_line
from tracker.report.as_json import number


def statement_json(statement: Statement) -> dict[str, Any]:
    """One statement as ``tracker read --json`` prints it."""
    return _line(statement, statement.period, statement.published)


def evidence_json(piece: Evidence) -> dict[str, Any]:
    """Recorded evidence as the same line; what a second reader said of it stands in ``second``."""
    second = {} if piece.second is None else {"second": said_line(piece.second)}
    period = piece.period if piece.period_stated else None
    published = piece.published if piece.published.origin != "retrieved" else None
    return second | _line(piece, period, published)


def _line(one: Statement | Evidence, period: Period | None, published: Published | None) -> dict[str, Any]:
    figure = one.figure
    return {
        "doc": one.doc,
        "indicator": one.indicator,
        "area": one.area,
        "kind": one.kind.value,
        "value": number(figure.value),
        "value_high": number(figure.high),
        "unit": figure.unit,
        "qualifier": figure.qualifier.value,
        "period": str(period) if period else None,
        "precision": period.precision.value if period else None,
        "published": str(published.period) if published else None,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "of": figure.of,
        "base": one.base,
        "confidence": round(one.confidence, 4),
        "accepted": one.accepted,
    }


def rules_json(statement: Statement) -> list[dict[str, Any]]:
    """Why it was read so: the rules that fired, the weightiest first."""
    return [{"id": rule.id, "text": rule.text, "weight": rule.weight} for rule in statement.rules]
