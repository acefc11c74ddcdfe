"""The second reader's place in the order: after the rules have read a document, before anything is recorded.

::

    a reading | numbered, made a question         pure
              | the kept answer to it, or         looks into the state
              | a call, written down, then made   effect; its answer is kept at once
              | weighed against the rules         pure

Whatever goes wrong here, the reading goes on as the rules made it, with a sentence in ``aside``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlmodel import Session

from tracker.config import Configuration
from tracker.config.settings import SecondReaderSettings
from tracker.domain.observation import Evidence, Standing
from tracker.errors import TrackerError, UsageError, WorldError
from tracker.extract import RULE_VERSION
from tracker.net import Allowance, ClientSettings
from tracker.pipeline.documents import DocumentReading
from tracker.pipeline.service import Service
from tracker.series import evidence_of
from tracker.store import evidence, rereadings, second

if TYPE_CHECKING:
    from tracker.extract.again import SecondLook
    from tracker.second import Endpoint, Limits, Question

#: Calls that are made at the same time: a model of one's own has one processor.
AT_ONCE = 2
#: After so many failures in a row nobody is asked for a while: a dead endpoint must not hold up a cycle.
MOST_FAILURES = 3
REST = timedelta(minutes=10)
A_DAY = timedelta(days=1)
STANDS = "the rules' readings stand"
MEMORY = "second reader"


@dataclass(slots=True)
class Patience:
    """How the endpoint has been doing while this process runs."""

    failures: int = 0
    rests_until: datetime | None = None
    trouble: str = ""
    told: set[str] = field(default_factory=set)
    gates: WeakKeyDictionary[Any, asyncio.Semaphore] = field(default_factory=WeakKeyDictionary)

    def gate(self) -> asyncio.Semaphore:
        """The gate of the running loop: a process may have one after the other."""
        return self.gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))

    def note(self, trouble: str, now: datetime) -> None:
        """One more failure; an empty ``trouble`` is a success."""
        self.trouble = trouble
        self.failures = self.failures + 1 if trouble else 0
        self.rests_until = now + REST if self.failures >= MOST_FAILURES else None
        if not trouble:
            self.told.clear()

    def rests(self, now: datetime) -> bool:
        """Whether nobody is to be asked now."""
        return self.rests_until is not None and now < self.rests_until


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A question about a document, and the document ready to hold the answer against."""

    question: Question
    look: SecondLook
    endpoint: Endpoint
    limits: Limits

    @property
    def key(self) -> str:
        return self.question.key(self.endpoint.address)


def wanted(configuration: Configuration) -> bool:
    """Whether documents are shown to a second reader."""
    return configuration.second_reader is not None and configuration.second_reader.enabled


def configured(configuration: Configuration) -> SecondReaderSettings:
    """The section; ``UsageError`` where there is none."""
    if configuration.second_reader is None:
        raise UsageError("no second reader is configured; expected a section second_reader with url and model")
    return configuration.second_reader


async def hear_each(service: Service, readings: Iterable[DocumentReading], now: datetime) -> list[DocumentReading]:
    """The readings after the second reader, where one is wanted; as they came otherwise."""
    if not wanted(service.configuration):
        return list(readings)
    return [await hear(service, reading, now) for reading in readings]


async def hear(service: Service, reading: DocumentReading, now: datetime) -> DocumentReading:
    """What becomes of a reading with the kept answer, or else with one that is asked for now; never raises."""
    if reading.reading is None:
        return reading
    try:
        prepared = await asyncio.to_thread(_prepare, service, reading)
        if prepared is None:
            return _agreed(reading)
        body = await asyncio.to_thread(_kept, service, prepared)
        asked = body is None
        if body is None:
            body = await _ask(service, reading, prepared, now)
        heard = await asyncio.to_thread(_weighed, reading, prepared, body)
    except (TrackerError, OSError) as error:
        return replace(reading, aside=_aside(str(error)))
    except Exception as error:  # noqa: BLE001 - whatever an odd answer breaks, the rules' reading stands
        return replace(reading, aside=_aside(f"a fault of ours: {type(error).__name__}"))
    if asked:
        _patience(service).note(heard.aside or "", now)
    return heard


def recall(session: Session, service: Service, reading: DocumentReading) -> DocumentReading:
    """The same with kept answers alone, and no network; ``heard`` stays None where nothing is kept."""
    if reading.reading is None or not wanted(service.configuration):
        return reading
    prepared = _prepare(service, reading)
    if prepared is None:
        return _agreed(reading)
    kept = second.kept_answer(session, prepared.key)
    return reading if kept is None else _weighed(reading, prepared, kept.body)


def stated(reading: DocumentReading, *, source: str, recorded_at: datetime, retrieved: Any) -> list[Evidence]:
    """Everything that a document states as evidence to record: what is disputed with the other view, then proposals."""
    given = {
        "source": source,
        "snapshot": reading.sha256,
        "rule_version": RULE_VERSION,
        "recorded_at": recorded_at,
        "retrieved": retrieved,
    }
    pieces = evidence_of(reading.statements, **given)
    if reading.heard is None:
        return pieces
    pieces = [replace(piece, second=reading.heard.disputed.get(at)) for at, piece in enumerate(pieces)]
    proposed = evidence_of((statement for statement, _ in reading.heard.proposals), **given)
    views = (view for _, view in reading.heard.proposals)
    return [*pieces, *(replace(piece, second=view) for piece, view in zip(proposed, views, strict=True))]


