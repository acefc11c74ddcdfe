"""English calendar dates: days, months, quarters, halves, years and spans of them."""

from __future__ import annotations

import re

from tracker.domain.period import Precision
from tracker.extract.periods.english_parts import COUNT, MONTH, SHIFTS, UNITS, YEAR_MONTHS, count_of
from tracker.extract.periods.lexicon import MONTHS, ORDINALS, word_set
from tracker.extract.periods.meaning import (
    Dated,
    Meaning,
    Run,
    half_year,
)
from tracker.extract.periods.rules import Rule, rule
from tracker.extract.periods.words import Words

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"

_YEAR = r"(?:1[5-9]\d\d|20\d\d|2100)(?![\w/]|[.,]\d|-\d)"

_CLOCK = r"(?:,?\s(?:at\s)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?)?"

_DASH = r"\s?(?:-|–|—|to|through|until)\s?"

_OF_YEAR = (
    r"(?:(?:,?\s(?:of\s)?(?:the\s)?(?:year\s)?|\s?[/'-]\s?)"
    r"(?:(?P<y>(?:19|20)\d\d)(?!\d|[.,/]\d)|(?P<rel>last|this|next)\syear))?"
)

_YEAR_QUARTERS = 4
_QUARTER_MONTHS = 3

_NEAR = 60

_MONTH_CUES = word_set("""in by since until till from to of on between during through before after last next
    this mid early late and or versus vs against for than end late-in per as the ending ended""")

_AMBIGUOUS_NAMES = frozenset({"may", "march", "mar", "jan", "dec", "jun", "sep"})


def _month_number(name: str) -> int:
    return MONTHS[name.rstrip(".")]


def _day_first(_: Words, found: re.Match[str]) -> Meaning | None:
    year = int(found["y"]) if found["y"] else None
    return Dated(Precision.DAY, year, _month_number(found["m"]), _day_number(found["d"]))


def _day_number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _day_run(_: Words, found: re.Match[str]) -> Meaning | None:
    year = int(found["y"]) if found["y"] else None
    first, last = _day_number(found["d"]), _day_number(found["d2"])
    month = _month_number(found["m"])
    begin = _month_number(found["m0"]) if found["m0"] else month
    if (begin, first) >= (month, last):
        return None
    return Run(Dated(Precision.DAY, year, begin, first), Dated(Precision.DAY, year, month, last))


def _month(words: Words, found: re.Match[str]) -> Meaning | None:
    year = int(found["y"]) if found["y"] else None
    name = found["m"]
    shift = None
    if found["rel"]:
        shift = SHIFTS[found["rel"]]
    if year is None and shift is None and not _stands_as_month(words, found, name):
        return None
    before = words.before(words.index_at(found.start()))
    side = {"coming": before == "next", "past": before == "last"} if year is None else {}
    return Dated(Precision.MONTH, year, _month_number(name), 0, shift, **side)


def _quarter_to(_: Words, found: re.Match[str]) -> Meaning | None:
    """A quarter called by the month that it ends in: "the June quarter", "the quarter to September 2024"."""
    year, shift = _of_year(found)
    number, over = divmod(_month_number(found["m"]), _QUARTER_MONTHS)
    return None if over else Dated(Precision.QUARTER, year, number, 0, shift)


def _short_month(_: Words, found: re.Match[str]) -> Meaning | None:
    """As spreadsheets write the month of a year: "Feb-25", "Feb '25"."""
    return Dated(Precision.MONTH, _short(found), _month_number(found["m"]))


def _stands_as_month(words: Words, found: re.Match[str], name: str) -> bool:
    """A bare name is a month where it is capitalised and a word or mark says so."""
    start = found.start()
    if not words.text[start].isupper():
        return False
    index = words.index_at(start)
    before = words.before(index)
    if before in _MONTH_CUES and not (before in ("the", "per", "as", "for") and name in _AMBIGUOUS_NAMES):
        return not (name == "may" and words.next_word(found.end()) in ("be", "have", "not", "also"))
    if name.rstrip(".") in _AMBIGUOUS_NAMES:
        return False
    low, end = words.low, found.end()
    bracketed = start > 0 and low[start - 1] == "(" and low[end : end + 1] in (")", ",", ";")
    return bracketed or low.startswith(("'s", "’s"), end) or (words.closed_after(end) and before != "")


def _month_run(_: Words, found: re.Match[str]) -> Meaning | None:
    first, last = _month_number(found["a"]), _month_number(found["b"])
    begin = int(found["y0"]) if found["y0"] else None
    year = int(found["y"]) if found["y"] else None
    if begin is None and first >= last:
        return (
            None if year is None else Run(Dated(Precision.MONTH, year - 1, first), Dated(Precision.MONTH, year, last))
        )
    return Run(Dated(Precision.MONTH, begin or year, first), Dated(Precision.MONTH, year or begin, last))


def _of_year(found: re.Match[str]) -> tuple[int | None, int | None]:
    if found["y"]:
        return int(found["y"]), None
    return None, SHIFTS[found["rel"]] if found["rel"] else None


