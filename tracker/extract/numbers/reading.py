"""From a text to its quantities: scan, pair, hedge, tell the noise, keep what is a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from tracker.domain.figure import Qualifier
from tracker.extract.blanks import Blanks, as_written
from tracker.extract.model import Quantity, Shape, Span
from tracker.extract.numbers.digits import VIETNAMESE, NumberStyle
from tracker.extract.numbers.doubt import doubt
from tracker.extract.numbers.draft import Draft
from tracker.extract.numbers.hedges import has_hedge_after, hedge_after, hedge_before
from tracker.extract.numbers.lexicon import word_set
from tracker.extract.numbers.noise import COUNTED, classify, spread
from tracker.extract.numbers.scan import drafts, lower
from tracker.extract.numbers.shapes import pair, relate
from tracker.extract.numbers.units import STOPS

# Words that are something else as often as a number: an article, the word for year, a private thing.
_DOUBTFUL: Final = frozenset({"một", "năm", "không", "ba", "one"})
_ARTICLES: Final = frozenset({"một", "không", "one"})
_YEARLY: Final = word_set("cả trong mỗi hằng hàng mấy nhiều số đầu cuối hết qua những các nửa")
_HUGE: Final = Decimal(10**24)
_CHANGED: Final = word_set("gained lost by up down shed added")
_COMPARED: Final = re.compile(r" (?:fewer|more|higher|lower|better|worse)(?!\w)")
_CELL_SIGNS: Final = re.compile(r"^[\s(~≈≥≤<>=+*]*|[\s)*%]*$")


def find_quantities(
    text: str, *, taken: Sequence[Span] = (), style: NumberStyle = VIETNAMESE, blanks: Blanks | None = None
) -> list[Quantity]:
    """Every number of ``text``, in order, spans apart; what is no figure carries its ``noise``.

    ``text`` is one normalised block. Numbers that touch a span of ``taken`` (dated expressions)
    are left out. ``style`` is the page's, from :func:`page_style`; ``blanks`` tells what each blank
    was in the document. A number that may be another one is flagged ``ambiguous``. Never raises.
    """
    low = lower(text)
    found = drafts(text, low, taken, style, blanks or as_written(text))
    if not found:
        return []
    paired = pair(found, low)
    for draft in paired:
        classify(draft, text, low)
    kept = [draft for draft in paired if not _mere_word(draft, text, low)]
    spread(kept, low)
    relate(kept, low)
    doubt(kept, text, style)
    behind = has_hedge_after(low)
    for index, draft in enumerate(kept):
        floor = kept[index - 1].right if index else 0
        limit = kept[index + 1].left if index + 1 < len(kept) else len(low)
        _hedge(draft, low, floor, limit if behind else 0)
    return _quantities(kept, text)


def parse_number(text: str, style: NumberStyle = VIETNAMESE) -> Decimal | None:
    """The one number that makes up ``text``, magnitude multiplied in; None where it is not just a number.

    Signs of comparison, brackets, a percent sign and footnote stars around it are passed over.
    """
    start, end = 0, len(text)
    for match in _CELL_SIGNS.finditer(text):
        start, end = (max(start, match.end()), end) if match.start() == 0 else (start, min(end, match.start()))
    bare = text[start:end]
    found = drafts(bare, lower(bare), (), style, as_written(bare))
    if len(found) != 1 or found[0].noise == "version" or found[0].unit or found[0].noun:
        return None
    draft = found[0]
    return draft.value if (draft.left, draft.end) == (0, len(bare)) else None


def _mere_word(draft: Draft, text: str, low: str) -> bool:
    """Whether a number word stands there as a word: "một số", "năm", "ba mẹ"."""
    if draft.form in {"digits", "times", "fraction"} or (draft.start, draft.end) == (0, len(text.rstrip())):
        return False
    if draft.form == "ordinal":
        return draft.noise is not None and draft.shape is not Shape.RANK
    if not draft.weak or draft.unit or draft.noise == "label":
        return False
    word, last = low[draft.start : draft.end], draft.words[-1] if draft.words else ""
    following = draft.noun.lower().split(" ")[0]
    if not following or following in STOPS:
        return word == "one" or not (last in _CHANGED or _COMPARED.match(low, draft.end))
    if word == "năm" and last in _YEARLY:
        return True
    return word in _DOUBTFUL and (word in _ARTICLES or following not in COUNTED)


def _hedge(draft: Draft, low: str, floor: int, limit: int) -> None:
    if "hedged" in draft.flags:
        _cover_cue(draft, low, floor)
        return
    after = hedge_after(low, draft.right, limit) if limit else None
    if after is not None and after[1] <= limit:
        draft.qualifier, draft.right = after
        if draft.qualifier is not Qualifier.ESTIMATED:
            return
    words = draft.words
    before = hedge_before(low, draft.left, words)
    if before is None or before.start < floor:
        return
    if before.word in _EXCEEDING and _OF_A_PLAN.match(low, draft.right):
        return  # "vượt 4,6% kế hoạch" is a step beyond the plan, no share above 4,6%
    if draft.shape is Shape.RANGE and before.word == "khoảng" and "trong" in words:
        return
    draft.qualifier, draft.left = before.qualifier, before.start


_EXCEEDING = word_set("vượt exceeding exceeded")
_OF_A_PLAN = re.compile(r"\s(?:so với )?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|định mức)(?!\w)")


def _cover_cue(draft: Draft, low: str, floor: int) -> None:
    if draft.shape is Shape.TOP and draft.words:
        start = low.rfind(draft.words[-1], floor, draft.left)
        draft.left = start if start >= 0 else draft.left


def _quantities(kept: list[Draft], text: str) -> list[Quantity]:
    found: list[Quantity] = []
    floor = 0
    for index, draft in enumerate(kept):
        limit = kept[index + 1].start if index + 1 < len(kept) else len(text)
        start = min(max(draft.left, floor), draft.start)
        end = max(min(draft.right, limit), draft.end)
        found.append(_quantity(draft, Span(start, end)))
        floor = end
    return found


def _quantity(draft: Draft, span: Span) -> Quantity:
    shape = draft.shape
    if shape is Shape.PLAIN and draft.form in {"words", "fraction"}:
        shape = Shape.WORDS
    return Quantity(
        span=span,
        number=Span(draft.start, draft.end),
        value=_plain(draft.value) if draft.scale > 1 else draft.value,
        high=draft.high,
        unit=draft.unit,
        noun=draft.noun,
        per=draft.per,
        qualifier=draft.qualifier,
        of=draft.of,
        shape=shape,
        noise=draft.noise,
        alternatives=draft.alternatives,
        flags=frozenset(draft.flags - {"hedged"}),
    )


def _plain(value: Decimal) -> Decimal:
    # 2.87 billion is 2870000000, not 2870000000.00.
    return Decimal(int(value)) if abs(value) < _HUGE and value == int(value) else value
