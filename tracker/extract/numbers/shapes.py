"""How neighbouring numbers belong together: ranges, ranks, totals, changes from one to another."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from tracker.domain.figure import Qualifier
from tracker.extract.model import Alternative, Shape
from tracker.extract.numbers.hedges import words_before
from tracker.extract.numbers.lexicon import word_set
from tracker.extract.numbers.scan import Draft, as_percent

_RANGE: Final = re.compile(
    r"\s{0,2}(?:[-–—~]|đến|tới|to|và|and|or|hoặc|through|, cùng lắm là|, at most)\s{0,2}$"
)
_TOTAL: Final = re.compile(
    r"(?P<noun>(?: [^\W\d_]+){0,3}) (?P<link>trên(?: tổng(?: số)?)?|trong(?: tổng)? số|out of(?: a total of)?"
    r"|of|among|in every|in|from among)(?: the| our| its| all)? $"
)
_SLASH: Final = re.compile(r" ?/ ?$")
_PER: Final = re.compile(
    r"[^.,;:()\d]{0,40}?(?:/ ?| per | trên | trong | for every | for each | for | in every | cho mỗi | mỗi | tính trên )$"
)
_LIST: Final = re.compile(r"(?:, ?|[ ,]{1,2}(?:và|and|rồi|hoặc|or|hay) )$")
_ONE_IN: Final = re.compile(r"(?: [^\W\d_]+){1,3} in(?: every)? $")
_EVERY: Final = re.compile(
    r"(?P<first>(?: [^\W\d_]+){1,4}?)(?:,)? (?:thì |lại |mới )?(?:có |là )?(?:[^\W\d_]+ ){0,2}$"
)
_COUNTRIES: Final = (
    "quốc gia", "nước", "nền kinh tế", "countries", "economies", "member", "nations", "states", "vùng lãnh thổ",
    "tỉnh", "địa phương", "provinces", "cities",
)  # fmt: skip
_RANK_WORDS: Final = word_set(
    "thứ hạng xếp đứng bậc rank ranks ranked ranking placed place position spot sits sat stands stood number "
    "vị trí no. no.:"
)
_RANK_BEFORE: Final = re.compile(
    r"(?:xếp|đứng|hạng|vị trí|thứ bậc|rank|ranked|ranking|ranks|placed|position|place)(?!\w)[^.;!?]{0,60}$"
)
_RANK_CUE: Final = word_set("thứ hạng bậc rank ranks ranked number no. placed")
_RANK_VERB: Final = word_set("xếp đứng")
_TOP: Final = word_set("top tốp")
_GROUP_AFTER: Final = re.compile(
    r"[ \n]?(?:nước|quốc gia|nền kinh tế|tỉnh|địa phương|đầu|dẫn đầu|hàng đầu|đứng đầu|thế giới|cao nhất|tốt nhất"
    r"|best|leading|highest|[.,;)!?\"]|$)"
)
_MOVED_TO: Final = re.compile(
    r"(?:^|[ (])(?:lên|xuống|xuống còn|lên tới|lên đến|lên mức|xuống mức|còn|thành|to|đến|tới)"
    r"(?: (?:mức|còn|tới|đến|hơn|gần|trên|dưới|khoảng|vị trí|hạng|thứ|bậc|around|about|nearly|just|over|under"
    r"|some|almost))*$"
)
_FROM: Final = frozenset({"từ", "from"})
_FRACTIONS: Final = frozenset(
    (str(top), str(bottom))
    for top, bottom in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 10))
)
_PLAIN_UNITS: Final = frozenset({None, "rank", "points"})


def pair(drafts: list[Draft], low: str) -> list[Draft]:
    """Join and relate the drafts of a text; the order stays, joined ones become one."""
    for draft in drafts:
        draft.words = words_before(low, draft.left)
    joined: list[Draft] = []
    for draft in drafts:
        if joined and _join(joined[-1], draft, low):
            continue
        joined.append(draft)
    for draft in joined:
        _standing(draft, low)
    for first, second in zip(joined, joined[1:], strict=False):
        _relate(first, second, low)
    return joined


# --- joining two numbers into one -----------------------------------------------------------------


def _join(first: Draft, second: Draft, low: str) -> bool:
    if first.noise or second.noise or second.left - first.right > 60:
        return False
    gap = low[first.right : second.left]
    return (
        _join_cents(first, second, low, gap)
        or _join_slash(first, second, low, gap)
        or _join_ratio_to_one(first, second, gap)
        or _join_total(first, second, low, gap)
        or _join_range(first, second, low, gap)
        or _join_every(first, second, low, gap)
    )


def _take_over(first: Draft, second: Draft) -> None:
    first.end, first.right = second.end, max(first.right, second.right)
    first.noun, first.per = second.noun or first.noun, second.per or first.per
    first.flags |= second.flags
    first.weak = False


def _join_cents(first: Draft, second: Draft, low: str, gap: str) -> bool:
    if first.unit not in {"USD", "INR", "EUR", "GBP"} or gap not in {" ", " và ", " and "}:
        return False
    cents = re.compile(r" (?:xen|xu|cents?)(?!\w)").match(low, second.end)
    bare = gap == " " and second.end == len(low) and first.end < first.right
    if not (cents or bare) or not second.integral or not 0 <= second.value < 100:
        return False
    first.value += second.value / 100
    _take_over(first, second)
    first.noun = ""
    first.right = cents.end() if cents else second.end
    return True


def _join_slash(first: Draft, second: Draft, low: str, gap: str) -> bool:
    if not _SLASH.match(gap) or first.unit not in {None, "rank"} or first.high is not None:
        return False
    if not (first.integral and second.integral) or (first.alternatives and second.alternatives):
        return False
    if (
        second.scale > 1
        or low[second.end : second.end + 1] in {"/", "-"}
        or low[first.left - 1 : first.left] == "/"
    ):
        return False
    ranked = _is_rank(first) or _after_rank(first, low)
    if first.value > second.value or first.value < 0:
        return False
    fraction = (
        not ranked and (first.token, second.token) in _FRACTIONS and not second.noun.startswith(_COUNTRIES)
    )
    first.of = int(second.value)
    whole, top = second.value, first.value
    _take_over(first, second)
    if (first.words and first.words[-1] in {"trang", "page"}) or (
        first.start <= 1 and whole <= 31 and not ranked
    ):
        first.noise = "page"
    elif ranked or (second.noun.startswith(_COUNTRIES) and first.value < whole):
        first.shape, first.unit = Shape.RANK, "rank"
    elif fraction:
        first.value, first.unit, first.of, first.form = as_percent(top / whole), "percent", None, "fraction"
        first.alternatives = (Alternative(top, "a count of a total, or a date"),)
        first.flags |= {"fraction", "ambiguous"}
    else:
        first.shape = Shape.OUT_OF
        if not second.noun and top <= 31 and whole <= 12:
            first.noise = "date"
    return True


def _join_ratio_to_one(first: Draft, second: Draft, gap: str) -> bool:
    if gap == ":" and first.token == "1" and second.integral and second.value > 1:
        first.value = second.value
    elif gap not in {" to ", ":"} or second.token != "1" or first.value <= 1 or second.unit:
        return False
    _take_over(first, second)
    first.flags.add("ratio_to_one")
    return True


def _join_total(first: Draft, second: Draft, low: str, gap: str) -> bool:
    found = _TOTAL.match(gap)
    if found is None or not (first.integral and second.integral) or first.high is not None:
        return False
    link, noun = found.group("link"), found.group("noun").strip()
    if first.unit not in {None, "rank"} or second.unit not in {None, "places"} or first.value < 0:
        return False
    if (
        link in {"of", "in"}
        and len(second.token) == 4
        and second.token.isdigit()
        and 1900 <= second.value <= 2100
    ):
        return False
    ranked = _is_rank(first) or (
        (not second.noun or second.noun.startswith(_COUNTRIES)) and _after_rank(first, low)
    )
    if second.value < first.value or (second.value == first.value and not ranked and link == "in"):
        return False
    in_words = link in {"in", "in every"} or (
        link in {"out of", "trên"} and "words" in {first.form, second.form}
    )
    if ranked:
        first.shape, first.unit, first.of = Shape.RANK, "rank", int(second.value)
    elif in_words and second.value <= 100 and second.value > first.value:
        if link == "in" and "words" not in {first.form, second.form} and second.value not in {5, 10, 20, 100}:
            return False
        if link == "in" and second.form == "digits" and first.form == "digits" and noun:
            return False
        first.form, first.unit = "fraction", "percent"
        first.value = as_percent(first.value / second.value)
        first.flags.add("fraction_words")
    elif link in {"in", "in every"} or _is_per(second, link):
        return False
    else:
        first.shape, first.of = Shape.OUT_OF, int(second.value)
        second.noun = second.noun or noun
    _take_over(first, second)
    return True


def _join_every(first: Draft, second: Draft, low: str, gap: str) -> bool:
    """ "cứ 100 hộ thì hơn 12 hộ": a share where both count the same thing, else a rate."""
    found = _EVERY.match(gap)
    if found is None or not first.words or first.words[-1] != "cứ" or first.unit:
        return False
    things = found.group("first").split()
    again = second.noun.lower().split()
    base = first.value
    if base <= 0 or second.unit or not things:
        return False
    first.per = f"{first.token or low[first.start : first.end]} {things[0]}"
    if not again or again[0] == things[0]:
        first.value, first.unit, first.form = as_percent(second.value / base), "percent", "fraction"
        first.flags.add("fraction_words")
    else:
        first.value = second.value
    first.start, first.left, first.words, first.token = second.start, second.left, second.words, second.token
    per = first.per
    _take_over(first, second)
    first.per = per
    return True


def _join_range(first: Draft, second: Draft, low: str, gap: str) -> bool:
    if (
        not _RANGE.match(gap)
        or first.high is not None
        or "fraction" in {first.form, second.form} - {first.form}
    ):
        return False
    if first.form == "words" and not first.value and not (first.words and first.words[-1] in _FROM):
        return False
    if first.form in {"ordinal", "times"} or second.form in {"ordinal", "times"}:
        return False
    word = gap.strip()
    if word in {"và", "and"} and not (first.words and _between(first)):
        return False
    if word == "to" and first.words and first.words[-1] in _FROM:
        return False
    if first.unit not in {None, second.unit} or (
        second.unit is None and first.unit is not None and word not in "-–—~"
    ):
        return False
    low_end, alternatives = first.value, first.alternatives
    if (
        first.scale == 1
        and second.scale > 1
        and first.unit is None
        and 0 < low_end * second.scale < second.value
    ):
        low_end *= second.scale
        alternatives = tuple(Alternative(other.value * second.scale, other.reason) for other in alternatives)
    if not 0 <= low_end < second.value or not _same_size(low_end, second.value, word):
        return False
    if word in {"or", "hoặc"} and second.value - low_end > max(Decimal(1), second.value / 10):
        return False
    first.value, first.alternatives, first.high = low_end, alternatives, second.value
    first.unit, first.shape, first.scale = second.unit or first.unit, Shape.RANGE, second.scale
    _take_over(first, second)
    return True


def _between(first: Draft) -> bool:
    return any(word in {"giữa", "between"} for word in first.words[-3:])


def _same_size(low_end: Decimal, high: Decimal, word: str) -> bool:
    # A dash between numbers of quite another size is punctuation, not a range.
    return low_end == 0 or high <= low_end * (20 if word in "-–—~" else 1000)


# --- what one number says about another ----------------------------------------------------------


def _is_per(second: Draft, link: str) -> bool:
    return link == "trên" and second.value >= 100 and _power_of_ten(second.value)


def _power_of_ten(value: Decimal) -> bool:
    digits = str(int(value))
    return value >= 100 and digits[0] == "1" and not digits[1:].strip("0")


def _relate(first: Draft, second: Draft, low: str) -> None:
    distance = second.left - first.right
    if distance > 70 or distance < 0:
        return
    gap = low[first.right : second.left]
    if not second.noise and not second.unit and _power_of_ten(second.value) and _PER.match(gap):
        first.per = f"{low[second.start : second.end]} {second.noun}".strip()
        second.noise = "per"
        return
    if first.shape is Shape.RANK and first.of is None and second.integral and second.value >= first.value:
        close = re.search(r"(?:trên|trong|out of|of|among) (?:tổng số |số |the |hơn )?$", gap)
        if close and second.noun.lower().startswith(_COUNTRIES) and not re.search("[.;!?]", gap):
            first.of, second.noise = int(second.value), "denominator"
            return
    if first.words and first.words[-1] in _FROM and not re.search(r"[.;!?](?:\s|$)", gap):
        _moved(first, second, gap)


def _moved(first: Draft, second: Draft, gap: str) -> None:
    if first.high is not None or first.noise or second.noise or not _MOVED_TO.search(gap.strip()):
        return
    first.shape = first.shape if first.shape is Shape.RANK else Shape.FROM
    second.shape = second.shape if second.shape in {Shape.RANK, Shape.RANGE} else Shape.TO
    if first.unit is None and second.unit not in {None, "times", "places", "pp"}:
        if (
            first.scale == 1
            and second.scale > 1
            and first.value * 100 > second.value / second.scale > first.value / 100
        ):
            first.alternatives += (Alternative(first.value, "the magnitude may not be shared"),)
            first.value, first.scale = first.value * second.scale, second.scale
        first.unit = second.unit
    elif second.unit is None and first.unit is not None:
        second.unit = first.unit
    first.noun = first.noun or second.noun


def share_in_lists(drafts: list[Draft], low: str) -> None:
    """ "16,1 tỷ, 10,9 tỷ và 2,87 tỷ USD", "hạng 53 và 54": a unit is said once for all."""
    for index in range(len(drafts) - 2, -1, -1):
        first, second = drafts[index], drafts[index + 1]
        if not _listed(first, second, low) or first.unit or first.noun or second.unit is None:
            continue
        if second.unit in {"rank", "times", "places"}:
            continue
        if first.scale == 1 and second.scale > 1:
            continue
        if (
            low[first.right : second.left] == ", "
            and first.integral
            and second.token.isdigit()
            and second.unit != "USD"
        ):
            # "4, 27%" may be a slip of "4,27%".
            second.alternatives += (Alternative(Decimal(f"{first.value}.{second.token}"), "a split decimal"),)
            second.flags.add("ambiguous")
        first.unit = second.unit
        first.flags.add("shared_unit")
    for first, second in zip(drafts, drafts[1:], strict=False):
        if _listed(first, second, low) and first.shape is Shape.RANK and not second.unit and not second.noun:
            if second.integral:
                second.unit, second.shape = "rank", Shape.RANK
                second.flags.add("shared_unit")


def _listed(first: Draft, second: Draft, low: str) -> bool:
    if first.noise or second.noise or second.left - first.right > 8:
        return False
    return _LIST.match(low[first.right : second.left]) is not None


# --- ranks and tops -----------------------------------------------------------------------------


def _after_rank(draft: Draft, low: str) -> bool:
    """Whether the clause spoke of a ranking before the number."""
    return _RANK_BEFORE.search(low, max(0, draft.left - 70), draft.left) is not None


def _is_rank(draft: Draft) -> bool:
    words = draft.words
    if draft.form == "ordinal" or "nth" in draft.flags:
        return True
    if not words or draft.unit not in {None, "rank"} or not draft.integral or draft.value < 1:
        return False
    if words[-1] in _RANK_CUE or words[-1] in _RANK_VERB:
        return True
    return words[-1] == "trí" and len(words) > 1 and words[-2] == "vị"


def _standing(draft: Draft, low: str) -> None:
    """Ranks ("thứ 47", "86th"), tops ("top 50") and factors ("gấp ba") by the word before."""
    words = draft.words
    if draft.noise or draft.shape not in {Shape.PLAIN, Shape.RANGE}:
        return
    last = words[-1] if words else ""
    if last.startswith(("top-", "tốp-")) or last in _TOP or _of_top(words):
        if draft.integral and draft.unit in {None, "places"} and draft.form != "ordinal":
            _top(draft)
    elif last == "nhóm" and draft.integral and draft.unit is None and draft.value >= 3:
        if _GROUP_AFTER.match(low, draft.end):
            _top(draft)
    elif last in {"among", "one"} or (last == "the" and len(words) > 1 and words[-2] == "among"):
        if draft.integral and re.compile(r" (?:best|leading|top|highest)").match(low, draft.end):
            _top(draft)
    elif "gấp" in words[-3:] and draft.unit is None and draft.scale == 1 and not draft.noun.startswith("%"):
        draft.unit, draft.weak = "times", False
    elif (
        draft.shape is Shape.PLAIN
        and draft.form != "ordinal"
        and "nth" not in draft.flags
        and _is_rank(draft)
    ):
        draft.shape, draft.unit, draft.weak = Shape.RANK, "rank", False


def _of_top(words: list[str]) -> bool:
    return len(words) > 1 and words[-2] in _TOP and words[-1] in {"of", "the"}


def _top(draft: Draft) -> None:
    draft.shape, draft.unit, draft.weak = Shape.TOP, "rank", False
    draft.qualifier = Qualifier.AT_MOST
    draft.flags.add("hedged")
