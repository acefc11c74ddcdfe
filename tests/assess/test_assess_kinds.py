"""Laws of the kinds of targets: milestones, kept values, changes; and of figures that add up within the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.assess import assess, deltas, outlook, resolve
from tracker.domain.assessment import Status
from tracker.domain.observation import Series
from tracker.domain.period import Period
from tracker.domain.target import Change, Milestone, TargetKind

FEW = settings(max_examples=30, deadline=None)
ORDER = [
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.ACCELERATION_NEEDED,
    Status.LIMITED_PROGRESS,
    Status.MOVING_AWAY,
]
AS_OF = date(2026, 1, 1)


def with_stones(make, *stones: tuple[str, str], value: str = "100"):
    target = make.target(value, baseline=("2020", "50"))
    return replace(target, milestones=tuple(Milestone(date.fromisoformat(by), Decimal(at)) for by, at in stones))


@FEW
@given(latest=st.integers(-50, 150), year=st.integers(2021, 2029))
def test_a_milestone_on_the_straight_way_changes_nothing(make, latest, year):
    series, indicator = make.series({str(year): str(latest)}, "index"), make.indicator("index")
    as_of = date(year + 1, 1, 1)
    plain = assess(with_stones(make), indicator, series, as_of=as_of)
    bent = assess(with_stones(make, ("2025-12-31", "75")), indicator, series, as_of=as_of)
    assert bent.status is plain.status
    assert bent.ratio == (None if plain.ratio is None else pytest.approx(plain.ratio, rel=1e-12))


@FEW
@given(pair=st.tuples(st.integers(0, 120), st.integers(0, 120)), year=st.integers(2021, 2029))
@pytest.mark.parametrize("unit", ["index", "USD"])
def test_a_better_figure_never_worsens_the_class_on_the_way_through_milestones(make, unit, pair, year):
    target = with_stones(make, ("2023-12-31", "55"), ("2027-12-31", "60"))
    found = [
        assess(
            target, make.indicator(unit), make.series({str(year): str(value)}, unit), as_of=date(year + 1, 1, 1)
        ).status
        for value in sorted(pair)
    ]
    assert ORDER.index(found[1]) <= ORDER.index(found[0])


@FEW
@given(values=st.lists(st.integers(0, 100), min_size=4, max_size=6), gain=st.integers(0, 50))
def test_a_better_figure_never_worsens_what_is_kept(make, values, gain):
    target = replace(make.target("60"), kind=TargetKind.KEEP)
    found = []
    for last in (values[-1], values[-1] + gain):
        figures = {str(2020 + place): str(value) for place, value in enumerate([*values[:-1], last])}
        found.append(assess(target, make.indicator("index"), make.series(figures, "index"), as_of=AS_OF).status)
    assert ORDER.index(found[1]) <= ORDER.index(found[0])


def test_the_plan_goes_through_its_milestones(make):
    target = with_stones(make, ("2022-12-31", "55"), ("2027-12-31", "65"))
    series = make.series({"2021": "52"}, "index")
    for day, planned in (("2022-12-31", "55"), ("2025-06-30", "60"), ("2027-12-31", "65"), ("2031-01-01", "100")):
        found = outlook(target, make.indicator("index"), series, as_of=date.fromisoformat(day))
        assert float(found.planned_now) == pytest.approx(float(planned), abs=0.02)


@FEW
@given(start=st.integers(1, 500), step=st.integers(1, 100))
@pytest.mark.parametrize(("better", "sign"), [("higher", 1), ("lower", -1)])
@pytest.mark.parametrize("percent", [False, True])
def test_a_change_is_always_for_the_better(make, percent, better, sign, start, step):
    change = Change(Decimal(step), Period.year(2020), percent=percent)
    bare = replace(make.target(None, comparator="at_least" if sign > 0 else "at_most"), change=change)
    found = resolve(bare, make.indicator("index", better), make.series({"2020": str(start)}, "index"))
    expected = Decimal(start) * step / 100 if percent else Decimal(step)
    assert sign * (found.value - start) == expected
    assert found.baseline.value == start
    assert resolve(found, make.indicator("index", better), make.series({}, "index")) == found


def added_up(make, figures: dict[str, str]) -> Series:
    return replace(make.series(figures, "USD"), accumulates=True)


def test_changes_are_between_the_same_parts_of_years(make):
    figures = {
        "2022": "370", "2023-Q1": "79", "2023-01/2023-09": "259", "2023": "355", "2024-01/2024-03": "93",
        "2024-01/2024-09": "299", "2024": "405",
    }  # fmt: skip
    found = deltas(make.indicator("USD"), added_up(make, figures))
    assert [(str(one.earlier.period), str(one.later.period), one.absolute) for one in found] == [
        ("2022", "2023", -15),
        ("2023-Q1", "2024-01/2024-03", 14),
        ("2023-01/2023-09", "2024-01/2024-09", 40),
        ("2023", "2024", 50),
    ]


def test_a_leap_year_has_the_same_parts(make):
    figures = {"2023-01/2023-02": "10", "2024-01/2024-02": "12"}
    assert len(deltas(make.indicator("USD"), added_up(make, figures))) == 1


def test_a_deadline_within_the_year_is_decided_by_that_part(make):
    figures = {"2023-01/2023-09": "259", "2024-01/2024-09": "299", "2024": "405", "2025-01/2025-09": "330"}
    target = make.target("320", "2025-09-30")
    answer = assess(target, make.indicator("USD"), added_up(make, figures), as_of=AS_OF)
    assert (answer.status, answer.latest.figure.value) == (Status.ACHIEVED, 330)


@FEW
@given(part=st.integers(1, 2000))
def test_no_part_of_a_year_ever_moves_the_status(make, part):
    whole = {"2022": "370", "2023": "380", "2024": "390"}
    target = make.target("460", "2025-12-31")
    before = assess(target, make.indicator("USD"), added_up(make, whole), as_of=date(2025, 11, 1))
    grown = added_up(make, whole | {"2025-01/2025-09": str(part)})
    after = assess(target, make.indicator("USD"), grown, as_of=date(2025, 11, 1))
    assert (after.status, after.ratio, after.latest) == (before.status, before.ratio, before.latest)
