"""Every edge of an assessment as a case, through the public function."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.assess import METHODS, assess, deltas, outlook
from tracker.domain.assessment import Status


def codes(answer):
    return [reason.code for reason in answer.reasons]


def details(answer, code):
    return next(dict(reason.details) for reason in answer.reasons if reason.code == code)


@pytest.fixture
def look(make):
    """Assess one target over plain figures in one call."""

    def looked(
        figures,
        value,
        by="2030-12-31",
        *,
        unit="count",
        lower=False,
        baseline=None,
        method=None,
        breaks=(),
        as_of="2024-06-30",
        **options,
    ):
        target = make.target(value, by, comparator="at_most" if lower else "at_least", baseline=baseline, method=method)
        indicator = make.indicator(unit, "lower" if lower else "higher", breaks)
        return assess(target, indicator, make.series(figures, unit), as_of=date.fromisoformat(as_of), **options)

    return looked


# --- the two examples everybody checks -----------------------------------------------------------------


def test_services_fully_online_are_overdue_and_the_break_is_named(look):
    answer = look(
        {"2020": "30.86", "2021-12-15": "96"},
        "100",
        "2021-12-31",
        unit="percent",
        baseline=("2020", "30.86"),
        breaks=["2021"],
        as_of="2022-10-01",
    )
    assert answer.status is Status.OVERDUE
    assert "break_in_series" in codes(answer)
    assert float(answer.delta.absolute) == 65.14
    assert answer.delta.across_break
    assert (answer.ratio, answer.progress, answer.projection) == (None, None, None)


def test_platforms_are_achieved_before_the_deadline(look):
    answer = look({"2022-08-08": "35"}, "35", "2022-12-31", as_of="2022-10-01")
    assert answer.status is Status.ACHIEVED
    assert codes(answer) == ["no_baseline"]


# --- the order of precedence ---------------------------------------------------------------------------


def test_no_number_in_the_target(look):
    answer = look({"2015": "100", "2020": "120"}, None)
    assert (answer.status, answer.method, answer.native) == (Status.NO_TARGET, "statcan", "on_track")
    assert codes(answer)[0] == "no_target"


def test_no_number_and_a_rank_takes_the_direction(look):
    ranks = {"2019": "50", "2020": "48", "2021": "47", "2022": "44"}
    answer = look(ranks, None, unit="rank", lower=True)
    assert (answer.method, answer.native) == ("destatis", "sun")


@pytest.mark.parametrize(
    ("unit", "value", "lower"), [("percent", "110", False), ("percent", "-1", True), ("rank", "0", True)]
)
def test_target_outside_the_domain(look, unit, value, lower):
    answer = look({"2015": "50", "2020": "60"}, value, unit=unit, lower=lower, as_of="2040-01-01")
    assert answer.status is Status.NOT_ASSESSABLE
    assert codes(answer) == ["target_outside_domain"]


def test_a_percentage_that_has_been_above_100_knows_no_bound(look):
    answer = look({"2015": "90", "2020": "104"}, "120", unit="percent")
    assert answer.status is Status.ON_TRACK


@pytest.mark.parametrize("as_of", ["2024-01-01", "2031-01-01"])
def test_no_reading(look, as_of):
    answer = look({}, "100", baseline=("2015", "10"), as_of=as_of)
    assert (answer.status, codes(answer)) == (Status.NOT_ASSESSABLE, ["no_observation"])
    assert answer.latest is None


def test_unknown_method_is_a_reason_not_an_exception(look):
    answer = look({"2015": "1", "2020": "2"}, "3", method="astrology")
    assert (answer.status, codes(answer)) == (Status.NOT_ASSESSABLE, ["unknown_method"])


# --- the deadline --------------------------------------------------------------------------------------


def test_the_day_of_the_deadline_is_not_past(look):
    figures = {"2020": "10", "2022": "14"}
    assert look(figures, "15", "2023-06-30", as_of="2023-06-30").status is not Status.OVERDUE
    assert look(figures, "15", "2023-06-30", as_of="2023-07-01").status is Status.OVERDUE


@pytest.mark.parametrize(("final", "status"), [("99", Status.MISSED), ("100", Status.ACHIEVED)])
def test_the_reading_for_the_deadline_decides(look, final, status):
    answer = look({"2018": "50", "2022": final, "2023": "120"}, "100", "2022-12-31")
    assert answer.status is status
    assert "no_final_reading" not in codes(answer)
    assert str(answer.latest.period) == "2022"
    assert answer.days_left < 0
    assert answer.required_per_year is None


def test_a_later_success_is_met_late_and_rewrites_nothing(look):
    answer = look({"2018": "50", "2022": "99", "2023": "120"}, "100", "2022-12-31")
    assert answer.status is Status.MISSED
    assert details(answer, "met_late") == {"value": "120", "unit": "count", "period": "2023"}


def test_only_the_days_up_to_the_deadline_count_as_known_by_then(look):
    """A reading from after the deadline is no reading before it, whenever it was learned."""
    answer = look({"2023": "100"}, "100", "2022-12-31", as_of="2022-12-31")
    assert (answer.status, codes(answer)) == (Status.NOT_ASSESSABLE, ["no_observation"])


def test_a_later_loss_does_not_undo_an_achievement(look):
    answer = look({"2018": "50", "2022": "101", "2023": "80"}, "100", "2022-12-31")
    assert answer.status is Status.ACHIEVED
    assert str(answer.latest.period) == "2022"


def test_the_period_that_contains_the_deadline_is_its_reading(look):
    answer = look({"2018": "50", "2021-Q4": "80", "2022-Q2": "110", "2022-Q3": "90"}, "100", "2022-05-15")
    assert (answer.status, str(answer.latest.period)) == (Status.ACHIEVED, "2022-Q2")


def test_of_two_readings_around_the_deadline_the_narrower_decides(look):
    answer = look({"2018": "50", "2022": "120", "2022-06": "90"}, "100", "2022-06-30")
    assert (answer.status, str(answer.latest.period)) == (Status.MISSED, "2022-06")
    assert str(answer.previous.period) == "2018"


def test_overdue_keeps_the_last_ratio_and_native_class(look):
    answer = look({"2018": "50", "2021": "80"}, "100", "2022-12-31")
    assert (answer.status, answer.native) == (Status.OVERDUE, "moderate_progress")
    assert answer.ratio == pytest.approx((1.6 ** (1 / 3) - 1) / (2 ** (1 / 4) - 1))


def test_overdue_where_only_a_later_reading_exists(look):
    answer = look({"2023": "100"}, "100", "2022-12-31")
    assert answer.status is Status.OVERDUE
    assert {"met_late", "no_final_reading"} <= set(codes(answer))
    assert answer.latest is None


def test_an_earlier_reading_that_met_is_achieved_without_a_final_reading(look):
    answer = look({"2018": "50", "2021": "100"}, "100", "2022-12-31")
    assert answer.status is Status.ACHIEVED
    assert "no_final_reading" in codes(answer)


def test_after_the_deadline_a_missing_baseline_does_not_count(look):
    answer = look({"2022": "99"}, "100", "2022-12-31")
    assert answer.status is Status.MISSED
    assert "no_baseline" in codes(answer)


# --- met, kept, lost -----------------------------------------------------------------------------------


def test_met_but_getting_worse_is_at_risk(look):
    """Canada's road deaths: far below the ceiling of 70, and rising."""
    answer = look({"2015": "7.05", "2022": "12.58"}, "70", lower=True, unit="ratio")
    assert answer.status is Status.ACHIEVED
    assert {"at_risk", "met_at_baseline"} <= set(codes(answer))
    assert details(answer, "at_risk")["change"] == "5.53"


