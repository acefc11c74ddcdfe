"""What a replay makes of evidence that older rules read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.config import load
from tracker.domain.figure import Figure
from tracker.domain.observation import Decision, Evidence, Series, Standing, Verdict
from tracker.domain.period import Period
from tracker.domain.source import Fetched
from tracker.domain.statement import Kind
from tracker.extract import RULE_VERSION
from tracker.pipeline import replay as replaying
from tracker.pipeline.cycle import backfill
from tracker.pipeline.documents import documents_of
from tracker.pipeline.record import Changes, record
from tracker.pipeline.reviewing import decide
from tracker.pipeline.service import Service, open_service
from tracker.pipeline.view import one_series
from tracker.store import evidence, rereadings, snapshots

NOON = datetime(2025, 6, 1, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONFIGURATION = """
areas: [{id: Vietnam, names: [Việt Nam]}]
indicators:
  - {id: rank, name: Xếp hạng Chính phủ số, unit: rank, better: lower, area: Vietnam}
"""
TEXT = "Ngày đăng: 05/10/2024\n\nNăm 2024, Việt Nam xếp thứ 71/193 trong xếp hạng Chính phủ số.\n"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    (tmp_path / "tracker.yaml").write_text(CONFIGURATION, encoding="utf-8")
    return open_service(load(tmp_path / "tracker.yaml", environment={}), tmp_path / "state")


def fill(service: Service, folder: Path, text: str = TEXT, published: str | None = None) -> list[Evidence]:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    backfill(service, documents_of([str(folder / "a.txt")], None, published), NOON)
    return pieces(service)


def pieces(service: Service) -> list[Evidence]:
    with service.store.read() as session:
        return evidence.evidence_of_series(session, "rank", "Vietnam")


def series(service: Service) -> Series:
    with service.store.read() as session:
        return one_series(session, service, ("rank", "Vietnam"))


def add(service: Service, piece: Evidence) -> Evidence:
    """What older rules had read, recorded."""
    with service.store.write() as session:
        return evidence.add_evidence(session, [piece])[0]


def preview(service: Service) -> replaying.Replay:
    reread = replaying.read_again(service, NOON)
    with service.store.read() as session:
        return replaying.compare(session, service, reread)


def apply(service: Service, at: datetime = NOON + HOUR) -> replaying.Replay:
    return replaying.apply(service, replaying.read_again(service, at), at)[0]


def counts(replay: replaying.Replay) -> tuple[int, int, int, int]:
    return replay.count("new"), replay.count("gone"), replay.count("changed"), replay.same


def standing(service: Service, id: int) -> list[tuple[Standing, bool]]:
    with service.store.read() as session:
        return [(one.standing, one.successor is not None) for one in rereadings.rereadings_on(session, id)]


def test_the_same_rules_change_nothing(service: Service, tmp_path: Path) -> None:
    fill(service, tmp_path)
    assert counts(preview(service)) == (0, 0, 0, 1)
    assert apply(service).settled == ()


def test_a_figure_that_is_read_no_more_stops_counting(service: Service, tmp_path: Path) -> None:
    (real,) = fill(service, tmp_path)
    old = add(
        service,
        replace(real, id=0, figure=Figure(Decimal(2024), "rank"), quote="Năm 2024", start=23, end=31, rule_version="0"),
    )
    assert counts(preview(service)) == (0, 1, 0, 1)
    assert len(pieces(service)) == 2, "looking changes nothing"
    apply(service)
    assert pieces(service) == [real]
    assert series(service).latest.figure.value == 71
    assert standing(service, old.id) == [(Standing.WITHDRAWN, False)]
    with service.store.read() as session:
        assert evidence.evidence_by_id(session, old.id) == old
    assert counts(apply(service)) == (0, 0, 0, 1), "a second time changes nothing"
    assert len(standing(service, old.id)) == 1


def test_a_wrong_reading_beside_the_right_one_is_gone(service: Service, tmp_path: Path) -> None:
    (real,) = fill(service, tmp_path)
    wrong = replace(real, id=0, kind=Kind.TARGET, period=Period.parse("2025"), figure=Figure(Decimal(71), "rank"))
    old = add(service, wrong)
    assert counts(apply(service)) == (0, 1, 0, 1)
    assert standing(service, old.id) == [(Standing.WITHDRAWN, False)]


def recorded_wrongly(service: Service, folder: Path, **wrong: object) -> Evidence:
    """A state whose only evidence of the document was read wrongly by older rules."""
    scratch = open_service(service.configuration, folder / "scratch")
    (real,) = fill(scratch, folder)
    fetched = Fetched("a.txt", "a.txt", str(folder / "a.txt"), TEXT.encode(), "text/plain", None, NOON)
    with service.store.write() as session:
        snapshots.save_snapshot(session, fetched)
    return add(service, replace(real, id=0, rule_version="0", **wrong))


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"figure": Figure(Decimal(193), "rank")}, ("value", "of")),
        ({"kind": Kind.TARGET}, ("kind",)),
        ({"period": Period.parse("2023")}, ("period",)),
    ],
)
def test_what_changed_is_told_and_the_new_reading_counts(
    service: Service, tmp_path: Path, wrong: dict[str, object], fields: tuple[str, ...]
) -> None:
    old = recorded_wrongly(service, tmp_path, **wrong)
    found = preview(service)
    assert counts(found) == (0, 0, 1, 0)
    assert found.documents[0].changes[0].difference.fields == fields
    apply(service)
    (now,) = pieces(service)
    assert (now.figure.value, now.kind, str(now.period), now.rule_version) == (
        71,
        Kind.OBSERVATION,
        "2024",
        RULE_VERSION,
    )
    assert standing(service, old.id) == [(Standing.REPLACED, True)]
    assert counts(apply(service)) == (0, 0, 0, 1)


def test_another_certainty_is_a_change(service: Service, tmp_path: Path) -> None:
    old = recorded_wrongly(service, tmp_path, accepted=False, confidence=0.3)
    assert series(service).latest is None
    found = preview(service)
    assert found.documents[0].changes[0].difference.fields == ("accepted",)
    apply(service)
    assert [(one.id, one.accepted) for one in pieces(service)] == [(old.id, True)]
    assert series(service).latest is not None
    assert counts(apply(service)) == (0, 0, 0, 1)


def test_a_persons_no_goes_over_to_the_same_statement(service: Service, tmp_path: Path) -> None:
    old = recorded_wrongly(service, tmp_path, quote="Việt Nam xếp thứ 71", end=60)
    decide(service, Decision(old.id, Verdict.REJECT, "Lan", NOON), NOON)
    found = preview(service)
    assert [(one.what, one.decided) for one in found.documents[0].changes] == [("changed", True)]
    apply(service)
    assert standing(service, old.id) == [(Standing.RESTATED, True)]
    now = series(service)
    assert now.latest is None
    assert [one.evidence.id for one in now.doubtful] == [one.id for one in pieces(service)] != [old.id]


def test_a_yes_after_the_replay_brings_a_figure_back_for_good(service: Service, tmp_path: Path) -> None:
    (real,) = fill(service, tmp_path)
    old = add(
        service,
        replace(
            real, id=0, figure=Figure(Decimal(60), "rank"), period=Period.parse("2023"), quote="x", start=23, end=24
        ),
    )
    apply(service)
    decide(service, Decision(old.id, Verdict.ACCEPT, "Lan", NOON + 2 * HOUR), NOON + 2 * HOUR)
    assert [str(one.period) for one in series(service).observations] == ["2023", "2024"]
    assert counts(apply(service, NOON + 3 * HOUR)) == (0, 0, 0, 1)
    assert [str(one.period) for one in series(service).observations] == ["2023", "2024"]


def test_a_cycle_that_reads_it_again_brings_a_figure_back(service: Service, tmp_path: Path) -> None:
    (real,) = fill(service, tmp_path)
    with service.store.write() as session:
        again = rereadings.Rereading(real.id, Standing.WITHDRAWN, "0", 0.5, True, NOON)
        rereadings.add_rereadings(session, [again])
    assert pieces(service) == []
    assert counts(preview(service)) == (1, 0, 0, 0)
    outcome = backfill(service, documents_of([str(tmp_path / "a.txt")], None, None), NOON + HOUR)
    assert outcome.new_evidence == 1
    assert [one.id for one in pieces(service)] == [real.id]


@pytest.mark.parametrize("given", ["2024-12", "2024", "2024-11-30"])
def test_a_date_that_was_given_is_known_again(service: Service, tmp_path: Path, given: str) -> None:
    (real,) = fill(service, tmp_path, TEXT.partition("\n\n")[2], given)
    assert str(real.published.period) == given
    assert counts(preview(service)) == (0, 0, 0, 1)


def test_a_date_given_for_a_document_that_stated_nothing_then(service: Service, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(CONFIGURATION.replace("Chính phủ số", "năng suất lúa"), encoding="utf-8")
    other = open_service(load(tmp_path / "other.yaml", environment={}), tmp_path / "state")
    assert fill(other, tmp_path, TEXT.partition("\n\n")[2], "2024-12") == []
    apply(service)
    assert [str(one.published.period) for one in pieces(service)] == ["2024-12"]


def test_a_document_without_a_date_stands_however_often_it_was_fetched(service: Service, tmp_path: Path) -> None:
    undated = "Việt Nam xếp thứ 71/193 trong xếp hạng Chính phủ số.\n"
    fill(service, tmp_path, undated)
    backfill(service, documents_of([str(tmp_path / "a.txt")], None, None), NOON + 48 * HOUR)
    assert counts(preview(service))[:3] == (0, 0, 0)


def test_what_one_version_of_a_page_still_states_stands(service: Service, tmp_path: Path) -> None:
    fill(service, tmp_path)
    fill(service, tmp_path, TEXT + "\nCập nhật: thêm một câu.\n")
    assert counts(preview(service)) == (0, 0, 0, 1)


def test_what_is_not_looked_for_today_is_left_alone(service: Service, tmp_path: Path) -> None:
    fill(service, tmp_path)
    (tmp_path / "other.yaml").write_text(
        CONFIGURATION.replace("id: rank", "id: other").replace("Chính phủ số", "lúa"), encoding="utf-8"
    )
    other = open_service(load(tmp_path / "other.yaml", environment={}), tmp_path / "state")
    assert counts(preview(other)) == (0, 0, 0, 0)
    apply(other)
    assert len(pieces(service)) == 1


def test_rows_of_a_table_are_never_withdrawn(service: Service, tmp_path: Path) -> None:
    (real,) = fill(service, tmp_path)
    row = replace(
        real, id=0, snapshot=None, source="import", figure=Figure(Decimal(86), "rank"), period=Period.parse("2020")
    )
    record(service, Changes(rows=(row,)), NOON)
    assert counts(apply(service)) == (0, 0, 0, 1)
    assert len(pieces(service)) == 2


def test_a_document_that_cannot_be_read_any_more_keeps_its_evidence(service: Service, tmp_path: Path) -> None:
    (real,) = fill(service, tmp_path)
    bad = Fetched("old.txt", "old.txt", "old.txt", b"\x89PNG\r\n\x1a\n" + bytes(64), None, None, NOON)
    with service.store.write() as session:
        sha256 = snapshots.save_snapshot(session, bad)
    add(service, replace(real, id=0, source="old.txt", doc="old.txt", snapshot=sha256, period=Period.parse("2022")))
    found = apply(service)
    assert counts(found) == (0, 0, 0, 1)
    assert len(found.failures) == 1
    assert "old.txt" in found.failures[0]
    assert len(pieces(service)) == 2
