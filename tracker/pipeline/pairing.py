"""Two readings of one document held against each other: what is missing, what is new, what changed.

A *line* is a statement as ``tracker read --json`` prints it. Lines that agree in everything are the
same; of the rest, those that stand at the same place and share their number or their indicator are one
statement that changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Line: TypeAlias = Mapping[str, Any]

FIELDS = (
    "indicator",
    "area",
    "kind",
    "value",
    "value_high",
    "unit",
    "qualifier",
    "period",
    "published",
    "of",
    "base",
    "accepted",
    "quote",
    "start",
    "end",
)
#: What may differ between two lines that make the same statement.
WORDING = frozenset({"quote", "start", "end", "published", "qualifier", "of", "base", "accepted"})
_NUMBER = ("value", "value_high", "unit")
_LIKENESS = ("kind", "period", "area", "qualifier")


@dataclass(frozen=True, slots=True)
class Difference:
    """``was`` alone is missing now, ``now`` alone is new; with both, ``fields`` names what differs.

    ``old`` and ``new`` are the places in what was compared; None where there is none.
    """

    was: Line | None
    now: Line | None
    fields: tuple[str, ...] = ()
    old: int | None = None
    new: int | None = None

    @property
    def same_statement(self) -> bool:
        """Whether both sides state the same, in other words or with another certainty."""
        return self.was is not None and self.now is not None and WORDING.issuperset(self.fields)


def differences(was: Sequence[Line], now: Sequence[Line]) -> list[Difference]:
    """What differs, in the order of the text; nothing for two readings that agree."""
    old, new = _without_equals(was, now)
    found: list[Difference] = []
    for first, second in _pairs(was, now, old, new):
        old.remove(first)
        new.remove(second)
        changed = tuple(name for name in FIELDS if was[first].get(name) != now[second].get(name))
        found.append(Difference(was[first], now[second], changed, first, second))
    found += [Difference(was[at], None, old=at) for at in old]
    found += [Difference(None, now[at], new=at) for at in new]
    return sorted(found, key=_place)


def _without_equals(was: Sequence[Line], now: Sequence[Line]) -> tuple[list[int], list[int]]:
    waiting: dict[tuple[object, ...], list[int]] = {}
    for at, line in enumerate(now):
        waiting.setdefault(_all_of(line), []).append(at)
    old = []
    for at, line in enumerate(was):
        equal = waiting.get(_all_of(line))
        if equal:
            equal.pop(0)
        else:
            old.append(at)
    return old, sorted(at for rest in waiting.values() for at in rest)


def _pairs(was: Sequence[Line], now: Sequence[Line], old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """The likeliest pairs first; each line in one of them at most."""
    scored = [
        (-score, first, second) for first in old for second in new if (score := _likeness(was[first], now[second]))
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _, first, second in sorted(scored):
        if first not in taken_old and second not in taken_new:
            taken_old.add(first)
            taken_new.add(second)
            pairs.append((first, second))
    return pairs


def _likeness(one: Line, other: Line) -> int:
    """How surely two lines are one statement; 0 where they are two."""
    overlap = bool(one["start"] < other["end"] and other["start"] < one["end"])
    if not overlap and one["quote"] != other["quote"]:
        return 0
    number = all(one.get(name) == other.get(name) for name in _NUMBER)
    indicator = bool(one["indicator"] == other["indicator"])
    if not number and not indicator:
        return 0
    alike: int = sum(1 for name in _LIKENESS if one.get(name) == other.get(name))
    return 8 * int(number) + 6 * int(indicator) + alike + int(overlap)


def _all_of(line: Line) -> tuple[object, ...]:
    return tuple(line.get(name) for name in FIELDS)


def _place(one: Difference) -> tuple[int, int, int]:
    line = one.now or one.was or {}
    return line["start"], line["end"], one.old if one.old is not None else one.new or 0
