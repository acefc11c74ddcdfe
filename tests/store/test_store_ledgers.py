"""What is put into the store comes out as it went in, once, and stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tracker.domain.alert import Alert, AlertType, DeliveryState, Message, Notification
from tracker.domain.assessment import Assessment, Reason, Status
from tracker.domain.figure import Figure, Qualifier
from tracker.domain.observation import Decision, Delta, Evidence, Observation, Rereading, Standing, Verdict
from tracker.domain.period import Period
from tracker.domain.source import Fetched, Health, SourceState, Validators
from tracker.domain.statement import Kind, Published
from tracker.errors import StateError
from tracker.store import Store, open_store
from tracker.store.alerts import add_alerts, alert_by_key, list_alerts
from tracker.store.decisions import add_decision, decisions_of, decisions_on
from tracker.store.evidence import (
    add_evidence,
    evidence_by_id,
    evidence_by_ids,
    evidence_of_document,
    evidence_of_series,
    evidence_of_snapshot,
    series_keys,
)
from tracker.store.ledger import (
    Against,
    assessments_of,
    last_assessments,
    record_assessment,
    record_deltas,
    recorded_deltas,
)
from tracker.store.meta import get_meta, put_meta
from tracker.store.outbox import (
    add_notifications,
    attempts_of,
    due_notifications,
    list_notifications,
    next_due,
    note_attempt,
    notification_by_id,
    outbox_counts,
    put_off,
    try_again,
    waiting_notifications,
)
from tracker.store.rereadings import add_rereadings
from tracker.store.second import SecondAnswer, SecondCall, keep_answer, keep_call
from tracker.store.snapshots import (
    all_snapshots,
    load_snapshot,
    note_seen,
    save_snapshot,
    seen_document,
    seen_documents,
)
from tracker.store.sources import put_source_state, put_validators, source_state, source_states, validators_of
from tracker.store.tables import APPEND_ONLY, NAMES

NOON = datetime(2025, 6, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def store(database: str | None, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "state", database)
    yield opened
    opened.close()


def piece(value: str = "97.30", **more: object) -> Evidence:
    fields: dict[str, object] = {
        "id": 0,
        "indicator": "share",
        "area": "Hà Nội",
        "kind": Kind.OBSERVATION,
        "figure": Figure(Decimal(value), "percent", None, Qualifier.MORE_THAN, 193),
        "period": Period.parse("2024-01/2024-09"),
        "period_stated": False,
        "published": Published(Period.parse("2025-01"), "dateline"),
        "source": "báo",
        "doc": "a.html",
        "quote": "hơn 97,30%",
        "start": 5,
        "end": 15,
        "snapshot": None,
        "rule_version": "7",
        "confidence": 0.93,
        "accepted": True,
        "recorded_at": NOON,
        "base": "2023",
        "note": "tay",
    }
    return Evidence(**(fields | more))  # type: ignore[arg-type]


def fetched(content: bytes = b"<p>97,3%</p>", **more: object) -> Fetched:
    came = Fetched(
        "báo",
        "a.html",
        "https://example.org/a",
        content,
        "text/html",
        "utf-8",
        NOON,
        published=Period.parse("2025-01"),
    )
    return replace(came, **more)  # type: ignore[arg-type]


def test_evidence_comes_back_as_it_went_in_and_only_once(store: Store) -> None:
    with store.write() as session:
        sha256 = save_snapshot(session, fetched())
        first, second = piece(snapshot=sha256), piece("96", start=40, accepted=False)
        new = add_evidence(session, [first, second, first])
    assert [replace(one, id=0) for one in new] == [first, second]
    with store.write() as session:
        again = add_evidence(
            session, [replace(first, recorded_at=NOON + timedelta(days=1), rule_version="8"), piece("95")]
        )
        assert [one.figure.value for one in again] == [95]
        found = evidence_of_series(session, "share", "Hà Nội")
        assert found[:2] == new
        assert str(found[0].figure.value) == "97.30"
        assert evidence_by_id(session, new[1].id) == new[1]
        assert evidence_by_id(session, 999) is None
        assert evidence_by_ids(session, [new[1].id, new[0].id, 999]) == new
        assert evidence_of_snapshot(session, sha256) == new[:1]
        assert evidence_of_document(session, "báo", "a.html") == found


def test_evidence_published_by_a_day_counts_a_month_as_its_last(store: Store) -> None:
    with store.write() as session:
        add_evidence(session, [piece()])
        assert evidence_of_series(session, "share", "Hà Nội", published_by=date(2025, 1, 30)) == []
        assert len(evidence_of_series(session, "share", "Hà Nội", published_by=date(2025, 1, 31))) == 1


def test_series_keys_skip_along_the_index(store: Store) -> None:
    keys = [("a", "x"), ("a", "y"), ("b", "a"), ("b", "z"), ("ư", "Việt Nam")]
    with store.write() as session:
        assert series_keys(session) == []
        add_evidence(session, [piece(str(n), indicator=i, area=a) for i, a in reversed(keys) for n in range(3)])
        assert series_keys(session) == keys
        if store.file is None:
            return
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT indicator, area FROM evidence WHERE (indicator, area) > ('a', 'x') "
            "ORDER BY indicator, area LIMIT 1"
        )
        assert "USING COVERING INDEX ix_evidence_indicator_area_published_day ((indicator,area)>(?,?))" in str(
            plan.fetchall()
        )


def test_thousands_of_pieces_go_in_at_once(store: Store) -> None:
    many = [piece(str(n), start=n) for n in range(2000)]
    with store.write() as session:
        assert len(add_evidence(session, many)) == 2000
        assert add_evidence(session, many) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=5),
    st.text(),
    st.datetimes(timezones=st.just(timezone(timedelta(hours=7)))),
    st.datetimes(min_value=datetime(1000, 1, 1)),
)
def test_digits_words_and_times_survive(store: Store, value: Decimal, quote: str, at: datetime, day: datetime) -> None:
    with store.write() as session:
        one = piece(str(value), quote=quote, recorded_at=at, period=Period.day(day.date()))
        (kept,) = add_evidence(session, [one]) or [None]
        if kept is not None:
            found = evidence_by_id(session, kept.id)
            assert found is not None
            assert (str(found.figure.value), found.recorded_at, found.period) == (str(value), at, one.period)
            assert found.quote == quote.replace("\0", "\ufffd")


def test_what_no_database_takes_is_replaced_one_for_one(store: Store) -> None:
    with store.write() as session:
        (kept,) = add_evidence(session, [piece(quote="a\ud800b\0c")])
        assert add_evidence(session, [piece(quote="a\ud800b\0c")]) == []
        found = evidence_by_id(session, kept.id)
        assert found is not None
        assert found.quote == "a\ufffdb\ufffdc"


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StateError, match="without its zone"), store.write() as session:
        add_evidence(session, [piece(recorded_at=datetime(2025, 1, 1))])


def test_a_document_is_kept_once_under_each_of_its_names(store: Store) -> None:
    with store.write() as session:
        sha256 = save_snapshot(session, fetched())
        assert save_snapshot(session, fetched(retrieved_at=NOON + timedelta(days=1))) == sha256
        assert save_snapshot(session, fetched(name="b.html", source="other")) == sha256
        save_snapshot(session, fetched(b"", name="empty"))
    with store.read() as session:
        assert load_snapshot(session, sha256) == fetched()
        assert load_snapshot(session, "0" * 64) is None
        assert [one.name for one in all_snapshots(session)] == ["a.html", "b.html", "empty"]
        assert session.connection().execute(text("SELECT count(*) FROM snapshot")).scalar() == 2


def test_seen_documents_follow_the_address(store: Store) -> None:
    with store.write() as session:
        assert seen_document(session, "s", "u") is None
        for sha256 in ("one", "two", "one"):
            note_seen(session, "s", "u", sha256, NOON)
        assert seen_document(session, "s", "u") == "one"
        assert seen_documents(session, "s") == {"u": "one"}


def test_decisions_are_kept_with_who_and_when(store: Store) -> None:
    with store.write() as session:
        (kept,) = add_evidence(session, [piece()])
        words = [Decision(kept.id, verdict, "Lan", NOON, "xem") for verdict in (Verdict.REJECT, Verdict.ACCEPT)]
        for word in words:
            add_decision(session, word)
        assert decisions_of(session, "share", "Hà Nội") == words
        assert decisions_on(session, kept.id) == words
        assert decisions_of(session, "share", "Huế") == []
    with pytest.raises(StateError, match="no figure 77"), store.write() as session:
        add_decision(session, Decision(77, Verdict.ACCEPT, "Lan", NOON))


def observation(value: str, period: str) -> Observation:
    one = piece(value, period=Period.parse(period))
    return Observation("share", "Hà Nội", one.period, one.figure, (one,))


def assessment(status: Status = Status.ON_TRACK, ratio: float | None = 0.1 + 0.2, day: int = 1) -> Assessment:
    return Assessment(
        target="t",
        as_of=date(2025, 6, day),
        status=status,
        reasons=(Reason("two_points"), Reason("stale", (("days", str(day)),))),
        method="rate-ratio/linear",
        ratio=ratio,
        progress=0.5,
        baseline=None,
        latest=observation("97.3", "2024"),
        previous=None,
        delta=None,
        required_per_year=1.0,
        achieved_per_year=1.0,
        projection=None,
        days_left=100 - day,
        native=None,
    )


def test_an_assessment_is_recorded_when_its_outcome_changes(store: Store) -> None:
    steps = [
        assessment(),
        assessment(day=2),
        assessment(Status.MISSED),
        assessment(),
        assessment(ratio=float("nan")),
    ]
    with store.write() as session:
        assert [record_assessment(session, one, NOON) for one in steps] == [True, False, True, True, True]
        assert record_assessment(session, replace(assessment(), target="u", latest=None), NOON)
    with store.read() as session:
        first, missed, again, odd = assessments_of(session, "t")
        assert (first.ratio, first.value, str(first.period)) == (0.1 + 0.2, Decimal("97.3"), "2024")
        assert first.reasons == assessment().reasons
        assert (missed.status, again.status, odd.ratio) == (Status.MISSED, Status.ON_TRACK, None)
        assert {target: one.value for target, one in last_assessments(session, ["t", "u", "none"]).items()} == {
            "t": Decimal("97.3"),
            "u": None,
        }


def test_every_delta_is_recorded_once(store: Store) -> None:
    delta = Delta(observation("90", "2023"), observation("97.3", "2024"), Decimal("7.3"), Decimal(73) / 9, None)
    against = Against("t", Decimal("7.3"), Decimal("-2.7"))
    with store.write() as session:
        assert record_deltas(session, [delta, delta], NOON) == [delta]
        assert record_deltas(session, [delta], NOON) == []
        assert record_deltas(session, [delta], NOON, against) == [delta]
        plain, aimed = recorded_deltas(session, "share", "Hà Nội")
        assert (plain.absolute, plain.percent, plain.per_year) == (Decimal("7.3"), Decimal(73) / 9, None)
        assert (plain.against, aimed.against) == (None, against)


def alert(key: str, kind: AlertType = AlertType.OBSERVATION, subject: str = "share") -> Alert:
    return Alert(key, kind, subject, "Có số mới \ud800", {"value": 97.3, "list": [None, True]}, NOON)


def test_an_alert_is_recorded_once(store: Store) -> None:
    with store.write() as session:
        assert add_alerts(session, [alert("a"), alert("a"), alert("b", AlertType.STALE, "s")]) != []
        assert [one.key for one in add_alerts(session, [alert("b"), alert("c")])] == ["c"]
        assert [one.key for one in list_alerts(session)] == ["c", "b", "a"]
        assert [one.key for one in list_alerts(session, types=[AlertType.STALE])] == ["b"]
        assert [one.key for one in list_alerts(session, subject="share", limit=1)] == ["c"]
        assert list_alerts(session, since=NOON + timedelta(seconds=1)) == []
        assert alert_by_key(session, "a") == replace(alert("a"), title="Có số mới \ufffd")
        assert alert_by_key(session, "z") is None


def notification(id: str, subject: str = "share", channel: str = "desk") -> Notification:
    data = {
        "value": 97.3,
        "whole": Decimal(7),
        "none": float("nan"),
        "when": date(2025, 1, 1),
        "odd": "\ud800\0",
    }
    message = Message(AlertType.OBSERVATION, subject, "chữ", "<p>chữ</p>", data, NOON, ("a", "b"))
    return Notification(id, channel, message)


def test_a_notification_is_the_same_at_every_try(store: Store) -> None:
    with store.write() as session:
        add_notifications(session, [notification("n1")], NOON)
        add_notifications(session, [notification("n1", subject="another")], NOON)
        (first,) = due_notifications(session, NOON)
        note_attempt(session, "n1", NOON, DeliveryState.WAITING, next_try_at=NOON + timedelta(minutes=5), error="451")
    with store.write() as session:
        again = notification_by_id(session, "n1")
        assert again is not None
        assert again.message == first.message
        assert dict(again.message.data) == {
            "value": 97.3,
            "whole": 7,
            "none": None,
            "when": "2025-01-01",
            "odd": "\ud800\0",
        }
        assert (again.attempts, again.last_error, again.state) == (1, "451", DeliveryState.WAITING)
        assert next_due(session) == NOON + timedelta(minutes=5)
        assert notification_by_id(session, "zz") is None


def test_news_never_overtakes_older_news_of_its_subject(store: Store) -> None:
    later = NOON + timedelta(minutes=5)
    with store.write() as session:
        queue = [
            notification("n1"),
            notification("n2"),
            notification("n3", "other"),
            notification("n4", channel="hook"),
        ]
        add_notifications(session, queue, NOON)
        assert [one.id for one in due_notifications(session, NOON)] == ["n1", "n2", "n3", "n4"]
        note_attempt(session, "n1", NOON, DeliveryState.WAITING, next_try_at=later, error="busy")
        assert [one.id for one in due_notifications(session, NOON)] == ["n3", "n4"]
        assert [one.id for one in due_notifications(session, later, channel="desk", limit=2)] == ["n1", "n2"]
        note_attempt(session, "n1", later, DeliveryState.DEAD, error="gone")
        assert [one.id for one in due_notifications(session, later)] == ["n2", "n3", "n4"]


def test_the_outbox_is_counted_and_a_dead_letter_tried_again(store: Store) -> None:
    with store.write() as session:
        add_notifications(session, [notification("n1"), notification("n2"), notification("n3", channel="hook")], NOON)
        note_attempt(session, "n1", NOON, DeliveryState.DEAD, error="550 no such user")
        note_attempt(session, "n3", NOON, DeliveryState.SENT)
        counts = outbox_counts(session)
        assert (counts["desk"].waiting, counts["desk"].dead, counts["desk"].waiting_since) == (1, 1, NOON)
        assert (counts["hook"].sent, counts["hook"].waiting_since) == (1, None)
        assert [one.id for one in list_notifications(session, state=DeliveryState.DEAD, channel="desk")] == ["n1"]
        assert [try_again(session, one, NOON) for one in ("n1", "n3", "zz")] == [True, False, False]
        assert [one.id for one in due_notifications(session, NOON)] == ["n1", "n2"]
        assert [(one.state, one.error) for one in attempts_of(session, "n1")] == [
            (DeliveryState.DEAD, "550 no such user")
        ]


def test_one_that_waits_behind_another_is_put_off_without_a_try(store: Store) -> None:
    later = NOON + timedelta(minutes=5)
    with store.write() as session:
        add_notifications(session, [notification("n1"), notification("n2", "other")], NOON)
        note_attempt(session, "n2", NOON, DeliveryState.SENT)
        for one in ("n1", "n2"):
            put_off(session, one, later, "behind another")
        (waiting,) = waiting_notifications(session, channel="desk", limit=5)
        assert (waiting.id, waiting.attempts, waiting.next_try_at) == ("n1", 0, later)
        assert attempts_of(session, "n1") == []
        assert due_notifications(session, NOON) == []
        assert waiting_notifications(session, channel="hook") == []


def test_what_was_sent_stays_sent(store: Store) -> None:
    with store.write() as session:
        add_notifications(session, [notification("n1")], NOON)
        note_attempt(session, "n1", NOON, DeliveryState.SENT)
        note_attempt(session, "n1", NOON, DeliveryState.DEAD, error="a slower process")
        found = notification_by_id(session, "n1")
        assert found is not None
        assert (found.state, found.attempts, found.last_error) == (DeliveryState.SENT, 2, "")
    with pytest.raises(StateError, match="no notification zz"), store.write() as session:
        note_attempt(session, "zz", NOON, DeliveryState.SENT)


def test_sources_validators_and_meta_are_replaced(store: Store) -> None:
    state = SourceState("s", Health.FAILING, NOON, "503", NOON, None, NOON + timedelta(hours=6), 3)
    with store.write() as session:
        assert source_state(session, "s") == SourceState("s")
        put_source_state(session, replace(state, failures=2))
        put_source_state(session, state)
        put_validators(session, "s", "u", Validators('"a"', None))
        put_validators(session, "s", "u", Validators('W/"b"', "Sun, 01 Jun 2025 12:00:00 GMT"))
        assert get_meta(session, "first cycle") is None
        put_meta(session, "first cycle", "begun")
        put_meta(session, "first cycle", "done")
    with store.read() as session:
        assert source_states(session) == {"s": state}
        assert validators_of(session, "s") == {"u": Validators('W/"b"', "Sun, 01 Jun 2025 12:00:00 GMT")}
        assert get_meta(session, "first cycle") == "done"


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_facts_are_never_changed(store: Store, table: str, change: str) -> None:
    delta = Delta(observation("90", "2023"), observation("97", "2024"), Decimal(7), None, None)
    with store.write() as session:
        save_snapshot(session, fetched())
        (kept,) = add_evidence(session, [piece()])
        add_decision(session, Decision(kept.id, Verdict.ACCEPT, "Lan", NOON))
        add_rereadings(session, [Rereading(kept.id, Standing.STANDS, "8", 0.5, False, NOON)])
        record_assessment(session, assessment(), NOON)
        record_deltas(session, [delta], NOON)
        add_alerts(session, [alert("a")])
        add_notifications(session, [notification("n1")], NOON)
        note_attempt(session, "n1", NOON, DeliveryState.SENT)
        call = keep_call(session, SecondCall("ab", "cd", "https://example.org", "m", "{}", NOON))
        keep_answer(session, call, SecondAnswer(200, "{}", "", NOON))
    with pytest.raises(StateError, match=f"{table} is append-only"), store.write() as session:
        session.connection().execute(text(change.format(table, next(iter(NAMES.tables[table].primary_key)).name)))


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def half_a_step() -> None:
        with store.write() as session:
            add_evidence(session, [piece()])
            add_alerts(session, [alert("a")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_a_step()
    with store.read() as session:
        assert (series_keys(session), list_alerts(session)) == ([], [])
