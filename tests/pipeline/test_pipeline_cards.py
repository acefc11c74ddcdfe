"""The status out of cards is the status worked out of the evidence, whatever happened and in whatever order."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.config import load
from tracker.domain.figure import Figure
from tracker.domain.observation import Decision, Evidence, Rereading, Standing, Verdict
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.pipeline.cards import keep, status_answer
from tracker.pipeline.record import Changes, record
from tracker.pipeline.reporting import status_report
from tracker.pipeline.service import Service, open_service
from tracker.report import to_json
from tracker.store import alerts, evidence, ledger, rereadings
from tracker.store.cards import series_cards

NOON = datetime(2025, 6, 1, 5, tzinfo=UTC)
KEYS = (("share", "Vietnam"), ("share", "Hà Nội"), ("rank", "Vietnam"))
FIRST = """
areas: [{id: Vietnam}, {id: Hà Nội}]
indicators:
  - {id: share, unit: percent, better: higher, area: Vietnam, scope: all}
  - {id: rank, unit: rank, better: lower, area: Vietnam}
targets:
  - {id: share-80, indicator: share, at_least: 80, by: 2025-12-31, group: main}
  - {id: hanoi-90, indicator: share, area: Hà Nội, at_least: 90, by: 2025-06-30, baseline: {value: 50, period: 2020}}
  - {id: rank-50, indicator: rank, at_most: 50, by: 2024-12-31, group: main}
