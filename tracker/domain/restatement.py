"""A configured target as a source states it otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.observation import Evidence, Verdict
from tracker.domain.target import Target


class Moved(StrEnum):
    """What is another: the value for the same deadline, or the deadline of the same value."""

    VALUE = "value"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Restatement:
    """``target`` is as it was in force when ``evidence`` was published, ``stated`` is what that says it to be."""

    target: Target
    stated: Target
    moved: Moved
    evidence: Evidence
    verdict: Verdict | None = None
