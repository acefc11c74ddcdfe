"""Whether two figures can be the same fact, and which of them says it more exactly.

"More than 97 %", "97 %" and "97.3 %" for one period do not disagree: the last is the exact form of
the others. A figure stands for an interval: what it was rounded from, widened by its hedge.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tracker.domain.figure import Figure, Qualifier, Unit

ABOUT_REACH = Decimal("0.03")
"""Share of the value by which "about" and "almost" may miss it."""

OPEN_REACH = Decimal("0.10")
"""Share of the value that "more than", "at least", "less than" and "at most" leave open."""

ROUNDING_CAP = Decimal("0.005")
"""Counts and money: trailing zeros are rounding up to this share of the value, and no further."""

_MEASURED = frozenset({Unit.PERCENT, Unit.INDEX, Unit.RATIO})

_EXACTNESS = {
    qualifier: place
    for place, qualifier in enumerate(
        (
            Qualifier.EXACT,
            Qualifier.ESTIMATED,
            Qualifier.ABOUT,
            Qualifier.ALMOST,
            Qualifier.MORE_THAN,
            Qualifier.LESS_THAN,
            Qualifier.AT_LEAST,
            Qualifier.AT_MOST,
        )
    )
}


def vagueness(figure: Figure) -> tuple[int, bool, int]:
    """Sorts figures from the most exact: the hedge, then points before ranges, then fine before round."""
    return _EXACTNESS[figure.qualifier], figure.high is not None, _last_digit(figure)


def hedged(figure: Figure) -> bool:
    """Whether the words leave the number open; an estimate is a number, only not a final one."""
    return figure.high is not None or figure.qualifier not in {Qualifier.EXACT, Qualifier.ESTIMATED}


def compatible(one: Figure, other: Figure) -> bool:
    """Whether both can be the same fact: the same number, or one lies in what the other leaves open."""
    if one.unit != other.unit:
        return False
    if one.same_number(other):
        return True
    return _covers(one, other) or _covers(other, one)


def _covers(vague: Figure, exact: Figure) -> bool:
    """Whether all that ``exact`` prints lies within what ``vague`` stands for."""
    top = exact.value if exact.high is None else exact.high
    if not hedged(vague):
        return exact.high is None and _rounds_to(exact.value, vague)
    low, high = _reach(vague)
    return low <= exact.value and top <= high


def _reach(figure: Figure) -> tuple[Decimal, Decimal]:
    low, high = figure.value, figure.value if figure.high is None else figure.high
    near, far = abs(low) * ABOUT_REACH, abs(high) * OPEN_REACH
    match figure.qualifier:
        case Qualifier.EXACT | Qualifier.ESTIMATED:
            return low, high
        case Qualifier.ABOUT:
            return low - near, high + near
        case Qualifier.ALMOST:
            return low - near, high
        case Qualifier.MORE_THAN | Qualifier.AT_LEAST:
            return low, high + far
        case Qualifier.LESS_THAN | Qualifier.AT_MOST:
            # "Top 50" names every place down to the first.
            return (Decimal(1) if figure.unit == Unit.RANK else low - far), high


def _rounds_to(value: Decimal, printed: Figure) -> bool:
    """Whether ``value``, rounded half up to the digits of ``printed``, is ``printed``."""
    if printed.unit in _MEASURED:
        step = Decimal(1).scaleb(_last_digit(printed))
        return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step == printed.value
    if printed.unit == Unit.RANK:
        return False
    half = Decimal(5).scaleb(_last_digit(printed) - 1)
    return abs(value - printed.value) <= min(half, abs(printed.value) * ROUNDING_CAP)


def _last_digit(figure: Figure) -> int:
    """Power of ten of the last digit that carries something; a share is never rounder than a unit."""
    if not figure.value:
        return 0
    digits = figure.value.normalize()
    exponent = int(digits.as_tuple().exponent)
    return min(exponent, 0) if figure.unit in _MEASURED else exponent
