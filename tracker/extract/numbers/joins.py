"""Two numbers that make one: ranges, ranks out of a total, shares, cents."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from tracker.extract.model import Alternative, Shape
from tracker.extract.numbers.draft import Draft, as_percent
from tracker.extract.numbers.standing import after_rank, is_rank

_RANGE: Final = re.compile(r"\s{0,2}(?:[-–—~]|đến|tới|to|và|and|or|hoặc|through|, cùng lắm là|, at most)\s{0,2}$")
_TOTAL: Final = re.compile(
    r"(?P<noun>(?: [^\W\d_]+){0,3}) (?P<link>trên(?: tổng(?: số)?)?|trong(?: tổng)? số"
    r"|out of(?: a total of| every)?|of|among|in every|in|from among)(?: the| our| its| all)? $"
)
_DASHES: Final = frozenset("-–—~")
_SLASH: Final = re.compile(r" ?/ ?$")
_EVERY: Final = re.compile(r"(?P<first>(?: [^\W\d_]+){1,4}?)(?:,)? (?:thì |lại |mới )?(?:có |là )?(?:[^\W\d_]+ ){0,2}$")
COUNTRIES: Final = (
    "quốc gia", "nước", "nền kinh tế", "countries", "economies", "member", "nations", "states",
    "vùng lãnh thổ",
    "tỉnh", "địa phương", "provinces", "cities",
)  # fmt: skip
FROM_WORDS: Final = frozenset({"từ", "from"})
_FRACTIONS: Final = frozenset(
    (str(top), str(bottom))
    for top, bottom in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 10))
)


def join(first: Draft, second: Draft, low: str) -> bool:
    """Whether ``second`` belongs to ``first``, which has then taken it in."""
    if first.noise or second.noise or second.left - first.right > 60:
        return False
    gap = low[first.right : second.left]
    return (
        _join_cents(first, second, low, gap)
        or _join_slash(first, second, low, gap)
        or _join_ratio_to_one(first, second, gap)
        or _join_total(first, second, low, gap)
        or _join_range(first, second, gap)
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
    if second.scale > 1 or low[second.end : second.end + 1] in {"/", "-"} or low[first.left - 1 : first.left] == "/":
        return False
    ranked = is_rank(first) or after_rank(first, low)
    if first.value > second.value or first.value < 0:
        return False
    fraction = not ranked and (first.written, second.written) in _FRACTIONS and not second.noun.startswith(COUNTRIES)
    first.of = int(second.value)
    whole, top = second.value, first.value
    _take_over(first, second)
    if (first.words and first.words[-1] in {"trang", "page"}) or (
        first.start <= 1 and whole <= 31 and not ranked and not second.noun.islower()
    ):
        first.noise = "page"
    elif ranked or (second.noun.startswith(COUNTRIES) and first.value < whole):
        first.shape, first.unit = Shape.RANK, "rank"
    elif fraction:
        first.value, first.unit, first.of, first.form = as_percent(top / whole), "percent", None, "fraction"
        first.alternatives = (Alternative(top, "a count of a total, or a date"),)
        first.flags |= {"fraction", "ambiguous"}
    else:
        first.shape = Shape.OUT_OF
        if not second.noun and not second.unit and top <= 31 and whole <= 12:
            first.noise = "date"
    return True


def _join_ratio_to_one(first: Draft, second: Draft, gap: str) -> bool:
    if gap == ":" and first.written == "1" and second.integral and second.value > 1:
        first.value = second.value
    elif gap not in {" to ", ":"} or second.written != "1" or first.value <= 1 or second.unit:
        return False
    _take_over(first, second)
    first.flags.add("ratio_to_one")
    return True


def _join_total(first: Draft, second: Draft, low: str, gap: str) -> bool:
    found = _TOTAL.match(gap)
    if found is None or not _countable(first, second):
        return False
    link, noun = found.group("link"), found.group("noun").strip()
    among = not second.noun or second.noun.startswith(COUNTRIES)
    if is_rank(first) or (among and after_rank(first, low)):
        first.shape, first.unit, first.of = Shape.RANK, "rank", int(second.value)
    elif _is_share(first, second, link, noun):
        first.form, first.unit = "fraction", "percent"
        first.value = as_percent(first.value / second.value)
        first.flags.add("fraction_words")
    elif link in {"in", "in every"} or is_denominator(second, link):
        return False
    else:
        first.shape, first.of = Shape.OUT_OF, int(second.value)
        second.noun = second.noun or noun
    _take_over(first, second)
    return True


def _countable(first: Draft, second: Draft) -> bool:
    """Whether the first can be so many of the second: whole, bare, no larger, and no year."""
    whole = first.integral and second.integral and first.high is None
    bare = first.unit in {None, "rank"} and second.unit in {None, "places"}
    year = len(second.written) == 4 and second.written.isdigit() and 1900 <= second.value <= 2100
    return whole and bare and not year and 0 <= first.value <= second.value


def _is_share(first: Draft, second: Draft, link: str, noun: str) -> bool:
    """Whether the two are a share ("four in five", "1 in 10") rather than a count ("6.370 trên 8.167")."""
    if not 0 < first.value < second.value <= 100:
        return False
    in_words = "words" in {first.form, second.form}
    if link in {"in", "in every"}:
        return in_words or (not noun and (first.value == 1 or second.value in {5, 10, 20, 100}))
    return link in {"out of", "out of every", "trên"} and in_words


def _join_every(first: Draft, second: Draft, low: str, gap: str) -> bool:
    """Read "cứ 100 hộ thì hơn 12 hộ": a share where both count the same thing, else a rate."""
    found = _EVERY.match(gap)
    if found is None or not first.words or first.words[-1] != "cứ" or first.unit:
        return False
    things = found.group("first").split()
    again = second.noun.lower().split()
    base = first.value
    if base <= 0 or second.unit or not things:
        return False
    first.per = f"{first.written or low[first.start : first.end]} {things[0]}"
    if not again or again[0] == things[0]:
        first.value, first.unit, first.form = as_percent(second.value / base), "percent", "fraction"
        first.flags.add("fraction_words")
    else:
        first.value = second.value
    first.start, first.left, first.words, first.written = (
        second.start,
        second.left,
        second.words,
        second.written,
    )
    per = first.per
    _take_over(first, second)
    first.per = per
    return True


def _join_range(first: Draft, second: Draft, gap: str) -> bool:
    if not _RANGE.match(gap) or first.high is not None or not _can_range(first, second, gap.strip()):
        return False
    low_end, alternatives = first.value, first.alternatives
    shared = first.scale == 1 and second.scale > 1 and (first.unit is None or _money_first(first, second))
    if shared and 0 < low_end * second.scale < second.value:
        low_end *= second.scale
        alternatives = tuple(Alternative(other.value * second.scale, other.reason) for other in alternatives)
    if not _same_size(low_end, second.value, gap.strip()):
        return False
    first.value, first.alternatives, first.high = low_end, alternatives, second.value
    first.unit, first.shape, first.scale = second.unit or first.unit, Shape.RANGE, second.scale
    _take_over(first, second)
    return True


def _can_range(first: Draft, second: Draft, word: str) -> bool:
    """Whether forms, units and the word between allow a range."""
    last = first.words[-1] if first.words else ""
    if {"ordinal", "times"} & {first.form, second.form} or (second.form == "fraction" != first.form):
        return False
    # "không đến 5%" negates; "từ không đến 5%" counts.
    if first.form == "words" and not first.value and last not in FROM_WORDS:
        return False
    if (word in {"và", "and"} and not _between(first)) or (word == "to" and last in FROM_WORDS):
        return False
    if second.unit is None and first.unit is not None:
        return word in _DASHES or _money_first(first, second)
    return first.unit in {None, second.unit}


def _money_first(first: Draft, second: Draft) -> bool:
    """Whether a currency before the first number holds for both: "$2-3 billion", "VND 66 to 68 trillion"."""
    before = first.left < first.start and first.unit is not None and first.right == first.end
    return before and second.unit is None and second.scale > 1


def _between(first: Draft) -> bool:
    return any(word in {"giữa", "between"} for word in first.words[-3:])


def _same_size(low_end: Decimal, high: Decimal, word: str) -> bool:
    if not 0 <= low_end < high:
        return False
    if word in {"or", "hoặc"}:
        return high - low_end <= max(Decimal(1), high / 10)
    # A dash between numbers of quite another size is punctuation, not a range.
    return low_end == 0 or high <= low_end * (20 if word in _DASHES else 1000)


def is_denominator(second: Draft, link: str) -> bool:
    """Whether "trên" before the number makes a rate of it ("trên 1.000 trẻ")."""
    return link == "trên" and second.value >= 100 and power_of_ten(second.value)


def power_of_ten(value: Decimal) -> bool:
    """Whether the value is 100, 1000, ...: what rates are given for."""
    digits = str(int(value))
    return value >= 100 and digits[0] == "1" and not digits[1:].strip("0")
