"""Targets through the whole product, the clock in the test's hand: what is told when, and told once."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from living import HANOI, Life, codes, local
from product import Tracker

from tracker.domain.alert import AlertType
from tracker.errors import UsageError
from tracker.pipeline.history import history_json, series_of
from tracker.pipeline.supposing import answer_json, answer_text, answers, parse_what_if
from tracker.store import alerts

FIBRE = """
service: {timezone: Asia/Ho_Chi_Minh, language: en}
indicators:
  - {id: fibre, name: Households with fibre, unit: percent, better: higher, area: Vietnam}
"""


def test_a_target_from_far_off_to_long_after(live: Callable[[str], Life]) -> None:
    life = live(FIBRE + "targets: [{id: goal, indicator: fibre, at_least: 80, by: 2025-12-31}]\n")
    life.tables(local("2025-02-01 09:00"), "fibre,Vietnam,2020,50", "fibre,Vietnam,2024,66")
    raised: list[tuple[str, datetime]] = []
    # Four times a day from well before the first threshold to well after the last day; nothing new comes in.
    now = local("2025-09-20 23:59")
    while now < local("2026-01-20 00:00"):
        raised += [(kind, now) for kind in life.tick(now)]
        now += timedelta(hours=6)
    assert [kind for kind, _ in raised] == ["deadline_near", "deadline_near", "overdue"]
    assert [at.astimezone(HANOI).date().isoformat() for _, at in raised] == ["2025-10-02", "2025-12-01", "2026-01-01"]

    assert life.tables(local("2026-01-25 09:00"), "fibre,Vietnam,2025,74") == ["observation", "target_missed"]
    assert life.target("goal")["status"] == "missed"
    for hours in range(0, 72, 6):
        assert life.tick(local("2026-01-25 12:00") + timedelta(hours=hours)) == []
    assert life.tables(local("2026-05-02 09:00"), "fibre,Vietnam,2026-Q1,81") == ["observation", "met_late"]
    assert life.tables(local("2026-05-03 09:00"), "fibre,Vietnam,2026-Q2,83") == ["observation"]
    assert life.tick(local("2026-06-01 09:00")) == []
    goal = life.target("goal")
    # Frozen: the reading for the deadline stands, whatever came after.
    assert (goal["status"], goal["latest"]["value"], goal["latest"]["period"]) == ("missed", 74, "2025")
    assert "met_late" in codes(goal)
    assert life.told("goal") == {"off_track": 1, "deadline_near": 2, "overdue": 1, "target_missed": 1, "met_late": 1}


def test_the_deadline_ends_at_midnight_where_the_service_lives(live: Callable[[str], Life]) -> None:
    life = live(FIBRE + "targets: [{id: goal, indicator: fibre, at_least: 80, by: 2025-12-31}]\n")
    life.tables(local("2025-12-20 09:00"), "fibre,Vietnam,2020,50", "fibre,Vietnam,2024,66")
    life.tick(local("2025-12-21 00:00"))
    assert life.tick(datetime(2025, 12, 31, 16, 59, 59, tzinfo=UTC)) == []
    assert life.tick(datetime(2025, 12, 31, 17, 0, 0, tzinfo=UTC)) == ["overdue"]
    assert life.tick(datetime(2026, 1, 1, 0, 0, 0, tzinfo=UTC)) == []


def test_a_silence_over_both_thresholds_tells_the_nearer_one(live: Callable[[str], Life]) -> None:
    life = live(FIBRE + "targets: [{id: goal, indicator: fibre, at_least: 80, by: 2025-12-31}]\n")
    life.tables(local("2025-02-01 09:00"), "fibre,Vietnam,2020,50", "fibre,Vietnam,2024,66")
    assert life.tick(local("2025-12-20 09:00")) == ["deadline_near"]
    assert life.tick(local("2025-12-21 09:00")) == []


RANKED = """
service: {language: en}
indicators:
  - {id: fibre, unit: percent, better: higher, area: Vietnam%s}
