"""Fixtures of the whole product from outside."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from living import Life, begin
from product import ROOT, SECRET, Hook, Mailbox, Tracker
from pytest_httpserver import HTTPServer
from serving import FIGURES, configuration, table


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TRACKER_")}
    # Compiled once for all the processes of a run, whatever the caller's environment says of it.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    compiled = str(tmp_path_factory.getbasetemp().parent / "compiled")
    return kept | {"PYTHONPYCACHEPREFIX": compiled} | {"HOOK_SECRET": SECRET, "NETGUARD": "1", "PYTHONPATH": str(ROOT)}


@pytest.fixture
def make_tracker(tmp_path: Path, environment: dict[str, str]) -> Callable[[str], Tracker]:
    def make(configuration: str) -> Tracker:
        file = tmp_path / "tracker.yaml"
        file.write_text(configuration, encoding="utf-8")
        return Tracker(file, tmp_path / "state", environment)

    return make


@pytest.fixture
def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def mailbox(free_port: int) -> Iterator[Mailbox]:
    box = Mailbox(free_port)
    box.open()
    yield box
    box.close()


@pytest.fixture
def hook(httpserver: HTTPServer) -> Hook:
    receiver = Hook(httpserver.url_for("/in"))
    httpserver.expect_request("/in", method="POST").respond_with_handler(receiver)
    return receiver


@pytest.fixture
def filled(make_tracker: Callable[[str], Tracker], tmp_path: Path) -> Tracker:
    """A state with figures and a report, nobody at work in it."""
    tracker = make_tracker(configuration())
    tracker("import", table(tmp_path, FIGURES))
    return tracker


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Callable[[str], Life]]:
    """Makes products that live in this process, each in a folder of its own."""
    made: list[Life] = []

    def make(configuration: str) -> Life:
        made.append(begin(tmp_path / f"life{len(made)}", configuration))
        return made[-1]

    yield make
    for one in made:
        one.service.store.close()
