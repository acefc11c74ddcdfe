"""Long blocks are looked at in pieces, and nothing of them is lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.extract.binding import Binder
from tracker.extract.decide import Features
from tracker.extract.documents import read_document
from tracker.extract.model import Block, BlockKind
from tracker.extract.pieces import LONGEST, MOST_CHARACTERS, MOST_NUMBERS, MOST_WORDS, pieces
from tracker.extract.scene import set_scene


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


JOBLESS = Indicator(
    "jobless", (("en", "Unemployment rate"),), ("unemployment",), Unit.PERCENT, Better.LOWER, "A", frozenset({"A"})
)
CATALOGUE = Catalogue((Area("A", ("Arland",)),), (JOBLESS,))


def weighed(text: str) -> list[Features]:
    """The evidence of every number of a one-paragraph text, in order."""
    document, _ = read_document(text.encode(), "note.txt")
    scene = set_scene(document, CATALOGUE)
    binder = Binder(scene)
    found = [(each, number) for each in scene.passages for number in each.quantities if not number.noise]
    return [one.features for each, number in found for one in binder.candidates(each, number)]


def shares(first: int) -> str:
    """As many percentages as one piece holds."""
    return ", ".join(f"{at}%" for at in range(first, first + MOST_NUMBERS))


def test_each_piece_of_a_block_has_words_of_its_own() -> None:
    said = "The unemployment rate of dairy barns beside upland rivers came to 3.4 percent."
    alone, last = weighed(said)[-1], weighed(f"Unemployment of {shares(11)} was told. {said}")[-1]
    words = ("carried_novel", "local_novel", "novel_left", "novel_right", "alien")
    assert {name: last.get(name) for name in words} == {name: alone.get(name) for name in words}


def test_a_piece_has_nothing_before_it_that_comes_after_it() -> None:
    later = f"Unemployment in Arland was {shares(11)}. We sold {shares(11)} of the ink."
    first = weighed(f"We sold {shares(11)} of the ink. {later}")[0]
    assert "channel_block_before" not in first
