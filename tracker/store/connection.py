"""Engines and how their transactions begin.

SQLite: write-ahead log; foreign keys on; ``synchronous=FULL``, because a transaction that queued an
alert must outlive a power cut, and in this mode the log is synced at every commit. Writers begin
with ``BEGIN IMMEDIATE``: a deferred transaction that turns into a write fails at once when another
writer came first, however long it was told to wait.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from tracker.errors import StateError
from tracker.store.faults import first_line

WAL_LIMIT = 64 * 1024 * 1024
"""Bytes to which the write-ahead log is cut back after a checkpoint."""

WRITES = "tracker_writes"
"""The execution option that makes a transaction a writing one from its beginning."""

PATIENCE = "tracker_patience"
"""The execution option that says how many seconds it waits for another writer."""


def sqlite_engine(file: Path, busy_seconds: float) -> Engine:
    """An engine on ``file``; a writer waits ``busy_seconds`` for another one."""
    engine = create_engine(
        f"sqlite:///{file}",
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=12,
    )

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, _record: Any) -> None:
        # The driver's own transaction handling is off: `begin` below says how they start.
        raw.isolation_level = None
        raw.execute("PRAGMA journal_mode=WAL").fetchone()
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute(f"PRAGMA journal_size_limit={WAL_LIMIT}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        patience = options.get(PATIENCE, busy_seconds)
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(1000 * patience)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITES, False) else "BEGIN")

    return engine


def server_engine(url: str) -> Engine:
    """An engine on a database server; ``StateError`` where its driver is missing or the address is none."""
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as missing:
        raise StateError(
            f"the driver of the database is not installed ({missing.name}); install tracker[postgresql]"
        ) from missing
    except (ArgumentError, NoSuchModuleError) as wrong:
        raise StateError(f"service.database_url is no address of a database: {first_line(wrong)}") from None


def raw_connection(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection of a SQLite ``connection``; ``TypeError`` for any other database."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError(f"not a connection to SQLite: {type(raw).__name__}")
    return raw
