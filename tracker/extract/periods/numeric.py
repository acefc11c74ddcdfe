"""Dates in figures: 22/12/2021, 15.12.2021, 2021-12-15, 9/2024, 2016-2020, 2023/24, 15/12."""

from __future__ import annotations

import re

from tracker.domain.period import Precision
from tracker.extract.periods.lexicon import DAY_CUES, ISSUE_CUES, MONTHS, WEAK_DAY_CUES
from tracker.extract.periods.meaning import Dated, Expression, Meaning, Run
from tracker.extract.periods.words import Words

_CLOCK = r"\d{1,2}\s?(?::|h|g|giờ|gio)\s?(?:\d{2}(?:\s?phút)?)?(?::\d{2})?"
_AFTER = r"(?![\w%‰]|[.,/:\-]\d)"
_TIME = r"(?:[,\s]{0,3}(?:[|\-–][ ]{0,2})?(?:lúc |at )?\d{1,2}(?::|h|g)\d{2}(?::\d{2})?(?:[ ]?[ap]m\b)?)?"
_HEAD = rf"(?:(?:lúc )?{_CLOCK}(?:[,\s]{{1,3}}|\s?[|–-]\s?)(?:(?:sáng|chiều|tối)\s)?(?:ngày\s)?)?"

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[t ]\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:z|\s?[+-]\d{2}:?\d{2})?)?" + _AFTER
)
_FULL = re.compile(_HEAD + r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})(?![\w%]|[/\-]\d|[.,]\d)" + _TIME)
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})" + _AFTER)
_SHORT_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2})" + _AFTER)
_DAY_RANGE = re.compile(
    r"(\d{1,2})(?:/(\d{1,2}))?(?:\s?[-–]\s?|\s(?:đến|tới)\s(?:ngày\s)?)(\d{1,2})/(\d{1,2})(?:/(\d{4}))?" + _AFTER
)
_YEAR_MONTH = re.compile(r"((?:19|20)\d{2})-(0[1-9]|1[0-2])" + _AFTER)
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])/((?:19|20)\d{2})" + _AFTER)
_YEARS = re.compile(r"((?:19|20|21)\d{2})\s?[-–/]\s?((?:19|20|21)\d{2})(?![\w%]|[.,]\d|[/\-–]\d)")
_SPLIT_YEAR = re.compile(r"((?:19|20)\d{2})[/\-–](\d{2})" + _AFTER)
_FISCAL_MONTHS = re.compile(r"\s\(([a-z]{3,9})\s(?:to|-|–)\s([a-z]{3,9})\)")
_DAY_MONTH = re.compile(_HEAD + r"(0?[1-9]|[12]\d|3[01])([/\-])(0?[1-9]|1[0-2])(?![\w%‰/]|[.,\-]\d)" + _TIME)
_NUMBERED_BEFORE = re.compile(r"(\d{1,2}/\d{4})\s?(?:to|-|–|and|đến|và|,)\s?$")
_NEVER = frozenset({"24/7"})
_MONTH_MAX = 12
_CENTURY_TURN = 50


def read_numeric(words: Words, index: int) -> Expression | None:
    """The expression in figures that begins at the word ``index``."""
    low, start = words.low, words.starts[index]
    if start and low[start - 1] in "/.,-" and words.glued(start - 1):
        return None
    for form, build in _FORMS:
        found = form.match(low, start)
        if found:
            built = build(words, index, found)
            if built is not None:
                return built
    return None


def _said(found: re.Match[str], meaning: Meaning) -> Expression:
    return Expression(found.start(), found.end(), meaning)


def _iso(_: Words, __: int, found: re.Match[str]) -> Expression | None:
    year, month, day = (int(found[n]) for n in (1, 2, 3))
    return _said(found, Dated(Precision.DAY, year, month, day)) if _valid(day, month) else None


def _full(_: Words, __: int, found: re.Match[str]) -> Expression | None:
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    if month > _MONTH_MAX >= day:  # month first, as in America; nothing else reads
        day, month = month, day
    return _said(found, Dated(Precision.DAY, year, month, day)) if _valid(day, month) else None


def _short_year(words: Words, index: int, found: re.Match[str]) -> Expression | None:
    day, month, year = int(found[1]), int(found[2]), int(found[3])
    if words.before(index) in ISSUE_CUES or not _valid(day, month):
        return None
    year += 2000 if year < _CENTURY_TURN else 1900
    return _said(found, Dated(Precision.DAY, year, month, day))


