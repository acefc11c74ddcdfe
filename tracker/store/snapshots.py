"""The documents as they came, kept for ever: what proves every figure, and what a replay reads again.

The bytes lie inside the database, compressed, because then a snapshot, its evidence and its alerts
are one transaction: there is never a figure without its document, nor a file left over by a kill.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.period import Period
from tracker.domain.source import Fetched
from tracker.errors import StateError
from tracker.store.inserting import insert_new, put
from tracker.store.tables import RetrievalRow, SeenRow, SnapshotRow


def save_snapshot(session: Session, fetched: Fetched) -> str:
    """Keep the document and how it came; returns the hash of its bytes. Saving it again adds nothing."""
    sha256 = hashlib.sha256(fetched.content).hexdigest()
    body = zlib.compress(fetched.content, 6)
    insert_new(session, "snapshot", [{"sha256": sha256, "size": len(fetched.content), "body": body}])
    came = {
        "sha256": sha256,
        "source": fetched.source,
        "name": fetched.name,
        "address": fetched.address,
        "media_type": fetched.media_type,
        "charset": fetched.charset,
        "published": None if fetched.published is None else str(fetched.published),
        "retrieved_at": fetched.retrieved_at,
    }
    insert_new(session, "retrieval", [came])
    return sha256


def load_snapshot(session: Session, sha256: str) -> Fetched | None:
    """The document as it came first; None for an unknown hash.

    ``StateError`` where the stored bytes are no longer those that were saved.
    """
    row = session.exec(
        select(RetrievalRow).where(RetrievalRow.sha256 == sha256).order_by(col(RetrievalRow.id)).limit(1)
    ).first()
    return None if row is None else _fetched(session, row)


def all_snapshots(session: Session) -> Iterator[Fetched]:
    """Every document as it came, each version under each name, oldest first; one in memory at a time."""
    for number in session.exec(select(RetrievalRow.id).order_by(col(RetrievalRow.id))).all():
        row = session.get_one(RetrievalRow, number)
        yield _fetched(session, row)
        session.expunge(row)


def count_snapshots(session: Session) -> int:
    """How many documents :func:`all_snapshots` gives."""
    return session.exec(select(func.count()).select_from(RetrievalRow)).one()


def verify_snapshots(session: Session) -> None:
    """Hold every stored document against its hash; ``StateError`` names the first damaged one."""
    for sha256 in session.exec(select(SnapshotRow.sha256)).all():
        _bytes(session, sha256)


def seen_document(session: Session, source: str, address: str) -> str | None:
    """The hash of what ``address`` held when ``source`` was last looked at; None for the first time."""
    row = session.get(SeenRow, (source, address))
    return None if row is None else row.sha256


def note_seen(session: Session, source: str, address: str, sha256: str, at: datetime) -> None:
    """Remember what ``address`` holds now."""
    put(session, "seen", {"source": source, "address": address, "sha256": sha256, "at": at})


def seen_documents(session: Session, source: str) -> dict[str, str]:
    """Every document of ``source``: address to hash."""
    rows = session.exec(select(SeenRow).where(SeenRow.source == source).order_by(col(SeenRow.address)))
    return {row.address: row.sha256 for row in rows}


def _fetched(session: Session, row: RetrievalRow) -> Fetched:
    return Fetched(
        source=row.source,
        name=row.name,
        address=row.address,
        content=_bytes(session, row.sha256),
        media_type=row.media_type,
        charset=row.charset,
        retrieved_at=row.retrieved_at,
        published=None if row.published is None else Period.parse(row.published),
    )


def _bytes(session: Session, sha256: str) -> bytes:
    body = session.exec(select(SnapshotRow.body).where(SnapshotRow.sha256 == sha256)).one()
    try:
        content = zlib.decompress(body)
    except zlib.error:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StateError(f"the stored document {sha256[:12]}… is damaged; put back a copy of the database")
    return content
