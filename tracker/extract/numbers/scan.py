"""Finding the numbers of a text: digits and words, magnitudes and units beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from tracker.domain.figure import Qualifier
from tracker.extract.model import Alternative, Shape, Span
from tracker.extract.numbers.digits import NumberStyle, read_digits
from tracker.extract.numbers.lexicon import (
    ATTACHED_MAGNITUDES,
    EN_DENOMINATORS,
    EN_ORDINALS,
    EN_SCALES,
    EN_STARTS,
    EN_WORDS,
    MAGNITUDES,
    MONEY_MAGNITUDES,
    TIMES_WORDS,
    VI_COMPOUNDS,
    VI_DIGITS,
    VI_POINT,
    VI_SCALES,
    VI_WORDS,
    word_set,
)
from tracker.extract.numbers.units import currency_before, noun_after, per_after, unit_after
from tracker.extract.numbers.words import WordReading, read_english, read_vietnamese, vi_decimals


@dataclass(slots=True)
class Draft:
    """A number on its way to a ``Quantity``.

    ``start`` and ``end`` bound the digits or words; ``left`` and ``right`` also take in the sign,
    the currency and the unit. ``form`` is ``digits``, ``words``, ``fraction``, ``ordinal`` or
    ``times``. ``weak`` marks words that are a number only if something else says so.
    """

    start: int
    end: int
    value: Decimal
    form: str = "digits"
    scale: Decimal = Decimal(1)
    weak: bool = False
    left: int = 0
    right: int = 0
    high: Decimal | None = None
    unit: str | None = None
    noun: str = ""
    per: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    of: int | None = None
    shape: Shape = Shape.PLAIN
    noise: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    flags: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    token: str = ""

    @property
    def integral(self) -> bool:
        return self.value == self.value.to_integral_value()


_DIGITS: Final = re.compile(r"\d[\dOlI]*(?:[.,][\dOlI]+)*")
_PLAIN_DIGITS: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_OCR_START: Final = re.compile(r"[lIO](?:[\dOlI]*(?:[.,][\dOlI]+)*)")
_OCR_DECIMAL: Final = re.compile(r" ,(\d{1,2})(?!\d)(?= ?(?:%|tỷ|triệu|điểm))|( , )(\d{1,2})(?= ?%)")
_OCR: Final = str.maketrans("OlI", "011")
_SPLIT: Final = re.compile(r" (\d{1,2}[.,]\d+)(?![\d.,]*\d)")
_SPACED: Final = re.compile(r"(?:[ \u00a0\u2009\u202f]\d{3}){2,}(?!\d)")
_SUFFIX: Final = re.compile(r"[^\W\d_]+")
_MAGNITUDE: Final = re.compile(
    r"[ \n]?(trăm|chục|nghìn|ngàn|vạn|triệu|tỷ|tỉ|thousand|hundred|dozen|lakhs?|crores?|millions?|mln|mn|billions?"
    r"|bn|bln|trillion|trn|tn)(?!\w)"
)
_SHORTHAND: Final = re.compile(r"(tr|k|t)(\d)(?!\w)")
_COMPOUND: Final = re.compile(r"[ \n](\d{1,3})[ \n](nghìn|ngàn|triệu|thousand|million)(?!\w)")
_POINT_WORD: Final = re.compile(r" (?:phẩy|phảy|chấm) (?=[\dkmhbnscktc])")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_ARTICLE_FOLLOWERS: Final = "|".join(
    sorted(
        {*EN_DENOMINATORS, *EN_SCALES, "hundred", "dozen", "percentage point", "per cent"},
        key=len,
        reverse=True,
    )
)
_FOLD: Final = re.compile(r"([a-z]+?)-?fold(?!\w)")
_STARTS: Final = (
    {*VI_DIGITS, "mười", "nửa", "half", "gấp", "không"}
    | EN_STARTS
    | frozenset(EN_ORDINALS)
    | frozenset(TIMES_WORDS)
)
_ANCHORS: Final = re.compile(
    r"(?<!\w)(?:(?P<word>"
    + "|".join(sorted((re.escape(w) for w in _STARTS), key=len, reverse=True))
    + r")(?!\w)"
    r"|(?P<article>an?[ ](?=(?:" + _ARTICLE_FOLLOWERS + r")(?!\w)))"
    r"|(?P<fold>(?:" + "|".join(sorted(EN_STARTS, key=len, reverse=True)) + r")-?fold(?!\w))"
    r"|(?P<none>not a single(?!\w)|single-digit(?!\w))"
    r"|(?<=thứ )(?P<nth>nhất|nhì|tư)(?!\w))"
)
_HALF_BLOCKERS: Final = word_set("first second last other latter former this each that next early late")
_HALF_FOLLOWERS: Final = (
    "năm",
    "đầu",
    "cuối",
    "trên",
    "sau",
    "trước",
    "dưới",
    "đêm",
    "ngày",
    "tháng",
    "thế kỷ",
)
_HUNDRED: Final = Decimal(100)
_HUGE: Final = Decimal(10**12)
_LONGEST_RUN: Final = 24
_SIX: Final = Decimal("0.000001")


def lower(text: str) -> str:
    """``text`` in lower case, of the same length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def drafts(text: str, low: str, taken: Sequence[Span], style: NumberStyle) -> list[Draft]:
    """Every number of ``text`` outside ``taken``, in order and apart, with its unit."""
    found = _digit_drafts(text, low, style)
    found.extend(_word_drafts(low, found))
    found.sort(key=lambda draft: draft.start)
    kept: list[Draft] = []
    spans = sorted(taken)
    at = 0
    for draft in found:
        if kept and draft.start < kept[-1].end:
            continue
        while at < len(spans) and spans[at].end <= draft.start:
            at += 1
        if at < len(spans) and spans[at].start < draft.end:
            continue
        kept.append(draft)
    for index, draft in enumerate(kept):
        limit = kept[index + 1].start if index + 1 < len(kept) else len(low)
        attach_unit(draft, text, low, limit)
    return kept


