"""A small configuration, and the daemon as a process: for tests of the whole product from outside."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from product import LONG, Hook, Mailbox, Tracker

HEAD = """\
service: {{timezone: Asia/Ho_Chi_Minh, language: {language}}}
network: {{allow: [127.0.0.1/32]}}
areas:
  - {{id: Vietnam, names: [Việt Nam]}}
indicators:
  - id: egdi-rank
    name: {{vi: Xếp hạng Chính phủ điện tử của Liên Hợp Quốc, en: UN e-government rank}}
    aliases: [xếp hạng Chính phủ điện tử]
    unit: rank
    better: lower
    area: Vietnam
  - {{id: homes-online, name: {{vi: Hộ gia đình có Internet, en: Homes online}}, unit: percent, better: higher, area: Vietnam}}
targets:
  - {{id: top-80, indicator: egdi-rank, at_most: 80, by: 2022-12-31, baseline: {{value: 86, period: 2020}}}}
  - {{id: homes-90, indicator: homes-online, at_least: 90, by: 2030-12-31}}
"""
EVERY_ALERT = (
    "observation, revision, conflict, doubtful, target_reached, target_missed, overdue, off_track, back_on_track, "
    "regressed, met_late, source_failing, source_recovered"
)


def rank_sentence(year: int, rank: int) -> str:
    """An article whose one figure is read beyond doubt."""
    return (
        f"Tin về Chính phủ điện tử\nNgày đăng: 05/10/{year}\n\n"
        f"Năm {year}, Việt Nam xếp thứ {rank}/193 quốc gia trong xếp hạng Chính phủ điện tử của Liên Hợp Quốc.\n"
    )


def configuration(sources: Sequence[str] = (), channels: Sequence[str] = (), language: str = "en") -> str:
    """Two indicators and two targets, with these sources and channels; every alert goes everywhere."""
    text = HEAD.format(language=language)
    if sources:
        text += "sources:\n" + "".join(f"  - {{{one}}}\n" for one in sources)
    if channels:
        ids = ", ".join(one.partition(",")[0].removeprefix("id: ") for one in channels)
        text += "channels:\n" + "".join(f"  - {{{one}}}\n" for one in channels)
        text += f"alerts:\n  - {{on: [{EVERY_ALERT}], to: [{ids}]}}\n"
    return text


def mail_channel(mailbox: Mailbox) -> str:
    return f'id: desk, email: {{to: [desk@example.org], smtp: "smtp://127.0.0.1:{mailbox.port}"}}'


def hook_channel(hook: Hook) -> str:
    return f'id: hook, webhook: {{url: "{hook.url}", secret_env: HOOK_SECRET}}'


class Serving:
    """A running ``tracker serve``; its log is read as it comes."""

    def __init__(self, tracker: Tracker, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tracker", "serve", "--config", str(tracker.config), "--state", str(tracker.state),
             "--listen", f"127.0.0.1:{port}"],
            env=tracker.environment, cwd=tracker.config.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.log: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.log.extend(self.process.stderr)

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of an answer; status 0 where nobody listens."""
        try:
            with urllib.request.urlopen(self.base + path, timeout=LONG) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            return 0, None

    def healthy(self) -> bool:
        return self.get("/healthz")[0] == 200

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """The exit code; ``subprocess.TimeoutExpired`` where it does not come to an end."""
        self.process.send_signal(by)
        code = self.process.wait(LONG)
        self._reader.join(LONG)
        assert not any("Traceback" in line for line in self.log), "".join(self.log)
        return code


@contextmanager
def serving(tracker: Tracker, port: int, *, healthy: bool = True) -> Iterator[Serving]:
    """The daemon for the length of the block; killed at its end if it still runs."""
    one = Serving(tracker, port)
    try:
        if healthy:
            until(one.healthy, "healthy", one)
        yield one
    finally:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait(LONG)


def until(true: Callable[[], object], what: str, one: Serving | None = None, seconds: float = LONG) -> None:
    """Wait until something holds; no longer than ``seconds``."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"never: {what}\n{''.join(one.log) if one else ''}"
        assert one is None or one.process.poll() is None, f"ended before: {what}\n{''.join(one.log)}"
        time.sleep(0.05)


def rows(*lines: str) -> str:
    """A table to import."""
    return "\n".join(["indicator,area,period,value", *lines]) + "\n"


def table(folder: Path, text: str, name: str = "table.csv") -> Path:
    """The table as a file."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


FIGURES = rows("homes-online,Vietnam,2022,70", "homes-online,Vietnam,2023,75", "egdi-rank,Vietnam,2020,86")


def one_sentence(text: str) -> str:
    """The single line that a failure ended with."""
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    assert lines[0].startswith("tracker: ")
    assert "fault of ours" not in lines[0]
    return lines[0]