def _day_range(words: Words, index: int, found: re.Match[str]) -> Expression | None:
    """Of the kind "từ 1-3/4", "22/12-25/12/2021"; the first part alone needs a day word before it."""
    first_month = int(found[2] or found[4])
    month, year = int(found[4]), int(found[5]) if found[5] else None
    first, last = int(found[1]), int(found[3])
    cued = words.before(index) in DAY_CUES or (found[2] is not None and year is not None)
    if not cued or not (_valid(first, first_month) and _valid(last, month)):
        return None
    if (first_month, first) > (month, last):
        return None
    run = Run(Dated(Precision.DAY, year, first_month, first), Dated(Precision.DAY, year, month, last))
    return _said(found, run)


def _year_month(words: Words, index: int, found: re.Match[str]) -> Expression | None:
    year, month = int(found[1]), int(found[2])
    if words.before(index) in ISSUE_CUES or month == year % 100 + 1:
        return None  # "2011-12" is as well the year 2011/12: left to that form
    return _said(found, Dated(Precision.MONTH, year, month))


def _month_year(words: Words, index: int, found: re.Match[str]) -> Expression | None:
    numbered = _NUMBERED_BEFORE.search(words.low, max(0, found.start() - 16), found.start())
    if words.before(index) in ISSUE_CUES or (numbered and words.last_read < numbered.start(1)):
        return None  # the last of a list of issues: "briefs 2/2023 to 4/2024"
    return _said(found, Dated(Precision.MONTH, int(found[2]), int(found[1])))


def _years(words: Words, index: int, found: re.Match[str]) -> Expression | None:
    first, last = int(found[1]), int(found[2])
    if first >= last or words.counted_after(found.end()) or words.copyrighted(found.start()):
        return None
    return _said(found, Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, last)))


def _split_year(words: Words, index: int, found: re.Match[str]) -> Expression | None:
    """Of the kind "2023/24" is named by the year it ends in, as its holders do, unless months follow."""
    first, short = int(found[1]), int(found[2])
    last = first - first % 100 + short + (100 if short < first % 100 else 0)
    if words.before(index) in ISSUE_CUES or not first < last <= first + 10:
        return None
    if last > first + 1:
        run = Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, last))
        return _said(found, run) if "/" not in found[0] else None
    months = _FISCAL_MONTHS.match(words.low, found.end())
    if months:
        begin, finish = MONTHS.get(months[1]), MONTHS.get(months[2])
        if begin and finish and begin == finish % 12 + 1:
            run = Run(Dated(Precision.MONTH, first, begin), Dated(Precision.MONTH, last, finish))
            return Expression(found.start(), months.end(), run)
    return _said(found, words.fiscal(last))


def _day_month(words: Words, index: int, found: re.Match[str]) -> Expression | None:
    day, month = int(found[1]), int(found[3])
    if not _valid(day, month) or not _is_day(words, index, found, day, month):
        return None
    return _said(found, Dated(Precision.DAY, None, month, day))


def _is_day(words: Words, index: int, found: re.Match[str], day: int, month: int) -> bool:
    """Whether "9/10" is a day and not nine out of ten."""
    text = found[0]
    clocked = found.start(1) > found.start()
    before = words.before(index)
    if clocked or before in DAY_CUES:
        return True
    if text in _NEVER or found[2] == "-" or before in ISSUE_CUES or before == "trang":
        return False
    surely = day > month or len(found[1]) + len(found[3]) > len(str(day)) + len(str(month))
    alone = words.closed_after(found.end())
    if before in WEAK_DAY_CUES:
        return (
            surely
            or (alone and (day != month or before in ("trước", "sau", "từ")))
            or words.low.startswith(" là ", found.end())
        )
    if surely and day != month:
        return not words.counted_after(found.end())
    return alone and words.day_named(index)


def _valid(day: int, month: int) -> bool:
    return 1 <= month <= _MONTH_MAX and 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def _year_first(_: Words, __: int, found: re.Match[str]) -> Expression | None:
    year, month, day = (int(found[n]) for n in (1, 2, 3))
    return _said(found, Dated(Precision.DAY, year, month, day)) if _valid(day, month) else None


_FORMS = (
    (_ISO, _iso),
    (_YEAR_FIRST, _year_first),
    (_DAY_RANGE, _day_range),
    (_FULL, _full),
    (_SHORT_YEAR, _short_year),
    (_YEARS, _years),
    (_YEAR_MONTH, _year_month),
    (_SPLIT_YEAR, _split_year),
    (_MONTH_YEAR, _month_year),
    (_DAY_MONTH, _day_month),
)