def test_at_risk_looks_at_the_last_five_years_only(look):
    figures = {"2014": "200", "2018": "110", "2023": "120"}
    assert "at_risk" not in codes(look(figures, "100"))
    assert "at_risk" in codes(look(figures | {"2018": "130"}, "100"))


def test_met_at_the_baseline_and_lost_since(look):
    answer = look({"2015": "90", "2020": "70"}, "80")
    assert (answer.status, codes(answer)[0]) == (Status.MOVING_AWAY, "lost_after_met")
    assert (answer.ratio, answer.progress) == (None, None)


def test_target_equal_to_its_baseline(look):
    lost = look({"2015": "80", "2020": "79"}, "80")
    assert lost.status is Status.MOVING_AWAY
    assert "target_equals_baseline" in codes(lost)
    assert lost.ratio is None
    assert look({"2015": "80", "2020": "80"}, "80").status is Status.ACHIEVED


def test_a_break_comes_after_a_met_target_and_before_everything_else(look):
    met = look({"2015": "50", "2020": "100"}, "100", breaks=["2018"])
    assert met.status is Status.ACHIEVED
    assert "break_in_series" in codes(met)
    unmet = look({"2015": "110", "2020": "90"}, "100", breaks=["2018"])
    assert (unmet.status, codes(unmet)[0]) == (Status.NOT_ASSESSABLE, "break_in_series")
    assert (unmet.ratio, unmet.progress, unmet.achieved_per_year) == (None, None, None)


