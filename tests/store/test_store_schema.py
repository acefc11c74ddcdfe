"""Migrations: the schema is the old one or the new one, a copy is kept, and children are not lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tracker.errors import StateError
from tracker.store import open_store, schema
from tracker.store.connection import sqlite_engine
from tracker.store.evidence import add_evidence, evidence_of_series
from tracker.store.opening import FILE
from tracker.store.tables import APPEND_ONLY, NAMES

ROOT = Path(__file__).parents[2]

NEXT = """
import time
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade():
    op.add_column("meta", sa.Column("note", sa.Text(), nullable=True))
    with op.batch_alter_table("notification", recreate="always") as batch:
        batch.add_column(sa.Column("priority", sa.Integer(), nullable=True))
    {more}
"""


def one_more(folder: Path, more: str = "") -> schema.Schema:
    """The real migrations and one more that rebuilds a table which others point to."""
    copy = folder / "migrations"
    shutil.copytree(schema.CURRENT.migrations, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "versions" / "0005_next.py").write_text(NEXT.format(more=more))
    return schema.Schema("0005", copy)


def state(folder: Path) -> Path:
    """A state of the present schema with a notification and its attempt."""
    store = open_store(folder)
    with store.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO notification VALUES (1, 'n1', 'desk', 's', '{}', 'sent', 1, NULL, '', '2025-01-01')"
        )
        session.connection().exec_driver_sql("INSERT INTO attempt VALUES (1, 'n1', '2025-01-01', 'sent', '')")
    store.close()
    return folder / FILE


def ask(file: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as raw:
        return raw.execute(question).fetchall()


def test_the_newest_revision_is_the_one_the_program_expects() -> None:
    scripts = ScriptDirectory(str(schema.CURRENT.migrations))
    assert scripts.get_current_head() == schema.CURRENT.revision


def test_the_migrations_make_what_the_tables_say(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, NAMES) == []
    store.close()
    triggers = {name for (name,) in ask(tmp_path / FILE, "SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    keeps = {f"{table}_keeps_{action}" for table in APPEND_ONLY for action in ("update", "delete")}
    assert triggers == keeps | {"evidence_moves", "decision_moves", "rereading_moves"}


def test_an_older_schema_is_brought_up_to_date_after_a_copy(tmp_path: Path) -> None:
    file = state(tmp_path / "state")
    store = open_store(tmp_path / "state", schema=one_more(tmp_path))
    store.close()
    assert ask(file, "SELECT version_num FROM alembic_version") == [("0005",)]
    assert ask(file, "SELECT notification FROM attempt") == [("n1",)], "a rebuilt parent keeps its children"
    assert ask(file, "SELECT priority FROM notification") == [(None,)]
    (copy,) = (tmp_path / "state" / "backups").iterdir()
    assert ask(copy, "SELECT version_num FROM alembic_version") == [("0004",)]
    assert ask(copy, "SELECT id FROM notification") == [("n1",)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    file = state(tmp_path / "state")
    engine = sqlite_engine(file, 1)
    broken = one_more(tmp_path, 'op.execute("DELETE FROM notification")')
    with pytest.raises(StateError, match="1 rows without what they point to"):
        schema.migrate(engine, broken)
    engine.dispose()
    assert ask(file, "SELECT version_num FROM alembic_version") == [("0004",)]
    assert ask(file, "SELECT count(*) FROM notification") == [(1,)]
    assert "note" not in str(ask(file, "SELECT sql FROM sqlite_master WHERE name = 'meta'"))


def test_foreign_keys_are_on_again_after_a_migration(tmp_path: Path) -> None:
    engine = sqlite_engine(state(tmp_path / "state"), 1)
    schema.migrate(engine, one_more(tmp_path))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


@pytest.mark.parametrize("place", ["before", "inside", "rebuilt"])
def test_a_kill_in_a_migration_leaves_the_old_schema(tmp_path: Path, place: str) -> None:
    file = state(tmp_path / "state")
    pause = 'print("here", flush=True); time.sleep(60)'
    scripts = one_more(tmp_path, pause if place == "rebuilt" else "").migrations
    if place == "inside":
        step = scripts / "versions" / "0005_next.py"
        step.write_text(step.read_text().replace("    with op.batch", f"    {pause}\n    with op.batch"))
    source = f"""
import time
from pathlib import Path
from tracker.store import schema
from tracker.store.connection import sqlite_engine
engine = sqlite_engine(Path({str(file)!r}), 5)
schema.back_up(Path({str(file)!r}), Path({str(tmp_path)!r}) / "backups", "0004")
if {place == "before"}:
    {pause}
schema.migrate(engine, schema.Schema("0005", Path({str(scripts)!r})))
"""
    process = subprocess.Popen(
        [sys.executable, "-c", source],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "here"
    process.send_signal(signal.SIGKILL)
    process.wait()
    store = open_store(tmp_path / "state")
    store.check()
    store.close()
    assert ask(file, "SELECT version_num FROM alembic_version") == [("0004",)]
    assert "priority" not in str(ask(file, "SELECT sql FROM sqlite_master WHERE name = 'notification'"))


def test_only_the_newest_copies_are_kept(tmp_path: Path) -> None:
    file = state(tmp_path / "state")
    copies = [schema.back_up(file, tmp_path / "backups", "0004") for _ in range(7)]
    assert sorted((tmp_path / "backups").iterdir()) == copies[2:]


def test_opening_twice_at_once_makes_one_schema(tmp_path: Path) -> None:
    source = "import sys\nfrom pathlib import Path\nfrom tracker.store import open_store\nopen_store(Path(sys.argv[1])).close()"
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", source, str(tmp_path / "state")],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [worker.communicate(timeout=120)[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0], said


def test_a_fresh_state_answers_with_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.write() as session:
        assert add_evidence(session, []) == []
        assert evidence_of_series(session, "a", "b") == []
    store.close()
