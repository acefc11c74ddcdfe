"""What later readings make of recorded evidence: appended; the newest counts.

Evidence is never taken out. A piece that today's rules no longer read stops counting, and counts again
when a document is read that states it, or when a person accepts it after it was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlmodel import Session

from tracker.domain.observation import Evidence, Rereading, Standing, Verdict
from tracker.store.inserting import chunks, insert_new
from tracker.store.tables import NAMES, DecisionRow, EvidenceRow, RereadingRow

_TABLE = NAMES.tables[str(RereadingRow.__tablename__)]
_DECISION = NAMES.tables[str(DecisionRow.__tablename__)]
_EVIDENCE = NAMES.tables[str(EvidenceRow.__tablename__)]


def add_rereadings(session: Session, found: Sequence[Rereading]) -> None:
    """Append them in their order; the last of a piece of evidence is its newest."""
    rows = [
        {
            "evidence": one.evidence,
            "standing": one.standing.value,
            "rule_version": one.rule_version,
            "confidence": one.confidence,
            "accepted": one.accepted,
            "of": one.of,
            "base": one.base,
            "successor": one.successor,
            "at": one.at,
            "second": one.second,
        }
        for one in found
    ]
    insert_new(session, "rereading", rows)


def newest_rereadings(session: Session, ids: Iterable[int]) -> dict[int, Rereading]:
    """The newest of each of these pieces of evidence; one never read again is not in the answer."""
    if not any_rereading(session):
        return {}
    found: dict[int, Rereading] = {}
    for chunk in chunks(set(ids)):
        found.update(_newest(session, select(_TABLE).where(_TABLE.c.evidence.in_(chunk))))
    return found


def any_rereading(session: Session) -> bool:
    """Whether any replay has recorded anything yet: most states know none, and need not look further."""
    return session.connection().execute(select(_TABLE.c.id).limit(1)).first() is not None


def rereadings_on(session: Session, evidence: int) -> list[Rereading]:
    """Everything that later readings made of one piece, oldest first."""
    query = select(_TABLE).where(_TABLE.c.evidence == evidence).order_by(_TABLE.c.id)
    return [_rereading(row) for row in session.connection().execute(query)]


def counting(session: Session, pieces: Sequence[Evidence]) -> list[Evidence]:
    """Those of ``pieces`` that count, as the newest reading has them; a proposal does where a person has taken it."""
    pieces = _without_open_proposals(session, pieces)
    newest = newest_rereadings(session, (one.id for one in pieces))
    if not newest:
        return list(pieces)
    upheld = upheld_by_people(session, newest)
    return [
        as_read(one, newest.get(one.id))
        for one in pieces
        if one.id not in newest or newest[one.id].standing is Standing.STANDS or one.id in upheld
    ]


def _without_open_proposals(session: Session, pieces: Sequence[Evidence]) -> Sequence[Evidence]:
    proposed = [one.id for one in pieces if one.proposed]
    if not proposed:
        return pieces
    gone_over, words = heirs(session, proposed), _newest_words(session, proposed)
    taken: dict[int, tuple[datetime, str]] = {}
    for id, word in sorted(words.items()):
        about = gone_over.get(id, id)
        taken[about] = max(word, taken.get(about, word))
    yes = {id for id, (_, verdict) in taken.items() if verdict == Verdict.ACCEPT.value}
    return [one for one in pieces if not one.proposed or one.id in yes]


def _newest_words(session: Session, ids: Iterable[int]) -> dict[int, tuple[datetime, str]]:
    """The last word of a person on each piece of evidence that has one."""
    words: dict[int, tuple[datetime, str]] = {}
    for chunk in chunks(ids):
        query = select(_DECISION).where(_DECISION.c.evidence.in_(chunk)).order_by(_DECISION.c.id)
        for row in session.connection().execute(query):
            words[row.evidence] = (row.at, row.verdict)
    return words


def as_read(one: Evidence, again: Rereading | None) -> Evidence:
    """``one`` with what the newest reading says of it; as recorded where that does not read it."""
    if again is None or again.standing is not Standing.STANDS:
        return one
    figure = replace(one.figure, of=again.of)
    return replace(
        one,
        figure=figure,
        rule_version=again.rule_version,
        confidence=again.confidence,
        accepted=again.accepted,
        base=again.base,
        second=again.second,
    )


def upheld_by_people(session: Session, newest: Mapping[int, Rereading]) -> set[int]:
    """The pieces that a person accepted after they had been withdrawn, and did not reject since."""
    since = _first_withdrawn(session, [id for id, one in newest.items() if one.standing is not Standing.STANDS])
    words = _newest_words(session, since)
    return {id for id, (at, verdict) in words.items() if verdict == Verdict.ACCEPT.value and at > since[id]}


def heirs(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """For evidence that was restated, the piece to which people's decisions on it have gone over."""
    found: dict[int, int] = {}
    open_: dict[int, int] = {id: id for id in ids}
    seen: dict[int, set[int]] = {id: {id} for id in open_}
    while open_:
        newest = newest_rereadings(session, open_.values())
        ahead: dict[int, int] = {}
        for id, at in open_.items():
            again = newest.get(at)
            after = again.successor if again and again.standing is Standing.RESTATED else None
            if after is not None and after not in seen[id]:
                seen[id].add(after)
                ahead[id] = found[id] = after
        open_ = ahead
    return found


