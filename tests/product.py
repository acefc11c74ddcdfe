"""The whole product from outside: its command in a process of its own, a real mailbox, a real webhook receiver."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from standardwebhooks import Webhook
from werkzeug import Request, Response

ROOT = Path(__file__).resolve().parents[1]
#: Seconds after which a test gives up: a bound for a busy machine, never a measure.
LONG = 180
#: Seconds for which a peer hangs, so that whoever waited for it would not be done within ``LONG``.
HANGING = 600
SEEDS = ROOT.parent / "shared" / "seeds"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five articles (../shared/seeds) are not here")


@dataclass
class Tracker:
    """Runs the command against one configuration and one state folder."""

    config: Path
    state: Path
    environment: dict[str, str]

    def __call__(self, *arguments: str | Path, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
        verb, *rest = map(str, arguments)
        options = ["--config", str(self.config), "--state", str(self.state)]
        if verb in ("review", "alerts"):
            verb, rest = f"{verb} {rest[0]}", rest[1:]
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *verb.split(), *rest, *options],
            capture_output=True, text=True, env=self.environment, timeout=LONG, check=False, cwd=self.config.parent,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        if expect is not None:
            assert done.returncode == expect, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *arguments: str | Path) -> Any:
        return json.loads(self(*arguments, "--json").stdout)

    def target(self, id: str, *arguments: str) -> dict[str, Any]:
        return next(one for one in self.json("status", *arguments)["targets"] if one["id"] == id)

    def indicator(self, id: str, *arguments: str) -> dict[str, Any]:
        return next(one for one in self.json("status", *arguments)["indicators"] if one["id"] == id)


@dataclass
class Mailbox:
    """A real SMTP server; it can be closed and opened again on the same port."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    controller: Controller | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None


@dataclass
class Hook:
    """A real webhook receiver that checks the signature of whatever comes."""

    url: str
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answer: int = 200

    def __call__(self, request: Request) -> Response:
        Webhook(SECRET).verify(request.get_data(), dict(request.headers))
        if self.answer == 200:
            self.taken.append((request.headers["webhook-id"], json.loads(request.get_data())))
        return Response(status=self.answer)
