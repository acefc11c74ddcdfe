"""Dates that are surely a number's own, and dates that are surely another number's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from tracker.extract.keys import phrase
from tracker.extract.model import PeriodMention, Quantity, Role
from tracker.extract.passages import Passage

_OPENS = re.compile(r"\s?(?:\(|:)\s?")
_OPENED = re.compile(r"(?:\s[^\W\d]+){0,3}\s?\(")
_WHEN = frozenset(phrase("when khi lúc"))
_PARTS = re.compile(r"[,.;()\[\]]")
_NEXT = 7


def own_date(passage: Passage, quantity: Quantity, *, change: bool) -> PeriodMention | None:
    """The date that a bracket or a colon ties to a number: "năm 2022 (2.216 người)", "T9: 70,8", "46,1% (2023)"."""
    text, span = passage.block.text, quantity.span
    for mention in passage.periods:
        if mention.period is None or (change and mention.role is Role.AGAINST):
            continue
        if mention.span.end <= span.start:
            if not change and _OPENS.fullmatch(text, mention.span.end, span.start):
                return mention
        elif mention.role is not Role.AGAINST and text[mention.span.end : mention.span.end + 1] == ")":
            return mention if _OPENED.fullmatch(text, span.end, mention.span.start) else None
        else:
            break
    return None


def measured_from(passage: Passage, quantity: Quantity) -> PeriodMention | None:
    """The date that a step is more or less than: "nhiều hơn năm 2022 là 6 vụ"."""
    text = passage.block.text
    for mention in passage.periods:
        if mention.span.end > quantity.span.start:
            break
        if mention.role is Role.AGAINST and _STEP.fullmatch(text, mention.span.end, quantity.span.start):
            before = text[max(0, mention.span.start - _HEAD) : mention.span.start].rstrip()
            return mention if before.endswith(("hơn", "kém")) else None
    return None


_HEAD = 5
_STEP = re.compile(r",?\s(?:(?:là|tới|đến|những|khoảng|gần|hơn)\s)*")


def listed_date(passage: Passage, quantity: Quantity) -> PeriodMention | None:
    """The date at a number's own place, where as many are listed: "2021 và 2020 lần lượt là 98,6 và 98,34%"."""
    numbers = _list_of(passage.block.text, [each for each in passage.quantities if not each.noise], quantity)
    if len(numbers) < _FEWEST:
        return None
    low, high = numbers[0].span.start, numbers[-1].span.end
    left = [each for each in passage.periods if each.span.end <= low]
    right = [each for each in passage.periods if each.span.start >= high]
    for near in (left[-1:], right[:1]):
        dates = _list_of(passage.block.text, passage.periods, near[0]) if near else []
        if len(dates) != len(numbers):
            continue
        span = sorted((low, high, dates[0].span.start, dates[-1].span.end))
        if not _STOPS.search(passage.block.text, span[1], span[2]):
            return dates[numbers.index(quantity)]
    return None


_FEWEST = 2
_JOINED = re.compile(r"\s?,?\s?(?:(?:và|rồi|and|then|rồi đến)\s)?(?:năm\s)?")
_STOPS = re.compile(r"[.;()\d]|\b(?:so với|hơn|than)\b")


_Part = TypeVar("_Part", Quantity, PeriodMention)


def _list_of(text: str, parts: Sequence[_Part], one: _Part) -> list[_Part]:
    """The parts that stand in one list with ``one``: nothing but commas and "and" between them."""
    at = next((at for at, each in enumerate(parts) if each is one), None)
    if at is None:
        return []
    first = last = at
    while first and _JOINED.fullmatch(text, parts[first - 1].span.end, parts[first].span.start):
        first -= 1
    while last + 1 < len(parts) and _JOINED.fullmatch(text, parts[last].span.end, parts[last + 1].span.start):
        last += 1
    return list(parts[first : last + 1])


def anothers(passage: Passage, mention: PeriodMention, first: int, last: int) -> bool:
    """Whether a date belongs to another number of the sentence than that at tokens ``first`` to ``last``.

    It does where it stands behind a break and dates the number after it ("91,6%, cuối năm phải lên 92,5%"), and where
    a change before it is measured from it ("tăng 5,2% so với năm 2020, đứng thứ 45").
    """
    low, high = passage.token_span(mention.span)
    if high < first and _bracketed(passage, mention, first):
        return True
    if low > last:
        return passage.parted(last + 1, low + 1) > 0 and _leads_on(passage, mention, high)
    if mention.role is not Role.AGAINST or first - high <= 1 or passage.keys[high + 1] in _WHEN:
        return False
    return passage.figures_between(passage.clause_first[low] - 1, low) > 0 and passage.parted(high + 1, first + 1) > 0


def _bracketed(passage: Passage, mention: PeriodMention, first: int) -> bool:
    """Whether a bracket before the number holds the date with a figure of its own: "(năm 2017: 6,53 tỷ USD)"."""
    text, start = passage.block.text, passage.tokens[first].start
    if "(" not in text[max(0, mention.span.start - _HEAD) : mention.span.start]:
        return False
    closed = text.find(")", mention.span.end, start)
    return closed > 0 and any(mention.span.end <= each.number.start < closed for each in passage.quantities)


def _leads_on(passage: Passage, mention: PeriodMention, high: int) -> bool:
    """Whether a number follows a date in its own clause."""
    at = bisect_left(passage.figure_starts, high + 1)
    if at == len(passage.figure_starts) or passage.figure_starts[at] - high > _NEXT:
        return False
    start = passage.tokens[passage.figure_starts[at]].start
    return not _PARTS.search(passage.block.text, mention.span.end, start)
