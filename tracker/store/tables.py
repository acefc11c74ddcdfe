"""The tables. Rows never leave the room; its functions take and give dataclasses of the domain.

Of these, ``APPEND_ONLY`` are facts: triggers refuse to change or delete them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, MetaData, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from tracker.store.columns import DayText, DecimalText, JsonText, MomentText, ViewText, Words

APPEND_ONLY = (
    "snapshot",
    "retrieval",
    "evidence",
    "decision",
    "rereading",
    "assessment",
    "progress_delta",
    "alert",
    "attempt",
    "second_call",
    "second_answer",
)

NAMES = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


#: Few pieces have a second view, and those are found without reading the others.
_VIEWED = text("second IS NOT NULL")


class Row(SQLModel):
    """What all tables share: one catalogue of names."""

    metadata = NAMES


class SnapshotRow(Row, table=True):
    """The bytes of a document, once however often they come; ``body`` is zlib."""

    __tablename__ = "snapshot"

    sha256: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    body: bytes = Field(sa_type=LargeBinary)


class RetrievalRow(Row, table=True):
    """A document as it came: which bytes, under which name, from which source."""

    __tablename__ = "retrieval"
    __table_args__ = (UniqueConstraint("source", "name", "address", "sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(foreign_key="snapshot.sha256", index=True)
    source: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    address: str = Field(sa_type=Words)
    media_type: str | None = Field(sa_type=Words)
    charset: str | None = Field(sa_type=Words)
    published: str | None = Field(sa_type=Words)
    retrieved_at: datetime = Field(sa_type=MomentText)


class SeenRow(Row, table=True):
    """Which bytes a source's document had when we last looked."""

    __tablename__ = "seen"

    source: str = Field(primary_key=True, sa_type=Words)
    address: str = Field(primary_key=True, sa_type=Words)
    sha256: str
    at: datetime = Field(sa_type=MomentText)


class EvidenceRow(Row, table=True):
    """A statement as recorded."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index(None, "indicator", "area", "published_day"),
        Index(None, "source", "doc"),
        Index("ix_evidence_second", "indicator", "area", sqlite_where=_VIEWED, postgresql_where=_VIEWED),
    )

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True)
    indicator: str = Field(sa_type=Words)
    area: str = Field(sa_type=Words)
    kind: str
    value: Decimal = Field(sa_type=DecimalText)
    high: Decimal | None = Field(sa_type=DecimalText)
    unit: str
    qualifier: str
    of: int | None = Field(sa_type=BigInteger)
    period: str
    period_stated: bool
    published: str
    published_day: date = Field(sa_type=DayText)
    published_origin: str
    source: str = Field(sa_type=Words)
    doc: str = Field(sa_type=Words)
    quote: str = Field(sa_type=Words)
    start: int
    end: int
    snapshot: str | None = Field(foreign_key="snapshot.sha256", index=True)
    rule_version: str
    confidence: float
    accepted: bool
    recorded_at: datetime = Field(sa_type=MomentText)
    base: str | None = Field(sa_type=Words)
    note: str = Field(sa_type=Words)
    second: Any = Field(default=None, sa_type=ViewText, nullable=True)


class DecisionRow(Row, table=True):
    """A person's word on a piece of evidence."""

    __tablename__ = "decision"

    id: int | None = Field(default=None, primary_key=True)
    evidence: int = Field(foreign_key="evidence.id", index=True)
    verdict: str
    who: str = Field(sa_type=Words)
    at: datetime = Field(sa_type=MomentText)
    note: str = Field(sa_type=Words)


class RereadingRow(Row, table=True):
    """What a later reading of a document makes of a piece of evidence."""

    __tablename__ = "rereading"

    id: int | None = Field(default=None, primary_key=True)
    evidence: int = Field(foreign_key="evidence.id", index=True)
    standing: str
    rule_version: str
    confidence: float
    accepted: bool
    of: int | None = Field(sa_type=BigInteger)
    base: str | None = Field(sa_type=Words)
    successor: int | None = Field(foreign_key="evidence.id")
    at: datetime = Field(sa_type=MomentText)
    second: Any = Field(default=None, sa_type=ViewText, nullable=True)


class SecondCallRow(Row, table=True):
    """What was sent to a second reader, written down before it was sent; never with a secret."""

    __tablename__ = "second_call"

    id: int | None = Field(default=None, primary_key=True)
    document: str = Field(index=True)
    request: str = Field(index=True)
    address: str = Field(sa_type=Words)
    model: str = Field(sa_type=Words)
    body: str = Field(sa_type=Words)
    at: datetime = Field(sa_type=MomentText, index=True)


