"""Dated expressions of a text, Vietnamese and English, and the date of a document."""

from __future__ import annotations

from datetime import date

from tracker.extract.model import PeriodMention
from tracker.extract.periods.fiscal import find_year_start
from tracker.extract.periods.published import find_published
from tracker.extract.periods.scan import scan

__all__ = ["find_periods", "find_published", "find_year_start"]


def find_periods(text: str, anchor: date | None, *, year_start: int = 1) -> list[PeriodMention]:
    """Every dated expression of one block, in order of place, none overlapping another.

    ``text`` is normalised (NFC, plain spaces). ``anchor`` is the day of publication; without it
    what is relative ("last year", "15/12") has no period. ``year_start`` is the month in which the
    document's financial year begins, where it says so: "FY25" is then twelve months, else a year.
    """
    return scan(text, anchor, year_start)
