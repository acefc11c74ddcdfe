"""The door of the room: a store on a folder, and its reading and writing transactions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from tracker.errors import StateError
from tracker.store import inspection
from tracker.store.connection import PATIENCE, WRITES, raw_connection, server_engine, sqlite_engine
from tracker.store.evidence import verify_evidence
from tracker.store.faults import as_state_error
from tracker.store.schema import CURRENT, Schema, back_up, current, migrate, refuse_newer
from tracker.store.snapshots import verify_snapshots

FILE = "tracker.db"
BUSY_SECONDS = 75.0
"""How long a transaction waits for another writer: a minute of somebody's backup costs no delivery."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open database. ``what`` names it in messages, without any password; ``file`` None on a server."""

    folder: Path
    what: str
    file: Path | None
    engine: Engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent view; nothing written in it is kept."""
        with as_state_error(self.what), Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self, patience: float | None = None) -> Iterator[Session]:
        """One transaction: all of it is recorded when the block ends well, nothing otherwise.

        On SQLite there is one writer at a time; another waits its turn, then gives up with a ``StateError``.
        ``patience``: give up after so many seconds.
        """
        options: dict[str, Any] = {WRITES: True} | ({} if patience is None else {PATIENCE: patience})
        writer = self.engine.execution_options(**options)
        with as_state_error(self.what), Session(writer) as session, session.begin():
            connection = session.connection()
            if patience is not None and self.file is None:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(1000 * patience) or 1}ms'")
            yield session

    def check(self) -> None:
        """Check the whole file, every index, figure and document; ``StateError`` says what is damaged.

        Reads everything: for ``doctor`` and after a restore, not for every start.
        """
        if self.file is not None:
            with as_state_error(self.what), self.engine.connect() as connection:
                inspection.check(self.file, raw_connection(connection))
        with self.read() as session:
            verify_evidence(session)
            verify_snapshots(session)

    def log_bytes(self) -> int:
        """Size of SQLite's write-ahead log; it grows while a reader stays in its transaction."""
        log = None if self.file is None else self.file.with_name(self.file.name + "-wal")
        return log.stat().st_size if log is not None and log.exists() else 0

    def close(self) -> None:
        """Give back every connection; on SQLite this folds the log into the file."""
        self.engine.dispose()


def open_store(
    folder: Path,
    url: str | None = None,
    *,
    create: bool = True,
    busy_seconds: float = BUSY_SECONDS,
    schema: Schema = CURRENT,
) -> Store:
    """Open the state in ``folder``, or the database at ``url``; an older schema is brought up to date.

    ``create``: whether a missing state may be made. ``StateError`` says in one sentence what is in
    the way; a file that is damaged or of a newer program is not touched.
    """
    _make_folder(folder, create=create)
    if url is not None:
        return _open_server(folder, url, schema)
    file = folder / FILE
    _check_writable(file)
    revision = inspection.inspect(file)
    refuse_newer(revision, str(file), schema)
    if revision is None and not create:
        raise StateError(f"there is no state in {folder}; `tracker run` makes one")
    store = Store(folder, str(file), file, sqlite_engine(file, busy_seconds))
    try:
        _bring_up_to_date(store, revision, schema)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up_to_date(store: Store, revision: str | None, schema: Schema) -> None:
    if revision == schema.revision:
        return
    with as_state_error(store.what):
        if revision is not None and store.file is not None:
            _keep_copy(store.file, store.folder / "backups", revision)
        migrate(store.engine, schema)


def _keep_copy(file: Path, backups: Path, revision: str) -> None:
    try:
        back_up(file, backups, revision)
    except OSError as failure:
        raise StateError(f"no copy of {file} could be made before its migration: {failure.strerror}") from failure


def _open_server(folder: Path, url: str, schema: Schema) -> Store:
    engine = server_engine(url)
    what = f"the database {engine.url.render_as_string(hide_password=True)}"
    store = Store(folder, what, None, engine)
    with as_state_error(what):
        with engine.connect() as connection:
            revision = current(connection)
        refuse_newer(revision, what, schema)
    _bring_up_to_date(store, revision, schema)
    return store


def _make_folder(folder: Path, *, create: bool) -> None:
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        if not folder.is_dir():
            raise StateError(f"there is no state folder {folder}")
    except OSError as failure:
        raise StateError(f"the state folder {folder} cannot be made: {failure.strerror}") from failure


def _check_writable(file: Path) -> None:
    """SQLite writes beside the file too, also for readers; say so before it fails half-way."""
    for one in (file.parent, file):
        if one.exists() and not os.access(one, os.W_OK):
            raise StateError(f"{one} is not writable; give this user the right to write to it")
