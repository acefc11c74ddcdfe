"""The second reader from outside: a real model server, and whatever it says, the figures stay the rules' own."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from models import KEY, Asked, Model, labels, section
from product import Tracker
from pytest_httpserver import HTTPServer
from serving import configuration, rank_sentence, serving, until
from werkzeug import Response

Make = Callable[[str], Tracker]
HOMES = "Năm {}, tỷ lệ hộ gia đình có Internet của Việt Nam đạt {}%.\n"
OBSERVED = {"70": ("homes-online", "observation"), "79/193": ("egdi-rank", "observation")}


def agrees(asked: Asked) -> str:
    return labels(asked, OBSERVED)


def article(folder: Path, more: str = "", name: str = "a.txt") -> Path:
    file = folder / name
    file.write_text(rank_sentence(2022, 79) + HOMES.format(2022, 70) + more, encoding="utf-8")
    return file


@pytest.fixture
def model(httpserver: HTTPServer) -> Model:
    one = Model(httpserver.url_for("/v1"), agrees)
    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(one)
    return one


@pytest.fixture
def read_by(make_tracker: Make, tmp_path: Path, environment: dict[str, str]) -> Callable[..., Tracker]:
    environment["MODEL_KEY"] = KEY

    def make(model: Model, **more: object) -> Tracker:
        (tmp_path / "docs").mkdir(exist_ok=True)
        return make_tracker(configuration(["id: news, path: docs/*.txt"]) + section(model.url, **more))

    return make


def switch(tracker: Tracker, was: str, now: str) -> None:
    text = tracker.config.read_text(encoding="utf-8")
    assert was in text
    tracker.config.write_text(text.replace(was, now), encoding="utf-8")


def rows(tracker: Tracker, query: str) -> list[Any]:
    with closing(sqlite3.connect(tracker.state / "tracker.db")) as raw:
        return raw.execute(query).fetchall()


def figures(tracker: Tracker) -> Any:
    """The status without what differs from run to run."""
    found = tracker.json("status")
    for source in found["sources"]:
        del source["since"], source["last_checked"], source["last_changed"], source["reason"]
    return found


@pytest.fixture
def by_rules(make_tracker: Make, tmp_path: Path) -> Any:
    """What the rules alone make of an article."""
    (tmp_path / "docs").mkdir()
    article(tmp_path / "docs")
    tracker = make_tracker(configuration(["id: news, path: docs/*.txt"]))
    tracker("run")
    found = figures(tracker)
    shutil.rmtree(tracker.state)
    return found


def test_agreement_changes_nothing_and_the_call_is_kept(
    by_rules: Any, read_by: Callable[..., Tracker], model: Model
) -> None:
    tracker = read_by(model)
    tracker("run")
    assert figures(tracker) == by_rules
    assert tracker.json("review", "list") == []
    (asked,) = model.asked
    assert [one["number"] for one in asked["numbers"]] == ["79/193", "70%"]
    assert [one["id"] for one in asked["indicators"]] == ["egdi-rank", "homes-online"]
    (request,) = model.requests
    assert (request["temperature"], request["model"], request["stream"]) == (0, "test-model", False)
    assert model.keys == [f"Bearer {KEY}"]
    ((document, body, status, answer),) = rows(
        tracker, "SELECT c.document, c.body, a.status, a.body FROM second_call c JOIN second_answer a ON a.call = c.id"
    )
    assert rows(tracker, f"SELECT count(*) FROM snapshot WHERE sha256 = '{document}'") == [(1,)]
    assert json.loads(body) == request
    assert status == 200
    assert "labels" in answer
    assert KEY.encode() not in (tracker.state / "tracker.db").read_bytes()


def test_the_rules_alone_while_it_is_off(by_rules: Any, read_by: Callable[..., Tracker], model: Model) -> None:
    tracker = read_by(model, enabled="false")
    tracker("run")
    assert figures(tracker) == by_rules
    printed = tracker("read", tracker.config.parent / "docs" / "a.txt", "--json").stdout.splitlines()
    assert [json.loads(line)["accepted"] for line in printed] == [True, True]
    assert "second" not in json.loads(printed[0])
    assert model.asked == []


def test_a_disagreement_waits_for_a_person_with_both_views(
    by_rules: Any, read_by: Callable[..., Tracker], model: Model, tmp_path: Path
) -> None:
    model.say = lambda asked: labels(asked, {**OBSERVED, "70": ("homes-online", "target")})
    tracker = read_by(model)
    tracker("run")
    assert tracker.indicator("homes-online")["latest"] is None
    assert tracker.indicator("egdi-rank") == next(one for one in by_rules["indicators"] if one["id"] == "egdi-rank")
    waiting = {one["what"]: one for one in tracker.json("review", "list")}
    assert set(waiting) == {"disputed", "proposed"}
    disputed, proposed = waiting["disputed"], waiting["proposed"]
    assert (disputed["value"], disputed["kind"]) == (70, "observation")
    assert disputed["second"] == {
        "word": "disputes", "indicator": "homes-online", "kind": "target", "model": "test-model",
    }  # fmt: skip
    assert (proposed["value"], proposed["kind"], proposed["second"]["word"]) == (70, "target", "proposes")
    shown = tracker("review", "list").stdout
    assert "test-model" in shown
    assert "homes-online · target" in shown
    assert "homes-online · observation" in shown

    tracker("review", "reject", str(proposed["id"]))
    tracker("review", "accept", str(disputed["id"]))
    assert tracker.json("review", "list") == []
    assert figures(tracker)["indicators"] == by_rules["indicators"]
    assert "nothing changes" in tracker("replay").stdout
    assert len(model.asked) == 1


def test_a_number_that_the_rules_left_is_only_proposed(read_by: Callable[..., Tracker], model: Model) -> None:
    tracker = read_by(model)
    text = (
        "Báo cáo về Internet\nNgày đăng: 05/10/2022\n\nNăm 2022, cả nước có 41 trường học và 64% hộ dùng mạng xã hội.\n"
    )
    (tracker.config.parent / "docs" / "a.txt").write_text(text, encoding="utf-8")
    model.say = lambda asked: labels(asked, {"64": ("homes-online", "observation"), "41": ("egdi-rank", "observation")})
    tracker("run")
    status = tracker.json("status")
    assert all(one["latest"] is None for one in status["indicators"])
    found = [one for one in tracker.json("review", "list") if one["what"] == "proposed"]
    assert [(one["indicator"], one["value"]) for one in found] == [("homes-online", 64)], "41 schools are no rank"
    tracker("review", "accept", str(found[0]["id"]))
    latest = tracker.indicator("homes-online")["latest"]
    assert (latest["value"], latest["period"]) == (64, "2022")
    assert latest["quote"] in text


def test_reading_with_it_on_trial(read_by: Callable[..., Tracker], model: Model, tmp_path: Path) -> None:
    model.say = lambda asked: labels(asked, {**OBSERVED, "70": ("homes-online", "target")})
    tracker = read_by(model, enabled="false")
    file = article(tmp_path)
    lines = [json.loads(one) for one in tracker("read", file, "--second", "--json").stdout.splitlines()]
    assert [(one["value"], one["accepted"], one["second"]["word"]) for one in lines] == [
        (79, True, "agrees"),
        (70, False, "disputes"),
        (70, False, "proposes"),
    ]
    shown = tracker("read", file, "--second").stdout
    assert "1 agreed, 1 disputed, 1 proposed, 0 dropped" in shown
    assert "the rules: homes-online · observation" in shown
    assert len(model.asked) == 1, "the second time the kept answer is taken"
    assert tracker("review", "list").stdout.strip() == "Nothing waits for a person."
    assert "leave out --second" in tracker("read", file, "--second", "--save-golden", expect=2).stderr

    model.say = lambda asked: Response("no", status=500)
    switch(tracker, "model: test-model", "model: other-model")
    failed = tracker("read", file, "--second", "--json", expect=1)
    assert "answered 500" in failed.stderr
    assert [json.loads(one)["accepted"] for one in failed.stdout.splitlines()] == [True, True]
    switch(tracker, "second_reader:", "# second_reader:")
    text = tracker.config.read_text(encoding="utf-8").partition("# second_reader:")[0]
    tracker.config.write_text(text, encoding="utf-8")
    assert "no second reader is configured" in tracker("read", file, "--second", expect=2).stderr


def test_a_kill_while_it_is_asked(read_by: Callable[..., Tracker], model: Model, by_rules: Any) -> None:
    tracker = read_by(model)
    running: list[subprocess.Popen[str]] = []

    def kill(asked: Asked) -> str:
        if running:
            running.pop().kill()
        return agrees(asked)

    model.say = kill
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "run", "--config", str(tracker.config), "--state", str(tracker.state)],
        env=tracker.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True, cwd=tracker.config.parent,
    )  # fmt: skip
    running.append(process)
    assert process.wait(120) == -signal.SIGKILL
    calls = "SELECT c.id, a.status FROM second_call c LEFT JOIN second_answer a ON a.call = c.id ORDER BY c.id"
    assert rows(tracker, calls) == [(1, None)]
    assert rows(tracker, "SELECT count(*) FROM evidence") == [(0,)]
    tracker("run")
    assert rows(tracker, calls) == [(1, None), (2, 200)]
    assert figures(tracker) == by_rules


def test_the_daemon_says_once_that_it_is_away(make_tracker: Make, model: Model, tmp_path: Path, free_port: int) -> None:
    (tmp_path / "docs").mkdir()
    model.say = lambda asked: Response("no", status=500)
    names = ("one", "two", "three")
    sources = [f"id: {name}, path: docs/{name}.txt, every: 1s" for name in names]
    for name in names:
        article(tmp_path / "docs", name=f"{name}.txt")
    tracker = make_tracker(configuration(sources) + section(model.url, secret_env=None))
    with serving(tracker, free_port) as one:

        def sources_now() -> list[dict[str, Any]]:
            return one.get("/api/v1/status")[1]["sources"]

        until(lambda: all("answered 500" in each["reason"] for each in sources_now()), "each source says it", one)
        changed = sources_now()[0]["last_changed"]
        article(tmp_path / "docs", "Thêm một câu.\n", "one.txt")
        until(lambda: sources_now()[0]["last_changed"] != changed, "it is read again", one)
        assert {each["state"] for each in sources_now()} == {"ok"}
        assert one.end() == 0
    assert sum("second reader" in line for line in one.log) == 1, "".join(one.log)
    assert not any("fault of ours" in line for line in one.log)
