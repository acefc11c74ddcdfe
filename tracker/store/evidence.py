"""Evidence: appended, never changed. The same statement read again is the same evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from tracker.domain.figure import Figure, Qualifier
from tracker.domain.observation import Evidence, Standing
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.errors import StateError
from tracker.store.cards import moved_series
from tracker.store.columns import storable
from tracker.store.inserting import chunks, column, fingerprint, insert_new, present
from tracker.store.rereadings import as_read, counting, newest_rereadings, series_with_proposals, series_with_withdrawn
from tracker.store.tables import NAMES, EvidenceRow, RereadingRow

_period = lru_cache(4096)(Period.parse)
_NO_DAY = Period.day(date.min)
_TABLE = NAMES.tables[str(EvidenceRow.__tablename__)]
_AGAIN = NAMES.tables[str(RereadingRow.__tablename__)]


def add_evidence(session: Session, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Record what is not recorded yet; returns that alone, in its order, with the ids it got."""
    new: dict[str, Evidence] = {}
    for one in evidence:
        new.setdefault(_fingerprint(one), one)
    for known in present(session, column("evidence", "fingerprint"), list(new)):
        del new[known]
    insert_new(session, "evidence", [_row(print_, one) for print_, one in new.items()])
    ids: dict[str, int] = {}
    for chunk in chunks(new):
        found = select(_TABLE.c.fingerprint, _TABLE.c.id).where(_TABLE.c.fingerprint.in_(chunk))
        ids.update((row[0], row[1]) for row in session.connection().execute(found))
    return [replace(one, id=ids[print_]) for print_, one in new.items()]


def evidence_of_series(
    session: Session, indicator: str, area: str, *, published_by: date | None = None
) -> list[Evidence]:
    """Everything stated about one series, of every kind; only what was published by then where asked.

    What later readings have withdrawn is left out; the rest is as the newest reading has it.
    """
    query = select(_TABLE).where(_TABLE.c.indicator == indicator, _TABLE.c.area == area)
    if published_by is not None:
        query = query.where(_TABLE.c.published_day <= published_by)
    return counting(session, _read(session, query.order_by(_TABLE.c.published_day, _TABLE.c.id)))


def evidence_by_id(session: Session, id: int) -> Evidence | None:
    """One piece; None for an unknown id."""
    return next(iter(_read(session, select(_TABLE).where(_TABLE.c.id == id))), None)


def evidence_by_ids(session: Session, ids: Iterable[int]) -> list[Evidence]:
    """The pieces with these ids, in order of id."""
    found: list[Evidence] = []
    for chunk in chunks(sorted(set(ids))):
        found += _read(session, select(_TABLE).where(_TABLE.c.id.in_(chunk)).order_by(_TABLE.c.id))
    return found


def evidence_of_snapshot(session: Session, sha256: str) -> list[Evidence]:
    """What was ever read out of one document, also what counts no more, in the order of its text."""
    return _read(session, select(_TABLE).where(_TABLE.c.snapshot == sha256).order_by(_TABLE.c.start, _TABLE.c.id))


def evidence_of_document(session: Session, source: str, doc: str) -> list[Evidence]:
    """What was read out of all versions of one document and counts, oldest record first."""
    query = select(_TABLE).where(_TABLE.c.source == source, _TABLE.c.doc == doc)
    return counting(session, _read(session, query.order_by(_TABLE.c.id)))


def second_views(session: Session) -> list[Evidence]:
    """What a second reader disputes or proposes and no later reading has withdrawn, decided on or not, oldest first."""
    ids = set(session.connection().execute(select(_TABLE.c.id).where(_TABLE.c.second.is_not(None))).scalars())
    ids |= set(session.connection().execute(select(_AGAIN.c.evidence).where(_AGAIN.c.second.is_not(None))).scalars())
    pieces = evidence_by_ids(session, ids)
    newest = newest_rereadings(session, (one.id for one in pieces))
    standing = (one for one in pieces if one.id not in newest or newest[one.id].standing is Standing.STANDS)
    today = (as_read(one, newest.get(one.id)) for one in standing)
    return [one for one in today if one.second is not None]


