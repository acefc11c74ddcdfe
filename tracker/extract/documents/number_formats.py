"""What a workbook's number formats say about a stored number: percent, date, thousands left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Context, Decimal
from enum import Enum

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_BRACKET = re.compile(r"\[[^\]]*\]")
_DATE_SIGNS = re.compile(r"[ymdhs]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_SCALED = re.compile(r"[0#?](,+)(?=[^,0#?]*$)")
_BUILT_IN_PERCENT = frozenset({9, 10})
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DIGITS = 15
_LARGEST = Decimal(10) ** 30
_LAST_DAY = 2_958_465


class Shown(Enum):
    """How a stored number is shown."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """``thousands``: how often the number is divided by a thousand; ``sign``: a ``%`` put behind it as a mere sign."""

    shown: Shown = Shown.NUMBER
    thousands: int = 0
    sign: str = ""


GENERAL = NumberFormat()


def number_format(number: int, code: str | None) -> NumberFormat:
    """The format ``number`` of a workbook, with its ``code`` where the workbook defines one."""
    if code is None:
        if number in _BUILT_IN_PERCENT:
            return NumberFormat(Shown.PERCENT)
        return NumberFormat(Shown.DATE) if number in _BUILT_IN_DATES else GENERAL
    first = code[:255].split(";")[0]
    literal = "".join(found.group(1) or found.group(2) or "" for found in _LITERAL.finditer(first))
    bare = _LITERAL.sub("", first)
    if _ELAPSED.search(bare):
        return NumberFormat(Shown.OTHER)
    bare = _BRACKET.sub("", bare)
    if "%" in bare:
        return NumberFormat(Shown.PERCENT)
    if _DATE_SIGNS.search(re.sub("general|e[+-]", "", bare, flags=re.IGNORECASE)):
        return NumberFormat(Shown.DATE)
    scaled = _SCALED.search(bare)
    return NumberFormat(Shown.NUMBER, len(scaled.group(1)) if scaled else 0, "%" if "%" in literal else "")


def plain_number(value: Decimal) -> str:
    """Digits with a point and nothing between thousands, to the fifteen figures that workbooks keep."""
    if not value.is_finite() or abs(value) >= _LARGEST or (value and value.adjusted() < -30):
        return ""
    rounded = Context(prec=_DIGITS).plus(value)
    text = format(rounded, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def shown_number(value: Decimal, how: NumberFormat, *, from_1904: bool = False) -> str:
    """The number as the format has people see it; empty where it is none."""
    match how.shown:
        case Shown.PERCENT:
            text = plain_number(value * 100)
            return text + "%" if text else ""
        case Shown.DATE:
            return day_of(value, from_1904=from_1904)
        case _:
            text = plain_number(value / Decimal(1000) ** how.thousands)
            return text + how.sign if text else ""


def day_of(serial: Decimal, *, from_1904: bool) -> str:
    """The ISO date of a workbook's day number; a time of day is written only where it is not midnight."""
    if not 0 <= serial <= _LAST_DAY:
        return plain_number(serial)
    # Day 60 is the 29 February 1900 that never was: the days before it count from one day later.
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 31) if serial < 60 else date(1899, 12, 30)
    whole = int(serial)
    seconds = round(float(serial - whole) * 86_400)
    if not whole and not from_1904:
        return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
    try:
        when = datetime(first.year, first.month, first.day) + timedelta(days=whole, seconds=seconds)  # noqa: DTZ001
    except OverflowError:
        return plain_number(serial)
    return iso(when)


def iso(when: datetime) -> str:
    """A day, with its hour where it is not midnight."""
    return when.date().isoformat() if (when.hour, when.minute) == (0, 0) else when.strftime("%Y-%m-%d %H:%M")
