"""A statement: what one document says about one indicator, with the words that say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.figure import Figure
from tracker.domain.period import Period, Precision


class Kind(StrEnum):
    """What a statement claims to be. ``reference``: an earlier or a comparator's value."""

    OBSERVATION = "observation"
    REFERENCE = "reference"
    TARGET = "target"
    FORECAST = "forecast"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class Published:
    """When a document was published, as a claim with its origin.

    ``period`` may be a month or a year; it then counts as its last day. ``origin`` is ``given``,
    ``metadata``, ``dateline``, ...
    """

    period: Period
    origin: str

    @property
    def day(self) -> date:
        """The day it counts as."""
        return self.period.end

    @property
    def precision(self) -> Precision:
        """How finely the date is known."""
        return self.period.precision


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule that fired for a reading, in words a person understands."""

    id: str
    text: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Statement:
    """``start`` and ``end`` are code points in the decoded document; ``quote`` is exactly that text.

    ``period`` is None where the text gives none. ``base`` is what a change is measured from: an
    ISO period, ``target``, or the id of a comparator. ``confidence`` is calibrated, 0 to 1;
    ``accepted`` says that the reading may be recorded without a person's word.
    """

    doc: str
    indicator: str
    area: str
    kind: Kind
    figure: Figure
    period: Period | None
    published: Published | None
    quote: str
    start: int
    end: int
    confidence: float
    accepted: bool
    base: str | None = None
    rules: tuple[Rule, ...] = ()
