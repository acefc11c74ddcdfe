"""What a rate is given for: "per 100,000 live births", "trên 1.000 dân", "in every million"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tracker.domain.indicator import Indicator

_MAGNITUDES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "trăm": 100,
    "nghìn": 1000,
    "ngàn": 1000,
    "vạn": 10**4,
    "triệu": 10**6,
}
_PER = re.compile(
    r"(?:\b(?:per|every|each|mỗi|trên|cứ)\s+|/\s*)(?:a\s+|one\s+|một\s+)?"
    r"(?P<digits>\d{1,3}(?:[ .,\u00a0]\d{3})+(?!\d)|\d+(?![\d.,]))?\s*"
    r"(?P<words>(?:(?:hundred|thousand|million|trăm|nghìn|ngàn|vạn|triệu)\b\s*)*)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def denominators(text: str) -> frozenset[int]:
    """The powers of ten from 100 up that figures in ``text`` are given for."""
    found = set()
    for said in _PER.finditer(text):
        if not said["digits"] and not said["words"]:
            continue
        value = int(re.sub(r"\D", "", said["digits"] or "1"))
        for word in said["words"].lower().split():
            value *= _MAGNITUDES[word]
        if value >= 100 and not str(value)[1:].strip("0") and str(value)[0] == "1":
            found.add(value)
    return frozenset(found)


@lru_cache(maxsize=4096)
def denominators_of(indicator: Indicator) -> frozenset[int]:
    """What the names of an indicator say that it is given for; empty where they do not."""
    texts = (*dict(indicator.names).values(), *indicator.aliases)
    return frozenset(value for text in texts for value in denominators(text))


def said_for(texts: Iterable[str]) -> frozenset[int]:
    """The denominators of the nearest of ``texts`` that has one."""
    return next((found for found in map(denominators, texts) if found), frozenset())
