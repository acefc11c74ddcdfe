"""What a person or the world can do wrong: one clear sentence, the right exit code, nothing lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from product import Tracker
from serving import FIGURES, configuration, one_sentence, rank_sentence, rows, table

Make = Callable[[str], Tracker]
BAD_DOCUMENTS = {
    "missing.txt": "there is no file",
    "folder.txt": "is a folder",
    "picture.txt": "image/png",
    "noise.dat": "binary",
    "empty.txt": "empty",
}


def bad_documents(folder: Path) -> list[Path]:
    (folder / "folder.txt").mkdir()
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8)
    (folder / "noise.dat").write_bytes(bytes(range(256)) * 20)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "good.txt").write_text(rank_sentence(2022, 79), encoding="utf-8")
    return [folder / name for name in BAD_DOCUMENTS]


def test_six_mistakes_are_told_at_once(make_tracker: Make) -> None:
    text = configuration(["id: a, path: a.txt, every: 6 hours"]).replace("language: en", "language: xx")
    text = text.replace("unit: percent", "unit: percents").replace("by: 2022-12-31", "by: 2022-12-32")
    text = text.replace("area: Vietnam}", "area: Vietnm, colour: red}")
    tracker = make_tracker(text)
    told = tracker("validate", expect=2)
    lines = told.stdout.splitlines()
    assert told.stderr == ""
    assert all(re.match(rf"{re.escape(str(tracker.config))}:\d+:\d+: [\w.\[\]]+: .+", line) for line in lines)
    keys = [
        "service.language",
        "indicators[1].unit",
        "indicators[1].area",
        "indicators[1].colour",
        "targets[0].by",
        "sources[0].every",
    ]
    assert [line.split(": ")[1] for line in lines] == keys
    column = text.splitlines()[0].index("xx") + 1
    assert lines[0].startswith(f"{tracker.config}:1:{column}: ")
    for verb in (["run"], ["status", "--json"]):
        other = tracker(*verb, expect=2)
        assert (other.stdout, other.stderr.splitlines()) == ("", lines)
    assert not tracker.state.exists()


def test_documents_that_cannot_be_read(make_tracker: Make, tmp_path: Path) -> None:
    bad = bad_documents(tmp_path)
    sources = [f"id: s{number}, path: {path.name}" for number, path in enumerate(bad)]
    tracker = make_tracker(configuration([*sources, "id: good, path: good.txt"]))

    read = tracker("read", *bad, tmp_path / "good.txt", "--json", expect=1)
    assert [json.loads(line)["value"] for line in read.stdout.splitlines()] == [79]
    filled = tracker("backfill", *bad, tmp_path / "good.txt", expect=1)
    assert "1 documents read" in filled.stdout
    ran = tracker("run", expect=1)
    for told in (read, filled, ran):
        lines = [line for line in told.stderr.splitlines() if line.startswith("tracker: ")]
        assert len(lines) == len(bad), told.stderr
        for line, (name, words) in zip(lines, BAD_DOCUMENTS.items(), strict=True):
            assert name in line
            assert words in line
    found = tracker.json("status")
    health = {one["id"]: (one["state"], one["reason"]) for one in found["sources"]}
    assert health.pop("good") == ("ok", "")
    for (state, reason), (name, words) in zip(health.values(), BAD_DOCUMENTS.items(), strict=True):
        assert state == "failing"
        assert name in reason
        assert words in reason
    assert found["indicators"][0]["latest"]["value"] == 79


def test_a_file_without_permission(environment: dict[str, str]) -> None:
    """Root may read everything: then the command runs as nobody, in a folder that nobody can reach."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        _read_without_permission(Path(folder), environment)


def _read_without_permission(tmp_path: Path, environment: dict[str, str]) -> None:
    closed, open_ = tmp_path / "closed.txt", tmp_path / "open.txt"
    for file in (closed, open_):
        file.write_text(rank_sentence(2022, 79), encoding="utf-8")
    closed.chmod(0)
    config = table(tmp_path, configuration(), "tracker.yaml")
    drop = [] if os.geteuid() else ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if drop and not shutil.which("setpriv"):
        pytest.skip("runs as root, and setpriv is not here")
    done = subprocess.run(
        [*drop, sys.executable, "-m", "tracker", "read", "--json", "--config", str(config), str(closed), str(open_)],
        capture_output=True, text=True, env=environment, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "may not be read" in one_sentence(done.stderr)
    assert json.loads(done.stdout)["doc"] == "open.txt"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"path": "good.txt"', "not JSON"),
        ("[1]", "no path"),
        ('{"file": "good.txt"}', "no path"),
        ('{"path": "good.txt", "date": "2022"}', "unknown key 'date'"),
        ('{"path": "good.txt", "published": "yesterday"}', "'yesterday'"),
    ],
)
def test_a_bad_list(make_tracker: Make, tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "good.txt").write_text(rank_sentence(2022, 79), encoding="utf-8")
    listed = tmp_path / "list.jsonl"
    listed.write_text('{"path": "good.txt"}\n\n' + line + "\n", encoding="utf-8")
    tracker = make_tracker(configuration())
    for verb in ("read", "backfill"):
        told = tracker(verb, "--list", listed, expect=2)
        sentence = one_sentence(told.stderr)
        assert f"{listed}:3: " in sentence
        assert words in sentence
        assert told.stdout == ""
    assert not tracker.state.exists()


