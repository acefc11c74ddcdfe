"""What detection looks at: everything that can change in a cycle, and what is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.domain.assessment import Assessment
from tracker.domain.indicator import Catalogue
from tracker.domain.observation import Series
from tracker.domain.restatement import Restatement
from tracker.domain.source import SourceState
from tracker.domain.target import Target


@dataclass(frozen=True, slots=True)
class State:
    """What is known at one moment.

    ``series`` is keyed by (indicator, area), ``assessments`` by target id, ``sources`` by source id.
    The state *before* is the one of the last cycle that was recorded, its assessments dated then:
    worked out again for today, the passing of a deadline would leave no trace. Of the assessments
    before, only ``status``, ``reasons`` and ``days_left`` are read. ``restatements``, by target id, are what
    sources state otherwise and nobody has decided on.
    """

    series: Mapping[tuple[str, str], Series] = field(default_factory=dict)
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    sources: Mapping[str, SourceState] = field(default_factory=dict)
    restatements: Mapping[str, tuple[Restatement, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the configuration says: names, directions, targets, and the language to tell it in.

    ``targets`` is keyed by id. ``deadline_days`` are the days before a deadline on which it is near.
    """

    catalogue: Catalogue
    targets: Mapping[str, Target] = field(default_factory=dict)
    language: str = "vi"
    deadline_days: tuple[int, ...] = (90, 30)
