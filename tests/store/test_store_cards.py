"""Cards: the database itself counts every movement of a series, and lets go of what was made before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session

from tracker.domain.figure import Figure
from tracker.domain.observation import Decision, Evidence, Rereading, Standing, Verdict
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.errors import StateError
from tracker.store import Store, open_store
from tracker.store.cards import SeriesCard, moved_series, note_held, put_cards, series_cards, series_marks
from tracker.store.decisions import add_decision
from tracker.store.evidence import add_evidence
from tracker.store.opening import FILE
from tracker.store.rereadings import add_rereadings

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
HUE, HANOI, NOBODY = ("share", "Huế"), ("share", "Hà Nội"), ("share", "Nowhere")


def piece(area: str, value: str = "40") -> Evidence:
    period, published = Period.year(2024), Published(Period.parse("2025-01-10"), "given")
    return Evidence(
        id=0, indicator="share", area=area, kind=Kind.OBSERVATION, figure=Figure(Decimal(value), "percent"),
        period=period, period_stated=True, published=published, source="press", doc="a.html", quote=f"đạt {value}",
        start=0, end=6, snapshot=None, rule_version="1", confidence=0.9, accepted=True, recorded_at=NOON,
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_store(tmp_path)
    with found.write() as session:
        add_evidence(session, [piece("Huế"), piece("Huế", "41"), piece("Hà Nội")])
    yield found
    found.close()


def fill(session: Session) -> None:
    """A card for every series, as it is now."""
    marks = series_marks(session)
    put_cards(session, [replace(one, text="text", seal="seal") for one in marks.values()])
    note_held(session, [replace(one, held="held") for one in marks.values()])


def standing(session: Session) -> dict[tuple[str, str], tuple[int, str | None, str | None, str | None]]:
    cards = series_cards(session, [HUE, HANOI, NOBODY])
    return {key: (one.version, one.text, one.seal, one.held) for key, one in cards.items()}


FULL, EMPTY = ("text", "seal", "held"), (None, None, None)


def test_every_piece_of_evidence_is_one_movement_of_its_series(store: Store) -> None:
    with store.write() as session:
        assert standing(session) == {HUE: (2, *EMPTY), HANOI: (1, *EMPTY)}
        fill(session)
        assert standing(session) == {HUE: (2, *FULL), HANOI: (1, *FULL)}
        add_evidence(session, [piece("Huế")])
        assert standing(session)[HUE] == (2, *FULL), "what is known already moves nothing"
        add_evidence(session, [piece("Huế", "42")])
        assert standing(session) == {HUE: (3, *EMPTY), HANOI: (1, *FULL)}
        assert moved_series(session) == sorted([HUE, HANOI])


def test_so_is_a_persons_word_and_a_rereading_also_for_what_is_read_instead(store: Store) -> None:
    with store.write() as session:
        fill(session)
        add_decision(session, Decision(1, Verdict.REJECT, "lan", NOON))
        assert standing(session) == {HUE: (3, *EMPTY), HANOI: (1, *FULL)}
        fill(session)
        add_rereadings(session, [Rereading(3, Standing.WITHDRAWN, "2", 0.9, True, NOON)])
        assert standing(session) == {HUE: (3, *FULL), HANOI: (2, *EMPTY)}
        fill(session)
        add_rereadings(session, [Rereading(3, Standing.RESTATED, "2", 0.9, True, NOON, successor=1)])
        assert standing(session) == {HUE: (4, *EMPTY), HANOI: (3, *EMPTY)}


def test_who_writes_past_the_program_is_counted_too(store: Store) -> None:
    with store.write() as session:
        fill(session)
    with closing(sqlite3.connect(store.folder / FILE)) as raw:
        raw.execute("INSERT INTO decision (evidence, verdict, who, at, note) VALUES (1, 'accept', 'x', '2025', '')")
        raw.commit()
    with store.read() as session:
        assert standing(session) == {HUE: (3, *EMPTY), HANOI: (1, *FULL)}


def test_what_was_made_of_an_older_version_is_not_kept(store: Store) -> None:
    with store.write() as session:
        old = replace(series_marks(session)[HUE], text="old", seal="old", held="old")
        add_evidence(session, [piece("Huế", "42")])
        put_cards(session, [old])
        note_held(session, [old])
        assert standing(session)[HUE] == (3, *EMPTY)


def test_a_series_without_evidence_has_a_card_until_it_gets_some(store: Store) -> None:
    with store.write() as session:
        put_cards(session, [SeriesCard(*NOBODY, text="nothing yet", seal="seal")])
        assert standing(session)[NOBODY] == (0, "nothing yet", "seal", None)
        assert NOBODY not in moved_series(session)
        add_evidence(session, [piece("Nowhere")])
        assert standing(session)[NOBODY] == (1, *EMPTY)


def test_a_transaction_that_is_given_up_moves_nothing(store: Store) -> None:
    with store.write() as session:
        fill(session)
    with pytest.raises(ZeroDivisionError), store.write() as session:
        assert add_evidence(session, [piece("Huế", "42")])[1 // 0]
    with store.read() as session:
        assert standing(session)[HUE] == (2, *FULL)


def test_an_impatient_writer_gives_up_at_once_and_the_next_is_patient_again(store: Store) -> None:
    other = open_store(store.folder, busy_seconds=30)
    with store.write(), pytest.raises(StateError), other.write(patience=0.01):
        pass
    with other.write() as session:
        assert session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
    other.close()


def test_what_an_older_state_holds_is_counted_when_it_is_brought_up_to_date(store: Store, tmp_path: Path) -> None:
    from tracker.store import schema
    from tracker.store.connection import sqlite_engine

    folder = tmp_path / "older"
    folder.mkdir()
    engine = sqlite_engine(folder / FILE, 1)
    schema.migrate(engine, schema.Schema("0002", schema.CURRENT.migrations))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"ATTACH '{store.folder / FILE}' AS newer")
        columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(evidence)")]
        named = ", ".join(f'"{name}"' for name in columns)
        connection.exec_driver_sql(f"INSERT INTO evidence ({named}) SELECT {named} FROM newer.evidence")
    engine.dispose()
    older = open_store(folder)
    with older.read() as session:
        assert standing(session) == {HUE: (1, *EMPTY), HANOI: (1, *EMPTY)}
    older.close()
