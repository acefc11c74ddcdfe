"""The headline: actual over required annual rate of change from the baseline.

::

    R = rate(baseline -> latest) / rate(baseline -> target)
    rate is CAGR (geometric) or the difference per year (linear)

Milestones bend the way: then the required rate is the one from the baseline to where the way through them stands
at the time of the latest figure.

Thresholds 95/60/0 are Eurostat's, for the geometric form. The linear form with the same thresholds is
this project's own (the schedule performance index of earned value with Eurostat's cut-offs).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tracker.assess.case import Case, Method, Outcome, Way, first_reached, way
from tracker.assess.growth import cagr, same_side
from tracker.assess.plan import planned_through
from tracker.domain.assessment import Reason, Status
from tracker.domain.figure import Unit

GEOMETRIC = "rate-ratio/geometric"
LINEAR = "rate-ratio/linear"

THRESHOLDS = (
    (Decimal("0.95"), "significant_progress"),
    (Decimal("0.60"), "moderate_progress"),
    (Decimal(0), "insufficient_progress"),
)
CLASSES = {
    "significant_progress": Status.ON_TRACK,
    "moderate_progress": Status.ACCELERATION_NEEDED,
    "insufficient_progress": Status.LIMITED_PROGRESS,
    "movement_away": Status.MOVING_AWAY,
}
RATIO_SCALE = frozenset({Unit.COUNT, Unit.VND, Unit.USD, Unit.RATIO, Unit.PERCENT})
PERCENT_BOUNDS = (Decimal(0), Decimal(100))


def headline_form(unit: Unit, *values: Decimal, target: Decimal) -> str:
    """Which form of the headline fits: the id of the method.

    Geometric on a ratio scale where every number is above zero; linear for ranks and indices, for a
    percentage whose target is a bound (0 or 100), and where a zero or a minus sign is in play.
    """
    if not growth_fits(unit, target) or not same_side(target, *values):
        return LINEAR
    return GEOMETRIC


def growth_fits(unit: Unit, target: Decimal) -> bool:
    """Whether growth rates of this unit mean something on the way to ``target``."""
    at_bound = unit is Unit.PERCENT and target in PERCENT_BOUNDS
    return unit in RATIO_SCALE and not at_bound


def _rates_geometric(path: Way) -> tuple[Decimal, Decimal] | Reason:
    if not same_side(path.start, path.now, path.goal):
        return Reason("form_linear")
    actual = cagr(path.start, path.now, path.elapsed)
    required = cagr(path.start, path.goal, path.whole)
    if actual is None or required is None:
        return Reason("form_linear")
    return actual, required


def _rates_linear(path: Way) -> tuple[Decimal, Decimal] | Reason:
    return (path.now - path.start) / path.elapsed, (path.goal - path.start) / path.whole


def _through_milestones(case: Case, path: Way, *, geometric: bool) -> Way:
    """The way as far as the latest figure, where the plan stands by then: its milestones bend it.

    Without milestones the rate needed up to there is the one needed up to the deadline.
    """
    start, values = case.comparable_baseline, [value for _, value in case.milestones]
    if not values or start is None:
        return path
    grows = geometric and same_side(path.start, path.goal, *values)
    due = planned_through(case.legs(start), case.latest.position, geometric=grows)
    return replace(path, goal=due, whole=path.elapsed)


def _computed(case: Case, rates: Callable[[Way], tuple[Decimal, Decimal] | Reason]) -> Outcome | Reason:
    path = way(case)
    if isinstance(path, Reason):
        return path
    if path.start == path.goal:
        return Reason("target_equals_baseline")
    if case.met_by(path.start):
        return Reason("met_at_baseline")
    bent = _through_milestones(case, path, geometric=rates is _rates_geometric)
    planned = () if bent is path else (("planned_at_latest", bent.goal),)
    path = bent
    found = rates(path)
    if isinstance(found, Reason):
        return found
    actual, required = found
    ratio = actual / required
    native = first_reached(ratio, THRESHOLDS, "movement_away")
    numbers = (*planned, ("actual_rate", actual), ("required_rate", required), ("ratio", ratio))
    return Outcome(native, CLASSES[native], ratio, numbers)


geometric = Method(
    id=GEOMETRIC,
    citation="Ratio of actual to required compound annual growth rate, thresholds 95/60/0: Eurostat, "
    "'Sustainable development in the European Union', as stated in Statistics Canada's SDG methodology",
    formula="((v1/v0)^(1/(t1-t0)) - 1) / ((T/v0)^(1/(tT-t0)) - 1)",
    classes=CLASSES,
    compute=lambda case: _computed(case, _rates_geometric),
)
linear = Method(
    id=LINEAR,
    citation="Ratio of actual to required change per year, with Eurostat's thresholds 95/60/0; "
    "the linear form is this project's own",
    formula="((v1-v0)/(t1-t0)) / ((T-v0)/(tT-t0))",
    classes=CLASSES,
    compute=lambda case: _computed(case, _rates_linear),
)
