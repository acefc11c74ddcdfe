"""The noun phrase that governs a number: before it and its verb, or right after a share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from tracker.discover import words
from tracker.extract.model import PeriodMention, Quantity, Shape

MOST_WORDS = 14
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’&]?[^\W_]+)*|\d+|[^\w\s]")
_SENTENCE = re.compile(r"[.!?…]+[\"”»)]*\s+(?=[\"“«(]?([^\W_]))|\n+|;\s")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a sign, or in ``text`` ``""`` a date or a number that was read there."""

    text: str
    start: int
    end: int
    number: Quantity | None = None

    @property
    def is_stop(self) -> bool:
        """Whether a name cannot reach over it."""
        return len(self.text) == 1 and not self.text.isalnum()


@dataclass(frozen=True, slots=True)
class Name:
    """What a number is a number of. ``headed``: it begins with, or has in it, the word of a measure."""

    text: str
    headed: bool
    change: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block with its bounds there, its words, dates and numbers."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    periods: tuple[PeriodMention, ...]


def sentences(text: str, periods: list[PeriodMention], quantities: list[Quantity]) -> list[Sentence]:
    """The sentences of a block; no date and no number is ever cut."""
    taken = [(one.span.start, one.span.end) for one in periods]
    taken += [(one.span.start, one.span.end) for one in quantities]
    cuts = [0]
    for found in _SENTENCE.finditer(text):
        follows = found[1]
        if follows and follows.islower():
            continue
        if not any(start <= found.start() < end for start, end in taken):
            cuts.append(found.end())
    cuts.append(len(text))
    return [
        _sentence(text, start, end, periods, quantities) for start, end in pairwise(cuts) if text[start:end].strip()
    ]


def _sentence(text: str, start: int, end: int, periods: list[PeriodMention], quantities: list[Quantity]) -> Sentence:
    dates = tuple(one for one in periods if start <= one.span.start < end)
    found = [Word("", one.span.start, one.span.end) for one in dates]
    # The digits alone: the words around them (units, hedges) are still words of the sentence.
    found += [Word("", q.number.start, q.number.end, q) for q in quantities if start <= q.number.start < end]
    spans = [(one.start, one.end) for one in found]
    for token in _TOKEN.finditer(text, start, end):
        if not any(low < token.end() and token.start() < high for low, high in spans):
            found.append(Word(token.group(), token.start(), token.end()))
    return Sentence(text, start, end, tuple(sorted(found, key=lambda one: one.start)), dates)


def names(sentence: Sentence) -> dict[int, Name]:
    """The name of each number that has a clear one, by where the number starts in the block."""
    found: dict[int, Name] = {}
    subject: Name | None = None
    gap: list[Word] = []
    read = sentence.start
    for place, word in enumerate(sentence.words):
        if word.number is None:
            # The unit of the number before is no word of this one's name.
            gap += [word] if word.start >= read else []
            continue
        read = word.number.span.end
        quantity = word.number
        after = _after(sentence.words[place + 1 :], quantity)
        own = _name_before(gap) or after
        bare = not _content(gap)
        if own is None and bare and subject is not None:
            own = Name(subject.text, subject.headed)
        if own is not None and not _unclear(own.text):
            subject = own
            if not _is_change(gap, sentence.words[place + 1 :], quantity):
                found[quantity.number.start] = own
        elif not bare:
            subject = None
        gap = []
    return found


def _name_before(gap: list[Word]) -> Name | None:
    """The subject of the verb that leads to the number, or the measure that stands right before it."""
    part = _last_part(gap)
    low = [one.text.lower() for one in part]
    start = _after_reporting(low)
    head = next((at for at in range(start, len(low)) if words.HEADS.at(low, at) and not _no_head(low, at)), None)
    if head is not None:
        start = head
        after_head = head + words.HEADS.at(low, head)
    else:
        start = _trimmed_left(low, start)
        after_head = start + 1
    end = next((at for at in range(after_head, len(low)) if _ends_name(low, at)), len(low))
    verb = any(words.LEVEL_VERBS.at(low, at) or words.CHANGE_VERBS.at(low, at) for at in range(end, len(low)))
    headed = head is not None or words.ENGLISH_HEADS.anywhere(low[start:end])
    if not verb and not (headed and _only_hedges(low, end)):
        return None
    return _made(part[start:end], headed=headed)


def _last_part(gap: list[Word]) -> list[Word]:
    """The words after the last sign that parts, dates left out; a sign at the very end counts for nothing."""
    cut = 0
    for at, word in enumerate(gap):
        if word.is_stop and _content(gap[at + 1 :]):
            cut = at + 1
    return [word for word in gap[cut:] if word.text and not word.is_stop and not word.text.isdigit()]


def _after_reporting(low: list[str]) -> int:
    start = 0
    for at in range(len(low)):
        size = words.REPORTING.at(low, at)
        if size:
            start = at + size
    return start if start < len(low) else 0


def _ends_name(low: list[str], at: int) -> bool:
    if _in_compound(low, at):
        return False
    return (
        bool(words.LEVEL_VERBS.at(low, at) or words.CHANGE_VERBS.at(low, at))
        or words.HEDGES.at(low, at) == len(low) - at
    )


