"""The pieces that Vietnamese dated expressions are made of."""

from __future__ import annotations

import re

from tracker.domain.period import Precision
from tracker.extract.periods.lexicon import VI_DIGITS, VI_NUMBERS

COUNT = (
    r"(?:\d{1,2}|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: (?:mốt|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín))?"
    r"|mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?|một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
)
# "tháng năm" is May, but "9 tháng năm 2024" is nine months; "9 tháng 3,61%" is no day in March.
MONTH = (
    r"(?:(?:1[0-2]|0?[1-9])(?![\d%]|[.,]\d)"
    r"|mười hai|mười một|mười|một|hai|ba|bốn|tư|năm(?!\s\d)|sáu|bảy|bẩy|tám|chín)"
)
NAMED_YEAR = (
    r"(?:\s?[/.\-–]\s?(?P<y1>\d{4})(?![\d/])"
    r"|,?\s{1,2}(?:của\s)?năm\s(?P<y2>\d{4})(?![\d/])"
    r"|\s(?P<y3>(?:19|20)\d\d)(?![\d/]|[.,]\d)"
    r"|\s(?:của\s)?năm\s(?P<yr>nay|ngoái|trước|tới|sau|vừa qua|vừa rồi)(?!\w))"
)
YEAR_TAIL = NAMED_YEAR + "?"
SIDE = r"(?P<side>\s(?:này|tới|sắp tới|vừa qua|vừa rồi|qua|rồi)(?!\w)(?!\s(?:tháng|ngày|quý|năm|\d)))?"
SHIFTS = {
    "này": 0, "nay": 0, "hiện tại": 0, "hiện nay": 0, "trước": -1, "ngoái": -1, "rồi": -1, "qua": -1,
    "vừa qua": -1, "vừa rồi": -1, "trước đó": -1, "tới": 1, "sau": 1, "tiếp": 1, "tiếp theo": 1,
    "kế tiếp": 1, "sắp tới": 1,
}  # fmt: skip
SHIFT_WORDS = "|".join(sorted(SHIFTS, key=len, reverse=True))
DEICTIC_YEARS = {"nay": 0, "ngoái": -1, "trước": -1, "vừa qua": -1, "vừa rồi": -1, "tới": 1, "sau": 1}
UNITS = {"năm": Precision.YEAR, "quý": Precision.QUARTER, "tháng": Precision.MONTH, "ngày": Precision.DAY}


def count_of(text: str) -> int:
    """A count below a hundred in figures or in words; 0 for what is none."""
    if text.isdigit():
        return int(text)
    if text in VI_NUMBERS:
        return VI_NUMBERS[text]
    tens, _, ones = text.partition("mươi") if "mươi" in text else ("một", "", text.partition(" ")[2])
    return VI_NUMBERS.get(tens.strip(), 0) * 10 + VI_DIGITS.get(ones.strip(), 0)


def year_of(found: re.Match[str]) -> tuple[int | None, int | None]:
    """The year named after a part of it: as a number, or in years from the publication."""
    named = found["y1"] or found["y2"] or found["y3"]
    if named:
        return int(named), None
    return None, DEICTIC_YEARS[found["yr"]] if found["yr"] else None
