"""Structure that a page writes out instead of marking up: "I. KẾT QUẢ" in a paragraph, lines between breaks.

A page whose only heading is its headline is read line by line as a plain text is: what stands in
capitals, under a number or alone at the top governs what follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tracker.extract.documents import roles
from tracker.extract.documents.drafts import Draft
from tracker.extract.documents.elements import HEADINGS
from tracker.extract.documents.lines import MARKER, Line, Passage, mark_furniture
from tracker.extract.documents.parts import HASHES, LONGEST_TITLE, Seen, structure
from tracker.extract.documents.surroundings import is_note
from tracker.extract.model import BlockKind

_MOST_HEADINGS = 2
_FRONT = 6
_MOTTO = re.compile(r"xã hội chủ nghĩa", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|»›·•—–-]+\s+|\s*[|»]\s*|\s+::\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SITE = re.compile(
    r"(?:trang (?:thông tin|tin|web|điện tử)|cổng (?:thông tin|dịch vụ|tt)|official (?:site|website|portal))\b[^\d%]*"
    r"|(?:trang chủ|website|home(?: ?page)?|welcome|index|untitled(?: document)?|news|portal|no title)",
    re.IGNORECASE,
)


def settle_structure(drafts: list[Draft], site: str = "") -> None:
    """Give the paragraphs of a page without headings the parts that they play; settle whose title counts.

    ``site`` is what the page says that its site is called.
    """
    told = next((one for one in drafts if one.kind is BlockKind.TITLE), None)
    heads = [one for one in drafts if one.style in HEADINGS and not one.chrome]
    if len(heads) < _MOST_HEADINGS:
        titled = any(not _heads_nothing(one.text) for one in heads)
        for one in heads:
            one.style = one.style if titled else ""
        _read_lines([one for one in drafts if one is not told], titled=titled)
    if told is not None:
        _settle_told(told, [one for one in drafts if one is not told and not one.chrome], site)


def _heads_nothing(text: str) -> bool:
    """A heading that is no headline: a date, a counter, the letterhead of an office."""
    return roles.dateline(text) or roles.boilerplate(text) or _MOTTO.search(text) is not None


def _read_lines(drafts: Sequence[Draft], *, titled: bool) -> None:
    shown = [one for one in drafts if not one.chrome]
    passages = [Passage([Line(0, len(one.text), one.text, one.indent, one.gap)]) for one in shown]
    mark_furniture([passage.first for one, passage in zip(shown, passages, strict=True) if _is_line(one)])
    before = Seen(title=titled)
    below_table = False
    for at, (one, passage) in enumerate(zip(shown, passages, strict=True)):
        following = passages[at + 1] if at + 1 < len(passages) else None
        below_table = one.cell is not None or (below_table and is_note(one.text))
        if _is_line(one) and not below_table and not _is_running(one.text):
            _play(one, passage, following, before)
        before.note([one])
        before.title = before.title or titled


def _is_line(one: Draft) -> bool:
    return one.kind is BlockKind.PARAGRAPH and one.cell is None


def _is_running(text: str) -> bool:
    """Too long for a heading, and opened by a word: nothing but a paragraph, which most of a page is."""
    return len(text) > LONGEST_TITLE and text[0].isalpha() and text[1] not in ".)"


def _play(one: Draft, passage: Passage, following: Passage | None, before: Seen) -> None:
    kind, level, style, skip = structure(passage, following, before)
    if kind is BlockKind.PARAGRAPH:
        return
    marker = (MARKER.match(one.text) or HASHES.match(one.text)) if skip else None
    cut = marker.end() if marker else skip
    if cut >= len(one.text):
        return
    one.kind, one.level, one.style = kind, level, style
    one.text, one.starts, one.ends = one.text[cut:], one.starts[cut:], one.ends[cut:]
    one.chrome = passage.first.furniture or style == "address"


def _settle_told(told: Draft, shown: Sequence[Draft], site: str) -> None:
    """The title element governs the page where the text bears it out; else it only says whose site it is."""
    own = next((one for one in shown if one.kind is BlockKind.TITLE), None)
    if own is not None:
        told.chrome = True
        return
    parts = [part for part in _parts(told) if not is_site(told.text[slice(*part)], site)]
    if not parts:
        told.chrome = True
        return
    body = {word.casefold() for one in shown[:_FRONT] for word in _WORD.findall(one.text)}
    start, end = max(parts, key=lambda part: (_borne_out(told.text[slice(*part)], body), part[1] - part[0]))
    told.text, told.starts, told.ends = told.text[start:end], told.starts[start:end], told.ends[start:end]


def _parts(told: Draft) -> list[tuple[int, int]]:
    """The parts of a title between its bars and dashes."""
    bounds = [(0, 0), *(found.span() for found in _SEPARATOR.finditer(told.text)), (len(told.text), len(told.text))]
    return [(left[1], right[0]) for left, right in pairwise(bounds) if told.text[left[1] : right[0]].strip()]


def is_site(part: str, site: str = "") -> bool:
    """Whether a title, or a part of one, names the site rather than what the page says."""
    return _SITE.fullmatch(part.strip()) is not None or part.strip().casefold() == site.casefold()


def _borne_out(part: str, body: set[str]) -> float:
    words = _WORD.findall(part)
    return sum(word.casefold() in body for word in words) / len(words) if words else 0.0
