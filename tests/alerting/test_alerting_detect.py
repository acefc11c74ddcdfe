import json
from datetime import date, timedelta

import pytest

from tracker.alerting import State, detect
from tracker.domain.alert import AlertType
from tracker.domain.assessment import Status
from tracker.domain.indicator import Better
from tracker.domain.observation import DoubtReason
from tracker.domain.source import Health, SourceState

PLACE = ("ho-so", "Vietnam")


def types(alerts):
    return [alert.type for alert in alerts]


def seen(make, before, after, **watched):
    old = State(series={} if before is None else {PLACE: before})
    return detect(old, State(series={PLACE: after}), make.now, make.watched(targets={}, **watched))


def judged(make, before, after, **watched):
    old = State(assessments={} if before is None else {"ho-so-80": before})
    return detect(old, State(assessments={"ho-so-80": after}), make.now, make.watched(**watched))


def test_nothing_happened_nothing_is_told(make):
    same = make.series(make.observation("60", "2023"), make.observation("55", "2024"))
    assert seen(make, same, same) == []


def test_a_new_reference_period_is_an_observation_with_its_proof(make):
    old = make.observation("60", "2023")
    (alert,) = seen(make, make.series(old), make.series(old, make.observation("65.5", "2024")))
    assert alert.type is AlertType.OBSERVATION
    assert alert.data["value"] == 65.5
    assert alert.data["period"] == "2024"
    assert alert.data["quote"] == "Tỷ lệ hồ sơ trực tuyến đạt 65.5%"
    assert alert.data["previous"]["value"] == 60
    assert isinstance(alert.data["previous"]["value"], int)
    assert alert.data["delta"] == {"absolute": 5.5}
    assert "65,5 % (năm 2024)" in alert.title
    assert "60 % (năm 2023)" in alert.title


def test_the_key_is_of_the_happening_not_of_the_moment_nor_of_the_printing(make):
    one = seen(make, None, make.series(make.observation("65.5")))
    again = detect(
        State(),
        State(series={PLACE: make.series(make.observation("65.50"))}),
        make.now + timedelta(9),
        make.watched(),
    )
    assert [alert.key for alert in one] == [alert.key for alert in again]


def test_another_figure_of_the_same_period_is_a_revision(make):
    old, new = make.observation("60"), make.observation("61")
    (alert,) = seen(make, make.series(old), make.series(new))
    assert alert.type is AlertType.REVISION
    assert (alert.data["before"]["value"], alert.data["value"]) == (60, 61)


def test_another_hedge_of_the_same_number_is_no_revision(make):
    about = make.observation("60", qualifier="about")
    assert seen(make, make.series(about), make.series(make.observation("60"))) == []


def test_a_conflict_is_told_when_another_number_appears_and_not_when_it_is_repeated(make):
    alone = make.series(make.observation("60"))
    one = make.series(make.observation("60", conflicting=[make.evidence("58", source="khac")]))
    repeated = make.series(
        make.observation("60", conflicting=[make.evidence("58", source="khac"), make.evidence("58", source="ba")])
    )
    (alert,) = seen(make, alone, one)
    assert alert.type is AlertType.CONFLICT
    assert [other["value"] for other in alert.data["conflicting"]] == [58]
    assert seen(make, one, repeated) == []


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (DoubtReason.DECIMAL_JUMP, True),
        (DoubtReason.OUTSIDE_DOMAIN, True),
        (DoubtReason.LOW_CONFIDENCE, False),
        (DoubtReason.REJECTED, False),
    ],
)
def test_only_an_implausible_figure_is_told_as_doubtful(make, reason, told):
    doubt = make.doubt(make.evidence("6000"), reason)
    alerts = seen(make, make.series(), make.series(doubtful=[doubt]))
    assert types(alerts) == [AlertType.DOUBTFUL] * told
    assert seen(make, make.series(doubtful=[doubt]), make.series(doubtful=[doubt])) == []


@pytest.mark.parametrize(
    ("better", "values", "told"),
    [
        (Better.HIGHER, ("60", "55"), True),
        (Better.HIGHER, ("60", "60"), False),
        (Better.HIGHER, ("60", "65"), False),
        (Better.LOWER, ("86", "91"), True),
        (Better.LOWER, ("86", "71"), False),
    ],
)
def test_regressed_follows_the_direction(make, better, values, told):
    first, second = make.observation(values[0], "2023"), make.observation(values[1], "2024")
    alerts = seen(make, make.series(first), make.series(first, second), better=better)
    assert (AlertType.REGRESSED in types(alerts)) is told


def test_an_old_figure_found_late_is_no_step_back_but_is_told(make):
    latest = make.observation("60", "2024")
    late = make.observation("70", "2022")
    assert types(seen(make, make.series(latest), make.series(late, latest))) == [AlertType.OBSERVATION]


def test_a_change_across_a_break_is_no_step_back(make):
    first, second = make.observation("60", "2023"), make.observation("55", "2024")
    alerts = seen(make, make.series(first), make.series(first, second), breaks=["2024"])
    assert types(alerts) == [AlertType.OBSERVATION]


def test_ranges_that_overlap_are_no_step_back_for_sure(make):
    first = make.observation("50", "2023", high=60)
    assert AlertType.REGRESSED not in types(
        seen(make, make.series(first), make.series(first, make.observation("48", "2024", high=62)))
    )
    assert AlertType.REGRESSED in types(
        seen(make, make.series(first), make.series(first, make.observation("45", "2024", high=55)))
    )


