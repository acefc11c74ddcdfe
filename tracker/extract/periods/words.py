"""The words of a text with their places: what stands before and after a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from tracker.domain.period import Precision
from tracker.extract.model import Role
from tracker.extract.periods.lexicon import COUNTED, LEADS, LONGEST_LEAD, PARTS, word_set
from tracker.extract.periods.meaning import Dated, Run

_WORD = re.compile(r"(\w+)")
_CLOSED = re.compile(r"\s*(?:$|[.,;:!?)\]|–—-])")
_COUNTED_AFTER = re.compile(r"\s?(%|[^\W\d_]+)")
_BREAK = re.compile(r"[.!?…](?=\s|$)|\n")
_NEAR = 8
_WEEKDAYS = word_set("hai ba tư năm sáu bảy 2 3 4 5 6 7")
_WEEKDAY = re.compile(
    r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|chúa nhật"
    r"|(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?\.?),?\s(?:ngày\s)?$"
)
_COPYRIGHT = 60


class Words:
    """``low`` is the text in lower case, place by place."""

    def __init__(self, text: str, year_start: int) -> None:
        low = text.lower()
        if len(low) != len(text):
            low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
        self.text = text
        self.low = low
        self.year_start = year_start
        self.last_read = 0
        parts = _WORD.split(low)
        bounds = list(accumulate(map(len, parts)))
        self.all = parts[1::2]
        self.starts = bounds[:-1:2]
        self.ends = bounds[1::2]

    def __len__(self) -> int:
        return len(self.starts)

    def word(self, index: int) -> str:
        """The word at ``index``, empty beyond either end."""
        return self.all[index] if 0 <= index < len(self.all) else ""

    def index_at(self, place: int) -> int:
        """The first word that starts at or after ``place``."""
        return bisect_right(self.starts, place - 1)

    def before(self, index: int) -> str:
        """The word before, if nothing but blanks, brackets or a point stands between."""
        if index == 0:
            return ""
        between = self.low[self.ends[index - 1] : self.starts[index]]
        return self.word(index - 1) if between.strip(" (\t.") == "" else ""

    def glued(self, place: int) -> bool:
        """Whether the mark at ``place`` follows a letter or digit without a gap."""
        return place > 0 and self.low[place - 1].isalnum()

    def closed_after(self, place: int) -> bool:
        """Whether the text ends at ``place`` or a mark follows."""
        return _CLOSED.match(self.low, place) is not None

    def next_word(self, place: int) -> str:
        """The word, or the percent sign, that follows ``place`` after a blank at most."""
        found = _COUNTED_AFTER.match(self.low, place)
        return found[1] if found else ""

    def counted_after(self, place: int) -> bool:
        """Whether a unit or a counted thing follows, so that the number is an amount."""
        word = self.next_word(place)
        return word == "%" or word in COUNTED

    def day_named(self, index: int) -> bool:
        """Whether the same clause names a day, as in "Ngày BHYT Việt Nam 1/7"."""
        for at in range(index - 1, max(-1, index - _NEAR), -1):
            between = self.low[self.ends[at] : self.starts[at + 1]]
            if "," in between or ";" in between or _BREAK.search(between):
                return False
            if self.word(at) == "ngày" or (self.word(at) == "thứ" and self.word(at + 1) in _WEEKDAYS):
                return True
        return False

    def sentence_breaks(self, start: int, end: int) -> bool:
        """Whether a sentence ends between the two places."""
        return _BREAK.search(self.low, start, end) is not None

    def sentence_opens(self, place: int) -> bool:
        """Whether nothing but marks stands between the start of the sentence and ``place``."""
        begin = max(0, place - 200)
        for found in _BREAK.finditer(self.low, begin, place):
            begin = found.end()
        return not any(char.isalnum() for char in self.low[begin:place])

    def copyrighted(self, place: int) -> bool:
        """Whether the number follows a copyright sign: it dates the page, not a figure."""
        return "©" in self.low[max(0, place - _COPYRIGHT) : place]

    def weekday_before(self, start: int, limit: int) -> int:
        """Where the day of the week begins that stands directly before ``start``, or ``start``."""
        found = _WEEKDAY.search(self.low, max(limit, start - 20), start)
        return found.start() if found else start

    def fiscal(self, year: int) -> Dated | Run:
        """The financial year named ``year``, after the year in which it ends."""
        if self.year_start == 1:
            return Dated(Precision.YEAR, year)
        first = Dated(Precision.MONTH, year - 1, self.year_start)
        return Run(first, Dated(Precision.MONTH, year, self.year_start - 1))

    def leads(self, start: int, limit: int) -> tuple[int, list[Role | None], list[str]]:
        """The leading words before ``start``: where they begin, their roles nearest first."""
        roles: list[Role | None] = []
        phrases: list[str] = []
        for turn in range(3):
            index = self.index_at(start)
            for size in range(LONGEST_LEAD, 0, -1):
                if index - size < 0 or self.starts[index - size] < limit:
                    continue
                begin = self.starts[index - size]
                phrase = self.low[begin:start]
                if turn and phrase.rstrip() in PARTS:
                    continue
                if phrase.rstrip() in LEADS and len(phrase) - len(phrase.rstrip()) <= 3:
                    phrase = phrase.rstrip()
                    roles.append(LEADS[phrase])
                    phrases.append(phrase)
                    start = begin
                    break
            else:
                break
            if roles[-1] is not None:
                break
        return start, roles, phrases
