"""Every number of a text with the unit beside it, before they are related."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.extract.blanks import Blanks
from tracker.extract.model import Shape, Span
from tracker.extract.numbers.digit_scan import digit_drafts
from tracker.extract.numbers.digits import NumberStyle
from tracker.extract.numbers.draft import Draft
from tracker.extract.numbers.millions import settle
from tracker.extract.numbers.units import currency_before, noun_after, per_after, unit_after
from tracker.extract.numbers.word_scan import word_drafts

#: A fraction of one of these is no share: "three quarters of a percentage point" is 0.75 of it.
_STEPS = frozenset({"pp", "points", "places", "times"})


def lower(text: str) -> str:
    """``text`` in lower case, of the same length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def drafts(text: str, low: str, taken: Sequence[Span], style: NumberStyle, blanks: Blanks) -> list[Draft]:
    """Every number of ``text`` outside ``taken``, in order and apart, with its unit."""
    spans = sorted(taken)
    found = digit_drafts(text, low, spans, style, blanks)
    found.extend(word_drafts(low, found))
    found.sort(key=lambda draft: draft.start)
    kept: list[Draft] = []
    at = 0
    for draft in found:
        if kept and draft.start < kept[-1].end:
            continue
        while at < len(spans) and spans[at].end <= draft.start:
            at += 1
        if at < len(spans) and spans[at].start < draft.end:
            continue
        kept.append(draft)
    for index, draft in enumerate(kept):
        limit = kept[index + 1].start if index + 1 < len(kept) else len(low)
        attach_unit(draft, text, low, limit)
    settle(kept, low)
    return [draft for before, draft in pairwise([None, *kept]) if draft and not _within_unit(before, draft)]


def _within_unit(before: Draft | None, draft: Draft) -> bool:
    """Whether a draft is the word in another's unit: "0.4 of a percentage point"."""
    return before is not None and draft.form == "words" and draft.start < before.right


def attach_unit(draft: Draft, text: str, low: str, limit: int) -> None:
    """Read currency, unit, denominator and counted noun around a draft; ``limit`` is the next number."""
    if draft.form == "times":
        return
    currency = currency_before(low, draft.left) if draft.form == "digits" else None
    if currency:
        draft.unit, draft.left = currency
        # The letters that hold the digits are the currency's.
        draft.noise = None if draft.noise == "name" else draft.noise
    unit = unit_after(low, draft.end) if draft.form != "ordinal" and draft.right == draft.end else None
    if unit is not None and "hedged" in draft.flags:
        draft.unit, draft.shape, draft.right = "rank", Shape.TOP, unit.end
    elif unit is not None:
        draft.right = unit.end
        if draft.unit is None or draft.unit == "USD" != unit.name:
            draft.unit = unit.name
            draft.value *= unit.factor
            if draft.form == "fraction" and unit.name in _STEPS:
                draft.value /= 100
    elif draft.form == "fraction":
        draft.unit = "percent"
    if unit is None or unit.name in {"times", "places", "percent"}:
        _denominator(draft, low)
    if draft.unit is None or draft.form == "fraction" or "nth" in draft.flags:
        draft.noun, end = noun_after(text, low, draft.right)
        if end > limit:
            draft.noun = ""


def _denominator(draft: Draft, low: str) -> None:
    per = per_after(low, draft.right)
    if per is not None and not low[per[1] : per[1] + 1].isdigit():
        draft.per, draft.right = per