def test_the_break_says_why(make):
    answer = assess(
        make.target("100"),
        make.indicator("count", breaks=["2018"]),
        make.series({"2017": "1", "2018": "2"}, "count"),
        as_of=date(2019, 1, 1),
    )
    assert details(answer, "break_in_series")["period"] == "2018"


# --- too little to measure from ------------------------------------------------------------------------


def test_one_observation_without_a_baseline(look):
    answer = look({"2020": "60"}, "100")
    assert (answer.status, codes(answer)[0]) == (Status.NOT_ASSESSABLE, "single_observation")
    assert details(answer, "single_observation")["distance"] == "40"
    assert "no_baseline" in codes(answer)


def test_a_reading_of_the_baseline_period_is_no_second_point(look):
    answer = look({"2020": "60"}, "100", baseline=("2020", "60"))
    assert (answer.status, codes(answer)[0]) == (Status.NOT_ASSESSABLE, "single_observation")


def test_a_stated_baseline_and_one_reading_are_two_points(look):
    answer = look({"2020": "60"}, "100", baseline=("2015", "30"))
    assert answer.status is Status.ON_TRACK
    assert "two_points" in codes(answer)
    assert "two_points" not in codes(look({"2018": "50", "2020": "60"}, "100", baseline=("2015", "30")))


def test_without_a_stated_baseline_the_first_observation_is_it(look):
    answer = look({"2015": "30", "2018": "50", "2020": "60"}, "100")
    assert (str(answer.baseline.period), int(answer.baseline.value)) == ("2015", 30)
    assert "two_points" not in codes(answer)


def test_baseline_after_the_deadline(look):
    answer = look({"2020": "3", "2021": "4"}, "5", "2020-06-30", baseline=("2020", "3"), as_of="2020-06-01")
    assert answer.status is Status.NOT_ASSESSABLE


# --- the ratio, its form and its thresholds ------------------------------------------------------------


def linear(look, latest):
    """From 0 in 2020 to 100 in 2030: half the way in time, so the ratio is latest / 50."""
    return look({"2020": "0", "2025": latest}, "100", unit="index", as_of="2026-01-01")


@pytest.mark.parametrize(
    ("latest", "status", "native"),
    [
        ("47.5", Status.ON_TRACK, "significant_progress"),
        ("47.4", Status.ACCELERATION_NEEDED, "moderate_progress"),
        ("30", Status.ACCELERATION_NEEDED, "moderate_progress"),
        ("29.9", Status.LIMITED_PROGRESS, "insufficient_progress"),
        ("0", Status.LIMITED_PROGRESS, "insufficient_progress"),
        ("-0.1", Status.MOVING_AWAY, "movement_away"),
    ],
)
def test_thresholds_are_inclusive_below(look, latest, status, native):
    answer = linear(look, latest)
    assert (answer.status, answer.native) == (status, native)
    assert answer.method == "rate-ratio/linear"


def test_no_change_is_a_ratio_of_nought(look):
    answer = look({"2015": "50", "2020": "50"}, "100")
    assert (answer.status, answer.ratio) == (Status.LIMITED_PROGRESS, 0.0)


