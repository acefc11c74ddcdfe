"""Finding numbers in words: numerals, shares, halves, factors, ordinals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from tracker.domain.figure import Qualifier
from tracker.extract.numbers.draft import WORD, Draft, as_percent, below_zero
from tracker.extract.numbers.lexicon import (
    EN_DENOMINATORS,
    EN_ORDINALS,
    EN_SCALES,
    EN_STARTS,
    EN_WORDS,
    MAGNITUDES,
    TIMES_WORDS,
    VI_COMPOUNDS,
    VI_DIGITS,
    VI_POINT,
    VI_SCALES,
    VI_WORDS,
    word_set,
)
from tracker.extract.numbers.words import WordReading, read_english, read_vietnamese

_ARTICLE_FOLLOWERS: Final = "|".join(
    sorted(
        {*EN_DENOMINATORS, *EN_SCALES, "hundred", "dozen", "percentage point", "per cent"},
        key=len,
        reverse=True,
    )
)
_STARTS: Final = {*VI_DIGITS, "mười", "nửa", "half"} | EN_STARTS | frozenset(EN_ORDINALS) | frozenset(TIMES_WORDS)
_ANCHORS: Final = re.compile(
    r"(?<!\w)(?:(?P<word>" + "|".join(sorted((re.escape(w) for w in _STARTS), key=len, reverse=True)) + r")(?!\w)"
    r"|(?P<article>an?[ ](?=(?:" + _ARTICLE_FOLLOWERS + r")(?!\w)))"
    r"|(?P<fold>(?:" + "|".join(sorted(EN_STARTS, key=len, reverse=True)) + r")-?fold(?!\w))"
    r"|(?P<none>not a single(?!\w)|single-digit(?!\w))"
    r"|(?<=thứ )(?P<nth>nhất|nhì|tư)(?!\w))"
)
_NTH: Final = {"nhất": 1, "nhì": 2, "tư": 4}
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


def word_drafts(low: str, digits: list[Draft]) -> list[Draft]:
    """Every number of ``low`` that is written in words; with no digits at all, a lone magnitude too."""
    found: list[Draft] = []
    end = 0
    for match in _ANCHORS.finditer(low):
        if match.start() < end:
            continue
        draft = _word_draft(low, match)
        if draft is not None:
            found.append(draft)
            end = draft.end
    return found or ([] if digits else _lone_scale(low))


_LONGEST_LONE: Final = 3


def _lone_scale(low: str) -> list[Draft]:
    """A text that is a magnitude and nothing else: "trăm", "nghìn hai"."""
    words = low.split(None, _LONGEST_LONE)
    if not words or len(words) > _LONGEST_LONE or words[0] not in {*VI_SCALES, "trăm"}:
        return []
    reading = read_vietnamese(["một", *words])
    if reading is None or reading.used != len(words) + 1:
        return []
    start = len(low) - len(low.lstrip())
    end = len(low.rstrip())
    return [Draft(start, end, reading.value, "words", reading.scale, left=start, right=end)]


def _word_draft(low: str, match: re.Match[str]) -> Draft | None:
    start, end, word = match.start(), match.end(), match.group().strip()
    match match.lastgroup:
        case "none":
            return _none_draft(match)
        case "nth":
            return Draft(start, end, Decimal(_NTH[word]), "words", weak=True, left=start, right=end)
        case "fold":
            reading = read_english(word.removesuffix("fold").rstrip("-").split("-"))
            return None if reading is None else _times(start, end, reading.value)
    if word in TIMES_WORDS:
        return _times(start, end, TIMES_WORDS[word])
    if word in {"nửa", "half"}:
        return _half(low, start, end, word)
    return None if low.startswith((" nửa", " half"), end) else _numeral(low, start, word)


def _numeral(low: str, start: int, word: str) -> Draft | None:
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
    if below_zero(draft, low):
        draft.weak = False
    return draft


def _number_words(low: str, start: int) -> tuple[list[str], list[int]]:
    """The words from ``start`` on that may belong to one number, with the index behind each."""
    words: list[str] = []
    ends: list[int] = []
    at = start
    while len(words) < 40:
        match = WORD.match(low, at)
        if match is None or not _belongs(match.group(), words):
            break
        word = match.group()
        compound = VI_COMPOUNDS.get(word)
        if compound:
            following = WORD.match(low, match.end() + 1)
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
    if word == "a":
        return not words or words[-1] == "and"
    return word in EN_WORDS or word in EN_DENOMINATORS or word in EN_ORDINALS or not words


def _half(low: str, start: int, end: int, word: str) -> Draft | None:
    """Half: "nửa triệu" is a number, "một nửa" a share, "nửa đầu năm" neither."""
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
        (before and before[-1].strip('("-') in _HALF_BLOCKERS)
        or re.match(r"-|[ ](?:year|of (?:the year|20|19))", low[end : end + 14])
    ):
        return None
    if before and before[-1] in {"một", "a", "one"}:
        start = low.rfind(before[-1], 0, start)
    draft = Draft(start, end, Decimal(50), "fraction", left=start, right=end)
    draft.flags.add("fraction_words")
    return draft
