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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from tracker.errors import StateError
from tracker.store.connection import WRITES, raw_connection

if TYPE_CHECKING:
    from alembic.config import Config

KEPT_BACKUPS = 5


@dataclass(frozen=True, slots=True)
class Schema:
    """``revision`` is the newest in ``migrations``; a database that has it needs no migration."""

    revision: str
    migrations: Path

    def knows(self, revision: str) -> bool:
        """Whether ``revision`` is one of the steps to this schema."""
        return any((self.migrations / "versions").glob(f"{revision}_*.py"))


CURRENT = Schema("0004", Path(__file__).parent / "migrations")


def migrate(engine: Engine, schema: Schema = CURRENT) -> None:
    """Upgrade to ``schema``. Another process may have done it meanwhile; then nothing is left to do.

    ``StateError`` where the schema is of a newer program or a foreign key is broken.
    """
    writer = engine.execution_options(**{WRITES: True})
    with writer.connect() as connection, _foreign_keys_off(connection), connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7238771)"))
        if current(connection) != schema.revision:
            _upgrade(connection, schema)
            _check_foreign_keys(connection)


def current(connection: Connection) -> str | None:
    """The revision of the schema; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def refuse_newer(revision: str | None, what: str, schema: Schema = CURRENT) -> None:
    """``StateError`` where ``revision`` is none that this program knows."""
    if revision is not None and not schema.knows(revision):
        raise StateError(
            f"{what} has the schema {revision}, newer than this program knows ({schema.revision}); "
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


def _upgrade(connection: Connection, schema: Schema) -> None:
    from alembic import command  # only when the schema is behind

    config = _config(schema.migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, schema.revision)


def _config(migrations: Path) -> Config:
    from alembic.config import Config

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
