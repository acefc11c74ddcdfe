"""How values of the domain lie in the database: as text that keeps every digit and every zone.

SQLite's numbers lose digits and its times lose the zone; text loses neither, sorts rightly in the
forms used here, and is the same on PostgreSQL.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from tracker.domain.observation import SecondView, SecondWord
from tracker.domain.statement import Kind

_UNSTORABLE = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")


def storable(text: str) -> str:
    """``text`` with what no database takes (NUL, lone surrogates) replaced one for one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_UNSTORABLE)
    return text.replace("\0", "\ufffd")


class Words(TypeDecorator[str]):
    """Text from outside."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else storable(value)


class DecimalText(TypeDecorator[Decimal]):
    """A number with exactly its digits."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """From the database."""
        return None if value is None else Decimal(value)


class DayText(TypeDecorator[date]):
    """A day as ``2025-01-31``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """From the database."""
        return None if value is None else date.fromisoformat(value)


class MomentText(TypeDecorator[datetime]):
    """An aware time, kept in UTC to the microsecond; always of one length, so that it sorts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without its zone is not stored: {value.isoformat()}")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else datetime.fromisoformat(value)


class ViewText(TypeDecorator[SecondView]):
    """What a second reader sees otherwise, as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: SecondView | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else json.dumps(plain(asdict(value)), sort_keys=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> SecondView | None:
        """From the database."""
        if value is None:
            return None
        said = json.loads(value)
        kind = None if said["kind"] is None else Kind(said["kind"])
        return SecondView(SecondWord(said["word"]), said["model"], said["indicator"], kind, said["request"])


class JsonText(TypeDecorator[Any]):
    """JSON as ASCII text; what JSON cannot say (NaN, infinity) becomes null."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """To the database."""
        return json.dumps(plain(value), allow_nan=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """From the database."""
        return None if value is None else json.loads(value)


def plain(value: Any) -> Any:
    """``value`` in the types that JSON has; ``TypeError`` for what has no such form."""
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int() | str():
            return value
        case float() | Decimal():
            return _number(value)
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(plain(key)): plain(one) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(one) for one in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON: {value!r}")


def _number(value: float | Decimal) -> int | float | None:
    if not math.isfinite(value):
        return None
    return int(value) if isinstance(value, Decimal) and value == int(value) else float(value)
