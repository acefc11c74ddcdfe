"""The United Nations' progress chart of 2023, as EUSTAT restates its technical note.

::

    with a target      v_e = v1 * (1 + CAGR)^(tT - t1);  share = (v_e - v0) / (T - v0)
                       3 (met or on track) from 95 %, 2 (fair, acceleration needed) from 10 %, else 1
    without a number   d * CAGR: 3 from 2 %, 2 from 0.5 %, else 1

A latest value that meets the target, or is within one point of a goal of 0 % or 100 %, is a 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.assess.case import Case, Method, Outcome, first_reached, way
from tracker.assess.growth import cagr, grown
from tracker.domain.assessment import Reason, Status
from tracker.domain.figure import Unit

SHARE_THRESHOLDS = ((Decimal("0.95"), "3"), (Decimal("0.10"), "2"))
GROWTH_THRESHOLDS = ((Decimal("0.02"), "3"), (Decimal("0.005"), "2"))
GROWTH_FORMULA = "g = d * CAGR(v0, v1); g >= 2 % 3, >= 0.5 % 2, else 1"
NEAR = Decimal(1)
CLASSES = {"3": Status.ON_TRACK, "2": Status.ACCELERATION_NEEDED, "1": Status.LIMITED_PROGRESS}


@dataclass(frozen=True, slots=True)
class Scored:
    """``share`` is the part of the way that the trend covers by the deadline, None where not needed."""

    score: str
    share: Decimal | None


def score_target(
    start: Decimal,
    now: Decimal,
    target: Decimal,
    *,
    elapsed: Decimal,
    remaining: Decimal,
    sign: int,
    near: Decimal | None = None,
) -> Scored | None:
    """Score 1 to 3; None where no growth rate exists. Times in years, ``near`` in the figure's unit."""
    if sign * (now - target) >= 0 or (near is not None and abs(now - target) <= near):
        return Scored("3", None)
    rate = cagr(start, now, elapsed)
    if rate is None or target == start:
        return None
    expected = grown(now, rate, max(remaining, Decimal(0)))
    share = (expected - start) / (target - start)
    return Scored(first_reached(share, SHARE_THRESHOLDS, "1"), share)


def score_growth(start: Decimal, now: Decimal, *, elapsed: Decimal, sign: int) -> str | None:
    """Score 1 to 3 from the growth alone; None where no growth rate exists."""
    rate = cagr(start, now, elapsed)
    return None if rate is None else first_reached(sign * rate, GROWTH_THRESHOLDS, "1")


def _compute(case: Case) -> Outcome | Reason:
    path = way(case)
    if isinstance(path, Reason):
        return path
    bound = case.unit is Unit.PERCENT and path.goal in (Decimal(0), Decimal(100))
    found = score_target(
        path.start,
        path.now,
        path.goal,
        elapsed=path.elapsed,
        remaining=path.whole - path.elapsed,
        sign=case.sign,
        near=NEAR if bound else None,
    )
    if found is None:
        return Reason("target_equals_baseline" if path.start == path.goal else "growth_undefined")
    numbers = () if found.share is None else (("share", found.share),)
    backwards = case.sign * (path.now - path.start) < 0
    return Outcome(found.score, _status(found.score, backwards), None, numbers)


def _compute_untargeted(case: Case) -> Outcome | Reason:
    baseline = case.comparable_baseline
    if baseline is None:
        return Reason("break_in_series" if case.broken else "single_observation")
    elapsed = case.latest.position - baseline.position
    score = score_growth(baseline.value, case.latest.value, elapsed=elapsed, sign=case.sign)
    if score is None:
        return Reason("growth_undefined")
    backwards = case.sign * (case.latest.value - baseline.value) < 0
    numbers = [("baseline", baseline.value), ("latest", case.latest.value), ("years_elapsed", elapsed)]
    rate = cagr(baseline.value, case.latest.value, elapsed)
    numbers += [] if rate is None else [("growth", case.sign * rate)]
    return Outcome(score, _status(score, backwards), None, tuple(numbers), GROWTH_FORMULA)


def _status(score: str, backwards: bool) -> Status:
    """Class 1 holds both stagnation and regression; the direction tells them apart."""
    return Status.MOVING_AWAY if score == "1" and backwards else CLASSES[score]


unsd = Method(
    id="unsd",
    citation="UN DESA Statistics Division, SDG Progress Chart 2023: technical note, as applied by EUSTAT",
    formula="(v1 * (1 + CAGR)^(tT-t1) - v0) / (T - v0)",
    classes=CLASSES,
    compute=_compute,
    untargeted=_compute_untargeted,
)
