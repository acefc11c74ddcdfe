"""From what was written to a period, with the publication date where it is needed.

Nothing is filled in that the text does not give: a month stays a month. What cannot be told is
None, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import assert_never

from tracker.domain.period import Period, Precision
from tracker.extract.periods.meaning import (
    Dated,
    Earlier,
    Meaning,
    Nothing,
    PastYear,
    Run,
    Same,
    Shifted,
    Stretch,
    ToDate,
    Unclear,
)

_TOLERANCE = timedelta(days=7)
_YEAR_MONTHS = 12
_LEAP_DAY = (2, 29)
_FIRST_YEAR, _LAST_YEAR = 1000, 9000


class Lean(Enum):
    """On which side of the publication a date without a year lies."""

    PAST = "past"
    COMING = "coming"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Context:
    """``spoken``: the period last spoken of in the block; ``opening``: first of the sentence.

    ``scope_year`` is the year that opens the sentence ("Năm 2021, quý I ...").
    """

    anchor: date | None
    lean: Lean = Lean.PAST
    spoken: Period | None = None
    opening: Period | None = None
    in_sentence: Period | None = None
    scope_year: int | None = None


def resolve(meaning: Meaning, context: Context) -> Period | None:
    """The period meant, or None where the text and its date do not give one."""
    try:
        return _resolve(meaning, context)
    except (ValueError, OverflowError):
        return None


def _resolve(meaning: Meaning, context: Context) -> Period | None:
    match meaning:
        case Dated():
            return _dated(meaning, context)
        case Run():
            return _run(meaning, context)
        case Shifted():
            return _shifted(meaning, context.anchor)
        case Stretch():
            return _stretch(meaning, context.anchor)
        case PastYear():
            return Period.year(_past_year(context.anchor)) if context.anchor else None
        case Earlier():
            return _earlier(meaning, context)
        case Same():
            return _same(meaning, context)
        case ToDate():
            return _to_date(meaning, context)
        case Unclear() | Nothing():
            return None
    assert_never(meaning)


def is_relative(meaning: Meaning) -> bool:
    """Whether the publication date, or what was said before, is needed to understand it."""
    match meaning:
        case Dated():
            return meaning.year is None
        case Run():
            return meaning.first.year is None and meaning.last.year is None
        case Unclear() | Nothing():
            return False
        case _:
            return True


def place(unit: Precision, year: int, number: int = 0, day: int = 0) -> Period:
    """One year, quarter, month or day; ``ValueError`` where the calendar has none."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"no year of a document: {year}")
    match unit:
        case Precision.YEAR:
            return Period.year(year)
        case Precision.QUARTER:
            return Period.quarter(year, number)
        case Precision.MONTH:
            return Period.month(year, number)
        case Precision.DAY:
            return Period.day(date(year, number, day))
    assert_never(unit)


def shift_years(period: Period, years: int) -> Period:
    """The like period ``years`` later; the 29 February falls back to the 28th."""
    whole = (period.end + timedelta(days=1)).day == 1
    end = _same_day(period.end, years)
    if whole and period.precision is not Precision.DAY:
        end = Period.month(end.year, end.month).end
    return Period(_same_day(period.start, years), end, period.precision)


