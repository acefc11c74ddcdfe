"""Observations as rows of a table: what each column holds, and what a row must be to be taken.

A row is a map of texts, column to cell; an empty cell is a missing one. Everything that ever decides
which figure is shown has a column, so that a table can carry a whole history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.domain.indicator import Catalogue, Indicator
from tracker.domain.observation import TABLE_RULES, Decision, Evidence, Verdict
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.pipeline.naming import say_unknown

Cells = Mapping[str, str]
_Member = TypeVar("_Member", bound=StrEnum)
_Value = TypeVar("_Value")

REQUIRED = ("indicator", "area", "period", "value")
OPTIONAL = ("value_high", "qualifier", "of", "published", "source", "note")
#: What an export adds, so that an import makes the same history of it.
KEPT = (
    "unit",
    "kind",
    "doc",
    "quote",
    "start",
    "rules",
    "confidence",
    "accepted",
    "recorded",
    "decision",
    "decided_by",
    "decided_at",
    "decision_note",
)
COLUMNS = (*REQUIRED, *OPTIONAL, *KEPT)
#: Cells taken letter by letter; of the others the blanks around do not count.
VERBATIM = frozenset({"doc", "quote", "decision_note"})
_MOST_DIGITS = 40
_MOST_COUNTED = 9
LEVELS = (Kind.OBSERVATION, Kind.REFERENCE)


def cells_of(piece: Evidence, word: Decision | None) -> dict[str, str]:
    """One row for a recorded figure and the newest word of a person on it."""
    figure = piece.figure
    return {
        "indicator": piece.indicator,
        "area": piece.area,
        "period": str(piece.period),
        "value": str(figure.value),
        "value_high": "" if figure.high is None else str(figure.high),
        "qualifier": figure.qualifier.value,
        "of": "" if figure.of is None else str(figure.of),
        "published": str(piece.published.period),
        "source": piece.source,
        "note": piece.note,
        "unit": str(figure.unit),
        "kind": piece.kind.value,
        "doc": piece.doc,
        "quote": piece.quote,
        "start": str(piece.start),
        "rules": piece.rule_version,
        "confidence": repr(piece.confidence),
        "accepted": "true" if piece.accepted else "false",
        "recorded": piece.recorded_at.isoformat(),
        "decision": "" if word is None else word.verdict.value,
        "decided_by": "" if word is None else word.who,
        "decided_at": "" if word is None else word.at.isoformat(),
        "decision_note": "" if word is None else word.note,
    }


def takes(indicator: Indicator, area: str, catalogue: Catalogue) -> bool:
    """Whether figures of ``indicator`` are kept for ``area``: a tracked one, or one to compare with."""
    return area in indicator.scope or area in catalogue.comparators()


class RowReader:
    """Checks rows one by one; every complaint is a ``ValueError`` in a person's words."""

    def __init__(self, table: str, catalogue: Catalogue, recorded_at: datetime) -> None:
        self._table = table
        self._recorded_at = recorded_at
        self._catalogue = catalogue
        self._indicators = {indicator.id: indicator for indicator in catalogue.indicators}
        self._areas: set[tuple[str, str]] = set()

    def read(self, row: Cells) -> tuple[Evidence, Decision | None]:
        """One row as evidence, with a person's word on it where the row carries one.

        The decision's ``evidence`` is 0: the number is the store's to give.
        """
        cells = {name: cell if name in VERBATIM else cell.strip() for name, cell in row.items()}
        indicator = self._indicator(cells["indicator"])
        period = _period(cells["period"], "period")
        given = cells.get("published")
        published = _period(given, "published") if given else Period.day(period.end)
        quote = cells.get("quote") or ",".join(f"{name}={cell}" for name, cell in cells.items() if cell)
        start = _whole(cells.get("start") or "0", "start")
        rules = cells.get("rules") or TABLE_RULES
        piece = Evidence(
            id=0,
            indicator=indicator.id,
            area=self._area(cells["area"], indicator),
            kind=_one_of(LEVELS, cells.get("kind") or Kind.OBSERVATION.value, "kind"),
            figure=_figure(cells, indicator, by_hand=rules == TABLE_RULES),
            period=period,
            period_stated=True,
            published=Published(published, "given" if given else "period"),
            source=cells.get("source") or "import",
            doc=cells.get("doc") or self._table,
            quote=quote,
            start=start,
            end=start + len(quote),
            snapshot=None,
            rule_version=rules,
            confidence=_share(cells.get("confidence") or "1", "confidence"),
            accepted=_flag(cells.get("accepted") or "true", "accepted"),
            recorded_at=_moment(cells["recorded"], "recorded") if cells.get("recorded") else self._recorded_at,
            note=cells.get("note", ""),
        )
        return piece, self._decision(cells)

    def _decision(self, cells: Cells) -> Decision | None:
        verdict = cells.get("decision")
        if not verdict:
            return None
        at = cells.get("decided_at")
        return Decision(
            evidence=0,
            verdict=_one_of(tuple(Verdict), verdict, "decision"),
            who=cells.get("decided_by") or "import",
            at=_moment(at, "decided_at") if at else self._recorded_at,
            note=cells.get("decision_note", ""),
        )

    def _indicator(self, id: str) -> Indicator:
        try:
            return self._indicators[id]
        except KeyError:
            raise ValueError(say_unknown("indicator", id, self._indicators)) from None

    def _area(self, id: str, indicator: Indicator) -> str:
        area = id or indicator.area
        if area is None:
            raise ValueError(f"no area, and the indicator {indicator.id!r} has no area of its own")
        if (indicator.id, area) not in self._areas:
            if not takes(indicator, area, self._catalogue):
                tracked = ", ".join(sorted(indicator.scope)[:8])
                raise ValueError(f"{area!r} is no tracked area of {indicator.id!r}; expected one of {tracked}")
            self._areas.add((indicator.id, area))
        return area


