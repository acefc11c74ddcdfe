"""Mutations of a labelled document that leave what it states as it is; see ``mutate_corpus.py``.

A mutation cuts a document into pieces, which are copied, replaced or moved; what becomes of each code point says where
a labelled quote now stands. It answers None for a document that it does not fit.
"""

from __future__ import annotations

import html
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Piece:
    """``text`` stands for what was ``start:end`` of the document; an empty range is put in."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Paper:
    """A labelled document; ``names`` holds, by indicator, the words it is called by."""

    name: str
    text: str
    labels: tuple[Row, ...]
    names: dict[str, tuple[str, ...]]
    published: str | None = None

    @property
    def is_page(self) -> bool:
        return self.name.endswith(".html")


Mutation = Callable[[Paper], list[Piece] | None]

_TAG = re.compile(r"<!--.*?-->|<(script|style|title)\b.*?</\1\s*>|<[^>]*>|&[#\w]+;", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,/@-])\d+(?:[.,]\d+)+(?![\w]*[@/]|[.,]?\d|-\d)")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})")
_THREE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_CHAPTER = re.compile(r"(?:^|\n|>)[ \t#*]*(\d{1,2}(?:\.\d{1,2})+)(?=\.\s)")
_SENTENCE = re.compile(r"(?<=[^\W\d]{2}[.!?…])[”\")]*\s+(?=[“\"(]?[^\W\d_])|(?<=[%)”\"\d][.!?…])\s+(?=[“\"(]?[^\W\d_])")
_SHORT = re.compile(r"(?:\b(?:TP|Tp|Mr|Mrs|Dr|No|St|vs|approx|TS|GS|ThS|PGS|Th|Q)\.)\s*$")
_SWAPPED = str.maketrans(".,", ",.")
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_GLIDES = {"oa": "o", "oe": "o", "uy": "u"}


def prose(paper: Paper) -> list[tuple[int, int]]:
    """The ranges of a document that are text: all of a plain one, between the tags and entities of a page."""
    if not paper.is_page:
        return [(0, len(paper.text))]
    ranges, at = [], 0
    for tag in _TAG.finditer(paper.text):
        ranges.append((at, tag.start()))
        at = tag.end()
    return [(start, end) for start, end in [*ranges, (at, len(paper.text))] if start < end]


def edited(paper: Paper, edits: Sequence[Piece]) -> list[Piece] | None:
    """The whole document with some ranges replaced; None where nothing changes."""
    changes = [edit for edit in edits if paper.text[edit.start : edit.end] != edit.text]
    if not changes:
        return None
    pieces, at = [], 0
    for edit in sorted(changes, key=lambda e: (e.start, e.end)):
        pieces += [Piece(at, edit.start, paper.text[at : edit.start]), edit]
        at = edit.end
    return [*pieces, Piece(at, len(paper.text), paper.text[at:])]


def assemble(paper: Paper, pieces: Sequence[Piece]) -> Paper:
    """The mutated document; each label quotes the text that its own now is."""
    starts, ends, text = [0] * (len(paper.text) + 1), [0] * (len(paper.text) + 1), []
    at = 0
    for piece in pieces:
        copied = paper.text[piece.start : piece.end] == piece.text
        for offset in range(piece.end - piece.start):
            starts[piece.start + offset] = at + (offset if copied else 0)
            ends[piece.start + offset + 1] = at + (offset + 1 if copied else len(piece.text))
        text.append(piece.text)
        at += len(piece.text)
    whole = "".join(text)
    labels = []
    for label in paper.labels:
        start, end = starts[label["start"]], ends[label["end"]]
        labels.append(label | {"start": start, "end": end, "quote": whole[start:end]})
    return replace(paper, text=whole, labels=tuple(labels))


def in_prose(paper: Paper, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> list[Piece] | None:
    """Every match in the text, and in none of the tags, replaced."""
    found = [m for start, end in prose(paper) for m in pattern.finditer(paper.text, start, end)]
    return edited(paper, [Piece(m.start(), m.end(), change(m)) for m in found])


def decomposed(paper: Paper) -> list[Piece] | None:
    """Unicode NFD."""
    return in_prose(paper, re.compile(r"[^\x00-\x7f]"), lambda m: unicodedata.normalize("NFD", m[0]))


def no_break(paper: Paper) -> list[Piece] | None:
    """U+00A0 between a number and the word after it."""
    return in_prose(paper, re.compile(r"(?<=[\d%]) (?=\w)"), lambda _: "\u00a0")


def tones(paper: Paper) -> list[Piece] | None:
    """The tone of an open oa, oe, uy on its other vowel: hoà for hòa and hòa for hoà."""
    tone = f"[{_TONES}]"

    def moved(match: re.Match[str]) -> str:
        first, second, bare = match[1], match[2], unicodedata.normalize("NFD", match[0])
        mark = re.search(tone, bare)
        if mark is None:
            return match[0]
        glide, vowel = (re.sub(tone, "", unicodedata.normalize("NFD", part)) for part in (first, second))
        if (glide + vowel).lower() not in _GLIDES:
            return match[0]
        on_first = mark[0] in unicodedata.normalize("NFD", first)
        return unicodedata.normalize("NFC", glide + vowel + mark[0] if on_first else glide + mark[0] + vowel)

    return in_prose(paper, re.compile(r"(?i)(?<!q)([oòóỏõọuùúủũụ])([aàáảãạeèéẻẽẹyỳýỷỹỵ])(?!\w)"), moved)


def stripped(paper: Paper) -> list[Piece] | None:
    """The whole document without diacritics."""

    def bare(match: re.Match[str]) -> str:
        letters = unicodedata.normalize("NFD", match[0]).replace("đ", "d").replace("Đ", "D")
        return "".join(letter for letter in letters if not unicodedata.combining(letter))

    letter = re.compile(r"[À-ỹđĐ\u0300-\u036f]")
    return in_prose(paper, letter, bare)


def swapped(paper: Paper) -> list[Piece] | None:
    """Points and commas of every number exchanged; only where the page then still shows which is which."""
    pieces = numbers_swapped(paper)
    return pieces if pieces and settled(assemble(paper, pieces)) else None


def swapped_open(paper: Paper) -> list[Piece] | None:
    """The same where a number of the page could then be read in two ways."""
    pieces = numbers_swapped(paper)
    return pieces if pieces and not settled(assemble(paper, pieces)) else None


def numbers_swapped(paper: Paper) -> list[Piece] | None:
    """Dates, numbers of chapters and of decrees stay."""
    chapters = {m.start(1) for m in _CHAPTER.finditer(paper.text)}

    def turned(match: re.Match[str]) -> str:
        kept = match.start() in chapters or _DATE.fullmatch(match[0])
        return match[0] if kept else match[0].translate(_SWAPPED)

    return in_prose(paper, _NUMBER, turned)


def settled(paper: Paper) -> bool:
    """Whether each number of the page can be read in one way: some number shows which sign groups."""
    found = [m[0] for start, end in prose(paper) for m in _NUMBER.finditer(paper.text, start, end)]
    unclear = [number for number in found if _THREE.fullmatch(number)]
    return not unclear or len(unclear) < len([number for number in found if not _DATE.fullmatch(number)])


def shuffled(paper: Paper) -> list[Piece] | None:
    """The sentences of a paragraph in another order, where each statement names its own indicator and date."""
    return _reordered(paper, needs_own=True)


def shuffled_all(paper: Paper) -> list[Piece] | None:
    """The sentences of every paragraph in another order, also of those that lean on the one before."""
    return _reordered(paper, needs_own=False)


def _reordered(paper: Paper, *, needs_own: bool) -> list[Piece] | None:
    number, pieces, at, changed = random.Random(paper.name), [], 0, False
    for start, end in paragraphs(paper):
        parts = sentences(paper.text, start, end)
        inside = [label for label in paper.labels if start <= label["start"] < end]
        whole = all(any(s <= label["start"] and label["end"] <= e for s, e in parts) for label in inside)
        if len(parts) < 2 or not whole or (needs_own and not all(stands_alone(paper, one, parts) for one in inside)):
            continue
        order = list(range(len(parts)))
        while order == sorted(order):
            number.shuffle(order)
        pieces.append(Piece(at, parts[0][0], paper.text[at : parts[0][0]]))
        for place, part in enumerate(order):
            s, e = parts[part]
            pieces.append(Piece(s, e, paper.text[s:e]))
            if place < len(parts) - 1:
                gap, until = parts[place][1], parts[place + 1][0]
                pieces.append(Piece(gap, until, paper.text[gap:until]))
        at, changed = parts[-1][1], True
    return [*pieces, Piece(at, len(paper.text), paper.text[at:])] if changed else None


def paragraphs(paper: Paper) -> Iterator[tuple[int, int]]:
    """Lines of a plain text, ranges between two tags of a page: those that begin and end with a sentence."""
    tags = [m.span() for m in _TAG.finditer(paper.text) if paper.is_page and not m[0].startswith("&")]
    bounds = [(0, 0), *tags, (len(paper.text), len(paper.text))]
    for (_, start), (end, _) in pairwise(bounds):
        for line in re.finditer(r"[^\n]+", paper.text[start:end]):
            if re.match(r"\s*[-*•“\"(]*\s*(?:\d|[^\W\d_])", line[0]) and re.search(r"[.!?…][”\")]*\s*$", line[0]):
                first = re.search(r"\w", line[0])
                if first and not first[0].islower():
                    yield start + line.start(), start + line.end()


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a paragraph, without the blanks between them."""
    found, at = [], start
    for gap in _SENTENCE.finditer(text, start, end):
        if not _SHORT.search(text, at, gap.start() + 1):
            closing = gap.start() + len(gap[0]) - len(gap[0].lstrip('”")'))
            found.append((at, closing))
            at = gap.end()
    return [*found, (at, end)] if at < end else found