def newly_disputed(session: Session, pieces: Iterable[Evidence]) -> list[tuple[int, Evidence]]:
    """Those of ``pieces`` that are recorded already and were not disputed before, each with its number."""
    disputed = [piece for piece in pieces if piece.disputed]
    known = [(was, now) for was, now in zip(evidence.recorded(session, disputed), disputed, strict=True) if was]
    newest = rereadings.newest_rereadings(session, (was.id for was, _ in known))
    return [
        (was.id, now)
        for was, now in known
        if (was.id not in newest or newest[was.id].standing is Standing.STANDS)
        and not rereadings.as_read(was, newest.get(was.id)).disputed
    ]


def untold(service: Service, asides: Iterable[str]) -> list[str]:
    """Those of ``asides`` that have not been told since the second reader last answered."""
    told = _patience(service).told
    fresh = [one for one in dict.fromkeys(asides) if one not in told]
    told.update(fresh)
    return fresh


def _prepare(service: Service, reading: DocumentReading) -> _Prepared | None:
    """The question about a document; None where there is nothing to ask."""
    from tracker.extract.again import SecondLook
    from tracker.second import Endpoint, Limits, question, sheet_of

    settings = configured(service.configuration)
    assert reading.reading is not None  # noqa: S101 - the callers looked
    limits = Limits(settings.most_characters, settings.most_numbers, settings.most_proposals)
    sheet = sheet_of(reading.reading, limits)
    if not sheet.numbers:
        return None
    look = SecondLook(reading.reading.document, service.catalogue)
    asked = question(
        reading.reading,
        sheet,
        service.catalogue,
        look.named(),
        model=settings.model,
        form=settings.response_format,
    )
    endpoint = Endpoint(settings.url, settings.model, timeout=settings.timeout.total_seconds())
    return None if asked is None else _Prepared(asked, look, endpoint, limits)


def _kept(service: Service, prepared: _Prepared) -> str | None:
    with service.store.read() as session:
        kept = second.kept_answer(session, prepared.key)
    return None if kept is None else kept.body


async def _ask(service: Service, reading: DocumentReading, prepared: _Prepared, now: datetime) -> str:
    """The body of an answer that has just been given; ``TrackerError`` says why there is none."""
    patience = _patience(service)
    async with patience.gate():
        if patience.rests(now):
            raise WorldError(patience.trouble)
        try:
            return await _call(service, reading, prepared, now)
        except TrackerError as error:
            patience.note(str(error), now)
            raise


async def _call(service: Service, reading: DocumentReading, prepared: _Prepared, now: datetime) -> str:
    from tracker.second import call

    settings = configured(service.configuration)
    endpoint = replace(prepared.endpoint, secret=settings.secret(service.configuration.environment))
    allowed = Allowance.of(str(network) for network in service.configuration.network.allow)
    number = await asyncio.to_thread(_begin, service, reading, prepared, settings.most_calls, now)
    try:
        answer = await call(endpoint, prepared.question.body, ClientSettings(allowance=allowed))
    except WorldError as error:
        await asyncio.to_thread(_end, service, number, second.SecondAnswer(None, "", str(error), now))
        raise
    await asyncio.to_thread(_end, service, number, second.SecondAnswer(answer.status, answer.body, "", now))
    if answer.status != second.OK:
        raise WorldError(f"{endpoint.address} answered {answer.status}; expected 200")
    return answer.body


def _begin(service: Service, reading: DocumentReading, prepared: _Prepared, most: int, now: datetime) -> int:
    """Write down what is about to be sent."""
    kept = second.SecondCall(
        document=reading.sha256 or "",
        request=prepared.key,
        address=prepared.endpoint.address,
        model=prepared.endpoint.model,
        body=prepared.question.body.decode(),
        at=now,
    )
    with service.store.write() as session:
        if second.calls_since(session, now - A_DAY) >= most:
            raise WorldError(f"{most} calls were made within 24 hours (second_reader.most_calls)")
        return second.keep_call(session, kept)


def _end(service: Service, number: int, answer: second.SecondAnswer) -> None:
    with service.store.write() as session:
        second.keep_answer(session, number, answer)


def _weighed(reading: DocumentReading, prepared: _Prepared, body: str) -> DocumentReading:
    from tracker.second import Unusable, opinion, weigh

    said = opinion(body, prepared.question)
    if isinstance(said, Unusable):
        return replace(reading, aside=_aside(said.why))
    assert reading.reading is not None  # noqa: S101 - the callers looked
    heard = weigh(
        reading.reading,
        prepared.question.sheet,
        said,
        prepared.look,
        prepared.limits,
        model=prepared.endpoint.model,
        request=prepared.key,
    )
    return replace(reading, statements=heard.statements, heard=heard)


def _agreed(reading: DocumentReading) -> DocumentReading:
    """A document about which there is nothing to ask."""
    from tracker.second import Heard

    return replace(reading, heard=Heard(reading.statements, {}, frozenset(), ()))


def _aside(why: str) -> str:
    return f"second reader: {why}; {STANDS}"


def _patience(service: Service) -> Patience:
    patience: Patience = service.memory.setdefault(MEMORY, Patience())
    return patience
