"""What part a passage of plain text plays: title, heading, item, caption or paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.extract.documents import roles
from tracker.extract.documents.drafts import Draft
from tracker.extract.documents.lines import MARKER, Passage
from tracker.extract.model import BlockKind

# Kind, heading level, style, and how many composed characters of marker stand before the text.
Part = tuple[BlockKind, int, str, int]

_CAPITALS_LEVEL, _PLAIN_LEVEL = 2, 6
_LONGEST_HEADING = 110
LONGEST_TITLE = 220
HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_STOP = re.compile(r"[.,;…]['\"”’»)\]]*$")
# Numbered headings, outermost first; the rank orders styles that meet in one document.
_NUMBERED = (
    (
        1,
        "part",
        re.compile(r"(?:phần|chương|part|chapter)\s+(?:thứ\s+\w+|[IVXLC]+|\d+)\b[.:]?", re.IGNORECASE),
    ),
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


@dataclass(slots=True)
class Seen:
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


def structure(passage: Passage, following: Passage | None, before: Seen) -> Part:
    """Kind, heading level, style and how many characters of marker stand before the text."""
    marked = _by_mark(passage, before)
    if marked:
        return marked
    if not before.title and _is_title(passage, following, before):
        return BlockKind.TITLE, 0, "", 0
    numbered = _numbered(passage, following)
    if numbered:
        return BlockKind.HEADING, *numbered, 0
    return _by_look(passage, following, before)


def _by_look(passage: Passage, following: Passage | None, before: Seen) -> Part:
    text = passage.text
    marker = MARKER.match(text)
    if marker is not None:
        style = marker.lastgroup or ""
        return BlockKind.ITEM, 0, marker.group().strip() if style == "bullet" else style, marker.end()
    if len(text) <= LONGEST_TITLE and _CAPTION.match(text) and _STOP.search(text) is None:
        return BlockKind.CAPTION, 0, "", 0
    if _is_plain_heading(passage, following, before):
        level = _CAPITALS_LEVEL if text.isupper() else _PLAIN_LEVEL
        return BlockKind.HEADING, level, _plain_style(text, before), 0
    return BlockKind.PARAGRAPH, 0, "", 0


def _by_mark(passage: Passage, before: Seen) -> Part | None:
    """What needs no judgement: Markdown headings, header lines of mails, page furniture."""
    text = passage.text
    hashes = HASHES.match(text)
    if hashes:
        kind = BlockKind.HEADING if before.any else BlockKind.TITLE
        return kind, len(hashes.group(1)), hashes.group(1), hashes.end()
    address = _ADDRESS.match(text)
    if address and len(passage.lines) == 1:
        return _address(address, before)
    return (BlockKind.BOILERPLATE, 0, "", 0) if passage.first.furniture else None


def _plain_style(text: str, before: Seen) -> str:
    """Headings of the front have no style: they stand beside each other above everything."""
    if _ASKS.search(text):
        return "asks"
    if not before.body:
        return ""
    return "capitals" if text.isupper() else "plain"


def _address(address: re.Match[str], before: Seen) -> Part:
    """A header line of a mail: the subject is a title, the date a dateline, the rest is chrome."""
    match address.group("key").lower():
        case "subject":
            return BlockKind.HEADING if before.any else BlockKind.TITLE, 1, "subject", address.end()
        case "date" | "sent":
            return BlockKind.DATELINE, 0, "", 0
        case _:
            return BlockKind.BOILERPLATE, 0, "address", 0


def _is_title(passage: Passage, following: Passage | None, before: Seen) -> bool:
    text = passage.text
    if before.any and following is not None and not following.first.gap and len(following.text) > _LONGEST_HEADING:
        return False
    return (
        not before.body
        and len(text) <= LONGEST_TITLE
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
        rank <= 2 and upper.match(following.text) for rank, _, upper in _NUMBERED
    )


def _is_plain_heading(passage: Passage, following: Passage | None, before: Seen) -> bool:
    text = passage.text
    if following is None or not _could_head(passage):
        return False
    asks = _ASKS.search(text) is not None
    if _FIGURE.search(text) and not asks:
        return False
    if text.isupper():
        return _CAPITALS.search(text) is not None
    if not before.body:
        return asks or _SENTENCES.search(text) is None
    if text.endswith(":") or _CAPTION.match(text) or "|" in text or text.startswith(("(", '"', "“")):
        return False
    apart = len(following.text) > LONGEST_TITLE and len(text.split()) > _MOST_IN_A_NAME and not asks
    return passage.first.gap and (apart or not following.first.gap)


def _could_head(passage: Passage) -> bool:
    text = passage.text
    short = len(text) <= _LONGEST_HEADING and len(passage.lines) == 1 and not passage.first.quote
    return short and _STOP.search(text) is None and any(map(str.isalpha, text))
