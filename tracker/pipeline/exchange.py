"""Figures in and out as data: a statement as a JSON line, observations from a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tracker.domain.figure import Figure, Qualifier
from tracker.domain.indicator import Catalogue, Indicator
from tracker.domain.observation import Evidence
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published, Statement
from tracker.errors import UsageError
from tracker.pipeline.naming import say_unknown
from tracker.report.as_json import number

REQUIRED = ("indicator", "area", "period", "value")
OPTIONAL = ("value_high", "qualifier", "of", "published", "source", "note")
#: The rules of an imported row are the person who made the table.
TABLE_RULES = "table"
_MOST_MISTAKES = 50


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


def read_table(path: Path, catalogue: Catalogue, recorded_at: datetime) -> list[Evidence]:
    """Observations from a CSV file; ``UsageError`` names every bad row by its line, and then none is taken."""
    text = _text_of(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    _check_header(path, reader.fieldnames)
    checker = _RowReader(path.name, catalogue, recorded_at)
    taken: list[Evidence] = []
    mistakes: list[str] = []
    try:
        for row in reader:
            try:
                taken.append(checker.read(row))
            except ValueError as error:
                mistakes.append(f"{path}:{reader.line_num}: {error}")
    except csv.Error as error:
        mistakes.append(f"{path}:{reader.line_num}: not a table of comma-separated values ({error})")
    if mistakes:
        more = len(mistakes) - _MOST_MISTAKES
        tail = [f"… and {more} more"] if more > 0 else []
        raise UsageError("\n".join([*mistakes[:_MOST_MISTAKES], *tail, "nothing was imported"]))
    return taken


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"the table {path} could not be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"the table {path} is not UTF-8 (byte {error.start}); save it as UTF-8 CSV") from None


def _check_header(path: Path, names: Sequence[str] | None) -> None:
    expected = f"expected {','.join(REQUIRED)} and optionally {','.join(OPTIONAL)}"
    if not names:
        raise UsageError(f"{path}:1: the table is empty; {expected}")
    problems = [f"the column {name!r} is missing" for name in REQUIRED if name not in names]
    problems += [f"unknown column {name!r}" for name in names if name not in REQUIRED + OPTIONAL]
    problems += [f"the column {name!r} stands twice" for name in sorted({n for n in names if names.count(n) > 1})]
    if problems:
        raise UsageError(f"{path}:1: {'; '.join(problems)}; {expected}")


@dataclass(slots=True)
class _RowReader:
    """Checks rows one by one; every complaint is a ``ValueError`` in a person's words."""

    table: str
    catalogue: Catalogue
    recorded_at: datetime

    def read(self, row: dict[str | None, Any]) -> Evidence:
        """One row as evidence; its quote is the row itself."""
        if None in row:
            raise ValueError(f"{len(row[None])} cells too many")
        cells = {str(name): (cell or "").strip() for name, cell in row.items()}
        indicator = self._indicator(cells["indicator"])
        period = _period(cells["period"], "period")
        published = _period(cells["published"], "published") if cells.get("published") else Period.day(period.end)
        quote = ",".join(f"{name}={cell}" for name, cell in cells.items() if cell)
        return Evidence(
            id=0,
            indicator=indicator.id,
            area=self._area(cells["area"], indicator),
            kind=Kind.OBSERVATION,
            figure=_figure(cells, indicator),
            period=period,
            period_stated=True,
            published=Published(published, "given" if cells.get("published") else "period"),
            source=cells.get("source") or "import",
            doc=self.table,
            quote=quote,
            start=0,
            end=len(quote),
            snapshot=None,
            rule_version=TABLE_RULES,
            confidence=1.0,
            accepted=True,
            recorded_at=self.recorded_at,
            note=cells.get("note", ""),
        )

    def _indicator(self, id: str) -> Indicator:
        try:
            return self.catalogue.indicator(id)
        except KeyError:
            known = [indicator.id for indicator in self.catalogue.indicators]
            raise ValueError(say_unknown("indicator", id, known)) from None

    def _area(self, id: str, indicator: Indicator) -> str:
        area = id or indicator.area
        if area is None:
            raise ValueError(f"no area, and the indicator {indicator.id!r} has no area of its own")
        if area not in indicator.scope and area not in self.catalogue.comparators():
            tracked = ", ".join(sorted(indicator.scope)[:8])
            raise ValueError(f"{area!r} is no tracked area of {indicator.id!r}; expected one of {tracked}")
        return area


def _period(text: str, column: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise ValueError(f"{column}: {error}") from None


def _figure(cells: dict[str, str], indicator: Indicator) -> Figure:
    value = _decimal(cells["value"], "value")
    high = _decimal(cells["value_high"], "value_high") if cells.get("value_high") else None
    if high is not None and high <= value:
        raise ValueError(f"value_high {high} must be more than value {value}")
    word = cells.get("qualifier") or Qualifier.EXACT.value
    try:
        qualifier = Qualifier(word)
    except ValueError:
        raise ValueError(f"unknown qualifier {word!r}; expected one of {', '.join(Qualifier)}") from None
    of = cells.get("of")
    if of and not of.isdecimal():
        raise ValueError(f"of: {of!r} is no whole number")
    return Figure(value, indicator.unit.value, high, qualifier, int(of) if of else None)


def _decimal(text: str, column: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{column}: {text!r} is no number; expected plain digits as 1234.5") from None
    if not value.is_finite():
        raise ValueError(f"{column}: {text!r} is no number")
    return value