def _quarter(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = _of_year(found)
    return Dated(Precision.QUARTER, year, ORDINALS[found["o"]], 0, shift)


def _elliptic_quarter(words: Words, found: re.Match[str]) -> Meaning | None:
    """Of the kind "8.1% in the third quarter, after 7.8% in the second"."""
    low, start = words.low, found.start()
    if not low.endswith("in the ", 0, start) or " quarter" not in low[max(0, start - _NEAR) : start]:
        return None
    return Dated(Precision.QUARTER, None, ORDINALS[found["o"]])


def _half(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = _of_year(found)
    return half_year(second=found["o"] not in ("first", "1st"), year=year, year_shift=shift)


def _first_units(_: Words, found: re.Match[str]) -> Meaning | None:
    """Of the kind "the first nine months of 2024", "first three quarters", "first two months"."""
    count, unit = count_of(found["n"]), UNITS[found["unit"].rstrip("s")]
    per_year = _YEAR_QUARTERS if unit is Precision.QUARTER else YEAR_MONTHS
    if not 1 < count <= per_year or (found["y"] is None and found["rel"] is None and found["yr"] is None):
        return None if not 1 < count <= per_year or unit is Precision.YEAR else _run_of(unit, 1, count, None, None)
    year, shift = _of_year(found)
    return _run_of(unit, 1, count, year, shift)


def _run_of(unit: Precision, first: int, last: int, year: int | None, shift: int | None) -> Run:
    return Run(Dated(unit, year, first, 0, shift), Dated(unit, year, last, 0, shift))


def _short(found: re.Match[str]) -> int | None:
    text = found["y"]
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _coded_quarter(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.QUARTER, _short(found), int(found["q"]))


def _coded_half(_: Words, found: re.Match[str]) -> Meaning | None:
    first = 1 if found["q"] == "1" else 7
    return _run_of(Precision.MONTH, first, first + 5, _short(found), None)


def _coded_months(_: Words, found: re.Match[str]) -> Meaning | None:
    count = int(found["q"])
    return _run_of(Precision.MONTH, 1, count, _short(found), None) if 1 < count <= YEAR_MONTHS else None


def _coded_month(_: Words, found: re.Match[str]) -> Meaning | None:
    month = int(found["q"])
    return Dated(Precision.MONTH, _short(found), month) if 1 <= month <= YEAR_MONTHS else None


def _fiscal(words: Words, found: re.Match[str]) -> Meaning | None:
    year = int(found["y"])
    if found["z"]:
        return words.fiscal(year + 1) if (year + 1) % 100 == int(found["z"]) % 100 else None
    return words.fiscal(year if len(found["y"]) == 4 else 2000 + year)


def _year_to(_: Words, found: re.Match[str]) -> Meaning | None:
    """Of the kind "the year to September 2023": the twelve months that end with it."""
    month = _month_number(found["m"])
    if not found["y"]:
        return None
    last = Dated(Precision.MONTH, int(found["y"]), month)
    first_year = int(found["y"]) if month == YEAR_MONTHS else int(found["y"]) - 1
    return Run(Dated(Precision.MONTH, first_year, month % YEAR_MONTHS + 1), last)


def _twelve_to_bare(words: Words, found: re.Match[str]) -> Meaning | None:
    if found["y"]:
        return _year_to(words, found)
    month = _month_number(found["m"])
    return Run(
        Dated(Precision.MONTH, None, month % YEAR_MONTHS + 1),
        Dated(Precision.MONTH, None, month),
        rolling=True,
    )


def _years(_: Words, found: re.Match[str]) -> Meaning | None:
    first, last = int(found["a"]), int(found["b"])
    return Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, last)) if first < last else None


def _named_year(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, int(found["y"]))


def _decade(_: Words, found: re.Match[str]) -> Meaning | None:
    first = int(found["y"])
    return Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, first + 9))


_DAY_RULES: tuple[Rule, ...] = (
    rule(rf"(?P<d>{_DAY})(?:\sof)?[\s-](?P<m>{MONTH})(?:,?[\s-](?P<y>{_YEAR}))?{_CLOCK}", _day_first),
    rule(
        rf"(?P<d>{_DAY})(?:\s(?P<m0>{MONTH}))?{_DASH}(?P<d2>{_DAY})\s(?P<m>{MONTH})(?:,?\s(?P<y>{_YEAR}))?",
        _day_run,
    ),
)

_MONTH_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<m>{MONTH})\s(?P<d>{_DAY})(?!%|[.,]\d|\spercent|\sper\scent)(?:,?\s(?P<y>{_YEAR}))?{_CLOCK}",
        _day_first,
    ),
    rule(rf"(?P<m0>(?P<m>{MONTH}))\s(?P<d>{_DAY})\s?[-–]\s?(?P<d2>{_DAY})(?:,?\s(?P<y>{_YEAR}))?", _day_run),
    rule(rf"(?P<m>{MONTH})(?:,?[\s-](?:of\s)?(?P<y>{_YEAR})|\s(?:of\s)?(?P<rel>last|this|next)\syear)?", _month),
    rule(rf"(?P<m>{MONTH})(?:-|\s?['’])(?P<y>\d\d)(?![\w/'’-]|[.,]\d)", _short_month),
    rule(rf"(?P<m>{MONTH})\squarter" + _OF_YEAR, _quarter_to),
    rule(rf"(?P<a>{MONTH})(?:\s(?P<y0>{_YEAR}))?{_DASH}(?P<b>{MONTH})(?:,?\s(?P<y>{_YEAR}))?", _month_run),
)

