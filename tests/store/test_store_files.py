"""A report is whole at every moment."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tracker.errors import StateError
from tracker.store.files import atomic_write

ROOT = Path(__file__).parents[2]

WRITE = """
import resource, signal, sys
from pathlib import Path
from tracker.errors import StateError
from tracker.store.files import atomic_write
path = Path(sys.argv[1])
if sys.argv[2] == "limit":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        atomic_write(path, b"new" * 1000)
    except StateError as full:
        print(full)
else:
    print("going", flush=True)
    number = 0
    while True:
        number += 1
        atomic_write(path, (b"%08d" % number) * 20000)
"""


def child(path: Path, how: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITE, str(path), how],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_new_content_and_old_rights(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    atomic_write(path, b"one")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
    owner = path.stat().st_uid
    atomic_write(path, b"")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode), path.stat().st_uid) == (b"", 0o640, owner)
    assert list(tmp_path.iterdir()) == [path]


def test_links_folders_and_ways_out_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"kept")
    link = tmp_path / "link"
    link.symlink_to(secret)
    (tmp_path / "folder").mkdir()
    trap = tmp_path / ".trap.tmp"
    trap.symlink_to(secret)
    for path in (
        link,
        tmp_path / "folder",
        tmp_path / "folder" / ".." / "out",
        tmp_path / "trap",
        tmp_path / "no" / "x",
    ):
        with pytest.raises(StateError):
            atomic_write(path, b"new")
    assert secret.read_bytes() == b"kept"
    assert link.is_symlink()
    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(b"old")
    said, _ = child(path, "limit").communicate(timeout=60)
    assert "the disk is full" in said
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1000


def test_kills_and_readers_never_meet_a_torn_file(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    atomic_write(path, b"00000000" * 20000)
    seen = 0
    for _ in range(5):
        process = child(path, "ever")
        assert process.stdout is not None
        process.stdout.readline()
        for _ in range(200):
            content = path.read_bytes()
            assert content == content[:8] * 20000
            seen += 1
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert seen == 1000
    atomic_write(path, b"last")
    assert list(tmp_path.iterdir()) == [path], "the next write clears what a kill left"


def test_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    bodies = [bytes([letter]) * 50_000 for letter in b"abcdef"]

    def write(body: bytes) -> None:
        for _ in range(10):
            atomic_write(path, body)

    with ThreadPoolExecutor(len(bodies)) as writers:
        assert list(writers.map(write, bodies)) == [None] * len(bodies)
    assert path.read_bytes() in bodies
    assert list(tmp_path.iterdir()) == [path]


def test_the_next_write_takes_over_what_a_killed_writer_left(tmp_path: Path) -> None:
    (tmp_path / ".report.html.tmp").write_bytes(b"half" * 1000)
    (tmp_path / "notes.tmp").write_bytes(b"somebody's")
    atomic_write(tmp_path / "report.html", b"whole")
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {
        "report.html": b"whole",
        "notes.tmp": b"somebody's",
    }
