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
_IDENTIFIER = re.compile(r"[A-Za-z0-9._]$")
_RESUMING = word_set("thuộc là đạt vào lọt phải sẽ")
_LIKELY = range(1980, 2061)
_LOOK_BACK = 6


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
    low = words.low
    before, after = words.before(index), words.next_word(end)
    glue = low[start - 1 : start]
    if glue and glue in "/.,#@+$£€_=-–" and not (glue in "-–" and words.word(index - 1) in ("end", "mid")):
        return glue == "/" and False
    if words.counted_after(end):
        return False
    if not low[:start].strip(" (\t\"'") and _HEADED.match(low, end):
        return True
    if words.copyrighted(start):
        return False
    if not low[:start].strip(" (\t\"'|") and after in YEAR_FOLLOWERS:
        return True
    listed = limit and start - limit <= _LOOK_BACK and _LISTED.search(low, limit, start)
    if listed or before in YEAR_CUES:
        return True
    closed = words.closed_after(end)
    if glue == "(" and closed:
        return True
    if not before:
        return bool(limit) and after in _RESUMING and low[:start].endswith(", ")
    if before in AMOUNT_CUES:
        return False
    acronym = words.text[words.starts[index - 1] : words.ends[index - 1]]
    if len(acronym) > 1 and acronym.isupper() and not words.text.isupper():
        return True
    if before.isalpha() and (acronym[0].isupper() or before == "the"):
        return closed or after in YEAR_FOLLOWERS
    likely = int(low[start : start + 4]) in _LIKELY
    return before.isalpha() and likely and (closed or after in YEAR_FOLLOWERS)
