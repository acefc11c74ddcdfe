"""UN ESCAP's current status index and anticipated progress index.

::

    CSI(v0, v) = 10 * d * (v - v0) / |T - v0|
    API        = 0 if the predicted value meets T, else 100 - 10 * CSI(v0, v_pred)
    v_pred     : straight line through the points, weights (t_i - t_first) / (t_last - t_first)

API is the gap that remains at the deadline, in per cent of the way from the baseline: at most 10 maintain,
at most 100 accelerate, beyond that reverse. The cut-offs are quoted from secondary sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tracker.assess.case import SLACK, Case, Method, Outcome, way
from tracker.domain.assessment import Reason, Status

MAINTAIN_UP_TO = Decimal(10)
ACCELERATE_UP_TO = Decimal(100)
CLASSES = {
    "maintain": Status.ON_TRACK,
    "accelerate": Status.ACCELERATION_NEEDED,
    "reverse": Status.MOVING_AWAY,
}


def current_status_index(start: Decimal, now: Decimal, target: Decimal, sign: int) -> Decimal | None:
    """Ten times the share of the way gone; None where the target is the baseline."""
    return None if start == target else 10 * sign * (now - start) / abs(target - start)


def predicted(points: Sequence[tuple[Decimal, Decimal]], at: Decimal) -> Decimal | None:
    """Value of the weighted line at ``at``; points are (years, value), oldest first.

    Two points carry one line whatever their weights. None for fewer than two moments.
    """
    first, last = points[0][0], points[-1][0]
    if last <= first:
        return None
    weights = [(t - first) / (last - first) for t, _ in points]
    if sum(1 for weight in weights if weight > 0) == 1:
        weights = [Decimal(1)] * len(points)
    rows = [(weight, t, v) for weight, (t, v) in zip(weights, points, strict=True)]
    total = sum((w for w, _, _ in rows), Decimal(0))
    mean_t = sum((w * t for w, t, _ in rows), Decimal(0)) / total
    mean_v = sum((w * v for w, _, v in rows), Decimal(0)) / total
    spread = sum((w * (t - mean_t) ** 2 for w, t, _ in rows), Decimal(0))
    if spread == 0:
        return None
    both = sum((w * (t - mean_t) * (v - mean_v) for w, t, v in rows), Decimal(0))
    return mean_v + both / spread * (at - mean_t)


def remaining_gap(start: Decimal, prediction: Decimal, target: Decimal, sign: int) -> Decimal | None:
    """The anticipated progress index: 0 where the prediction meets the target."""
    if sign * (prediction - target) >= 0:
        return Decimal(0)
    index = current_status_index(start, prediction, target, sign)
    return None if index is None else 100 - 10 * index


def gap_class(gap: Decimal) -> str:
    """The word for a remaining gap in per cent."""
    if gap <= MAINTAIN_UP_TO + SLACK:
        return "maintain"
    return "accelerate" if gap <= ACCELERATE_UP_TO + SLACK else "reverse"


def _compute(case: Case) -> Outcome | Reason:
    path = way(case)
    if isinstance(path, Reason):
        return path
    begin = case.deadline_position - path.whole
    points = [(point.position, point.value) for point in case.points if point.position > begin]
    prediction = predicted([(begin, path.start), *points], case.deadline_position)
    index = current_status_index(path.start, path.now, path.goal, case.sign)
    if prediction is None or index is None:
        return Reason("target_equals_baseline")
    gap = remaining_gap(path.start, prediction, path.goal, case.sign)
    if gap is None:
        return Reason("target_equals_baseline")
    native = gap_class(gap)
    numbers = (("current_status_index", index), ("predicted", prediction), ("remaining_gap", gap))
    return Outcome(native, CLASSES[native], None, numbers)


escap = Method(
    id="escap",
    citation="UN ESCAP, Asia and the Pacific SDG Progress Report, technical note: anticipated progress index",
    formula="100 - 100 * d * (v_pred - v0) / |T - v0|",
    classes=CLASSES,
    compute=_compute,
)