def recorded(session: Session, pieces: Sequence[Evidence]) -> list[Evidence | None]:
    """The evidence that is recorded for the same statement as each of ``pieces``, as it was first read."""
    prints = [_fingerprint(one) for one in pieces]
    found: dict[str, Evidence] = {}
    for chunk in chunks(dict.fromkeys(prints)):
        for row in session.connection().execute(select(_TABLE).where(_TABLE.c.fingerprint.in_(chunk))):
            found[row.fingerprint] = _evidence(row)
    return [found.get(one) for one in prints]


def likeness(one: Evidence) -> str:
    """The same for the same statement, also where it is dated by nothing but the day it was fetched."""
    if one.published.origin != "retrieved":
        return _fingerprint(one)
    undated = Published(_NO_DAY, one.published.origin)
    return _fingerprint(replace(one, published=undated, period=one.period if one.period_stated else _NO_DAY))


def series_keys(session: Session) -> list[tuple[str, str]]:
    """Every (indicator, area) that anything was stated about and counts, in order."""
    keys = moved_series(session)
    doubted = series_with_withdrawn(session) | series_with_proposals(session)
    return [key for key in keys if key not in doubted or evidence_of_series(session, *key)]


def verify_evidence(session: Session) -> None:
    """Read everything and hold it against its fingerprint; ``StateError`` names the first damaged figure."""
    for row in session.connection().execute(select(_TABLE).execution_options(yield_per=1000)):
        _evidence(row)


def _fingerprint(one: Evidence) -> str:
    figure = one.figure
    return fingerprint(
        storable(one.source),
        storable(one.doc),
        one.indicator,
        one.area,
        one.kind,
        figure.value.normalize(),
        None if figure.high is None else figure.high.normalize(),
        figure.unit,
        figure.qualifier,
        one.period,
        one.published.period,
        storable(one.quote),
        one.start,
    )


def _row(print_: str, one: Evidence) -> dict[str, Any]:
    figure = one.figure
    return {
        "fingerprint": print_,
        "indicator": one.indicator,
        "area": one.area,
        "kind": one.kind.value,
        "value": figure.value,
        "high": figure.high,
        "unit": str(figure.unit),
        "qualifier": figure.qualifier.value,
        "of": figure.of,
        "period": str(one.period),
        "period_stated": one.period_stated,
        "published": str(one.published.period),
        "published_day": one.published.day,
        "published_origin": one.published.origin,
        "source": one.source,
        "doc": one.doc,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "snapshot": one.snapshot,
        "rule_version": one.rule_version,
        "confidence": one.confidence,
        "accepted": one.accepted,
        "recorded_at": one.recorded_at,
        "base": one.base,
        "note": one.note,
        "second": one.second,
    }


def _read(session: Session, query: Any) -> list[Evidence]:
    return [_evidence(row) for row in session.connection().execute(query)]


def _evidence(row: Row[Any]) -> Evidence:
    try:
        one = _unpacked(row)
    except (ValueError, ArithmeticError):
        one = None
    # A figure that is shown must be the one that was read, also on a disk that forgets.
    if one is None or _fingerprint(one) != row.fingerprint:
        raise StateError(f"the stored figure {row.id} is damaged; put back a copy of the database")
    return one


def _unpacked(row: Row[Any]) -> Evidence:
    figure = Figure(row.value, row.unit, row.high, Qualifier(row.qualifier), row.of)
    return Evidence(
        id=row.id,
        indicator=row.indicator,
        area=row.area,
        kind=Kind(row.kind),
        figure=figure,
        period=_period(row.period),
        period_stated=row.period_stated,
        published=Published(_period(row.published), row.published_origin),
        source=row.source,
        doc=row.doc,
        quote=row.quote,
        start=row.start,
        end=row.end,
        snapshot=row.snapshot,
        rule_version=row.rule_version,
        confidence=row.confidence,
        accepted=row.accepted,
        recorded_at=row.recorded_at,
        base=row.base,
        note=row.note,
        second=row.second,
    )
