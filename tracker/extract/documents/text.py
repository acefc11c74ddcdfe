"""Plain text and Markdown to blocks: the structure that a reader sees in lines, markers and gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
from tracker.extract.documents.rows import Row, read_table, table_rows
from tracker.extract.documents.surroundings import join_tables
from tracker.extract.model import BlockKind, Document

_LONGEST_HEADING = 110
_LONGEST_TITLE = 220
_RULE = re.compile(r"[\s\-=_*~#.–—]{3,}")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_STOP = re.compile(r"[.,;…]['\"”’»)\]]*$")
# Numbered headings, outermost first; the rank orders styles that meet in one document.
_NUMBERED = (
    (1, "part", re.compile(r"(?:phần|chương|part|chapter)\s+(?:thứ\s+\w+|[IVXLC]+|\d+)\b[.:]?", re.IGNORECASE)),
    (2, "roman", re.compile(r"[IVX]{1,6}\s?[.)/](?=\s|[^\W\d])")),
    (3, "article", re.compile(r"(?:điều|mục|section|article|objective|item)\s+\d+\b[.:]?", re.IGNORECASE)),
    (3, "bracket", re.compile(r"\[\d{1,3}\](?=\s)")),
    (3, "capital", re.compile(r"[A-HĐ][.)](?=\s)")),
    (4, "arabic", re.compile(r"\d{1,3}\s?[.)](?=\s|[^\W\d])")),
    (5, "dotted", re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s)")),
)
_ASKS = re.compile(r"^(?:Q|H|Hỏi|Câu hỏi(?: \d+)?|Question)\s*[.:]\s|\?\s*$")
_FIGURE = re.compile(r"\d\s*(?:%|tỷ|triệu|nghìn|điểm|billion|million|per ?cent)")
_CAPTION = re.compile(
    r"(?:ảnh|hình|quang cảnh|toàn cảnh|photo|picture|figure|chart|image)\b"
    r"|(?=.*\b(?:phát biểu|điểm cầu|chụp ảnh|trao (?:tặng|quà|giải)|chủ trì|tham dự|dự hội nghị|pictured)\b)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[^\W\d_]{3}")
_SENTENCES = re.compile(r"[.?!]\s+\S")
_MOST_IN_A_NAME = 4
_ADDRESS = re.compile(r"^(?P<key>subject|from|to|cc|date|sent|reply-to)\s*:\s", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+?(?<=\S)(\1)|(?<!\S)(\*)(?=[^\s*])[^*]*?(?<=[^\s*])(\*)(?!\w)|(`)[^`]+(`)")
_WIDE_GAP = re.compile(r"\s{3,}")
_MOTTO = re.compile(r"[xt]ã hội chủ nghĩa|[ðđ]ộc lập\s*-\s*tự do", re.IGNORECASE)


@dataclass(slots=True)
class _Seen:
    """What the document has had so far: anything, a title, a paragraph of its body."""

    any: bool = False
    title: bool = False
    body: bool = False

    def note(self, drafts: list[Draft]) -> None:
        """Take account of these drafts."""
        for one in drafts:
            self.any = True
            self.title = self.title or one.kind is BlockKind.TITLE
            self.body = self.body or one.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL)


def read_text(text: str, name: str, media_type: str = "text/plain") -> Document:
    """Blocks of a plain text; ``text`` is the decoded file as it stands."""
    loom = Loom(text)
    lines = split_lines(text)
    mark_furniture(lines)
    drafts: list[Draft] = []
    before = _Seen()
    passages = joined(lines)
    rows_at = {id(rows[0].passage): rows for rows in table_rows(text, passages)}
    i = 0
    while i < len(passages):
        rows = rows_at.get(id(passages[i]))
        if rows:
            found = read_table(loom, rows, first=len(drafts))
            i += len(rows)
            drafts.extend(found)
            before.note(found)
            continue
        following = passages[i + 1] if i + 1 < len(passages) else None
        found = list(_drafts(loom, passages[i], following, before))
        drafts.extend(found)
        before.note(found)
        i += 1
    roles.settle(drafts)
    join_tables(drafts)
    return Document(name, text, media_type, outline.blocks(drafts), language=_language(drafts))


def _language(drafts: list[Draft]) -> str | None:
    return language(" ".join(one.text for one in drafts if one.kind is not BlockKind.BOILERPLATE))


def _drafts(loom: Loom, passage: Passage, following: Passage | None, before: _Seen) -> Iterator[Draft]:
    first = passage.first
    if _RULE.fullmatch(first.text):
        return
    if len(passage.lines) == 1 and (columns := _letterhead(loom.text, first, before)):
        for start, end in columns:
            yield _columned(loom, start, end)
        return
    kind, level, style, skip = _structure(passage, following, before)
    one = draft(kind, _woven(loom, passage, skip))
    if not one.text:
        return
    one.level, one.style, one.indent, one.gap = level, style, first.indent + 1000 * first.quote, first.gap
    one.chrome = first.furniture or style == "address"
    yield one


def _structure(passage: Passage, following: Passage | None, before: _Seen) -> tuple[BlockKind, int, str, int]:
    """Kind, heading level, style and how many characters of marker stand before the text."""
    text = passage.text
    hashes = _HASHES.match(text)
    if hashes:
        return BlockKind.HEADING if before.any else BlockKind.TITLE, len(hashes.group(1)), hashes.group(1), hashes.end()
    address = _ADDRESS.match(text)
    if address and len(passage.lines) == 1:
        return _address(address, before)
    if passage.first.furniture:
        return BlockKind.BOILERPLATE, 0, "", 0
    if not before.title and _is_title(passage, following, before):
        return BlockKind.TITLE, 0, "", 0
    numbered = _numbered(passage, following)
    if numbered:
        return BlockKind.HEADING, *numbered, 0
    marker = MARKER.match(text)
    if marker:
        style = marker.lastgroup or ""
        return BlockKind.ITEM, 0, marker.group().strip() if style == "bullet" else style, marker.end()
    if _is_plain_heading(passage, following, before):
        style = "capitals" if text.isupper() else "asks" if _ASKS.search(text) else "plain" if before.body else ""
        return BlockKind.HEADING, 2 if text.isupper() else 6, style if style != "capitals" or before.body else "", 0
    if len(text) <= _LONGEST_TITLE and _CAPTION.match(text) and _STOP.search(text) is None:
        return BlockKind.CAPTION, 0, "", 0
    return BlockKind.PARAGRAPH, 0, "", 0


def _address(address: re.Match[str], before: _Seen) -> tuple[BlockKind, int, str, int]:
    """A header line of a mail: the subject is a title, the date a dateline, the rest is chrome."""
    match address.group("key").lower():
        case "subject":
            return BlockKind.HEADING if before.any else BlockKind.TITLE, 1, "subject", address.end()
        case "date" | "sent":
            return BlockKind.DATELINE, 0, "", 0
        case _:
            return BlockKind.BOILERPLATE, 0, "address", 0


def _is_title(passage: Passage, following: Passage | None, before: _Seen) -> bool:
    text = passage.text
    if before.any and following is not None and not following.first.gap and len(following.text) > _LONGEST_HEADING:
        return False
    return (
        not before.body
        and len(text) <= _LONGEST_TITLE
        and not passage.first.furniture
        and _STOP.search(text) is None
        and not roles.dateline(text)
        and not roles.boilerplate(text)
        and MARKER.match(text) is None
        and not text.startswith("[")
        and any(map(str.isalpha, text))
    )


def _numbered(passage: Passage, following: Passage | None) -> tuple[int, str] | None:
    """Rank and style of a numbered heading: short, no full stop, and something else under it."""
    text = passage.text
    for rank, style, pattern in _NUMBERED:
        match = pattern.match(text)
        if match is None:
            continue
        rest = text[match.end() :].strip()
        if len(text) > _LONGEST_HEADING or _STOP.search(text) or not (rest or style in {"part", "article"}):
            return None
        if style in {"arabic", "dotted", "capital"} and not _opens(text, pattern, following):
            return None
        return rank, style
    return None


def _opens(text: str, pattern: re.Pattern[str], following: Passage | None) -> bool:
    """What follows a numbered line stands under it: neither its neighbour nor the next chapter."""
    if following is None or _FIGURE.search(text):
        return False
    return pattern.match(following.text) is None and not any(
        rank <= 2 and upper.match(following.text) for rank, _, upper in _NUMBERED  # noqa: PLR2004
    )


def _is_plain_heading(passage: Passage, following: Passage | None, before: _Seen) -> bool:
    text = passage.text
    if len(text) > _LONGEST_HEADING or _STOP.search(text) or len(passage.lines) > 1 or passage.first.quote:
        return False
    if not any(map(str.isalpha, text)) or following is None:
        return False
    if _FIGURE.search(text) and not _ASKS.search(text):
        return False
    if text.isupper():
        return _CAPITALS.search(text) is not None
    if not before.body:
        return _SENTENCES.search(text) is None or _ASKS.search(text) is not None
    if text.endswith(":") or _CAPTION.match(text) or "|" in text or text.startswith(("(", '"', "“")):
        return False
    above, below = passage.first.gap, not following.first.gap
    if _ASKS.search(text):
        return above and below
    if not above:
        return False
    return below or (len(following.text) > _LONGEST_TITLE and len(text.split()) > _MOST_IN_A_NAME)


def _letterhead(text: str, line: Line, before: _Seen) -> list[tuple[int, int]]:
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
    marker = MARKER.match(text, line.start, line.end) or _HASHES.match(text, line.start, line.end)
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
