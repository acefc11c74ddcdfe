"""The first minutes: a thin start, and a starter configuration that works as written."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "pandas",
    "sqlalchemy",
    "sqlmodel",
    "httpx",
    "fastapi",
    "pydantic",
    "uvicorn",
    "apscheduler",
    "alembic",
    "rich",
}


def command(*arguments: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        capture_output=True, text=True, cwd=folder, env=environment, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_a_thin_start_loads_nothing_heavy(asked: str, tmp_path: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tracker", asked],
        capture_output=True, text=True, cwd=tmp_path, env=environment, check=True,
    )  # fmt: skip
    loaded = {name.split(".")[0] for name in re.findall(r"\|\s+([\w.]+)$", done.stderr, re.MULTILINE)}
    assert "typer" in loaded
    assert not loaded & HEAVY
    assert done.stdout


def test_every_verb_explains_itself(tmp_path: Path, environment: dict[str, str]) -> None:
    told = command("--help", folder=tmp_path, environment=environment).stdout
    verbs = set(re.findall(r"^  ([a-z]+)  ", told, re.MULTILINE))
    assert {"init", "validate", "read", "run", "serve", "import", "backfill", "status"} <= verbs
    assert {"history", "explain", "review", "report", "alerts"} <= verbs
    assert command(folder=tmp_path, environment=environment).returncode == 2


def test_the_starter_works_as_it_is_written(tmp_path: Path, environment: dict[str, str]) -> None:
    wrote = command("init", folder=tmp_path, environment=environment)
    assert wrote.returncode == 0, wrote.stderr
    assert (tmp_path / "config" / "tracker.yaml").exists()
    assert "in order" in command("validate", folder=tmp_path, environment=environment).stdout
    ran = command("run", folder=tmp_path, environment=environment)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "state" / "report" / "status.html").exists()
    assert " 0 new statements" not in f" {ran.stdout}"

    before = {path: path.read_bytes() for path in (tmp_path / "config").rglob("*") if path.is_file()}
    again = command("init", folder=tmp_path, environment=environment)
    assert again.returncode == 2
    assert "nothing was written" in again.stderr
    assert len(again.stderr.splitlines()) == 1
    assert {path: path.read_bytes() for path in (tmp_path / "config").rglob("*") if path.is_file()} == before


def test_init_where_it_is_told(tmp_path: Path, environment: dict[str, str]) -> None:
    assert command("init", "here", folder=tmp_path, environment=environment).returncode == 0
    assert (
        command("init", "--config", "there", "--state", "s", folder=tmp_path, environment=environment).returncode == 0
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "there"]
    (tmp_path / "file").write_text("")
    assert "is a file" in command("init", "file", folder=tmp_path, environment=environment).stderr
