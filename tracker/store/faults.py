"""The one edge where failures of the database become one sentence for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def as_state_error(what: str) -> Iterator[None]:
    """Turn every failure of the database inside the block into a :class:`StateError` about ``what``."""
    try:
        yield
    except DBAPIError as failure:
        raise StateError(f"{what} {sentence(failure.orig)}") from failure
    except sqlite3.Error as failure:
        raise StateError(f"{what} {sentence(failure)}") from failure
    except SQLAlchemyError as failure:
        raise StateError(f"{what} could not be used: {first_line(failure)}") from failure


def sentence(failure: BaseException | None) -> str:
    """What went wrong and what to do, to follow the name of the database."""
    code = getattr(failure, "sqlite_errorcode", None)
    known = _SENTENCES.get(code & 0xFF) if code is not None else None
    return known or f"could not be used: {first_line(failure)}"


def first_line(failure: BaseException | None) -> str:
    """The first line of what a library says; never its statements and values."""
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0]