def test_a_bad_table_leaves_nothing_behind(make_tracker: Make, tmp_path: Path) -> None:
    tracker = make_tracker(configuration())
    good = "homes-online,Vietnam,2023,75"
    bad = {
        3: ("homez,Vietnam,2023,75", "unknown indicator 'homez'"),
        4: ("homes-online,Vietnam,2023,75%", "'75%' is no number"),
        5: ("homes-online,Vietnam,2023-13,75", "period"),
        6: ("homes-online,Vietnam,2023,75,9,9,9", "cells too many"),
        7: ("homes-online,Mars,2023,75", "'Mars'"),
        8: ("homes-online,Vietnam,2023", "value"),
        9: ("homes-online,Vietnam,2023,NaN", "no number"),
    }
    file = table(tmp_path, rows(good, *(line for line, _ in bad.values())))
    told = tracker("import", file, expect=2).stderr.splitlines()
    assert len(told) == len(bad) + 1
    for line, (number, (_, words)) in zip(told, bad.items(), strict=False):
        assert f"{file}:{number}: " in line
        assert words in line
    assert told[-1] == "nothing was imported"
    for text, words in [
        (b"indicator,area,value\n", "period"),
        (b"", "empty"),
        ("indicator,area,period,value,Ã\n".encode("latin-1"), "UTF-8"),
    ]:
        file.write_bytes(text)
        assert words in one_sentence(tracker("import", file, expect=2).stderr)
    assert "table.csv" in one_sentence(tracker("import", tmp_path / "no" / "table.csv", expect=2).stderr)
    assert tracker.indicator("homes-online")["observations"] == 0


def test_importing_again_changes_nothing(make_tracker: Make, tmp_path: Path) -> None:
    tracker = make_tracker(configuration())
    file = table(tmp_path, FIGURES)
    assert "3 new rows of 3" in tracker("import", file).stdout
    before, alerts = tracker.json("history", "homes-online"), tracker.json("alerts", "list")
    assert "0 new rows of 3" in tracker("import", file).stdout
    assert tracker.json("history", "homes-online") == before
    assert tracker.json("alerts", "list") == alerts


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["status", "--as-of", "2022-02-30"], "expected one as 2022-10-01"),
        (["history", "homes-onlin"], "did you mean 'homes-online'?"),
        (["explain", "top-8O"], "did you mean 'top-80'?"),
        (["run", "goood"], "did you mean 'good'?"),
        (["alerts", "test", "hok"], "did you mean 'hook'?"),
        (["alerts", "show", "msg_1"], "tracker alerts list"),
        (["review", "accept", "99"], "tracker review list"),
        (["history", "homes-online", "--json", "--csv"], "--json or --csv"),
        (["serve", "--listen", "here"], "HOST:PORT"),
        (["read", "a.txt", "b.txt", "--published", "2022"], "--list"),
    ],
)
def test_a_slip_of_the_hand_gets_a_helpful_sentence(make_tracker: Make, arguments: list[str], words: str) -> None:
    tracker = make_tracker(
        configuration(["id: good, path: good.txt"], ['id: hook, webhook: {url: "http://127.0.0.1:9/"}'])
    )
    told = tracker(*arguments, expect=2)
    assert words in one_sentence(told.stderr)
    assert told.stdout == ""


def test_unknown_words_on_the_command_line(make_tracker: Make) -> None:
    tracker = make_tracker(configuration())
    for arguments in (["stattus"], ["status", "--jsn"], ["review", "accept", "one"], ["run", "--as-of"]):
        told = tracker(*arguments, expect=2)
        assert "Error:" in told.stderr
        assert told.stdout == ""


def test_json_is_alone_on_standard_output(filled: Tracker, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(rank_sentence(2022, 79), encoding="utf-8")
    for arguments in (["status"], ["history", "homes-online"], ["review", "list"], ["alerts", "list"]):
        assert filled.json(*arguments) is not None
    for line in filled("read", "--json", tmp_path / "good.txt", tmp_path / "no.txt", expect=1).stdout.splitlines():
        assert json.loads(line)["indicator"] == "egdi-rank"


def test_whoever_reads_the_output_may_leave(filled: Tracker) -> None:
    for verb in (
        "status --json",
        "status",
        "explain homes-online",
    ):
        line = f"{sys.executable} -m tracker {verb} --config {filled.config} --state {filled.state}"
        done = subprocess.run(
            ["bash", "-c", f"{line} | true; echo ${{PIPESTATUS[0]}}"],
            capture_output=True,
            text=True,
            env=filled.environment,
            check=False,
        )
        assert (done.stderr, done.stdout) == ("", "0\n"), verb


def test_vietnamese_whatever_the_locale(make_tracker: Make, tmp_path: Path) -> None:
    tracker = make_tracker(configuration(language="vi"))
    tracker.environment |= {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    file = tmp_path / "bài báo.txt"
    file.write_text(rank_sentence(2022, 79), encoding="utf-8")
    assert json.loads(tracker("read", "--json", file).stdout)["doc"] == "bài báo.txt"
    assert "Hộ gia đình có Internet" in tracker("import", table(tmp_path, FIGURES)).stdout + tracker("status").stdout
    assert "Hộ gia đình" in (tracker.state / "report" / "status.md").read_text(encoding="utf-8")
