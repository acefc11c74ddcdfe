"""Vietnamese calendar dates: days, months, quarters, parts of a year, years and spans of them."""

from __future__ import annotations

import re

from tracker.domain.period import Precision
from tracker.extract.periods.lexicon import QUARTERS, VI_DIGITS, word_set
from tracker.extract.periods.meaning import (
    Dated,
    Meaning,
    Nothing,
    Run,
    half_year,
)
from tracker.extract.periods.rules import Rule, rule
from tracker.extract.periods.vietnamese_parts import (
    COUNT,
    MONTH,
    NAMED_YEAR,
    SIDE,
    UNITS,
    YEAR_TAIL,
    count_of,
    year_of,
)
from tracker.extract.periods.words import Words

_DECADE = 10

_SUMMED = word_set("quân chung kế dồn liệu quả sơ kết cáo")

_MONTHS_VERBS = word_set("đạt ước tăng giảm thu xuất")

_DURATION_CUES = word_set("trong sau mỗi từng dưới trên hơn vòng gần qua cứ kỳ hạn khoảng suốt")

_YEAR_MONTHS = 12
_LONGEST_MONTH = 31

_YEARS_PAIR = r"\(?(?:từ\s)?(?:năm\s)?(?P<a>\d{4})\s?(?:[-–]|đến|tới)\s?(?:năm\s)?(?P<b>\d{4})"


def _sides(found: re.Match[str]) -> dict[str, bool]:
    side = (found["side"] or "").strip()
    return {"coming": side in ("tới", "sắp tới"), "past": side in ("vừa qua", "vừa rồi", "qua", "rồi")}


