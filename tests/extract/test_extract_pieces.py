"""Long blocks are looked at in pieces, and nothing of them is lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tracker.extract.model import Block, BlockKind
from tracker.extract.pieces import LONGEST, MOST_CHARACTERS, MOST_NUMBERS, MOST_WORDS, pieces


def block(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, range(len(text)), range(1, len(text) + 1), scope=(3,), depth=1)


def test_an_ordinary_paragraph_stays_whole() -> None:
    whole = block("Năm 2024, tỷ lệ đạt 96,5%. " * 15)
    assert pieces(whole) == [whole]


def test_a_cut_falls_after_a_sentence() -> None:
    parts = pieces(block("Tháng 3 có 38 vụ cháy. " * 100))
    assert len(parts) > 1
    assert all(part.text.endswith(".") for part in parts[:-1])


def test_numbers_in_words_are_counted_too() -> None:
    parts = pieces(block("hai mươi mốt tỷ lệ hộ nghèo " * 400))
    assert all(part.text.count("hai") <= MOST_WORDS + 1 for part in parts)
    assert "".join(part.text for part in parts) == "hai mươi mốt tỷ lệ hộ nghèo " * 400


def test_names_alone_make_no_block_of_any_length() -> None:
    text = "tỷ lệ hộ nghèo Việt Nam " * 2000 + "đạt 5%"
    parts = pieces(block(text))
    assert all(len(part.text) <= LONGEST for part in parts)
    assert "".join(part.text for part in parts) == text


@given(st.text(alphabet="0123456789 .,;\nvụ", max_size=900).map(lambda text: text * 20))
def test_pieces_are_the_block_and_each_is_small(text: str) -> None:
    whole = block(text)
    parts = pieces(whole)
    assert "".join(part.text for part in parts) == text
    assert [place for part in parts for place in part.starts] == list(whole.starts)
    assert all((part.scope, part.depth, part.kind) == (whole.scope, whole.depth, whole.kind) for part in parts)
    for part in parts:
        assert len(re.findall(r"\d[\d.,]*", part.text)) <= MOST_NUMBERS + 2
    assert all(len(part.text) <= MOST_CHARACTERS + len(text) // 20 for part in parts if len(parts) > 1)
