"""Statements as data for programs: one JSON line each."""

from __future__ import annotations

from typing import Any

from tracker.domain.statement import Statement
from tracker.report.as_json import number


def statement_json(statement: Statement) -> dict[str, Any]:
    """One statement as ``tracker read --json`` prints it."""
    figure, period, published = statement.figure, statement.period, statement.published
    return {
        "doc": statement.doc,
        "indicator": statement.indicator,
        "area": statement.area,
        "kind": statement.kind.value,
        "value": number(figure.value),
        "value_high": number(figure.high),
        "unit": figure.unit,
        "qualifier": figure.qualifier.value,
        "period": str(period) if period else None,
        "precision": period.precision.value if period else None,
        "published": str(published.period) if published else None,
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "of": figure.of,
        "base": statement.base,
        "confidence": round(statement.confidence, 4),
        "accepted": statement.accepted,
    }


def rules_json(statement: Statement) -> list[dict[str, Any]]:
    """Why it was read so: the rules that fired, the weightiest first."""
    return [{"id": rule.id, "text": rule.text, "weight": rule.weight} for rule in statement.rules]