# --- digits ------------------------------------------------------------------------------------


def _digit_drafts(text: str, low: str, style: NumberStyle) -> list[Draft]:
    found: list[Draft] = []
    end = 0
    for match in _DIGITS.finditer(text):
        if match.start() < end:
            continue
        draft = _digit_draft(text, low, match, style)
        found.append(draft)
        end = draft.end
    if "l" in text or "O" in text or "I" in text:
        found.extend(_ocr_drafts(text, low, style))
    return found


def _ocr_drafts(text: str, low: str, style: NumberStyle) -> list[Draft]:
    found: list[Draft] = []
    for match in _OCR_START.finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        if before.isalnum() or before in {".", ",", "-", "/"}:
            continue
        token = match.group()
        if any(char.isdigit() for char in token):
            good = not text[end : end + 1].isalnum()
        else:
            # A lone letter is a one only where a percent sign says so.
            good = text[end : end + 2].strip().startswith("%") and token != "O"
        if good:
            draft = _make(text, low, start, end, token.translate(_OCR), style)
            draft.flags.add("ocr")
            found.append(draft)
    return found


def _digit_draft(text: str, low: str, match: re.Match[str], style: NumberStyle) -> Draft:
    start, end, token = match.start(), match.end(), match.group()
    flags: set[str] = set()
    if not token[-1].isdigit() or not token.isascii() or any(char in token for char in "OlI"):
        token, end, flags = _mend(text, start, end, token)
    if start and text[start - 1] in ".," and (start == 1 or text[start - 2] in " (-"):
        start, token = start - 1, text[start - 1] + token
    spaced = _SPACED.match(text, end) if len(token) <= 3 and token.isdigit() else None
    if spaced:
        token, end = token + re.sub(r"\D", "", spaced.group()), spaced.end()
    split = _SPLIT.match(text, end) if len(token) <= 2 and token.isdigit() else None
    if split and (joined := read_digits(token + split.group(1), style)):
        draft = _make(text, low, start, split.end(), token + split.group(1), style)
        tail = read_digits(split.group(1), style)
        if tail is not None and not draft.alternatives and joined.value > tail.value:
            draft.alternatives = (Alternative(tail.value * draft.scale, "two numbers side by side"),)
            draft.flags |= {"ocr", "ambiguous"}
            return draft
    gap = _OCR_DECIMAL.match(text, end) if token.isdigit() else None
    if gap:
        token, end = f"{token},{gap.group(1) or gap.group(3)}", gap.end()
        flags.add("ocr")
    draft = _make(text, low, start, end, token, style)
    draft.flags |= flags
    if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
        draft.noise = draft.noise or "name"
    return draft


