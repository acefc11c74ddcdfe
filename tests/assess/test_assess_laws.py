"""Laws that hold for any numbers, not only for the examples."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.assess import METHODS, assess, deltas, status_of
from tracker.domain.assessment import Status

FEW = settings(max_examples=40, deadline=None)
ABOVE_ZERO = st.decimals("1", "999", places=1)
ANY = st.decimals("-500", "500", places=1)
BEST_FIRST = [
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.ACCELERATION_NEEDED,
    Status.LIMITED_PROGRESS,
    Status.MOVING_AWAY,
]


def held(make, figures, value, *, year=2030, lower=False, unit="index", method=None):
    asked = (
        make.target(str(value), f"{year}-12-31", comparator="at_most" if lower else "at_least", method=method),
        make.indicator(unit, "lower" if lower else "higher"),
        make.series({str(when): str(number) for when, number in figures.items()}, unit),
    )
    found = assess(*asked, as_of=date(year, 1, 1))
    assert status_of(*asked, as_of=date(year, 1, 1)) is found.status
    return found


@FEW
@given(first=ABOVE_ZERO, latest=ABOVE_ZERO, value=ABOVE_ZERO, factor=st.sampled_from(["0.01", "7", "1000"]))
@pytest.mark.parametrize("unit", ["USD", "index"])
def test_rescaling_the_unit_leaves_the_ratio(make, unit, first, latest, value, factor):
    k = Decimal(factor)
    plain = held(make, {2015: first, 2020: latest}, value, unit=unit)
    scaled = held(make, {2015: first * k, 2020: latest * k}, value * k, unit=unit)
    assert scaled.ratio == (None if plain.ratio is None else pytest.approx(plain.ratio, rel=1e-9, abs=1e-12))
    assert (scaled.status, scaled.native) == (plain.status, plain.native)


@FEW
@given(first=ABOVE_ZERO, latest=ABOVE_ZERO, value=ABOVE_ZERO, years=st.integers(-60, 60))
@pytest.mark.parametrize("method", METHODS)
def test_shifting_time_leaves_the_answer(make, method, first, latest, value, years):
    plain = held(make, {2015: first, 2020: latest}, value, method=method)
    shifted = held(make, {2015 + years: first, 2020 + years: latest}, value, year=2030 + years, method=method)
    assert (shifted.ratio, shifted.native, shifted.status) == (plain.ratio, plain.native, plain.status)


@FEW
@given(first=ANY, latest=ANY, value=ANY)
@pytest.mark.parametrize("method", ["rate-ratio/linear", "sdsn", "escap"])
def test_negating_a_series_with_its_direction_changes_nothing(make, method, first, latest, value):
    plain = held(make, {2015: first, 2020: latest}, value, method=method)
    mirrored = held(make, {2015: -first, 2020: -latest}, -value, lower=True, method=method)
    assert (mirrored.ratio, mirrored.native, mirrored.status) == (plain.ratio, plain.native, plain.status)


@FEW
@given(first=ABOVE_ZERO, pair=st.tuples(ABOVE_ZERO, ABOVE_ZERO), value=ABOVE_ZERO, lower=st.booleans())
@pytest.mark.parametrize("method", [None, *METHODS])
def test_a_better_latest_value_never_worsens_the_class(make, method, first, pair, value, lower):
    worse, better = sorted(pair, reverse=lower)
    between = {2016: first, 2017: first, 2018: first}
    ranks = [
        held(make, {2015: first, **between, 2020: latest}, value, lower=lower, unit="USD", method=method).status
        for latest in (worse, better)
    ]
    if Status.NOT_ASSESSABLE in ranks:
        return
    assert BEST_FIRST.index(ranks[1]) <= BEST_FIRST.index(ranks[0])


@FEW
@given(order=st.permutations(["2015", "2018", "2019-Q3", "2020", "2021", "2022-12-31"]))
def test_the_order_of_arrival_never_matters(make, order):
    figures = {"2015": "10", "2018": "14", "2019-Q3": "13", "2020": "19", "2021": "22", "2022-12-31": "23"}
    target, indicator = make.target("40"), make.indicator("count", breaks=["2017"])
    straight = make.series(figures, "count")
    shuffled = make.series({period: figures[period] for period in order}, "count")
    as_of = date(2024, 1, 1)
    assert assess(target, indicator, shuffled, as_of=as_of) == assess(target, indicator, straight, as_of=as_of)
    assert deltas(indicator, shuffled) == deltas(indicator, straight)


@FEW
@given(first=ANY, latest=ANY, value=ANY, as_of=st.dates(date(2019, 1, 1), date(2035, 1, 1)))
@pytest.mark.parametrize("unit", ["percent", "rank", "count", "VND"])
@pytest.mark.parametrize("method", [None, *METHODS])
def test_nothing_raises_and_reasons_are_named_once(make, method, unit, first, latest, value, as_of):
    answer = assess(
        make.target(str(value), "2025-06-30", method=method),
        make.indicator(unit),
        make.series({"2015": str(first), "2020": str(latest)}, unit),
        as_of=as_of,
    )
    named = [reason.code for reason in answer.reasons]
    assert len(named) == len(set(named))
    if answer.status is Status.NOT_ASSESSABLE:
        assert named


@FEW
@given(
    sizes=st.lists(st.sampled_from(["1E-30", "0", "-7", "3", "1E+15", "9.99E+29", "-1E+40"]), min_size=4, max_size=4)
)
@pytest.mark.parametrize("method", [None, *METHODS])
def test_no_size_of_number_raises(make, method, sizes):
    *figures, value = sizes
    series = make.series(dict(zip(("2019", "2021-12-30", "2021-12-31"), figures, strict=True)), "VND")
    answer = assess(
        make.target(value, "2022-01-02", method=method), make.indicator("VND"), series, as_of=date(2022, 1, 1)
    )
    assert answer.ratio is None or abs(answer.ratio) < float("inf")


@FEW
@given(
    later=st.lists(st.tuples(st.integers(2026, 2034), ABOVE_ZERO), max_size=4, unique_by=lambda pair: pair[0]),
    final=st.booleans(),
)
def test_what_comes_after_the_deadline_rewrites_nothing(make, later, final):
    figures = {"2015": "10", "2020": "30"} | ({"2025": "38"} if final else {})
    target, indicator, as_of = make.target("40", "2025-12-31"), make.indicator("count"), date(2036, 1, 1)
    before = assess(target, indicator, make.series(figures, "count"), as_of=as_of)
    grown = figures | {str(year): str(number) for year, number in later}
    after = assess(target, indicator, make.series(grown, "count"), as_of=as_of)
    assert (after.status, after.ratio, after.latest) == (before.status, before.ratio, before.latest)
