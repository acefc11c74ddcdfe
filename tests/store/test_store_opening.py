"""Opening a state: what is refused is left as it is, and says in one sentence what to do."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from tracker.domain.figure import Figure
from tracker.domain.observation import Evidence
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.errors import StateError
from tracker.store import Store, open_store
from tracker.store.evidence import add_evidence, evidence_of_series
from tracker.store.meta import get_meta, put_meta

ROOT = Path(__file__).parents[2]


def fill(folder: Path, rows: int = 400) -> Path:
    """A state of some pages, closed cleanly."""
    store = open_store(folder)
    with store.write() as session:
        for number in range(rows):
            put_meta(session, f"key {number}", "x" * 200)
    store.close()
    return folder / "tracker.db"


def contents(folder: Path) -> dict[str, str]:
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in sorted(folder.iterdir()) if one.is_file()}


def child(script: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
    """Another process of the program; it prints a line when it is where the test wants it."""
    source = "import sys\nfrom pathlib import Path\nfrom tracker.store import open_store\n" + textwrap.dedent(script)
    command = [sys.executable, "-c", source, *(str(one) for one in arguments)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


def wait_for(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    for said in process.stdout:
        if said.strip() == line:
            return
    raise AssertionError(f"the process ended before it said {line!r}")


def test_a_new_state_is_made_with_what_keeps_alerts(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new" / "state")
    with store.read() as session:
        ask = session.connection().exec_driver_sql
        settings = {
            name: ask(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 75000}
    store.check()
    store.close()


def test_a_missing_state_is_not_made_when_only_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="no state folder"):
        open_store(tmp_path / "none", create=False)
    with pytest.raises(StateError, match="no state in"):
        open_store(tmp_path, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(StateError, match="state"):
        open_store(tmp_path / "state")


def _garbage(file: Path) -> None:
    file.write_bytes(b"<html>not found</html>" * 500)


def _cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size * 2 // 3)


def _stub(file: Path) -> None:
    os.truncate(file, 50)


def _flip_in_tree(file: Path) -> None:
    """One byte of the header of the last page: the kind of its tree node."""
    size = int.from_bytes(file.read_bytes()[16:18], "big")
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size - size)
        stream.write(b"\x77")


def _flip_in_index(file: Path) -> None:
    """One letter of a key in an index, so that it no longer is what its row says."""
    content = file.read_bytes()
    place = max(content.rfind(b"key 7\x00"), content.rfind(b"key 77"))
    assert place > 0
    with file.open("r+b") as stream:
        stream.seek(place)
        stream.write(b"K")


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


def _foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("CREATE TABLE songs (id INTEGER)")


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (_garbage, "no database of this program"),
        (_cut, "cut off"),
        (_stub, "cut off|no database"),
        (_flip_in_tree, "damaged"),
        (_flip_in_index, "damaged"),
        (_newer, "newer than this program knows"),
        (_foreign, "another program"),
    ],
)
def test_what_cannot_be_used_is_refused_and_left_alone(tmp_path: Path, harm: Callable[[Path], None], says: str) -> None:
    harm(fill(tmp_path))
    before = contents(tmp_path)
    with pytest.raises(StateError, match=says) as refused:
        open_store(tmp_path)
    assert "\n" not in str(refused.value)
    assert contents(tmp_path) == before


def test_an_empty_file_is_a_new_state(tmp_path: Path) -> None:
    (tmp_path / "tracker.db").touch()
    open_store(tmp_path).close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o644), (0o777, 0o444)])
def test_a_state_that_may_not_be_written_says_so(tmp_path: Path, folder_mode: int, file_mode: int) -> None:
    script = """
        import os
        from tracker.errors import StateError
        import tracker.store.opening
        os.setgid(65534); os.setuid(65534)
        try:
            open_store(Path(sys.argv[1]))
        except StateError as refused:
            print(refused)
    """
    folder = Path(f"/tmp/{tmp_path.name}-{os.getpid()}-{folder_mode:o}")
    folder.mkdir()
    try:
        file = fill(folder, 3)
        file.chmod(file_mode)
        folder.chmod(folder_mode)
        said, _ = child(script, folder).communicate(timeout=60)
        assert "is not writable" in said
    finally:
        for one in folder.iterdir():
            one.unlink()
        folder.rmdir()


def test_a_writer_waits_its_turn_and_then_says_so(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    other = child(
        """
        store = open_store(Path(sys.argv[1]))
        with store.write():
            print("inside", flush=True)
            sys.stdin.readline()
        """,
        tmp_path,
    )
    wait_for(other, "inside")
    store = open_store(tmp_path, busy_seconds=0.05)
    with pytest.raises(StateError, match="locked by another process"), store.write():
        pass
    with store.read() as session:
        assert get_meta(session, "key 0") == "x" * 200
    other.communicate("\n", timeout=60)
    with store.write() as session:
        put_meta(session, "after", "yes")
    store.close()


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    script = """
        from tracker.store.meta import get_meta, put_meta
        store = open_store(Path(sys.argv[1]))
        for _ in range(60):
            with store.write() as session:
                put_meta(session, "sum", str(int(get_meta(session, "sum") or 0) + 1))
        """
    workers = [child(script, tmp_path) for _ in range(2)]
    for worker in workers:
        worker.communicate(timeout=120)
    assert [worker.returncode for worker in workers] == [0, 0]
    store = open_store(tmp_path)
    with store.read() as session:
        assert get_meta(session, "sum") == "120"
    store.close()


def test_a_kill_in_the_middle_of_a_write_leaves_what_was_before(tmp_path: Path) -> None:
    fill(tmp_path, 5)
    script = """
        from tracker.store.meta import put_meta
        store = open_store(Path(sys.argv[1]))
        with store.write() as session:
            put_meta(session, "whole", "yes")
        with store.write() as session:
            # More than the page cache holds, so that unfinished pages reach the log.
            session.connection().exec_driver_sql("PRAGMA cache_size=5")
            for number in range(2000):
                put_meta(session, f"half {number}", "y" * 500)
            print("half", flush=True)
            sys.stdin.readline()
        """
    other = child(script, tmp_path)
    wait_for(other, "half")
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert (tmp_path / "tracker.db-wal").stat().st_size > 100_000
    store = open_store(tmp_path)
    store.check()
    with store.read() as session:
        assert get_meta(session, "whole") == "yes"
        assert session.connection().execute(text("SELECT count(*) FROM meta WHERE key LIKE 'half%'")).scalar() == 0
    store.close()


FULL_DISK = """
set -e
mount -t tmpfs -o size=3m tmpfs "$1"
exec "$2" -c '
import sys
from pathlib import Path
from tracker.errors import StateError
from tracker.store import open_store
from tracker.store.files import atomic_write
from tracker.store.meta import get_meta, put_meta

