"""Two readings of one document held against each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.pipeline.pairing import FIELDS, differences


def line(**more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = dict.fromkeys(FIELDS) | {
        "indicator": "share", "area": "Huế", "kind": "observation", "value": 5, "unit": "percent",
        "qualifier": "exact", "period": "2024", "accepted": True, "quote": "đạt 5%", "start": 10, "end": 16,
    }  # fmt: skip
    return plain | more


def test_equal_readings_differ_in_nothing() -> None:
    twice = [line(), line(), line(start=40, end=46)]
    assert differences(twice, [*reversed(twice)]) == []
    assert differences([], []) == []


def test_a_repetition_counts() -> None:
    (one,) = differences([line(), line()], [line()])
    assert (one.was, one.now) == (line(), None)


@pytest.mark.parametrize(
    ("changed", "fields", "same"),
    [
        ({"value": 50}, ("value",), False),
        ({"kind": "target", "period": "2030"}, ("kind", "period"), False),
        ({"area": "Vinh"}, ("area",), False),
        ({"indicator": "other"}, ("indicator",), False),
        ({"accepted": False}, ("accepted",), True),
        ({"quote": "cả tỉnh đạt 5%", "start": 2}, ("quote", "start"), True),
        ({"start": 90, "end": 96}, ("start", "end"), True),
    ],
)
def test_what_changed_is_named(changed: dict[str, Any], fields: tuple[str, ...], same: bool) -> None:
    (one,) = differences([line()], [line(**changed)])
    assert one.fields == fields
    assert one.same_statement is same


@pytest.mark.parametrize(
    "other",
    [{"indicator": "other", "value": 6}, {"start": 40, "end": 50, "quote": "5% trong năm"}],
    ids=["nothing in common", "elsewhere"],
)
def test_two_statements_are_not_one(other: dict[str, Any]) -> None:
    found = differences([line()], [line(**other)])
    assert [(one.was is None, one.now is None) for one in found] == [(False, True), (True, False)]


def test_of_two_numbers_in_a_clause_each_finds_its_own() -> None:
    was = [line(value=5), line(value=9, kind="reference")]
    now = [line(value=9, kind="observation"), line(value=5, kind="reference")]
    assert [
        (one.was["value"], one.now["value"], one.fields) for one in differences(was, now) if one.was and one.now
    ] == [
        (5, 5, ("kind",)),
        (9, 9, ("kind",)),
    ]


LINES = st.lists(
    st.builds(
        lambda value, start, kind: line(value=value, start=start, end=start + 6, kind=kind),
        st.integers(0, 3), st.integers(0, 20), st.sampled_from(["observation", "target"]),
    ),
    max_size=6,
)  # fmt: skip


@given(LINES, LINES)
def test_every_line_is_the_same_or_in_one_difference(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> None:
    found = differences(was, now)
    old = [one.old for one in found if one.old is not None]
    new = [one.new for one in found if one.new is not None]
    assert len(set(old)) == len(old)
    assert len(set(new)) == len(new)
    assert len(was) - len(old) == len(now) - len(new), "what is left agrees in pairs"
    assert all(one.fields for one in found if one.was and one.now)
