"""An assessment on its way: what the questions about it are asked of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.assess.case import Case, Method
from tracker.assess.material import Material
from tracker.assess.trend import Trend
from tracker.assess.verdict import Verdict

_DECIMALS = 6
_LARGE = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """An assessment so far: what it rests on, the case, how it was judged and what the trend gives."""

    material: Material
    case: Case
    method: Method
    verdict: Verdict
    trend: Trend | None
    hedge: Decimal


def plain(value: Decimal) -> str:
    """A number as a machine writes it, without exponent and without idle zeros; at most six decimals."""
    whole = value == value.to_integral_value() or value.adjusted() > _LARGE
    rounded = value.to_integral_value() if whole else round(value, _DECIMALS)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_of(finding: Finding) -> tuple[str, str]:
    """The detail that tells a sentence how to write the numbers beside it."""
    return ("unit", finding.material.indicator.unit.value)
