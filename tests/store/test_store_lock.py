"""One serve per folder, whatever way the last one ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.errors import StateError, StateLocked
from tracker.store.lock import holder, serve_lock

ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)

HOLD = """
import os, sys, time
from datetime import UTC, datetime
from pathlib import Path
from tracker.store.lock import serve_lock
with serve_lock(Path(sys.argv[1]), datetime(2025, 6, 1, tzinfo=UTC)):
    worker = os.fork() if sys.argv[2] == "worker" else 1
    if worker == 0:
        print(os.getpid(), flush=True)
        time.sleep(60)
        os._exit(0)
    if worker == 1:
        print(worker, flush=True)
    time.sleep(60)
"""


def hold(folder: Path, how: str) -> tuple[subprocess.Popen[str], int]:
    """The holder, once it holds, and the id its worker said of itself: only then has the worker let go."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), how],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_the_second_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    process, _ = hold(tmp_path, "alone")
    try:
        with (
            pytest.raises(StateLocked, match=f"process {process.pid}, since 2025-06-01") as told,
            serve_lock(tmp_path, NOW),
        ):
            pass
        assert str(tmp_path) in str(told.value)
        assert holder(tmp_path) == f"process {process.pid}, since 2025-06-01T00:00:00+00:00"
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("how", ["alone", "worker"])
def test_a_killed_holder_keeps_nobody_out(tmp_path: Path, how: str) -> None:
    process, worker = hold(tmp_path, how)
    process.send_signal(signal.SIGKILL)
    process.wait()
    try:
        with serve_lock(tmp_path, NOW):
            assert holder(tmp_path) == f"process {os.getpid()}, since {NOW.isoformat()}"
        assert holder(tmp_path) is None
    finally:
        if how == "worker":
            os.kill(worker, signal.SIGKILL)


def test_within_one_process_too(tmp_path: Path) -> None:
    with serve_lock(tmp_path, NOW), pytest.raises(StateLocked), serve_lock(tmp_path, NOW):
        pass
    with serve_lock(tmp_path, NOW):
        pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert holder(tmp_path / "none") is None
    with pytest.raises(StateError, match="cannot be opened"), serve_lock(tmp_path / "none", NOW):
        pass


def test_lock_and_files_load_no_database() -> None:
    source = "import sys, tracker.store.lock, tracker.store.files; print('sqlalchemy' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"
