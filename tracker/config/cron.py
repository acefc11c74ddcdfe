"""Five-field schedules. Weekdays come out as names, because their numbers differ between programs."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, {name: number + 1 for number, name in enumerate(_MONTHS)}),
    ("weekday", 0, 7, {name: number for number, name in enumerate(_DAYS)}),
)
_PART = re.compile(r"(?:\*|([a-z]+|\d+)(?:-([a-z]+|\d+))?)(?:/(\d+))?")


def parse_cron(text: str) -> str:
    """``text`` in one spelling: numbers, lists and steps written out, weekdays ``mon`` to ``sun``.

    Sunday is 0, 7 or ``sun``, as in crontab. ``ValueError`` names the field and what it may hold.
    """
    fields = text.lower().split()
    if len(fields) != len(_FIELDS):
        raise ValueError(
            f"a schedule has five fields (minute hour day month weekday) such as '0 7 * * mon-fri', got {len(fields)}"
        )
    sets = [_expand(field, *rule) for field, rule in zip(fields, _FIELDS, strict=True)]
    minutes, hours, days, months, weekdays = sets
    weekdays = weekdays and {day % 7 for day in weekdays}
    if days and weekdays:
        raise ValueError(
            "a day of the month together with a weekday means different things in different programs; "
            "expected '*' in one of the two"
        )
    if days and min(days) > max(_LONGEST_MONTH[month - 1] for month in months or range(1, 13)):
        raise ValueError("this day is in none of these months; expected a day that comes")
    numbers = [_join(one) for one in (minutes, hours, days, months)]
    names = ",".join(_DAYS[day] for day in sorted(weekdays, key=lambda day: (day - 1) % 7)) if weekdays else "*"
    return " ".join([*numbers, names])


def _expand(field: str, noun: str, low: int, high: int, names: dict[str, int]) -> set[int] | None:
    """The values a field stands for; None where it stands for all of them (``*``)."""
    if field == "*":
        return None
    values: set[int] = set()
    for part in field.split(","):
        found = _PART.fullmatch(part)
        if not found:
            raise _wrong(part, noun, low, high, names)
        first = low if found[1] is None else _number(found[1], part, noun, low, high, names)
        last = _last(found, first, part, noun, low, high, names)
        step = int(found[3]) if found[3] else 1
        if step < 1:
            raise _wrong(part, noun, low, high, names)
        if last < first and names and high == 7:
            last += 7  # fri-mon: over the end of the week
        if last < first:
            raise ValueError(f"the {noun} {part!r} runs backwards; expected the smaller number first")
        values.update(value if value <= high else value - 7 for value in range(first, last + 1, step))
    return values


def _last(found: re.Match[str], first: int, part: str, noun: str, low: int, high: int, names: dict[str, int]) -> int:
    if found[2] is not None:
        return _number(found[2], part, noun, low, high, names)
    if found[1] is None:
        return 6 if noun == "weekday" else high
    return first if found[3] is None else high


def _number(word: str, part: str, noun: str, low: int, high: int, names: dict[str, int]) -> int:
    number = names.get(word, int(word) if word.isdigit() and len(word) < 4 else -1)
    if not low <= number <= high:
        raise _wrong(part, noun, low, high, names)
    return number


def _wrong(part: str, noun: str, low: int, high: int, names: dict[str, int]) -> ValueError:
    expected = f"{low} to {high}" if not names else f"{next(iter(names))} to {list(names)[-1]}"
    return ValueError(f"{part!r} is no {noun} of a schedule; expected '*', {expected}, a range, list or step")


def _join(values: set[int] | None) -> str:
    return "*" if values is None else ",".join(str(value) for value in sorted(values))
