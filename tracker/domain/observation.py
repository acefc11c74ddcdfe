"""Observations: what is accepted as the figure for an indicator, an area and a reference period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from tracker.domain.figure import Figure
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published

TABLE_RULES = "table"
"""``rule_version`` of a row that a person imported: nothing read it, a person wrote it."""


class SecondWord(StrEnum):
    """What a second reader has to do with a piece of evidence."""

    DISPUTES = "disputes"
    PROPOSES = "proposes"


@dataclass(frozen=True, slots=True)
class SecondView:
    """What a second reader makes of a number: which indicator and kind, None for no figure of anything tracked.

    ``disputes``: it sees something else than the rules do, whose reading then waits for a person.
    ``proposes``: the rules made no such statement; it counts once a person accepts it, and never before.
    ``model`` said so, in the answer that is kept under ``request``.
    """

    word: SecondWord
    model: str
    indicator: str | None
    kind: Kind | None
    request: str = ""

    @property
    def said(self) -> tuple[object, ...]:
        """What makes two views the same, whoever holds them."""
        return self.word, self.indicator, self.kind


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement as it was recorded: the figure, who says so, where it stands, when we learned it.

    ``period`` is the stated one, or the publication date where the text gives none (then
    ``period_stated`` is false). ``snapshot`` is the hash of the document that was read, None for a
    row of an imported table. ``accepted`` says that it may be used without a person's word.
    ``id`` is the store's; 0 before it is recorded. ``second`` is what a second reader sees otherwise.
    """

    id: int
    indicator: str
    area: str
    kind: Kind
    figure: Figure
    period: Period
    period_stated: bool
    published: Published
    source: str
    doc: str
    quote: str
    start: int
    end: int
    snapshot: str | None
    rule_version: str
    confidence: float
    accepted: bool
    recorded_at: datetime
    base: str | None = None
    note: str = ""
    second: SecondView | None = None

    @property
    def disputed(self) -> bool:
        """Whether a second reader sees something else in it."""
        return self.second is not None and self.second.word is SecondWord.DISPUTES

    @property
    def proposed(self) -> bool:
        """Whether nobody but a second reader states it."""
        return self.second is not None and self.second.word is SecondWord.PROPOSES


class Verdict(StrEnum):
    """A person's word on a piece of evidence."""

    ACCEPT = "accept"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who said what about one piece of evidence, and when. The newest decision counts."""

    evidence: int
    verdict: Verdict
    who: str
    at: datetime
    note: str = ""


class Standing(StrEnum):
    """What a later reading of the same document makes of a piece of evidence.

    ``stands``: it is read again. ``withdrawn``: it is not read any more. ``replaced``: something else
    is read in its place. ``restated``: the same is read, with other words quoted or another date of
    publication, and people's decisions go over to that.
    """

    STANDS = "stands"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    RESTATED = "restated"


@dataclass(frozen=True, slots=True)
class Rereading:
    """A recorded piece read again: the newest counts, and a person's later yes outweighs it.

    ``accepted``, ``of``, ``base`` and ``second`` are today's where it stands. ``successor`` is the evidence that
    is read in its place.
    """

    evidence: int
    standing: Standing
    rule_version: str
    confidence: float
    accepted: bool
    at: datetime
    of: int | None = None
    base: str | None = None
    successor: int | None = None
    second: SecondView | None = None


class DoubtReason(StrEnum):
    """Why a figure is held for a person."""

    LOW_CONFIDENCE = "low_confidence"
    OUTSIDE_DOMAIN = "outside_domain"
    DECIMAL_JUMP = "decimal_jump"
    SECOND_READER = "second_reader"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is shown as doubtful and never used."""

    evidence: Evidence
    reason: DoubtReason


@dataclass(frozen=True, slots=True)
class Observation:
    """The figure for one reference period.

    ``evidence`` proves it: the leading piece first, each repetition after it. ``revised`` holds
    the figures that it replaced (same source, earlier publication), newest first; ``conflicting``
    what other sources state for the same period and nobody has decided on.
    """

    indicator: str
    area: str
    period: Period
    figure: Figure
    evidence: tuple[Evidence, ...]
    revised: tuple[Evidence, ...] = ()
    conflicting: tuple[Evidence, ...] = ()

    @property
    def lead(self) -> Evidence:
        """The piece of evidence that proves the figure."""
        return self.evidence[0]

    @property
    def published(self) -> Published:
        """When the figure was said."""
        return self.lead.published

    @property
    def source(self) -> str:
        """Who says so."""
        return self.lead.source


@dataclass(frozen=True, slots=True)
class StatedTarget:
    """A statement of a target, and a person's word on it; ``verdict`` None: nobody has decided."""

    evidence: Evidence
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Everything known about one indicator in one area; observations oldest period first.

    ``accumulates``: its figures add up within the year, so that only periods of the same part of a year
    compare. Of two that end together the wider is the later one then. ``stated_targets`` is what sources
    promise about it, in the order of publication.
    """

    indicator: str
    area: str
    observations: tuple[Observation, ...] = ()
    doubtful: tuple[Doubt, ...] = ()
    accumulates: bool = False
    stated_targets: tuple[StatedTarget, ...] = ()

    @property
    def latest(self) -> Observation | None:
        """Of the newest reference period; None without any."""
        return self.observations[-1] if self.observations else None

    @property
    def previous(self) -> Observation | None:
        """Of the reference period before the latest; where figures accumulate, of the same part of an earlier year."""
        return self.before(len(self.observations) - 1)

    def before(self, place: int) -> Observation | None:
        """What the observation at ``place`` compares with; None where nothing does."""
        for earlier in reversed(self.observations[: max(place, 0)]):
            if not self.accumulates or earlier.period.part == self.observations[place].period.part:
                return earlier
        return None

    @property
    def conflicts(self) -> int:
        """Number of reference periods on which sources disagree."""
        return sum(1 for observation in self.observations if observation.conflicting)


@dataclass(frozen=True, slots=True)
class Delta:
    """A progress delta: ``later`` minus ``earlier``, the preceding reference period.

    ``percent`` is of the earlier value, None where that is 0; ``per_year`` None where both stand at
    the same day. ``across_break`` says that a change of method lies between them.
    """

    earlier: Observation
    later: Observation
    absolute: Decimal
    percent: Decimal | None
    per_year: Decimal | None
    across_break: bool = False
