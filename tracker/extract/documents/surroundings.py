"""What stands around a table or a lone figure and governs it: caption, lead, footnotes, label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracker.extract.documents.drafts import Draft
from tracker.extract.documents.grid import is_figure
from tracker.extract.model import BlockKind

_NOTE = re.compile(
    r"(?:ghi chú|chú thích|note|notes|nguồn|source|đơn vị|đvt|unit)\b|\*+\s*\S|\(\d\)\s|\d[.)]\s|[¹²³†‡]",
    re.IGNORECASE,
)
_ABOUT_TABLE = re.compile(
    r"đơn vị|\bđvt\b|\bbảng\b|\bbiểu\b|số liệu|cập nhật|lũy kế|\bunits?\b|\btable\b|figures"
    r"|unless|cumulative|\bbelow\b|:$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[\d.,\s]+\s*\w{1,6}(?:\s\w{1,6})?")
_MOST_IN_A_BOX = 3
_LONGEST = 260
_MOST_NOTES = 3


def join_tables(drafts: Sequence[Draft]) -> None:
    """Put caption, lead and notes of each table into the scope of its cells.

    Where captions stand above their tables, one between two tables is of the second alone.
    """
    i = 0
    above = False
    while i < len(drafts):
        if drafts[i].cell is None:
            i += 1
            continue
        table = _table(drafts[i])
        first = i
        while i < len(drafts) and drafts[i].cell is not None and _table(drafts[i]) == table:
            i += 1
        before, after = _before(drafts, first), _after(drafts, i)
        captioned = any(drafts[k].kind is BlockKind.CAPTION for k in before)
        above = above or (captioned and not _is_below(drafts, before[0]))
        if above and captioned and after and _heads_another(drafts, after[0]):
            after = []
        around = [*before, *after]
        for one in drafts[first:i]:
            one.scope.extend(around)


def is_note(text: str) -> bool:
    """The line below a table belongs to it: a source, a unit, a footnote."""
    return _NOTE.match(text) is not None


def _table(one: Draft) -> int:
    return one.cell.table if one.cell is not None else -1


def _before(drafts: Sequence[Draft], first: int) -> list[int]:
    found: list[int] = []
    for k in range(first - 1, max(-1, first - 3), -1):
        one = drafts[k]
        if one.kind is BlockKind.CAPTION:
            found.append(k)
        elif one.kind is BlockKind.PARAGRAPH and len(one.text) <= _LONGEST and _ABOUT_TABLE.search(one.text):
            found.append(k)
            break
        else:
            break
    return found[::-1]


def _after(drafts: Sequence[Draft], end: int) -> list[int]:
    found: list[int] = []
    for k in range(end, min(len(drafts), end + _MOST_NOTES)):
        one = drafts[k]
        caption = one.kind is BlockKind.CAPTION and k == end
        if not caption and (one.kind not in _NOTABLE or len(one.text) > _LONGEST or not is_note(one.text)):
            break
        found.append(k)
    return found


def _is_below(drafts: Sequence[Draft], caption: int) -> bool:
    """Whether a caption follows a table, whose it may be as well as that of the table after it."""
    return caption > 0 and drafts[caption - 1].cell is not None


def _heads_another(drafts: Sequence[Draft], at: int) -> bool:
    """Whether what follows a table is the caption of the next one."""
    following = drafts[at + 1] if at + 1 < len(drafts) else None
    return drafts[at].kind is BlockKind.CAPTION and following is not None and following.cell is not None


_NOTABLE = {BlockKind.PARAGRAPH, BlockKind.ITEM}


def label_figures(drafts: Sequence[Draft], boxes: Iterable[Sequence[int]]) -> None:
    """A block that is a number alone is governed by the words that share its box, and only those.

    ``boxes`` are the indices of blocks whose elements have one parent; only a box of a few, with
    one number in it, says which words belong to the number.
    """
    for box in boxes:
        if not 1 < len(box) <= _MOST_IN_A_BOX or box[-1] >= len(drafts):
            continue
        figures = [k for k in box if is_figure(drafts[k].text) or _AMOUNT.fullmatch(drafts[k].text)]
        if len(figures) == 1 and drafts[figures[0]].kind is BlockKind.PARAGRAPH:
            drafts[figures[0]].scope.extend(k for k in box if k != figures[0])
