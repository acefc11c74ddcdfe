"""Evidence to observations: repetition, revision, conflict, doubt, decisions, and the law of order."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.domain.indicator import Better, Indicator
from tracker.domain.observation import Decision, DoubtReason, Evidence, Series, Verdict
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.series import build_series, known_by, unfold, vintages
from tracker.series.agreement import compatible

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
_ids = iter(range(1, 10**9))


def indicator(unit: Unit = Unit.PERCENT, scope: frozenset[str] = frozenset({"Vietnam"})) -> Indicator:
    return Indicator("share", (("en", "Share"),), (), unit, Better.HIGHER, "Vietnam", scope)


def piece(value: str, period: str = "2024", published: str = "2025-01-10", **more: object) -> Evidence:
    """One piece of evidence; ``more``: any field of it, and ``unit``, ``high``, ``hedge``, ``of``."""
    high = more.pop("high", None)
    figure = Figure(
        Decimal(value),
        str(more.pop("unit", "percent")),
        None if high is None else Decimal(str(high)),
        Qualifier(str(more.pop("hedge", "exact"))),
        more.pop("of", None),  # type: ignore[arg-type]
    )
    fields: dict[str, object] = {
        "id": next(_ids),
        "indicator": "share",
        "area": "Vietnam",
        "kind": Kind.OBSERVATION,
        "figure": figure,
        "period": Period.parse(period),
        "period_stated": True,
        "published": Published(Period.parse(published), "given"),
        "source": "press",
        "doc": f"{published}.html",
        "quote": f"đạt {value}",
        "start": 0,
        "end": 10,
        "snapshot": "s1",
        "rule_version": "1",
        "confidence": 0.95,
        "accepted": True,
        "recorded_at": NOON,
    }
    return Evidence(**(fields | more))  # type: ignore[arg-type]


def series(*evidence: Evidence, unit: Unit = Unit.PERCENT, decisions: tuple[Decision, ...] = (), **rank: int) -> Series:
    return build_series(indicator(unit), "Vietnam", evidence, decisions, source_rank=rank)


def values(found: Series) -> list[tuple[str, Decimal]]:
    return [(str(one.period), one.figure.value) for one in found.observations]


def reasons(found: Series) -> list[DoubtReason]:
    return [one.reason for one in found.doubtful]


def say(one: Evidence, verdict: Verdict, at: datetime = NOON + timedelta(days=1)) -> Decision:
    return Decision(one.id, verdict, "lan", at)


def test_a_repeated_figure_is_one_observation_with_more_evidence() -> None:
    first, again = piece("97.3"), piece("97.3", published="2025-02-01", source="other", hedge="estimated")
    (only,) = series(again, first).observations
    assert only.evidence == (first, again)
    assert (only.published.day, only.source, only.revised, only.conflicting) == (
        date(2025, 1, 10),
        "press",
        (),
        (),
    )


@pytest.mark.parametrize(
    ("vague", "exact"),
    [
        (piece("97", hedge="more_than"), piece("97.3")),
        (piece("97"), piece("97.3")),
        (piece("98", hedge="almost"), piece("97.3")),
        (piece("97", high="98"), piece("97.3")),
        (piece("97", hedge="about"), piece("97.3", hedge="estimated")),
    ],
)
def test_a_rough_and_an_exact_figure_of_one_document_are_one_fact(vague: Evidence, exact: Evidence) -> None:
    (only,) = series(vague, exact).observations
    assert only.lead is exact
    assert only.evidence == (exact, vague)
    assert not only.conflicting
    assert not only.revised


def test_an_older_article_found_late_displaces_nothing() -> None:
    new, old = piece("97", published="2025-03-01"), piece("95", published="2025-01-01")
    for order in ((new, old), (old, new)):
        (only,) = series(*order).observations
        assert only.figure.value == 97
        assert only.revised == (old,)


def test_revisions_are_kept_newest_first() -> None:
    days = ["2025-01-01", "2025-02-01", "2025-03-01"]
    first, second, third = (piece(value, published=day) for value, day in zip(("91", "93", "95"), days, strict=True))
    (only,) = series(second, third, first).observations
    assert only.revised == (second, first)
    assert only.evidence == (third,)


def test_a_finer_figure_of_the_same_source_refines_and_a_rounder_one_does_not() -> None:
    rough, fine, rough_again = (
        piece("97", published="2025-01-01"),
        piece("97.3", published="2025-02-01"),
        piece("97", published="2025-03-01"),
    )
    (only,) = series(rough, fine, rough_again).observations
    assert only.figure.value == Decimal("97.3")
    assert only.revised == (rough,)
    assert only.evidence == (fine, rough_again)


def test_a_document_changed_in_place_is_a_revision() -> None:
    before = piece("96", doc="a.html", snapshot="s1")
    after = piece("97", doc="a.html", snapshot="s2", recorded_at=NOON + timedelta(hours=1))
    (only,) = series(after, before).observations
    assert only.figure.value == 97
    assert only.revised == (before,)


def test_a_sentence_that_only_moved_revises_nothing() -> None:
    right, wrong = piece("97.3", doc="a.html"), piece("85", doc="a.html", start=90, kind=Kind.REFERENCE)
    moved = piece(
        "85", doc="a.html", start=99, snapshot="s2", kind=Kind.REFERENCE, recorded_at=NOON + timedelta(days=1)
    )
    (only,) = series(right, wrong, moved).observations
    assert only.lead is right
    assert [one.figure.value for one in only.conflicting] == [85]


def test_two_figures_of_one_reading_the_observation_leads_and_the_other_conflicts() -> None:
    meant, beside = piece("91", start=50, hedge="about"), piece("70", start=5, kind=Kind.REFERENCE)
    (only,) = series(beside, meant).observations
    assert only.lead is meant
    assert only.conflicting == (beside,)


def test_sources_that_disagree_conflict_and_the_later_leads() -> None:
    one, two = piece("95", published="2025-01-01"), piece("97", published="2025-02-01", source="office")
    (only,) = series(one, two).observations
    assert (only.figure.value, only.conflicting) == (97, (one,))
    assert series(one, two).conflicts == 1


def test_the_trusted_source_leads_whatever_its_date() -> None:
    one, two = piece("95", published="2025-01-01", source="office"), piece("97", published="2025-02-01")
    (only,) = series(one, two, office=1).observations
    assert (only.figure.value, only.conflicting) == (95, (two,))


def test_a_copy_from_before_the_revision_is_no_conflict_and_one_from_after_is() -> None:
    old, new = piece("95", published="2025-01-01"), piece("97", published="2025-03-01")
    copy = piece("95", published="2025-01-05", source="blog")
    late = piece("95", published="2025-04-01", source="blog")
    (only,) = series(old, new, copy).observations
    assert (only.figure.value, only.conflicting) == (97, ())
    assert [one.figure.value for one in only.revised] == [95]
    assert series(old, new, late).conflicts == 1


def test_a_persons_yes_settles_a_conflict_until_something_new_is_said() -> None:
    one, two = piece("95", published="2025-01-01"), piece("97", published="2025-02-01", source="office")
    yes = say(one, Verdict.ACCEPT)
    settled = series(one, two, decisions=(yes,))
    assert (values(settled), settled.conflicts) == ([("2024", 95)], 0)
    assert [(doubt.evidence, doubt.reason) for doubt in settled.doubtful] == [(two, DoubtReason.REJECTED)]
    later = yes.at + timedelta(days=1)
    again = piece("97", published="2025-05-01", source="office", recorded_at=later)
    assert series(one, two, again, decisions=(yes,)).conflicts == 0
    fresh = piece("98", published="2025-05-01", source="office", recorded_at=later)
    reopened = series(one, two, fresh, decisions=(yes,))
    assert (values(reopened), reopened.conflicts) == ([("2024", 95)], 1)


def test_after_a_persons_yes_the_same_source_may_still_revise() -> None:
    one = piece("95", published="2025-01-01")
    yes = say(one, Verdict.ACCEPT)
    newer = piece("96", published="2025-08-01", recorded_at=yes.at + timedelta(days=1))
    (only,) = series(one, newer, decisions=(yes,)).observations
    assert (only.figure.value, only.revised) == (96, (one,))


def test_a_rejected_piece_goes_and_the_newest_word_counts() -> None:
    one, two = piece("95", published="2025-01-01"), piece("97", published="2025-02-01", source="office")
    no = say(two, Verdict.REJECT)
    found = series(one, two, decisions=(no,))
    assert (values(found), found.conflicts, reasons(found)) == ([("2024", 95)], 0, [DoubtReason.REJECTED])
    back = say(two, Verdict.ACCEPT, no.at + timedelta(hours=1))
    assert values(series(one, two, decisions=(back, no))) == [("2024", 97)]


def test_a_word_holds_for_the_same_words_elsewhere_in_the_document() -> None:
    here = piece("97", doc="a.html", quote="đạt 97%")
    moved = piece("97", doc="a.html", quote="đạt 97%", start=40, snapshot="s2")
    assert values(series(here, moved, decisions=(say(here, Verdict.REJECT),))) == []


@pytest.mark.parametrize(
    ("unit", "one", "reason"),
    [
        (Unit.PERCENT, piece("112"), DoubtReason.OUTSIDE_DOMAIN),
        (Unit.PERCENT, piece("-2.5"), None),
        (Unit.PERCENT, piece("100"), None),
        (Unit.PERCENT, piece("97", accepted=False), DoubtReason.LOW_CONFIDENCE),
        (Unit.PERCENT, piece("97", unit="count"), DoubtReason.OUTSIDE_DOMAIN),
        (Unit.RANK, piece("0", unit="rank"), DoubtReason.OUTSIDE_DOMAIN),
        (Unit.RANK, piece("72", unit="rank", of=70), DoubtReason.OUTSIDE_DOMAIN),
        (Unit.RANK, piece("71", unit="rank", of=193), None),
        (Unit.COUNT, piece("-3", unit="count"), DoubtReason.OUTSIDE_DOMAIN),
        (Unit.USD, piece("-3000000000", unit="USD"), None),
    ],
)
def test_a_figure_that_cannot_be_is_held(unit: Unit, one: Evidence, reason: DoubtReason | None) -> None:
    found = series(one, unit=unit)
    assert reasons(found) == ([] if reason is None else [reason])
    assert bool(found.observations) is (reason is None)


def test_a_rejected_repetition_is_no_evidence() -> None:
    good, bad = piece("97"), piece("97", published="2025-02-01", source="blog")
    found = series(good, bad, decisions=(say(bad, Verdict.REJECT),))
    assert found.observations[0].evidence == (good,)
    assert reasons(found) == [DoubtReason.REJECTED]


def test_a_rough_word_is_not_revised_by_the_exact_figure() -> None:
    rough, fine = piece("97", published="2025-01-01", hedge="more_than"), piece("97.3", published="2025-02-01")
    (only,) = series(rough, fine).observations
    assert (only.evidence, only.revised) == ((fine, rough), ())


def test_what_new_rules_read_out_of_the_same_bytes_is_no_revision() -> None:
    meant = piece("97.3", doc="a.html")
    extra = piece("85", doc="a.html", start=90, kind=Kind.REFERENCE, recorded_at=NOON + timedelta(days=9))
    (only,) = series(meant, extra).observations
    assert (only.lead, only.conflicting) == (meant, (extra,))


def test_what_is_no_number_in_the_unit_is_not_used_whatever_a_person_says() -> None:
    other, nothing = piece("97", unit="count"), piece("NaN")
    words = (say(other, Verdict.ACCEPT), say(nothing, Verdict.ACCEPT))
    found = series(other, nothing, piece("96", "2023"), decisions=words)
    assert (values(found), reasons(found)) == ([("2023", 96)], [DoubtReason.OUTSIDE_DOMAIN] * 2)


def test_a_vague_early_word_does_not_date_the_revision() -> None:
    vague = piece("90", published="2025-01-01", hedge="more_than")
    old, new = piece("85", published="2025-02-01"), piece("97", published="2025-03-01")
    copy = piece("85", published="2025-02-05", source="blog")
    (only,) = series(vague, old, new, copy).observations
    assert (only.figure.value, only.conflicting) == (97, ())


def test_an_indicator_that_was_below_nought_has_no_ceiling() -> None:
    low, high = piece("-3", "2023", "2024-01-01"), piece("130", "2024")
    assert values(series(low, high)) == [("2023", -3), ("2024", 130)]
    earlier = piece("130", "2022", "2023-01-01")
    assert reasons(series(low, earlier)) == [DoubtReason.OUTSIDE_DOMAIN]


@pytest.mark.parametrize("slip", ["9.7", "0.97", "970000"])
def test_a_slip_of_the_decimal_point_is_held_until_a_person_says_yes(slip: str) -> None:
    before = piece("96", "2023", "2024-01-01", unit="index")
    wrong = piece(slip, "2024", unit="index")
    found = series(before, wrong, unit=Unit.INDEX)
    assert (values(found), reasons(found)) == ([("2023", 96)], [DoubtReason.DECIMAL_JUMP])
    assert len(series(before, wrong, unit=Unit.INDEX, decisions=(say(wrong, Verdict.ACCEPT),)).observations) == 2


def test_what_is_no_slip() -> None:
    start = piece("20", "2023", "2024-01-01", unit="count")
    assert len(series(start, piece("80", unit="count"), unit=Unit.COUNT).observations) == 2
    assert len(series(piece("9", "2015", "2016-01-01"), piece("90")).observations) == 2
    month = piece("30", "2023-09", "2023-10-01", unit="USD")
    assert len(series(month, piece("360", "2023", "2024-01-01", unit="USD"), unit=Unit.USD).observations) == 2
    rank = piece("80", "2023", "2024-01-01", unit="rank")
    assert len(series(rank, piece("8", unit="rank"), unit=Unit.RANK).observations) == 2


def test_what_is_published_later_does_not_make_an_earlier_figure_doubtful() -> None:
    early, late = piece("9.7", "2023", "2024-01-01"), piece("97", "2024", "2025-01-01")
    assert [one.evidence for one in series(late, early).doubtful] == [late]


def test_a_doubtful_repetition_of_the_accepted_figure_is_more_evidence() -> None:
    unsure = piece("97", published="2025-01-01", accepted=False)
    sure = piece("97", published="2025-02-01", source="office")
    found = series(unsure, sure)
    assert reasons(found) == []
    assert found.observations[0].evidence == (sure, unsure)


def test_only_levels_of_the_tracked_series_count() -> None:
    others = [piece("97", kind=kind) for kind in (Kind.TARGET, Kind.FORECAST, Kind.DELTA)]
    found = series(*others, piece("97", area="World"), piece("97", indicator="rank"))
    assert (found.observations, found.doubtful) == ((), ())
    world = build_series(indicator(), "World", [piece("97", area="World")], ())
    assert world.observations == ()


def test_the_same_days_are_one_reference_period_however_written() -> None:
    found = series(piece("97", "2024"), piece("97", "2024-01/2024-12", "2025-02-01"))
    assert values(found) == [("2024", 97)]


def test_vintages_and_what_was_known() -> None:
    old, again, new = (
        piece("95", published="2025-01-01"),
        piece("95", published="2025-02-01"),
        piece("97", published="2025-03-01"),
    )
    found = vintages(indicator(), "Vietnam", [new, again, old], [], Period.year(2024))
    assert [(one.day, one.observation and one.observation.figure.value) for one in found] == [
        (date(2025, 1, 1), 95),
        (date(2025, 3, 1), 97),
    ]
    assert known_by([old, again, new], date(2025, 2, 1)) == [old, again]
    assert known_by([piece("1", published="2025")], date(2025, 12, 30)) == []


PIECES = st.lists(
    st.builds(
        piece,
        st.sampled_from(["9", "9.7", "90", "96.6", "97", "97.3", "97.4", "112", "-4"]),
        st.sampled_from(["2022", "2023", "2024", "2024-12", "2024-01/2024-12"]),
        st.sampled_from(["2023", "2024-05-02", "2025-01-10", "2025-02"]),
        source=st.sampled_from(["press", "office", "blog"]),
        doc=st.sampled_from(["a", "b"]),
        start=st.integers(0, 3),
        hedge=st.sampled_from(list(Qualifier)),
        kind=st.sampled_from([Kind.OBSERVATION, Kind.REFERENCE]),
        accepted=st.sampled_from([True, True, True, False]),
        snapshot=st.sampled_from(["s1", "s2"]),
        recorded_at=st.sampled_from([NOON, NOON + timedelta(days=3)]),
    ),
    max_size=9,
)


def _decided(pieces: list[Evidence], seed: int) -> list[Decision]:
    chance = random.Random(seed)
    return [
        say(one, chance.choice(list(Verdict)), NOON + timedelta(days=chance.randint(0, 5)))
        for one in pieces
        if chance.random() < 0.2
    ]


@settings(max_examples=150, deadline=None)
@given(PIECES, st.randoms(use_true_random=False), st.integers(0, 999))
def test_the_order_of_arrival_has_no_say(pieces: list[Evidence], chance: random.Random, seed: int) -> None:
    decisions = _decided(pieces, seed)
    expected = build_series(indicator(), "Vietnam", pieces, decisions, source_rank={"office": 1})
    chance.shuffle(pieces)
    chance.shuffle(decisions)
    assert build_series(indicator(), "Vietnam", pieces, decisions, source_rank={"office": 1}) == expected


@settings(max_examples=150, deadline=None)
@given(PIECES, st.integers(0, 999))
def test_nothing_is_lost_and_periods_are_unique(pieces: list[Evidence], seed: int) -> None:
    found = build_series(indicator(), "Vietnam", pieces, _decided(pieces, seed))
    spans = [(one.period.start, one.period.end) for one in found.observations]
    assert len(spans) == len(set(spans))
    assert spans == sorted(spans, key=lambda span: (span[1], span[0]))
    shown = [e for one in found.observations for e in (*one.evidence, *one.revised, *one.conflicting)]
    shown += [doubt.evidence for doubt in found.doubtful]
    for one in pieces:
        beside = [e.figure for e in shown if (e.period.start, e.period.end) == (one.period.start, one.period.end)]
        assert any(compatible(one.figure, figure) for figure in beside)


@settings(max_examples=200, deadline=None)
@given(PIECES, st.integers(0, 999))
def test_in_one_go_it_is_what_it_is_day_by_day(pieces: list[Evidence], seed: int) -> None:
    decisions = _decided(pieces, seed)
    days = list(unfold(indicator(), "Vietnam", pieces, decisions, source_rank={"office": 1}))
    assert [day for day, _ in days] == sorted({one.published.day for one in pieces})
    for day, found in days:
        known = known_by(pieces, day)
        assert found == build_series(indicator(), "Vietnam", known, decisions, source_rank={"office": 1})


def test_a_word_on_words_that_are_published_again_also_judges_their_past() -> None:
    """The page keeps its sentence and takes a new date; a person rejects it there."""
    first, other = piece("70"), piece("71", source="office")
    again = piece("70", published="2025-03-01", doc=first.doc)
    days = dict(unfold(indicator(), "Vietnam", [first, other, again], [say(again, Verdict.REJECT)]))
    before, after = days[date(2025, 1, 10)], days[date(2025, 3, 1)]
    assert {len(one.observations[0].conflicting) for one in (before,)} == {1}
    assert after.observations[0].conflicting == ()


@settings(max_examples=100, deadline=None)
@given(PIECES, st.dates(date(2023, 1, 1), date(2025, 12, 31)))
def test_what_is_published_later_never_alters_the_past(pieces: list[Evidence], as_of: date) -> None:
    more = [*pieces, piece("55", published="2026-01-01"), piece("12", "2023", published="2026-02-01")]
    past = build_series(indicator(), "Vietnam", known_by(pieces, as_of), ())
    assert build_series(indicator(), "Vietnam", known_by(more, as_of), ()) == past


def test_a_slip_in_a_table_is_held_like_one_in_prose() -> None:
    by_hand = {"rule_version": "table", "snapshot": None, "doc": "figures.csv", "source": "import"}
    rows = [piece(value, period, f"{period}-12-31", **by_hand) for period, value in (("2019", "96"), ("2020", "960"))]
    assert values(series(*rows)) == [("2019", Decimal(96))]
    assert reasons(series(*rows)) == [DoubtReason.OUTSIDE_DOMAIN]


def test_a_corrected_table_revises_its_row_instead_of_contradicting_it() -> None:
    by_hand = {"rule_version": "table", "snapshot": None, "doc": "figures.csv", "source": "import"}
    for wrong, right in (("97", "96"), ("96", "97")):
        first = piece(wrong, published="2024-12-31", **by_hand)
        second = piece(right, published="2024-12-31", recorded_at=NOON + timedelta(days=1), **by_hand)
        (only,) = series(first, second).observations
        assert (only.figure.value, only.revised, only.conflicting) == (Decimal(right), (first,), ())
    # Two rows of one import that differ contradict each other.
    (only,) = series(piece("96", **by_hand), piece("97", **by_hand)).observations
    assert len(only.conflicting) == 1
