"""Where each part of a configuration was written, and the mistakes found so far."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.errors import Mistake

_LONGEST = 600
_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})

Loc = tuple[str | int, ...]
"""The way from the root of the merged configuration to a part of it: ``("targets", 0, "by")``."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A line and a column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands. ``path`` is its way from the root of its own file; ``key`` is None in lists."""

    file: str
    path: Loc
    value: Spot
    key: Spot | None = None


@dataclass(slots=True)
class Findings:
    """The mistakes found so far. ``order`` ranks the files as they were read."""

    places: dict[Loc, Place] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    order: dict[str, int] = field(default_factory=dict)
    told: set[Loc] = field(default_factory=set)

    def add(self, loc: Loc, text: str, *, at_key: bool = False) -> None:
        """Note that the part at ``loc`` is wrong; only the first mistake of a part is kept."""
        if loc in self.told:
            return
        self.told.add(loc)
        known = loc
        while known and known not in self.places:
            known = known[:-1]
        place = self.places.get(known) or self._root()
        spot = place.key if at_key and place.key and known == loc else place.value
        path = path_text(place.path + loc[len(known) :])
        self.note(place.file, spot, path, text)

    def note(self, file: str, spot: Spot, path: str, text: str) -> None:
        """Note a mistake at ``spot`` of ``file``, on one line whatever the text holds."""
        self.mistakes.append(Mistake(file, spot.line, spot.column, one_line(path), one_line(text)))

    def where(self, loc: Loc) -> str:
        """The place of the part at ``loc`` as ``file:line:column``."""
        place = self.places[loc]
        spot = place.key or place.value
        return f"{place.file}:{spot.line}:{spot.column}"

    def sorted(self) -> list[Mistake]:
        """All mistakes in order of file, line and column."""
        return sorted(self.mistakes, key=lambda one: (self.order.get(one.file, 0), one.line, one.column))

    def _root(self) -> Place:
        file = next(iter(self.order), "")
        return Place(file, (), Spot(1, 1))


def one_line(text: str) -> str:
    """``text`` with a space for every line break and control character, cut where it is very long."""
    plain = "".join(" " if unicodedata.category(sign) in _BREAKING else sign for sign in text[:_LONGEST])
    return plain if len(text) <= _LONGEST else plain + "…"


def path_text(loc: Loc) -> str:
    """``("targets", 0, "by")`` as ``targets[0].by``."""
    text = ""
    for step in loc:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def closest(word: str, words: Iterable[str]) -> str:
    """``; did you mean 'x'?`` where one of ``words`` is close to ``word``, else nothing."""
    folded = {known.casefold(): known for known in words}
    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.65)
    return f"; did you mean '{folded[near[0]]}'?" if near else ""


def listed(words: Iterable[str], limit: int = 12) -> str:
    """``a, b, c``; beyond ``limit`` only how many more there are."""
    known = list(words)
    shown = ", ".join(known[:limit])
    return shown if len(known) <= limit else f"{shown} and {len(known) - limit} more"
