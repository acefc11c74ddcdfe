"""Inserts that both databases understand, many rows at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Column, select
from sqlmodel import Session

from tracker.store.tables import NAMES

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

Item = TypeVar("Item")
CHUNK = 500
"""Values in one ``IN (…)``; databases limit the parameters of a statement."""


def insert_new(session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``; one that is there already (any unique key) is passed over."""
    if rows:
        session.connection().execute(_insert(session, table).on_conflict_do_nothing(), rows)


def put(session: Session, table: str, row: Mapping[str, Any]) -> None:
    """Insert ``row``, or replace the one with its primary key."""
    insert = _insert(session, table)
    keys = [column.name for column in NAMES.tables[table].primary_key]
    changed = {name: insert.excluded[name] for name in row if name not in keys}
    session.connection().execute(insert.on_conflict_do_update(index_elements=keys, set_=changed), row)


def present(session: Session, column: Column[Any], values: Iterable[str]) -> set[str]:
    """Which of ``values`` stand in ``column``."""
    found: set[str] = set()
    for chunk in chunks(values):
        found.update(session.connection().execute(select(column).where(column.in_(chunk))).scalars())
    return found


def column(table: str, name: str) -> Column[Any]:
    """A column of a table, both by name."""
    return NAMES.tables[table].c[name]


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """``items`` in lists of at most ``size``."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def fingerprint(*parts: object) -> str:
    """A hash of ``parts``; None and every text are told apart, and where one part ends."""
    pieces: list[bytes] = []
    for part in parts:
        data = b"" if part is None else f"={part}".encode("utf-8", "surrogatepass")
        pieces += (len(data).to_bytes(8, "big"), data)
    return hashlib.sha256(b"".join(pieces)).hexdigest()


def _insert(session: Session, table: str) -> SqliteInsert | PostgresInsert:
    rows = NAMES.tables[table]
    if session.connection().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(rows)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(rows)