def _figure(cells: Cells, indicator: Indicator, *, by_hand: bool) -> Figure:
    value = _decimal(cells["value"], "value")
    high = _decimal(cells["value_high"], "value_high") if cells.get("value_high") else None
    if high is not None and high <= value:
        raise ValueError(f"value_high {high} must be more than value {value}")
    unit = cells.get("unit")
    if unit and unit != indicator.unit.value:
        raise ValueError(f"unit: {unit!r}, but {indicator.id!r} is counted in {indicator.unit.value}")
    qualifier = _one_of(tuple(Qualifier), cells.get("qualifier") or Qualifier.EXACT.value, "qualifier")
    of = _whole(cells["of"], "of") if cells.get("of") else None
    figure = Figure(value, indicator.unit.value, high, qualifier, of)
    if by_hand:
        _refuse_impossible(figure)
    return figure


def _refuse_impossible(figure: Figure) -> None:
    """A figure that a person wrote is taken at its word, unless the row contradicts itself."""
    top = figure.value if figure.high is None else figure.high
    if figure.unit == Unit.RANK and (figure.value < 1 or any(one % 1 for one in (figure.value, top))):
        raise ValueError(f"value: {figure.value} is no rank; expected a whole number from 1")
    if figure.unit in (Unit.RANK, Unit.COUNT) and figure.of is not None and top > figure.of:
        raise ValueError(f"value: {top} is more than of, {figure.of}")


def _period(text: str, column: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise ValueError(f"{column}: {error}") from None


def _one_of(members: tuple[_Member, ...], text: str, column: str) -> _Member:
    for member in members:
        if member.value == text:
            return member
    raise ValueError(f"unknown {column} {text!r}; expected one of {', '.join(members)}")


def _decimal(text: str, column: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{column}: {text!r} is no number; expected plain digits as 1234.5") from None
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"{column}: {text!r} is no number that anything is counted in")
    return value


def _whole(text: str, column: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > _MOST_COUNTED:
        raise ValueError(f"{column}: {text!r} is no whole number that anything is counted in")
    return int(text)


def _share(text: str, column: str) -> float:
    share = _parsed(float, text, column, "number from 0 to 1")
    if not 0 <= share <= 1:
        raise ValueError(f"{column}: {text!r} is no number from 0 to 1")
    return share


def _flag(text: str, column: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(f"{column}: {text!r}; expected true or false")
    return text.lower() == "true"


def _moment(text: str, column: str) -> datetime:
    moment = _parsed(datetime.fromisoformat, text, column, "time as 2025-01-31T08:00:00+00:00")
    if moment.tzinfo is None:
        raise ValueError(f"{column}: {text!r} says no time zone; expected one as 2025-01-31T08:00:00+00:00")
    return moment.astimezone(UTC)


def _parsed(parse: Callable[[str], _Value], text: str, column: str, expected: str) -> _Value:
    try:
        return parse(text)
    except ValueError:
        raise ValueError(f"{column}: {text!r} is no {expected}") from None
