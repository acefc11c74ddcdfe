"""Reading an answer strictly: in the form that was asked for, from the closed lists that were given, or not at all.

Nothing in an answer is believed because it is well written. What is not in form makes the whole answer
unusable; an entry that names a number, passage, indicator or kind that was not given is dropped and counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from tracker.domain.statement import Kind
from tracker.second.asking import NONE, Question

LONGEST_QUOTE = 1_000
MOST_ENTRIES = 2_000
_MOST_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Label:
    """What a number is said to be; both None where it is said to be no figure of anything tracked."""

    indicator: str | None
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure that is said to stand in ``quote``, which is said to stand in the passage."""

    passage: int
    quote: str
    value: Decimal
    indicator: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Opinion:
    """A usable answer: labels by number. ``dropped`` counts the entries that could not be used."""

    labels: Mapping[int, Label]
    proposals: tuple[Proposal, ...] = ()
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Unusable:
    """No answer to build on; ``why`` is a sentence of ours, with no word of the answer in it."""

    why: str


class _Malformed(ValueError):
    """The answer is not in the form that was asked for."""


def opinion(body: str, question: Question) -> Opinion | Unusable:
    """What an endpoint's answer says about the numbers of ``question``; never raises, whatever it holds."""
    try:
        content = _content(_loaded(body))
        return _opinion(_loaded(content), question)
    except _Malformed as malformed:
        return Unusable(str(malformed))


def _loaded(text: str) -> Any:
    try:
        return json.loads(
            text, parse_float=_decimal, parse_int=_decimal, parse_constant=_refuse, object_pairs_hook=_without_repeats
        )
    except _Malformed:
        raise
    except (ValueError, RecursionError):
        raise _Malformed("the answer is not JSON") from None


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _Malformed("the answer holds a number without measure") from None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS or len(text) > 2 * _MOST_DIGITS:
        raise _Malformed("the answer holds a number without measure")
    return number


def _refuse(text: str) -> Any:
    raise _Malformed("the answer holds what is no number")


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Malformed("the answer says one thing twice")
    return found


def _content(answer: Any) -> str:
    """The text of the first choice."""
    choices = answer.get("choices") if isinstance(answer, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(first, dict) or not isinstance(message, dict):
        raise _Malformed("the answer is none of a chat completion")
    if message.get("refusal") or first.get("finish_reason") == "content_filter":
        raise _Malformed("the model refused to answer")
    if first.get("finish_reason") == "length":
        raise _Malformed("the answer was cut off")
    content = message.get("content")
    if not isinstance(content, str):
        raise _Malformed("the answer holds no text")
    return content


def _opinion(said: Any, question: Question) -> Opinion | Unusable:
    if not isinstance(said, dict) or not set(said) <= {"labels", "proposals"}:
        raise _Malformed("the answer is not in the form that was asked for")
    labels, wrong = _labels(_entries(said, "labels", {"n", "indicator", "kind"}), question)
    proposals, odd = _proposals(_entries(said, "proposals", set(Proposal.__slots__)), question)
    if not labels:
        return Unusable("the answer labels none of the numbers")
    return Opinion(labels, proposals, wrong + odd)


def _entries(said: Mapping[str, Any], name: str, keys: set[str]) -> list[dict[str, Any]]:
    entries = said.get(name, [])
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise _Malformed("the answer is not in the form that was asked for")
    for one in entries:
        if not isinstance(one, dict) or set(one) != keys:
            raise _Malformed("the answer is not in the form that was asked for")
    return entries


def _labels(entries: Iterable[Mapping[str, Any]], question: Question) -> tuple[dict[int, Label], int]:
    """By number. One that is labelled in two ways has no label."""
    numbers = {one.n for one in question.sheet.numbers}
    found: dict[int, Label] = {}
    twice: set[int] = set()
    dropped = 0
    for one in entries:
        n, label = _whole(one["n"]), _label(one["indicator"], one["kind"], question)
        if n not in numbers or label is None:
            dropped += 1
        elif n in found and found[n] != label:
            twice.add(n)
        else:
            found[n] = label
    return {n: label for n, label in found.items() if n not in twice}, dropped + len(twice)


def _label(indicator: Any, kind: Any, question: Question) -> Label | None:
    if not isinstance(indicator, str) or not isinstance(kind, str):
        raise _Malformed("the answer is not in the form that was asked for")
    if indicator == NONE and NONE not in question.indicators:
        return Label(None, None)
    known = _kind(kind)
    return Label(indicator, known) if indicator in question.indicators and known else None


def _proposals(entries: Iterable[Mapping[str, Any]], question: Question) -> tuple[tuple[Proposal, ...], int]:
    passages = {one.id for one in question.sheet.passages}
    found, dropped = [], 0
    for one in entries:
        passage, kind = _whole(one["passage"]), _kind(one["kind"])
        quote, value, indicator = one["quote"], one["value"], one["indicator"]
        if not isinstance(quote, str) or not isinstance(value, Decimal) or not isinstance(indicator, str):
            raise _Malformed("the answer is not in the form that was asked for")
        known = passage in passages and indicator in question.indicators and 0 < len(quote) <= LONGEST_QUOTE
        if passage is None or kind is None or not known:
            dropped += 1
        else:
            found.append(Proposal(passage, quote, value, indicator, kind))
    return tuple(dict.fromkeys(found)), dropped


def _whole(value: Any) -> int | None:
    """A whole number; None for another. ``_Malformed`` for what is no number at all."""
    if not isinstance(value, Decimal):
        raise _Malformed("the answer is not in the form that was asked for")
    return int(value) if value == value.to_integral_value() else None


def _kind(value: Any) -> Kind | None:
    if not isinstance(value, str):
        raise _Malformed("the answer is not in the form that was asked for")
    return Kind(value) if value in list(Kind) else None