@pytest.mark.parametrize(
    ("unit", "first", "latest", "value", "lower", "method"),
    [
        ("count", "10", "20", "40", False, "geometric"),
        ("VND", "10", "20", "40", False, "geometric"),
        ("ratio", "10", "20", "40", False, "geometric"),
        ("percent", "10", "20", "40", False, "geometric"),
        ("percent", "10", "20", "100", False, "linear"),
        ("percent", "30", "20", "0", True, "linear"),
        ("rank", "90", "80", "70", True, "linear"),
        ("index", "1", "2", "4", False, "linear"),
        ("count", "0", "20", "40", False, "linear"),
        ("USD", "-10", "20", "40", False, "linear"),
        ("USD", "-40", "-20", "-10", False, "linear"),
    ],
)
def test_the_form_follows_unit_and_numbers(look, unit, first, latest, value, lower, method):
    answer = look({"2015": first, "2020": latest}, value, unit=unit, lower=lower)
    assert answer.method == f"rate-ratio/{method}"


def test_towards_zero_the_linear_form_and_nothing_made_up(look):
    """A third of the way in eight of fifteen years is exactly 0.625; any stand-in for zero gives another."""
    answer = look({"2015": "30", "2023": "20"}, "0", lower=True)
    assert answer.ratio == pytest.approx(0.625)
    assert (answer.method, answer.status) == ("rate-ratio/linear", Status.ACCELERATION_NEEDED)
    assert "form_linear" in codes(answer)


def test_a_declared_geometric_form_gives_way_to_zero_and_says_so(look):
    answer = look({"2015": "0", "2023": "20"}, "40", method="rate-ratio/geometric")
    assert answer.method == "rate-ratio/linear"
    assert "form_linear" in codes(answer)


def test_form_sensitive(look):
    """A doubling in half the time: behind on a straight line, exactly on a growth path."""
    answer = look({"2020": "10", "2025": "20"}, "40", as_of="2026-03-01")
    assert answer.status is Status.ON_TRACK
    assert details(answer, "form_sensitive") == {
        "method": "rate-ratio/linear",
        "other": "acceleration_needed",
    }


def test_paces(look):
    answer = look({"2015": "30", "2020": "60"}, "100", by="2025-12-31")
    assert answer.achieved_per_year == pytest.approx(6)
    assert answer.required_per_year == pytest.approx(8)
    assert answer.progress == pytest.approx(30 / 70)
    assert "unprecedented_pace" in codes(answer)
    assert details(answer, "unprecedented_pace") == {"required": "8", "best": "6", "unit": "count"}
    faster = look({"2015": "30", "2018": "54", "2020": "60"}, "100", by="2025-12-31")
    assert "unprecedented_pace" not in codes(faster)


def test_progress_is_not_clipped(look):
    assert look({"2015": "50", "2020": "40"}, "100").progress == pytest.approx(-0.2)
    assert look({"2015": "50", "2020": "125"}, "100").progress == pytest.approx(1.5)
    assert look({"2015": "50", "2020": "125"}, "100").required_per_year == 0


@pytest.mark.parametrize(
    ("period", "as_of", "stale"),
    [
        ("2020", "2022-12-31", False),
        ("2020", "2023-01-01", True),
        ("2020-Q4", "2021-06-01", False),
        ("2020-Q4", "2021-08-01", True),
        ("2020-12", "2021-02-20", False),
        ("2020-12", "2021-03-15", True),
        ("2020-12-15", "2022-06-01", False),
        ("2020-12-15", "2023-06-01", True),
    ],
)
def test_stale_is_older_than_twice_its_period(look, period, as_of, stale):
    answer = look({period: "60"}, "100", baseline=("2015", "30"), as_of=as_of)
    assert ("stale" in codes(answer)) is stale
    assert answer.status is not Status.NOT_ASSESSABLE


def test_a_settled_deadline_is_not_stale(look):
    assert "stale" not in codes(look({"2018": "1", "2022": "9"}, "9", "2022-12-31", as_of="2030-01-01"))


# --- intervals and conflicts ---------------------------------------------------------------------------


def test_rounding_can_span_a_threshold(look):
    """Statistics Canada 1.2.1: 10.2 is on track, 10.25 would not be."""
    answer = look({"2023": "10.2"}, "7.25", lower=True, unit="percent", baseline=("2015", "14.5"))
    assert answer.status is Status.ON_TRACK
    assert answer.ratio == pytest.approx(0.9525901792)
    assert details(answer, "ambiguous")["other"] == "acceleration_needed"


def test_a_finer_print_is_certain(look):
    answer = look({"2023": "10.20"}, "7.25", lower=True, unit="percent", baseline=("2015", "14.5"))
    assert "ambiguous" not in codes(answer)


