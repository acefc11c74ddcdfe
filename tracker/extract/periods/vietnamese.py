"""Vietnamese dated expressions: one rule is a pattern and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.domain.period import Precision
from tracker.extract.model import Role
from tracker.extract.periods.lexicon import QUARTERS, VI_DIGITS, VI_NUMBERS
from tracker.extract.periods.meaning import (
    Dated,
    Earlier,
    Expression,
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
from tracker.extract.periods.words import Words

Rule = tuple[re.Pattern[str], Callable[[Words, re.Match[str]], Meaning | None]]

_END = r"(?!\w)"
_COUNT = (
    r"(?:\d{1,2}|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: (?:mốt|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín))?"
    r"|mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?|một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
)
# "tháng năm" is May, but "9 tháng năm 2024" is nine months; "9 tháng 3,61%" is no day in March.
_MONTH = (
    r"(?:(?:1[0-2]|0?[1-9])(?![\d%]|[.,]\d)|mười hai|mười một|mười|một|hai|ba|bốn|tư|năm(?!\s\d)|sáu|bảy|bẩy|tám|chín)"
)
_NAMED_YEAR = (
    r"(?:\s?[/.\-–]\s?(?P<y1>\d{4})(?![\d/])"
    r"|,?\s{1,2}(?:của\s)?năm\s(?P<y2>\d{4})(?![\d/])"
    r"|\s(?P<y3>(?:19|20)\d\d)(?![\d/]|[.,]\d)"
    r"|\s(?:của\s)?năm\s(?P<yr>nay|ngoái|trước|tới|sau|vừa qua|vừa rồi)(?!\w))"
)
_YEAR_TAIL = _NAMED_YEAR + "?"
_SIDE = r"(?P<side>\s(?:này|tới|sắp tới|vừa qua|vừa rồi|qua|rồi)(?!\w)(?!\s(?:tháng|ngày|quý|năm|\d)))?"
_SHIFTS = {
    "này": 0, "nay": 0, "hiện tại": 0, "hiện nay": 0, "trước": -1, "ngoái": -1, "rồi": -1, "qua": -1,
    "vừa qua": -1, "vừa rồi": -1, "trước đó": -1, "tới": 1, "sau": 1, "tiếp": 1, "tiếp theo": 1,
    "kế tiếp": 1, "sắp tới": 1,
}  # fmt: skip
_SHIFT_WORDS = "|".join(sorted(_SHIFTS, key=len, reverse=True))
_DEICTIC_YEAR = {"nay": 0, "ngoái": -1, "trước": -1, "vừa qua": -1, "vừa rồi": -1, "tới": 1, "sau": 1}
_UNITS = {"năm": Precision.YEAR, "quý": Precision.QUARTER, "tháng": Precision.MONTH, "ngày": Precision.DAY}
_WEEKDAYS = {word: day for day, pair in enumerate("hai 2,ba 3,tư 4,năm 5,sáu 6,bảy 7".split(",")) for word in pair.split()}
_DECADE = 10
_SUMMED = frozenset("quân chung kế dồn liệu quả sơ kết cáo".split())
_MONTHS_VERBS = frozenset("đạt ước tăng giảm thu xuất".split())
_DURATION_CUES = frozenset("trong sau mỗi từng dưới trên hơn vòng gần qua cứ kỳ hạn khoảng suốt".split())
_QUARTER_MONTHS = 3
_YEAR_MONTHS = 12


def _count(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in VI_NUMBERS:
        return VI_NUMBERS[text]
    tens, _, ones = text.partition("mươi") if "mươi" in text else ("một", "", text.partition(" ")[2])
    return VI_NUMBERS.get(tens.strip(), 0) * 10 + VI_DIGITS.get(ones.strip(), 0)


def _year(found: re.Match[str]) -> tuple[int | None, int | None]:
    """The year named after a part of it: as a number, or in years from the publication."""
    named = found["y1"] or found["y2"] or found["y3"]
    if named:
        return int(named), None
    return None, _DEICTIC_YEAR[found["yr"]] if found["yr"] else None


def _sides(found: re.Match[str]) -> dict[str, bool]:
    side = (found["side"] or "").strip()
    return {"coming": side in ("tới", "sắp tới"), "past": side in ("vừa qua", "vừa rồi", "qua", "rồi")}


def _day(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = _year(found)
    month, day = _count(found["m"]), int(found["d"])
    return Dated(Precision.DAY, year, month, day, shift, **_sides(found)) if month and day else None


def _month(words: Words, found: re.Match[str]) -> Meaning | None:
    index = words.index_at(found.start())
    if words.before(index).isdigit() and words.before(index - 1) in ("ngày", "mồng", "mùng"):
        return None  # the day before it is none: "ngày 0 tháng 4"
    year, shift = _year(found)
    if found["side"] and found["side"].strip() == "này":
        shift = 0
    return Dated(Precision.MONTH, year, _count(found["m"]), 0, shift, **_sides(found))


def _quarter(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = _year(found)
    first = Dated(Precision.QUARTER, year, QUARTERS[found["q"]], 0, shift, **_sides(found))
    if not found["q2"]:
        return first
    last = Dated(Precision.QUARTER, year, QUARTERS[found["q2"]], 0, shift)
    return Run(first, last) if last.number > first.number else None


def _months(_: Words, found: re.Match[str]) -> Meaning | None:
    """"9 tháng đầu năm", "3 tháng cuối năm 2024", "9 tháng năm 2024"."""
    count, unit = _count(found["n"]), _UNITS.get(found["unit"].replace("í", "ý"), Precision.MONTH)
    per_year = _YEAR_MONTHS if unit is Precision.MONTH else 4
    if not 1 <= count <= per_year:
        return None
    year, shift = _year(found)
    last_part = found["part"] == "cuối"
    first = per_year - count + 1 if last_part else 1
    last = per_year if last_part else count
    run = Run(
        Dated(unit, year, first, 0, shift), Dated(unit, year, last, 0, shift), deictic=last_part
    )
    return run.first if first == last and year is not None else run


def _months_of_year(words: Words, found: re.Match[str]) -> Meaning | None:
    return _months(words, found) if found["y1"] or found["y2"] or found["yr"] else None


def _bare_months(words: Words, found: re.Match[str]) -> Meaning | None:
    """"Bình quân chín tháng", "Số liệu 11 tháng": the first months of the year, where a word says so."""
    index = words.index_at(found.start())
    count, before = _count(found["n"]), words.before(index)
    led = before in _SUMMED or words.sentence_opens(found.start()) or (before in ("vẫn", "trong") and index == 1)
    goes_on = words.next_word(found.end())
    verb = goes_on in _MONTHS_VERBS and before not in _DURATION_CUES
    comma = words.low.startswith(",", found.end()) and words.sentence_opens(found.start())
    if not 1 < count < _YEAR_MONTHS or not ((led and (verb or comma or before in _SUMMED)) or verb):
        return None
    return Run(Dated(Precision.MONTH, None, 1), Dated(Precision.MONTH, None, count))


def _half(_: Words, found: re.Match[str]) -> Meaning | None:
    year, shift = _year(found)
    last = found["part"] in ("cuối", "sau")
    first, final = (7, 12) if last else (1, 6)
    return Run(
        Dated(Precision.MONTH, year, first, 0, shift), Dated(Precision.MONTH, year, final, 0, shift), deictic=last
    )


def _plain_year(words: Words, found: re.Match[str]) -> Meaning | None:
    text = found["y"].replace("o", "0").replace("l", "1").replace("i", "1")
    if words.counted_after(found.end()) and not 1900 <= int(text) <= 2100:  # noqa: PLR2004
        return None
    return Dated(Precision.YEAR, int(text))


def _spelt_year(_: Words, found: re.Match[str]) -> Meaning | None:
    tail = found["tail"].split()
    digits = [VI_DIGITS.get(word) for word in tail if word not in ("mươi", "linh", "lẻ", "trăm", "không")]
    if "mười" in tail:
        digits = [1, *(VI_DIGITS.get(word, 0) for word in tail[tail.index("mười") + 1 :])]
        if len(digits) == 1:
            digits.append(0)
    if not digits or None in digits or len(digits) > 2:  # noqa: PLR2004
        return None
    number = int("".join(map(str, digits)))
    return Dated(Precision.YEAR, 2000 + number)


def _relative_year(words: Words, found: re.Match[str]) -> Meaning | None:
    word = found["r"]
    before = words.before(words.index_at(found.start()))
    if before in ("những", "các", "nhiều", "mấy", "mọi", "vài", "hàng", "hằng", "số"):
        return Unclear() if before in ("những", "nhiều") else None
    if word in ("qua", "vừa qua", "vừa rồi"):
        return PastYear()
    if word in ("trước", "trước đó"):
        return Earlier(Precision.YEAR, 1)
    return Shifted(Precision.YEAR, _SHIFTS[word])


def _relative(unit: Precision) -> Callable[[Words, re.Match[str]], Meaning | None]:
    def build(_: Words, found: re.Match[str]) -> Meaning | None:
        if found["r"] == "trước đó":
            return Earlier(unit, 1)
        return Shifted(unit, _SHIFTS[found["r"]])

    return build


def _week(words: Words, found: re.Match[str]) -> Meaning | None:
    before = words.before(words.index_at(found.start()))
    if before.isdigit() or before in VI_NUMBERS:
        return None
    return Shifted(Precision.DAY, _SHIFTS[found["r"]], weeks=True)


def _weekday(_: Words, found: re.Match[str]) -> Meaning | None:
    day = _WEEKDAYS[found["d"]]
    return Shifted(Precision.DAY, _SHIFTS[found["r"]], weeks=True, weekday=day)


def _weeks(_: Words, found: re.Match[str]) -> Meaning | None:
    count = _count(found["n"])
    back = found["r"] in ("trước", "trước đó")
    return Shifted(Precision.DAY, -count if back else count, weeks=True) if count else None


def _counted(words: Words, found: re.Match[str]) -> Meaning | None:
    """"5 năm qua", "ba tháng tới", "mười năm trước", "hai năm sau"."""
    count, word = _count(found["n"]), found["r"]
    unit = _UNITS[found["unit"].replace("í", "ý")]
    if not count:
        return None
    before = words.before(words.index_at(found.start()))
    if before in ("mươi", "trăm", "mười", "nghìn", "linh", "lẻ"):
        return None
    if word in ("qua", "vừa qua", "vừa rồi", "gần đây", "gần nhất", "trở lại đây"):
        return Stretch(unit, -count)
    if word in ("tới", "tiếp theo", "sắp tới", "nữa"):
        return Shifted(unit, count) if word == "nữa" else Stretch(unit, count)
    if word in ("trước", "trước đó"):
        if unit is Precision.YEAR and count == 1:
            return Same()
        return Earlier(unit, count, whole=before == "cả")
    return Earlier(unit, -count)


def _ago(_: Words, found: re.Match[str]) -> Meaning | None:
    count = _count(found["n"])
    return Earlier(_UNITS[found["unit"]], count, ago=True) if count else None


def _span_of_years(_: Words, found: re.Match[str]) -> Meaning | None:
    first, last = int(found["a"]), int(found["b"])
    return Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, last)) if first < last else None


def _same(_: Words, found: re.Match[str]) -> Meaning | None:
    named = found["y1"] or found["y2"] or found["y3"]
    return Same(int(named) if named else None, first=found["what"] in ("giờ", "thời điểm"))


def _this_time(_: Words, __: re.Match[str]) -> Meaning | None:
    return Same(first=True)


def _part_of_year(_: Words, found: re.Match[str]) -> Meaning | None:
    """"đầu năm" is its first month, "giữa năm" its sixth, "cuối năm" and "hết năm" the year."""
    year, shift = _part_year(found)
    part = found["part"]
    if part == "đầu":
        return Dated(Precision.MONTH, year, 1, 0, shift, whole_year=True)
    if part == "giữa":
        return Dated(Precision.MONTH, year, 6, 0, shift, whole_year=True)
    return Dated(Precision.YEAR, year, 0, 0, shift, whole_year=True)


_NOT_PARTS = frozenset("dẫn hàng đứng lần bước ban năm bắt khởi mở đi những".split())


def _start_of_year(words: Words, found: re.Match[str]) -> Meaning | None:
    """"đầu năm", but not the year that follows "dẫn đầu" or "lần đầu"."""
    if words.before(words.index_at(found.start())) in _NOT_PARTS:
        return None
    return _part_of_year(words, found)


def _part_year(found: re.Match[str]) -> tuple[int | None, int | None]:
    if found["py"]:
        return int(found["py"].replace("o", "0").replace("l", "1")), None
    return None, _DEICTIC_YEAR[found["pr"]] if found["pr"] else None


def _since_to_date(_: Words, found: re.Match[str]) -> Meaning | None:
    if found["pr"] is None and found["py"] is None and found["part"] is None:
        return None
    year, shift = _part_year(found)
    return ToDate(Dated(Precision.YEAR, year, 0, 0, shift, whole_year=True))


def _to_date(_: Words, __: re.Match[str]) -> Meaning | None:
    return ToDate()


def _today(count: int) -> Callable[[Words, re.Match[str]], Meaning | None]:
    return lambda _, __: Shifted(Precision.DAY, count)


def _unclear(_: Words, __: re.Match[str]) -> Meaning | None:
    return Unclear()


def _nothing(_: Words, __: re.Match[str]) -> Meaning | None:
    return Nothing()


def _whole_year(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, whole_year=True)


def _mid_century(_: Words, __: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, 2050)


def _decade(_: Words, found: re.Match[str]) -> Meaning | None:
    first = int(found["y"])
    return Run(Dated(Precision.YEAR, first), Dated(Precision.YEAR, first + 9)) if first % _DECADE == 0 else None


def _rule(pattern: str, build: Callable[[Words, re.Match[str]], Meaning | None]) -> Rule:
    return re.compile(pattern + _END), build


_PART_YEAR = (
    r"(?:(?:năm\s)?(?P<py>(?:19|20|2o)[0-9ol]{2}(?!\w|[/.,\-–]\d))"
    r"|năm\s(?P<pr>nay|ngoái|trước|tới|sau|vừa qua)(?!\w)|năm)"
)
_YEARS_PAIR = r"\(?(?:từ\s)?(?:năm\s)?(?P<a>\d{4})\s?(?:[-–]|đến|tới)\s?(?:năm\s)?(?P<b>\d{4})"
_DAY_RULE = _rule(
    rf"(?:ngày\s)?(?:mồng\s|mùng\s)?(?P<d>0?[1-9]|[12]\d|3[01])\s?tháng\s(?P<m>{_MONTH}){_YEAR_TAIL}{_SIDE}", _day
)
_COUNTED_RULES: tuple[Rule, ...] = (
    _DAY_RULE,
    _rule(
        rf"(?P<n>{_COUNT})\s(?P<unit>tháng|quý|quí)\s(?P<part>đầu|cuối)(?:\s(?:của\s)?năm(?=\W|$)(?!\s\d{{4}}))?{_YEAR_TAIL}",
        _months,
    ),
    _rule(rf"(?P<n>{_COUNT})\s(?P<unit>tháng)(?P<part>){_NAMED_YEAR}", _months_of_year),
    _rule(rf"(?P<n>{_COUNT})\s(?P<unit>tháng)(?P<part>)(?P<y1>)(?P<y2>)(?P<yr>)", _bare_months),
    _rule(rf"(?P<n>\d{{1,2}})(?P<unit>t|m)(?P<part>){_YEAR_TAIL}", _months_of_year),
    _rule(rf"(?P<n>{_COUNT})\stuần\s(?P<r>trước|nữa|sau)", _weeks),
    _rule(
        rf"(?P<n>{_COUNT})\s(?P<unit>năm|quý|quí|tháng|ngày)\s"
        r"(?P<r>vừa qua|vừa rồi|qua|gần đây|gần nhất|trở lại đây|sắp tới|tới|tiếp theo|nữa|trước đó|trước|sau)",
        _counted,
    ),
)
VI_RULES: dict[str, tuple[Rule, ...]] = {
    "ngày": (
        _DAY_RULE,
        _rule(r"ngày hôm nay", _today(0)),
        _rule(r"ngày hôm qua", _today(-1)),
        _rule(r"ngày hôm kia", _today(-2)),
        _rule(r"ngày mai", _today(1)),
        _rule(r"ngày kia", _today(2)),
    ),
    "thứ": (
        _rule(rf"thứ\s(?P<d>hai|ba|tư|năm|sáu|bảy|[2-7])\s(?:của\s)?tuần\s(?P<r>{_SHIFT_WORDS})", _weekday),
    ),
    "mồng": (_DAY_RULE,),
    "mùng": (_DAY_RULE,),
    "hôm": (
        _rule(r"hôm nay", _today(0)),
        _rule(r"hôm qua", _today(-1)),
        _rule(r"hôm kia", _today(-2)),
    ),
    "bữa": (_rule(r"bữa nay", _today(0)),),
    "sáng": (_rule(r"sáng nay", _today(0)),),
    "chiều": (_rule(r"chiều nay", _today(0)), _rule(r"chiều qua", _today(-1))),
    "tối": (_rule(r"tối nay", _today(0)), _rule(r"tối qua", _today(-1))),
    "đêm": (_rule(r"đêm nay", _today(0)), _rule(r"đêm qua", _today(-1))),
    "tháng": (
        _rule(rf"tháng\s(?P<m>{_MONTH})(?![/.]\d\d?\W){_YEAR_TAIL}{_SIDE}", _month),
        _rule(r"tháng đầu năm", lambda _, __: Dated(Precision.MONTH, None, 1, whole_year=True)),
        _rule(rf"tháng\s(?P<r>{_SHIFT_WORDS})", _relative(Precision.MONTH)),
    ),
    "quý": (
        _rule(
            r"qu[ýí]\s(?P<q>iii|ii|iv|i|0?[1-4]|một|nhất|hai|ba|tư|bốn)"
            r"(?:\s?[-–]\s?(?P<q2>iii|ii|iv|[1-4]))?" + _YEAR_TAIL + _SIDE,
            _quarter,
        ),
        _rule(r"qu[ýí]\s(?P<q>đầu|cuối)(?P<q2>)(?: năm(?=\W|$)(?!\s\d{4}))?" + _YEAR_TAIL + _SIDE, _quarter),
        _rule(rf"qu[ýí]\s(?P<r>{_SHIFT_WORDS})", _relative(Precision.QUARTER)),
    ),
    "nửa": (_rule(rf"nửa\s(?P<part>đầu|cuối|sau)(?: của)?(?: năm(?=\W|$)(?!\s\d{{4}}))?{_YEAR_TAIL}", _half),),
    "năm": (
        *_COUNTED_RULES,
        _rule(rf"năm {_YEARS_PAIR}(?![\d/])", _span_of_years),
        _rule(r"năm\s(?:tài\s(?:chính|khóa|khoá)\s|học\s)?(?P<y>[12][0-9ol][0-9ol][0-9ol])(?![.,]\d|/\d)", _plain_year),
        _rule(
            r"năm hai (?:nghìn|ngàn)(?: không trăm)?(?P<tail>(?: (?:linh|lẻ|mươi|mười|một|mốt|hai|ba|bốn|tư|năm"
            r"|lăm|sáu|bảy|tám|chín)){1,3})",
            _spelt_year,
        ),
        _rule(rf"năm\s(?P<r>{_SHIFT_WORDS})", _relative_year),
    ),
    "niên": (_rule(r"niên (?:khóa|khoá|độ) " + _YEARS_PAIR + r"\)?", _span_of_years),),
    "giai": (
        _rule(r"giai đoạn (?:\d{1,2} năm )?" + _YEARS_PAIR + r"\)?", _span_of_years),
        _rule(r"giai đoạn \d{1,2} năm", _unclear),
    ),
    "thời": (
        _rule(r"thời (?:kỳ|kì|gian) (?:\d{1,2} năm )?" + _YEARS_PAIR + r"\)?", _span_of_years),
        _rule(r"thời điểm này năm (?:ngoái|trước)", _this_time),
        _rule(r"thời gian (?:vừa )?qua", _unclear),
    ),
    "nhiệm": (_rule(r"nhiệm (?:kỳ|kì) " + _YEARS_PAIR + r"\)?", _span_of_years),),
    "giờ": (_rule(r"giờ này năm (?:ngoái|trước)", _this_time),),
    "cùng": (
        _rule(
            r"cùng (?P<what>kỳ|kì|thời điểm|thời gian|giai đoạn|tháng|quý)" + _YEAR_TAIL,
            _same,
        ),
    ),
    "thập": (_rule(r"thập (?:niên|kỷ|kỉ) (?P<y>(?:19|20)\d0)", _decade),),
    "những": (_rule(r"những năm (?P<y>(?:19|20)\d0)", _decade), _rule(r"những năm tiếp theo", _unclear)),
    "cả": (
        _rule(r"cả năm(?!\s(?:\d{4}|nay|ngoái|trước|tới|sau|qua|vừa)(?!\w))", _whole_year),
    ),
    "cách": (
        _rule(r"cách (?:đây|nay) (?P<n>" + _COUNT + r") (?P<unit>năm|tháng|ngày)", _ago),
    ),
    "sang": (_rule(r"sang năm(?! \d)", lambda _, __: Shifted(Precision.YEAR, 1)),),
    "cho": (_rule(r"cho (?:đến|tới) (?:nay|hiện nay|hiện tại|thời điểm này|hôm nay)", _to_date),),
    "tính": (
        _rule(r"tính (?:đến|tới) (?:nay|hiện nay|hiện tại|thời điểm này|thời điểm hiện tại|hôm nay)", _to_date),
    ),
    "đến": (_rule(r"đến (?:nay|hiện nay|hiện tại|thời điểm này|thời điểm hiện tại|hôm nay)", _to_date),),
    "tới": (_rule(r"tới (?:nay|hiện nay|thời điểm này|hôm nay)", _to_date),),
    "từ": (
        _rule(r"từ trước (?:đến|tới) (?:nay|giờ)", _nothing),
        _rule(
            r"từ (?:(?P<part>đầu)\s)?" + _PART_YEAR + r",? (?:cho )?(?:đến|tới) nay",
            _since_to_date,
        ),
    ),
    "kể": (
        _rule(
            r"kể từ (?:(?P<part>đầu)\s)?" + _PART_YEAR + r",? (?:cho )?(?:đến|tới) nay",
            _since_to_date,
        ),
    ),
    "đầu": (_rule(r"(?P<part>đầu)\s" + _PART_YEAR, _start_of_year),),
    "giữa": (
        _rule(r"(?P<part>giữa)\s" + _PART_YEAR, _part_of_year),
        _rule(r"giữa thế kỷ(?: này| 21| xxi)?", _mid_century),
    ),
    "cuối": (
        _rule(r"(?P<part>cuối)\s" + _PART_YEAR, _part_of_year),
        _rule(r"cuối nhiệm (?:kỳ|kì)", _unclear),
    ),
    "hết": (
        _rule(r"(?P<part>hết)\s" + _PART_YEAR, _part_of_year),
        _rule(r"hết nhiệm (?:kỳ|kì)", _unclear),
        _rule(r"hết niên độ", _whole_year),
    ),
    "kết": (_rule(r"(?P<part>kết thúc)\s" + _PART_YEAR, _part_of_year),),
    "tuần": (_rule(rf"tuần\s(?P<r>{_SHIFT_WORDS})", _week),),
}
VI_RULES["quí"] = VI_RULES["quý"]
for _word in "một hai ba bốn tư sáu bảy bẩy tám chín mười".split():
    VI_RULES[_word] = _COUNTED_RULES
VI_NUMBER_RULES = _COUNTED_RULES
VI_ROLES: dict[type[Meaning], Role] = {Same: Role.AGAINST, ToDate: Role.AS_OF}


def read_vietnamese(words: Words, index: int, rules: tuple[Rule, ...]) -> Expression | None:
    """The longest expression that one of ``rules`` reads at the word ``index``."""
    start, best = words.starts[index], None
    for pattern, build in rules:
        found = pattern.match(words.low, start)
        if found and (best is None or found.end() > best.end):
            meaning = build(words, found)
            if meaning is not None:
                best = Expression(start, found.end(), meaning)
    return best