def series_with_withdrawn(session: Session) -> set[tuple[str, str]]:
    """The (indicator, area) of every piece that was ever withdrawn."""
    query = (
        select(_EVIDENCE.c.indicator, _EVIDENCE.c.area)
        .join(_TABLE, _TABLE.c.evidence == _EVIDENCE.c.id)
        .where(_TABLE.c.standing != Standing.STANDS.value)
        .distinct()
    )
    return {(row[0], row[1]) for row in session.connection().execute(query)}


def series_with_proposals(session: Session) -> set[tuple[str, str]]:
    """The (indicator, area) of every piece that a second reader had a view of."""
    query = select(_EVIDENCE.c.indicator, _EVIDENCE.c.area).where(_EVIDENCE.c.second.is_not(None)).distinct()
    return {(row[0], row[1]) for row in session.connection().execute(query)}


def _first_withdrawn(session: Session, ids: Iterable[int]) -> dict[int, datetime]:
    """When each stopped counting, the present time."""
    found: dict[int, datetime] = {}
    for chunk in chunks(ids):
        stood = (
            select(_TABLE.c.evidence, func.max(_TABLE.c.id).label("last"))
            .where(_TABLE.c.evidence.in_(chunk), _TABLE.c.standing == Standing.STANDS.value)
            .group_by(_TABLE.c.evidence)
        )
        last = {row.evidence: row.last for row in session.connection().execute(stood)}
        gone = select(_TABLE).where(_TABLE.c.evidence.in_(chunk), _TABLE.c.standing != Standing.STANDS.value)
        for row in session.connection().execute(gone.order_by(_TABLE.c.id)):
            if row.id > last.get(row.evidence, 0):
                found.setdefault(row.evidence, row.at)
    return found


def _newest(session: Session, query: Select[tuple[object, ...]]) -> dict[int, Rereading]:
    rows = session.connection().execute(query.order_by(_TABLE.c.id))
    return {row.evidence: _rereading(row) for row in rows}


def _rereading(row: object) -> Rereading:
    got = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001 - the public name of a row's columns
    return Rereading(
        evidence=got["evidence"],
        standing=Standing(got["standing"]),
        rule_version=got["rule_version"],
        confidence=got["confidence"],
        accepted=got["accepted"],
        at=got["at"],
        of=got["of"],
        base=got["base"],
        successor=got["successor"],
        second=got["second"],
    )
