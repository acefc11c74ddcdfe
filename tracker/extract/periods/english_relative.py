"""English dates that are told from the day of publication or from what was said before."""

from __future__ import annotations

import re

from tracker.domain.period import Precision
from tracker.extract.periods.english_parts import COUNT, SHIFTS, UNITS, YEAR_MONTHS, count_of
from tracker.extract.periods.meaning import (
    Dated,
    Earlier,
    Meaning,
    Nothing,
    Same,
    Shifted,
    Stretch,
    ToDate,
)
from tracker.extract.periods.rules import Build, Rule, rule
from tracker.extract.periods.words import Words


def _relative(_: Words, found: re.Match[str]) -> Meaning | None:
    word, unit = found["r"], found["unit"]
    if word in ("previous", "prior") and unit != "week":
        return Earlier(UNITS[unit], 1)
    if unit == "week":
        return Shifted(Precision.DAY, SHIFTS[word], weeks=True)
    return Shifted(UNITS[unit], SHIFTS[word])


def _stretch(_: Words, found: re.Match[str]) -> Meaning | None:
    count = count_of(found["n"])
    unit = UNITS[found["unit"].rstrip("s")]
    return Stretch(unit, count if found["r"] in ("next", "coming") else -count)


def _before(words: Words, found: re.Match[str]) -> Meaning | None:
    """Of the kind "two years earlier" counts from what is spoken of, "two years ago" from the publication."""
    count, unit = count_of(found["n"]), UNITS[found["unit"].rstrip("s")]
    if found["r"] == "ago":
        return Earlier(unit, count, ago=True)
    if unit is Precision.YEAR or (unit is Precision.MONTH and count == YEAR_MONTHS):
        return Same(back=count if unit is Precision.YEAR else 1)
    return Earlier(unit, count)


def _same(_: Words, __: re.Match[str]) -> Meaning | None:
    return Same()


def _today(count: int) -> Build:
    return lambda _, __: Shifted(Precision.DAY, count)


def _to_date(_: Words, __: re.Match[str]) -> Meaning | None:
    return ToDate()


def _this_year_to_date(_: Words, __: re.Match[str]) -> Meaning | None:
    return ToDate(Dated(Precision.YEAR, None, 0, 0, 0, whole_year=True))


def _whole_year(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, whole_year=True)


def _this_year(_: Words, __: re.Match[str]) -> Meaning | None:
    return Shifted(Precision.YEAR, 0)


def _mid_year(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.MONTH, int(found["y"]), 6)


def _mid_century(_: Words, __: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, 2050)


def _nothing(_: Words, __: re.Match[str]) -> Meaning | None:
    return Nothing()


def _start_of_year(_: Words, found: re.Match[str]) -> Meaning | None:
    if found["y"]:
        return Dated(Precision.MONTH, int(found["y"]), 1)
    if found["rel"]:
        return Dated(Precision.MONTH, None, 1, 0, SHIFTS[found["rel"]], whole_year=True)
    return Dated(Precision.MONTH, None, 1, whole_year=True)


EARLIER = rule(
    rf"(?P<n>{COUNT})\s(?P<unit>years?|months?|quarters?|days?)\s(?P<r>earlier|before|ago|previously|on)",
    _before,
)
_RELATIVE = (
    rule(
        r"(?P<r>last|this|next|previous|current|prior|past|coming)\s(?P<unit>year|yr|quarter|month|week)(?!-)",
        _relative,
    ),
    rule(
        rf"(?P<r>last|past|previous|next|coming)\s(?P<n>{COUNT})\s(?P<unit>years|quarters|months|days)",
        _stretch,
    ),
)
ENGLISH_RELATIVE: dict[str, tuple[Rule, ...]] = {
    "last": (*_RELATIVE,),
    "this": _RELATIVE,
    "next": _RELATIVE,
    "previous": _RELATIVE,
    "current": _RELATIVE,
    "prior": _RELATIVE,
    "past": _RELATIVE,
    "coming": _RELATIVE,
    "today": (rule(r"today(?!['’]s)", _today(0)),),
    "yesterday": (rule(r"yesterday", _today(-1)),),
    "tomorrow": (rule(r"tomorrow", _today(1)),),
    "to": (rule(r"to date", _to_date),),
    "so": (
        rule(r"so far(?! as)", _to_date),
        rule(r"so far this year", _this_year_to_date),
    ),
    "year": (
        rule(r"year[\s-]on[\s-]year", _same),
        rule(r"year[\s-]over[\s-]year", _same),
        rule(r"year[\s-]to[\s-]date", _this_year_to_date),
        rule(r"year[\s-]end", _whole_year),
        rule(r"year before", _same),
        rule(r"year earlier", _same),
    ),
    "whole": (rule(r"whole (?:of the )?year(?!\w)", _this_year),),
    "full": (rule(r"full[\s-]year(?= (?:goal|target|plan|forecast|estimate|guidance|objective))", _this_year),),
    "yr": (rule(r"yr before", _same),),
    "yoy": (rule(r"yoy", _same),),
    "same": (
        rule(
            r"same (?:period|month|quarter|time|stage|point)"
            r"(?: (?:a|the|one) year (?:earlier|before|ago)| (?:of )?last year| the previous year)",
            _same,
        ),
    ),
    "corresponding": (rule(r"corresponding (?:period|month|quarter)(?: (?:of )?last year| a year earlier)?", _same),),
    "mid": (
        rule(r"mid[\s-](?P<y>(?:19|20)\d\d)", _mid_year),
        rule(r"mid[\s-]century", _mid_century),
    ),
    "start": (
        rule(
            r"(?:start|beginning) of (?:(?P<y>(?:19|20)\d\d)|(?P<rel>last|this|next) year|the year)",
            _start_of_year,
        ),
    ),
}