"""
#: The same ids, another target, another break, another language, another order of trust.
SECOND = FIRST.replace("at_least: 80", "at_least: 70").replace(
    "unit: rank,", "unit: rank, breaks: [{period: 2023}],"
) + ("service: {language: en}\nsources: [{id: office, path: none.html}, {id: press, path: none.html}]\n")

numbers = st.integers(0, 2)
operations = st.one_of(
    st.tuples(
        st.just("state"), numbers, st.integers(2019, 2025), st.integers(1, 120), st.integers(0, 700), st.booleans()
    ),
    st.tuples(st.just("decide"), st.integers(1, 12), st.sampled_from(Verdict)),
    st.tuples(st.just("reread"), st.integers(1, 12), st.sampled_from(Standing), st.integers(1, 12)),
    st.tuples(st.just("wait"), st.integers(1, 400)),
    st.tuples(st.just("configure"), st.booleans()),
    st.tuples(st.just("cycle")),
)


class World:
    """One state folder and what is done to it; the clock goes on with every step."""

    def __init__(self, folder: Path, *, forgetful: bool = False) -> None:
        self.folder, self.forgetful, self.now = folder, forgetful, NOON
        folder.mkdir(exist_ok=True)
        self.configure(second=False)

    def configure(self, *, second: bool) -> None:
        (self.folder / "tracker.yaml").write_text(SECOND if second else FIRST, encoding="utf-8")
        configured = load(self.folder / "tracker.yaml", environment={})
        if hasattr(self, "service"):
            self.service = Service(configured, self.service.store, self.folder)
        else:
            self.service = open_service(configured, self.folder)

    def do(self, what: str, *how: Any) -> None:
        self.now += timedelta(hours=3)
        if self.forgetful:
            with self.service.store.write() as session:
                session.connection().exec_driver_sql("UPDATE series_card SET card = NULL, seal = NULL, held = NULL")
            self.service.memory.clear()
        getattr(self, what)(*how)

    def state(self, key: int, year: int, value: int, published: int, accepted: bool) -> None:
        indicator, area = KEYS[key]
        day = Period.day((NOON - timedelta(days=700 - published)).date())
        source = ("press", "office", "blog")[value % 3]
        quote = f"đạt {value} năm {year}"
        figure = Figure(Decimal(value), "rank" if indicator == "rank" else "percent")
        piece = Evidence(
            id=0, indicator=indicator, area=area, kind=Kind.OBSERVATION, figure=figure, period=Period.year(year),
            period_stated=True, published=Published(day, "given"), source=source, doc=f"{published}.html", quote=quote,
            start=0, end=len(quote), snapshot=None, rule_version="7", confidence=0.9, accepted=accepted,
            recorded_at=self.now,
        )  # fmt: skip
        record(self.service, Changes(rows=(piece,)), self.now)

    def decide(self, id: int, verdict: Verdict) -> None:
        with self.service.store.read() as session:
            piece = evidence.evidence_by_id(session, id)
        if piece is not None:
            words = (Decision(id, verdict, "lan", self.now),)
            record(self.service, Changes(decisions=words, decided=(piece,)), self.now)

    def reread(self, id: int, standing: Standing, successor: int) -> None:
        """As another process would write it, with no card of ours at hand."""
        with self.service.store.write() as session:
            there = [one for one in (id, successor) if evidence.evidence_by_id(session, one)]
            if id in there:
                after = successor if successor in there and standing is Standing.RESTATED else None
                again = Rereading(id, standing, "8", 0.9, True, self.now, successor=after)
                rereadings.add_rereadings(session, [again])

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    def cycle(self) -> None:
        record(self.service, Changes(all_targets=True), self.now)

    def asked(self) -> Any:
        with self.service.store.read() as session:
            answer = status_answer(session, self.service, self.now)
        keep(self.service, answer.made)
        return json.loads(answer.text)

    def worked_out(self) -> Any:
        with self.service.store.read() as session:
            report = status_report(session, self.service, self.now, since=False)
        return json.loads(json.dumps(to_json(report)))

    def told(self) -> Any:
        with self.service.store.read() as session:
            concluded = {id: ledger.assessments_of(session, id) for id in self.service.targets}
            return concluded, [(one.key, one.at) for one in alerts.list_alerts(session)]


@settings(max_examples=30, deadline=None)
@given(st.lists(operations, min_size=3, max_size=12))
def test_cards_say_what_the_evidence_says(steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        for what, *how in steps:
            if what == "configure":
                world.configure(second=how[0])
            else:
                world.do(what, *how)
            expected = world.worked_out()
            assert world.asked() == expected, (what, how)
            assert world.asked() == expected, "now out of memory"
            world.service.memory.clear()
            assert world.asked() == expected, "now as kept"
        world.service.store.close()


@settings(max_examples=20, deadline=None)
@given(st.lists(operations, min_size=3, max_size=12))
def test_what_is_not_held_again_would_have_told_nothing(steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        worlds = World(Path(folder) / "a"), World(Path(folder) / "b", forgetful=True)
        for what, *how in [*steps, ("cycle",)]:
            for world in worlds:
                if what == "configure":
                    world.configure(second=how[0])
                else:
                    world.do(what, *how)
        assert worlds[0].told() == worlds[1].told()
        for world in worlds:
            world.service.store.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "w")
    world.do("state", 0, 2023, 40, 100, True)
    world.do("state", 2, 2023, 60, 100, True)
    world.asked()
    return world


def kept(world: World) -> dict[tuple[str, str], bool]:
    with world.service.store.read() as session:
        return {key: card.text is not None for key, card in series_cards(session, KEYS).items()}


def test_only_what_moved_is_made_again(world: World) -> None:
    assert kept(world) == {KEYS[0]: True, KEYS[1]: True, KEYS[2]: True}
    with world.service.store.write() as session:
        (piece,) = evidence.evidence_of_series(session, *KEYS[0])
        evidence.add_evidence(session, [Evidence(**{**fields(piece), "quote": "khác", "start": 9})])
    assert kept(world) == {KEYS[0]: False, KEYS[1]: True, KEYS[2]: True}
    with world.service.store.read() as session:
        made = status_answer(session, world.service, world.now).made
    assert [(one.indicator, one.area) for one in made] == [KEYS[0]]


def fields(piece: Evidence) -> dict[str, Any]:
    return {name: getattr(piece, name) for name in piece.__dataclass_fields__}


def test_a_card_that_was_tampered_with_or_damaged_is_not_believed(world: World) -> None:
    expected = world.worked_out()
    for change in (
        "card = replace(card, '40', '41')",
        "seal = 'x'",
        "version = version + 1 WHERE version > 0",
        "card = '{'",
    ):
        with world.service.store.write() as session:
            session.connection().exec_driver_sql(f"UPDATE series_card SET {change}")
        world.service.memory.clear()
        assert world.asked() == expected, change


def test_a_card_made_of_an_older_state_is_not_kept(world: World) -> None:
    world.wait(1)
    with world.service.store.read() as session:
        late = status_answer(session, world.service, world.now)
    world.do("state", 0, 2024, 44, 300, True)
    keep(world.service, late.made)
    world.service.memory.clear()
    assert world.asked() == world.worked_out()


def test_a_question_does_not_wait_for_a_writer(world: World) -> None:
    world.wait(1)
    with world.service.store.write():
        assert world.asked() == world.worked_out()
    assert world.asked() == world.worked_out()


def test_the_configuration_has_one_digest_in_every_process(world: World) -> None:
    """A set is written in another order by each process; a digest must not be."""
    import subprocess
    import sys

    from product import ROOT

    program = (
        "import sys; from pathlib import Path; from tracker.config import load; from tracker.pipeline.service import Service\n"
        "one = Service(load(Path(sys.argv[1])), None, None); print(one.catalogue_digest, one.digests)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(world.folder / "tracker.yaml")],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(said) == 1
