"""Whether the "m" behind digits means millions or metres: "42.1m passengers", "3.2m high"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from tracker.extract.model import Alternative
from tracker.extract.numbers.digits import NumberStyle
from tracker.extract.numbers.draft import Draft
from tracker.extract.numbers.lexicon import word_set
from tracker.extract.numbers.units import STOPS

MILLION: Final = Decimal(10**6)
_METRES: Final = "metres"
_FOLLOWING: Final = re.compile(r"[ \n-]([^\W\d_]+(?:-[^\W\d_]+)*)")
_MEASURED: Final = re.compile(r"[²³/×]|[ -]?(?:\d|x(?!\w))")
_OF_LENGTH: Final = word_set(
    "high tall long wide deep thick away apart square cubic sprint sprints race races pool pools hurdles relay relays "
    "run runs swim swims runner runners freestyle butterfly backstroke breaststroke waves metres meters"
)
_PEOPLE: Final = word_set("people children women men")
_MOST_WORDS: Final = 3


class Million(Enum):
    """What an "m" directly behind digits says."""

    SURE = auto()
    LIKELY = auto()
    NO = auto()


def million(low: str, end: int, style: NumberStyle) -> Million:
    """``end`` is the index behind the "m"; English counts with it, Vietnamese measures."""
    if _MEASURED.match(low, end):
        return Million.NO
    for _ in range(_MOST_WORDS):
        found = _FOLLOWING.match(low, end)
        if found is None or found.group(1) in STOPS:
            break
        word, end = found.group(1), found.end()
        if word in _OF_LENGTH:
            return Million.NO
        if word in _PEOPLE or (len(word) > 3 and word.isascii() and word.endswith("s") and not word.endswith("ss")):
            return Million.SURE
    return Million.LIKELY if style.decimal == "." else Million.NO


def doubted(draft: Draft) -> None:
    """Keep what the number is in metres beside what it is in millions."""
    draft.alternatives = (*draft.alternatives, Alternative(draft.value / MILLION, _METRES))


def settle(drafts: Iterable[Draft], low: str) -> None:
    """A text that surely counts in millions once does so wherever it may."""
    counted = [draft for draft in drafts if "magnitude" in draft.flags and low[draft.end - 1] == "m"]
    if all(_doubtful(draft) for draft in counted):
        return
    for draft in counted:
        draft.alternatives = tuple(other for other in draft.alternatives if other.reason != _METRES)


def _doubtful(draft: Draft) -> bool:
    return any(other.reason == _METRES for other in draft.alternatives)
