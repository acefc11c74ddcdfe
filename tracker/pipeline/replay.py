"""Every stored document read again with today's rules and catalogue: what would change, and recording it.

Evidence is never taken out. A statement that is read again stands; one that is read no more, or
otherwise, gets a row in the ledger of rereadings and stops counting; one read anew is new evidence.
All versions of a document are read before anything is compared: what one of them still states stands.

Of a second reader the kept answers count, to questions that are the same today. Where there is none, what it said
before stands: its disputes are carried on, its proposals left alone. Where none is wanted any more, the rules'
reading counts alone.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlmodel import Session

from tracker.alerting import Occasion
from tracker.domain.observation import Evidence, Standing
from tracker.domain.period import Period
from tracker.domain.source import Fetched
from tracker.domain.statement import Published
from tracker.errors import SourceError, UsageError
from tracker.extract import RULE_VERSION
from tracker.pipeline.documents import read_fetched
from tracker.pipeline.exchange import evidence_json
from tracker.pipeline.pairing import Difference, differences
from tracker.pipeline.record import Changes, Outcome, Settled, record_in
from tracker.pipeline.second import hear, recall, stated, wanted
from tracker.pipeline.service import Service
from tracker.store import decisions, evidence, rereadings, snapshots

Place: TypeAlias = tuple[str, str, str]
"""A version of a document: the hash of its bytes, its source, its name."""


@dataclass(frozen=True, slots=True)
class Reread:
    """One stored document read again; in ``failure`` why it could not be.

    ``unheard``: a second reader is wanted, and nothing is kept that it says of this reading; ``aside`` says why
    it was asked in vain.
    """

    place: Place
    published: Published | None = None
    pieces: tuple[Evidence, ...] = ()
    failure: str | None = None
    unheard: bool = False
    aside: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that is ``new``, ``gone`` or ``changed``. ``decided``: a person had decided on it."""

    difference: Difference
    decided: bool = False

    @property
    def what(self) -> str:
        """The word for it."""
        return "new" if self.difference.was is None else "gone" if self.difference.now is None else "changed"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What reading one document again changes, in the order of its text."""

    place: Place
    published: Published | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """Everything that a replay changes, and what is to be recorded for it. ``same``: statements that stand."""

    documents: tuple[DocumentChange, ...]
    read: int
    failures: tuple[str, ...]
    same: int
    fresh: tuple[Evidence, ...]
    settled: tuple[Settled, ...]

    def count(self, what: str) -> int:
        """Number of statements that are ``new``, ``gone`` or ``changed``."""
        return sum(1 for document in self.documents for one in document.changes if one.what == what)


def read_again(
    service: Service, now: datetime, step: Callable[[], None] = lambda: None, *, ask: bool = False
) -> list[Reread]:
    """Read every stored document, oldest first; changes nothing. ``step`` is called after each.

    ``ask``: also ask the second reader where none of its answers is kept; ``UsageError`` where none is wanted.
    """
    if ask and not wanted(service.configuration):
        raise UsageError("no second reader is enabled; expected a section second_reader with enabled: true")
    found = []
    with service.store.read() as session:
        for fetched in snapshots.all_snapshots(session):
            found.append(_reread(session, service, fetched, now, ask=ask))
            step()
    return found


def stored_documents(service: Service) -> int:
    """How many there are to read."""
    with service.store.read() as session:
        return snapshots.count_snapshots(session)


def compare(session: Session, service: Service, reread: Sequence[Reread]) -> Replay:
    """Hold what is read today against what is recorded of the same documents."""
    return _Comparison(session, service, reread).replay()


def apply(service: Service, reread: Sequence[Reread], now: datetime) -> tuple[Replay, Outcome]:
    """Record in one transaction what :func:`compare` finds, and everything that follows from it."""
    with service.store.write() as session:
        replay = compare(session, service, reread)
        changes = Changes(rows=replay.fresh, settled=replay.settled, occasion=Occasion.REPLAY)
        outcome = record_in(session, service, changes, now)
    return replay, replace(outcome, failures=replay.failures)


def replay_json(replay: Replay, *, applied: bool) -> dict[str, Any]:
    """The same for programs; only documents with changes are listed."""
    return {
        "rule_version": RULE_VERSION,
        "applied": applied,
        "documents": [_document_json(one) for one in replay.documents],
        "failures": list(replay.failures),
        "summary": {
            "documents": replay.read,
            "new": replay.count("new"),
            "gone": replay.count("gone"),
            "changed": replay.count("changed"),
            "same": replay.same,
        },
    }


def _document_json(one: DocumentChange) -> dict[str, Any]:
    sha256, source, doc = one.place
    return {
        "doc": doc,
        "source": source,
        "snapshot": sha256,
        "published": str(one.published.period) if one.published else None,
        "changes": [
            {
                "what": change.what,
                "fields": list(change.difference.fields),
                "was": change.difference.was,
                "now": change.difference.now,
                "decided": change.decided,
            }
            for change in one.changes
        ],
    }


def _reread(session: Session, service: Service, fetched: Fetched, now: datetime, *, ask: bool) -> Reread:
    sha256 = hashlib.sha256(fetched.content).hexdigest()
    place = (sha256, fetched.source, fetched.name)
    try:
        chosen = next((one.selection for one in service.configuration.sources if one.id == fetched.source), None)
        reading = read_fetched(fetched, service.catalogue, _given(session, service, fetched, sha256), chosen)
    except SourceError as error:
        return Reread(place, failure=f"{fetched.source}: {error}")
    reading = asyncio.run(hear(service, reading, now)) if ask else recall(session, service, reading)
    pieces = stated(reading, source=fetched.source, recorded_at=now, retrieved=service.today(fetched.retrieved_at))
    unheard = reading.heard is None and wanted(service.configuration)
    return Reread(place, reading.published, tuple(pieces), unheard=unheard, aside=reading.aside)


def _given(session: Session, service: Service, fetched: Fetched, sha256: str) -> Published | None:
    """The date that a person gave: in the configuration as it is now, else the last one given."""
    for source in service.configuration.sources:
        if source.id == fetched.source and source.published is not None:
            return Published(Period.day(source.published), "given")
    given = [
        one
        for one in evidence.evidence_of_snapshot(session, sha256)
        if (one.source, one.doc) == (fetched.source, fetched.name) and one.published.origin == "given"
    ]
    if given:
        return max(given, key=lambda one: (one.recorded_at, one.id)).published
    return Published(fetched.published, "given") if fetched.published else None


class _Comparison:
    """One comparison; its steps add to what is found."""

    def __init__(self, session: Session, service: Service, reread: Sequence[Reread]) -> None:
        self._session = session
        self._reread = [one for one in reread if one.failure is None]
        self._failures = tuple(dict.fromkeys(one.failure for one in reread if one.failure is not None))
        self._unheard = {one.place for one in self._reread if one.unheard}
        self._recorded = [
            one
            for one in _recorded(session, service, {one.place for one in self._reread})
            if not (one.proposed and _place(one) in self._unheard)
        ]
        self._newest = rereadings.newest_rereadings(session, (one.id for one in self._recorded))
        self._disputed: dict[Place, list[Evidence]] = defaultdict(list)
        for one in map(self._current, filter(self._counts, self._recorded)):
            if one.disputed:
                self._disputed[_place(one)].append(one)
        self._changes: dict[Place, list[Change]] = defaultdict(list)
        self._settled: list[Settled] = []
        self._fresh: list[Evidence] = []
        self._same = 0

    def replay(self) -> Replay:
        known: dict[str, list[Evidence]] = defaultdict(list)
        for piece in self._recorded:
            known[evidence.likeness(piece)].append(piece)
        today: dict[str, Evidence] = {}
        for document in self._reread:
            for piece in document.pieces:
                today.setdefault(evidence.likeness(piece), self._still(piece))
        for statement, piece in today.items():
            if statement in known:
                self._again(known[statement], piece)
        self._otherwise(
            [one for one in self._recorded if self._counts(one) and evidence.likeness(one) not in today],
            [one for statement, one in today.items() if statement not in known],
        )
        read = len(self._reread)
        documents = tuple(self._documents())
        return Replay(documents, read, self._failures, self._same, tuple(self._fresh), tuple(self._settled))

    def _still(self, today: Evidence) -> Evidence:
        """Today's reading; disputed still where the second reader disputed it and has not been heard again."""
        if _place(today) not in self._unheard:
            return today
        for one in self._disputed[_place(today)]:
            here = one.start < today.end and today.start < one.end
            if here and one.indicator == today.indicator and one.figure.same_number(today.figure):
                return replace(today, accepted=False, second=one.second)
        return today

    def _again(self, known: Sequence[Evidence], today: Evidence) -> None:
        """A statement that is recorded and read again: it stands, with another certainty perhaps."""
        standing = [one for one in known if self._counts(one)]
        if not standing:
            self._note(today, Difference(None, evidence_json(today)), known[0])
            self._settled.append(Settled(known[0], Standing.STANDS, today))
            return
        moved = [one for one in standing if _certainty(self._current(one)) != _certainty(today)]
        self._settled += [Settled(one, Standing.STANDS, today) for one in moved]
        if not moved:
            self._same += 1
            return
        old, new = evidence_json(self._current(moved[0])), evidence_json(today)
        fields = tuple(name for name in ("of", "base", "accepted", "second") if old.get(name) != new.get(name))
        self._note(today, Difference(old, new, fields), moved[0])

    def _otherwise(self, gone: Sequence[Evidence], new: Sequence[Evidence]) -> None:
        """What is read no more, what is read anew, and which of these are one statement that changed."""
        self._fresh += new
        was, now = _by_place(gone), _by_place(new)
        for place in {**was, **now}:
            old, read = was.get(place, []), now.get(place, [])
            for one in differences(
                [evidence_json(self._current(piece)) for piece in old], [evidence_json(piece) for piece in read]
            ):
                if one.old is None:
                    self._note(read[one.new or 0], one, None)
                    continue
                self._note(old[one.old], one, old[one.old])
                self._settled.append(_settled(one, old[one.old], None if one.new is None else read[one.new]))

    def _note(self, piece: Evidence, difference: Difference, recorded: Evidence | None) -> None:
        decided = recorded is not None and bool(decisions.decisions_on(self._session, recorded.id))
        self._changes[_place(piece)].append(Change(difference, decided))

    def _documents(self) -> Iterator[DocumentChange]:
        for document in {one.place: one for one in self._reread}.values():
            changes = self._changes.get(document.place)
            if changes:
                yield DocumentChange(document.place, document.published, tuple(sorted(changes, key=_start)))

    def _counts(self, piece: Evidence) -> bool:
        again = self._newest.get(piece.id)
        return again is None or again.standing is Standing.STANDS

    def _current(self, piece: Evidence) -> Evidence:
        return rereadings.as_read(piece, self._newest.get(piece.id))


