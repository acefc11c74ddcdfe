"""The alert ledger: what happened, once each, for ever."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.domain.alert import Alert, AlertType
from tracker.store.columns import plain, storable
from tracker.store.inserting import column, insert_new, present
from tracker.store.tables import AlertRow


def add_alerts(session: Session, alerts: Iterable[Alert]) -> list[Alert]:
    """Record the alerts whose key is not in the ledger; returns those, in their order."""
    new: dict[str, Alert] = {}
    for one in alerts:
        new.setdefault(storable(one.key), one)
    for known in present(session, column("alert", "key"), list(new)):
        del new[known]
    rows = [
        {
            "key": key,
            "type": one.type.value,
            "subject": one.subject,
            "title": one.title,
            "data": plain(one.data),
            "at": one.at,
        }
        for key, one in new.items()
    ]
    insert_new(session, "alert", rows)
    return list(new.values())


def list_alerts(
    session: Session,
    *,
    types: Collection[AlertType] = (),
    subject: str | None = None,
    since: datetime | None = None,
    limit: int | None = None,
) -> list[Alert]:
    """Newest first; of ``types``, about ``subject``, ``since`` that time where given; at most ``limit``."""
    query = select(AlertRow).order_by(col(AlertRow.id).desc())
    if types:
        query = query.where(col(AlertRow.type).in_([one.value for one in types]))
    if subject is not None:
        query = query.where(AlertRow.subject == subject)
    if since is not None:
        query = query.where(col(AlertRow.at) >= since)
    return [_alert(row) for row in session.exec(query.limit(limit))]


def alert_by_key(session: Session, key: str) -> Alert | None:
    """One alert; None where nothing with this key ever happened."""
    row = session.exec(select(AlertRow).where(AlertRow.key == key)).first()
    return None if row is None else _alert(row)


def _alert(row: AlertRow) -> Alert:
    return Alert(row.key, AlertType(row.type), row.subject, row.title, row.data, row.at)
