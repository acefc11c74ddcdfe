"""Days and reference periods as people write them."""

from __future__ import annotations

from datetime import date

from tracker.domain.period import Period, Precision

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV")


def day(value: date, lang: str) -> str:
    """15/12/2021 in Vietnamese, 15 December 2021 in English."""
    if lang == "vi":
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def period(value: Period, lang: str) -> str:
    """In words: "năm 2021", "quý II/2024", "tháng 9/2024"; "2021", "Q2 2024", "September 2024"."""
    first = _single(value.start, value.precision, lang)
    last = _single(value.end, value.precision, lang)
    if first == last:
        return first
    return f"từ {first} đến {last}" if lang == "vi" else f"{first} to {last}"


def _single(value: date, precision: Precision, lang: str) -> str:
    vietnamese = lang == "vi"
    quarter = (value.month + 2) // 3
    match precision:
        case Precision.YEAR:
            return f"năm {value.year}" if vietnamese else str(value.year)
        case Precision.QUARTER:
            return f"quý {_ROMAN[quarter - 1]}/{value.year}" if vietnamese else f"Q{quarter} {value.year}"
        case Precision.MONTH:
            if vietnamese:
                return f"tháng {value.month}/{value.year}"
            return f"{_MONTHS[value.month - 1]} {value.year}"
        case Precision.DAY:
            return f"ngày {day(value, lang)}" if vietnamese else day(value, lang)
