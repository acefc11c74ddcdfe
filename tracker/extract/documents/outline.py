"""From drafts to blocks: which title, headings, captions and leads govern each block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.extract.documents.drafts import Draft
from tracker.extract.model import Block, BlockKind

_LONGEST_LEAD = 300
_LONGEST_LEAD_WITHOUT_COLON = 160
_LAST_OF_FRONT = 7
_MOST_IN_FRONT = 8
_DEEPEST = 16
_FOR_ALL = re.compile(
    r"\bunless\b|\b(?:data|figures) are (?:for|as of)|financial year (?:runs|ends)"
    r"|đơn vị (?:tính|trong bảng)|\bđvt\b"
    r"|số liệu (?:được )?(?:tính|cập nhật|chốt) đến|trừ khi",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _State:
    """Where the walk over the drafts stands; every number is an index of a draft."""

    title: list[int] = field(default_factory=list)
    front: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    lead: int | None = None
    items: list[int] = field(default_factory=list)
    dated: int | None = None


def blocks(drafts: Sequence[Draft]) -> tuple[Block, ...]:
    """The blocks, each with its scope; one block for one draft, in the same order."""
    state = _State()
    in_front = True
    for i, one in enumerate(drafts):
        if in_front and one.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL):
            in_front = False
        _place(state, drafts, i, in_front=in_front)
    return tuple(
        Block(one.kind, one.text, one.starts, one.ends, tuple(one.scope), one.level, one.cell) for one in drafts
    )


def _place(state: _State, drafts: Sequence[Draft], i: int, *, in_front: bool) -> None:
    one = drafts[i]
    match one.kind:
        case BlockKind.TITLE:
            state.title.append(i)
        case BlockKind.HEADING:
            _open_heading(state, drafts, i, in_front=in_front)
        case BlockKind.ITEM:
            _open_item(state, drafts, i)
        case BlockKind.BOILERPLATE:
            pass
        case BlockKind.DATELINE:
            one.scope = [*state.title, *state.front, *state.headings]
        case BlockKind.CELL:
            one.scope = _distinct([*state.title, *state.front, *state.headings, *one.scope])
        case _:
            one.scope = _distinct([*state.title, *state.front, *state.headings, *one.scope])
            state.items.clear()
            if in_front_matter(one, i):
                state.front.append(i)
            state.lead = i if one.kind is BlockKind.PARAGRAPH and len(one.text) <= _LONGEST_LEAD else None


def in_front_matter(one: Draft, i: int) -> bool:
    """A sentence near the top that settles periods or units for all that follows."""
    return (
        i <= _LAST_OF_FRONT and one.cell is None and len(one.text) <= _LONGEST_LEAD and bool(_FOR_ALL.search(one.text))
    )


def _distinct(scope: list[int]) -> list[int]:
    return list(dict.fromkeys(scope))


def _open_heading(state: _State, drafts: Sequence[Draft], i: int, *, in_front: bool) -> None:
    one = drafts[i]
    state.items.clear()
    state.lead = None
    if in_front and not one.style and len(state.front) < _MOST_IN_FRONT:
        one.scope = [*state.title, *state.front]
        state.front.append(i)
        return
    while state.headings and not _governs(drafts[state.headings[-1]], one, drafts, state.headings):
        state.headings.pop()
    one.scope = [*state.title, *state.front, *state.headings]
    state.headings.append(i)


def _governs(upper: Draft, lower: Draft, drafts: Sequence[Draft], stack: list[int]) -> bool:
    """``upper`` stays open above ``lower``: a higher rank, or another style first seen below it."""
    if upper.style == lower.style:
        return False
    if any(drafts[k].style == lower.style for k in stack):
        return False
    return upper.level < lower.level or not (upper.style and lower.style)


def _open_item(state: _State, drafts: Sequence[Draft], i: int) -> None:
    """An item stands under the items that opened before it with a smaller indent or another marker."""
    one = drafts[i]
    while state.items and not _holds(drafts[state.items[-1]], one, drafts, state.items):
        state.items.pop()
    lead = [] if state.lead is None or not _leads(drafts, state.lead, i, state) else [state.lead]
    one.scope = _distinct([*state.title, *state.front, *state.headings, *lead, *state.items])
    one.level = len(state.items) + 1
    if len(state.items) < _DEEPEST:
        state.items.append(i)


def _holds(upper: Draft, lower: Draft, drafts: Sequence[Draft], stack: list[int]) -> bool:
    if lower.indent != upper.indent:
        return lower.indent > upper.indent
    if lower.style == upper.style:
        return upper.text.endswith("?") and not lower.text.endswith("?")
    return all(drafts[k].style != lower.style for k in stack)


def _leads(drafts: Sequence[Draft], lead: int, i: int, state: _State) -> bool:
    """The paragraph before a list introduces it: by a colon, or by standing close above it."""
    if state.items:
        return True
    text = drafts[lead].text.rstrip()
    return text.endswith(":") or (not drafts[i].gap and len(text) <= _LONGEST_LEAD_WITHOUT_COLON)
