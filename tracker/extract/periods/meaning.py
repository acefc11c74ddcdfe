"""What a dated expression says, before the publication date completes it.

A text may leave out what its reader knows ("15/12", "quý III", "last year"). The meanings below
keep exactly what was written; :mod:`tracker.extract.periods.resolve` turns one into a period.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.period import Precision


@dataclass(frozen=True, slots=True)
class Dated:
    """A place in the calendar. ``number`` is the quarter, or the month (also of a day).

    ``year`` is None where the text names none; ``year_shift`` counts years from the publication
    where it is named relatively ("tháng 6 năm ngoái" is -1). ``coming`` and ``past`` are words
    that choose the side ("tháng 3 tới", "tháng 10 vừa rồi").
    """

    unit: Precision
    year: int | None = None
    number: int = 0
    day: int = 0
    year_shift: int | None = None
    coming: bool = False
    past: bool = False
    whole_year: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """From the start of ``first`` to the end of ``last``; a missing year is taken from the other.

    ``supposed`` is of the kind "trong chín tháng": the first months of the year where the publication follows.
    """

    first: Dated
    last: Dated
    deictic: bool = False
    rolling: bool = False
    supposed: bool = False


def half_year(*, second: bool, year: int | None, year_shift: int | None) -> Run:
    """Six months of a year; a second half without a year is the one next to the publication."""
    first, last = (7, 12) if second else (1, 6)
    return Run(
        Dated(Precision.MONTH, year, first, 0, year_shift),
        Dated(Precision.MONTH, year, last, 0, year_shift),
        deictic=second,
    )


@dataclass(frozen=True, slots=True)
class Shifted:
    """``count`` units from the unit in which the document was published: "tháng trước" is -1.

    ``weeks`` counts weeks, of which ``weekday`` (Monday is 0) takes one day.
    """

    unit: Precision
    count: int
    weeks: bool = False
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The last (negative) or the next ``count`` units: "trong 5 năm qua", "3 năm tới"."""

    unit: Precision
    count: int


@dataclass(frozen=True, slots=True)
class PastYear:
    """Of the kind "năm qua", "năm vừa qua": this year in December, the one before in January."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """``count`` units before what is being spoken of; ``ago`` counts from the publication.

    ``whole`` takes all of the units before it ("cả 4 năm trước").
    """

    unit: Precision
    count: int
    ago: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Same:
    """The like period of another year: "cùng kỳ", "a year earlier".

    ``first`` looks to the start of the sentence for what is being spoken of, not to the nearest
    mention ("giờ này năm ngoái").
    """

    year: int | None = None
    back: int = 1
    first: bool = False


@dataclass(frozen=True, slots=True)
class ToDate:
    """Up to the day of publication, from ``since`` where one is named."""

    since: Dated | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A dated expression that names no period: "cuối nhiệm kỳ"."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Words that look dated and are not: they are stepped over."""


Meaning = Dated | Run | Shifted | Stretch | PastYear | Earlier | Same | ToDate | Unclear | Nothing


@dataclass(frozen=True, slots=True)
class Expression:
    """A meaning at its place in the text."""

    start: int
    end: int
    meaning: Meaning
    end_of: bool = False
