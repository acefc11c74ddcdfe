"""Numbers written in words, Vietnamese and English.

A reader is given the words that may belong to a number and says how many of them it used. It
judges grammar alone; whether "năm" is a year and "một" an article is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.extract.numbers.lexicon import (
    EN_DENOMINATORS,
    EN_ORDINALS,
    EN_SCALES,
    EN_SPOKEN_ZEROS,
    EN_TENS,
    EN_UNITS,
    VI_DIGITS,
    VI_ODD,
    VI_POINT,
    VI_SCALES,
    VI_TRAILING,
)


@dataclass(frozen=True, slots=True)
class WordReading:
    """``used`` words make ``value``. ``scale`` is the last magnitude, 1 without one.

    ``fraction`` marks "ba phần tư": ``value`` is then 0.75. ``whole`` is what stands before the
    magnitude, so that a range can share it.
    """

    value: Decimal
    used: int
    scale: Decimal = Decimal(1)
    fraction: bool = False
    ordinal: bool = False


_ONE = Decimal(1)
_LARGEST = Decimal(10**12)
_HALF = frozenset({"rưỡi", "rưởi"})


def _at(words: Sequence[str], index: int) -> str:
    return words[index] if index < len(words) else ""


# --- Vietnamese -------------------------------------------------------------------------------


def read_vietnamese(words: Sequence[str]) -> WordReading | None:
    """The number at the start of ``words``: "hai mươi mốt nghìn không trăm mười một", "ba phần tư"."""
    fraction = _vi_fraction(words)
    if fraction is not None:
        return fraction
    total, index, scale = _vi_whole(words)
    if not index:
        return None
    if _at(words, index) in VI_POINT:
        digits, after = vi_decimals(words, index + 1)
        if digits:
            total, index = Decimal(f"{total}.{digits}"), after
            scale = _ONE
            factor, index = _vi_scale(words, index)
            total, scale = total * factor, factor
    return WordReading(total, index, scale)


def _vi_fraction(words: Sequence[str]) -> WordReading | None:
    top, index = _vi_below_hundred(words, 0)
    if not index or _at(words, index) != "phần":
        return None
    if _at(words, index + 1) == "tư":
        bottom, after = 4, index + 2
    else:
        bottom, after = _vi_below_hundred(words, index + 1)
    if after <= index + 1 or not 0 < top <= bottom or _at(words, after) in VI_SCALES:
        return None
    return WordReading(Decimal(top) / bottom, after, fraction=True)


def _vi_whole(words: Sequence[str]) -> tuple[Decimal, int, Decimal]:
    total, index, scale = Decimal(0), 0, _ONE
    while index < len(words):
        if index and words[index] in VI_ODD and scale > 1:
            odd, after = _vi_below_hundred(words, index + 1)
            return (total + odd, after, scale) if after > index + 1 else (total, index, scale)
        if scale > 1 and words[index] in VI_TRAILING and index + 1 == len(words):
            return total + VI_TRAILING[words[index]] * scale / 10, index + 1, scale
        group, after = _vi_below_thousand(words, index)
        if after == index:
            break
        factor, end = _vi_scale(words, after)
        if factor == 1:
            return _vi_last_group(words, index, after, total, group, scale)
        # "hai nghìn ba trăm tỷ" multiplies what came before, "hai tỷ ba trăm triệu" adds to it.
        total = (total + group) * factor if factor > scale > 1 else total + group * factor
        index, scale = end, factor
        if _at(words, index) in _HALF:
            return total + factor / 2, index + 1, scale
    return total, index, scale


def _vi_last_group(
    words: Sequence[str], index: int, after: int, total: Decimal, group: int, scale: Decimal
) -> tuple[Decimal, int, Decimal]:
    if not index:
        if _at(words, after) in _HALF:
            return group + Decimal("0.5"), after + 1, scale
        return Decimal(group), after, scale
    if after == index + 1 and group < 10:
        # "hai triệu tư" is 2.4 million; "ba nghìn năm" is three thousand years.
        if words[index] in {"năm", "không"} or after < len(words):
            return total, index, scale
        return total + group * scale / 10, after, scale
    return total + group, after, scale


def _vi_scale(words: Sequence[str], index: int) -> tuple[Decimal, int]:
    factor = _ONE
    while _at(words, index) in VI_SCALES and factor < _LARGEST:
        factor *= VI_SCALES[words[index]]
        index += 1
    return factor, index


def _vi_below_thousand(words: Sequence[str], index: int) -> tuple[int, int]:
    if _at(words, index) not in VI_DIGITS or _at(words, index + 1) != "trăm":
        if _at(words, index).isascii() and _at(words, index).isdigit():
            return int(words[index]), index + 1
        return _vi_below_hundred(words, index)
    hundreds, index = VI_DIGITS[words[index]] * 100, index + 2
    if _at(words, index) in VI_ODD:
        digit = VI_DIGITS.get(_at(words, index + 1), VI_TRAILING.get(_at(words, index + 1)))
        return (hundreds + digit, index + 2) if digit is not None else (hundreds, index)
    if _at(words, index) in _HALF:
        return hundreds + 50, index + 1
    rest, after = _vi_below_hundred(words, index)
    return (hundreds + rest, after) if rest >= 10 else (hundreds, index)


def _vi_below_hundred(words: Sequence[str], index: int) -> tuple[int, int]:
    word, follower = _at(words, index), _at(words, index + 1)
    if word == "mười":
        unit = _vi_unit(follower)
        return (10 + unit, index + 2) if unit else (10, index + 1)
    if word not in VI_DIGITS:
        return 0, index
    digit = VI_DIGITS[word]
    if follower == "chục":
        return digit * 10, index + 2
    if follower == "mươi":
        unit = _vi_unit(_at(words, index + 2))
        return (digit * 10 + unit, index + 3) if unit else (digit * 10, index + 2)
    if follower in VI_TRAILING and digit > 1:
        return digit * 10 + VI_TRAILING[follower], index + 2
    return digit, index + 1


def _vi_unit(word: str) -> int:
    # "năm" behind a ten is the word for year: five is "lăm" there.
    return 0 if word == "năm" else VI_DIGITS.get(word, VI_TRAILING.get(word, 0))


def vi_decimals(words: Sequence[str], index: int) -> tuple[str, int]:
    """The digits that follow "phẩy", as text, and the index behind them: "không hai" gives "02"."""
    digits = ""
    while index < len(words) and len(digits) < 12:
        word = words[index]
        if word.isascii() and word.isdigit():
            return digits + word, index + 1
        if word == "không" and _at(words, index + 1) != "trăm":
            digits, index = digits + "0", index + 1
            continue
        group, after = _vi_below_thousand(words, index)
        if after == index or (word == "năm" and digits):
            break
        if _at(words, after) == "phần" and _at(words, after + 1) in VI_DIGITS:
            break
        digits, index = digits + str(group), after
    return digits, index


# --- English ----------------------------------------------------------------------------------


def read_english(words: Sequence[str]) -> WordReading | None:
    """The number at the start of ``words``: "sixty-six", "two thirds", "a hundred and five", "sixth"."""
    if _at(words, 0) in {"a", "an"}:
        return _en_article(words)
    total, current, index, scale = Decimal(0), 0, 0, _ONE
    while index < len(words):
        group, after = _en_group(words, index)
        if after == index:
            break
        current, index = group, after
        factor = EN_SCALES.get(_at(words, index))
        if factor is None or (scale > 1 and factor >= scale):
            total, current = total + current, 0
            break
        while _at(words, index) in EN_SCALES and index < after + 2:
            index += 1
        factor = _product(words, after, index)
        total, current, scale = total + current * factor, 0, factor
        if _at(words, index) == "and" and _en_group(words, index + 1)[1] > index + 1:
            index += 1
    if not index:
        return _en_ordinal(words)
    return _en_tail(words, total, index, scale)


def _product(words: Sequence[str], start: int, end: int) -> Decimal:
    factor = _ONE
    for word in words[start:end]:
        factor *= EN_SCALES[word]
    return factor


def _en_article(words: Sequence[str]) -> WordReading | None:
    follower = _at(words, 1)
    if follower in EN_DENOMINATORS and follower != "halves":
        return WordReading(_ONE / EN_DENOMINATORS[follower], 2, fraction=True)
    if follower == "hundred" or follower in EN_SCALES:
        return read_english(["one", *words[1:]])
    return WordReading(_ONE, 1)


def _en_group(words: Sequence[str], index: int) -> tuple[int, int]:
    value, after = _en_below_hundred(words, index)
    if after == index or _at(words, after) != "hundred":
        return value, after
    value, after = value * 100, after + 1
    start = after + 1 if _at(words, after) == "and" else after
    rest, end = _en_below_hundred(words, start)
    return (value + rest, end) if end > start else (value, after)


def _en_below_hundred(words: Sequence[str], index: int) -> tuple[int, int]:
    word = _at(words, index)
    if word in EN_UNITS:
        return EN_UNITS[word], index + 1
    if word not in EN_TENS:
        return 0, index
    unit = EN_UNITS.get(_at(words, index + 1), 0)
    return (EN_TENS[word] + unit, index + 2) if 0 < unit < 10 else (EN_TENS[word], index + 1)


def _en_tail(words: Sequence[str], total: Decimal, index: int, scale: Decimal) -> WordReading:
    follower = _at(words, index)
    part, after = _en_and_part(words, index)
    if after > index:
        factor = EN_SCALES.get(_at(words, after), _ONE) if scale == 1 else _ONE
        return WordReading((total + part * scale) * factor, after + (factor > 1), max(scale, factor))
    if follower == "point":
        digits, after = _en_decimals(words, index + 1)
        if digits:
            value = Decimal(f"{total}.{digits}")
            factor = EN_SCALES.get(_at(words, after), _ONE)
            return WordReading(value * factor, after + (factor > 1), factor)
    if follower in EN_DENOMINATORS and total < EN_DENOMINATORS[follower]:
        return WordReading(total / EN_DENOMINATORS[follower], index + 1, fraction=True)
    if follower == "dozen":
        return WordReading(total * 12, index + 1, Decimal(12))
    if words[index - 1] in EN_TENS and 0 < EN_ORDINALS.get(follower, 0) < 10:
        return WordReading(total + EN_ORDINALS[follower], index + 1, ordinal=True)
    return WordReading(total, index, scale)


def _en_and_part(words: Sequence[str], index: int) -> tuple[Decimal, int]:
    """What "and a half", "and three quarters" adds to one of what stands before."""
    if _at(words, index) != "and":
        return Decimal(0), index
    top, at = (1, index + 2) if _at(words, index + 1) in {"a", "one"} else _en_below_hundred(words, index + 1)
    bottom = EN_DENOMINATORS.get(_at(words, at), 0)
    return (Decimal(top) / bottom, at + 1) if 0 < top < bottom else (Decimal(0), index)


def _en_decimals(words: Sequence[str], index: int) -> tuple[str, int]:
    digits = ""
    while index < len(words) and len(digits) < 12:
        if words[index] in EN_SPOKEN_ZEROS:
            digits, index = digits + "0", index + 1
            continue
        value, after = _en_below_hundred(words, index)
        if after == index:
            break
        digits, index = digits + str(value), after
    return digits, index


def _en_ordinal(words: Sequence[str]) -> WordReading | None:
    word = _at(words, 0)
    if word in EN_ORDINALS:
        return WordReading(Decimal(EN_ORDINALS[word]), 1, ordinal=True)
    return None
