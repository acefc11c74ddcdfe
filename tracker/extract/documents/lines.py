"""Lines of a plain text: where they lie, what repeats on every page, which belong to one sentence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_QUOTED = re.compile(r"[ \t]*((?:>[ \t]?)+)")
_BLANK_EDGE = " \t\xa0\u2002\u2003\u2009\u3000\u200b\ufeff"
_PAGE = re.compile(
    r"(?:[\s|–—-]*(?:(?:Trang|Page|tr\.|p\.|pg\.)\s*\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?"
    r"|[-–—]\s*\d{1,4}\s*[-–—]))+\s*",
    re.IGNORECASE,
)
_FINAL = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_FULL_STOP = re.compile(r"[.!?…;]['\"”’»)\]]*$")
MARKER = re.compile(
    r"(?P<bullet>[-•+*–—●○▪■□◦‣∙·✓✔✅☑☐►▶➢➤→❖](?=\s)|[•●○▪■□◦‣✓✔✅☑☐►▶➢➤❖](?=\w)|\[[ xX]\](?=\s))\s*"
    r"|(?P<letter>[a-zđ][.)]|\([a-zđ]\))(?=\s)\s*"
    r"|(?P<number>\d{1,3}\s?[.)]|\(\d{1,3}\))(?=\s|[^\W\d])\s*"
    r"|(?P<column>\d{1,2}(?=[ \t]{2,}[^\W\d]))\s*"
)
_KEY = re.compile(r"[a-z]\w*:\s")
_WIDE = re.compile(r"\S\s{3,}\S")
_LONGEST_LINE = 125
_HYPHENATED = re.compile(r"[a-z]{2,}-$")


@dataclass(slots=True)
class Line:
    """One line without the blanks and quote marks around it; offsets into the document.

    ``text`` is composed (NFC) and only looked at, never mapped. ``gap``: a blank line stands before.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: bool
    quote: int = 0
    furniture: bool = False


@dataclass(slots=True)
class Passage:
    """Lines that make one block."""

    lines: list[Line] = field(default_factory=list)

    @property
    def first(self) -> Line:
        """The line that decides what the passage is."""
        return self.lines[0]

    @property
    def text(self) -> str:
        """The composed lines, blanks for the breaks between them."""
        return " ".join(line.text for line in self.lines)


def split_lines(text: str) -> list[Line]:
    """Every line that holds something, in order."""
    lines: list[Line] = []
    done, gap = 0, True
    for match in _LINE.finditer(text):
        between = text[done : match.start()]
        gap = gap or "\f" in between or len(between) - between.count("\r\n") > 1
        done = match.end()
        line = _line(text, match.start(), match.end(), gap)
        if line is None:
            gap = True
            continue
        if lines and line.quote != lines[-1].quote:
            line.gap = True
        lines.append(line)
        gap = False
    return lines


def _line(text: str, start: int, end: int, gap: bool) -> Line | None:
    quote = 0
    marks = _QUOTED.match(text, start, end)
    body = start
    if marks:
        quote = marks.group(1).count(">")
        body = marks.end()
    raw = text[body:end]
    indent = len(raw) - len(raw.lstrip(_BLANK_EDGE))
    left = body + indent
    content = raw.strip(_BLANK_EDGE)
    if not content or content.isspace():
        return None
    column = len(raw[:indent].expandtabs(4))
    return Line(left, left + len(content), unicodedata.normalize("NFC", content), column, gap, quote)


def mark_furniture(lines: list[Line]) -> None:
    """Mark page numbers, and headers and footers that stand beside them on several pages."""
    for i, line in enumerate(lines):
        signed = i > 0 and lines[i - 1].furniture and lines[i - 1].text != line.text and not line.gap
        if line.text == "--" or (signed and _signs(lines, i)):
            line.furniture = True
    pages = [i for i, line in enumerate(lines) if is_page_number(line.text)]
    for i in pages:
        lines[i].furniture = True
    if len(pages) < 2:
        return
    near = {j for i in pages for j in range(max(0, i - 2), min(len(lines), i + 3))}
    count = Counter(" ".join(line.text.split()) for line in lines)
    for j in sorted(near):
        repeated = count[" ".join(lines[j].text.split())]
        if repeated > 1 and MARKER.match(lines[j].text) is None:
            lines[j].furniture = True


def _signs(lines: list[Line], i: int) -> bool:
    """Line ``i`` belongs to the signature of a mail, which a line of two dashes opens."""
    while i > 0 and not lines[i].gap:
        i -= 1
        if lines[i].text == "--":
            return True
    return False


def is_page_number(text: str) -> bool:
    """The line is a page number, alone or of how many."""
    return _PAGE.fullmatch(text) is not None


def joined(lines: list[Line]) -> list[Passage]:
    """Lines to passages: a line broken in mid-sentence is continued by the next one."""
    width = wrap_width(lines)
    passages: list[Passage] = []
    held: list[Passage] = []
    for line in lines:
        if line.furniture:
            held.append(Passage([line]))
            continue
        before = passages[-1].lines[-1] if passages else None
        if before is not None and continues(before, line, width, across_page=bool(held)):
            passages[-1].lines.append(line)
        else:
            passages.extend(held)
            held = []
            passages.append(Passage([line]))
    return passages + held


def wrap_width(lines: list[Line]) -> int:
    """The column at which the text was broken; 0 where nothing says that it was."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap and not a.furniture]
    broken = [a for a, b in pairs if _breaks_sentence(a.text, b.text)]
    if len(broken) < max(2, len(pairs) // 6):
        return 0
    longer = sum(len(line.text) > _LONGEST_LINE for line in lines)
    width = max(len(line.text) + line.indent for line in broken)
    return width if width <= _LONGEST_LINE and longer * 20 <= len(lines) else 0


def _breaks_sentence(text: str, following: str) -> bool:
    return (
        following[:1].islower()
        and not _KEY.match(following)
        and MARKER.match(following) is None
        and _FINAL.search(text) is None
    )


def continues(before: Line, line: Line, width: int, *, across_page: bool = False) -> bool:
    """Whether ``line`` goes on with the sentence of the line before it, in a text broken at ``width``."""
    if before.quote != line.quote or _stands_alone(before.text) or _stands_alone(line.text):
        return False
    if MARKER.match(line.text) is not None and not (
        line.text[:1].isdigit() and not _FINAL.search(before.text) and len(before.text) >= 0.6 * width > 0
    ):
        return False
    if across_page:
        return width > 0 and _breaks_sentence(before.text, line.text)
    if line.gap or not width:
        return False
    if line.text[:1].islower() and not _KEY.match(line.text):
        return _FULL_STOP.search(before.text) is None or len(before.text) >= 0.6 * width
    return _is_filled(before, width)


def _is_filled(line: Line, width: int) -> bool:
    """The line reached the margin, so that its end says nothing about the paragraph's."""
    text = line.text
    if text.isupper():
        return False
    reach = len(text) + line.indent
    return reach >= (0.85 if _FINAL.search(text) else 0.7) * width


def _stands_alone(text: str) -> bool:
    """A table's row, columns apart by blanks, or a rule."""
    return is_row(text) or not any(map(str.isalnum, text)) or (_WIDE.search(text) is not None and text[:1].isupper())


def is_row(text: str) -> bool:
    """A line that is a table's row: ``| a | b |``, or cells apart by tabs."""
    return (text.startswith("|") and text.count("|") > 1) or "\t" in text.strip("\t")


def hyphenated(line: Line, following: Line) -> bool:
    """True where the word at the end of the line is continued by the next line."""
    return _HYPHENATED.search(line.text) is not None and following.text[:1].islower()
