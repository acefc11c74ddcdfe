"""The single values of a configuration: each is read strictly, and says in a sentence what it expected.

Every reader takes what YAML gave (text, int, Decimal, bool, None, list, dict) and raises ``ValueError``.
"""

# ruff: noqa: TRY004 - pydantic turns a ValueError to a mistake with its place, a TypeError it lets through

from __future__ import annotations

import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar, cast
from zoneinfo import ZoneInfo

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from tracker.assess.methods import METHODS
from tracker.config.cron import parse_cron
from tracker.config.places import closest, listed
from tracker.domain.alert import AlertType
from tracker.domain.figure import Unit
from tracker.domain.indicator import Better
from tracker.domain.period import Period

_LONGEST = timedelta(days=366)
_LONGEST_WAIT = timedelta(minutes=10)
_MOST = 1_000_000
ANSWER_FORMS = ("json_object", "json_schema")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_Word = TypeVar("_Word", bound=StrEnum)


def say(value: object) -> str:
    """``value`` as it can be shown in a sentence: cut where long, without a password before an ``@``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a group of keys"
    if value is None:
        return "nothing"
    text = re.sub(r"//\S*@", "//…@", str(value))
    return f"'{text[:57]}…'" if len(text) > 60 else f"'{text}'"


def tidy(text: str) -> str:
    """One spelling for ids and names: composed letters, no spaces around."""
    return unicodedata.normalize("NFC", text).strip()


def read_text(value: object) -> str:
    """A text that is not empty, in one spelling."""
    if isinstance(value, (int, Decimal)):
        raise ValueError(f"{say(value)} is no text here; expected a text: put it in quotes")
    if not isinstance(value, str):
        raise ValueError(f"expected a text, got {say(value)}")
    text = tidy(value)
    if not text:
        raise ValueError("the text is empty; expected at least one letter")
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        raise ValueError("the text holds a line break or control character; expected one line")
    return text


def read_words(value: object) -> str:
    """A text of any length that keeps its lines, such as a quote or a note; may be empty."""
    if not isinstance(value, str):
        raise ValueError(f"expected a text, got {say(value)}")
    return value


def read_number(value: object) -> Decimal:
    """A finite decimal number."""
    if isinstance(value, str) and re.search(r"\d", value):
        raise ValueError(f"{say(value)} is a text; expected the number alone, such as 80 or 92.5")
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ValueError(f"expected a number such as 80 or 92.5, got {say(value)}")
    number = Decimal(str(value)) if not isinstance(value, Decimal) else value
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError("expected a number of ordinary size, such as 80 or 92.5")
    return number


def read_range(value: object) -> tuple[Decimal, Decimal]:
    """Two numbers, the smaller first."""
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise ValueError(f"expected two numbers such as [80, 85], got {say(value)}")
    low, high = read_number(value[0]), read_number(value[1])
    if low >= high:
        raise ValueError(f"{low} is not less than {high}; expected the smaller number first")
    return low, high


def write_number(number: Decimal) -> int | float:
    """A number as YAML and JSON write it."""
    return int(number) if number == number.to_integral_value() else float(number)


def read_flag(value: object) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise ValueError(f"expected true or false, got {say(value)}")
    return value


def read_day(value: object) -> date:
    """A day of the calendar."""
    if isinstance(value, date):
        return value
    text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"the day {say(text)} is not in the calendar; expected one such as 2025-12-31") from None
    raise ValueError(f"expected a day written 2025-12-31, got {say(value)}")


def read_period(value: object) -> Period:
    """A reference period; a year may be a number."""
    if isinstance(value, Period):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError(f"expected a period such as 2025, 2024-Q2, 2024-09 or 2021-12-15, got {say(value)}")
    try:
        return Period.parse(str(value))
    except ValueError:
        expected = "2025, 2024-Q2, 2024-09, 2021-12-15 or 2024-01/2024-09"
        raise ValueError(f"{say(value)} is no period; expected one such as {expected}") from None


def read_duration(value: object) -> timedelta:
    """A number and a unit: ``45s``, ``30m``, ``6h``, ``1d``, ``2w``."""
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"(\d{1,9})\s*([smhdw])", value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(f"{say(value)} is no length of time; expected one such as 45s, 30m, 6h, 1d or 2w")
    length = timedelta(seconds=int(found[1]) * _UNITS[found[2]])
    if not timedelta(seconds=1) <= length <= _LONGEST:
        raise ValueError(f"{say(value)} is out of range; expected from 1s to 366d")
    return length


def write_duration(length: timedelta) -> str:
    """The shortest way to write ``length``: ``6h``, never ``360m``."""
    seconds = int(length.total_seconds())
    for unit in "dhms":
        if seconds % _UNITS[unit] == 0:
            return f"{seconds // _UNITS[unit]}{unit}"
    raise AssertionError("a second divides every length")


def read_cron(value: object) -> str:
    """Five fields, weekdays as names."""
    if not isinstance(value, str):
        raise ValueError(f'expected five fields in quotes such as "0 7 * * mon-fri", got {say(value)}')
    return parse_cron(value)


def read_days(value: object) -> int:
    """A whole number of days, at least one."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 3660:
        raise ValueError(f"expected a whole number of days from 1 to 3660, got {say(value)}")
    return value


