"""Vietnamese dates that are told from the day of publication or from what was said before."""

from __future__ import annotations

import re

from tracker.domain.period import Precision
from tracker.extract.periods.lexicon import QUARTERS, VI_NUMBERS, word_set
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
from tracker.extract.periods.rules import Build, Rule, rule
from tracker.extract.periods.vietnamese_parts import (
    COUNT,
    DEICTIC_YEARS,
    MONTH,
    SHIFT_WORDS,
    SHIFTS,
    UNITS,
    YEAR_TAIL,
    count_of,
    year_of,
)
from tracker.extract.periods.words import Words

_WEEKDAYS = {
    word: day for day, pair in enumerate(["hai 2", "ba 3", "tư 4", "năm 5", "sáu 6", "bảy 7"]) for word in pair.split()
}

_NOT_PARTS = word_set("dẫn hàng đứng lần bước ban năm bắt khởi mở đi những")

_PART_YEAR = (
    r"(?:(?:năm\s)?(?P<py>(?:19|20|2o)[0-9ol]{2}(?!\w|[/.,\-–]\d))"
    r"|năm\s(?P<pr>nay|ngoái|trước|tới|sau|vừa qua)(?!\w)|năm)"
)


def _relative_year(words: Words, found: re.Match[str]) -> Meaning | None:
    word = found["r"]
    before = words.before(words.index_at(found.start()))
    if before in ("những", "các", "nhiều", "mấy", "mọi", "vài", "hàng", "hằng", "số"):
        return Unclear() if before in ("những", "nhiều") else None
    if word in ("qua", "vừa qua", "vừa rồi"):
        return PastYear()
    if word in ("trước", "trước đó"):
        return Earlier(Precision.YEAR, 1)
    return Shifted(Precision.YEAR, SHIFTS[word])


def _relative(unit: Precision) -> Build:
    def build(_: Words, found: re.Match[str]) -> Meaning | None:
        if found["r"] == "trước đó":
            return Earlier(unit, 1)
        return Shifted(unit, SHIFTS[found["r"]])

    return build


def _week(words: Words, found: re.Match[str]) -> Meaning | None:
    before = words.before(words.index_at(found.start()))
    if before.isdigit() or before in VI_NUMBERS:
        return None
    return Shifted(Precision.DAY, SHIFTS[found["r"]], weeks=True)


def _weekday(_: Words, found: re.Match[str]) -> Meaning | None:
    day = _WEEKDAYS[found["d"]]
    return Shifted(Precision.DAY, SHIFTS[found["r"]], weeks=True, weekday=day)


def _weeks(_: Words, found: re.Match[str]) -> Meaning | None:
    count = count_of(found["n"])
    back = found["r"] in ("trước", "trước đó")
    return Shifted(Precision.DAY, -count if back else count, weeks=True) if count else None


def _counted(words: Words, found: re.Match[str]) -> Meaning | None:
    """Of the kind "5 năm qua", "ba tháng tới", "mười năm trước", "hai năm sau"."""
    count, word = count_of(found["n"]), found["r"]
    unit = UNITS[found["unit"].replace("í", "ý")]
    before = words.before(words.index_at(found.start()))
    if not count or before in ("mươi", "trăm", "mười", "nghìn", "linh", "lẻ"):
        return None
    if word == "nữa":
        return Shifted(unit, count)
    if word in ("qua", "vừa qua", "vừa rồi", "gần đây", "gần nhất", "trở lại đây"):
        return Stretch(unit, -count)
    if word in ("tới", "tiếp theo", "sắp tới"):
        return Stretch(unit, count)
    if word == "sau":
        return Earlier(unit, -count)
    yearly = unit is Precision.YEAR and count == 1
    return Same() if yearly else Earlier(unit, count, whole=before == "cả")


def _ago(_: Words, found: re.Match[str]) -> Meaning | None:
    count = count_of(found["n"])
    return Earlier(UNITS[found["unit"]], count, ago=True) if count else None


def _same(words: Words, found: re.Match[str]) -> Meaning | None:
    named = found["y1"] or found["y2"] or found["y3"]
    compared = named or found["yr"] or words.before(words.index_at(found.start())) in _COMPARED
    if found["what"] in ("thời điểm", "thời gian") and not compared:
        return Nothing()  # the time just named, not the year before
    return Same(int(named) if named else None, first=found["what"] in ("giờ", "thời điểm"))


_COMPARED = word_set("với của so bằng hơn kém")


def _this_time(_: Words, __: re.Match[str]) -> Meaning | None:
    return Same(first=True)


