"""Words for people in Vietnamese and English. Codes stay the field's own; only what people read is said here.

Numbers and dates are written by a few lines of our own instead of babel: plain decimals need two separators,
every printed digit of a ``Decimal`` must survive, and nothing has to be loaded for it. An unknown language is
said in English; an unknown code is shown as it is, never an error.
"""

from __future__ import annotations

from tracker.language.dates import day, period
from tracker.language.numbers import change, number, per_year, percent_change
from tracker.language.reasons import REASONS, say_reason
from tracker.language.words import (
    say_alert_type,
    say_doubt,
    say_health,
    say_kind,
    say_method,
    say_native,
    say_status,
    say_unit,
)

LANGUAGES = ("vi", "en")

__all__ = [
    "LANGUAGES",
    "REASONS",
    "change",
    "day",
    "number",
    "per_year",
    "percent_change",
    "period",
    "say_alert_type",
    "say_doubt",
    "say_health",
    "say_kind",
    "say_method",
    "say_native",
    "say_reason",
    "say_status",
    "say_unit",
]