def stands_alone(paper: Paper, label: Row, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether a statement's own sentence names its indicator word for word, and the year of its period."""
    start, end = next((s, e) for s, e in parts if s <= label["start"] < e)
    own = unicodedata.normalize("NFC", paper.text[start:end]).casefold()
    named = any(name.casefold() in own for name in paper.names.get(label["indicator"], ()))
    return named and (label["period"] is None or str(label["period"])[:4] in own)


_HEAD = (
    '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title><style>p{{margin:0}}</style></head>\n<body>'
    '<nav class="menu"><ul><li><a href="/">{0}</a></li><li><a href="/n">{1} (12)</a></li><li><a href="/c">{2}</a></li></ul>'
    "</nav>\n<main><article>\n"
)
_FOOT = "\n</article></main>\n<footer><p>{3}</p><p>{4} &copy; 2019</p></footer><script>var n = {5};</script></body></html>\n"
_FRAME = {
    True: (
        "Trang chủ", "Tin mới", "Liên hệ", "Giấy phép số 212/GP-BTTTT. Điện thoại: 024 3943 1234.", "Lượt truy cập: 1.284.503",
        '"97,5%"',
    ),
    False: ("Home", "Latest", "Contact", "Registered no. 2120034. Telephone: 024 3943 1234.", "Visits: 1,284,503", '"97.5%"'),
}  # fmt: skip
_SITE = {True: "Cổng thông tin điện tử", False: "Official portal"}
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "ắ": "&#7855;", "ó": "&oacute;", "é": "&eacute;", "–": "&ndash;"}


