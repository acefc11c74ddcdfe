"""What a second reader was asked, and what its views do to the evidence that counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.domain.figure import Figure
from tracker.domain.observation import Decision, Evidence, Rereading, SecondView, SecondWord, Standing, Verdict
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.store import Store, open_store
from tracker.store.decisions import add_decision, decisions_of
from tracker.store.evidence import add_evidence, evidence_by_id, evidence_of_series, second_views, series_keys
from tracker.store.rereadings import add_rereadings
from tracker.store.second import SecondAnswer, SecondCall, calls_about, calls_since, keep_answer, keep_call, kept_answer

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = ("share", "Huế")
DISPUTES = SecondView(SecondWord.DISPUTES, "m", None, None, "r1")
PROPOSES = SecondView(SecondWord.PROPOSES, "mô hình", "share", Kind.TARGET, "r1")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def piece(value: str, second: SecondView | None = None) -> Evidence:
    return Evidence(
        id=0, indicator="share", area="Huế", kind=Kind.OBSERVATION, figure=Figure(Decimal(value), "percent"),
        period=Period.parse("2024"), period_stated=True, published=Published(Period.parse("2025-01-05"), "dateline"),
        source="báo", doc="a.txt", quote=f"đạt {value}%", start=3, end=9, snapshot=None, rule_version="1",
        confidence=0.9, accepted=second is None, recorded_at=NOON, second=second,
    )  # fmt: skip


def call(request: str = "r1", at: datetime = NOON) -> SecondCall:
    return SecondCall("d1", request, "https://example.org/v1", "m", '{"model":"m"}', at)


def test_the_first_answer_to_a_request_is_its_answer_for_good(store: Store) -> None:
    with store.write() as session:
        assert kept_answer(session, "r1") is None
        first = keep_call(session, call())
        assert kept_answer(session, "r1") is None, "asked, and killed before the answer"
        keep_answer(session, first, SecondAnswer(503, "later", "", NOON))
        keep_answer(session, keep_call(session, call()), SecondAnswer(None, "", "nobody answered", NOON))
        assert kept_answer(session, "r1") is None, "asked in vain"
        for body in ("one", "two"):
            keep_answer(session, keep_call(session, call()), SecondAnswer(200, body, "", NOON))
        keep_call(session, call("r2"))
    with store.read() as session:
        assert kept_answer(session, "r1") == SecondAnswer(200, "one", "", NOON)
        about = calls_about(session, "d1")
        assert [(one.request, [(each.status, each.failure) for each in answers]) for one, answers in about] == [
            ("r1", [(503, "")]),
            ("r1", [(None, "nobody answered")]),
            ("r1", [(200, "")]),
            ("r1", [(200, "")]),
            ("r2", []),
        ]
        assert (calls_since(session, NOON - HOUR), calls_since(session, NOON)) == (5, 0)


def test_a_view_comes_back_as_it_was_kept(store: Store) -> None:
    with store.write() as session:
        disputed, proposed, plain = add_evidence(session, [piece("91", DISPUTES), piece("92", PROPOSES), piece("93")])
    with store.read() as session:
        assert [evidence_by_id(session, one.id) for one in (disputed, proposed, plain)] == [disputed, proposed, plain]
        assert second_views(session) == [disputed, proposed]


def test_a_proposal_counts_only_with_the_word_of_a_person(store: Store) -> None:
    with store.write() as session:
        (kept,) = add_evidence(session, [piece("91", PROPOSES)])
        assert evidence_of_series(session, *KEY) == []
        assert series_keys(session) == []
        for verdict, counted in ((Verdict.REJECT, []), (Verdict.ACCEPT, [kept]), (Verdict.REJECT, [])):
            add_decision(session, Decision(kept.id, verdict, "Lan", NOON))
            assert evidence_of_series(session, *KEY) == counted
            assert series_keys(session) == ([KEY] if counted else [])


def test_views_are_found_without_reading_the_rest(store: Store) -> None:
    plans = []
    for query in ("SELECT DISTINCT indicator, area FROM evidence WHERE second IS NOT NULL",
                  "SELECT id FROM evidence WHERE second IS NOT NULL "):  # fmt: skip
        with store.read() as session:
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")
            plans.append(" ".join(row[-1] for row in rows))
    assert all("ix_evidence_second" in plan for plan in plans), plans


def test_a_taken_proposal_goes_over_to_what_is_proposed_in_its_place(store: Store) -> None:
    with store.write() as session:
        first, second = add_evidence(session, [piece("91", PROPOSES), replace(piece("91", PROPOSES), start=4)])
        add_decision(session, Decision(first.id, Verdict.ACCEPT, "Lan", NOON))
        assert evidence_of_series(session, *KEY) == [first]
        gone = Rereading(first.id, Standing.RESTATED, "2", 0, False, NOON + HOUR, successor=second.id, second=PROPOSES)
        add_rereadings(session, [gone])
        assert evidence_of_series(session, *KEY) == [second]
        assert [one.evidence for one in decisions_of(session, *KEY)] == [second.id]


def test_a_view_comes_and_goes_with_the_newest_reading(store: Store) -> None:
    with store.write() as session:
        (kept,) = add_evidence(session, [piece("91")])
        disputed = Rereading(kept.id, Standing.STANDS, "2", 0.9, False, NOON, second=DISPUTES)
        add_rereadings(session, [disputed])
        (now,) = evidence_of_series(session, *KEY)
        assert (now.second, now.accepted) == (DISPUTES, False)
        assert second_views(session) == [now]
        add_rereadings(session, [replace(disputed, accepted=True, second=None)])
        assert second_views(session) == []
        add_rereadings(session, [disputed, replace(disputed, standing=Standing.WITHDRAWN)])
        assert second_views(session) == []
