"""Kinds of targets through the whole product: changes, kept values, yes or no, milestones, areas; years that add up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from living import Life, codes, local

from tracker.pipeline.explaining import explanation

HEAD = """
service: {language: en}
areas: [{id: Vietnam}, {id: Huế}, {id: Hà Nội}]
indicators:
  - {id: fibre, unit: percent, better: higher, area: Vietnam, scope: all}
  - {id: rank, unit: rank, better: lower, area: Vietnam}
  - {id: law, unit: count, better: higher, area: Vietnam}
  - {id: exports, unit: USD, better: higher, area: Vietnam}
  - {id: accidents, unit: count, better: lower, area: Vietnam, accumulates: true}
  - {id: shops, unit: count, better: higher, area: Vietnam, accumulates: false}
targets:
"""
NOW = local("2025-06-01 09:00")


def held(live: Callable[[str], Life], target: str, *rows: str) -> Life:
    life = live(f"{HEAD}  - {target}\n")
    life.tables(NOW, *rows)
    return life


@pytest.mark.parametrize(
    ("target", "rows", "value", "baseline", "status"),
    [
        ("indicator: rank, change: {at_least: 5, from: 2020}", {2020: 86, 2024: 82}, 81, 86, "on_track"),
        ("indicator: rank, change: {at_least: 5, from: 2020, value: 90}", {2020: 86, 2024: 85}, 85, 90, "achieved"),
        ("indicator: fibre, change: {at_least: 10, from: 2020}", {2020: 50, 2024: 49}, 60, 50, "moving_away"),
        ("indicator: fibre, change: {at_least_percent: 10, from: 2020}", {2020: 50, 2024: 52}, 55, 50, "on_track"),
        (
            "indicator: accidents, change: {at_least_percent: 30, from: 2020}",
            {2020: 900, 2024: 630},
            630,
            900,
            "achieved",
        ),
    ],
)
def test_a_change_is_counted_from_its_figure(
    live: Callable[[str], Life], target: str, rows: dict[int, int], value: int, baseline: int, status: str
) -> None:
    name = target.split()[1].rstrip(",")
    life = held(live, f"{{id: goal, {target}, by: 2030-12-31}}", *(f"{name},Vietnam,{y},{v}" for y, v in rows.items()))
    goal = life.target("goal")
    assert (goal["value"], goal["baseline"]["value"], goal["status"]) == (value, baseline, status)


def test_a_change_from_an_unknown_figure_is_not_assessed(live: Callable[[str], Life]) -> None:
    life = held(
        live, "{id: goal, indicator: rank, change: {at_least: 5, from: 2020}, by: 2030-12-31}", "rank,Vietnam,2024,82"
    )
    goal = life.target("goal")
    assert (goal["value"], goal["status"], codes(goal)) == (None, "not_assessable", {"no_baseline"})
    assert (goal["baseline"], goal["method"]) == (None, "rate-ratio/linear")
    life.tables(NOW, "rank,Vietnam,2020,86")
    assert life.target("goal")["status"] == "on_track"


KEEP = "{id: goal, indicator: fibre, at_least: 60, keep: true, by: 2026-12-31}"


@pytest.mark.parametrize(
    ("values", "status", "native", "reasons"),
    [
        ([60, 61, 62, 63], "achieved", "sun", set()),
        ([66, 64, 63, 62], "achieved", "slightly_cloudy", {"at_risk"}),
        ([60, 55, 61, 62], "achieved", "sun", {"not_kept"}),
        ([50, 52, 53, 55], "limited_progress", "cloud", {"not_kept"}),
        ([62, 61, 60, 59], "moving_away", "thunderstorm", {"not_kept"}),
        ([62, 59], "moving_away", None, {"not_kept", "too_few_points"}),
        ([55, 58], "limited_progress", None, {"not_kept", "too_few_points"}),
        ([59], "not_assessable", None, {"not_kept", "single_observation"}),
    ],
)
def test_a_value_to_be_kept(
    live: Callable[[str], Life], values: list[int], status: str, native: str | None, reasons: set[str]
) -> None:
    rows = [f"fibre,Vietnam,{2025 - len(values) + place},{value}" for place, value in enumerate(values)]
    goal = held(live, KEEP, *rows).target("goal")
    assert (goal["status"], goal["native"], goal["method"]) == (status, native, "destatis")
    assert codes(goal) & {"at_risk", "not_kept", "too_few_points", "single_observation"} == reasons


def test_in_the_end_it_was_kept_in_every_period_or_it_was_not(live: Callable[[str], Life]) -> None:
    kept = [f"fibre,Vietnam,{year},61" for year in range(2021, 2027)]
    assert held(live, KEEP, *kept).target("goal", "2027-06-01")["status"] == "achieved"
    life = held(live, KEEP, *kept[:2], "fibre,Vietnam,2023,59", *kept[3:])
    goal = life.target("goal", "2027-06-01")
    assert goal["status"] == "missed"
    assert any("2023" in reason["text"] for reason in goal["reasons"] if reason["code"] == "not_kept")


def test_yes_or_no(live: Callable[[str], Life]) -> None:
    life = held(live, "{id: goal, indicator: law, done: true, by: 2025-12-31}", "law,Vietnam,2024,0")
    goal = life.target("goal", "2025-06-01")
    assert (goal["status"], goal["native"], codes(goal)) == ("not_assessable", "not_yet", {"not_yet"})
    assert life.target("goal", "2026-02-01")["status"] == "overdue"
    life.tables(NOW, "law,Vietnam,2025-12-31,0")
    assert life.target("goal", "2026-02-01")["status"] == "missed"
    life.tables(NOW, "law,Vietnam,2026-03-01,1")
    late = life.target("goal", "2026-04-01")
    assert (late["status"], "met_late" in codes(late)) == ("missed", True)
    done = held(live, "{id: goal, indicator: law, done: true, by: 2025-12-31}", "law,Vietnam,2025-05-01,1")
    assert (done.target("goal")["status"], done.target("goal")["method"]) == ("achieved", None)


def test_without_a_number_the_direction_is_told(live: Callable[[str], Life]) -> None:
    rows = [f"rank,Vietnam,{2021 + place},{value}" for place, value in enumerate((90, 88, 87, 85))]
    goal = held(live, "{id: goal, indicator: rank, by: 2030-12-31}", *rows).target("goal")
    assert (goal["status"], goal["method"], goal["native"]) == ("no_target", "destatis", "sun")


STONES = (
    "{id: goal, indicator: rank, at_most: 40, by: 2030-12-31, baseline: {value: 100, period: 2020}, "
    "milestones: [{by: 2024-12-31, value: 90}, {by: 2026-12-31, value: 80}]}"
)


def test_milestones_bend_the_way(live: Callable[[str], Life]) -> None:
    # On the straight way 76 were due by 2024; on the way through the milestones 90.
    assert held(live, STONES, "rank,Vietnam,2024,90").target("goal")["ratio"] == pytest.approx(1)
    straight = STONES.split(", milestones", maxsplit=1)[0] + "}"
    assert held(live, straight, "rank,Vietnam,2024,90").target("goal")["ratio"] == pytest.approx(10 / 24)
    # Half a milestone further on the way is as much further.
    assert held(live, STONES, "rank,Vietnam,2025,85").target("goal")["ratio"] == pytest.approx(1)


def test_a_missed_milestone_is_named(live: Callable[[str], Life]) -> None:
    goal = held(live, STONES, "rank,Vietnam,2024,94").target("goal")
    assert (goal["status"], goal["ratio"]) == ("acceleration_needed", pytest.approx(0.6))
    (text,) = [reason["text"] for reason in goal["reasons"] if reason["code"] == "milestone_missed"]
    assert "90" in text
    assert "94" in text
    assert "milestone_missed" not in codes(held(live, STONES, "rank,Vietnam,2024,90").target("goal"))
    assert "milestone_missed" not in codes(held(live, STONES, "rank,Vietnam,2023,97").target("goal"))


def test_areas_stand_each_by_itself_and_are_counted(live: Callable[[str], Life]) -> None:
    life = held(
        live,
        "{id: goal, indicator: fibre, at_least: 80, by: 2030-12-31, areas: all, baseline: {value: 50, period: 2020}}",
        "fibre,Vietnam,2024,62",
        "fibre,Huế,2024,40",
    )
    status = life.status()
    assert {one["id"]: one["status"] for one in status["targets"]} == {
        "goal/Vietnam": "on_track",
        "goal/Huế": "moving_away",
        "goal/Hà Nội": "not_assessable",
    }
    (group,) = status["groups"]
    assert group == {
        "id": "goal",
        "targets": ["goal/Vietnam", "goal/Huế", "goal/Hà Nội"],
        "counts": {"on_track": 1, "moving_away": 1, "not_assessable": 1},
        "worst": {"status": "moving_away", "targets": ["goal/Huế"]},
    }


def test_nothing_known_is_worse_than_on_track(live: Callable[[str], Life]) -> None:
    life = held(
        live, "{id: goal, indicator: fibre, at_least: 80, by: 2030-12-31, areas: [Vietnam, Huế]}", "fibre,Huế,2024,90"
    )
    assert life.status()["groups"][0]["worst"] == {"status": "not_assessable", "targets": ["goal/Vietnam"]}


EXPORTS = "{id: goal, indicator: exports, at_least: 460, by: 2025-12-31, baseline: {value: 283, period: 2020}}"
YEARS = ("exports,Vietnam,2023,355", "exports,Vietnam,2024,405")
NINE = ("exports,Vietnam,2023-01/2023-09,259", "exports,Vietnam,2024-01/2024-09,299")


def test_nine_months_are_held_against_nine_months(live: Callable[[str], Life]) -> None:
    life = live(f"{HEAD}  - {EXPORTS}\n")
    raised = life.tables(NOW, *YEARS, *NINE)
    assert "regressed" not in raised
    raised = life.tables(local("2025-09-30 09:00"), "exports,Vietnam,2025-01/2025-09,348")
    assert raised == ["observation"]
    exports = next(one for one in life.status()["indicators"] if one["id"] == "exports")
    assert (exports["latest"]["period"], exports["previous"]["period"]) == ("2025-01/2025-09", "2024-01/2024-09")
    assert exports["delta"]["absolute"] == 49
    goal = life.target("goal", "2025-11-01")
    assert (goal["latest"]["period"], goal["previous"]["period"], goal["delta"]["absolute"]) == ("2024", "2023", 50)
    (text,) = [reason["text"] for reason in goal["reasons"] if reason["code"] == "partial_period"]
    assert "348" in text
    assert "49" in text


def test_the_whole_year_decides_the_deadline(live: Callable[[str], Life]) -> None:
    life = held(live, EXPORTS, *YEARS, *NINE, "exports,Vietnam,2025-01/2025-11,430")
    assert life.target("goal", "2026-01-05")["status"] == "overdue"
    life.tables(NOW, "exports,Vietnam,2025,474")
    assert life.target("goal", "2026-01-05")["status"] == "achieved"


def test_parts_of_years_alone_decide_nothing(live: Callable[[str], Life]) -> None:
    goal = held(live, EXPORTS, *NINE).target("goal")
    assert (goal["status"], goal["latest"], codes(goal)) == ("not_assessable", None, {"partial_period"})


def test_fewer_accidents_so_far_is_no_target_met(live: Callable[[str], Life]) -> None:
    target = "{id: goal, indicator: accidents, at_most: 9000, by: 2025-12-31}"
    rows = ("accidents,Vietnam,2023,11000", "accidents,Vietnam,2024,10500", "accidents,Vietnam,2025-01/2025-03,2500")
    goal = held(live, target, *rows).target("goal", "2025-06-01")
    assert (goal["latest"]["value"], goal["status"]) == (10500, "limited_progress")


def test_what_is_declared_not_to_add_up_does_not(live: Callable[[str], Life]) -> None:
    target = "{id: goal, indicator: shops, at_least: 90, by: 2026-12-31}"
    life = held(live, target, "shops,Vietnam,2024,50", "shops,Vietnam,2025-01/2025-03,60")
    assert life.target("goal")["latest"]["value"] == 60


def test_a_level_measured_by_month_stays_in_one_line(live: Callable[[str], Life]) -> None:
    target = "{id: goal, indicator: fibre, at_least: 90, by: 2026-12-31}"
    life = held(live, target, "fibre,Vietnam,2024,50", "fibre,Vietnam,2025-Q1,52", "fibre,Vietnam,2025-06,55")
    assert (life.target("goal")["latest"]["value"], life.target("goal")["previous"]["value"]) == (55, 52)


def test_the_sum_can_be_redone_on_paper(live: Callable[[str], Life]) -> None:
    rows = [f"rank,Vietnam,{2021 + place},{value}" for place, value in enumerate((99, 97, 95, 94))]
    life = held(live, STONES, *rows)
    with life.service.store.read() as session:
        text = explanation(session, life.service, "goal", local("2025-01-01 00:00"), None)
    for said in (
        "Baseline: v0 = 100 (2020), t0 = 2021.0000",
        "Milestone: 90 (2024-12-31), t = 2025.0000",
        "Latest: v1 = 94 (2024), t1 = 2025.0000",
        "planned_at_latest = 90",
        "R = 0.600000",
        "Planned by now (1 January 2025)",
        "Actual pace",
        "Pace needed from now on",
        "If the trend continues (31 December 2030, ols/level)",
        "The last five years (Destatis)",
        "Method: rate-ratio/linear",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("target", "said", "unsaid"),
    [
        (
            "{id: goal, indicator: shops, by: 2030-12-31}",
            ["v0 = 90 (2021)", "g = d * CAGR(v0, v1)", "limit_factor = 1", "growth = 0.0146", "= acceleration_needed"],
            ["R = ", "T = ", "CAGR(v0, T)"],
        ),
        (
            "{id: goal, indicator: shops, by: 2030-12-31, method: unsd}",
            ["g = d * CAGR(v0, v1)", "growth = 0.0146", "= 2"],
            ["T = ", "tT-t1"],
        ),
        (
            "{id: goal, indicator: rank, by: 2030-12-31}",
            ["and the last change", "average_change = 1.33333", "last_change = 1", "= thunderstorm"],
            ["shortfall", "T = "],
        ),
        (
            "{id: goal, indicator: rank, at_most: 92, keep: true, by: 2030-12-31}",
            ["keeping top 92", "a = yearly change over the last six data points; met"],
            ["shortfall"],
        ),
        (
            "{id: goal, indicator: rank, at_most: 80, by: 2030-12-31, method: destatis}",
            ["top 80 by 31 December 2030", "shortfall of v1 + a * (tT-t1)", "miss = "],
            ["last change"],
        ),
    ],
)
def test_the_sum_is_that_of_the_form_that_was_used(
    live: Callable[[str], Life], target: str, said: list[str], unsaid: list[str]
) -> None:
    name = "shops" if "shops" in target else "rank"
    life = held(
        live, target, *(f"{name},Vietnam,{2021 + place},{value}" for place, value in enumerate((90, 92, 93, 94)))
    )
    with life.service.store.read() as session:
        text = explanation(session, life.service, "goal", local("2025-02-01 00:00"), None)
    assert [one for one in said if one not in text] == []
    assert [one for one in unsaid if one in text] == []