folder = Path(sys.argv[1])
store = open_store(folder)
with store.write() as session:
    put_meta(session, "before", "kept")
report = folder / "report.html"
atomic_write(report, b"old")
ballast = folder / "ballast"
try:
    with ballast.open("wb") as stream:
        while True:
            stream.write(bytes(4096)); stream.flush()
except OSError:
    pass

def attempt():
    try:
        with store.write() as session:
            for number in range(3000):
                put_meta(session, f"key {number}", "z" * 300)
    except StateError as full:
        print("store:", full)

attempt()
attempt()
try:
    atomic_write(report, b"new" * 100000)
except StateError as full:
    print("report:", full)
print("whole:", report.read_bytes(), [one.name for one in folder.iterdir() if one.name.startswith(".")])
try:
    open_store(folder / "second")
except StateError as full:
    print("second:", full)
ballast.unlink()
with store.write() as session:
    put_meta(session, "after", "kept too")
store.check()
with store.read() as session:
    print("kept:", get_meta(session, "before"), get_meta(session, "after"), get_meta(session, "key 1"))
store.close()
' "$1"
"""


def test_a_full_disk_is_said_and_overcome(tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("no own mounts here: unshare -rm is refused")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", FULL_DISK, "sh", str(tmp_path), sys.executable],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert [one for one in said if one.startswith("store:") and "disk is full" in one] == said[:2]
    assert "disk is full" in said[2]
    assert said[3] == "whole: b'old' []"
    assert said[4].startswith("second:")
    assert said[-1] == "kept: kept kept too None"


def one_piece() -> Evidence:
    year = Period.year(2024)
    return Evidence(
        id=0,
        indicator="share",
        area="Vietnam",
        kind=Kind.OBSERVATION,
        figure=Figure(Decimal("97.3"), "percent"),
        period=year,
        period_stated=True,
        published=Published(year, "given"),
        source="press",
        doc="a.html",
        quote="97,3%",
        start=0,
        end=5,
        snapshot=None,
        rule_version="1",
        confidence=1.0,
        accepted=True,
        recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
    )


def test_a_damaged_figure_is_never_given_out(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.write() as session:
        add_evidence(session, [one_piece()])
        session.connection().exec_driver_sql("DROP TRIGGER evidence_keeps_update")
        session.connection().exec_driver_sql("UPDATE evidence SET value = '79.3'")
    with pytest.raises(StateError, match="stored figure 1 is damaged"), store.read() as session:
        evidence_of_series(session, "share", "Vietnam")
    with pytest.raises(StateError, match="stored figure 1 is damaged"):
        store.check()
    store.close()


def test_a_server_without_its_driver_or_a_wrong_address_is_one_sentence(tmp_path: Path) -> None:
    for url in ("nonsense", "nosuch://host/db", "postgresql://u:secret@127.0.0.1:1/db"):
        with pytest.raises(StateError) as refused:
            open_store(tmp_path, url)
        assert "secret" not in str(refused.value)
        assert "\n" not in str(refused.value)


def test_the_log_does_not_outgrow_its_bound(tmp_path: Path) -> None:
    store: Store = open_store(tmp_path)
    with store.read() as session:
        assert get_meta(session, "none") is None
        with store.write() as writer:
            put_meta(writer, "big", "x" * 100_000)
        assert store.log_bytes() > 100_000
        assert get_meta(session, "big") is None, "a reader keeps its view"
    store.close()
    assert store.log_bytes() == 0
