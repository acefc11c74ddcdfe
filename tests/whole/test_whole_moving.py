"""Targets that move: versions by ``since``, and sources that state another value or another deadline."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from living import Life, local

HEAD = """
service: {language: en}
areas: [{id: Vietnam}, {id: Huế}]
indicators:
  - {id: fibre, unit: percent, better: higher, area: Vietnam, scope: all}
targets:
"""
GOAL = "  - {id: goal, indicator: fibre, at_least: 80, by: 2030-12-31, baseline: {value: 50, period: 2020}%s}\n"
STATED = ", stated: {published: 2021-12-22}"
ROWS = ("fibre,Vietnam,2024,62",)


def started(live: Callable[[str], Life], targets: str) -> Life:
    life = live(HEAD + targets)
    life.tables(local("2025-02-01 09:00"), *ROWS)
    return life


def changes(alerts: list) -> list[dict]:
    return [one.data for one in alerts if one.type.value == "target_changed"]


def test_a_day_is_answered_by_the_version_in_force(live: Callable[[str], Life]) -> None:
    life = started(
        live,
        GOAL % ""
        + "  - {id: goal, indicator: fibre, at_least: 95, by: 2030-12-31, baseline: {value: 50, period: 2020}, since: 2025-06-01}\n",
    )
    before, after = life.target("goal", "2025-05-31"), life.target("goal", "2025-06-01")
    assert (before["value"], before["status"], before["beside"]) == (80, "on_track", [])
    assert (after["value"], after["since"], after["status"]) == (95, "2025-06-01", "acceleration_needed")
    assert [(one["version"], one["value"], one["status"]) for one in after["beside"]] == [("earlier", 80, "on_track")]
    assert life.tick(local("2025-05-31 23:59")) == []
    assert life.tick(local("2025-06-01 00:00")) == ["off_track"]
    assert life.tick(local("2025-06-01 06:00")) == []


def test_before_its_first_version_there_is_no_target(live: Callable[[str], Life]) -> None:
    life = started(live, GOAL % ", since: 2025-06-01")
    assert life.status("2025-05-31")["targets"] == []
    assert life.target("goal", "2025-06-01")["status"] == "on_track"


@pytest.mark.parametrize(
    ("value", "deadline", "moved", "stated"),
    [
        ("90", "2030", "value", (90, "2030-12-31")),
        ("90", "2030-12-31", "value", (90, "2030-12-31")),
        ("70", "2026/2030", "value", (70, "2030-12-31")),
        ("80", "2028", "deadline", (80, "2028-12-31")),
        ("80", "2035", "deadline", (80, "2035-12-31")),
    ],
)
def test_another_value_or_deadline_is_told_once_with_its_quote(
    live: Callable[[str], Life], value: str, deadline: str, moved: str, stated: tuple[int, str]
) -> None:
    life = started(live, GOAL % STATED)
    (told,) = changes(life.states(value, deadline, "2025-03-01"))
    assert (told["target"], told["value"], told["moved"]) == ("goal", 80, moved)
    assert (told["stated"]["value"], told["stated"]["by"]) == stated
    assert told["quote"] == f"by {deadline} at least {value}"
    assert changes(life.states(value, deadline, "2025-03-02", source="other")) == []
    assert life.tick(local("2025-04-01 09:00")) == []
    assert [what for what, _ in life.waits()] == ["target"]
    goal = life.target("goal")
    assert (goal["value"], goal["status"]) == (80, "on_track")
    (beside,) = goal["beside"]
    assert (beside["version"], beside["value"], beside["by"]) == ("stated", *stated)
    assert beside["quote"] == f"by {deadline} at least {value}"
    # Nobody knew of it before it was published.
    assert life.target("goal", "2025-02-28")["beside"] == []


@pytest.mark.parametrize(
    "said",
    [
        {"value": "80", "deadline": "2030"},  # the same
        {"value": "80.3", "deadline": "2030"},  # the same, less rounded
        {"value": "80", "deadline": "2030", "qualifier": "more_than"},
        {"value": "60", "deadline": "2025"},  # a goal on the way
        {"value": "95", "deadline": "2035"},  # a goal beyond
        {"value": "80", "deadline": "2024"},  # a deadline that is over
        {"value": "90", "deadline": "2030", "published": "2021-12-22"},  # no later than ours
        {"value": "90", "deadline": "2030", "area": "Huế"},  # about somebody else
        {"value": "15", "deadline": "2030", "unit": "pp"},  # a change
        {"value": "90", "deadline": "2030", "accepted": False},  # a reading nobody is sure of
    ],
)
def test_what_is_no_change_is_not_told(live: Callable[[str], Life], said: dict) -> None:
    life = started(live, GOAL % STATED)
    said = {"published": "2025-03-01", **said}
    assert changes(life.states(**said)) == []
    assert life.waits() == []
    assert life.target("goal")["beside"] == []


def test_a_milestone_and_an_old_version_are_known(live: Callable[[str], Life]) -> None:
    life = started(
        live,
        GOAL % ", milestones: [{by: 2026-12-31, value: 65}]"
        + "  - {id: goal, indicator: fibre, at_least: 85, by: 2030-12-31, since: 2025-02-01}\n",
    )
    for value, deadline in (("65", "2026"), ("80", "2030"), ("85", "2030")):
        assert changes(life.states(value, deadline, "2025-03-01")) == []
    assert len(changes(life.states("88", "2030", "2025-03-02"))) == 1


def test_accepted_it_is_in_force_from_its_publication(live: Callable[[str], Life]) -> None:
    life = started(live, GOAL % STATED)
    life.states("95", "2030", "2025-03-01")
    ((_, id),) = life.waits()
    life.decides(id, "accept", local("2025-03-05 09:00"))
    assert life.waits() == []
    goal = life.target("goal")
    assert (goal["value"], goal["since"], goal["status"]) == (95, "2025-03-01", "acceleration_needed")
    assert [(one["version"], one["value"], one["status"]) for one in goal["beside"]] == [("earlier", 80, "on_track")]
    assert life.target("goal", "2025-02-28")["value"] == 80
    assert life.told("goal")["off_track"] == 1


def test_rejected_it_is_shown_no_more(live: Callable[[str], Life]) -> None:
    life = started(live, GOAL % STATED)
    life.states("95", "2030", "2025-03-01")
    ((_, id),) = life.waits()
    life.decides(id, "reject", local("2025-03-05 09:00"))
    assert life.waits() == []
    assert life.target("goal")["beside"] == []
    assert changes(life.states("95", "2030", "2025-04-01", source="again")) == []
    assert life.waits() == []


def test_of_a_stated_range_the_weakest_end_counts(live: Callable[[str], Life]) -> None:
    life = started(live, "  - {id: goal, indicator: fibre, between: [80, 85], by: 2030-12-31}\n")
    goal = life.target("goal")
    assert (goal["comparator"], goal["value"], goal["value_high"]) == ("at_least", 80, 85)
    assert changes(life.states("80", "2030", "2025-03-01", high="85")) == []
    assert len(changes(life.states("75", "2030", "2025-03-02", high="85"))) == 1


def test_the_order_of_arrival_never_matters_to_what_is_stated(live: Callable[[str], Life]) -> None:
    said = [("90", "2030", "2025-03-01"), ("80", "2028", "2025-04-01"), ("90", "2030", "2025-05-01")]
    seen = set()
    for order in itertools.permutations(said):
        life = started(live, GOAL % STATED)
        told = sum(len(changes(life.states(*one, source=f"s{said.index(one)}"))) for one in order)
        goal = life.target("goal")
        beside = [(one["value"], one["by"], one["source"], one["status"]) for one in goal["beside"]]
        seen.add((told, goal["status"], tuple(beside)))
    assert seen == {
        (
            2,
            "on_track",
            ((90, "2030-12-31", "s0", "acceleration_needed"), (80, "2028-12-31", "s1", "acceleration_needed")),
        )
    }
