"""A state that is broken, newer, closed or on a full disk: one sentence, exit 3, and every byte as it was."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from product import Tracker
from serving import FIGURES, configuration, one_sentence, rank_sentence, table

Make = Callable[[str], Tracker]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def _flip_a_byte(file: Path) -> None:
    """Spoil the page type in the header of the last table page."""
    content = bytearray(file.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    place = max(place for place in range(size, len(content), size) if content[place] in (2, 5, 10, 13))
    content[place] ^= 0x40
    file.write_bytes(content)


def _newer_schema(file: Path) -> None:
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda file: file.write_bytes(b"not a database at all " * 400), "no database"),
        (lambda file: os.truncate(file, file.stat().st_size // 2), "cut off"),
        (_flip_a_byte, "damaged"),
        (_newer_schema, "newer"),
    ],
    ids=["garbage", "truncated", "flipped byte", "newer schema"],
)
def test_a_broken_database_is_left_as_it_is(
    filled: Tracker, tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    spoil(filled.state / "tracker.db")
    before = bytes_of(filled.state)
    for verb in (["status", "--json"], ["import", tmp_path / "table.csv"]):
        told = filled(*verb, expect=3)
        assert words in one_sentence(told.stderr)
        assert told.stdout == ""
    # `serve` may note in its lock file who tried; nothing else moves.
    assert words in filled("serve", "--listen", "127.0.0.1:0", expect=3).stderr
    after = bytes_of(filled.state)
    assert {name: one for name, one in after.items() if name != "serve.lock"} == before


def test_a_state_folder_that_is_a_file(make_tracker: Make, tmp_path: Path) -> None:
    tracker = make_tracker(configuration())
    tracker.state.write_text("here already")
    for verb in (["status"], ["run"], ["import", table(tmp_path, FIGURES)], ["serve", "--listen", "127.0.0.1:0"]):
        assert str(tracker.state) in one_sentence(tracker(*verb, expect=3).stderr)
    assert tracker.state.read_text() == "here already"


def in_namespace(tracker: Tracker, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script where mounts are its own. ``$T verb…`` is the command."""
    probe = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("mount namespaces are not permitted here")
    command = f'T() {{ v=$1; shift; {sys.executable} -m tracker $v "$@" --config {tracker.config} --state {tracker.state}; }}\n'
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", command + script],
        capture_output=True, text=True, env=tracker.environment, cwd=tracker.config.parent, timeout=120, check=False,
    )  # fmt: skip


def test_a_state_folder_that_may_only_be_read(filled: Tracker, tmp_path: Path) -> None:
    before = bytes_of(filled.state)
    s = filled.state
    done = in_namespace(
        filled,
        f"mount --bind {s} {s} && mount -o remount,ro,bind {s} || exit 99\n"
        f"for v in status run 'import {tmp_path}/table.csv' report serve; do T $v; echo \"exit $?\" >&2; done",
    )
    if done.returncode == 99:
        pytest.skip("a read-only mount is not permitted here")
    told = done.stderr.splitlines()
    assert told[1::2] == ["exit 3"] * 5, done.stderr
    assert all(line.startswith("tracker: ") and ("writ" in line or "Read-only" in line) for line in told[::2]), (
        done.stderr
    )
    assert bytes_of(filled.state) == before


def test_a_full_disk_loses_nothing(make_tracker: Make, tmp_path: Path) -> None:
    tracker = make_tracker(configuration(["id: many, path: docs/*.txt"]))
    table(tmp_path, FIGURES)
    docs, kept = tmp_path / "docs", tmp_path / "kept"
    docs.mkdir()
    kept.mkdir()
    tracker.state.mkdir()
    chance = random.Random(1)
    for number in range(30):
        words = ("trời", "mây", "gió", "sông", "núi", "cây", "nắng", "mưa", "đường", "chợ", "thuyền", "lúa")
        lines = (" ".join(chance.choices(words, k=14)).capitalize() for _ in range(200))
        noise = "\n".join(f"{line}.\n" for line in lines)
        (docs / f"{number}.txt").write_text(f"{rank_sentence(2022, 79)}\n{noise}", encoding="utf-8")
    s = tracker.state
    done = in_namespace(
        tracker,
        f"mount -t tmpfs -o size=2m tmpfs {s} || exit 99\n"
        f"T import {tmp_path}/table.csv >/dev/null || exit 1\n"
        f"cp -r {s}/report {kept}/before\n"
        f"head -c 2000000 /dev/zero >{s}/ballast 2>/dev/null\n"
        f'T run; echo "exit $?" >&2\n'
        f"cp -r {s}/report {kept}/after; ls -A {s} {s}/report >{kept}/names\n"
        f"rm {s}/ballast; mount -o remount,size=20m {s}\n"
        f"T run >{kept}/out || exit 2\nT history --json homes-online >{kept}/history || exit 3\ncp {s}/tracker.db* {kept}/\n",
    )
    if done.returncode == 99:
        pytest.skip("a small disk cannot be mounted here")
    assert done.returncode == 0, done.stderr
    sentence, code = done.stderr.strip().splitlines()
    assert code == "exit 3"
    assert "disk is full" in sentence
    assert bytes_of(kept / "before") == bytes_of(kept / "after")
    assert ".tmp" not in (kept / "names").read_text()
    assert "1 new statements" in (kept / "out").read_text() or "30 new statements" in (kept / "out").read_text()
    assert "75" in (kept / "history").read_text()
    with sqlite3.connect(kept / "tracker.db") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
