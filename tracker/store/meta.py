"""What the service remembers of itself, such as whether its first cycle is done."""

from __future__ import annotations

from sqlmodel import Session

from tracker.store.inserting import put
from tracker.store.tables import MetaRow


def get_meta(session: Session, key: str) -> str | None:
    """The value last put under ``key``; None where there is none."""
    row = session.get(MetaRow, key)
    return None if row is None else row.value


def put_meta(session: Session, key: str, value: str) -> None:
    """Replace the value under ``key``."""
    put(session, "meta", {"key": key, "value": value})