STEPS = [
    (None, Status.LIMITED_PROGRESS, [AlertType.OFF_TRACK]),
    (Status.ON_TRACK, Status.ACCELERATION_NEEDED, [AlertType.OFF_TRACK]),
    (Status.ACHIEVED, Status.MOVING_AWAY, [AlertType.OFF_TRACK]),
    (Status.NOT_ASSESSABLE, Status.MOVING_AWAY, [AlertType.OFF_TRACK]),
    (Status.ACCELERATION_NEEDED, Status.MOVING_AWAY, []),
    (Status.MOVING_AWAY, Status.ON_TRACK, [AlertType.BACK_ON_TRACK]),
    (Status.MOVING_AWAY, Status.ACHIEVED, [AlertType.TARGET_REACHED, AlertType.BACK_ON_TRACK]),
    (Status.ON_TRACK, Status.ACHIEVED, [AlertType.TARGET_REACHED]),
    (None, Status.ACHIEVED, [AlertType.TARGET_REACHED]),
    (None, Status.ON_TRACK, []),
    (None, Status.NOT_ASSESSABLE, []),
    (Status.MOVING_AWAY, Status.NOT_ASSESSABLE, []),
    (Status.ACCELERATION_NEEDED, Status.OVERDUE, [AlertType.OVERDUE]),
    (Status.OVERDUE, Status.MISSED, [AlertType.TARGET_MISSED]),
    (Status.OVERDUE, Status.OVERDUE, []),
    (Status.OVERDUE, Status.ACHIEVED, [AlertType.TARGET_REACHED]),
]


@pytest.mark.parametrize(("before", "after", "told"), STEPS)
def test_a_change_of_status_is_told_by_its_kind(make, before, after, told):
    old = None if before is None else make.assessment(before)
    assert types(judged(make, old, make.assessment(after, latest=make.observation("60")))) == told


def test_met_late_is_told_when_it_becomes_so(make):
    missed, late = make.assessment(Status.MISSED), make.assessment(Status.MISSED, reasons=["met_late"])
    assert types(judged(make, missed, late)) == [AlertType.MET_LATE]
    assert judged(make, late, late) == []


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        (91, 90, 90),
        (90, 89, None),
        (31, 30, 30),
        (100, 20, 30),
        (None, 60, 90),
        (None, 10, 30),
        (None, 91, None),
        (40, -1, None),
    ],
)
def test_a_deadline_is_near_once_per_threshold(make, before, after, days):
    old = None if before is None else make.assessment(Status.ON_TRACK, days_left=before)
    alerts = judged(make, old, make.assessment(Status.ON_TRACK, days_left=after))
    assert [alert.data["days"] for alert in alerts] == ([] if days is None else [days])


def test_a_target_that_replaces_another_is_another_happening(make):
    after = make.assessment(Status.ACHIEVED, latest=make.observation("85"))
    (one,) = judged(make, None, after)
    (other,) = judged(make, None, after, targets={"ho-so-80": make.target(by=date(2030, 12, 31))})
    assert one.key != other.key


def test_a_target_alert_carries_the_status_the_sum_and_the_proof(make):
    (alert,) = judged(make, None, make.assessment(Status.MOVING_AWAY, latest=make.observation("41.5")), language="en")
    assert alert.subject == "ho-so-80"
    assert alert.data["status"] == "moving_away"
    assert (alert.data["value"], alert.data["by"], alert.data["ratio"]) == (80, "2025-12-31", 0.5)
    assert alert.data["latest"]["value"] == 41.5
    assert alert.data["quote"] == alert.data["latest"]["quote"]
    assert alert.title == (
        "Share of online filings (Vietnam): off track for at least 80% by 31 December 2025: "
        "moving away (latest 41.5%, 2024)"
    )


SOURCES = [
    (None, Health.FAILING, [AlertType.SOURCE_FAILING]),
    (None, Health.OK, []),
    (Health.OK, Health.FAILING, [AlertType.SOURCE_FAILING]),
    (Health.FAILING, Health.FAILING, []),
    (Health.FAILING, Health.OK, [AlertType.SOURCE_RECOVERED]),
    (Health.FAILING, Health.NO_DATA, [AlertType.SOURCE_RECOVERED]),
    (Health.OK, Health.STALE, [AlertType.STALE]),
    (Health.STALE, Health.OK, [AlertType.SOURCE_RECOVERED]),
    (Health.OK, Health.NO_DATA, []),
]


@pytest.mark.parametrize(("before", "after", "told"), SOURCES)
def test_a_source_is_told_when_it_fails_and_when_it_works_again(make, before, after, told):
    old = {} if before is None else {"bao": SourceState("bao", before, make.now)}
    new = {"bao": SourceState("bao", after, make.now, "không trả lời")}
    assert types(detect(State(sources=old), State(sources=new), make.now, make.watched())) == told


def test_comparators_and_forgotten_indicators_are_not_told(make):
    one = make.series(make.observation("60"))
    after = State(series={("ho-so", "World"): one, ("cu", "Vietnam"): one})
    assert detect(State(), after, make.now, make.watched()) == []


def test_what_sources_say_can_break_neither_json_nor_a_line(make):
    nasty = make.observation("60", quote="a\ud800b\x00c\nd", doc="x\x07", source="s")
    (alert,) = seen(make, None, make.series(nasty))
    json.dumps(alert.data, ensure_ascii=False, allow_nan=False).encode()
    assert alert.data["quote"] == "a�b�c\nd"
    (bad,) = judged(make, None, make.assessment(Status.ACHIEVED, ratio=float("nan"), progress=float("inf")))
    assert bad.data["ratio"] is None
    assert bad.data["progress"] is None