def _part_of_year(_: Words, found: re.Match[str]) -> Meaning | None:
    """Of the kind "đầu năm" is its first month, "giữa năm" its sixth, "cuối năm" and "hết năm" the year."""
    year, shift = _part_year(found)
    part = found["part"]
    if part == "đầu":
        return Dated(Precision.MONTH, year, 1, 0, shift, whole_year=True)
    if part == "giữa":
        return Dated(Precision.MONTH, year, 6, 0, shift, whole_year=True)
    return Dated(Precision.YEAR, year, 0, 0, shift, whole_year=True)


def _start_of_year(words: Words, found: re.Match[str]) -> Meaning | None:
    """Of the kind "đầu năm", but not the year that follows "dẫn đầu" or "lần đầu"."""
    if words.before(words.index_at(found.start())) in _NOT_PARTS:
        return None
    return _part_of_year(words, found)


def _part_year(found: re.Match[str]) -> tuple[int | None, int | None]:
    if found["py"]:
        return int(found["py"].replace("o", "0").replace("l", "1")), None
    return None, DEICTIC_YEARS[found["pr"]] if found["pr"] else None


def _since_to_date(_: Words, found: re.Match[str]) -> Meaning | None:
    if found["pr"] is None and found["py"] is None and found["part"] is None:
        return None
    year, shift = _part_year(found)
    return ToDate(Dated(Precision.YEAR, year, 0, 0, shift, whole_year=True))


def _since_start(_: Words, found: re.Match[str]) -> Meaning | None:
    """From January through a month or a quarter: "từ đầu năm đến hết tháng 6"."""
    year, shift = year_of(found)
    year = int(found["from"]) if found["from"] else year
    last = count_of(found["m"]) if found["m"] else _MONTHS_IN_QUARTER * QUARTERS[found["q"]]
    if not 1 < last <= _MONTHS_IN_YEAR:
        return None
    return Run(Dated(Precision.MONTH, year, 1, 0, shift), Dated(Precision.MONTH, year, last, 0, shift))


def _since_start_to_day(_: Words, found: re.Match[str]) -> Meaning | None:
    """What has added up from January to a day is dated by the day: "từ đầu năm đến hết ngày 12/6"."""
    year = found["y"] or found["from"]
    return Dated(Precision.DAY, int(year) if year else None, int(found["m"]), int(found["d"]), past=True)


_MONTHS_IN_QUARTER, _MONTHS_IN_YEAR = 3, 12


def _to_date(_: Words, __: re.Match[str]) -> Meaning | None:
    return ToDate()


def _today(count: int) -> Build:
    return lambda _, __: Shifted(Precision.DAY, count)


def _unclear(_: Words, __: re.Match[str]) -> Meaning | None:
    return Unclear()


def _nothing(_: Words, __: re.Match[str]) -> Meaning | None:
    return Nothing()


def _whole_year(_: Words, found: re.Match[str]) -> Meaning | None:
    return Dated(Precision.YEAR, whole_year=True)


