"""Ranks ("thứ 47", "86th"), tops ("top 50") and factors ("gấp ba") by the words around."""

from __future__ import annotations

import re
from typing import Final

from tracker.domain.figure import Qualifier
from tracker.extract.model import Shape
from tracker.extract.numbers.draft import Draft
from tracker.extract.numbers.lexicon import (
    word_set,
)

_RANK_BEFORE: Final = re.compile(
    r"(?:xếp|đứng|hạng|vị trí|thứ bậc|rank|ranked|ranking|ranks|placed|position|place)(?!\w)[^.;!?]{0,60}$"
)
_RANK_CUE: Final = word_set("thứ hạng bậc rank ranks ranked number no. placed")
_RANK_VERB: Final = word_set("xếp đứng")
_TOP: Final = word_set("top tốp")
_HEDGING: Final = word_set("gần hơn khoảng tới đến từ chừng trên ngót xấp xỉ ít nhất")
_GROUP_AFTER: Final = re.compile(
    r"[ \n]?(?:nước|quốc gia|nền kinh tế|tỉnh|địa phương|đầu|dẫn đầu|hàng đầu|đứng đầu|thế giới|cao nhất"
    r"|tốt nhất"
    r"|best|leading|highest|[.,;)!?\"]|$)"
)


def find_standing(draft: Draft, low: str) -> None:
    """Ranks ("thứ 47", "86th"), tops ("top 50") and factors ("gấp ba") by the word before."""
    words = draft.words
    if draft.noise or draft.shape not in {Shape.PLAIN, Shape.RANGE}:
        return
    last = words[-1] if words else ""
    if last.startswith(("top-", "tốp-")) or last in _TOP or _of_top(words):
        if draft.integral and draft.unit in {None, "places"} and draft.form != "ordinal":
            _top(draft)
    elif last == "nhóm" and draft.integral and draft.unit is None and draft.value >= 3:
        if _GROUP_AFTER.match(low, draft.end):
            _top(draft)
    elif last in {"among", "one"} or (last == "the" and len(words) > 1 and words[-2] == "among"):
        if draft.integral and re.compile(r" (?:best|leading|top|highest)").match(low, draft.end):
            _top(draft)
    elif _multiplied(words) and draft.unit is None and draft.scale == 1 and not draft.noun.startswith("%"):
        draft.unit, draft.weak = "times", False
    elif draft.shape is Shape.PLAIN and draft.form != "ordinal" and "nth" not in draft.flags and is_rank(draft):
        draft.shape, draft.unit, draft.weak = Shape.RANK, "rank", False


def after_rank(draft: Draft, low: str) -> bool:
    """Whether the clause spoke of a ranking before the number."""
    return _RANK_BEFORE.search(low, max(0, draft.left - 70), draft.left) is not None


def is_rank(draft: Draft) -> bool:
    """Whether the word before, or an ordinal's ending, makes a rank of the number."""
    words = draft.words
    if draft.form == "ordinal" or "nth" in draft.flags:
        return True
    if not words or draft.unit not in {None, "rank"} or not draft.integral or draft.value < 1:
        return False
    if words[-1] in _RANK_CUE or words[-1] in _RANK_VERB:
        return True
    return words[-1] == "trí" and len(words) > 1 and words[-2] == "vị"


def _multiplied(words: list[str]) -> bool:
    """Whether "gấp" governs the number, with nothing but a hedge between."""
    tail = words[-3:]
    return "gấp" in tail and all(word in _HEDGING for word in tail[tail.index("gấp") + 1 :])


def _of_top(words: list[str]) -> bool:
    return len(words) > 1 and words[-2] in _TOP and words[-1] in {"of", "the"}


def _top(draft: Draft) -> None:
    draft.shape, draft.unit, draft.weak = Shape.TOP, "rank", False
    draft.qualifier = Qualifier.AT_MOST
    draft.flags.add("hedged")
