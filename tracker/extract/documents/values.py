"""Records whatever they were written in: values with the places they stand at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.extract.documents.normalise import Normalised

LONG = 160
"""Characters beyond which a text is a paragraph rather than a cell."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value; ``piece`` is how it reads, ``start`` and ``end`` where it stands, signs around it included.

    ``machine``: a number as machines write it. ``long``: a long text with its lines.
    """

    piece: Normalised
    start: int
    end: int
    machine: bool = False
    long: Normalised | None = None


@dataclass(slots=True)
class Fields:
    """Named values in order; ``names[k]`` is how the name of ``values[k]`` reads, ``keys[k]`` the name itself."""

    keys: list[str] = field(default_factory=list)
    names: list[Normalised] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Items:
    """Values without names, in order."""

    values: list[Value] = field(default_factory=list)
    start: int = 0
    end: int = 0


Value = Leaf | Fields | Items


def find(value: Value, path: Sequence[str | int]) -> Value | None:
    """The value at ``path`` of names and numbers from 0; None where there is none."""
    for step in path:
        match value:
            case Fields() if step in value.keys:
                # Of a name that stands twice the last one counts, as everywhere.
                value = value.values[len(value.keys) - 1 - value.keys[::-1].index(str(step))]
            case Items() if isinstance(step, int) and step < len(value.values):
                value = value.values[step]
            case _:
                return None
    return value
