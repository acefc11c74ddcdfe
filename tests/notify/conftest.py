import json
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from tracker.domain.alert import AlertType, Message, Notification
from tracker.net import Allowance, ClientSettings

TOOLS = Path(__file__).parents[2].parent / "shared" / "tools"
AT = datetime(2025, 6, 1, 8, 30, tzinfo=UTC)


def message(**more):
    plain = Message(
        type=AlertType.OFF_TRACK,
        subject="Tỷ lệ hồ sơ: chệch tiến độ",
        text="Tỷ lệ hồ sơ: chệch tiến độ\n\n  > đạt 41,5%\n",
        html="<p>Tỷ lệ hồ sơ: chệch tiến độ</p>",
        data={"target": "ho-so-80", "value": 80, "ratio": 0.5, "quote": "đạt 41,5%"},
        at=AT,
        alerts=("off_track|ho-so-80",),
    )
    return replace(plain, **more)


def notification(number=1, channel="kenh", **more):
    fields = {key: more.pop(key) for key in ("attempts", "next_try_at", "last_error") if key in more}
    return Notification(f"msg_{number:032x}", channel, message(**more), **fields)


@pytest.fixture
def make():
    return SimpleNamespace(message=message, notification=notification, at=AT)


@pytest.fixture
def settings():
    return ClientSettings(Allowance.of(["127.0.0.1/32"]), total=5)


class Tool:
    """A receiver of the tool box: a process with a port and a log of JSON lines."""

    def __init__(self, name, folder, *options):
        self.log, ready, self.name = folder / f"{name}.jsonl", folder / f"{name}.ready", name
        command = [
            sys.executable,
            str(TOOLS / name),
            "--port",
            "0",
            "--log",
            str(self.log),
            "--run-for",
            "60",
        ]
        self._process = subprocess.Popen([*command, "--ready-file", str(ready), *options], stdout=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while not ready.exists() and self._process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        self.port = json.loads(ready.read_text())["port"]

    @property
    def lines(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def score(self, *options):
        command = [sys.executable, str(TOOLS / self.name), "--report", str(self.log), *options]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)

    def stop(self):
        self._process.terminate()
        self._process.wait(timeout=10)


@pytest.fixture
def tool(tmp_path):
    """Start a receiver of the tool box; all of them end with the test."""
    started = []

    def start(name, *options):
        if not (TOOLS / name).exists():
            pytest.skip(f"{name} is not beside this checkout")
        started.append(Tool(name, tmp_path, *options))
        return started[-1]

    yield start
    for one in started:
        one.stop()


class Mailbox:
    """A real SMTP server that keeps what it is given, and refuses whom it is told to."""

    def __init__(self):
        self.mails, self.refuse, self.seen = [], {}, threading.Event()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((tuple(envelope.rcpt_tos), envelope.content))
        return "250 taken"


@pytest.fixture
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=0, enable_SMTPUTF8=True)
    # Port 0 would be looked up wrongly by its own start check: take a free one first.
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        controller.port = probe.getsockname()[1]
    controller.start()
    box.smtp = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()