def wrapped(paper: Paper) -> list[Piece] | None:
    """A plain text as a page: paragraphs, entities, a menu above and a footer below. Markdown is no plain text."""
    return _wrapped(paper, foreign=False, titled=True)


def wrapped_foreign(paper: Paper) -> list[Piece] | None:
    """The same in the menu and footer of a site in the other language."""
    return _wrapped(paper, foreign=True, titled=True)


def wrapped_untitled(paper: Paper) -> list[Piece] | None:
    """The same in a site that gives each page its own name for a title, and marks no headline."""
    return _wrapped(paper, foreign=False, titled=False)


def _wrapped(paper: Paper, *, foreign: bool, titled: bool) -> list[Piece] | None:
    if paper.is_page or re.search(r"^#+ ", paper.text, re.MULTILINE):
        return None
    vietnamese = bool(re.search("[ăđơưắằẩếệộợữ]", paper.text))
    frame = _FRAME[vietnamese is not foreign]
    title = html.escape(paper.text.strip().split("\n")[0].strip(), quote=False) if titled else _SITE[vietnamese]
    foot = _FOOT.format(*frame)
    edits = [Piece(0, 0, _HEAD.format(*frame, title=title)), Piece(len(paper.text), len(paper.text), foot)]
    edits += [Piece(m.start(), m.end(), _ENTITIES[m[0]]) for m in re.finditer("[&<>ắóé–]", paper.text)]
    for number, block in enumerate(re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", paper.text)):
        edits += _as_paragraph(block, first=titled and number == 0)
    # What is put in at one place keeps its order: the end of a block, the foot; the head, the first block.
    ordered = sorted(enumerate(edits), key=lambda e: (e[1].start, e[1].end, e[1].text == foot, e[0]))
    return edited(paper, [edit for _, edit in ordered])


def _as_paragraph(block: re.Match[str], *, first: bool) -> list[Piece]:
    """Tags around a run of lines; a table drawn with blanks keeps its lines, the first line of all is the headline."""
    start, end, rows = block.start(), block.end(), block[0].split("\n")
    tag = "pre" if sum(bool(re.search(r"[|\t]|\S {3,}\S", row)) for row in rows) > 1 else "p"
    if first and len(rows[0]) < 150:
        until = start + len(rows[0])
        rest = [Piece(until, until + 1, f"</h1>\n<{tag}>"), Piece(end, end, f"</{tag}>")]
        edits, lines = [Piece(start, start, "<h1>"), *(rest if len(rows) > 1 else [Piece(end, end, "</h1>")])], rows[1:]
    else:
        edits, lines, until = [Piece(start, start, f"<{tag}>"), Piece(end, end, f"</{tag}>")], rows, start - 1
    if tag == "p":
        for row in lines[:-1]:
            until += 1 + len(row)
            edits.append(Piece(until, until + 1, "<br>\n"))
    return edits


MUTATIONS: dict[str, Mutation] = {
    "nfd": decomposed,
    "no-break spaces": no_break,
    "tones": tones,
    "stripped": stripped,
    "separators": swapped,
    "separators, open": swapped_open,
    "shuffled": shuffled,
    "shuffled, all": shuffled_all,
    "wrapped": wrapped,
    "wrapped, foreign": wrapped_foreign,
    "wrapped, untitled": wrapped_untitled,
}