def _in_compound(low: list[str], at: int) -> bool:
    """Whether the word at ``at`` is part of a fixed expression that is no verb."""
    return any(words.COMPOUNDS.at(low, start) > at - start for start in range(max(0, at - 3), at + 1))


def _no_head(low: list[str], at: int) -> bool:
    """Whether the word of a measure at ``at`` belongs to another word: "số hóa", "kinh tế số"."""
    return any(words.NO_HEAD.at(low, start) > at - start for start in range(max(0, at - 3), at + 1))


def _only_hedges(low: list[str], end: int) -> bool:
    at = end
    while at < len(low):
        size = words.HEDGES.at(low, at) or words.RIM.at(low, at)
        if not size:
            return False
        at += size
    return True


def _after(rest: tuple[Word, ...], quantity: Quantity) -> Name | None:
    """What a share, a rank or a count is of, where that stands after it."""
    part: list[Word] = []
    for word in rest:
        if word.start < quantity.span.end:
            continue
        if not word.text or word.is_stop or len(part) > MOST_WORDS:
            break
        part.append(word)
    low = [one.text.lower() for one in part]
    if quantity.unit == "rank":
        return _ranking(part, low)
    if quantity.unit != "percent" or quantity.shape is Shape.FROM or not low:
        return None
    start = 1 if low[0] in ("số", "các") else 0
    if words.NO_NAME_AFTER.at(low, 0) or not words.SHARED.at(low, start):
        return None
    if len(part) - start < 4:
        return None
    name = _made(part[start:], headed=True)
    return None if name is None else Name(f"tỷ lệ {name.text}", headed=True)


def _ranking(part: list[Word], low: list[str]) -> Name | None:
    for at, word in enumerate(low):
        if word in ("về", "trong", "theo", "in", "on"):
            inner = _trimmed_left(low, at + 1)
            measure = words.phrases("chỉ số|xếp hạng|bảng xếp hạng|index|ranking|rankings")
            if inner < len(part) and measure.anywhere(low[inner:]):
                name = _made(part[inner:], headed=True)
                has_rank = words.phrases("xếp hạng|ranking|rankings").anywhere(low[inner:])
                if name is None or has_rank:
                    return name
                vietnamese = any(not one.isascii() for one in low)
                return Name(f"xếp hạng {name.text}" if vietnamese else f"{name.text} ranking", headed=True)
    return None


def _made(part: list[Word], *, headed: bool) -> Name | None:
    """The name of these words, its rims taken off; None where too little or too much is left."""
    low = [one.text.lower() for one in part]
    start, end = 0 if headed and words.HEADS.at(low, 0) else _trimmed_left(low, 0), len(low)
    while end > start and (size := words.RIM.ending(low, end)) and size < end - start:
        end -= size
    kept = part[start:end]
    if not kept or len(kept) > MOST_WORDS or kept[0].text.isdigit():
        return None
    if not _says_something(low[start:end], headed=headed):
        return None
    return Name(" ".join(one.text for one in kept), headed)


def _says_something(low: list[str], *, headed: bool) -> bool:
    """Whether the words name a measure: more than its head, and not cut off."""
    if words.STANDALONE.at(low, 0) == len(low):
        return True
    if words.CUT_OFF.ending(low, len(low)):
        return False
    head = words.HEADS.at(low, 0)
    rest = [one for one in low[head:] if one not in words.LIGHT and one not in words.EMPTY_ENGLISH]
    if head and (words.RIM.at(low, head) or words.CUT_OFF.at(low, head)):
        return False
    if headed and not head:
        rest = [one for one in rest if not words.ENGLISH_HEADS.at([one], 0)] or rest[1:]
        return bool(rest)
    return len(rest) >= 2  # a Vietnamese word is two syllables as a rule


def _trimmed_left(low: list[str], start: int) -> int:
    while start < len(low) and (size := words.RIM.at(low, start)):
        start += size
    return start


def _content(gap: list[Word]) -> list[str]:
    """The words of a gap that could be the name of something."""
    low = [one.text.lower() for one in gap if one.text and not one.is_stop]
    left, at = [], 0
    while at < len(low):
        size = max(
            found.at(low, at)
            for found in (words.LEVEL_VERBS, words.CHANGE_VERBS, words.HEDGES, words.RIM, words.GOALS, words.REPORTING)
        )
        if not size:
            left.append(low[at])
        at += size or 1
    return [one for one in left if len(one) > 1]


def _is_change(gap: list[Word], rest: tuple[Word, ...], quantity: Quantity) -> bool:
    """Whether the number says by how much, not how much."""
    if quantity.unit in ("pp", "places", "times"):
        return True
    low = [one.text.lower() for one in gap if one.text]
    end = len(low)
    while (
        end
        and (size := max(words.HEDGES.ending(low, end), 0))
        and low[end - 1] not in ("to", "by", "từ", "from", "đến")
    ):
        end -= size
    following = [one.text.lower() for one in rest[:6] if one.start >= quantity.span.end]
    if words.phrases("so với|so|higher|lower|more|less|điểm phần trăm|percentage points|year-on-year").at(following, 0):
        return True
    return (
        quantity.shape not in (Shape.FROM, Shape.TO)
        and bool(words.CHANGE_VERBS.ending(low, end))
        and not _in_compound(low, end - 1)
    )


def _unclear(name: str) -> bool:
    return words.UNCLEAR.anywhere(name.lower().split())
