"""A four-digit number that stands as a year without saying so."""

from __future__ import annotations

import re

from tracker.domain.period import Precision
from tracker.extract.periods.lexicon import AMOUNT_CUES, YEAR_CUES, YEAR_FOLLOWERS, word_set
from tracker.extract.periods.meaning import Dated, Expression
from tracker.extract.periods.words import Words

_YEAR = re.compile(r"(19\d\d|20\d\d|2100)(?![\w%‰°]|[.,/]\d|[-–]\d|\s?(?:%|‰|°))")
_LISTED = re.compile(r"(?:\s?[,;/|+&]\s?|,?\s(?:và|and|or|hoặc|hay)\s|\s?[-–]\s)$")
_HEADED = re.compile(r"\s?(?:[:(|–—]|-\s|$)")
_RESUMING = word_set("thuộc là đạt vào lọt phải sẽ")
_LIKELY = range(1980, 2061)
_LOOK_BACK = 6
_OWNERS = word_set("the its their our his her your my this s")
_WORD = re.compile(r" [a-z]{4,}(?!\w)")


def read_bare_year(words: Words, index: int, limit: int) -> Expression | None:
    """The year at the word ``index``, if the words around it make it one."""
    found = _YEAR.match(words.low, words.starts[index])
    if not found:
        return None
    start, end = found.span()
    if _stands(words, index, start, end, limit):
        return Expression(start, end, Dated(Precision.YEAR, int(found[1])))
    return None


_TAGGED = re.compile(r"[A-Z]{2,8}(199\d|20\d\d)(?!\w)")


def read_tagged_year(words: Words, index: int) -> Expression | None:
    """The year written onto an acronym: "#GII2023"."""
    found = _TAGGED.match(words.text, words.starts[index])
    return Expression(found.start(1), found.end(), Dated(Precision.YEAR, int(found[1]))) if found else None


def _stands(words: Words, index: int, start: int, end: int, limit: int) -> bool:
    """Whether the number cannot be an amount, and something makes it a year."""
    if words.counted_after(end) or words.copyrighted(start) or not _free(words, index, start):
        return False
    listed = limit and start - limit <= _LOOK_BACK and _LISTED.search(words.low, limit, start)
    if listed or _opens(words, start, end):
        return True
    before = words.before(index)
    if before in YEAR_CUES or (words.low[start - 1 : start] == "(" and words.closed_after(end)):
        return True
    if not before:
        resumes = words.next_word(end) in _RESUMING and words.low[:start].endswith(", ")
        return bool(limit) and resumes
    if before in _OWNERS and _describes(words, start, end):
        return True
    return before not in AMOUNT_CUES and _named(words, index, start, end)


def _describes(words: Words, start: int, end: int) -> bool:
    """Whether a year stands before what it dates: "its 2030 promises", "the 2023 total", "the city's 2024 value"."""
    following = _WORD.match(words.text, end)
    return following is not None and int(words.low[start : start + 4]) in _LIKELY


def _free(words: Words, index: int, start: int) -> bool:
    """Whether no sign ties the number to what stands before it ("$2020", "QH-2020")."""
    glue = words.low[start - 1 : start]
    if glue and glue in "-–":
        return words.word(index - 1) in ("end", "mid")
    return not glue or glue not in "/.,#@+$£€_="


def _opens(words: Words, start: int, end: int) -> bool:
    """Whether the year heads its text: "2022 (thực hiện)", "2024 actual", "2020"."""
    if words.low[:start].strip(" (\t\"'|"):
        return False
    return _HEADED.match(words.low, end) is not None or words.next_word(end) in YEAR_FOLLOWERS


def _named(words: Words, index: int, start: int, end: int) -> bool:
    """Whether the word before makes a name with it ("GII 2023"), or nothing else can follow."""
    before = words.text[words.starts[index - 1] : words.ends[index - 1]]
    if len(before) > 1 and before.isupper() and not words.text.isupper():
        return True
    ends = words.closed_after(end) or words.next_word(end) in YEAR_FOLLOWERS
    if not before.isalpha() or not ends:
        return False
    return before[0].isupper() or before == "the" or int(words.low[start : start + 4]) in _LIKELY
