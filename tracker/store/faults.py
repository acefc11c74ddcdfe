"""The one edge where failures of the database become one sentence for a person."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from tracker.errors import StateError

_SENTENCES = {
    sqlite3.SQLITE_BUSY: "is locked by another process for too long; try again, or stop that process",
    sqlite3.SQLITE_LOCKED: "is locked by another process for too long; try again, or stop that process",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; free some space, nothing recorded so far is lost",
    sqlite3.SQLITE_READONLY: "cannot be written; give this user the right to write to its folder and to it",
    sqlite3.SQLITE_PERM: "cannot be opened; give this user the right to read and write it",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; its folder must exist and be writable for this user",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
    sqlite3.SQLITE_CORRUPT: "is damaged; it was left as it is: put back a copy, for instance from backups/",
    sqlite3.SQLITE_NOTADB: "is no database of this program; it was left as it is: put back a copy",
}

#: Bytes; SQLite's shared index grows by 32 KB at a time.
_NO_ROOM = 64 * 1024


@contextmanager
def as_state_error(what: str) -> Iterator[None]:
    """Turn every failure of the database inside the block into a :class:`StateError` about ``what``."""
    try:
        yield
    except DBAPIError as failure:
        raise StateError(f"{what} {sentence(failure.orig, what)}") from failure
    except sqlite3.Error as failure:
        raise StateError(f"{what} {sentence(failure, what)}") from failure
    except SQLAlchemyError as failure:
        raise StateError(f"{what} could not be used: {first_line(failure)}") from failure


def sentence(failure: BaseException | None, what: str = "") -> str:
    """What went wrong and what to do, to follow ``what``, the name of the database."""
    code = getattr(failure, "sqlite_errorcode", None)
    if code is not None and code & 0xFF == sqlite3.SQLITE_IOERR and _full(what):
        code = sqlite3.SQLITE_FULL
    known = _SENTENCES.get(code & 0xFF) if code is not None else None
    return known or f"could not be used: {first_line(failure)}"


def _full(what: str) -> bool:
    """Where the disk is full SQLite may call it an error of the disk: its shared index could not grow."""
    try:
        return shutil.disk_usage(Path(what).parent).free < _NO_ROOM
    except OSError:
        return False


def first_line(failure: BaseException | None) -> str:
    """The first line of what a library says; never its statements and values."""
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0]
