"""What multiplies a number in digits: "tỷ", "nghìn tỷ", "bn", "k", "1tr2"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from tracker.extract.model import Alternative
from tracker.extract.numbers.digits import NumberStyle
from tracker.extract.numbers.draft import WORD, Draft
from tracker.extract.numbers.lexicon import (
    ATTACHED_MAGNITUDES,
    MAGNITUDES,
    MONEY_MAGNITUDES,
    VI_COMPOUNDS,
)
from tracker.extract.numbers.millions import Million, doubted, million
from tracker.extract.numbers.units import currency_before
from tracker.extract.numbers.words import vi_decimals

_SUFFIX: Final = re.compile(r"[^\W\d_]+")
_MAGNITUDE: Final = re.compile(
    r"[ \n]?(trăm|chục|nghìn|ngàn|vạn|triệu|tỷ|tỉ|thousand|hundred|dozen|lakhs?|crores?|millions?|mln|mn"
    r"|billions?"
    r"|bn|bln|trillion|quadrillion|trn|tn)(?!\w)"
)
_SHORTHAND: Final = re.compile(r"(tr|k|t)(\d)(?!\w)")
_COMPOUND: Final = re.compile(r"[ \n](\d{1,3})[ \n](nghìn|ngàn|triệu|thousand|million)(?!\w)")
_POINT_WORD: Final = re.compile(r" (?:phẩy|phảy|chấm) (?=[\dkmhbnscktc])")


def multiply_in(draft: Draft, low: str, style: NumberStyle) -> None:
    """Multiply in what follows the digits: "tỷ", "nghìn tỷ", "k", "1tr2", "2 chấm 23"."""
    following = low[draft.end : draft.end + 1]
    if not (following.isalpha() or following.isspace()):
        draft.right = draft.end
        return
    point = _POINT_WORD.match(low, draft.end)
    if point and draft.integral:
        words = [match.group() for match in WORD.finditer(low, point.end(), point.end() + 40)]
        digits, used = vi_decimals(words, 0)
        if digits:
            draft.value = Decimal(f"{draft.value}.{digits}")
            draft.end = _nth_word_end(low, point.end(), used)
    shorthand = _SHORTHAND.match(low, draft.end)
    if shorthand:
        factor = Decimal(10**9) if shorthand.group(1) == "t" else MAGNITUDES[shorthand.group(1)]
        _multiply(draft, factor)
        draft.value += int(shorthand.group(2)) * factor / 10
        draft.end = draft.right = shorthand.end()
        return
    suffix = _SUFFIX.match(low, draft.end)
    if suffix and suffix.group() in ATTACHED_MAGNITUDES:
        name = suffix.group()
        currency = currency_before(low, draft.start)
        counts = Million.SURE if currency else million(low, suffix.end(), style) if name == "m" else Million.NO
        if name not in MONEY_MAGNITUDES or counts is not Million.NO:
            _multiply(draft, MAGNITUDES[name])
            draft.end = suffix.end()
        if counts is Million.LIKELY:
            doubted(draft)
    if suffix and suffix.group() in {"st", "nd", "rd", "th"}:
        draft.right = suffix.end()
        draft.flags.add("nth")
        return
    _free_magnitudes(draft, low)
    draft.right = draft.end


def _free_magnitudes(draft: Draft, low: str) -> None:
    last = None
    for _ in range(3):
        match = _MAGNITUDE.match(low, draft.end)
        if match is None:
            break
        name = match.group(1)
        following = WORD.match(low, match.end() + 1)
        if following and following.group() in VI_COMPOUNDS.get(name, ()):
            break
        if name == "trăm" and low.endswith("phần", 0, match.start()):
            break
        _multiply(draft, MAGNITUDES[name])
        last, draft.end = MAGNITUDES[name], match.end()
    if last is None:
        return
    if low.startswith((" rưỡi", " rưởi"), draft.end):
        draft.value, draft.end = draft.value + draft.scale / 2, draft.end + 5
        return
    compound = _COMPOUND.match(low, draft.end)
    if compound and MAGNITUDES[compound.group(2)] < last:
        draft.value += int(compound.group(1)) * MAGNITUDES[compound.group(2)]
        draft.end = compound.end()


def _multiply(draft: Draft, factor: Decimal) -> None:
    draft.value *= factor
    draft.scale *= factor
    draft.alternatives = tuple(Alternative(other.value * factor, other.reason) for other in draft.alternatives)
    draft.flags.add("magnitude")


def _nth_word_end(low: str, start: int, count: int) -> int:
    end = start
    for index, match in enumerate(WORD.finditer(low, start)):
        if index == count:
            break
        end = match.end()
    return end