class SecondAnswerRow(Row, table=True):
    """What came of a call: an answer with its status, or the sentence why there was none."""

    __tablename__ = "second_answer"

    id: int | None = Field(default=None, primary_key=True)
    call: int = Field(foreign_key="second_call.id", index=True)
    status: int | None
    body: str = Field(sa_type=Words)
    failure: str = Field(sa_type=Words)
    at: datetime = Field(sa_type=MomentText)


class AssessmentRow(Row, table=True):
    """What was concluded about a target, each time the outcome changed."""

    __tablename__ = "assessment"
    __table_args__ = (Index(None, "target", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    target: str = Field(sa_type=Words)
    status: str
    method: str | None
    native: str | None
    ratio: str | None
    progress: str | None
    value: Decimal | None = Field(sa_type=DecimalText)
    period: str | None
    reasons: Any = Field(sa_type=JsonText)
    as_of: date = Field(sa_type=DayText)
    recorded_at: datetime = Field(sa_type=MomentText)


class ProgressDeltaRow(Row, table=True):
    """A progress delta ever concluded; ``target`` is empty for one between two observations alone."""

    __tablename__ = "progress_delta"
    __table_args__ = (Index(None, "indicator", "area", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True)
    indicator: str = Field(sa_type=Words)
    area: str = Field(sa_type=Words)
    earlier_period: str
    earlier_value: Decimal = Field(sa_type=DecimalText)
    later_period: str
    later_value: Decimal = Field(sa_type=DecimalText)
    absolute: Decimal = Field(sa_type=DecimalText)
    percent: Decimal | None = Field(sa_type=DecimalText)
    per_year: Decimal | None = Field(sa_type=DecimalText)
    across_break: bool
    target: str = Field(sa_type=Words)
    from_baseline: Decimal | None = Field(sa_type=DecimalText)
    to_target: Decimal | None = Field(sa_type=DecimalText)
    recorded_at: datetime = Field(sa_type=MomentText)


class AlertRow(Row, table=True):
    """One thing that happened."""

    __tablename__ = "alert"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, sa_type=Words)
    type: str
    subject: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    data: Any = Field(sa_type=JsonText)
    at: datetime = Field(sa_type=MomentText)


class NotificationRow(Row, table=True):
    """The outbox: one message to one channel, kept after it is sent."""

    __tablename__ = "notification"
    __table_args__ = (Index(None, "state", "channel", "seq"),)

    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    channel: str = Field(sa_type=Words)
    subject: str = Field(sa_type=Words)
    message: Any = Field(sa_type=JsonText)
    state: str
    attempts: int
    next_try_at: datetime | None = Field(sa_type=MomentText)
    last_error: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=MomentText)


class AttemptRow(Row, table=True):
    """One try to deliver a notification, and how it ended."""

    __tablename__ = "attempt"

    id: int | None = Field(default=None, primary_key=True)
    notification: str = Field(foreign_key="notification.id", index=True)
    at: datetime = Field(sa_type=MomentText)
    state: str
    error: str = Field(sa_type=Words)


class SeriesCardRow(Row, table=True):
    """What one series came to, kept ready. Triggers count ``version`` up, and drop the rest, when it moves."""

    __tablename__ = "series_card"

    indicator: str = Field(primary_key=True, sa_type=Words)
    area: str = Field(primary_key=True, sa_type=Words)
    version: int = Field(sa_type=BigInteger)
    card: str | None = Field(sa_type=Words)
    seal: str | None
    held: str | None


class SourceStateRow(Row, table=True):
    """How a source is doing."""

    __tablename__ = "source_state"

    id: str = Field(primary_key=True, sa_type=Words)
    health: str
    since: datetime | None = Field(sa_type=MomentText)
    reason: str = Field(sa_type=Words)
    last_checked: datetime | None = Field(sa_type=MomentText)
    last_changed: datetime | None = Field(sa_type=MomentText)
    due_at: datetime | None = Field(sa_type=MomentText)
    failures: int


class ValidatorsRow(Row, table=True):
    """What a server said of the document we have."""

    __tablename__ = "validators"

    source: str = Field(primary_key=True, sa_type=Words)
    address: str = Field(primary_key=True, sa_type=Words)
    etag: str | None = Field(sa_type=Words)
    last_modified: str | None = Field(sa_type=Words)


class MetaRow(Row, table=True):
    """What the service remembers of itself."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Words)
