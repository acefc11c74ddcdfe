"""What a date in the header of a column means together with the row and the title: which day or months of its year."""

from __future__ import annotations

import calendar
from datetime import date

from tracker.domain.period import Period, Precision
from tracker.extract.model import BlockKind, PeriodMention
from tracker.extract.passages import Passage


def is_year(mention: PeriodMention) -> bool:
    """Whether a date is a year and no more."""
    return mention.period is not None and mention.period.precision is Precision.YEAR


def days_of(header: Passage) -> list[PeriodMention]:
    """Days that a header names without their year."""
    days = [each for each in header.periods if each.period is not None and each.period.precision is Precision.DAY]
    return days if all(each.relative for each in days) else []


def on_the_day(mention: PeriodMention, rows: list[Passage]) -> PeriodMention:
    """The year of a column in a row "Employees at 31 December" means that day of it."""
    days = [day for each in rows for day in days_of(each)]
    if not is_year(mention) or len(days) != 1 or mention.period is None or days[0].period is None:
        return mention
    day = days[0].period.start
    try:
        period = Period.day(day.replace(year=mention.period.start.year))
    except ValueError:
        return mention
    return PeriodMention(mention.span, period, mention.role)


_NEARLY_OVER = 10


def _just_begun(period: Period, anchor: date | None) -> bool:
    """Whether a period was far from over on the day of publication: the issue is of it, no figures are."""
    return anchor is not None and period.start <= anchor and (period.end - anchor).days > _NEARLY_OVER


def within_months(mention: PeriodMention, scopes: list[Passage], anchor: date | None) -> PeriodMention:
    """A year in a header under a title of some months means these months of that year."""
    period = mention.period
    if period is None or period.precision is not Precision.YEAR or period.start.year != period.end.year:
        return mention
    for scope in scopes:
        if scope.block.kind not in (BlockKind.CAPTION, BlockKind.HEADING, BlockKind.TITLE):
            continue
        for other in scope.periods:
            found = other.period
            if found is None or found.precision is Precision.DAY or found.start.year != found.end.year:
                continue
            if found.precision is Precision.YEAR:
                return mention
            if _just_begun(found, anchor):
                continue
            try:
                start, end = found.start.replace(year=period.start.year), found.end
                last = calendar.monthrange(period.start.year, end.month)[1]
                shifted = Period(start, date(period.start.year, end.month, last), found.precision)
            except ValueError:
                return mention
            return PeriodMention(mention.span, shifted, mention.role, mention.relative)
    return mention
