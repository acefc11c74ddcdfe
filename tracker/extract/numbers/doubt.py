"""Numbers that may be another number, or none: pieces of one, scores, footnotes, powers.

A number that is shown must be right. Where two runs of digits stand side by side, or are tied by a
sign that is no sign of numbers, neither is taken for a figure without a person's word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tracker.extract.model import Shape
from tracker.extract.numbers.digits import NumberStyle
from tracker.extract.numbers.draft import Draft

# Between two digits: no blank, no letter, and no sign that parts or joins numbers in a known way.
_TIED: Final = re.compile(r"\d(?:[^\w\s\-/:~+()\[\]{}<>=|;\"“”*&→%‰.,]{1,2}|[.,]{2,3}| ?[×·⋅*] ?)(?=\d)")
_RAISED: Final = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER_BASE: Final = "10"
_LONE_IN_BRACKETS: Final = re.compile(r"\s*\(\s*[\d.,\s]+%?\s*\)\s*")
_DAY: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])")
_MOST_FOOTNOTES: Final = 99
_PHONE_LINKS: Final = frozenset({" ", ".", "-", ") ", ")", " - "})
# A number of these classes is a word of its own: what stands behind it is no piece of it.
_APART: Final = frozenset({"name", "decree", "ordinal", "page", "enumerator", "footnote", "label"})


def doubt(drafts: Sequence[Draft], text: str, style: NumberStyle) -> None:
    """Flag what may be another number as ``ambiguous``; give a noise class to what is none."""
    for draft in drafts:
        if draft.form == "digits":
            _doubt_one(draft, text, style)
    for first, second in pairwise(drafts):
        if first.form == second.form == "digits":
            _doubt_two(first, second, text)
    _tied(drafts, text)


def _doubt_one(draft: Draft, text: str, style: NumberStyle) -> None:
    following = text[draft.end : draft.end + 1]
    if following in _RAISED and following:
        if draft.written == _POWER_BASE:
            draft.noise = draft.noise or "unclear"
        elif draft.integral and draft.unit is None:
            draft.flags.add("ambiguous")
    if _is_footnote(draft, text):
        draft.noise = draft.noise or "footnote"
    # "(12,5)" alone is -12.5 to an accountant.
    if draft.start and text[draft.start - 1] == "(" and _LONE_IN_BRACKETS.fullmatch(text):
        draft.flags.add("ambiguous")
    foreign = style.decimal == "," and "." not in style.fractional
    if foreign and draft.unit is None and draft.scale == 1 and _DAY.fullmatch(draft.written):
        draft.flags.add("ambiguous")


def _is_footnote(draft: Draft, text: str) -> bool:
    """A mark in brackets that a number holds on to: "12(3)", "81,7%(1)"."""
    start, end = draft.start, draft.end
    bracketed = start > 1 and text[start - 1] == "(" and text[end : end + 1] == ")"
    held = bracketed and (text[start - 2].isdigit() or text[start - 2] == "%")
    return held and draft.integral and 0 < draft.value <= _MOST_FOOTNOTES


def _doubt_two(first: Draft, second: Draft, text: str) -> None:
    gap = text[first.end : second.start]
    if first.noise == "phone" and not second.unit and gap in _PHONE_LINKS:
        second.noise = second.noise or "phone"
    elif gap.isspace():
        if first.noise not in _APART and first.shape not in (Shape.RANK, Shape.TOP):
            first.flags.add("ambiguous")
            second.flags.add("ambiguous")
    elif _is_score(first, second, gap):
        first.noise, second.noise = first.noise or "score", second.noise or "score"


def _is_score(first: Draft, second: Draft, gap: str) -> bool:
    """Two whole numbers tied by a colon, or by a dash from the larger to the smaller: "25-22", "16:9"."""
    bare = first.unit is None and second.unit is None and first.high is None and second.high is None
    if not bare or not (first.integral and second.integral) or first.scale != 1 or second.scale != 1:
        return False
    return gap == ":" or (gap == "-" and first.value > second.value)


def _tied(drafts: Sequence[Draft], text: str) -> None:
    ends: set[int] = set()
    starts: set[int] = set()
    for found in _TIED.finditer(text):
        ends.add(found.start() + 1)
        starts.add(found.end())
    if not starts:
        return
    for draft in drafts:
        if draft.end in ends or draft.start in starts:
            draft.noise = draft.noise or "unclear"
