"""Which way a number moves: the verb that governs it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from tracker.extract.keys import key, phrase
from tracker.extract.model import Quantity, Shape
from tracker.extract.passages import Passage

CHANGES = ("pp", "places", "points", "times")
_SURE = ("pp", "places", "times")
_REACH = 9
_BESIDE = 3
_COMPARED = 3
_THAN = frozenset(phrase("hơn"))
_AS_MUCH = frozenset(phrase("tới đến"))
_RIGHT = 2
_AND = frozenset(phrase("và and"))
_LONGEST_LIST = 6
_THAN_WHAT = key("than")
#: "mất 3 bậc" falls; "mất 727 người" counts the dead.
_LOST = key("mất")
_MORE_OR_LESS = {key("more"): 1, key("less"): -1}


class Movement(NamedTuple):
    """``sign`` is 0 where nothing moves; ``beside``: the verb stands right at the number."""

    sign: int
    beside: bool = False
    right: bool = False


STILL = Movement(0)


def movement(passage: Passage, quantity: Quantity, *, level: bool = False) -> Movement:
    """The movement that governs a number.

    ``level`` asks whether the number itself is the step: "thấp hơn chỉ tiêu 50 %" moves, but its
    50 % is a goal, and so are both ends of "từ 4 lên 6 %".
    """
    known = passage.movements.get((quantity.span, level))
    if known is None:
        known = passage.movements[quantity.span, level] = _movement(passage, quantity, level)
    return known


def _movement(passage: Passage, quantity: Quantity, level: bool) -> Movement:
    first, last = passage.token_span(quantity.span)
    if level and quantity.shape in (Shape.FROM, Shape.TO):
        return STILL
    if sign := arrow(passage, quantity):
        return Movement(sign, beside=True)
    found = _left(passage, quantity, first, level and quantity.unit not in _SURE)
    return found if found.sign else _right(passage, quantity, last)


def arrow(passage: Passage, quantity: Quantity) -> int:
    """Which way an arrow points that stands for the verb of a change: "▼ 147 since May", "▲ 2.1 points"."""
    text = passage.block.text
    sign = _ARROWS.get(text[: quantity.number.start].rstrip()[-1:], 0)
    if not sign or quantity.unit in CHANGES:
        return sign
    after = text[quantity.span.end :].lstrip().removeprefix(quantity.noun)
    return sign if _SINCE.match(after) else 0


_ARROWS = {"▲": 1, "↑": 1, "▼": -1, "↓": -1}
_SINCE = re.compile(r"\s*(?:on|since|from|vs|versus|against|than|over|compared|so với)\b")


def _left(passage: Passage, quantity: Quantity, first: int, level: bool) -> Movement:
    strict = quantity.unit not in _SURE
    head = _head_of_list(passage, quantity, first)
    if head is not quantity:
        return movement(passage, head, level=level)
    if strict and passage.breaks[first] and first > 0:
        return STILL
    sign, place = 0, -1
    figures = passage.figures
    starts = figures[bisect_left(figures, first - _REACH) : bisect_left(figures, first)]
    for at in range(max(0, first - _REACH), first):
        if at in starts or (passage.breaks[at] and (strict or passage.breaks[at] >= 2)):
            sign, place = 0, -1
        for cue in passage.cues.get(at, ()):
            if cue.last >= first:
                continue
            if cue.payload in ("up", "down"):
                if level and any(other.payload == "beyond" for other in passage.cues[at]):
                    continue
                if quantity.unit not in CHANGES and cue.last == at and passage.keys[at] == _LOST:
                    continue
                sign, place = (1 if cue.payload == "up" else -1), cue.last
            elif (
                strict
                and sign
                and cue.last > place
                and (
                    (cue.payload == "level" and not (passage.keys[place] in _THAN and passage.keys[at] in _AS_MUCH))
                    or (level and cue.payload in ("target", "average") and cue.first - place <= _COMPARED)
                )
            ):
                sign, place = 0, -1
    return Movement(sign, first - place <= _BESIDE) if sign else STILL


def _head_of_list(passage: Passage, quantity: Quantity, first: int) -> Quantity:
    """The first number of a list that one verb governs: "giảm 21 vụ, 14 người chết", "giảm 6%; 10% và 11%"."""
    head = quantity
    if not (first > 0 and (passage.breaks[first] or passage.keys[first - 1] in _AND)):
        return head
    at = bisect_left(passage.quantities, quantity.span.start, key=lambda each: each.span.start)
    for before in reversed(passage.quantities[max(0, at - _LONGEST_LIST) : at]):
        if not _listed(passage, before, head):
            break
        head = before
    return head


def _listed(passage: Passage, before: Quantity, quantity: Quantity) -> bool:
    if before.noise or before.unit != quantity.unit or bool(before.noun) != bool(quantity.noun):
        return False
    first, last = passage.token_span(quantity.span)[0], passage.token_span(before.span)[1]
    joined = passage.keys[first - 1] in _AND
    between = first - last - 1 - joined
    same = passage.sentence_at(last) == passage.sentence_at(first) and not passage.parted(last + 1, first)
    return same and (joined or passage.breaks[first] > 0) and between <= len(before.noun.split())


def _right(passage: Passage, quantity: Quantity, last: int) -> Movement:
    reach = _RIGHT if quantity.unit not in CHANGES else _RIGHT + 2
    for at in range(last + 1, min(last + 1 + reach, len(passage.keys))):
        if passage.breaks[at]:
            break
        if at + 1 < len(passage.keys) and passage.keys[at + 1] == _THAN_WHAT and passage.keys[at] in _MORE_OR_LESS:
            return Movement(_MORE_OR_LESS[passage.keys[at]], at - last <= 1, right=True)
        for cue in passage.cues.get(at, ()):
            if cue.payload in ("up", "down"):
                return Movement(1 if cue.payload == "up" else -1, at - last <= 1, right=True)
    return STILL


def direction(passage: Passage, quantity: Quantity) -> int:
    """The sign of the movement alone."""
    return movement(passage, quantity).sign
