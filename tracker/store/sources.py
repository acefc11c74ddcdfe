"""How each source is doing, and what its servers said of the documents we have."""

from __future__ import annotations

from sqlmodel import Session, col, select

from tracker.domain.source import Health, SourceState, Validators
from tracker.store.inserting import put
from tracker.store.tables import SourceStateRow, ValidatorsRow


def source_state(session: Session, id: str) -> SourceState:
    """The state of one source; one that was never checked is ``unknown``."""
    row = session.get(SourceStateRow, id)
    return SourceState(id) if row is None else _state(row)


def source_states(session: Session) -> dict[str, SourceState]:
    """Every source that was ever checked, by its id."""
    rows = session.exec(select(SourceStateRow).order_by(col(SourceStateRow.id)))
    return {row.id: _state(row) for row in rows}


def put_source_state(session: Session, state: SourceState) -> None:
    """Replace what is known of the source."""
    row = {
        "id": state.id,
        "health": state.health.value,
        "since": state.since,
        "reason": state.reason,
        "last_checked": state.last_checked,
        "last_changed": state.last_changed,
        "due_at": state.due_at,
        "failures": state.failures,
    }
    put(session, "source_state", row)


def validators_of(session: Session, source: str) -> dict[str, Validators]:
    """What servers said of the documents of ``source``, by address."""
    rows = session.exec(select(ValidatorsRow).where(ValidatorsRow.source == source))
    return {row.address: Validators(row.etag, row.last_modified) for row in rows}


def put_validators(session: Session, source: str, address: str, validators: Validators) -> None:
    """Replace what the server said of the document at ``address``."""
    row = {
        "source": source,
        "address": address,
        "etag": validators.etag,
        "last_modified": validators.last_modified,
    }
    put(session, "validators", row)


def _state(row: SourceStateRow) -> SourceState:
    return SourceState(
        row.id,
        Health(row.health),
        row.since,
        row.reason,
        row.last_checked,
        row.last_changed,
        row.due_at,
        row.failures,
    )
