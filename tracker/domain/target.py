"""A target: a promised value and its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.domain.period import Period


class Comparator(StrEnum):
    """Which side of its value a target asks for."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where the way to a target begins."""

    value: Decimal
    period: Period


@dataclass(frozen=True, slots=True)
class Stated:
    """Who stated the target, in which words."""

    quote: str = ""
    url: str = ""
    published: Period | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """``value`` None is a target without a number. ``by`` is an inclusive day in the service's zone."""

    id: str
    indicator: str
    area: str
    comparator: Comparator
    value: Decimal | None
    by: date
    baseline: Baseline | None = None
    method: str | None = None
    stated: Stated | None = None

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is."""
        return 1 if self.comparator is Comparator.AT_LEAST else -1

    def met_by(self, value: Decimal) -> bool:
        """Whether ``value`` reaches the target; never true for a target without a number."""
        return self.value is not None and self.sign * (value - self.value) >= 0
