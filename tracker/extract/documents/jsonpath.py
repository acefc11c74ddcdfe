"""JSONPath (RFC 9535) over values with their places."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from tracker.extract.documents.values import Fields, Items, Leaf, Value, find

LONGEST = 1_000
MOST_MATCHES = 100_000
MOST_WORK = 20_000_000
_LONGEST_NUMBER = 300


@lru_cache(maxsize=64)
def _compiled(query: str) -> Any:
    from jsonpath import JSONPathEnvironment
    from jsonpath.exceptions import JSONPathError

    if len(query) > LONGEST:
        raise ValueError(f"the query is longer than {LONGEST} letters")
    if not query.startswith("$"):
        raise ValueError(f"the query {query!r} is no JSONPath; it begins with '$', as in $.data[*].value")
    environment = JSONPathEnvironment(strict=True)
    # A pattern may be slow on a text that somebody chose; a path needs none.
    for name in ("match", "search"):
        environment.function_extensions.pop(name, None)
    try:
        return environment.compile(query)
    except (JSONPathError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())[:100] or "invalid query"
        raise ValueError(f"the query {query!r} is no JSONPath of RFC 9535 ({why})") from None


def check_jsonpath(query: str) -> None:
    """``ValueError`` with a sentence where the query is no JSONPath."""
    _compiled(query)


def select_jsonpath(value: Value, text: str, query: str) -> list[tuple[int, int]]:
    """The places of the values that the query finds; ``text`` is the JSON that ``value`` was read from.

    Raises:
        ValueError: it finds too many, or would cost too much on a document of this size; one sentence.
    """
    compiled = _compiled(query)
    size, depth = _size(value)
    descents = query.count("..")
    work = size * depth ** max(0, descents - 1)
    if "?" in query:
        work *= max(1, size if "$" in query[1:] else 1)
    if work > MOST_WORK:
        raise ValueError(f"is too costly for a document of {size} values; expected fewer '..'")
    data = json.loads(text.removeprefix("\ufeff"), parse_int=_number, parse_float=float, strict=False)
    places: list[tuple[int, int]] = []
    for found in compiled.finditer(data):
        one = find(value, found.parts)
        if one is not None:
            places.append((one.start, one.end))
        if len(places) > MOST_MATCHES:
            raise ValueError(f"matches more than {MOST_MATCHES} values; expected a narrower query")
    return places


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) < _LONGEST_NUMBER else digits


def _size(value: Value) -> tuple[int, int]:
    size = deepest = 0
    waiting: list[tuple[Value, int]] = [(value, 1)]
    while waiting:
        one, depth = waiting.pop()
        size += 1
        deepest = max(deepest, depth)
        match one:
            case Fields() | Items():
                waiting.extend((inner, depth + 1) for inner in one.values)
            case Leaf():
                pass
    return size, deepest
