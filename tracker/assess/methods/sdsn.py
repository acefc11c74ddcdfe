"""SDSN's trend arrows of the Sustainable Development Report.

::

    growth = (x1 - x0) / (t1 - t0);   required = (green - x0) / (tT - t0)
    x1 >= green maintaining; growth < 0 decreasing; >= required on track; >= half of it moderately
    improving; else stagnating

The report rescales figures to scores; the classes do not depend on that scale, so the target itself is
the green threshold here and the deadline stands for its 2030. A composite index's method, not official
statistics.
"""

from __future__ import annotations

from decimal import Decimal

from tracker.assess.case import SLACK, Case, Method, Outcome, way
from tracker.domain.assessment import Reason, Status

HALF = Decimal("0.5")
CLASSES = {
    "maintaining": Status.ON_TRACK,
    "on_track": Status.ON_TRACK,
    "moderately_improving": Status.ACCELERATION_NEEDED,
    "stagnating": Status.LIMITED_PROGRESS,
    "decreasing": Status.MOVING_AWAY,
}


def arrow(start: Decimal, now: Decimal, green: Decimal, *, elapsed: Decimal, whole: Decimal) -> str:
    """The trend class of scores where more is better; times in years, both above zero."""
    growth = (now - start) / elapsed
    required = (green - start) / whole
    if now >= green:
        return "maintaining"
    if growth < 0:
        return "decreasing"
    if growth >= required - SLACK:
        return "on_track"
    return "moderately_improving" if growth >= HALF * required - SLACK else "stagnating"


def _compute(case: Case) -> Outcome | Reason:
    path = way(case)
    if isinstance(path, Reason):
        return path
    start, now, green = (case.sign * value for value in (path.start, path.now, path.goal))
    native = arrow(start, now, green, elapsed=path.elapsed, whole=path.whole)
    numbers = (("growth", (now - start) / path.elapsed), ("required", (green - start) / path.whole))
    return Outcome(native, CLASSES[native], None, numbers)


sdsn = Method(
    id="sdsn",
    citation="Sustainable Development Solutions Network, Sustainable Development Report: trend arrows",
    formula="((v1-v0)/(t1-t0)) against ((T-v0)/(tT-t0)), all of it or half of it",
    classes=CLASSES,
    compute=_compute,
)