def _mend(text: str, start: int, end: int, token: str) -> tuple[str, int, set[str]]:
    """Letters read for digits: "9O,6" is 90,6; but "5l" is litres and "10lần" no slip."""
    mended = token.translate(_OCR)
    letters = [char for char in token if char in "OlI"]
    following = text[end : end + 1]
    plain = _PLAIN_DIGITS.match(text, start)
    bare = (
        token[-1] in "lI" and token[:-1].isdigit() and not re.match(r" ?(?:%|tỷ|triệu)", text[end : end + 6])
    )
    if not mended.replace(".", "").replace(",", "").isascii() or plain is None:
        digits = "".join(str(int(char)) if char.isdigit() else char for char in mended)
        return digits, end, {"ocr"} if letters else set()
    if following.isalnum() or bare:
        return plain.group(), plain.end(), set()
    return mended, end, {"ocr"} if letters else set()


def _make(text: str, low: str, start: int, end: int, token: str, style: NumberStyle) -> Draft:
    if len(token) > _LONGEST_RUN:
        return Draft(
            start, end, Decimal(0), left=start, right=end, token=token[:_LONGEST_RUN], noise="long_run"
        )
    reading = read_digits(token, style)
    if reading is None:
        digits = Decimal(re.sub(r"\D", "", token) or "0")
        return Draft(start, end, digits, left=start, right=end, token=token, noise="version")
    draft = Draft(start, end, reading.value, left=start, right=end, token=token)
    draft.alternatives, draft.flags = reading.alternatives, set(reading.flags)
    _sign(draft, text, low)
    _magnitude(draft, low)
    return draft


def _sign(draft: Draft, text: str, low: str) -> None:
    start = draft.start
    before = text[start - 1] if start else ""
    if before == " " and _below_zero(draft, low):
        return
    if before == "+":
        draft.left = start - 1
        draft.flags.add("signed")
        return
    if before == " " and start == 2 and text[0] in "-−" and _whole_text(text, 2):
        before, start = text[0], 1
    if before not in {"-", "−", "–"} or before == "":
        return
    outer = text[: start - 1].rstrip()
    if start - 1 and not text[start - 2].isspace() and text[start - 2] not in "(:=":
        return
    # After a number or a percent sign a dash is a range, never a sign; an en dash is none at all.
    if before == "–" or (before == "-" and outer and (outer[-1].isdigit() or outer[-1] in "%)")):
        return
    _negate(draft)
    draft.left = draft.start = start - 1


def _whole_text(text: str, start: int) -> bool:
    return re.fullmatch(r"[\d.,]+\s*", text[start:]) is not None


def _negate(draft: Draft) -> None:
    draft.value = -draft.value
    draft.alternatives = tuple(Alternative(-other.value, other.reason) for other in draft.alternatives)
    draft.flags.add("signed")


def _multiply(draft: Draft, factor: Decimal) -> None:
    draft.value *= factor
    draft.scale *= factor
    draft.alternatives = tuple(
        Alternative(other.value * factor, other.reason) for other in draft.alternatives
    )
    draft.flags.add("magnitude")


def _magnitude(draft: Draft, low: str) -> None:
    """Multiply in what follows the digits: "tỷ", "nghìn tỷ", "k", "1tr2", "2 chấm 23"."""
    point = _POINT_WORD.match(low, draft.end)
    if point and draft.integral:
        words = [match.group() for match in _WORD.finditer(low, point.end(), point.end() + 40)]
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
        if name not in MONEY_MAGNITUDES or currency:
            _multiply(draft, MAGNITUDES[name])
            draft.end = suffix.end()
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
        following = _WORD.match(low, match.end() + 1)
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


