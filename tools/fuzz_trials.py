"""Inputs to throw at the reader: soups of words and tags, labelled documents taken apart, raw bytes, towers.

The strategies are deterministic for a seed; the tests draw a few hundred of them, ``fuzz_reader.py`` as many as time
allows.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "corpus"
#: Packs whose documents may be looked at; what is found in them may end up in an issue.
READABLE = ("v1", "e1")
NAMES = ("a.txt", "a.html", "a.csv", "a.json", "a.md", "a.tsv", "https://example.vn/b?c=1", "a")
LONGEST = 40_000

WORDS = (
    "tỷ lệ hộ nghèo", "đạt", "giảm còn", "tăng", "lên", "xuống", "từ", "đến", "so với", "cùng kỳ", "năm trước", "năm nay",
    "mục tiêu", "phấn đấu", "dự báo", "ước", "khoảng", "hơn", "gần", "dưới", "không quá", "ít nhất", "lần lượt là",
    "trong đó", "cả nước", "Hà Nội", "Việt Nam", "thế giới", "quý III/2024", "9 tháng đầu năm 2024", "ngày 15/12",
    "tháng 9", "giai đoạn 2021-2025", "đến cuối năm 2030", "nhiệm kỳ", "đến nay", "The share of", "rose to", "fell by",
    "from", "to", "last year", "by 2030", "in the third quarter", "year-on-year", "percentage points", "respectively",
    "we", "target", "forecast", "is expected to", "not", "không phải", "mà là", "về", "và", "but", "of", "per cent", "điểm %",
)  # fmt: skip
FIGURES = (
    "96,3%", "1.234,5", "1,234.5", "47/168", "544.361", "1,680", "3.462 tỷ đồng", "USD 4.2bn", "$3", "9O,6%", "4 9.7",
    "ba phần tư", "hai mươi mốt", "một nửa", "two thirds", "1tr2", "10-12%", "2021", "15/12/2021", "2021-12-15", "II", "1e9",
    "-5", "−0,3", "0", "00", "1.", ".5", "1.2.3.4", "1/0", "0/0", "99999999999999999999999999", "٣", "½", "²", "12%–15%",
    "nghìn tỷ", "tỷ", "triệu", "thứ 50 trên 175", "top 30", "gấp đôi", "2,5 lần", "749/QĐ-TTg", "024 7300 8899", "8:30",
)  # fmt: skip
MARKS = (
    ". ", ", ", "; ", ": ", "\n", "\n\n", "\r\n", "\t", " – ", "- ", "(", ")", "“", "”", "|", "* ", "1. ", "\u00a0", "\u200b",
    "\u0301", "\u0323", "…", "?", "!", "/", "%", "\f", "\ufeff", "•", "[", "]", "{", "}", '"', "=",
)  # fmt: skip
TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "<td>", "<td rowspan=3>", "<td colspan=999>", "<th>",
    "<thead>", "<ul>", "<li>", "</ul>", "<h1>", "</h1>", "<h2>", "<b>", "</b>", "<sup>", "</sup>", "<br>", "<a href=x>", "</a>",
    "<!--", "-->", "<script>", "</script>", "<style>", "&amp;", "&nbsp;", "&#7855;", "&#0;", "&#x110000;", "&lt", "<", ">",
    "<nav>", "</nav>", "<caption>", "<title>", "</title>", "<dl>", "<dt>", "<dd>", "<svg>", "<math>", "<template>", "<![CDATA[",
    '<meta property="article:published_time" content="2025-06-30">', '<time datetime="2024-13-45">', "<footer>", "<pre>",
    '<script type="application/ld+json">{"datePublished":', '<span style="display:none">', "<td rowspan=0>", "<col span=2>",
)  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """One input: the bytes, the name they come under, whose catalogue reads them, whether a date is given."""

    content: bytes
    name: str = "a.txt"
    pack: str = "v1"
    dated: bool = True

    def __repr__(self) -> str:
        shown = repr(self.content[:300].decode("utf-8", "replace"))
        more = f"... ({len(self.content)} bytes)" if len(self.content) > 300 else ""
        return f"Trial({shown}{more}, {self.name!r}, {self.pack!r}, dated={self.dated})"


@cache
def originals() -> tuple[tuple[str, str, str], ...]:
    """Pack, name and text of every readable document of the own corpus."""
    return tuple(
        (pack, path.name, path.read_bytes().decode("utf-8"))
        for pack in READABLE
        for path in sorted((CORPUS / pack / "docs").iterdir())
    )


def soups() -> st.SearchStrategy[str]:
    """Words, figures and marks in any order; then the same among tags."""
    spoken = st.lists(st.sampled_from((*WORDS, *FIGURES, *MARKS)), max_size=60).map(" ".join)
    glued = st.lists(st.sampled_from((*FIGURES, *MARKS)), max_size=40).map("".join)
    marked = st.lists(st.sampled_from((*TAGS, *TAGS, *WORDS, *FIGURES, *MARKS)), max_size=60).map("".join)
    return st.one_of(spoken, glued, marked, st.text(max_size=200))


def towers() -> st.SearchStrategy[str]:
    """One or two pieces over and over: where a step is worse than linear, it shows here."""
    piece = st.lists(st.sampled_from((*WORDS, *FIGURES, *MARKS, *TAGS)), min_size=1, max_size=3).map(" ".join)
    times = st.sampled_from((50, 400, 3000, 10_000))
    return st.builds(lambda one, count, end: (one * count)[:LONGEST] + end, piece, times, piece)


@st.composite
def broken(draw: Any) -> tuple[str, str, str]:
    """A labelled document with a few pieces cut out, doubled, moved, or put in."""
    pack, name, text = draw(st.sampled_from(originals()))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(0, len(text) - 1)))
        end = min(len(text), start + draw(st.integers(0, 120)))
        how = draw(st.integers(0, 6))
        if how == 0:
            text = text[:start] + text[end:]
        elif how == 1:
            text = text[:end] + text[start:end] * draw(st.integers(1, 30)) + text[end:]
        elif how == 2:
            text = text[:start] + draw(st.sampled_from((*WORDS, *FIGURES, *MARKS, *TAGS))) + text[start:]
        elif how == 3:
            other = draw(st.sampled_from(originals()))[2]
            text = text[:start] + other[start : end + 200] + text[end:]
        elif how == 4:
            text = text[:start] + unicodedata.normalize("NFD", text[start:end]) + text[end:]
        elif how == 5:
            text = text[:start] + text[start:end].replace(" ", draw(st.sampled_from(MARKS))) + text[end:]
        else:
            text = text[:start] + text[start:end].upper() + text[end:]
    return pack, name, text[:LONGEST]


@st.composite
def trials(draw: Any, *, tall: bool = True) -> Trial:
    """Any input at all; ``tall`` ones repeat a piece thousands of times."""
    pack = draw(st.sampled_from(READABLE))
    name = draw(st.sampled_from(NAMES))
    dated = draw(st.booleans())
    how = draw(st.integers(0, 9))
    if how == 0:
        return Trial(draw(st.binary(max_size=400)), name, pack, dated)
    if how == 1 and tall:
        return Trial(draw(towers()).encode("utf-8", "replace"), name, pack, dated)
    if how <= 4:
        return Trial(draw(soups()).encode("utf-8", "replace"), name, pack, dated)
    pack, own, text = draw(broken())
    charset = draw(st.sampled_from(("utf-8",) * 8 + ("utf-16", "cp1258", "latin-1")))
    return Trial(text.encode(charset, "replace"), draw(st.sampled_from((own, own, own, name))), pack, dated)