def read_amount(value: object) -> int:
    """A whole number, at least one."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST:
        raise ValueError(f"expected a whole number from 1 to {_MOST}, got {say(value)}")
    return value


def read_timeout(value: object) -> timedelta:
    """A length of time for which somebody waits for an answer."""
    length = read_duration(value)
    if length > _LONGEST_WAIT:
        raise ValueError(f"{say(value)} is out of range; expected from 1s to 10m")
    return length


def read_answer_form(value: object) -> str:
    """How an API is told to answer in JSON."""
    return _choice(value, ANSWER_FORMS, "form of an answer")


def read_timezone(value: object) -> str:
    """A name of the time zone database."""
    if isinstance(value, str) and value and len(value) < 100:
        try:
            return ZoneInfo(value).key
        except (ValueError, OSError, KeyError):
            near = closest(value, zoneinfo.available_timezones())
            raise ValueError(f"{say(value)} is no time zone; expected a name such as Asia/Ho_Chi_Minh{near}") from None
    raise ValueError(f"expected the name of a time zone such as Asia/Ho_Chi_Minh, got {say(value)}")


def read_variable(value: object) -> str:
    """The name of an environment variable. What came is never repeated: it could be the secret itself."""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", value):
        return value
    raise ValueError("expected the name of an environment variable such as HOOK_SECRET, not the secret itself")


def read_scope(value: object) -> tuple[str, ...] | Literal["all"]:
    """``all``, or a list of area ids."""
    if value == "all":
        return "all"
    if isinstance(value, (list, tuple)) and value:
        return tuple(read_text(item) for item in value)
    hint = f": [{value}]" if isinstance(value, str) and value.strip() else ""
    raise ValueError(
        f"expected a list of areas, or all{hint}" if hint else f"expected a list of areas, or all, got {say(value)}"
    )


def write_scope(scope: tuple[str, ...] | Literal["all"]) -> list[str] | str:
    """A scope as YAML and JSON write it."""
    return scope if isinstance(scope, str) else list(scope)


def _choice(value: object, words: Iterable[str], noun: str) -> str:
    known = list(words)
    if isinstance(value, str) and value in known:
        return value
    near = closest(value, known) if isinstance(value, str) else ""
    raise ValueError(f"{say(value)} is no {noun}; expected one of {listed(known, 20)}{near}")


def _reader_of(words: type[_Word], noun: str) -> Callable[[object], _Word]:
    return lambda value: words(_choice(value, [word.value for word in words], noun))


def _schema(kind: str | list[str], **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


def _one_of(words: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": [str(word) for word in words]})


def read_language(value: object) -> Literal["vi", "en"]:
    """``vi`` or ``en``."""
    return cast("Literal['vi', 'en']", _choice(value, ("vi", "en"), "language of the reports"))


def read_method(value: object) -> str:
    """The name of a method of assessment."""
    return _choice(value, METHODS, "method")


Text = Annotated[str, PlainValidator(read_text), _schema("string", minLength=1)]
Words = Annotated[str, PlainValidator(read_words), _schema("string")]
Number = Annotated[Decimal, PlainValidator(read_number), PlainSerializer(write_number), _schema("number")]
Range = Annotated[
    tuple[Decimal, Decimal],
    PlainValidator(read_range),
    PlainSerializer(lambda ends: [write_number(end) for end in ends]),
    WithJsonSchema({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
]
Flag = Annotated[bool, PlainValidator(read_flag), _schema("boolean")]
Day = Annotated[date, PlainValidator(read_day), PlainSerializer(str), _schema("string", format="date")]
PeriodText = Annotated[Period, PlainValidator(read_period), PlainSerializer(str), _schema(["string", "integer"])]
Duration = Annotated[
    timedelta,
    PlainValidator(read_duration),
    PlainSerializer(write_duration),
    _schema("string", pattern=r"^\d+\s*[smhdw]$"),
]
Timeout = Annotated[
    timedelta,
    PlainValidator(read_timeout),
    PlainSerializer(write_duration),
    _schema("string", pattern=r"^\d+\s*[smhdw]$"),
]
Amount = Annotated[int, PlainValidator(read_amount), _schema("integer", minimum=1, maximum=_MOST)]
AnswerForm = Annotated[str, PlainValidator(read_answer_form), _one_of(ANSWER_FORMS)]
Cron = Annotated[str, PlainValidator(read_cron), _schema("string")]
Days = Annotated[int, PlainValidator(read_days), _schema("integer", minimum=1, maximum=3660)]
ZoneName = Annotated[str, PlainValidator(read_timezone), _schema("string")]
Variable = Annotated[str, PlainValidator(read_variable), _schema("string", pattern="^[A-Za-z_][A-Za-z0-9_]*$")]
Scope = Annotated[
    tuple[str, ...] | Literal["all"],
    PlainValidator(read_scope),
    PlainSerializer(write_scope),
    WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
LanguageCode = Annotated[Literal["vi", "en"], PlainValidator(read_language), _one_of(("vi", "en"))]
Method = Annotated[str, PlainValidator(read_method), _one_of(METHODS)]
UnitWord = Annotated[Unit, PlainValidator(_reader_of(Unit, "unit")), PlainSerializer(str), _one_of(Unit)]
BetterWord = Annotated[Better, PlainValidator(_reader_of(Better, "direction")), PlainSerializer(str), _one_of(Better)]
AlertWord = Annotated[
    AlertType, PlainValidator(_reader_of(AlertType, "alert")), PlainSerializer(str), _one_of(AlertType)
]
