"""English dated expressions: one rule is a pattern and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.domain.period import Precision
from tracker.extract.periods.lexicon import EN_NUMBERS, MONTHS, ORDINALS
from tracker.extract.periods.meaning import (
    Dated,
    Earlier,
    Meaning,
    Nothing,
    Run,
    Same,
    Shifted,
    Stretch,
    ToDate,
)
from tracker.extract.periods.vietnamese import Rule
from tracker.extract.periods.words import Words

_END = r"(?!\w)"
_NAME = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep"
    r"|october|oct|november|nov|december|dec)\b(?:\.(?=\s?\d))?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d|2100)(?![\w/]|[.,]\d|-\d)"
_CLOCK = r"(?:,?\s(?:at\s)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?)?"
_DASH = r"\s?(?:-|–|—|to|through|until)\s?"
_COUNT = r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
_OF_YEAR = (
    r"(?:(?:,?\s(?:of\s)?(?:the\s)?(?:year\s)?|\s?[/'-]\s?)"
    r"(?:(?P<y>(?:19|20)\d\d)(?!\d|[.,/]\d)|(?P<rel>last|this|next)\syear))?"
)
_UNITS = {"year": Precision.YEAR, "yr": Precision.YEAR, "quarter": Precision.QUARTER, "month": Precision.MONTH, "day": Precision.DAY}
_SHIFTS = {"last": -1, "this": 0, "next": 1, "previous": -1, "current": 0, "past": -1, "prior": -1, "coming": 1}
_YEAR_MONTHS = 12
_YEAR_QUARTERS = 4
_NEAR = 60
_MONTH_CUES = frozenset(
    """in by since until till from to of on between during through before after last next this mid early
    late and or versus vs against for than end late-in per as the ending ended""".split()
)
_AMBIGUOUS_NAMES = frozenset({"may", "march", "mar", "jan", "dec", "jun", "sep"})


def _month_number(name: str) -> int:
    return MONTHS[name.rstrip(".")]


def _count(text: str) -> int:
    return int(text) if text.isdigit() else EN_NUMBERS[text]


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
        shift = _SHIFTS[found["rel"]]
    if year is None and shift is None and not _stands_as_month(words, found, name):
        return None
    before = words.before(words.index_at(found.start()))
    side = {"coming": before == "next", "past": before == "last"} if year is None else {}
    return Dated(Precision.MONTH, year, _month_number(name), 0, shift, **side)


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
        return None if year is None else Run(
            Dated(Precision.MONTH, year - 1, first), Dated(Precision.MONTH, year, last)
        )
    return Run(Dated(Precision.MONTH, begin or year, first), Dated(Precision.MONTH, year or begin, last))


def _of_year(found: re.Match[str]) -> tuple[int | None, int | None]:
    if found["y"]:
        return int(found["y"]), None
    return None, _SHIFTS[found["rel"]] if found["rel"] else None


def _quarter(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = _of_year(found)
    return Dated(Precision.QUARTER, year, ORDINALS[found["o"]], 0, shift)


def _elliptic_quarter(words: Words, found: re.Match[str]) -> Meaning | None:
    """"8.1% in the third quarter, after 7.8% in the second"."""
    low, start = words.low, found.start()
    if not low.endswith("in the ", 0, start) or " quarter" not in low[max(0, start - _NEAR) : start]:
        return None
    return Dated(Precision.QUARTER, None, ORDINALS[found["o"]])


def _half(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = _of_year(found)
    last = found["o"] not in ("first", "1st")
    first, final = (7, 12) if last else (1, 6)
    return Run(
        Dated(Precision.MONTH, year, first, 0, shift), Dated(Precision.MONTH, year, final, 0, shift), deictic=last
    )


def _first_units(_: Words, found: re.Match[str]) -> Meaning | None:
    """"the first nine months of 2024", "first three quarters", "first two months"."""
    count, unit = _count(found["n"]), _UNITS[found["unit"].rstrip("s")]
    per_year = _YEAR_QUARTERS if unit is Precision.QUARTER else _YEAR_MONTHS
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
    return int(text) if len(text) == 4 else 2000 + int(text)  # noqa: PLR2004


def _coded_quarter(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.QUARTER, _short(found), int(found["q"]))


def _coded_half(_: Words, found: re.Match[str]) -> Meaning | None:
    first = 1 if found["q"] == "1" else 7
    return _run_of(Precision.MONTH, first, first + 5, _short(found), None)


def _coded_months(_: Words, found: re.Match[str]) -> Meaning | None:
    count = int(found["q"])
    return _run_of(Precision.MONTH, 1, count, _short(found), None) if 1 < count <= _YEAR_MONTHS else None


def _coded_month(_: Words, found: re.Match[str]) -> Meaning | None:
    month = int(found["q"])
    return Dated(Precision.MONTH, _short(found), month) if 1 <= month <= _YEAR_MONTHS else None


def _fiscal(words: Words, found: re.Match[str]) -> Meaning | None:
    year = int(found["y"])
    if found["z"]:
        return words.fiscal(year + 1) if (year + 1) % 100 == int(found["z"]) % 100 else None
    return words.fiscal(year if len(found["y"]) == 4 else 2000 + year)  # noqa: PLR2004


def _relative(_: Words, found: re.Match[str]) -> Meaning | None:
    word, unit = found["r"], found["unit"]
    if word in ("previous", "prior") and unit != "week":
        return Earlier(_UNITS[unit], 1)
    if unit == "week":
        return Shifted(Precision.DAY, _SHIFTS[word], weeks=True)
    return Shifted(_UNITS[unit], _SHIFTS[word])


def _stretch(_: Words, found: re.Match[str]) -> Meaning | None:
    count = _count(found["n"])
    unit = _UNITS[found["unit"].rstrip("s")]
    return Stretch(unit, count if found["r"] in ("next", "coming") else -count)


def _before(words: Words, found: re.Match[str]) -> Meaning | None:
    """"two years earlier" counts from what is spoken of, "two years ago" from the publication."""
    count, unit = _count(found["n"]), _UNITS[found["unit"].rstrip("s")]
    if found["r"] == "ago":
        return Earlier(unit, count, ago=True)
    if unit is Precision.YEAR or (unit is Precision.MONTH and count == _YEAR_MONTHS):
        return Same(back=count if unit is Precision.YEAR else 1)
    return Earlier(unit, count)


def _same(_: Words, __: re.Match[str]) -> Meaning | None:
    return Same()


def _year_to(_: Words, found: re.Match[str]) -> Meaning | None:
    """"the year to September 2023": the twelve months that end with it."""
    month = _month_number(found["m"])
    if not found["y"]:
        return None
    last = Dated(Precision.MONTH, int(found["y"]), month)
    first_year = int(found["y"]) if month == _YEAR_MONTHS else int(found["y"]) - 1
    return Run(Dated(Precision.MONTH, first_year, month % _YEAR_MONTHS + 1), last)


def _twelve_to_bare(words: Words, found: re.Match[str]) -> Meaning | None:
    if found["y"]:
        return _year_to(words, found)
    month = _month_number(found["m"])
    return Run(
        Dated(Precision.MONTH, None, month % _YEAR_MONTHS + 1), Dated(Precision.MONTH, None, month), rolling=True
    )


def _years(_: Words, found: re.Match[str]) -> Meaning | None:
    first, last = int(found["a"]), int(found["b"])
    return Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, last)) if first < last else None


def _today(count: int) -> Callable[[Words, re.Match[str]], Meaning | None]:
    return lambda _, __: Shifted(Precision.DAY, count)


def _to_date(_: Words, __: re.Match[str]) -> Meaning | None:
    return ToDate()


def _this_year_to_date(_: Words, __: re.Match[str]) -> Meaning | None:
    return ToDate(Dated(Precision.YEAR, None, 0, 0, 0, whole_year=True))


def _whole_year(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, whole_year=True)


def _mid_year(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.MONTH, int(found["y"]), 6)


def _mid_century(_: Words, __: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, 2050)


def _nothing(_: Words, __: re.Match[str]) -> Meaning | None:
    return Nothing()


def _named_year(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, int(found["y"]))


def _start_of_year(_: Words, found: re.Match[str]) -> Meaning | None:
    if found["y"]:
        return Dated(Precision.MONTH, int(found["y"]), 1)
    if found["rel"]:
        return Dated(Precision.MONTH, None, 1, 0, _SHIFTS[found["rel"]], whole_year=True)
    return Dated(Precision.MONTH, None, 1, whole_year=True)


def _decade(_: Words, found: re.Match[str]) -> Meaning | None:
    first = int(found["y"])
    return Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, first + 9))


def _rule(pattern: str, build: Callable[[Words, re.Match[str]], Meaning | None]) -> Rule:
    return re.compile(pattern + _END), build


_DAY_RULES: tuple[Rule, ...] = (
    _rule(rf"(?P<d>{_DAY})(?:\sof)?[\s-](?P<m>{_NAME})(?:,?[\s-](?P<y>{_YEAR}))?{_CLOCK}", _day_first),
    _rule(
        rf"(?P<d>{_DAY})(?:\s(?P<m0>{_NAME}))?{_DASH}(?P<d2>{_DAY})\s(?P<m>{_NAME})(?:,?\s(?P<y>{_YEAR}))?", _day_run
    ),
)
_MONTH_RULES: tuple[Rule, ...] = (
    _rule(rf"(?P<m>{_NAME})\s(?P<d>{_DAY})(?!%|[.,]\d|\spercent|\sper\scent)(?:,?\s(?P<y>{_YEAR}))?{_CLOCK}", _day_first),
    _rule(
        rf"(?P<m0>(?P<m>{_NAME}))\s(?P<d>{_DAY})\s?[-–]\s?(?P<d2>{_DAY})(?:,?\s(?P<y>{_YEAR}))?", _day_run
    ),
    _rule(
        rf"(?P<m>{_NAME})(?:,?[\s-](?:of\s)?(?P<y>{_YEAR})|\s(?:of\s)?(?P<rel>last|this|next)\syear)?", _month
    ),
    _rule(rf"(?P<a>{_NAME})(?:\s(?P<y0>{_YEAR}))?{_DASH}(?P<b>{_NAME})(?:,?\s(?P<y>{_YEAR}))?", _month_run),
)
_EARLIER = _rule(
    rf"(?P<n>{_COUNT})\s(?P<unit>years?|months?|quarters?|days?)\s(?P<r>earlier|before|ago|previously|on)", _before
)
_YEAR_TO = _rule(
    rf"(?:a|the|12|twelve)?\s?(?:months|year)\s(?:to|ending|ended|ending\sin|up\sto)\s(?:the\send\sof\s)?"
    rf"(?:{_DAY}\s)?(?P<m>{_NAME})(?:\s{_DAY},)?(?:,?\s(?P<y>{_YEAR}))?",
    _twelve_to_bare,
)
_CODED: tuple[Rule, ...] = (
    _rule(r"q(?P<q>[1-4])(?:[\s/'’-]{0,2}(?P<y>(?:19|20)\d\d|\d\d(?!\d)))?", _coded_quarter),
    _rule(r"(?P<q>[1-4])q(?:[\s/'’-]?(?P<y>(?:19|20)\d\d|\d\d(?!\d)))?", _coded_quarter),
    _rule(r"h(?P<q>[12])[\s/'’-]{0,2}(?P<y>(?:19|20)\d\d|\d\d(?!\d))", _coded_half),
    _rule(r"(?P<q>[12])h[\s/'’-]?(?P<y>20\d\d|[12]\d(?!\d))(?!:)", _coded_half),
    _rule(r"(?P<q>\d{1,2})[mt][\s/'’-]?(?P<y>20\d\d|\d\d(?!\d))", _coded_months),
    _rule(r"t(?P<q>\d{1,2})[/.-](?P<y>20\d\d)", _coded_month),
    _rule(r"fy\s?(?P<y>20\d\d|\d\d(?!\d))(?:[/-](?P<z>\d{2,4}))?", _fiscal),
)
EN_NUMBER_RULES: tuple[Rule, ...] = (*_DAY_RULES, _EARLIER, _YEAR_TO, *_CODED, _rule(r"(?P<y>(?:19|20)\d0)s", _decade))
_FIRST = (
    _rule(r"(?P<o>first|second|third|fourth)(?=[.,;]|$)", _elliptic_quarter),
    _rule(r"(?P<o>first|second|third|fourth|final|last|1st|2nd|3rd|4th)\squarter" + _OF_YEAR, _quarter),
    _rule(r"(?P<o>first|second|latter|1st|2nd)\shalf" + r"(?!\sa)" + _OF_YEAR, _half),
    _rule(rf"first\s(?P<n>{_COUNT})\s(?P<unit>months|quarters)(?P<yr>\sof\sthe\syear)?" + _OF_YEAR, _first_units),
)
_RELATIVE = (
    _rule(r"(?P<r>last|this|next|previous|current|prior|past|coming)\s(?P<unit>year|yr|quarter|month|week)(?!-)", _relative),
    _rule(rf"(?P<r>last|past|previous|next|coming)\s(?P<n>{_COUNT})\s(?P<unit>years|quarters|months|days)", _stretch),
)
_FULL_YEAR = _rule(r"(?:full|calendar|financial|fiscal)[\s-]year(?:\s(?:of\s)?(?P<y>(?:19|20)\d\d)(?![\d/-]))", _named_year)
EN_RULES: dict[str, tuple[Rule, ...]] = {
    "first": _FIRST,
    "second": _FIRST,
    "third": _FIRST,
    "fourth": _FIRST,
    "final": _FIRST,
    "latter": _FIRST,
    "last": (*_RELATIVE, *_FIRST),
    "this": _RELATIVE,
    "next": _RELATIVE,
    "previous": _RELATIVE,
    "current": _RELATIVE,
    "prior": _RELATIVE,
    "past": _RELATIVE,
    "coming": _RELATIVE,
    "today": (_rule(r"today(?!['’]s)", _today(0)),),
    "yesterday": (_rule(r"yesterday", _today(-1)),),
    "tomorrow": (_rule(r"tomorrow", _today(1)),),
    "to": (_rule(r"to date", _to_date),),
    "so": (_rule(r"so far(?! as)", _to_date), _rule(r"so far this year", _this_year_to_date)),
    "year": (
        _rule(r"year[\s-]on[\s-]year", _same),
        _rule(r"year[\s-]over[\s-]year", _same),
        _rule(r"year[\s-]to[\s-]date", _this_year_to_date),
        _rule(r"year[\s-]end", _whole_year),
        _rule(r"year before", _same),
        _rule(r"year earlier", _same),
        _YEAR_TO,
    ),
    "yr": (_rule(r"yr before", _same),),
    "yoy": (_rule(r"yoy", _same),),
    "months": (_YEAR_TO,),
    "same": (_rule(r"same (?:period|month|quarter|time|stage|point)(?: (?:a|the|one) year (?:earlier|before|ago)| (?:of )?last year| the previous year)", _same),),
    "corresponding": (_rule(r"corresponding (?:period|month|quarter)(?: (?:of )?last year| a year earlier)?", _same),),
    "full": (_FULL_YEAR,),
    "calendar": (_FULL_YEAR,),
    "financial": (_rule(r"financial year\s(?P<y>(?:19|20)\d\d|\d\d(?=[/-]))(?:[/-](?P<z>\d{2,4}))?", _fiscal),),
    "fiscal": (_rule(r"fiscal (?:year )?(?P<y>(?:19|20)\d\d|\d\d(?=[/-]))(?:[/-](?P<z>\d{2,4}))?", _fiscal),),
    "mid": (_rule(r"mid[\s-](?P<y>(?:19|20)\d\d)", _mid_year), _rule(r"mid[\s-]century", _mid_century)),
    "start": (
        _rule(r"(?:start|beginning) of (?:(?P<y>(?:19|20)\d\d)|(?P<rel>last|this|next) year|the year)", _start_of_year),
    ),
    "between": (_rule(r"between (?P<a>(?:19|20)\d\d) and (?P<b>(?:19|20)\d\d)", _years),),
    "from": (_rule(r"from (?P<a>(?:19|20)\d\d) (?:to|through|until) (?P<b>(?:19|20)\d\d)(?![.,]\d)", _years),),
    "the": (_rule(r"the (?P<y>(?:19|20)\d0)s", _decade),),
    "q": _CODED,
    "h": _CODED,
    "fy": _CODED,
    "t": _CODED,
}
EN_RULES["beginning"] = EN_RULES["start"]
for _name in MONTHS:
    EN_RULES[_name] = _MONTH_RULES
for _word in "a an one two three four five six seven eight nine ten eleven twelve fifteen twenty".split():
    EN_RULES[_word] = (_EARLIER, _YEAR_TO)
