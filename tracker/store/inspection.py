"""Looking at a database file before it is opened for use, without changing a byte of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tracker.errors import StateError
from tracker.store.faults import as_state_error
from tracker.store.lock import holder

MAGIC = b"SQLite format 3\x00"
CHECK_LIMIT = 32 * 1024 * 1024
"""Files up to this many bytes are checked at every opening (some 0.1 s); larger ones after an unclean end."""

_HEADER = 100


def inspect(file: Path) -> str | None:
    """The schema's revision in ``file``; None for a new or empty file.

    ``StateError`` where the file is no database, cut off or damaged; then it is left as it is.
    """
    header = _header(file)
    if header is None:
        return None
    if not header.startswith(MAGIC):
        raise StateError(f"{file} is no database of this program; move it away or put back a copy")
    if _pending(file):
        return _look(file, in_use=True)
    before = file.stat()
    try:
        _check_length(file, header)
        return _look(file, in_use=False)
    except StateError:
        after = file.stat()
        if not _pending(file) and (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
            raise
        # Another process began to write while we looked; now with its locks.
        return _look(file, in_use=True)


def _look(file: Path, *, in_use: bool) -> str | None:
    """Check where due, and read the revision.

    A file that nobody uses is opened as immutable, which leaves no helper files beside it. A log that
    is there while another process serves is that process's, and no sign of a crash.
    """
    mode = "mode=ro" if in_use else "mode=ro&immutable=1"
    address = f"{file.absolute().as_uri()}?{mode}"
    with as_state_error(str(file)), closing(sqlite3.connect(address, uri=True, timeout=20)) as raw:
        crashed = in_use and holder(file.parent) is None
        if crashed or file.stat().st_size <= CHECK_LIMIT:
            check(file, raw)
        return _revision(raw)


def check(file: Path, raw: sqlite3.Connection) -> None:
    """Let SQLite check the structure, and every index against its table."""
    found = raw.execute("PRAGMA integrity_check(1)").fetchone()[0].splitlines()[-1]
    if found != "ok":
        raise StateError(
            f"{file} is damaged ({found}); it was left as it is: put back a copy, for instance from backups/"
        )


def _header(file: Path) -> bytes | None:
    try:
        with file.open("rb") as stream:
            return stream.read(_HEADER) or None
    except FileNotFoundError:
        return None
    except OSError as failure:
        raise StateError(f"{file} cannot be read: {failure.strerror}") from failure


def _pending(file: Path) -> bool:
    """Whether the last process ended before its log was folded into the file."""
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _check_length(file: Path, header: bytes) -> None:
    """A file that is shorter than its own header says was cut off; SQLite notices only when it gets there."""
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(header[28:32], "big")
    size = file.stat().st_size
    if len(header) < _HEADER or size < page * pages:
        raise StateError(
            f"{file} is cut off: {size} bytes where its header says {page * pages}; "
            "it was left as it is: put back a copy, for instance from backups/"
        )


def _revision(raw: sqlite3.Connection) -> str | None:
    tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StateError("the database holds the tables of another program; point --state to a folder of its own")
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])
