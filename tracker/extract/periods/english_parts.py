"""The pieces that English dated expressions are made of."""

from __future__ import annotations

from tracker.domain.period import Precision
from tracker.extract.periods.lexicon import EN_NUMBERS

MONTH = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep"
    r"|october|oct|november|nov|december|dec)\b(?:\.(?=\s?\d))?"
)
COUNT = r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
UNITS = {
    "year": Precision.YEAR,
    "yr": Precision.YEAR,
    "quarter": Precision.QUARTER,
    "month": Precision.MONTH,
    "day": Precision.DAY,
}
SHIFTS = {
    "last": -1,
    "this": 0,
    "next": 1,
    "previous": -1,
    "current": 0,
    "past": -1,
    "prior": -1,
    "coming": 1,
}
YEAR_MONTHS = 12


def count_of(text: str) -> int:
    """A count in figures, or in one word."""
    return int(text) if text.isdigit() else EN_NUMBERS[text]