def _recorded(session: Session, service: Service, places: AbstractSet[Place]) -> list[Evidence]:
    """What was recorded of these documents, as far as it is looked for today."""
    comparators = service.catalogue.comparators()
    looked_for = {(one.id, area) for one in service.catalogue.indicators for area in one.scope | comparators}
    return [
        piece
        for sha256 in sorted({place[0] for place in places})
        for piece in evidence.evidence_of_snapshot(session, sha256)
        if _place(piece) in places and (piece.indicator, piece.area) in looked_for
    ]


def _settled(one: Difference, piece: Evidence, today: Evidence | None) -> Settled:
    if today is None:
        return Settled(piece, Standing.WITHDRAWN)
    return Settled(piece, Standing.RESTATED if one.same_statement else Standing.REPLACED, today)


def _by_place(pieces: Sequence[Evidence]) -> dict[Place, list[Evidence]]:
    found: dict[Place, list[Evidence]] = {}
    for piece in pieces:
        found.setdefault(_place(piece), []).append(piece)
    return found


def _start(one: Change) -> int:
    line = one.difference.now or one.difference.was or {}
    return int(line["start"])


def _place(piece: Evidence) -> Place:
    return piece.snapshot or "", piece.source, piece.doc


def _certainty(piece: Evidence) -> tuple[object, ...]:
    return piece.accepted, piece.figure.of, piece.base, piece.second and piece.second.said
