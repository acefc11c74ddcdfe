"""A figure: a number with its unit and the words that hedge it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """What an indicator is counted in. Money is in base units: 299.63 billion USD = 299630000000."""

    PERCENT = "percent"
    RANK = "rank"
    COUNT = "count"
    VND = "VND"
    USD = "USD"
    INDEX = "index"
    RATIO = "ratio"


class ChangeUnit(StrEnum):
    """What a stated change is counted in, beside the indicator's own unit for an absolute change."""

    PP = "pp"
    PERCENT_CHANGE = "percent_change"
    PLACES = "places"
    POINTS = "points"
    TIMES = "times"


class Qualifier(StrEnum):
    """How a text hedges a number; on a signed change it refers to the size."""

    EXACT = "exact"
    ABOUT = "about"
    ALMOST = "almost"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` alone, or the range ``value`` to ``high``; a percent is 96, never 0.96.

    ``unit`` is the text of a :class:`Unit` or :class:`ChangeUnit`. ``of`` is the size of a
    ranking, or the total of a completed count (35 of 35).
    """

    value: Decimal
    unit: str
    high: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    of: int | None = None

    def same_number(self, other: Figure) -> bool:
        """Whether both print the same number; hedges and the size of the ranking aside."""
        return (self.value, self.high, self.unit) == (other.value, other.high, other.unit)
