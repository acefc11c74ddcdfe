"""Plain text and Markdown to blocks: the structure that a reader sees in lines, markers and gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tracker.extract.documents import outline, roles
from tracker.extract.documents.drafts import Draft, draft
from tracker.extract.documents.language import language
from tracker.extract.documents.lines import (
    MARKER,
    Line,
    Passage,
    hyphenated,
    is_page_number,
    joined,
    mark_furniture,
    split_lines,
)
from tracker.extract.documents.normalise import Loom, Normalised, Weave
from tracker.extract.documents.parts import HASHES, Seen, structure
from tracker.extract.documents.rows import read_table, table_rows
from tracker.extract.documents.surroundings import join_tables
from tracker.extract.model import BlockKind, Document

_RULE = re.compile(r"[\s\-=_*~#.–—]{3,}")
_EMPHASIS = re.compile(
    r"(\*\*|__)(?=\S)(?:(?!\1).)+?(?<=\S)(\1)|(?<!\S)(\*)(?=[^\s*])[^*]*?(?<=[^\s*])(\*)(?!\w)|(`)[^`]+(`)"
)
_WIDE_GAP = re.compile(r"\s{3,}")
_MOTTO = re.compile(r"[xt]ã hội chủ nghĩa|[ðđ]ộc lập\s*-\s*tự do", re.IGNORECASE)


def read_text(text: str, name: str, media_type: str = "text/plain") -> Document:
    """Blocks of a plain text; ``text`` is the decoded file as it stands."""
    loom = Loom(text)
    lines = split_lines(text)
    mark_furniture(lines)
    drafts = drafts_of(loom, lines)
    roles.settle(drafts)
    join_tables(drafts)
    return Document(name, text, media_type, outline.blocks(drafts), language=_language(drafts))


# Where a table stands in the text, and what makes its drafts of the index that the first will have.
Inset = tuple[int, Callable[[int], list[Draft]]]


def drafts_of(
    loom: Loom, lines: list[Line], insets: Sequence[Inset] = (), *, first: int = 0, before: Seen | None = None
) -> list[Draft]:
    """Drafts of the lines, with ``insets`` (in order of place) put between them where they stand.

    ``first`` is the index that the first of them will have, ``before`` what the document has had so far.
    """
    drafts: list[Draft] = []
    before = before or Seen()
    passages = joined(lines)
    rows_at = {id(rows[0].passage): rows for rows in table_rows(loom.text, passages)}
    waiting = list(insets)[::-1]
    i = 0
    while i < len(passages) or waiting:
        if waiting and (i >= len(passages) or waiting[-1][0] < passages[i].first.start):
            found = waiting.pop()[1](first + len(drafts))
        elif rows := rows_at.get(id(passages[i])):
            found = read_table(loom, rows, first=first + len(drafts))
            i += len(rows)
        else:
            following = passages[i + 1] if i + 1 < len(passages) else None
            found = list(_drafts(loom, passages[i], following, before))
            i += 1
        drafts.extend(found)
        before.note(found)
    return drafts


def _language(drafts: list[Draft]) -> str | None:
    return language(" ".join(one.text for one in drafts if one.kind is not BlockKind.BOILERPLATE))


def _drafts(loom: Loom, passage: Passage, following: Passage | None, before: Seen) -> Iterator[Draft]:
    first = passage.first
    if _RULE.fullmatch(first.text):
        return
    if len(passage.lines) == 1 and (columns := _letterhead(loom.text, first, before)):
        for start, end in columns:
            yield _columned(loom, start, end)
        return
    kind, level, style, skip = structure(passage, following, before)
    one = draft(kind, _woven(loom, passage, skip))
    if not one.text:
        return
    one.level, one.style, one.indent, one.gap = level, style, first.indent + 1000 * first.quote, first.gap
    one.chrome = first.furniture or style == "address"
    yield one


def _letterhead(text: str, line: Line, before: Seen) -> list[tuple[int, int]]:
    """Two columns of a letterhead's line, as places in the document."""
    if before.body or MARKER.match(line.text) or "|" in line.text:
        return []
    gap = _WIDE_GAP.search(text, line.start, line.end)
    if gap is None:
        return []
    return [(line.start, gap.start()), (gap.end(), line.end)]


def _columned(loom: Loom, start: int, end: int) -> Draft:
    one = draft(BlockKind.HEADING, loom.normalised(start, end))
    one.chrome = _MOTTO.search(one.text) is not None or is_page_number(one.text)
    return one


def _woven(loom: Loom, passage: Passage, skip: int) -> Normalised:
    """The passage's text without marker, emphasis and line breaks; ``skip`` counts composed characters."""
    weave = loom.weave()
    for number, line in enumerate(passage.lines):
        start = line.start
        if number == 0 and skip:
            start = _skipped(loom.text, line, skip)
        elif number:
            before = passage.lines[number - 1]
            if not hyphenated(before, line):
                weave.put(" ", before.end, line.start)
        following = passage.lines[number + 1] if number + 1 < len(passage.lines) else None
        end = line.end - 1 if following and hyphenated(line, following) else line.end
        _take_plain(weave, loom.text, start, end)
    return weave.normalised()


def _skipped(text: str, line: Line, skip: int) -> int:
    """Where the text begins after a marker; markers are never decomposed, save for "đ" and the like."""
    marker = MARKER.match(text, line.start, line.end) or HASHES.match(text, line.start, line.end)
    return marker.end() if marker else line.start + skip


def _take_plain(weave: Weave, text: str, start: int, end: int) -> None:
    """Take a line, leaving out the marks of Markdown emphasis and code."""
    if not any(mark in text[start:end] for mark in ("**", "__", "`", "*")):
        weave.take(start, end)
        return
    done = start
    for match in _EMPHASIS.finditer(text, start, end):
        for group in range(1, 7):
            left, right = match.span(group)
            if left >= 0:
                weave.take(done, left)
                done = right
    weave.take(done, end)