targets: [{id: goal, indicator: fibre, at_least: 80, by: 2030-12-31, baseline: {value: 50, period: 2020}}]
sources:
  - {id: press, path: press/*.txt, rank: 2}
  - {id: office, path: office/*.txt, rank: 1}
  - {id: blog, path: blog/*.txt}
"""
SOURCED = "indicator,area,period,value,published,source"
WORDS = (
    "fibre,Vietnam,2024,52,2025-03-01,office",
    "fibre,Vietnam,2024,63,2025-04-01,press",
    "fibre,Vietnam,2024,70,2025-05-01,blog",
)


@pytest.mark.parametrize(
    ("own", "shown", "status", "others"),
    [
        ("", 52, "limited_progress", {"on track"}),
        (", source_rank: [press]", 63, "on_track", {"limited progress"}),
        (", source_rank: [blog, press]", 70, "on_track", {"limited progress"}),
    ],
)
def test_the_declared_precedence_decides_and_both_classes_are_told(
    live: Callable[[str], Life], own: str, shown: int, status: str, others: set[str]
) -> None:
    for order in itertools.permutations(WORDS):
        life = live(RANKED % own)
        for row in order:
            life.tables(local("2025-06-01 09:00"), row, columns=SOURCED)
        goal = life.target("goal")
        assert (goal["latest"]["value"], goal["status"]) == (shown, status)
        text = next(reason["text"] for reason in goal["reasons"] if reason["code"] == "conflict")
        assert all(other in text for other in others), text
        rivals = {52, 63, 70} - {shown}
        assert {one["value"] for one in life.status()["indicators"][0]["conflicts"]} == rivals


def test_without_a_declared_precedence_the_later_publication_is_shown(live: Callable[[str], Life]) -> None:
    life = live(RANKED.replace(", rank: 2", "").replace(", rank: 1", "") % "")
    life.tables(local("2025-06-01 09:00"), *WORDS, columns=SOURCED)
    assert life.target("goal")["latest"]["value"] == 70
    assert life.target("goal", "2025-04-15")["latest"]["value"] == 63


def test_a_revision_says_which_statuses_changed_because_of_it(live: Callable[[str], Life]) -> None:
    life = live(FIBRE + "targets: [{id: goal, indicator: fibre, at_least: 80, by: 2030-12-31}]\n")
    columns = "indicator,area,period,value,published,source"
    life.tables(
        local("2025-02-01 09:00"),
        *("fibre,Vietnam,2020,50,2021-02-01,office", "fibre,Vietnam,2024,63,2025-02-01,office"),
        columns=columns,
    )
    assert life.target("goal")["status"] == "on_track"
    raised = life.tables(local("2025-06-01 09:00"), "fibre,Vietnam,2024,57,2025-06-01,office", columns=columns)
    assert raised == ["revision", "off_track"]
    with life.service.store.read() as session:
        revision = next(one for one in alerts.list_alerts(session, types=[AlertType.REVISION]))
        history = history_json(session, life.service, series_of(session, life.service, "fibre", None, None))
    turned = {"target": "goal", "before": "on_track", "after": "acceleration_needed"}
    # Today's, and the conclusion of February that rested on the old figure.
    assert [{**turned, "as_of": day} for day in ("2025-06-01", "2025-02-01")] == revision.data["statuses"]
    assert "goal: on track → acceleration needed" in revision.title
    (known,) = history["series"][0]["revisions"]
    assert (known["from_value"], known["to_value"], known["published"]) == (63, 57, "2025-06-01")
    assert known["statuses"] == [{**turned, "as_of": "2025-06-01"}]
    # What was known in between is answered as it was then.
    assert life.target("goal", "2025-03-01")["status"] == "on_track"


def test_a_revision_of_no_consequence_names_no_status(live: Callable[[str], Life]) -> None:
    life = live(FIBRE + "targets: [{id: goal, indicator: fibre, at_least: 80, by: 2030-12-31}]\n")
    columns = "indicator,area,period,value,published,source"
    rows = ("2020,50,2021-02-01", "2024,63,2025-02-01", "2024,64,2025-06-01")
    for row in rows:
        life.tables(local("2025-06-01 09:00"), f"fibre,Vietnam,{row},office", columns=columns)
    with life.service.store.read() as session:
        (revision,) = alerts.list_alerts(session, types=[AlertType.REVISION])
    assert revision.data["statuses"] == []


def test_what_must_the_next_figure_be(live: Callable[[str], Life]) -> None:
    life = live(FIBRE + "targets: [{id: goal, indicator: fibre, at_least: 80, by: 2030-12-31}]\n")
    life.tables(local("2025-06-01 09:00"), "fibre,Vietnam,2020,50", "fibre,Vietnam,2024,55")

    def ask(id: str | None, what_if: str | None) -> tuple[dict, str]:
        with life.service.store.read() as session:
            wanted = parse_what_if(what_if)
            (one,) = answers(session, life.service, id, wanted, local("2025-06-01 09:00"), None)
        return answer_json(one, "en"), answer_text(one, "en")

    asked, _ = ask("goal", "value=60,period=2025")
    assert (asked["status_now"], asked["status"], asked["period"]) == (
        "limited_progress",
        "acceleration_needed",
        "2025",
    )
    needed = asked["needed"]["on_track"]
    again, _ = ask(None, f"value={needed}")
    assert (again["status"], again["needed"]["achieved"]) == ("on_track", 80)
    assert life.target("goal", "2025-06-01")["latest"]["period"] == "2024"
    assert f"on track (2025): at least {needed}" in ask("fibre", None)[1]
    for wrong in ("value=x", "figure=3", "value=1,value=2", "period=soon"):
        with pytest.raises(UsageError, match="--what-if"):
            parse_what_if(wrong)


def test_the_verb_answers(make_tracker: Callable[[str], Tracker]) -> None:
    tracker = make_tracker(
        FIBRE
        + "targets: [{id: goal, indicator: fibre, at_least: 80, by: 2030-12-31, baseline: {value: 50, period: 2020}}]\n"
    )
    (asked,) = tracker.json("assess", "goal", "--what-if", "value=75,period=2027")
    assert (asked["status_now"], asked["status"], asked["needed"]["achieved"]) == ("not_assessable", "on_track", 80)
    assert "period=2025" in tracker("assess", "goal", expect=2).stderr
