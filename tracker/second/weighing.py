"""An opinion held against the rules' reading: agreement changes nothing, all else waits for a person.

A number, an area or a period never comes from the opinion: what it claims is read again by the rules at
that very place, and where they find another value there, or none, the claim is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.domain.observation import SecondView, SecondWord
from tracker.domain.statement import Kind, Statement
from tracker.extract import Reading
from tracker.extract.again import Claim, SecondLook
from tracker.extract.model import Span
from tracker.second.answering import Label, Opinion, Proposal
from tracker.second.numbering import Limits, Passage, Sheet

_LEVELS = frozenset({Kind.OBSERVATION, Kind.REFERENCE})


@dataclass(frozen=True, slots=True)
class Heard:
    """A reading after the second one.

    ``statements`` are the rules', as many and in the same order; those in ``disputed``, by their index, are
    not accepted any more. ``agreed`` holds the indices of those on which both agree. ``proposals``
    are statements that the rules did not make, never accepted. ``dropped`` counts what could not be used.
    """

    statements: tuple[Statement, ...]
    disputed: dict[int, SecondView]
    agreed: frozenset[int]
    proposals: tuple[tuple[Statement, SecondView], ...]
    dropped: int = 0


def weigh(
    reading: Reading, sheet: Sheet, said: Opinion, look: SecondLook, limits: Limits, *, model: str, request: str
) -> Heard:
    """What becomes of a reading with an opinion on it. ``request`` is what the answer is kept under."""
    disputed: dict[int, SecondView] = {}
    agreed: set[int] = set()
    claims: list[Claim] = []
    for number in sheet.numbers:
        label = said.labels.get(number.n)
        if label is None:
            continue
        if number.statement is not None:
            if _agree(reading.statements[number.statement], label):
                agreed.add(number.statement)
                continue
            disputed[number.statement] = SecondView(SecondWord.DISPUTES, model, label.indicator, label.kind, request)
        if label.indicator is not None and label.kind is not None:
            claims.append(Claim(number.place, label.indicator, label.kind))
    made = [look.statement(claim) for claim in claims]
    made += [_proposed(one, sheet, reading, look) for one in said.proposals]
    known = {_likeness(one) for one in reading.statements}
    fresh = {_likeness(one): one for one in made if one is not None and _likeness(one) not in known}
    proposals = list(fresh.values())[: limits.proposals]
    return Heard(
        tuple(_waiting(one, at in disputed) for at, one in enumerate(reading.statements)),
        disputed,
        frozenset(agreed),
        tuple((one, SecondView(SecondWord.PROPOSES, model, one.indicator, one.kind, request)) for one in proposals),
        said.dropped + len(made) - len(proposals),
    )


def _agree(statement: Statement, label: Label) -> bool:
    """Whether both say the same; which of several values is the present one is the rules' own question."""
    same = label.kind is statement.kind or {label.kind, statement.kind} <= _LEVELS
    return label.indicator == statement.indicator and same


def _waiting(statement: Statement, disputed: bool) -> Statement:
    return replace(statement, accepted=False) if disputed else statement


def _proposed(one: Proposal, sheet: Sheet, reading: Reading, look: SecondLook) -> Statement | None:
    """What the rules read in the quoted words, where it is the proposed value, and the only one of that value there."""
    place = _quoted(one, sheet.passages[one.passage - 1], reading)
    if place is None:
        return None
    found = [look.statement(Claim(number, one.indicator, one.kind)) for number in look.numbers_within(place)]
    same = [each for each in found if each is not None and one.value in _values(each)]
    return same[0] if len(same) == 1 else None


def _quoted(one: Proposal, passage: Passage, reading: Reading) -> Span | None:
    """Where the quoted words stand in the document; None where they do not stand there once, letter for letter."""
    at = passage.text.find(one.quote)
    if at < 0 or passage.text.find(one.quote, at + 1) >= 0:
        return None
    start = passage.offset + at
    return reading.document.blocks[passage.block].place(Span(start, start + len(one.quote)))


def _values(statement: Statement) -> Iterator[object]:
    """The value as read; a change may be told by its size alone."""
    yield statement.figure.value
    if statement.kind is Kind.DELTA:
        yield abs(statement.figure.value)


def _likeness(one: Statement) -> tuple[object, ...]:
    return one.indicator, one.area, one.kind, one.figure, one.period, one.start, one.end