RELATIVE_COUNTS: tuple[Rule, ...] = (
    rule(rf"(?P<n>{COUNT})\stuần\s(?P<r>trước|nữa|sau)", _weeks),
    rule(
        rf"(?P<n>{COUNT})\s(?P<unit>năm|quý|quí|tháng|ngày)\s"
        r"(?P<r>vừa qua|vừa rồi|qua|gần đây|gần nhất|trở lại đây"
        r"|sắp tới|tới|tiếp theo|nữa|trước đó|trước|sau)",
        _counted,
    ),
)
RELATIVE_RULES: dict[str, tuple[Rule, ...]] = {
    "ngày": (
        rule(r"ngày hôm nay", _today(0)),
        rule(r"ngày hôm qua", _today(-1)),
        rule(r"ngày hôm kia", _today(-2)),
        rule(r"ngày mai", _today(1)),
        rule(r"ngày kia", _today(2)),
    ),
    "thứ": (rule(rf"thứ\s(?P<d>hai|ba|tư|năm|sáu|bảy|[2-7])\s(?:của\s)?tuần\s(?P<r>{SHIFT_WORDS})", _weekday),),
    "hôm": (
        rule(r"hôm nay", _today(0)),
        rule(r"hôm qua", _today(-1)),
        rule(r"hôm kia", _today(-2)),
    ),
    "bữa": (rule(r"bữa nay", _today(0)),),
    "sáng": (rule(r"sáng nay", _today(0)),),
    "chiều": (
        rule(r"chiều nay", _today(0)),
        rule(r"chiều qua", _today(-1)),
    ),
    "tối": (
        rule(r"tối nay", _today(0)),
        rule(r"tối qua", _today(-1)),
    ),
    "đêm": (
        rule(r"đêm nay", _today(0)),
        rule(r"đêm qua", _today(-1)),
    ),
    "tháng": (
        rule(r"tháng đầu năm", lambda _, __: Dated(Precision.MONTH, None, 1, whole_year=True)),
        rule(rf"tháng\s(?P<r>{SHIFT_WORDS})", _relative(Precision.MONTH)),
    ),
    "quý": (rule(rf"qu[ýí]\s(?P<r>{SHIFT_WORDS})", _relative(Precision.QUARTER)),),
    "năm": (rule(rf"năm\s(?P<r>{SHIFT_WORDS})", _relative_year),),
    "giai": (rule(r"giai đoạn \d{1,2} năm", _unclear),),
    "thời": (
        rule(r"thời điểm này năm (?:ngoái|trước)", _this_time),
        rule(r"thời gian (?:vừa )?qua", _unclear),
    ),
    "giờ": (rule(r"giờ này năm (?:ngoái|trước)", _this_time),),
    "cùng": (
        rule(
            r"cùng (?P<what>kỳ|kì|thời điểm|thời gian|giai đoạn|tháng|quý)" + YEAR_TAIL,
            _same,
        ),
    ),
    "những": (rule(r"những năm tiếp theo", _unclear),),
    "cả": (rule(r"cả năm(?!\s(?:\d{4}|nay|ngoái|trước|tới|sau|qua|vừa)(?!\w))", _whole_year),),
    "cách": (rule(r"cách (?:đây|nay) (?P<n>" + COUNT + r") (?P<unit>năm|tháng|ngày)", _ago),),
    "sang": (rule(r"sang năm(?! \d)", lambda _, __: Shifted(Precision.YEAR, 1)),),
    "cho": (rule(r"cho (?:đến|tới) (?:nay|hiện nay|hiện tại|thời điểm này|hôm nay)", _to_date),),
    "tính": (rule(r"tính (?:đến|tới) (?:nay|hiện nay|hiện tại|thời điểm này|thời điểm hiện tại|hôm nay)", _to_date),),
    "đến": (rule(r"đến (?:nay|hiện nay|hiện tại|thời điểm này|thời điểm hiện tại|hôm nay)", _to_date),),
    "tới": (rule(r"tới (?:nay|hiện nay|thời điểm này|hôm nay)", _to_date),),
    "từ": (
        rule(
            r"từ đầu năm(?: (?P<from>\d{4}))?,? (?:cho )?(?:đến|tới) (?:hết |cuối )?"
            rf"(?:tháng (?P<m>{MONTH})|qu[ýí] (?P<q>iii|ii|iv|i|[1-4])){YEAR_TAIL}",
            _since_start,
        ),
        rule(
            r"từ đầu năm(?: (?P<from>\d{4}))?,? (?:cho |tính )?(?:đến|tới) (?:hết )?(?:ngày )?"
            r"(?P<d>0?[1-9]|[12]\d|3[01])/(?P<m>1[0-2]|0?[1-9])(?:/(?P<y>\d{4}))?",
            _since_start_to_day,
        ),
        rule(r"từ trước (?:đến|tới) (?:nay|giờ)", _nothing),
        rule(
            r"từ (?:(?P<part>đầu)\s)?" + _PART_YEAR + r",? (?:cho )?(?:đến|tới) nay",
            _since_to_date,
        ),
    ),
    "kể": (
        rule(
            r"kể từ (?:(?P<part>đầu)\s)?" + _PART_YEAR + r",? (?:cho )?(?:đến|tới) nay",
            _since_to_date,
        ),
    ),
    "đầu": (rule(r"(?P<part>đầu)\s" + _PART_YEAR, _start_of_year),),
    "giữa": (rule(r"(?P<part>giữa)\s" + _PART_YEAR, _part_of_year),),
    "cuối": (
        rule(r"(?P<part>cuối)\s" + _PART_YEAR, _part_of_year),
        rule(r"cuối nhiệm (?:kỳ|kì)", _unclear),
    ),
    "hết": (
        rule(r"(?P<part>hết)\s" + _PART_YEAR, _part_of_year),
        rule(r"hết nhiệm (?:kỳ|kì)", _unclear),
        rule(r"hết niên độ", _whole_year),
    ),
    "kết": (rule(r"(?P<part>kết thúc)\s" + _PART_YEAR, _part_of_year),),
    "tuần": (rule(rf"tuần\s(?P<r>{SHIFT_WORDS})", _week),),
}