def _day(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = year_of(found)
    month, day = count_of(found["m"]), count_of(found["d"])
    possible = month and 0 < day <= _LONGEST_MONTH
    return Dated(Precision.DAY, year, month, day, shift, **_sides(found)) if possible else None


def _month(words: Words, found: re.Match[str]) -> Meaning | None:
    index = words.index_at(found.start())
    if words.before(index).isdigit() and words.before(index - 1) in ("ngày", "mồng", "mùng"):
        return None  # the day before it is none: "ngày 0 tháng 4"
    year, shift = year_of(found)
    if found["side"] and found["side"].strip() == "này":
        shift = 0
    return Dated(Precision.MONTH, year, count_of(found["m"]), 0, shift, **_sides(found))


def _quarter(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = year_of(found)
    first = Dated(Precision.QUARTER, year, QUARTERS[found["q"]], 0, shift, **_sides(found))
    if not found["q2"]:
        return first
    last = Dated(Precision.QUARTER, year, QUARTERS[found["q2"]], 0, shift)
    return Run(first, last) if last.number > first.number else None


def _months(_: Words, found: re.Match[str]) -> Meaning | None:
    """Of the kind "9 tháng đầu năm", "3 tháng cuối năm 2024", "9 tháng năm 2024"."""
    count, unit = count_of(found["n"]), UNITS.get(found["unit"].replace("í", "ý"), Precision.MONTH)
    per_year = _YEAR_MONTHS if unit is Precision.MONTH else 4
    if not 1 <= count <= per_year:
        return None
    year, shift = year_of(found)
    last_part = found["part"] == "cuối"
    first = per_year - count + 1 if last_part else 1
    last = per_year if last_part else count
    run = Run(Dated(unit, year, first, 0, shift), Dated(unit, year, last, 0, shift), deictic=last_part)
    return run.first if first == last and year is not None else run


def _months_of_year(words: Words, found: re.Match[str]) -> Meaning | None:
    return _months(words, found) if found["y1"] or found["y2"] or found["yr"] else None


def _bare_months(words: Words, found: re.Match[str]) -> Meaning | None:
    """Of the kind "Bình quân chín tháng", "số liệu 11 tháng": the first months of the year."""
    index = words.index_at(found.start())
    count, before = count_of(found["n"]), words.before(index)
    led = before in _SUMMED or words.sentence_opens(found.start()) or (before in ("vẫn", "trong") and index == 1)
    goes_on = words.next_word(found.end())
    verb = goes_on in _MONTHS_VERBS and before not in _DURATION_CUES
    comma = words.low.startswith(",", found.end()) and words.sentence_opens(found.start())
    if not 1 < count < _YEAR_MONTHS:
        return None
    sure = (led and (verb or comma or before in _SUMMED)) or verb
    if not sure and _lasts(words, found, index):
        return None
    return Run(Dated(Precision.MONTH, None, 1), Dated(Precision.MONTH, None, count), supposed=not sure)


def _lasts(words: Words, found: re.Match[str], index: int) -> bool:
    """Whether so many months are how long something takes; "Sau 9 tháng, cả tỉnh ..." looks back on the year."""
    before = words.before(index)
    if before == "sau" and words.sentence_opens(words.starts[index - 1]):
        return not words.low.startswith(",", found.end())
    ranged = words.low[max(0, found.start() - 6) : found.start()].rstrip().endswith(_RANGED)
    return ranged or before in _LASTING or words.next_word(found.end()) in _LASTED


_LASTING = word_set(
    """sau mỗi từng dưới trên hơn vòng gần cứ hạn khoảng dài thêm mất chậm sớm muộn còn đến tới những mấy các vài
    được nghỉ lương tù tuổi mươi ít thiểu đa gửi suất vay động"""
)
_LASTED = word_set("tuổi nữa tù lương liên liền một sau trước kể gần trở tiền thai thử liên tục và hoặc cuối này")
_RANGED = ("-", "–", "/", "từ")


def _half(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = year_of(found)
    return half_year(second=found["part"] in ("cuối", "sau"), year=year, year_shift=shift)


def _plain_year(words: Words, found: re.Match[str]) -> Meaning | None:
    text = found["y"].replace("o", "0").replace("l", "1").replace("i", "1")
    if words.counted_after(found.end()) and not 1900 <= int(text) <= 2100:
        return None
    return Dated(Precision.YEAR, int(text))


def _spelt_year(_: Words, found: re.Match[str]) -> Meaning | None:
    tail = found["tail"].split()
    digits = [VI_DIGITS.get(word) for word in tail if word not in ("mươi", "linh", "lẻ", "trăm", "không")]
    if "mười" in tail:
        digits = [1, *(VI_DIGITS.get(word, 0) for word in tail[tail.index("mười") + 1 :])]
        if len(digits) == 1:
            digits.append(0)
    if not digits or None in digits or len(digits) > 2:
        return None
    number = int("".join(map(str, digits)))
    return Dated(Precision.YEAR, 2000 + number)


def _span_of_years(_: Words, found: re.Match[str]) -> Meaning | None:
    first, last = int(found["a"]), int(found["b"])
    return Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, last)) if first < last else None


def _impossible(_: Words, found: re.Match[str]) -> Meaning | None:
    """A day or month that no calendar has: its year is no date either."""
    fits = 1 <= int(found["d"]) <= _LONGEST_MONTH and 1 <= int(found["m"]) <= _YEAR_MONTHS
    return None if fits else Nothing()


def _mid_century(_: Words, __: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, 2050)


def _decade(_: Words, found: re.Match[str]) -> Meaning | None:
    first = int(found["y"])
    return Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, first + 9)) if first % _DECADE == 0 else None


