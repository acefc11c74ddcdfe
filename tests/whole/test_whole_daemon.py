"""`tracker serve` from outside: its schedule, its channels, its end, and everything else at work beside it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from product import HANGING, LONG, ROOT, Hook, Mailbox, Tracker
from pytest_httpserver import HTTPServer
from serving import (
    Serving,
    configuration,
    hook_channel,
    mail_channel,
    rank_sentence,
    rows,
    serving,
    table,
    until,
)
from werkzeug import Request, Response

Make = Callable[[str], Tracker]
GUARD = ROOT.parent / "shared" / "tools" / "shims" / "net"


@pytest.fixture(autouse=True)
def _only_loopback(environment: dict[str, str]) -> None:
    """Whatever the product forgets to refuse must not leave this machine."""
    if GUARD.is_dir():
        environment["PYTHONPATH"] = f"{ROOT}:{GUARD}"


@pytest.fixture
def port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Page:
    """A page on a real server; it counts who asked, and answers 304 to who has it."""

    text: str
    version: str = '"1"'
    asked: int = 0
    not_modified: int = 0

    def __call__(self, request: Request) -> Response:
        self.asked += 1
        if request.headers.get("If-None-Match") == self.version:
            self.not_modified += 1
            return Response(status=304)
        return Response(self.text, content_type="text/plain; charset=utf-8", headers={"ETag": self.version})


@dataclass
class SlowHook(Hook):
    """A receiver that does not answer before it is let go."""

    arrived: threading.Event = field(default_factory=threading.Event)
    free: threading.Event = field(default_factory=threading.Event)

    def __call__(self, request: Request) -> Response:
        self.arrived.set()
        self.free.wait(HANGING)
        return super().__call__(request)


@pytest.fixture
def page(httpserver: HTTPServer) -> Page:
    one = Page(rank_sentence(2022, 79))
    httpserver.expect_request("/page").respond_with_handler(one)
    return one


@pytest.fixture
def slow_hook(httpserver: HTTPServer) -> Iterator[SlowHook]:
    one = SlowHook(httpserver.url_for("/slow"))
    httpserver.expect_request("/slow", method="POST").respond_with_handler(one)
    yield one
    one.free.set()


def value(tracker: Tracker) -> object:
    return (tracker.indicator("egdi-rank")["latest"] or {}).get("value")


def ended_well(one: Serving) -> None:
    """At once: `end` waits far less than a peer that hangs."""
    assert one.end() == 0, "".join(one.log)


def test_changes_are_seen_and_told(make_tracker: Make, mailbox: Mailbox, hook: Hook, port: int, tmp_path: Path) -> None:
    tracker = make_tracker(
        configuration(["id: news, path: news/*.txt, every: 1s"], [mail_channel(mailbox), hook_channel(hook)])
    )
    news = tmp_path / "news"
    news.mkdir()
    (news / "1.txt").write_text(rank_sentence(2020, 86), encoding="utf-8")
    with serving(tracker, port) as one:
        assert one.get("/healthz") == (200, {"status": "ok"})
        until(lambda: hook.taken and mailbox.mails, "the summary of the first cycle", one)
        assert [body["type"] for _, body in hook.taken] == ["summary"]
        (news / "2.txt").write_text(rank_sentence(2022, 79), encoding="utf-8")
        until(lambda: "target_reached" in {body["type"] for _, body in hook.taken}, "the news by webhook", one)
        until(lambda: len(mailbox.mails) == len(hook.taken), "the news by mail", one)
        code, said = one.get("/api/v1/status")
        assert code == 200
        assert _but_for_the_moment(said) == _but_for_the_moment(tracker.json("status"))
        assert one.get("/api/v1/status?as_of=2021-01-01")[1]["targets"][0]["latest"]["value"] == 86
        assert one.get("/api/v1/status?as_of=soon")[0] == 422
        until(lambda: "rank 79" in (tracker.state / "report" / "status.md").read_text(), "the report", one)
        ended_well(one)
    assert not list(tracker.state.rglob("*.tmp"))


def _but_for_the_moment(said: dict) -> dict:
    return said | {"sources": [{**each, "last_checked": None} for each in said["sources"]]}


def test_other_verbs_beside_it(make_tracker: Make, port: int, tmp_path: Path) -> None:
    tracker = make_tracker(configuration(["id: news, path: news.txt, every: 1s"]))
    (tmp_path / "news.txt").write_text(rank_sentence(2022, 79), encoding="utf-8")
    with serving(tracker, port) as one:
        until(lambda: value(tracker) == 79, "the first cycle", one)
        tracker("import", table(tmp_path, rows("homes-online,Vietnam,2023,75", "egdi-rank,Vietnam,2022,81")))
        waiting = tracker.json("review", "list")
        assert {each["what"] for each in waiting} == {"conflict"}
        tracker("review", "reject", str(waiting[0]["id"]), "--note", "the survey itself says otherwise")
        assert tracker.json("review", "list") == []
        tracker("run")
        tracker("report", "--out", tmp_path / "out")
        assert (tmp_path / "out" / "status.html").exists()
        homes = next(each for each in one.get("/api/v1/status")[1]["indicators"] if each["id"] == "homes-online")
        assert homes["latest"]["value"] == 75

        second = tracker("serve", "--listen", "127.0.0.1:0", expect=3)
        assert len(second.stderr.splitlines()) == 1
        assert "another `tracker serve` holds" in second.stderr
        assert str(one.process.pid) in second.stderr
        assert one.healthy()
        ended_well(one)


def test_a_port_that_is_taken(make_tracker: Make, port: int) -> None:
    tracker = make_tracker(configuration())
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        told = tracker("serve", "--listen", f"127.0.0.1:{port}", expect=1)
    assert told.stderr.startswith(f"tracker: cannot listen on 127.0.0.1:{port}")
    assert len(told.stderr.splitlines()) == 1


def test_sigterm_when_idle_and_in_a_first_cycle(
    make_tracker: Make, page: Page, httpserver: HTTPServer, port: int
) -> None:
    begun, free = threading.Event(), threading.Event()

    def hang(request: Request) -> Response:
        begun.set()
        free.wait(HANGING)
        return page(request)

    httpserver.expect_request("/hang").respond_with_handler(hang)
    tracker = make_tracker(configuration([f'id: slow, url: "{httpserver.url_for("/hang")}", every: 1s']))
    try:
        with serving(tracker, port, healthy=False) as one:
            assert begun.wait(LONG)
            ended_well(one)
    finally:
        free.set()
    assert value(tracker) is None
    with serving(tracker, port) as one:
        until(lambda: value(tracker) == 79, "the cycle that was cut off is done", one)
        ended_well(one)


def test_sigterm_during_a_delivery_that_hangs(
    make_tracker: Make, slow_hook: SlowHook, port: int, tmp_path: Path
) -> None:
    tracker = make_tracker(configuration(["id: news, path: news.txt, every: 1d"], [hook_channel(slow_hook)]))
    (tmp_path / "news.txt").write_text(rank_sentence(2022, 79), encoding="utf-8")
    with serving(tracker, port, healthy=False) as one:
        assert slow_hook.arrived.wait(LONG)
        ended_well(one)
    slow_hook.free.set()
    with serving(tracker, port) as one:
        until(lambda: _states(tracker) == {"sent"}, "the summary", one)
        ended_well(one)
    assert {body["type"] for _, body in slow_hook.taken} == {"summary"}
    assert len({id for id, _ in slow_hook.taken}) == 1


def _states(tracker: Tracker) -> set[str]:
    return {each["state"] for one in tracker.json("alerts", "list") for each in one["notifications"]}


def test_due_times_survive_a_restart(make_tracker: Make, page: Page, httpserver: HTTPServer, port: int) -> None:
    daily, quick = Page(rank_sentence(2020, 86)), page
    httpserver.expect_request("/daily").respond_with_handler(daily)
    tracker = make_tracker(
        configuration([
            f'id: daily, url: "{httpserver.url_for("/daily")}", every: 1d',
            f'id: quick, url: "{httpserver.url_for("/page")}", every: 1s',
        ])
    )  # fmt: skip
    for _ in range(2):
        asked, same = quick.asked, quick.not_modified
        with serving(tracker, port) as one:
            until(lambda asked=asked: quick.asked >= asked + 2, "the quick page is asked for", one)
            until(lambda same=same: quick.not_modified > same, "it is not sent again", one)
            ended_well(one)
    assert (daily.asked, daily.not_modified) == (1, 0)
    assert quick.asked - quick.not_modified == 1
    quick.text, quick.version = rank_sentence(2024, 71), '"2"'
    with serving(tracker, port) as one:
        until(lambda: value(tracker) == 71, "the new version is read", one)
        ended_well(one)


def test_a_closed_mail_port_holds_up_nobody(
    make_tracker: Make, mailbox: Mailbox, hook: Hook, port: int, tmp_path: Path
) -> None:
    mailbox.close()
    tracker = make_tracker(
        configuration(["id: news, path: news.txt, every: 1d"], [mail_channel(mailbox), hook_channel(hook)])
    )
    (tmp_path / "news.txt").write_text(rank_sentence(2022, 79), encoding="utf-8")
    with serving(tracker, port) as one:
        until(lambda: len(hook.taken) == 1, "the webhook", one)
        until(lambda: any("desk" in line and "WARNING" in line for line in one.log), "a word about the mail", one)
        mailbox.open()
        until(lambda: len(mailbox.mails) == 1, "the mail", one)
        until(lambda: _states(tracker) == {"sent"}, "both are noted", one)
        ended_well(one)
    tracker("run")
    assert (len(hook.taken), len(mailbox.mails)) == (1, 1)


def test_private_addresses_are_refused(make_tracker: Make, page: Page, httpserver: HTTPServer) -> None:
    for path, place in [("/to-metadata", "http://169.254.169.254/latest"), ("/to-private", "http://10.0.0.1/")]:
        httpserver.expect_request(path).respond_with_data("", status=302, headers={"Location": place})
    own = httpserver.url_for("/page")
    closed = make_tracker(configuration([f'id: own, url: "{own}"']).replace("network: {allow: [127.0.0.1/32]}\n", ""))
    told = closed("run", expect=1)
    assert "127.0.0.1" in told.stderr
    assert "network.allow" in told.stderr
    assert closed.json("status")["sources"][0]["state"] == "failing"
    assert "network.allow" in closed("read", own, expect=1).stderr
    assert page.asked == 0
    open_ = make_tracker(
        configuration([f'id: own, url: "{own}"', *(
            f'id: r{number}, url: "{httpserver.url_for(path)}"' for number, path in enumerate(["/to-metadata", "/to-private"])
        )])
    )  # fmt: skip
    told = open_("run", expect=1)
    assert "netguard" not in told.stderr.lower()
    states = {one["id"]: (one["state"], one["reason"]) for one in open_.json("status")["sources"]}
    assert states["own"][0] == "ok"
    for id, place in [("r0", "169.254.169.254"), ("r1", "10.0.0.1")]:
        assert states[id][0] == "failing"
        assert place in states[id][1]
        assert "network.allow" in states[id][1]
