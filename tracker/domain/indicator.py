"""What is tracked: areas and indicators."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.figure import Unit
from tracker.domain.period import Period


class Better(StrEnum):
    """The direction in which an indicator improves."""

    LOWER = "lower"
    HIGHER = "higher"

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is."""
        return 1 if self is Better.HIGHER else -1


@dataclass(frozen=True, slots=True)
class Area:
    """Whom a figure can be about. A ``comparator`` is only ever compared with."""

    id: str
    names: tuple[str, ...]
    comparator: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A change of method: figures before ``period`` do not compare with those from it on."""

    period: Period
    note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measured thing. ``names`` holds language code to name, ``vi`` and ``en``.

    ``scope`` holds the areas that are tracked, already expanded; ``area`` is whom a figure is
    about when the text names nobody, None where the configuration names no such area. ``accumulates``:
    figures add up from the beginning of each year; None where the figures are to show it themselves.
    """

    id: str
    names: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]
    unit: Unit
    better: Better
    area: str | None
    scope: frozenset[str]
    breaks: tuple[Break, ...] = ()
    accumulates: bool | None = None

    def name(self, language: str) -> str:
        """The name in ``language``, else in any other, else the id."""
        names = dict(self.names)
        return names.get(language) or next(iter(names.values()), self.id)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that readings are looked up in. Order is the configuration's."""

    areas: tuple[Area, ...]
    indicators: tuple[Indicator, ...]

    def indicator(self, id: str) -> Indicator:
        """``KeyError`` where the id is not configured."""
        for indicator in self.indicators:
            if indicator.id == id:
                return indicator
        raise KeyError(id)

    def comparators(self) -> frozenset[str]:
        """The ids of the areas that are only compared with."""
        return frozenset(area.id for area in self.areas if area.comparator)