def _nth_word_end(low: str, start: int, count: int) -> int:
    end = start
    for index, match in enumerate(_WORD.finditer(low, start)):
        if index == count:
            break
        end = match.end()
    return end


# --- words -------------------------------------------------------------------------------------


def _word_drafts(low: str, digits: list[Draft]) -> list[Draft]:
    starts = {draft.start: draft for draft in digits}
    found: list[Draft] = []
    end = 0
    for match in _ANCHORS.finditer(low):
        if match.start() < end:
            continue
        draft = _word_draft(low, match, starts)
        if draft is not None:
            found.append(draft)
            end = draft.end
    return found or ([] if digits else _lone_scale(low))


def _lone_scale(low: str) -> list[Draft]:
    """A text that is a magnitude and nothing else: "trăm", "nghìn hai"."""
    words = low.split()
    if not words or len(words) > 3 or words[0] not in {*VI_SCALES, "trăm"}:
        return []
    reading = read_vietnamese(["một", *words])
    if reading is None or reading.used != len(words) + 1:
        return []
    start = len(low) - len(low.lstrip())
    end = len(low.rstrip())
    return [Draft(start, end, reading.value, "words", reading.scale, left=start, right=end)]


def _word_draft(low: str, match: re.Match[str], digits: dict[int, Draft]) -> Draft | None:
    start, word = match.start(), match.group().strip()
    match match.lastgroup:
        case "none":
            return _none_draft(match)
        case "nth":
            value = {"nhất": 1, "nhì": 2, "tư": 4}[word]
            return Draft(
                start, match.end(), Decimal(value), "words", weak=True, left=start, right=match.end()
            )
        case "fold":
            reading = read_english(re.split("-", word.removesuffix("fold").rstrip("-")))
            return None if reading is None else _times(start, match.end(), reading.value)
    if word in TIMES_WORDS:
        return _times(start, match.end(), TIMES_WORDS[word])
    if word == "gấp":
        return None
    if word in {"nửa", "half"}:
        return _half(low, start, match.end(), word)
    if low.startswith((" nửa", " half"), match.end()):
        return None
    words, ends = _number_words(low, start)
    if not words:
        return None
    reading = read_vietnamese(words) if word in VI_WORDS else read_english(words)
    if reading is None:
        return None
    return _from_reading(low, start, ends[reading.used - 1], reading, words[: reading.used])


def _none_draft(match: re.Match[str]) -> Draft:
    if match.group().startswith("not"):
        draft = Draft(match.start(), match.end(), Decimal(0), "words")
        draft.flags.add("zero_in_words")
    else:
        draft = Draft(match.start(), match.end(), Decimal(9), "words", qualifier=Qualifier.AT_MOST)
        draft.flags.add("hedged")
    draft.left, draft.right = draft.start, draft.end
    return draft


def _times(start: int, end: int, value: Decimal) -> Draft:
    return Draft(start, end, value, "times", left=start, right=end, unit="times")


def _from_reading(low: str, start: int, end: int, reading: WordReading, words: list[str]) -> Draft:
    draft = Draft(start, end, reading.value, "words", reading.scale, left=start, right=end)
    if reading.fraction:
        draft.form = "fraction"
        draft.value = as_percent(reading.value)
        draft.flags.add("fraction_words")
    elif reading.ordinal:
        draft.form, draft.weak = "ordinal", True
    elif reading.scale > 1:
        draft.flags.add("magnitude")
    draft.weak = draft.weak or (len(words) == 1 and not reading.fraction)
    if _below_zero(draft, low):
        draft.weak = False
    return draft


def _below_zero(draft: Draft, low: str) -> bool:
    """ "âm 5" is -5; the word is taken into the number."""
    start = draft.start
    if not low.endswith("âm ", 0, start) or (start > 3 and low[start - 4].isalnum()):
        return False
    draft.start = draft.left = start - 3
    _negate(draft)
    return True


