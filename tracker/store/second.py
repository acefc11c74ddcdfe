"""What a second reader was asked and what it answered: appended, and found again by the request.

A call is written down before anything is sent, so that what left the machine is on record whatever happens next.
The first answer to a request is its answer for good: whoever asks the same again gets that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.errors import StateError
from tracker.store.inserting import insert_new
from tracker.store.tables import SecondAnswerRow, SecondCallRow

OK = 200


@dataclass(frozen=True, slots=True)
class SecondCall:
    """``document`` is the hash of its bytes, ``request`` that of the question; ``body`` is what was sent."""

    document: str
    request: str
    address: str
    model: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SecondAnswer:
    """``failure`` is the sentence why nothing came; then ``status`` is None and ``body`` empty."""

    status: int | None
    body: str
    failure: str
    at: datetime


def keep_call(session: Session, call: SecondCall) -> int:
    """Write down what is about to be sent; the number of the call."""
    row = SecondCallRow(
        document=call.document,
        request=call.request,
        address=call.address,
        model=call.model,
        body=call.body,
        at=call.at,
    )
    session.add(row)
    session.flush()
    if row.id is None:
        raise StateError("a call of the second reader got no number")
    return row.id


def keep_answer(session: Session, call: int, answer: SecondAnswer) -> None:
    """Append what came of a call."""
    row = {"call": call, "status": answer.status, "body": answer.body, "failure": answer.failure, "at": answer.at}
    insert_new(session, "second_answer", [row])


def kept_answer(session: Session, request: str) -> SecondAnswer | None:
    """The answer to a request; None where it was never asked, or only in vain."""
    query = (
        select(SecondAnswerRow)
        .join(SecondCallRow, col(SecondCallRow.id) == col(SecondAnswerRow.call))
        .where(SecondCallRow.request == request, SecondAnswerRow.status == OK)
        .order_by(col(SecondAnswerRow.id))
        .limit(1)
    )
    row = session.exec(query).first()
    return None if row is None else SecondAnswer(row.status, row.body, row.failure, row.at)


def calls_since(session: Session, moment: datetime) -> int:
    """How many calls were made after ``moment``."""
    return session.exec(select(func.count()).select_from(SecondCallRow).where(SecondCallRow.at > moment)).one()


def calls_about(session: Session, document: str) -> list[tuple[SecondCall, list[SecondAnswer]]]:
    """Every call about one document with what came of it, oldest first."""
    found = []
    for row in session.exec(
        select(SecondCallRow).where(SecondCallRow.document == document).order_by(col(SecondCallRow.id))
    ):
        answers = session.exec(
            select(SecondAnswerRow).where(SecondAnswerRow.call == row.id).order_by(col(SecondAnswerRow.id))
        )
        call = SecondCall(row.document, row.request, row.address, row.model, row.body, row.at)
        found.append((call, [SecondAnswer(one.status, one.body, one.failure, one.at) for one in answers]))
    return found
