"""What one number says about another: totals, denominators, changes, shared units."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import Final

from tracker.extract.model import Alternative, Shape
from tracker.extract.numbers.draft import Draft
from tracker.extract.numbers.hedges import words_before
from tracker.extract.numbers.joins import COUNTRIES, FROM_WORDS, join, power_of_ten
from tracker.extract.numbers.standing import find_standing

_PER: Final = re.compile(
    r"[^.,;:()\d]{0,40}?(?:/ ?| per | trên | trong | for every | for each | for | in every | cho mỗi | "
    r"mỗi | tính trên )$"
)
_LIST: Final = re.compile(r"(?:, ?|[ ,]{1,2}(?:và|and|rồi|hoặc|or|hay) )$")
_FAR: Final = 70
_SENTENCE_END: Final = re.compile(r"[.;!?](?:\s|$)")
_MOVED_TO: Final = re.compile(
    r"(?:^|[ (])(?:lên|xuống|xuống còn|lên tới|lên đến|lên mức|xuống mức|còn|thành|to|đến|tới)"
    r"(?: (?:mức|còn|tới|đến|hơn|gần|trên|dưới|khoảng|vị trí|hạng|thứ|bậc|around|about|nearly|just|over|under"
    r"|some|almost))*$"
)


def pair(drafts: list[Draft], low: str) -> list[Draft]:
    """Join what makes one number, and see where each stands; the order stays."""
    for draft in drafts:
        draft.words = words_before(low, draft.left)
    joined: list[Draft] = []
    for draft in drafts:
        if joined and join(joined[-1], draft, low):
            continue
        joined.append(draft)
    for draft in joined:
        find_standing(draft, low)
    return joined


def relate(drafts: list[Draft], low: str) -> None:
    """Let neighbours speak of each other: denominators, totals far away, from one to another, lists."""
    for first, second in pairwise(drafts):
        _relate(first, second, low)
    for first, second in pairwise([draft for draft in drafts if not draft.noise]):
        if first.words and first.words[-1] in FROM_WORDS and 0 <= second.left - first.right <= _FAR:
            _moved(first, second, low[first.right : second.left])
    _share_in_lists(drafts, low)


def _relate(first: Draft, second: Draft, low: str) -> None:
    distance = second.left - first.right
    if distance > _FAR or distance < 0:
        return
    gap = low[first.right : second.left]
    if second.noise in (None, "per") and not second.unit and power_of_ten(second.value) and _PER.match(gap):
        first.per = f"{low[second.start : second.end]} {second.noun}".strip()
        second.noise = "per"
        return
    if first.shape is Shape.RANK and first.of is None and second.integral and second.value >= first.value:
        close = re.search(r"(?:trên|trong|out of|of|among) (?:tổng số |số |the |hơn )?$", gap)
        if close and second.noun.lower().startswith(COUNTRIES) and not re.search("[.;!?]", gap):
            first.of, second.noise = int(second.value), "denominator"
            return


def _moved(first: Draft, second: Draft, gap: str) -> None:
    """From one to another: "từ 4,03% (đầu năm) xuống còn 3,51%"; what one says of its unit holds for both."""
    if first.high is not None or _SENTENCE_END.search(gap) or not _MOVED_TO.search(gap.strip()):
        return
    first.shape = Shape.FROM
    second.shape = second.shape if second.high is not None else Shape.TO
    _share_magnitude(first, second)
    if first.unit is None and second.unit not in {None, "times", "places", "pp"}:
        first.unit = second.unit
    elif second.unit is None and first.unit is not None:
        second.unit = first.unit
    first.noun = first.noun or second.noun


def _share_magnitude(first: Draft, second: Draft) -> None:
    """From 2.1 to 3.4 million, from $2 to 3 billion: a whole number may still be meant as it stands."""
    like = first.unit in {None, second.unit} or (second.unit is None and first.left < first.start)
    if not like or first.scale != 1 or second.scale == 1 or second.unit in {"times", "places", "pp", "percent"}:
        return
    if not first.value * 100 > second.value / second.scale > first.value / 100:
        return
    if first.integral:
        first.alternatives += (Alternative(first.value, "the magnitude may not be shared"),)
    first.value, first.scale = first.value * second.scale, second.scale


def _share_in_lists(drafts: list[Draft], low: str) -> None:
    """Carry a unit said once for all: "16,1 tỷ, 10,9 tỷ và 2,87 tỷ USD", "hạng 53 và 54"."""
    for index in range(len(drafts) - 2, -1, -1):
        first, second = drafts[index], drafts[index + 1]
        if not _listed(first, second, low) or first.unit or first.noun or second.unit is None:
            continue
        if second.unit in {"rank", "times", "places"}:
            continue
        if first.scale == 1 and second.scale > 1:
            continue
        if (
            low[first.right : second.left] == ", "
            and first.integral
            and second.written.isdigit()
            and second.unit != "USD"
        ):
            # "4, 27%" may be a slip of "4,27%".
            second.alternatives += (Alternative(Decimal(f"{first.value}.{second.written}"), "a split decimal"),)
            second.flags.add("ambiguous")
        first.unit = second.unit
        first.flags.add("shared_unit")
    for first, second in pairwise(drafts):
        bare = second.integral and not second.unit and not second.noun
        if bare and first.shape is Shape.RANK and _listed(first, second, low):
            second.unit, second.shape = "rank", Shape.RANK
            second.flags.add("shared_unit")


def _listed(first: Draft, second: Draft, low: str) -> bool:
    if first.noise or second.noise or second.left - first.right > 8:
        return False
    return _LIST.match(low[first.right : second.left]) is not None