_DAY_RULE = rule(
    rf"(?:ngày\s)?(?:mồng\s|mùng\s)?(?P<d>0?[1-9]|[12]\d|3[01])\s?tháng\s(?P<m>{MONTH}){YEAR_TAIL}{SIDE}",
    _day,
)
_SPELT_DAY = rule(rf"ngày (?P<d>{COUNT}) tháng (?P<m>{MONTH}){YEAR_TAIL}{SIDE}", _day)
CALENDAR_COUNTS: tuple[Rule, ...] = (
    _DAY_RULE,
    rule(
        rf"(?P<n>{COUNT})\s(?P<unit>tháng|quý|quí)\s(?P<part>đầu|cuối)(?:\s(?:của\s)?năm(?=\W|$)(?!\s\d{{4}}))?{YEAR_TAIL}",
        _months,
    ),
    rule(rf"(?P<n>{COUNT})\s(?P<unit>tháng)(?P<part>){NAMED_YEAR}", _months_of_year),
    rule(rf"(?P<n>{COUNT})\s(?P<unit>tháng)(?P<part>)(?P<y1>)(?P<y2>)(?P<yr>)", _bare_months),
    rule(rf"(?P<n>\d{{1,2}})(?P<unit>t|m)(?P<part>){YEAR_TAIL}", _months_of_year),
)
CALENDAR_RULES: dict[str, tuple[Rule, ...]] = {
    "ngày": (
        _DAY_RULE,
        _SPELT_DAY,
        rule(r"ngày\s(?P<d>\d{1,2})\stháng\s(?P<m>\d{1,2})(?:\snăm\s\d{4})?", _impossible),
    ),
    "mồng": (_DAY_RULE,),
    "mùng": (_DAY_RULE,),
    "tháng": (rule(rf"tháng\s(?P<m>{MONTH})(?![/.]\d\d?\W){YEAR_TAIL}{SIDE}", _month),),
    "quý": (
        rule(
            r"qu[ýí]\s(?P<q>iii|ii|iv|i|0?[1-4]|một|nhất|hai|ba|tư|bốn)"
            r"(?:\s?[-–]\s?(?P<q2>iii|ii|iv|[1-4]))?" + YEAR_TAIL + SIDE,
            _quarter,
        ),
        rule(r"qu[ýí]\s(?P<q>đầu|cuối)(?P<q2>)(?: năm(?=\W|$)(?!\s\d{4}))?" + YEAR_TAIL + SIDE, _quarter),
    ),
    "nửa": (rule(rf"nửa\s(?P<part>đầu|cuối|sau)(?: của)?(?: năm(?=\W|$)(?!\s\d{{4}}))?{YEAR_TAIL}", _half),),
    "năm": (
        rule(rf"năm (?:học )?{_YEARS_PAIR}(?![\d/])", _span_of_years),
        rule(
            r"năm\s(?:tài\s(?:chính|khóa|khoá)\s|học\s)?(?P<y>[12][0-9ol][0-9ol][0-9ol])(?![.,]\d|/\d)",
            _plain_year,
        ),
        rule(
            r"năm hai (?:nghìn|ngàn)(?: không trăm)?(?P<tail>(?: (?:linh|lẻ|mươi|mười|một|mốt|hai|ba|bốn|tư"
            r"|năm|lăm|sáu|bảy|tám|chín)){1,3})",
            _spelt_year,
        ),
    ),
    "niên": (rule(r"niên (?:khóa|khoá|độ) " + _YEARS_PAIR + r"\)?", _span_of_years),),
    "giai": (rule(r"giai đoạn (?:\d{1,2} năm )?" + _YEARS_PAIR + r"\)?", _span_of_years),),
    "thời": (rule(r"thời (?:kỳ|kì|gian) (?:\d{1,2} năm )?" + _YEARS_PAIR + r"\)?", _span_of_years),),
    "nhiệm": (rule(r"nhiệm (?:kỳ|kì) " + _YEARS_PAIR + r"\)?", _span_of_years),),
    "thập": (rule(r"thập (?:niên|kỷ|kỉ) (?P<y>(?:19|20)\d0)", _decade),),
    "những": (rule(r"những năm (?P<y>(?:19|20)\d0)", _decade),),
    "giữa": (rule(r"giữa thế kỷ(?: này| 21| xxi)?", _mid_century),),
}
