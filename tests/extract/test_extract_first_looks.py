"""First looks that spare a longer one say what the longer one would."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tracker.extract.decide import trees
from tracker.extract.documents.language import language
from tracker.extract.keys import has_diacritics, key, tokens

TEXTS = st.text(st.sampled_from("aeoTNđăâêơưắệữ 059_²½.,-\n"), max_size=200)
ANSWERS = st.floats(-1, 1, allow_nan=False)
NODES = st.recursive(
    ANSWERS, lambda node: st.tuples(st.sampled_from("abcd"), ANSWERS, node, node).map(list), max_leaves=8
)


@given(TEXTS, st.sampled_from([0.02, 0.1, 0.5]))
def test_the_share_of_marked_letters_is_that_of_all_letters(text: str, share: float) -> None:
    letters = re.findall(r"[^\W\d_]", text)
    marked = [letter for letter in letters if not re.match("[a-zA-Z]", letter)]
    assert has_diacritics(text, share) == (not letters or len(marked) >= share * len(letters))


@given(TEXTS)
def test_vietnamese_is_told_by_its_share_of_all_letters(text: str) -> None:
    marked = len(re.findall("[ăâđêơưắệữ]", text))
    assert (language(text) == "vi") == (marked > 0.02 * sum(map(str.isalpha, text)))


@given(TEXTS)
def test_words_stand_where_their_tokens_say(text: str) -> None:
    found = tokens(text)
    assert [token.text for token in found] == re.findall(r"[^\W\d_]+|\d+[^\W\d_]*", text)
    assert all(text[token.start : token.end] == token.text and key(token.text) == token.key for token in found)


@given(st.lists(NODES, max_size=4), st.dictionaries(st.sampled_from("abcde"), ANSWERS))
def test_trees_answer_as_they_are_written(stored: list[object], features: dict[str, float]) -> None:
    def answer(node: object) -> float:
        while isinstance(node, list):
            name, least, no, yes = node
            node = yes if features.get(name, 0.0) > least else no
        assert isinstance(node, float)
        return node

    read = trees({"bias": 0.5, "trees": stored})
    plain = trees({"bias": 0.5 + sum(map(answer, stored)), "trees": []})
    assert abs(read.probability(features) - plain.probability(features)) < 1e-9
