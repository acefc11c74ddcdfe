"""A reference period: the time a figure describes, from a day up to a span of years.

Periods are written in ISO 8601 as everywhere in the product: ``2025``, ``2024-Q2``, ``2024-09``,
``2021-12-15``, and an interval of two of the same precision, ``2024-01/2024-09``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class Precision(StrEnum):
    """How finely a text dates a figure; of an interval, how finely it dates each end."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


_FORMS: tuple[tuple[Precision, re.Pattern[str]], ...] = (
    (Precision.YEAR, re.compile(r"(\d{4})")),
    (Precision.QUARTER, re.compile(r"(\d{4})-Q([1-4])")),
    (Precision.MONTH, re.compile(r"(\d{4})-(\d{2})")),
    (Precision.DAY, re.compile(r"(\d{4})-(\d{2})-(\d{2})")),
)


@dataclass(frozen=True, slots=True)
class Period:
    """Both ends are inclusive days; ``precision`` is that of the text, not of the span."""

    start: date
    end: date
    precision: Precision

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends before it begins: {self.start} to {self.end}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read an ISO period; ``ValueError`` says what was expected."""
        first, slash, last = text.strip().partition("/")
        begin = _parse_single(first, text)
        if not slash:
            return begin
        finish = _parse_single(last, text)
        if finish.precision is not begin.precision:
            raise ValueError(f"both ends of the period {text!r} must have the same precision")
        return cls(begin.start, finish.end, begin.precision)

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """A quarter, 1 to 4."""
        month = 3 * quarter
        return cls(date(year, month - 2, 1), _month_end(year, month), Precision.QUARTER)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A month, 1 to 12."""
        return cls(date(year, month, 1), _month_end(year, month), Precision.MONTH)

    @classmethod
    def day(cls, day: date) -> Period:
        """A single day."""
        return cls(day, day, Precision.DAY)

    @classmethod
    def span(cls, first: Period, last: Period) -> Period:
        """From the start of ``first`` to the end of ``last``; both of one precision."""
        if first.precision is not last.precision:
            raise ValueError("both ends of an interval must have the same precision")
        return cls(first.start, last.end, first.precision)

    def __str__(self) -> str:
        first = _format_single(self.start, self.precision)
        last = _format_single(self.end, self.precision)
        return first if first == last else f"{first}/{last}"

    @property
    def position(self) -> Decimal:
        """Where the period stands on the time axis: at its last day, in years.

        ``year + day of the year / days in that year``, so that the period 2015 stands at
        exactly 2016 and 15 years before the end of 2030 (progress methods, section 2).
        """
        return position(self.end)

    @property
    def days(self) -> int:
        """Number of days covered, both ends included."""
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        """Whether the day lies in it, both ends included."""
        return self.start <= day <= self.end

    @property
    def part(self) -> tuple[object, ...]:
        """Which part of a year it is, or how many whole years: equal for the first nine months of any two years."""
        last = calendar.monthrange(self.end.year, self.end.month)[1] == self.end.day
        # The end of February is one day in every year.
        end = (self.end.month, 0 if last else self.end.day)
        return (self.start.month, self.start.day), end, self.end.year - self.start.year


@lru_cache(maxsize=8192)
def position(day: date) -> Decimal:
    """``day`` on the time axis in years, the day itself included."""
    days_in_year = 366 if calendar.isleap(day.year) else 365
    return day.year + Decimal(day.timetuple().tm_yday) / days_in_year


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _parse_single(text: str, whole: str) -> Period:
    for precision, form in _FORMS:
        found = form.fullmatch(text.strip())
        if not found:
            continue
        parts = [int(part) for part in found.groups()]
        try:
            match precision:
                case Precision.YEAR:
                    return Period.year(parts[0])
                case Precision.QUARTER:
                    return Period.quarter(parts[0], parts[1])
                case Precision.MONTH:
                    return Period.month(parts[0], parts[1])
                case Precision.DAY:
                    return Period.day(date(*parts))
        except ValueError:
            break
    raise ValueError(f"{whole!r} is no period; expected 2025, 2024-Q2, 2024-09, 2021-12-15 or first/last")


@lru_cache(maxsize=8192)
def _format_single(day: date, precision: Precision) -> str:
    match precision:
        case Precision.YEAR:
            return f"{day.year:04d}"
        case Precision.QUARTER:
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case Precision.MONTH:
            return f"{day.year:04d}-{day.month:02d}"
        case Precision.DAY:
            return day.isoformat()
