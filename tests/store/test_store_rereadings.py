"""What later readings make of evidence: nothing is lost, the newest counts, a person's later word outweighs it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.domain.figure import Figure
from tracker.domain.observation import Decision, Evidence, Rereading, Standing, Verdict
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.store import Store, open_store
from tracker.store.decisions import add_decision, decisions_of
from tracker.store.evidence import (
    add_evidence,
    evidence_by_id,
    evidence_of_document,
    evidence_of_series,
    recorded,
    series_keys,
)
from tracker.store.rereadings import add_rereadings, heirs, newest_rereadings, rereadings_on, upheld_by_people

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def piece(value: str, area: str = "Huế") -> Evidence:
    return Evidence(
        id=0, indicator="share", area=area, kind=Kind.OBSERVATION, figure=Figure(Decimal(value), "percent"),
        period=Period.parse("2024"), period_stated=True, published=Published(Period.parse("2025-01-05"), "dateline"),
        source="báo", doc="a.txt", quote=f"đạt {value}%", start=3, end=9, snapshot=None, rule_version="1",
        confidence=0.9, accepted=True, recorded_at=NOON,
    )  # fmt: skip


def again(id: int, standing: Standing, *, at: datetime = NOON + HOUR, successor: int | None = None) -> Rereading:
    return Rereading(id, standing, "2", 0.4, False, at, of=7, base="2023", successor=successor)


def ids(store: Store) -> list[int]:
    with store.read() as session:
        return [one.id for one in evidence_of_series(session, "share", "Huế")]


def test_what_is_withdrawn_stops_counting_and_stays_recorded(store: Store) -> None:
    with store.write() as session:
        first, second = add_evidence(session, [piece("91"), piece("92")])
        add_rereadings(session, [again(first.id, Standing.WITHDRAWN)])
    assert ids(store) == [second.id]
    with store.read() as session:
        assert evidence_of_document(session, "báo", "a.txt") == [second]
        assert evidence_by_id(session, first.id) == first
        assert recorded(session, [piece("91"), piece("93")]) == [first, None]
        assert rereadings_on(session, first.id) == [again(first.id, Standing.WITHDRAWN)]


def test_the_newest_reading_counts(store: Store) -> None:
    with store.write() as session:
        (one,) = add_evidence(session, [piece("91")])
        add_rereadings(session, [again(one.id, Standing.WITHDRAWN), again(one.id, Standing.STANDS)])
    with store.read() as session:
        (found,) = evidence_of_series(session, "share", "Huế")
        assert newest_rereadings(session, [one.id])[one.id].standing is Standing.STANDS
    assert (found.accepted, found.confidence, found.rule_version) == (False, 0.4, "2")
    assert (found.figure.of, found.base) == (7, "2023")
    assert found.figure.value == 91


@pytest.mark.parametrize(
    ("verdict", "at", "counts"),
    [
        (Verdict.ACCEPT, NOON, False),
        (Verdict.ACCEPT, NOON + 2 * HOUR, True),
        (Verdict.REJECT, NOON + 2 * HOUR, False),
    ],
)
def test_a_yes_after_the_withdrawal_brings_a_figure_back(
    store: Store, verdict: Verdict, at: datetime, counts: bool
) -> None:
    with store.write() as session:
        (one,) = add_evidence(session, [piece("91")])
        add_rereadings(session, [again(one.id, Standing.WITHDRAWN)])
        add_decision(session, Decision(one.id, verdict, "Lan", at))
    assert ids(store) == ([one.id] if counts else [])
    with store.read() as session:
        assert upheld_by_people(session, newest_rereadings(session, [one.id])) == ({one.id} if counts else set())


def test_a_yes_holds_through_a_second_withdrawal(store: Store) -> None:
    with store.write() as session:
        (one,) = add_evidence(session, [piece("91")])
        add_rereadings(session, [again(one.id, Standing.WITHDRAWN)])
        add_decision(session, Decision(one.id, Verdict.ACCEPT, "Lan", NOON + 2 * HOUR))
        add_rereadings(session, [again(one.id, Standing.REPLACED, at=NOON + 3 * HOUR)])
    assert ids(store) == [one.id]


def test_decisions_go_over_to_what_is_restated_and_back(store: Store) -> None:
    with store.write() as session:
        old, new = add_evidence(session, [piece("91"), piece("92")])
        add_decision(session, Decision(old.id, Verdict.REJECT, "Lan", NOON))
        add_rereadings(session, [again(old.id, Standing.RESTATED, successor=new.id)])
    with store.read() as session:
        assert [one.evidence for one in decisions_of(session, "share", "Huế")] == [new.id]
    with store.write() as session:
        add_rereadings(session, [again(new.id, Standing.RESTATED, successor=old.id), again(old.id, Standing.STANDS)])
    with store.read() as session:
        assert heirs(session, [old.id, new.id]) == {new.id: old.id}
        assert [one.evidence for one in decisions_of(session, "share", "Huế")] == [old.id]


def test_heirs_in_a_circle_come_to_an_end(store: Store) -> None:
    with store.write() as session:
        old, new = add_evidence(session, [piece("91"), piece("92")])
        add_rereadings(
            session,
            [
                again(old.id, Standing.RESTATED, successor=new.id),
                again(new.id, Standing.RESTATED, successor=old.id),
            ],
        )
    with store.read() as session:
        assert heirs(session, [old.id]) == {old.id: new.id}


def test_a_series_of_nothing_but_withdrawn_figures_is_none(store: Store) -> None:
    with store.write() as session:
        far, _ = add_evidence(session, [piece("91", "Đà Nẵng"), piece("92")])
        add_rereadings(session, [again(far.id, Standing.WITHDRAWN)])
    with store.read() as session:
        assert series_keys(session) == [("share", "Huế")]