def test_a_whole_count_is_not_rounded(look):
    assert "ambiguous" not in codes(look({"2020": "35"}, "35", baseline=("2015", "10")))


@pytest.mark.parametrize(
    ("qualifier", "value", "other"),
    [
        ("more_than", "90", "achieved"),
        ("at_least", "90", "achieved"),
        ("about", "98", "achieved"),
        ("almost", "100", "on_track"),
        ("less_than", "99", "on_track,acceleration_needed,limited_progress,moving_away"),
    ],
)
def test_hedges_make_an_interval(make, qualifier, value, other):
    readings = [make.observation("2025", value, unit="count", qualifier=qualifier)]
    answer = assess(
        make.target("100", "2030-12-31", baseline=("2020", "50")),
        make.indicator("count"),
        make.series(readings),
        as_of=date(2026, 1, 1),
    )
    said = details(answer, "ambiguous")["other"].split(",")
    assert set(said) <= set(other.split(","))
    assert said


def test_the_declared_hedge_decides_what_about_means(make):
    readings = [make.observation("2025", "98", unit="count", qualifier="about")]
    target = make.target("100", "2030-12-31", baseline=("2020", "50"))
    series, day = make.series(readings), date(2026, 1, 1)
    narrow = assess(target, make.indicator("count"), series, as_of=day, hedge=Decimal("0.01"))
    assert "ambiguous" not in codes(narrow)


def test_a_range_is_judged_by_its_weaker_end(make):
    readings = [make.observation("2025", "90", unit="count", high="110")]
    answer = assess(
        make.target("100", "2030-12-31", baseline=("2020", "50")),
        make.indicator("count"),
        make.series(readings),
        as_of=date(2026, 1, 1),
    )
    assert answer.status is Status.ON_TRACK
    assert details(answer, "ambiguous")["other"] == "achieved"


def test_sources_that_disagree(make):
    readings = [make.observation("2025", "90", unit="count", against=["52"])]
    answer = assess(
        make.target("100", "2030-12-31", baseline=("2020", "50")),
        make.indicator("count"),
        make.series(readings),
        as_of=date(2026, 1, 1),
    )
    assert details(answer, "conflict") == {"values": "52", "unit": "count", "other": "limited_progress"}


# --- ranks ---------------------------------------------------------------------------------------------


def test_rank_among_a_moving_number(make):
    """47 of 168 is 49.2 of 176: by the raw rank it got worse, among as many it improved."""
    readings = [
        make.observation("2020", "47", unit="rank", of=168),
        make.observation("2022", "48", unit="rank", of=176),
    ]
    answer = assess(
        make.target("40", "2030-12-31", comparator="at_most"),
        make.indicator("rank", "lower"),
        make.series(readings),
        as_of=date(2023, 1, 1),
    )
    assert (answer.status, answer.method) == (Status.MOVING_AWAY, "rate-ratio/linear")
    said = details(answer, "denominator_sensitive")
    assert (said["equivalent"], said["before"], said["of"]) == ("49.2", "72.5", "176")


def test_the_total_of_a_completed_count_is_no_ranking(make):
    readings = [
        make.observation("2020", "47", unit="count", of=168),
        make.observation("2022", "46", unit="count", of=176),
    ]
    answer = assess(make.target("100"), make.indicator("count"), make.series(readings), as_of=date(2023, 1, 1))
    assert "denominator_sensitive" not in codes(answer)


# --- the other methods ---------------------------------------------------------------------------------

STEADY = {str(year): str(50 + 3 * (year - 2018)) for year in range(2018, 2024)}


@pytest.mark.parametrize(
    ("method", "value", "native", "status"),
    [
        ("rate-ratio/geometric", "86", "significant_progress", Status.ON_TRACK),
        ("rate-ratio/linear", "120", "insufficient_progress", Status.LIMITED_PROGRESS),
        ("statcan", "86", "on_track", Status.ON_TRACK),
        ("unsd", "86", "3", Status.ON_TRACK),
        ("unsd", "150", "2", Status.ACCELERATION_NEEDED),
        ("escap", "86", "maintain", Status.ON_TRACK),
        ("escap", "120", "accelerate", Status.ACCELERATION_NEEDED),
        ("destatis", "86", "sun", Status.ON_TRACK),
        ("destatis", "90", "slightly_cloudy", Status.ACCELERATION_NEEDED),
        ("destatis", "120", "cloud", Status.LIMITED_PROGRESS),
        ("sdsn", "86", "on_track", Status.ON_TRACK),
        ("sdsn", "110", "moderately_improving", Status.ACCELERATION_NEEDED),
        ("sdsn", "130", "stagnating", Status.LIMITED_PROGRESS),
    ],
)
def test_classes_of_each_method(look, method, value, native, status):
    answer = look(STEADY, value, method=method)
    assert (answer.native, answer.status, answer.method) == (native, status, method)
    assert answer.native in METHODS[method].classes


