from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.assess import assess, next_period, suppose
from tracker.assess.supposing import _with
from tracker.domain.assessment import Status
from tracker.domain.period import Period

AS_OF = date(2025, 6, 1)
WELL = (Status.ON_TRACK, Status.ACHIEVED)


def asked(make, figures, value, period, *, unit="index", lower=False, by="2030-12-31", supposed=None, baseline=None):
    target = make.target(value, by, comparator="at_most" if lower else "at_least", baseline=baseline)
    indicator = make.indicator(unit, "lower" if lower else "higher")
    series = make.series(figures, unit)
    what = None if supposed is None else Decimal(supposed)
    return suppose(target, indicator, series, period=Period.parse(period), value=what, as_of=AS_OF)


def test_the_next_figure_on_a_straight_way(make):
    # From 50 to 100 over ten years: 25 of 50 are due by 2025, and 95 % of that is on track.
    found = asked(make, {"2020": "50", "2024": "55"}, "100", "2025")
    assert (found.for_on_track, found.for_achieved) == (Decimal("73.75"), 100)
    assert found.assessment is None


def test_a_rank_is_a_whole_place_and_never_a_weaker_one(make):
    # 90 to 40 over ten years: 66.25 would just do by 2025, so place 66 is needed.
    found = asked(make, {"2020": "90", "2024": "88"}, "40", "2025", unit="rank", lower=True)
    assert found.for_on_track == 66


def test_a_supposed_figure_is_assessed_and_changes_nothing(make):
    found = asked(make, {"2020": "50", "2024": "55"}, "100", "2025", supposed="60")
    assert found.assessment.status is Status.LIMITED_PROGRESS
    assert found.assessment.latest.figure.value == 60
    assert found.as_of == date(2026, 1, 1)


def test_at_the_deadline_only_the_target_will_do(make):
    found = asked(make, {"2020": "50", "2024": "95"}, "100", "2030", supposed="99")
    assert found.assessment.status is Status.MISSED
    assert found.for_achieved == 100
    assert found.for_on_track == 100


def test_after_the_deadline_nothing_will_do(make):
    found = asked(make, {"2020": "50", "2024": "95"}, "100", "2031")
    assert (found.for_on_track, found.for_achieved) == (None, None)


def test_what_was_decided_at_the_deadline_asks_for_no_later_figure(make):
    found = asked(make, {"2020": "50", "2030": "100"}, "100", "2031", supposed="10")
    assert found.assessment.status is Status.ACHIEVED
    assert (found.for_on_track, found.for_achieved) == (None, None)


def test_without_a_baseline_only_the_target_is_known(make):
    found = asked(make, {}, "100", "2025")
    assert (found.for_on_track, found.for_achieved) == (None, 100)


@settings(max_examples=12, deadline=None)
@given(
    first=st.integers(1, 400), value=st.integers(1, 400), year=st.integers(2021, 2029),
    unit=st.sampled_from(["count", "index", "ratio"]),
)  # fmt: skip
def test_what_is_needed_is_enough_and_less_is_not(make, first, value, year, unit):
    if first >= value:
        return
    found = asked(make, {}, str(value), str(year), unit=unit, baseline=("2020", str(first)))
    target = make.target(str(value), baseline=("2020", str(first)))
    indicator, series = make.indicator(unit, "higher"), make.series({}, unit)

    def status(figure: Decimal) -> Status:
        grown = _with(series, indicator, Period.year(year), figure)
        return assess(target, indicator, grown, as_of=found.as_of).status

    assert status(found.for_on_track) in WELL
    step = Decimal(1) if unit == "count" else Decimal("0.01")
    assert status(found.for_on_track - step) not in WELL


@pytest.mark.parametrize(
    ("period", "following"),
    [
        ("2024", "2025"),
        ("2023/2024", "2025/2026"),
        ("2024-Q4", "2025-Q1"),
        ("2024-12", "2025-01"),
        ("2024-01/2024-09", "2025-01/2025-09"),
        ("2024-Q1/2024-Q3", "2025-Q1/2025-Q3"),
        ("2024-06-30", None),
    ],
)
def test_what_comes_next(period, following):
    found = next_period(Period.parse(period))
    assert (None if found is None else str(found)) == following
