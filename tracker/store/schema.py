"""Bringing a database to the schema of this program: old or new, never in between.

One transaction holds the whole migration, so a kill leaves the old schema. Before it, the file is
copied to ``backups/``. Foreign keys are off meanwhile (rebuilding a table with them on deletes the
rows that point to it) and checked before the commit.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from tracker.errors import StateError
from tracker.store.connection import WRITES, raw_connection

if TYPE_CHECKING:
    from alembic.config import Config

REVISION = "0001"
"""The newest revision in ``migrations/versions``; a database that has it needs no migration."""

MIGRATIONS = Path(__file__).parent / "migrations"
KEPT_BACKUPS = 5


def migrate(engine: Engine, *, target: str = REVISION, migrations: Path = MIGRATIONS) -> None:
    """Upgrade to ``target``. Another process may have done it meanwhile; then nothing is left to do.

    ``StateError`` where the schema is of a newer program or a foreign key is broken.
    """
    writer = engine.execution_options(**{WRITES: True})
    with writer.connect() as connection, _foreign_keys_off(connection), connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7238771)"))
        if current(connection) != target:
            _upgrade(connection, target, migrations)
            _check_foreign_keys(connection)


def current(connection: Connection) -> str | None:
    """The revision of the schema; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def refuse_newer(revision: str | None, what: str, migrations: Path = MIGRATIONS) -> None:
    """``StateError`` where ``revision`` is none that this program knows."""
    known = {file.name.partition("_")[0] for file in (migrations / "versions").glob("[0-9]*.py")}
    if revision is not None and revision not in known:
        raise StateError(
            f"{what} has the schema {revision}, newer than this program knows ({max(known)}); "
            "it was left as it is: use the newer program"
        )


def back_up(file: Path, folder: Path, revision: str) -> Path:
    """Copy the database into ``folder`` while it may be in use; keep the newest ``KEPT_BACKUPS``."""
    folder.mkdir(exist_ok=True)
    kept = sorted(folder.glob("[0-9]*-schema-*.db"))
    number = 1 + max((int(re.match(r"\d+", one.name)[0]) for one in kept), default=0)  # type: ignore[index]
    copy = folder / f"{number:06d}-schema-{revision}.db"
    unfinished = copy.with_suffix(".tmp")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.rename(copy)
    for old in [*kept, copy][:-KEPT_BACKUPS]:
        old.unlink()
    return copy


def _upgrade(connection: Connection, target: str, migrations: Path) -> None:
    from alembic import command  # noqa: PLC0415 - only when the schema is behind

    config = _config(migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _config(migrations: Path) -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite takes this setting only outside a transaction; elsewhere there is nothing to switch."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = raw_connection(connection)
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise StateError(
            f"the migration would leave {len(broken)} rows without what they point to; nothing was changed"
        )
