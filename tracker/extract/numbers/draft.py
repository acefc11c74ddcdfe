"""A number on its way to a ``Quantity``, between the scanner and the reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from tracker.domain.figure import Qualifier
from tracker.extract.model import Alternative, Shape

WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_HUNDRED: Final = Decimal(100)
_HUGE: Final = Decimal(10**12)
_SIX: Final = Decimal("0.000001")


@dataclass(slots=True)
class Draft:
    """A number on its way to a ``Quantity``.

    ``start`` and ``end`` bound the digits or words; ``left`` and ``right`` also take in the sign,
    the currency and the unit. ``form`` is ``digits``, ``words``, ``fraction``, ``ordinal`` or
    ``times``. ``weak`` marks words that are a number only if something else says so.
    """

    start: int
    end: int
    value: Decimal
    form: str = "digits"
    scale: Decimal = Decimal(1)
    weak: bool = False
    left: int = 0
    right: int = 0
    high: Decimal | None = None
    unit: str | None = None
    noun: str = ""
    per: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    of: int | None = None
    shape: Shape = Shape.PLAIN
    noise: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    flags: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    written: str = ""

    @property
    def integral(self) -> bool:
        """Whether the value is a whole number."""
        return self.value == self.value.to_integral_value()


def as_percent(share: Decimal) -> Decimal:
    """A share in percent, to six decimals where it does not come out even."""
    if share > _HUGE:
        return share * _HUNDRED
    rounded = (share * _HUNDRED).quantize(_SIX).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def negate(draft: Draft) -> None:
    """Turn the value and its alternatives below zero."""
    draft.value = -draft.value
    draft.alternatives = tuple(Alternative(-other.value, other.reason) for other in draft.alternatives)
    draft.flags.add("signed")


def below_zero(draft: Draft, low: str) -> bool:
    """Read "âm 5" as -5; the word is taken into the number."""
    start = draft.start
    if not low.endswith("âm ", 0, start) or (start > 3 and low[start - 4].isalnum()):
        return False
    draft.start = draft.left = start - 3
    negate(draft)
    return True