@pytest.mark.parametrize(
    ("method", "native"),
    [
        ("statcan", "deterioration"),
        ("unsd", "1"),
        ("escap", "reverse"),
        ("destatis", "thunderstorm"),
        ("sdsn", "decreasing"),
    ],
)
def test_every_method_knows_the_way_back(look, method, native):
    falling = {str(year): str(80 - 3 * (year - 2018)) for year in range(2018, 2024)}
    answer = look(falling, "100", method=method)
    assert (answer.native, answer.status) == (native, Status.MOVING_AWAY)


def test_native_is_given_after_the_deadline_too(look):
    for method in METHODS:
        missed = look(STEADY, "90", "2023-12-31", method=method)
        assert (missed.status, missed.native is not None) == (Status.MISSED, True), method


def test_destatis_needs_four_points(look):
    answer = look({"2020": "10", "2021": "11", "2022": "12"}, "30", method="destatis")
    assert (answer.status, answer.native) == (Status.NOT_ASSESSABLE, None)
    assert details(answer, "too_few_points") == {"count": "3", "needed": "4"}


def test_statistics_canada_flips_an_all_negative_series_and_refuses_mixed_signs(look):
    flipped = look({"2015": "-40", "2020": "-20"}, "-10", unit="USD", method="statcan")
    assert flipped.status is Status.ON_TRACK
    mixed = look({"2015": "-40", "2020": "20"}, "30", unit="USD", method="statcan")
    assert (mixed.status, mixed.native) == (Status.NOT_ASSESSABLE, "not_assessable")
    assert "growth_undefined" in codes(mixed)


def test_statistics_canada_dates_a_period_of_years_by_its_first(look):
    spread = look({"2020/2021": "60"}, "100", baseline=("2015", "30"), method="statcan", unit="index")
    single = look({"2020": "60"}, "100", baseline=("2015", "30"), method="statcan", unit="index")
    assert spread.ratio == single.ratio


def test_within_a_point_of_a_whole_is_a_three_for_the_united_nations(look):
    answer = look({"2015": "99.1", "2020": "99.2"}, "100", unit="percent", method="unsd")
    assert (answer.native, answer.status) == ("3", Status.ON_TRACK)


# --- the outlook ---------------------------------------------------------------------------------------


def test_the_recent_years_may_say_otherwise(look):
    """Far ahead in the first years, at a standstill since: the headline alone would hide it."""
    stalled = {
        "2010": "10",
        "2018": "60",
        "2019": "60",
        "2020": "60",
        "2021": "60",
        "2022": "60",
        "2023": "60",
    }
    answer = look(stalled, "70")
    assert answer.status is Status.ON_TRACK
    assert details(answer, "projection_disagrees") == {"status": "on_track", "symbol": "thunderstorm"}


def test_two_points_give_no_projection(look):
    assert look({"2018": "50", "2020": "60"}, "100").projection is None


def test_three_points_give_a_very_wide_one(look):
    answer = look({"2018": "50", "2019": "57", "2020": "60"}, "100")
    assert "very_wide" in codes(answer)
    shown = answer.projection
    assert shown.low < shown.value < shown.high
    assert shown.by == date(2030, 12, 31)


def test_a_perfect_line_has_no_interval(look):
    answer = look(STEADY, "100")
    assert "degenerate_fit" in codes(answer)
    assert (answer.projection.low, answer.projection.high) == (None, None)
    assert answer.projection.value == pytest.approx(86)


