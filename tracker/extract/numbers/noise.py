"""Why a number is no figure: document numbers, names, clocks, counters, list marks and the like."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from tracker.extract.model import Shape
from tracker.extract.numbers.draft import Draft
from tracker.extract.numbers.joins import power_of_ten
from tracker.extract.numbers.lexicon import word_set

_DOCUMENT: Final = word_set(
    "điều khoản mục chương nghị_quyết quyết_định nghị_định thông_tư chỉ_thị công_văn luật phụ_lục đề_án "
    "article decree resolution decision circular directive section clause annex appendix act"
)
_DOCUMENT_AFTER: Final = re.compile(r"(?:/\d{4})? ?/[^\W\d_]{1,6}[-–]?[A-ZĐ]|/[A-ZĐ]{2,}|-(?:NQ|KL|CT|QĐ|TB)/")
_NAME_BEFORE: Final = word_set(
    "mức_độ cấp_độ level levels tier phase giai_đoạn vòng lớp quận phường quốc_lộ iso windows web scope "
    "class "
    "version phiên_bản hạng_mục bảng biểu hình table figure chart hộp box chapter bài số_hiệu khu_vực tổ "
    "thế_hệ công_nghiệp industry covid stage grade nhóm_máu mẫu model gen kịch_bản route highway "
    "quy_hoạch_điện vùng đội khu block step issue volume vol part kênh channel f ipv"
)
_ORDINAL_BEFORE: Final = word_set(
    "lần kỳ khóa khoá đợt phiên nhiệm_kỳ tập số_thứ kỳ_họp hội_nghị tuần năm ngày tháng quý"
)
_ORDINAL_AFTER: Final = re.compile(
    r"[ -](?:quarter|half|time|edition|session|congress|anniversary|century|floor|year|month|week|day"
    r"|term|round|"
    r"party|hand|level|stage|phase|national|plenum|of (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|[a-z]+ (?:edition|session|congress|time))(?!\w)"
)
_WEEKDAY_AFTER: Final = re.compile(r"[ ,]{0,2}(?:ngày|tuần|tới|này|vừa|sau|trước|\(?\d{1,2}[/-]\d)")
_RANKING: Final = word_set(
    "rank ranks ranked ranking placed place came come finished finish sits sit sat stands stand stood "
    "position "
    "in at was is hold holds held now remains remained only overall just still stays"
)
_RANK_AFTER: Final = re.compile(
    r"[ ](?:place|position|spot|out of|of|among|in|globally|worldwide|overall|on)(?!\w)|[.,;)/]|$"
)
_PHONE: Final = word_set(
    "hotline đt tel điện_thoại đường_dây_nóng fax phone tổng_đài số_máy mobile zalo call dial nhánh sđt"
)
#: "a three-and-a-half-year high", "a 12-month low": since when, no amount.
_SPAN_OF_A_RECORD: Final = re.compile(
    r"-(?:year|month|quarter|week|day|decade)[- ](?:\w+ )?(?:high|low|peak|trough|record|best|worst|average|mean)s?"
    r"(?!\w)"
)
_EQUATED: Final = re.compile(r"(?: (?:us )?dollars?| euros?)? ?= ?(?:us\$|vnđ?|\$|€|£|[a-z]{3} ?\d)")
_DIALLED: Final = re.compile(
    r"\+(?!\d{1,3}(?: \d{3})+(?![\d ]))\d{1,3}(?:[ \-]\(?\d{1,4}\)?){2,}"
    r"|(?<![\d.,])1[89]00[ .]\d{4}(?!\d)|\bext(?:ension)?\.? ?\d+"
)
_DIALLED_SIGNS: Final = ("+", "800", "900", "ext")
_PAGE: Final = word_set("trang page pages tr. pp. p. mã_bưu_chính zip postcode")
_CLOCK: Final = re.compile(r"(?:[h:g]\d{2}(?!\d)|h(?!\w)|[ ]?giờ(?: \d{1,2}(?!\d)| sáng| chiều| tối| đêm| trưa| ngày))")
_MINUTES: Final = re.compile(r"\d[:h]$")
_AM_PM: Final = re.compile(r" ?(?:am|pm|a\.m\.|p\.m\.)(?!\w)")
_CLOCK_BEFORE: Final = word_set("lúc hồi at")
_COUNTER: Final = re.compile(
    r"[ \n]?(?:(?:lượt|người) (?:xem|truy cập|thích|đọc|chia sẻ|quan tâm|theo dõi|bình luận)|bình luận"
    r"|comments?|views?|likes?"
    r"|shares?|followers?|retweets?|replies|hits)(?!\w)"
)
_COUNTER_BEFORE: Final = re.compile(
    r"(?:lượt (?:xem|truy cập|đọc)[^.:\d]{0,12}|đã xem|views?|truy cập|đang online|visitor counter"
    r"|comments|likes)\s*:\s*$"
)
_LABEL: Final = re.compile(
    r"[ \n](?:trụ cột|hướng|cấp|nội dung|nhiệm vụ|giải pháp|lĩnh vực|khâu|bước|mục tiêu|chữ|trọng tâm"
    r"|đột phá|vấn đề|"
    r"quan điểm|nguyên tắc|nhóm|khía cạnh|yếu tố|tiêu chí|chỉ số|phần|pillars?|steps?|goals?|principles"
    r"|priorities|"
    r"areas|themes|reasons|ways|things|lessons|tasks)(?!\w)"
)
_ENUMERATOR: Final = re.compile(r"\s*\(?$")
_SEASON: Final = re.compile(r"(?:19|20)\d\d[/–-]$")
_MONTHS: Final = word_set(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul "
    "aug sep sept oct nov dec"
)
_VERSIONS: Final = frozenset({"1.0", "2.0", "3.0", "4.0", "5.0"})
_DOCUMENT_SIGNS: Final = frozenset("/- ")
_BARE_SHAPES: Final = frozenset({Shape.PLAIN, Shape.RANGE, Shape.FROM, Shape.TO})
_GLUED: Final = word_set("top tốp mid end early late pre post")
_SPREADING: Final = frozenset({"name", "decree", "page"})
_AND: Final = frozenset({" và ", " and ", ", ", " hoặc ", " or ", "-", "+"})
_DATE_BEFORE: Final = frozenset({"ngày", "tháng", "mùng", "mồng", "quý"})
_DAY_BEFORE: Final = re.compile(r"(?<![\d.,])(\d{1,2})[/-]$")
_MONTH_AFTER: Final = re.compile(r"[/-](\d{1,2})(?![\d%])")
COUNTED: Final = word_set(
    "người hộ xã huyện tỉnh thành nước quốc doanh bệnh trường trạm thủ hồ dịch nền tên tài thuê bộ ngành "
    "địa đơn cơ "
    "km học giáo bác vụ ca dự công nhà căn máy xe tàu chuyến lượt tổ hợp sản cửa gia đình cháu trẻ đại dân"
)
_YEAR_WORD: Final = word_set("in by since until from before after during of năm end-of mid late early")


def classify(draft: Draft, text: str, low: str) -> None:
    """Set ``draft.noise`` where the number is no figure; a class that is already there stays."""
    if draft.noise:
        return
    if draft.unit is None and _SPAN_OF_A_RECORD.match(low, draft.end):
        draft.noise = "span"
        return
    if draft.form == "digits":
        draft.noise = _digits_noise(draft, text, low)
    elif draft.form == "ordinal":
        draft.noise = _ordinal_noise(draft, low)
    else:
        draft.noise = _label(draft, low) or _nth(draft, low) or _words_noise(draft)


def _words_noise(draft: Draft) -> str | None:
    if draft.unit is not None or not draft.words:
        return None
    if 1900 <= draft.value <= 2100 and draft.words[-1] == "năm":
        return "year"
    return "name" if draft.weak and _before(draft) & _NAME_BEFORE else None


def _digits_noise(draft: Draft, text: str, low: str) -> str | None:
    if draft.unit is not None and _EQUATED.match(low, draft.end):
        return "rate"
    if text[draft.end : draft.end + 1] in _DOCUMENT_SIGNS and _DOCUMENT_AFTER.match(text, draft.end):
        return "decree"
    return None if draft.unit not in {None, "rank"} else _unmeasured_noise(draft, text, low)


def _unmeasured_noise(draft: Draft, text: str, low: str) -> str | None:
    if "nth" in draft.flags:
        return "date" if _beside_month(draft) else _ordinal_noise(draft, low)
    if _clock(draft, low):
        return "clock"
    if _COUNTER.match(low, draft.end) or _COUNTER_BEFORE.search(low, max(0, draft.left - 32), draft.left):
        return "counter"
    if draft.unit is None and draft.words[-1:] == ["per"] and power_of_ten(draft.value):
        return "per"
    if draft.unit is None and draft.shape in _BARE_SHAPES:
        return _nth(draft, low) or _bare_noise(draft, text) or _label(draft, low)
    return _nth(draft, low) if draft.unit == "rank" else None


def _bare_noise(draft: Draft, text: str) -> str | None:
    before = _before(draft)
    for noise, holds in _BARE_CLASSES:
        if holds(draft, text, before):
            return noise
    return None


def _phone(draft: Draft, text: str, before: set[str]) -> bool:
    if any(sign in text for sign in _DIALLED_SIGNS) and any(
        run.start() <= draft.start and draft.end <= run.end() for run in _DIALLED.finditer(text)
    ):
        return True
    if before & _PHONE or "spaced" in draft.flags:
        return "spaced" not in draft.flags
    token = draft.written
    digits = sum(char.isdigit() for char in token)
    if token.startswith("0") and digits >= 3 and not token.startswith(("0.", "0,")):
        return True
    return token.isdigit() and (digits >= 9 or (digits >= 7 and not draft.noun)) and draft.scale == 1


def _document(draft: Draft, text: str, before: set[str]) -> bool:
    return bool(before & _DOCUMENT)


def _page(draft: Draft, text: str, before: set[str]) -> bool:
    return bool(before & _PAGE)


def _name(draft: Draft, text: str, before: set[str]) -> bool:
    """See "mức độ 4", "Web 2.0", "Đề án 06", "GMT+7": a number that is part of a name."""
    token = draft.written
    if draft.scale != 1 or len(token) > 5:
        return False
    if draft.integral and (before & _NAME_BEFORE or ("mức" in before and 1 <= draft.value <= 4)):
        return True
    if "signed" in draft.flags and text[draft.left - 1 : draft.left].isalpha():
        return True
    return (token in _VERSIONS and bool(before)) or (len(token) == 2 and token[0] == "0" and token.isdigit())


def _footnote(draft: Draft, text: str, before: set[str]) -> bool:
    return text[draft.start - 1 : draft.start] == "[" and text[draft.end : draft.end + 1] == "]"


def _day_of_month(draft: Draft, text: str, before: set[str]) -> bool:
    return draft.value <= 31 and draft.integral and _beside_month(draft)


def _beside_month(draft: Draft) -> bool:
    return draft.noun.lower().split(" ")[0] in _MONTHS or bool(draft.words and draft.words[-1] in _MONTHS)


def spread(drafts: list[Draft], low: str) -> None:
    """Read "mức độ 3 và 4" alike: the class of the first goes on to a bare second."""
    for first, second in pairwise(drafts):
        open_second = not second.noise and not second.unit and second.form == "digits" and second.integral
        if first.noise in _SPREADING and open_second and low[first.end : second.start] in _AND:
            second.noise = first.noise


def _date(draft: Draft, text: str, before: set[str]) -> bool:
    """A day or month that no dated expression took: "22/12", "22-12", "tháng 8"."""
    if not draft.written.isdigit() or len(draft.written) > 4 or draft.scale != 1:
        return False
    if draft.words and draft.words[-1] in _DATE_BEFORE and draft.value <= 31:
        return True
    day = _DAY_BEFORE.search(text, max(0, draft.start - 6), draft.start)
    if day and int(day.group(1)) <= 31 and (draft.value <= 12 or 1900 <= draft.value <= 2100):
        return True
    month = _MONTH_AFTER.match(text, draft.end)
    return month is not None and draft.value <= 31 and int(month.group(1)) <= 12


def _before(draft: Draft) -> set[str]:
    """The word before the number, and the last two and three of them joined."""
    words = draft.words
    if words and words[-1] == "số" and len(words) > 1:
        words = words[:-1]
    keys = {"_".join(words[-size:]) for size in (1, 2, 3) if len(words) >= size}
    return {key.rstrip("-") for key in keys}


def _fused(draft: Draft, text: str, before: set[str]) -> bool:
    """Digits that letters hold on to: "COVID-19", "5G", "2IPD"; not "top-35" or "10km"."""
    start, end = draft.start, draft.end
    if start > 1 and text[start - 1] in "-–" and text[start - 2].isalpha():
        word = re.search(r"[^\W\d_]+$", text[max(0, start - 16) : start - 1])
        return word is not None and word.group().lower() not in _GLUED
    if not text[end : end + 1].isalpha():
        return False
    word = re.match(r"[^\W_]+", text[end : end + 12])
    return word is not None and word.group() not in _ATTACHED


_ATTACHED: Final = word_set(
    "km m kg g ha mw gw kw twh gwh mwh kwh MW GW kW TWh GWh MWh kWh Mbps Gbps GB TB MB mm cm m2 m3 km2 "
    "ml l t tấn "
    "s nd rd st th lần người hộ xã"
)


def _clock(draft: Draft, low: str) -> bool:
    if draft.unit is not None or "ratio_to_one" in draft.flags:
        return False
    if _AM_PM.match(low, draft.end):
        return True
    if not draft.integral or not 0 <= draft.value <= 59 or len(draft.written) > 2:
        return False
    if _MINUTES.search(low, max(0, draft.start - 2), draft.start) or _CLOCK.match(low, draft.end):
        return True
    last = draft.words[-1] if draft.words else ""
    if low.startswith(" giờ", draft.end) and last in _CLOCK_BEFORE:
        return True
    return last == "giờ" and len(draft.words) > 1 and draft.words[-2].isdigit()


def _ordinal_noise(draft: Draft, low: str) -> str | None:
    """An ordinal is a rank only where it ranks: "86th", "sits sixth", not "the third quarter"."""
    end = max(draft.end, draft.right) if "nth" in draft.flags else draft.end
    if _ORDINAL_AFTER.match(low, end):
        return "ordinal"
    last = draft.words[-1] if draft.words else ""
    ranked = draft.form == "digits" or last in _RANKING or (last == "the" and _RANK_AFTER.match(low, end))
    if not ranked or not (draft.form == "digits" or _RANK_AFTER.match(low, end)):
        return None if draft.shape is Shape.RANK else "ordinal"
    draft.shape, draft.unit, draft.weak = Shape.RANK, "rank", False
    return None


def _nth(draft: Draft, low: str) -> str | None:
    """Tell "lần thứ 4", "thứ 5" the weekday and "Thứ nhất, ..." from ranks, which pass."""
    words = draft.words
    if not words or words[-1] != "thứ":
        return "ordinal" if words and words[-1] in {"lần", "khóa", "khoá"} and draft.unit == "rank" else None
    before = words[-2] if len(words) > 1 else ""
    joined = "_".join(words[-3:-1])
    if before in _ORDINAL_BEFORE or joined in _ORDINAL_BEFORE:
        return "ordinal"
    if 2 <= draft.value <= 7 and (_WEEKDAY_AFTER.match(low, draft.end) or before in {"sáng", "chiều", "tối"}):
        return "weekday"
    if not before and draft.form == "words" and low.startswith(",", draft.end):
        return "enumerator"
    return None


def _label(draft: Draft, low: str) -> str | None:
    if draft.unit is not None or not draft.integral or not 1 < draft.value <= 20 or draft.shape is not Shape.PLAIN:
        return None
    return "label" if _LABEL.match(low, draft.end) else None


def _enumerator(draft: Draft, text: str, before: set[str]) -> bool:
    if not draft.integral and draft.noise != "version" and not re.fullmatch(r"\d{1,2}\.\d{1,2}", draft.written):
        return False
    follows = text[draft.end : draft.end + 2]
    if draft.start <= 2 and _ENUMERATOR.match(text[: draft.start]):
        if follows in {". ", ") ", ".", ")", "/ "} or (follows[:1] == "." and follows[1:].isalpha()):
            return len(text) > len(draft.written) + 2 and len(draft.written) <= 5
        return False
    bracketed = text[draft.start - 1 : draft.start] == "(" and follows[:1] == ")"
    return bracketed and draft.value <= 20 and "(1)" in text and "(2)" in text


def _year(draft: Draft, text: str, before: set[str]) -> bool:
    token = draft.written
    if len(token) == 2 and _SEASON.search(text, max(0, draft.start - 6), draft.start):
        return True
    if draft.scale != 1 or not token.isdigit() or len(token) != 4 or not 1900 <= draft.value <= 2100:
        return False
    if draft.high is not None:
        return 1900 <= draft.high <= 2100
    # A year takes no counted noun; after "in" or "by" what follows is none.
    if not draft.noun or (draft.words and draft.words[-1] in _YEAR_WORD):
        return True
    noun = draft.noun.lower()
    return not (noun.split(" ")[0] in COUNTED or noun.endswith("s"))


# The first class that holds is the number's; all are asked about bare numbers alone.
_BARE_CLASSES: Final[tuple[tuple[str, Callable[[Draft, str, set[str]], bool]], ...]] = (
    ("date", _date),
    ("name", _fused),
    ("phone", _phone),
    ("decree", _document),
    ("page", _page),
    ("year", _year),
    ("enumerator", _enumerator),
    ("name", _name),
    ("footnote", _footnote),
    ("date", _day_of_month),
)
