"""What a status report holds, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.assessment import Assessment
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Delta, Series
from tracker.domain.restatement import Restatement
from tracker.domain.source import SourceState
from tracker.domain.target import Target


@dataclass(frozen=True, slots=True)
class Beside:
    """A target as it was called before (``earlier``), or as a source states it and nobody has decided (``stated``)."""

    kind: str
    target: Target
    assessment: Assessment
    restatement: Restatement | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """The day from which on what was published gives the present status; a long history is not followed to its end."""

    day: date
    or_earlier: bool = False


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target: what was promised, where it stands, and the series it was held against.

    ``since`` is None where it was not asked for, and before any figure.
    """

    target: Target
    indicator: Indicator
    assessment: Assessment
    series: Series
    since: Since | None = None
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator in one area. ``delta`` is None with fewer than two observations."""

    indicator: Indicator
    series: Series
    delta: Delta | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source and where it points."""

    state: SourceState
    address: str


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel and what waits in its outbox. ``dead`` counts what nobody took to the end."""

    id: str
    kind: str
    waiting: int
    dead: int
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class StatusReport:
    """Everything as of one day. ``made_at`` is aware UTC."""

    as_of: date
    made_at: datetime
    language: str
    targets: tuple[TargetLine, ...]
    indicators: tuple[IndicatorLine, ...]
    sources: tuple[SourceLine, ...] = ()
    channels: tuple[ChannelLine, ...] = ()
