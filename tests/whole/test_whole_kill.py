"""`kill -9` at every stage: nothing recorded is lost, every alert arrives, a repeat is the same to the byte."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from product import LONG, Hook, Mailbox, Tracker
from pytest_httpserver import HTTPServer
from serving import configuration, hook_channel, mail_channel, rank_sentence, serving, until
from werkzeug import Request, Response

Make = Callable[[str], Tracker]


@dataclass
class Executioner:
    """Kills the process in its care when the stage comes that it waits for."""

    process: subprocess.Popen[str] | None = None
    stage: str = ""
    wait_for: int = 1
    kills: Counter[str] = field(default_factory=Counter)

    def reached(self, stage: str) -> None:
        if stage != self.stage or self.process is None:
            return
        self.wait_for -= 1
        if self.wait_for <= 0 and self.process.poll() is None:
            self.process.kill()
            self.process.wait(LONG)
            self.kills[stage] += 1
            self.stage = ""


@dataclass
class DeadlyHook(Hook):
    """A receiver during whose work the sender may die."""

    executioner: Executioner = field(default_factory=Executioner)
    bodies: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __call__(self, request: Request) -> Response:
        content = request.get_data()
        self.bodies[request.headers["webhook-id"]].append(hashlib.sha256(content).hexdigest())
        self.executioner.reached("hook before its answer")
        response = super().__call__(request)
        response.call_on_close(lambda: self.executioner.reached("hook after its answer"))
        return response


@dataclass
class DeadlyMailbox(Mailbox):
    """A mail server that does the same; `QUIT` comes when the answer has arrived."""

    executioner: Executioner = field(default_factory=Executioner)
    bodies: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        digest = hashlib.sha256(envelope.content).hexdigest()
        self.bodies[str(self.mails[-1]["Message-ID"])].append(digest)
        self.executioner.reached("mail before its answer")
        return answer

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        self.executioner.reached("mail after its answer")
        return "221 bye"


@pytest.fixture
def executioner() -> Executioner:
    return Executioner()


@pytest.fixture
def deadly_hook(httpserver: HTTPServer, executioner: Executioner) -> DeadlyHook:
    receiver = DeadlyHook(httpserver.url_for("/deadly"), executioner=executioner)
    httpserver.expect_request("/deadly", method="POST").respond_with_handler(receiver)
    return receiver


@pytest.fixture
def deadly_mailbox(free_port: int, executioner: Executioner) -> Iterator[DeadlyMailbox]:
    box = DeadlyMailbox(free_port, executioner=executioner)
    box.open()
    yield box
    box.close()


@pytest.fixture
def watched(make_tracker: Make, deadly_hook: DeadlyHook, deadly_mailbox: DeadlyMailbox, tmp_path: Path) -> Tracker:
    (tmp_path / "docs").mkdir()
    return make_tracker(
        configuration(
            ["id: news, path: docs/*.txt, every: 1s"], [mail_channel(deadly_mailbox), hook_channel(deadly_hook)]
        )
    )


def publish(folder: Path, year: int) -> None:
    """Another article, with a figure that goes up and down."""
    draft = folder / f"{year}.draft"
    draft.write_text(rank_sentence(year, 70 + year % 7), encoding="utf-8")
    draft.rename(folder / f"{year}.txt")


def start(tracker: Tracker) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tracker", "run", "--config", str(tracker.config), "--state", str(tracker.state)],
        env=tracker.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=tracker.config.parent,
    )  # fmt: skip


def check_files(state: Path, scratch: Path) -> int:
    """What a kill left: a sound database, whole reports. Gives the number of recorded statements."""
    for file in (state / "report").glob("status.*"):
        text = file.read_text(encoding="utf-8")
        assert file.suffix != ".json" or json.loads(text)
        assert file.suffix != ".html" or text.rstrip().endswith("</html>")
    if not (state / "tracker.db").exists():
        return 0
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for file in state.glob("tracker.db*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, scratch)
    raw = sqlite3.connect(scratch / "tracker.db")
    try:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        made = raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'evidence'").fetchone()[0]
        return int(raw.execute("SELECT count(*) FROM evidence").fetchone()[0]) if made else 0
    finally:
        raw.close()


def watch_files(state: Path, stage: str, executioner: Executioner, process: subprocess.Popen[str]) -> None:
    """Tell the executioner when the state folder shows that the stage has come."""
    report = state / "report"
    log = state / "tracker.db-wal"
    before = {file: file.stat().st_mtime_ns for file in [*report.glob("status.*"), *state.glob(log.name)]}
    shows: dict[str, Callable[[], bool]] = {
        "log opened": log.exists,
        "log written": lambda: log.stat().st_size > 0 and log.stat().st_mtime_ns != before.get(log),
        "report begun": lambda: any(report.glob(".*.tmp")),
        "report renamed": lambda: any(before.get(one) != one.stat().st_mtime_ns for one in report.glob("status.*")),
    }
    while process.poll() is None:
        try:
            come = shows[stage]()
        except FileNotFoundError:
            continue
        if come:
            executioner.reached(stage)
            return


STAGES = [
    ("log opened", 1), ("hook before its answer", 1), ("mail after its answer", 1), ("log written", 1),
    ("hook after its answer", 1), ("mail before its answer", 1), ("report begun", 1), ("hook before its answer", 2),
    ("report renamed", 1), ("mail after its answer", 2), ("hook after its answer", 2), ("mail before its answer", 2),
]  # fmt: skip


def test_a_run_killed_at_every_stage(
    watched: Tracker, deadly_hook: DeadlyHook, deadly_mailbox: DeadlyMailbox, executioner: Executioner, tmp_path: Path
) -> None:
    year, recorded = 2000, 0
    publish(tmp_path / "docs", year)
    for stage, times in STAGES:
        executioner.process = process = start(watched)
        executioner.wait_for, executioner.stage = times, stage
        if "answer" not in stage:
            watch_files(watched.state, stage, executioner, process)
        _, errors = process.communicate(timeout=LONG)
        assert "Traceback" not in errors
        assert process.returncode in (-signal.SIGKILL, 0), errors
        now = check_files(watched.state, tmp_path / "scratch")
        assert now >= recorded, "what was recorded is still there"
        recorded = now
        year += 1
        publish(tmp_path / "docs", year)
    _at_random_moments(watched, executioner, tmp_path)
    assert sum(executioner.kills.values()) >= len(STAGES) - 2, executioner.kills
    _judge(watched, deadly_hook, deadly_mailbox, executioner, year - 2000 + 1)


def _at_random_moments(tracker: Tracker, executioner: Executioner, tmp_path: Path) -> None:
    chosen = random.Random(7)
    for _ in range(6):
        process = start(tracker)
        time.sleep(chosen.uniform(0.05, 2.5))
        if process.poll() is None:
            process.kill()
            executioner.kills["at random"] += 1
        process.communicate(timeout=LONG)
        check_files(tracker.state, tmp_path / "scratch")


def _judge(
    tracker: Tracker, hook: DeadlyHook, mailbox: DeadlyMailbox, executioner: Executioner, documents: int
) -> None:
    """After an undisturbed run: all told, repeats no more than kills, and the same to the byte."""
    tracker("run")
    told = tracker.json("alerts", "list", "--limit", "999")
    expected = {one["id"]: one["channel"] for alert in told for one in alert["notifications"]}
    assert {one["state"] for alert in told for one in alert["notifications"]} == {"sent"}
    assert tracker.indicator("egdi-rank")["observations"] == documents
    news = [one["data"]["period"] for one in told if one["type"] == "observation"]
    assert sorted(news) == sorted(set(news)), "no figure is news twice"
    assert len(news) == documents
    mailed = {key.strip("<>").partition("@")[0] for key in mailbox.bodies}
    assert set(hook.bodies) == {id for id, channel in expected.items() if channel == "hook"}
    assert mailed == {id for id, channel in expected.items() if channel == "desk"}
    for arrived in (hook.bodies, mailbox.bodies):
        assert all(len(set(bodies)) == 1 for bodies in arrived.values())
        assert sum(len(bodies) - 1 for bodies in arrived.values()) <= sum(executioner.kills.values())
    assert not list(tracker.state.rglob("*.tmp"))


def test_a_daemon_killed_in_the_middle_of_a_delivery(
    watched: Tracker, deadly_hook: DeadlyHook, deadly_mailbox: DeadlyMailbox, executioner: Executioner, tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    publish(docs, 2000)
    for number, stage in enumerate(["hook before its answer", "mail after its answer", "hook after its answer"]):
        with serving(watched, 0, healthy=False) as one:
            executioner.process, executioner.wait_for, executioner.stage = one.process, 1, stage
            publish(docs, 2001 + number)
            one.process.wait(LONG)
        check_files(watched.state, tmp_path / "scratch")
    assert sum(executioner.kills.values()) == 3
    with serving(watched, 0, healthy=False) as one:
        publish(docs, 2004)
        until(lambda: any("2004" in str(body) for _, body in deadly_hook.taken), "the last article is told", one)
        assert one.end() == 0
    _judge(watched, deadly_hook, deadly_mailbox, executioner, 5)
