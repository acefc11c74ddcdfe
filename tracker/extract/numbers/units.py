"""Units, currencies, counted nouns and denominators written beside a number.

Every function takes the text in lower case (of the same length as the original) and a place.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from tracker.extract.numbers.lexicon import word_set

CURRENCIES: Final = {
    "$": "USD", "us$": "USD", "usd": "USD", "vnd": "VND", "vn$": "VND", "vnđ": "VND", "₫": "VND",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP",
    "pound": "GBP", "pounds": "GBP", "¥": "JPY", "jpy": "JPY", "yen": "JPY", "yên": "JPY",
    "rs": "INR", "rs.": "INR", "inr": "INR", "₹": "INR", "rupee": "INR", "rupees": "INR",
    "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "nhân dân tệ": "CNY", "aed": "AED", "dirham": "AED",
    "dirhams": "AED", "krw": "KRW", "won": "KRW", "sgd": "SGD", "s$": "SGD", "aud": "AUD",
    "a$": "AUD", "thb": "THB", "baht": "THB", "chf": "CHF", "hkd": "HKD", "hk$": "HKD",
    "myr": "MYR", "ringgit": "MYR", "idr": "IDR", "php": "PHP",
}  # fmt: skip

_LONGEST = sorted(CURRENCIES, key=len, reverse=True)
_POINT_COMPOUNDS = "cầu|trường|đến|phục|bưu|bán|du|truy|tiếp|kết|giao|thi|nóng|đen|tham|dân|bỏ|xanh|sạc|sáng"
#: "một thứ hạng mới" is a rank of some kind, no step of one place.
_PRAISE = "mới|cao|thấp|tốt|đẹp|đáng|quan|xứng|khiêm|ổn|vững|hàng|tương|nào|khác"
_DONG_COMPOUNDS = "bào|chí|thời|bộ|hồ|nghiệp|đội|ý|hành|đều|thuận|loạt|minh|bằng|hương|phục|ruộng|lúa|tháp|nai"
_SYMBOLS = frozenset("$€£¥₹₫.")
_UNIT = re.compile(
    r"(?:[ \n]of[ \n](?:an?|one)(?=[ \n](?:percentage[ -]|per ?cent )?(?:point|place|notch)(?!\w)))?[ \n]{0,3}(?:"
    r"(?P<pp>điểm[ \n]phần[ \n]trăm|điểm ?%|% ?điểm|%?-?[ \n]?percentage[ -]points?|percent points?"
    r"|per cent points?|pct points?|pc points?|%[ -]points?|ppts?(?!\w)|pps?(?!\w)|p\.p\.)"
    r"|(?P<percent>%|％|phần[ \n]trăm(?!\w)|-?per[ -]?cent(?!\w)|pct(?!\w)|(?<=\d)pc(?!\w)|percentage(?!\w))"
    r"|(?P<bp>basis points?|bps(?!\w)|điểm cơ bản)"
    r"|(?P<vnd>đồng(?!\w)(?! (?:" + _DONG_COMPOUNDS + r")(?!\w))|đ(?!\w)|vn[dđ](?!\w)|₫|dong(?!\w)|vn\$)"
    r"|(?P<usd>us\$|\$|usd(?!\w)|đô[ -]?la(?: mỹ)?|đô(?: mỹ)?(?!\w)(?! thị)|dollars?(?!\w)|mỹ kim)"
    r"|(?P<places>bậc(?!\w)|(?:thứ hạng|hạng|vị trí)(?!\w)(?! (?:" + _PRAISE + r")(?!\w))|places?(?!\w)|spots?(?!\w)"
    r"|positions?(?!\w)"
    r"|notch(?:es)?(?!\w)|rungs?(?!\w)|ranks?(?!\w)|steps?(?= (?:up|down|higher|lower|better)))"
    r"|(?P<times>lần(?!\w)(?! (?:thứ|đầu|cuối|này|trước|sau|lượt|nữa|nào|gần))|times(?!\w)|-?fold(?!\w)"
    r"|[x×](?![\w]))"
    r"|(?P<points>điểm(?!\w)(?! (?:" + _POINT_COMPOUNDS + r")(?!\w))|-?points?(?!\w)(?! of))"
    r"|(?P<money>(?:" + "|".join(re.escape(name) for name in _LONGEST if len(name) > 2) + r"|rs)(?!\w)"
    r"|[€£¥₹])"
    r")"
)  # fmt: skip
_TIME_WORDS = "năm|tháng|quý|tuần|ngày|giờ|phút|giây|kỳ"
_PER = re.compile(
    r" ?/ ?(?P<slash>" + _TIME_WORDS + r"|[^\W\d_]+(?: [^\W\d_]+)?)(?!\w)"
    r"|[ \n](?:mỗi|một|hằng|hàng) (?P<vi>" + _TIME_WORDS + r")(?!\w)"
    r"|[ \n](?:per|a|each|every) (?P<en>year|month|quarter|week|day|hour|annum|capita|person|head"
    r"|household)(?!\w)"
    r"(?! (?:before|earlier|ago|later|on|trước|qua)(?!\w))"
)
_NOUN_WORD = re.compile(r"[ \n]?([^\W\d_]+(?:-[^\W\d_]+)*)")

# A counted noun does not begin with, or run over, one of these.
STOPS: Final = word_set(
    "và hoặc của trong so với là thì mà để khi vào ở tại đến tới từ lên xuống cho được đã sẽ đang có "
    "không cũng nhưng hay còn theo tức trên dưới do vì nên này đó ấy kia thôi rồi ạ nữa bằng tăng giảm "
    "đạt chiếm như gồm sau trước hơn kém cao thấp nhiều cùng nhất mới chỉ đều vẫn phải cần lần đầu cuối "
    "hồi kể vượt xếp đứng thứ hạng gần khoảng cứ mỗi trở lượng nằm thuộc nha nè nhé đấy lại ngay vừa sắp "
    "xấp chừng cỡ tầm ngót suýt quanh chưa tối ước "
    "and or of in on at by for from to with than is are was were be been being has have had as the a an "
    "this that it its but while against over under per after before during since until up down higher "
    "lower more less fewer which who what when where not only about around last next year years's do did "
    "does will would could should may might can also so because if then there they we you he she i "
    "now still already yet ago earlier later compared versus vs among between within throughout across "
    "globally worldwide overall year-on-year below above out off into onto said says"
)


class Unit(NamedTuple):
    """``name`` as in ``Quantity.unit``, the index behind it, and what the value is multiplied by."""

    name: str
    end: int
    factor: Decimal


_NAMES: Final = {"bp": "pp", "vnd": "VND", "usd": "USD"}


def unit_after(low: str, end: int) -> Unit | None:
    """The unit that directly follows the number ending at ``end``."""
    found = _UNIT.match(low, end)
    if found is None or found.lastgroup is None:
        return None
    group = found.lastgroup
    if group == "money":
        return Unit(CURRENCIES.get(found.group("money"), "USD"), found.end(), Decimal(1))
    factor = Decimal("0.01") if group == "bp" else Decimal(1)
    return Unit(_NAMES.get(group, group), found.end(), factor)


def currency_before(low: str, start: int) -> tuple[str, int] | None:
    """The currency written before a number, and where it begins: "US$512", "VND 57 trillion"."""
    end = start - 1 if low[max(0, start - 1) : start] == " " else start
    first = end
    while first > max(0, end - 4) and (low[first - 1].isalpha() or low[first - 1] in _SYMBOLS):
        first -= 1
    name = low[first:end]
    if name in CURRENCIES and len(name) < 4 and (first == 0 or not low[first - 1].isalnum()):
        return CURRENCIES[name], first
    if name and name[-1] in _SYMBOLS and name[-1] in CURRENCIES:
        return CURRENCIES[name[-1]], end - 1
    return None


def per_after(low: str, end: int) -> tuple[str, int] | None:
    """A denominator without a number: "/năm", "a year"; its noun and the index behind it."""
    found = _PER.match(low, end)
    if found is None:
        return None
    return found.group("slash") or found.group("vi") or found.group("en"), found.end()


def noun_after(text: str, low: str, end: int, limit: int = 3) -> tuple[str, int]:
    """The counted noun, at most ``limit`` words, and the index behind it; "" without one."""
    index = end
    for count in range(limit):
        found = _NOUN_WORD.match(low, index)
        if found is None or (count and low[index] not in " \n") or found.group(1) in STOPS:
            break
        if count and found.group(1) in {"năm", "tháng", "quý", "ngày"}:
            break
        if found.group(1) == "năm" and low[found.end() : found.end() + 2].strip().isdigit():
            break
        index = found.end()
    return text[end:index].strip().replace("\n", " "), index