YEAR_TO = rule(
    rf"(?:a|the|12|twelve)?\s?(?:months|year)\s(?:to|ending|ended|ending\sin|up\sto)\s(?:the\send\sof\s)?"
    rf"(?:{_DAY}\s)?(?P<m>{MONTH})(?:\s{_DAY},)?(?:,?\s(?P<y>{_YEAR}))?",
    _twelve_to_bare,
)

_CODED: tuple[Rule, ...] = (
    rule(r"q(?P<q>[1-4])(?:[\s/'’-]{0,2}(?P<y>(?:19|20)\d\d|\d\d(?!\d)))?", _coded_quarter),
    rule(r"(?P<q>[1-4])q(?:[\s/'’-]?(?P<y>(?:19|20)\d\d|\d\d(?!\d)))?", _coded_quarter),
    rule(r"h(?P<q>[12])[\s/'’-]{0,2}(?P<y>(?:19|20)\d\d|\d\d(?!\d))", _coded_half),
    rule(r"(?P<q>[12])h[\s/'’-]?(?P<y>20\d\d|[12]\d(?!\d))(?!:)", _coded_half),
    rule(r"(?P<q>\d{1,2})[mt][\s/'’-]?(?P<y>20\d\d|\d\d(?!\d))", _coded_months),
    rule(r"t(?P<q>\d{1,2})[/.-](?P<y>20\d\d)", _coded_month),
    rule(r"fy\s?(?P<y>20\d\d|\d\d(?!\d))(?:[/-](?P<z>\d{2,4}))?", _fiscal),
)

_FIRST = (
    rule(r"(?P<o>first|second|third|fourth)(?=[.,;]|$)", _elliptic_quarter),
    rule(r"(?P<o>first|second|third|fourth|final|last|1st|2nd|3rd|4th)\squarter" + _OF_YEAR, _quarter),
    rule(r"(?P<o>first|second|latter|1st|2nd)\shalf" + r"(?!\sa)" + _OF_YEAR, _half),
    rule(rf"first\s(?P<n>{COUNT})\s(?P<unit>months|quarters)(?P<yr>\sof\sthe\syear)?" + _OF_YEAR, _first_units),
)

_QUARTER_TO = rule(
    rf"quarter\s(?:to|ending|ended)\s(?:the\send\sof\s)?(?:{_DAY}\s)?(?P<m>{MONTH})(?:\s{_DAY}(?=,))?" + _OF_YEAR,
    _quarter_to,
)

_FULL_YEAR = rule(
    r"(?:full|calendar|financial|fiscal)[\s-]year(?:\s(?:of\s)?(?P<y>(?:19|20)\d\d)(?![\d/-]))", _named_year
)
ENGLISH_CALENDAR_NUMBERS: tuple[Rule, ...] = (
    *_DAY_RULES,
    YEAR_TO,
    *_CODED,
    rule(r"(?P<y>(?:19|20)\d0)s", _decade),
)
ENGLISH_CALENDAR: dict[str, tuple[Rule, ...]] = {
    "first": _FIRST,
    "second": _FIRST,
    "third": _FIRST,
    "fourth": _FIRST,
    "final": _FIRST,
    "latter": _FIRST,
    "last": (*_FIRST,),
    "year": (YEAR_TO,),
    "months": (YEAR_TO,),
    "quarter": (_QUARTER_TO,),
    "full": (_FULL_YEAR,),
    "calendar": (_FULL_YEAR,),
    "financial": (rule(r"financial year\s(?P<y>(?:19|20)\d\d|\d\d(?=[/-]))(?:[/-](?P<z>\d{2,4}))?", _fiscal),),
    "fiscal": (rule(r"fiscal (?:year )?(?P<y>(?:19|20)\d\d|\d\d(?=[/-]))(?:[/-](?P<z>\d{2,4}))?", _fiscal),),
    "between": (rule(r"between (?P<a>(?:19|20)\d\d) and (?P<b>(?:19|20)\d\d)", _years),),
    "from": (rule(r"from (?P<a>(?:19|20)\d\d) (?:to|through|until) (?P<b>(?:19|20)\d\d)(?![.,]\d)", _years),),
    "the": (rule(r"the (?P<y>(?:19|20)\d0)s", _decade),),
    "q": _CODED,
    "h": _CODED,
    "fy": _CODED,
    "t": _CODED,
}
ENGLISH_CALENDAR.update(dict.fromkeys(MONTHS, _MONTH_RULES))