def test_a_bounded_percentage_never_leaves_its_bounds(look):
    rising = {"2018": "70", "2019": "82", "2020": "88", "2021": "95"}
    answer = look(rising, "99", unit="percent")
    assert answer.projection.method == "ols/logit"
    assert answer.projection.high < 100
    at_bound = look(rising, "100", unit="percent")
    assert at_bound.projection.method == "ols/level"
    assert "at_bound" in codes(at_bound)


def test_outlook_shows_what_the_points_allow(make):
    def shown(count):
        figures = {str(2010 + n): str(100 + 5 * n + (n * n * 7) % 5) for n in range(count)}
        found = outlook(
            make.target("200"), make.indicator("count"), make.series(figures, "count"), as_of=date(2024, 1, 1)
        )
        return [one.projection.method.split("/")[0] for one in found.trends]

    assert shown(2) == []
    assert shown(3) == ["ols", "drift"]
    assert shown(4) == ["ols", "drift", "theil-sen"]
    assert shown(10) == ["ols", "drift", "theil-sen", "holt-damped"]


def test_outlook_gives_the_sum_the_plan_and_a_rounded_chance(make):
    figures = {"2015": "100", "2017": "131", "2019": "155", "2021": "190"}
    found = outlook(
        make.target("300", "2029-12-31"),
        make.indicator("index"),
        make.series(figures, "index"),
        as_of=date(2022, 12, 31),
    )
    assert found.method.id == "rate-ratio/linear"
    shown = {name: float(number) for name, number in found.numbers}
    assert (shown["baseline"], shown["latest"], shown["target"]) == (100, 190, 300)
    assert (shown["years_elapsed"], shown["years_in_all"]) == (6, 14)
    assert shown["ratio"] == pytest.approx((90 / 6) / (200 / 14))
    assert float(found.planned_now) == pytest.approx(200)
    assert found.second_line.native == "sun"
    chances = [one.p_hit_if_trend_continues for one in found.trends if one.p_hit_if_trend_continues is not None]
    assert chances
    assert all(chance % 5 == 0 for chance in chances)


@pytest.mark.parametrize(("value", "chance"), [("270", 100), ("300", 30), ("310", 5), ("330", 0)])
def test_interval_and_chance_of_the_line(make, value, chance):
    """Worked out with another implementation of the t distribution; a chance never makes a status."""
    figures = {"2015": "100", "2017": "131", "2019": "155", "2021": "185"}
    found = outlook(
        make.target(value, "2029-12-31"),
        make.indicator("index"),
        make.series(figures, "index"),
        as_of=date(2022, 12, 31),
    )
    line, carried = found.trends[0], found.trends[1]
    shown = line.projection
    assert (shown.low, shown.value, shown.high) == pytest.approx((279.7454, 296.2, 312.6546), abs=1e-3)
    assert line.p_hit_if_trend_continues == chance
    assert carried.projection.value == pytest.approx(298.3333, abs=1e-3)
    if value == "310":
        assert carried.p_hit_if_trend_continues == 20


# --- deltas --------------------------------------------------------------------------------------------


def test_deltas_oldest_first_with_the_break_marked(make):
    found = deltas(
        make.indicator("count", breaks=["2021"]),
        make.series({"2018": "50", "2020": "40", "2021": "44", "2021-12-31": "44"}, "count"),
    )
    assert [float(one.absolute) for one in found] == [-10, 4, 0]
    assert [float(one.percent) for one in found] == [-20, 10, 0]
    assert [one.per_year if one.per_year is None else float(one.per_year) for one in found] == [-5, 4, None]
    assert [one.across_break for one in found] == [False, True, False]


def test_a_figure_of_the_very_day_of_a_break_is_after_it(make):
    (only,) = deltas(
        make.indicator("count", breaks=["2021-12-15"]),
        make.series({"2021-12-14": "1", "2021-12-15": "2"}, "count"),
    )
    assert only.across_break


def test_deltas_from_nothing_and_below_zero(make):
    assert deltas(make.indicator("count"), make.series({}, "count")) == ()
    assert deltas(make.indicator("count"), make.series({"2020": "1"}, "count")) == ()
    (from_zero,) = deltas(make.indicator("count"), make.series({"2020": "0", "2021": "5"}, "count"))
    assert from_zero.percent is None
    (up,) = deltas(make.indicator("USD"), make.series({"2020": "-10", "2021": "-5"}, "USD"))
    assert float(up.percent) == 50
