"""An answer is taken in the form that was asked for and from the closed lists, or not at all."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models import completion

from tracker.domain.statement import Kind
from tracker.second import Label, Opinion, Proposal, Question, Unusable, opinion

ONE = {"n": 1, "indicator": "egdi-rank", "kind": "observation"}
QUOTE = {"passage": 1, "quote": "70%", "value": 70, "indicator": "homes-online", "kind": "target"}


def said(**parts: Any) -> str:
    return completion(json.dumps(parts, ensure_ascii=False))


def test_labels_and_proposals(asked: Question) -> None:
    found = opinion(said(labels=[ONE, {"n": 2, "indicator": "none", "kind": "none"}], proposals=[QUOTE]), asked)
    assert found == Opinion(
        {1: Label("egdi-rank", Kind.OBSERVATION), 2: Label(None, None)},
        (Proposal(1, "70%", Decimal(70), "homes-online", Kind.TARGET),),
    )


def test_proposals_may_be_left_out(asked: Question) -> None:
    assert opinion(said(labels=[ONE]), asked) == Opinion({1: Label("egdi-rank", Kind.OBSERVATION)})


@pytest.mark.parametrize(
    ("entry", "labels", "dropped"),
    [
        (ONE | {"n": 99}, 1, 1),
        (ONE | {"n": 2.5}, 1, 1),
        (ONE | {"n": -1}, 1, 1),
        (ONE | {"n": 2, "indicator": "gdp"}, 1, 1),
        (ONE | {"n": 2, "kind": "truth"}, 1, 1),
        (ONE | {"n": 2, "kind": "none"}, 1, 1),
        (ONE | {"n": 2, "indicator": ""}, 1, 1),
        (ONE, 1, 0),
        (ONE | {"kind": "target"}, 0, 0),
        (ONE | {"n": 2}, 2, 0),
    ],
)
def test_a_label_outside_the_lists_is_dropped(
    asked: Question, entry: dict[str, Any], labels: int, dropped: int
) -> None:
    found = opinion(said(labels=[ONE, entry]), asked)
    if labels == 0:
        assert isinstance(found, Unusable), "labelled in two ways, it has none"
        return
    assert isinstance(found, Opinion)
    assert (len(found.labels), found.dropped) == (labels, dropped)


@pytest.mark.parametrize(
    "entry",
    [
        QUOTE | {"passage": 99},
        QUOTE | {"indicator": "gdp"},
        QUOTE | {"kind": "none"},
        QUOTE | {"quote": ""},
        QUOTE | {"quote": "x" * 1001},
    ],
)
def test_a_proposal_outside_the_lists_is_dropped(asked: Question, entry: dict[str, Any]) -> None:
    found = opinion(said(labels=[ONE], proposals=[entry]), asked)
    assert isinstance(found, Opinion)
    assert (found.proposals, found.dropped) == ((), 1)


GARBAGE = {
    "nothing": "",
    "HTML": "<html>502</html>",
    "a number": "5",
    "no choice": '{"choices": []}',
    "an error": '{"error": {"message": "no such model"}}',
    "a choice that is none": '{"choices": ["text"]}',
    "no text": completion("").replace('"content": ""', '"content": null'),
    "parts": completion("").replace('"content": ""', '"content": [{"type": "text"}]'),
    "prose": completion("The first number is a rank."),
    "fenced": completion("```json\n" + json.dumps({"labels": [ONE]}) + "\n```"),
    "cut off": said(labels=[ONE]).replace('"stop"', '"length"'),
    "filtered": said(labels=[ONE]).replace('"stop"', '"content_filter"'),
    "refused": said(labels=[ONE]).replace('"role"', '"refusal": "I cannot", "role"'),
    "a list": completion(json.dumps([ONE])),
    "another form": said(readings=[ONE]),
    "more than asked": said(labels=[ONE], note="x"),
    "no labels": said(labels=[]),
    "proposals alone": said(proposals=[QUOTE]),
    "labels that are none": said(labels={"1": ONE}),
    "an entry with more": said(labels=[ONE | {"value": 5}]),
    "an entry with less": said(labels=[{"n": 1, "indicator": "egdi-rank"}]),
    "a number as text": said(labels=[ONE | {"n": "1"}]),
    "true for a number": said(labels=[ONE | {"n": True}]),
    "an indicator that is none": said(labels=[ONE | {"indicator": ["egdi-rank"]}]),
    "a kind that is none": said(labels=[ONE | {"kind": None}]),
    "a value as text": said(labels=[ONE], proposals=[QUOTE | {"value": "70"}]),
    "a quote that is none": said(labels=[ONE], proposals=[QUOTE | {"quote": 70}]),
    "NaN": completion('{"labels": [{"n": NaN, "indicator": "egdi-rank", "kind": "target"}]}'),
    "infinity": completion('{"labels": [{"n": 1e999, "indicator": "egdi-rank", "kind": "target"}]}'),
    "no measure": completion('{"labels": [{"n": 1' + "0" * 9000 + ', "indicator": "egdi-rank", "kind": "target"}]}'),
    "no exponent": completion('{"labels": [{"n": 1e99999999999999999999, "indicator": "x", "kind": "target"}]}'),
    "a tower": completion("[" * 100_000),
    "an outer tower": '{"a":' * 100_000,
    "twice": completion('{"labels": [], "labels": []}'),
    "twice inside": completion('{"labels": [{"n": 1, "n": 2, "indicator": "egdi-rank", "kind": "target"}]}'),
    "a flood": said(labels=[ONE] * 3000),
}


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
def test_what_is_not_in_form_is_no_answer(asked: Question, body: str) -> None:
    found = opinion(body, asked)
    assert isinstance(found, Unusable)
    assert "cannot" not in found.why, "no word of an answer reaches the log"


LEAF = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from([1, 2, 70, "70%"]),
    st.sampled_from(["egdi-rank", "homes-online", "none", "observation", "target", "labels", "proposals"]),
)  # fmt: skip
KEYS = st.sampled_from(["n", "indicator", "kind", "passage", "quote", "value", "labels", "proposals", "choices", "x"])
JSON = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=12
)
ENTRY = st.fixed_dictionaries({"n": LEAF, "indicator": LEAF, "kind": LEAF})
PROPOSED = st.fixed_dictionaries(dict.fromkeys(Proposal.__slots__, LEAF))
CONTENT = st.one_of(
    JSON.map(json.dumps),
    st.fixed_dictionaries({"labels": st.lists(ENTRY, max_size=4), "proposals": st.lists(PROPOSED, max_size=3)}).map(
        json.dumps
    ),
    st.fixed_dictionaries({"labels": st.just([ONE]), "proposals": st.lists(PROPOSED, max_size=3)}).map(json.dumps),
    st.text(),
)


@settings(max_examples=300, deadline=None)
@given(body=st.one_of(CONTENT.map(completion), CONTENT, st.text(), JSON.map(json.dumps)))
def test_whatever_comes_nothing_leaves_the_lists(asked: Question, body: str) -> None:
    found = opinion(body, asked)
    if isinstance(found, Unusable):
        assert found.why
        return
    assert set(found.labels) <= {one.n for one in asked.sheet.numbers}
    for label in found.labels.values():
        assert (label.indicator is None) == (label.kind is None)
        assert label.indicator is None or label.indicator in asked.indicators
    for one in found.proposals:
        assert one.indicator in asked.indicators
        assert one.passage in {passage.id for passage in asked.sheet.passages}
        assert one.value.is_finite()
