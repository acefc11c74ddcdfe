import json
from dataclasses import replace

import pytest

from tracker.alerting import Held, Occasion, Route, State, detect, plan, rehearsal
from tracker.domain.alert import Alert, AlertType

FIGURES = Route(frozenset({AlertType.OBSERVATION}), ("ban", "moc"))
DOUBTS = Route(frozenset({AlertType.REVISION, AlertType.OBSERVATION}), ("moc",))


@pytest.fixture
def alerts(make):
    def alert(key, kind):
        return Alert(
            key,
            kind,
            "ho-so",
            f"Chuyện {key}",
            {"value": 1, "unit": "percent", "qualifier": "exact", "period": "2024"},
            make.now,
        )

    return [alert("a", AlertType.OBSERVATION), alert("b", AlertType.REVISION), alert("c", AlertType.STALE)]


def planned(make, alerts, occasion=Occasion.CYCLE, **more):
    return plan(alerts, [FIGURES, DOUBTS], ["ban", "moc"], occasion=occasion, now=make.now, language="vi", **more)


def test_one_alert_is_one_message_per_channel_that_wants_it(make, alerts):
    result = planned(make, alerts)
    assert [(n.channel, n.message.alerts) for n in result.notifications] == [
        ("ban", ("a",)),
        ("moc", ("a",)),
        ("moc", ("b",)),
    ]
    assert [entry.held for entry in result.alerts] == [None, None, Held.NO_ROUTE]
    assert result.alerts[0].notifications == tuple(n.id for n in result.notifications[:2])


def test_planning_again_gives_the_same_ids_and_words(make, alerts):
    first, second = planned(make, alerts), planned(make, list(alerts))
    assert first == second
    ids = [n.id for n in first.notifications]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("msg_") and len(one) == 36 for one in ids)


def test_what_was_told_is_not_told_again(make, alerts):
    result = planned(make, [*alerts, alerts[1]], told={"a"})
    assert [n.message.alerts for n in result.notifications] == [("b",)]
    assert [entry.held for entry in result.alerts] == [
        Held.ALREADY_TOLD,
        None,
        Held.NO_ROUTE,
        Held.ALREADY_TOLD,
    ]
    assert result.alerts[0].notifications == ()


@pytest.mark.parametrize("occasion", [Occasion.FIRST, Occasion.BACKFILL, Occasion.IMPORT])
def test_other_occasions_are_one_summary_per_channel_that_names_all_it_stands_for(make, alerts, occasion):
    result = planned(make, alerts, occasion)
    assert [(n.channel, n.message.type) for n in result.notifications] == [
        ("ban", "summary"),
        ("moc", "summary"),
    ]
    mine, both = (n.message for n in result.notifications)
    assert [entry["key"] for entry in mine.data["alerts"]] == ["a"]
    assert [(entry["type"], entry["subject"], entry["title"]) for entry in both.data["alerts"]] == [
        ("observation", "ho-so", "Chuyện a"),
        ("revision", "ho-so", "Chuyện b"),
    ]
    for text in (both.text, both.html):
        assert "Chuyện a" in text
        assert "Chuyện b" in text
    assert [entry.held for entry in result.alerts] == [Held.SUMMARISED, Held.SUMMARISED, Held.NO_ROUTE]
    assert len(result.alerts[0].notifications) == 2


def test_no_alerts_no_message(make):
    for occasion in Occasion:
        assert planned(make, [], occasion).notifications == ()
        assert planned(make, [], occasion).alerts == ()


def test_a_summary_of_nothing_that_anyone_wants_is_not_sent(make, alerts):
    result = planned(make, alerts[2:], Occasion.FIRST)
    assert result.notifications == ()
    assert result.alerts[0].held is Held.NO_ROUTE


def test_a_channel_that_does_not_exist_is_no_route(make, alerts):
    result = plan(alerts[:1], [FIGURES], ["moc"], occasion=Occasion.CYCLE, now=make.now, language="vi")
    assert [n.channel for n in result.notifications] == ["moc"]


def test_two_imports_of_different_things_are_two_summaries(make, alerts):
    one = planned(make, alerts[:1], Occasion.IMPORT).notifications[0]
    two = planned(make, [replace(alerts[0], key="z")], Occasion.IMPORT).notifications[0]
    assert one.id != two.id


def test_a_rehearsal_says_so_and_is_new_each_time(make):
    one = rehearsal("ban", make.now, "en")
    assert "Test" in one.message.subject
    assert one.message.data["test"] is True
    assert one.id != rehearsal("ban", make.now.replace(second=1), "en").id


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_message_is_readable_and_escaped(make, language):
    quote = '<script>alert(1)</script> đạt "60%" & hơn'
    nasty = make.observation("60", quote=quote, doc='https://example.org/a?b=1&c="><i>')
    alerts = detect(State(), State(series={("ho-so", "Vietnam"): make.series(nasty)}), make.now, make.watched(language))
    message = planned(make, alerts).notifications[0].message
    assert quote in message.text
    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html
    assert '<a href="https://example.org/a?b=1&amp;c=&quot;&gt;&lt;i&gt;"' in message.html
    assert "\n" not in message.subject
    json.dumps(message.data, allow_nan=False)


def test_a_link_is_made_of_web_addresses_only(make):
    bad = make.observation("60", doc="javascript:alert(1)")
    alerts = detect(State(), State(series={("ho-so", "Vietnam"): make.series(bad)}), make.now, make.watched())
    assert "<a " not in planned(make, alerts).notifications[0].message.html


def test_a_long_summary_names_every_alert_and_stays_readable(make, alerts):
    many = [replace(alerts[0], key=f"k{n}", title=f"Chuyện số {n}.") for n in range(3_000)]
    (message, _) = (n.message for n in planned(make, many, Occasion.BACKFILL).notifications)
    assert all(f"Chuyện số {n}." in message.text and f"Chuyện số {n}." in message.html for n in range(3_000))
    assert len(message.data["alerts"]) == 3_000
    assert len(message.html) < 400_000


def test_a_message_stays_small_whatever_a_source_says(make):
    huge = make.observation("60", quote="x" * 1_000_000)
    alerts = detect(State(), State(series={("ho-so", "Vietnam"): make.series(huge)}), make.now, make.watched())
    message = planned(make, alerts).notifications[0].message
    assert len(message.text) + len(message.html) + len(json.dumps(message.data)) < 40_000