def as_percent(share: Decimal) -> Decimal:
    """A share in percent, to six decimals where it does not come out even."""
    if share > _HUGE:
        return share * _HUNDRED
    rounded = (share * _HUNDRED).quantize(_SIX).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def _number_words(low: str, start: int) -> tuple[list[str], list[int]]:
    """The words from ``start`` on that may belong to one number, with the index behind each."""
    words: list[str] = []
    ends: list[int] = []
    at = start
    while len(words) < 40:
        match = _WORD.match(low, at)
        if match is None or not _belongs(match.group(), words):
            break
        word = match.group()
        compound = VI_COMPOUNDS.get(word)
        if compound:
            following = _WORD.match(low, match.end() + 1)
            if following and following.group() in compound:
                break
        words.append(word)
        ends.append(match.end())
        at = match.end() + 1
        if low[match.end() : at] not in {" ", "-", "\n"}:
            break
    return words, ends


def _belongs(word: str, words: list[str]) -> bool:
    if word.isascii() and word.isdigit():
        return bool(words) and words[-1] in VI_POINT
    if words and words[0] in VI_WORDS:
        return word in VI_WORDS
    return word in EN_WORDS or word in EN_DENOMINATORS or word in EN_ORDINALS or not words


def _half(low: str, start: int, end: int, word: str) -> Draft | None:
    """ "nửa triệu" is a number, "một nửa" a share, "nửa đầu năm" neither."""
    for name in (
        "triệu",
        "tỷ",
        "tỉ",
        "vạn",
        "nghìn",
        "a million",
        "a billion",
        "million",
        "billion",
        "a trillion",
    ):
        if low.startswith(name, end + 1):
            scale = MAGNITUDES[name.removeprefix("a ")]
            draft = Draft(start, end + 1 + len(name), scale / 2, "words", scale)
            draft.flags.add("magnitude")
            draft.left, draft.right = draft.start, draft.end
            return draft
    for name in (" a percentage point", " a point", " percentage point", " point", " điểm", " a place"):
        if low.startswith(name, end):
            size = end + 2 if name.startswith(" a ") else end
            return Draft(start, size, Decimal("0.5"), "words", left=start, right=size)
    before = low[max(0, start - 12) : start].split()
    if word == "nửa" and low.startswith(_HALF_FOLLOWERS, end + 1):
        return None
    if word == "half" and (
        (before and before[-1].strip('("') in _HALF_BLOCKERS)
        or re.match(r"-|[ ](?:year|of (?:the year|20|19))", low[end : end + 14])
    ):
        return None
    if before and before[-1] in {"một", "a", "one"}:
        start = low.rfind(before[-1], 0, start)
    draft = Draft(start, end, Decimal(50), "fraction", left=start, right=end)
    draft.flags.add("fraction_words")
    return draft


# --- units -------------------------------------------------------------------------------------


def attach_unit(draft: Draft, text: str, low: str, limit: int) -> None:
    """Read currency, unit, denominator and counted noun around a draft; ``limit`` is the next number."""
    if draft.form == "times":
        return
    currency = currency_before(low, draft.left) if draft.form == "digits" else None
    if currency:
        draft.unit, draft.left = currency
    unit = unit_after(low, draft.end) if draft.form != "ordinal" and draft.right == draft.end else None
    if unit is not None and "hedged" in draft.flags:
        draft.unit, draft.shape, draft.right = "rank", Shape.TOP, unit.end
    elif unit is not None:
        draft.right = unit.end
        if draft.unit is None or draft.unit == "USD" != unit.name:
            draft.unit = unit.name
            draft.value *= unit.factor
    elif draft.form == "fraction":
        draft.unit = "percent"
    if unit is None or unit.name in {"times", "places", "percent"}:
        _denominator(draft, low)
    if draft.unit is None or draft.form == "fraction" or "nth" in draft.flags:
        draft.noun, end = noun_after(text, low, draft.right)
        if end > limit:
            draft.noun = ""


def _denominator(draft: Draft, low: str) -> None:
    per = per_after(low, draft.right)
    if per is not None and not low[per[1] : per[1] + 1].isdigit():
        draft.per, draft.right = per
