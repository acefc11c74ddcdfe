"""Laws that hold for every input: no surprise, a monotone map, text that is the source's own."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import SourceRejected
from tracker.extract.documents import read_document, runs
from tracker.extract.documents.normalise import Loom
from tracker.extract.model import Block, Document, Span

MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<table>",
            "<tr>",
            "<td>",
            "<td",
            "rowspan=3>",
            "<td",
            "colspan=2>",
            "<th>",
            "</table>",
            "<ul>",
            "<li>",
            "</ul>",
            "<b>",
            "</b>",
            "<sup>",
            "</sup>",
            "<br>",
            "<span>",
            "</span>",
            "<h1>",
            "</h1>",
            "<a>",
            "</a>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "&amp;",
            "&nbsp;",
            "&#7855;",
            "&lt",
            "<",
            ">",
            "96,3",
            "1",
            "Việt&nbsp;Nam",
            "a",
            "é",
            "̣",
            "\u200b",
            "–",
            "<nav>",
            "</nav>",
            "<dt>",
            "<dd>",
            "<caption>",
            "<title>",
            "</title>",
            "'",
            '"',
            "=",
        ]
    ),
    max_size=40,
).map(" ".join)
WORDS = st.lists(
    st.sampled_from(
        ["Năm 2021", "đạt 96,3%", "tăng", "- ", "1. ", "I. ", "| a | 1 |", "\n", "\n\n", "\r\n", "\t", "> ", "# ", "**", "...",
         "e\u0301", "a\u0323\u0302", "\u00a0", "\u200b", "–", "Trang 1/2", "Theo TTXVN", "\f", "K\u0300", "\u1100\u1161\u11a8", ":"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def read(text: str, name: str) -> Document | None:
    try:
        return read_document(text.encode("utf-8", errors="ignore"), name)[0]
    except SourceRejected:
        return None


def assert_mapped(document: Document, block: Block) -> None:
    assert len(block.text) == len(block.starts) == len(block.ends)
    assert block.text == block.text.strip()
    starts, ends = list(block.starts), list(block.ends)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start <= end <= len(document.text) for start, end in zip(starts, ends, strict=True))
    assert all(0 <= i < len(document.blocks) for i in block.scope)


@given(st.text(max_size=300) | WORDS)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_rejected_and_mapped(text: str) -> None:
    document = read(text, "a.txt")
    for block in document.blocks if document else ():
        assert_mapped(document, block)


@given(st.text(max_size=300) | MARKUP)
@settings(max_examples=200, deadline=None)
def test_any_markup_is_read_or_rejected_and_mapped(text: str) -> None:
    document = read(text, "a.html")
    for block in document.blocks if document else ():
        assert_mapped(document, block)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.md", "a.pdf", "a", "https://x.vn/b?c=1"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_rejected(content: bytes, name: str) -> None:
    try:
        document, metadata = read_document(content, name)
    except SourceRejected:
        return
    assert all(key == key.lower() and value for key, value in metadata.items())
    for block in document.blocks:
        assert_mapped(document, block)


@given(st.text(max_size=200) | WORDS)
@settings(max_examples=300, deadline=None)
def test_normalised_text_is_the_nfc_of_its_source(text: str) -> None:
    found = Loom(text).normalised(0, len(text))
    if not found.text:
        return
    source = text[found.starts[0] : found.ends[-1]]
    kept = "".join(c for c in unicodedata.normalize("NFC", source) if c.isalnum())
    assert "".join(c for c in unicodedata.normalize("NFC", found.text) if c.isalnum()) == kept


@given(MARKUP)
@settings(max_examples=200, deadline=None)
def test_runs_hold_no_tag_and_cover_the_span(text: str) -> None:
    document = read(text, "a.html")
    for block in document.blocks if document else ():
        pieces = runs(document, block, Span(0, len(block.text)))
        assert pieces == sorted(pieces)
        for piece in pieces:
            quote = document.text[piece.start : piece.end]
            assert quote
            assert quote == quote.strip()
            assert not any(tag in quote for tag in ("<p", "</", "<b>", "<sup", "<span", "<td", "<!--", "<br"))