def _same_day(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _dated(said: Dated, context: Context) -> Period | None:
    if said.year is not None:
        return place(said.unit, said.year, said.number, said.day)
    anchor = context.anchor
    if said.year_shift is not None:
        return place(said.unit, anchor.year + said.year_shift, said.number, said.day) if anchor else None
    if context.scope_year is not None and not said.coming and not said.past:
        return place(said.unit, context.scope_year, said.number, said.day)
    if anchor is None:
        return None
    if said.unit is Precision.YEAR or said.whole_year:
        return _named_part(said, context, anchor)
    return _nearest(said, context.lean, anchor)


def _named_part(said: Dated, context: Context, anchor: date) -> Period | None:
    """Of the kind "cuối năm", "đầu năm", "cả năm" without a year: the year of publication.

    In January they may as well mean the year just over, so that only a deadline is read then.
    """
    if anchor.month == 1 and context.lean is Lean.PAST:
        return None
    return place(said.unit, anchor.year, said.number, said.day)


def _nearest(said: Dated, lean: Lean, anchor: date) -> Period | None:
    leap = said.unit is Precision.DAY and (said.number, said.day) == _LEAP_DAY
    reach = 4 if leap else 1
    choices = []
    for year in range(anchor.year - reach, anchor.year + reach + 1):
        try:
            choices.append(place(said.unit, year, said.number, said.day))
        except ValueError:
            continue
    if said.coming:
        lean = Lean.COMING
    if said.past:
        lean = Lean.PAST
    match lean:
        case Lean.PAST:
            past = [choice for choice in choices if choice.start <= anchor + _slack(said)]
            return past[-1] if past else None
        case Lean.COMING:
            return next((choice for choice in choices if choice.end >= anchor), None)
        case Lean.NEAREST:
            return min(choices, key=lambda choice: _distance(choice, anchor), default=None)
    assert_never(lean)


def _slack(said: Dated) -> timedelta:
    return _TOLERANCE if said.unit is Precision.DAY and not said.past else timedelta()


def _distance(period: Period, anchor: date) -> int:
    if period.contains(anchor):
        return 0
    return min(abs((period.start - anchor).days), abs((period.end - anchor).days))


def _run(said: Run, context: Context) -> Period | None:
    first, last = said.first, said.last
    if last.year is not None and first.year is None:
        end = place(last.unit, last.year, last.number, last.day)
        start = place(first.unit, last.year, first.number, first.day)
        if start.start > end.end:
            start = place(first.unit, last.year - 1, first.number, first.day)
        return Period.span(start, end)
    if first.year is not None and last.year is None:
        start = place(first.unit, first.year, first.number, first.day)
        end = place(last.unit, first.year, last.number, last.day)
        return Period.span(start, end) if end.end >= start.start else None
    if first.year is not None and last.year is not None:
        return Period.span(
            place(first.unit, first.year, first.number, first.day),
            place(last.unit, last.year, last.number, last.day),
        )
    return _run_without_year(said, context)


def _run_without_year(said: Run, context: Context) -> Period | None:
    """Of the kind "6 tháng đầu năm", "January-March": the latest that had begun its last part."""
    if said.rolling:
        month = _nearest(said.last, context.lean, context.anchor) if context.anchor else None
        return Period.span(_unit_at(Precision.MONTH, month.start, -11), month) if month else None
    anchor, first, last = context.anchor, said.first, said.last
    if said.supposed and (anchor is None or not 0 <= anchor.month - last.number <= 1):
        return None
    year = context.scope_year
    if year is None:
        if anchor is None:
            return None
        if first.year_shift is not None:
            year = anchor.year + first.year_shift
        elif said.deictic:
            year = anchor.year if anchor.month > 1 else anchor.year - 1
        else:
            tail = place(last.unit, anchor.year, last.number, last.day)
            begun = tail.start <= anchor + _TOLERANCE
            year = anchor.year if begun or context.lean is Lean.COMING else anchor.year - 1
    start = place(first.unit, year, first.number, first.day)
    end = place(last.unit, year, last.number, last.day)
    return Period.span(start, end) if end.end >= start.start else None


def _shifted(said: Shifted, anchor: date | None) -> Period | None:
    if anchor is None:
        return None
    if said.weeks:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=said.count)
        if said.weekday is not None:
            return Period.day(monday + timedelta(days=said.weekday))
        return Period(monday, monday + timedelta(days=6), Precision.DAY)
    return _unit_at(said.unit, anchor, said.count)


def _unit_at(unit: Precision, day: date, count: int) -> Period:
    """The unit that holds ``day``, moved by ``count`` units."""
    match unit:
        case Precision.YEAR:
            return place(unit, day.year + count)
        case Precision.QUARTER:
            index = day.year * 4 + (day.month - 1) // 3 + count
            return place(unit, index // 4, index % 4 + 1)
        case Precision.MONTH:
            index = day.year * _YEAR_MONTHS + day.month - 1 + count
            return place(unit, index // _YEAR_MONTHS, index % _YEAR_MONTHS + 1)
        case Precision.DAY:
            return Period.day(day + timedelta(days=count))
    assert_never(unit)


def _past_year(anchor: date) -> int:
    return anchor.year if anchor.month == _YEAR_MONTHS else anchor.year - 1


def _stretch(said: Stretch, anchor: date | None) -> Period | None:
    if anchor is None or said.count == 0:
        return None
    if said.count > 0:
        return Period.span(_unit_at(said.unit, anchor, 1), _unit_at(said.unit, anchor, said.count))
    if said.unit is Precision.YEAR:
        last = _past_year(anchor)
        return Period.span(place(said.unit, last + said.count + 1), place(said.unit, last))
    return Period.span(_unit_at(said.unit, anchor, said.count), _unit_at(said.unit, anchor, -1))


def _earlier(said: Earlier, context: Context) -> Period | None:
    anchor = context.anchor
    if said.ago:
        return _unit_at(said.unit, anchor, -said.count) if anchor else None
    spoken = context.in_sentence
    if said.whole:
        last = spoken.start.year if spoken else anchor.year if anchor else None
        return Period.span(Period.year(last - said.count), Period.year(last - 1)) if last else None
    if spoken is None:
        return _unit_at(said.unit, anchor, -said.count) if anchor else None
    if said.unit is Precision.YEAR:
        return Period.year(spoken.end.year - said.count)
    return _unit_at(said.unit, spoken.start, -said.count)


def _same(said: Same, context: Context) -> Period | None:
    spoken = context.opening if said.first and context.opening else context.spoken
    year = said.year
    if spoken is None:
        return Period.year(year) if year is not None else None
    if year is None:
        return shift_years(spoken, -said.back)
    return shift_years(spoken, year - spoken.end.year)


def _to_date(said: ToDate, context: Context) -> Period | None:
    anchor = context.anchor
    if anchor is None:
        return None
    if said.since is None:
        return Period.day(anchor)
    since = _dated(said.since, context)
    if since is None or since.start > anchor:
        return None
    return Period(since.start, anchor, Precision.DAY)
