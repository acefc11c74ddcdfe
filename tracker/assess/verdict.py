"""From a case to a status; the first line that applies decides.

::

    deadline passed                       achieved, missed, overdue: only the level and the date count
    latest meets the target               achieved
    a break between baseline and latest   not assessable
    nothing to measure from               not assessable
    met at the baseline, lost since       moving away (a target equal to its baseline among them)
    the method's own number
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.assess.case import Case, Method, Outcome
from tracker.domain.assessment import Reason, Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """``lead`` is the reason that decided, where the status does not say it itself.

    ``outcome`` is what the method found, also where it did not decide; None where it cannot be computed.
    """

    status: Status
    lead: Reason | None
    outcome: Outcome | None
    by_ratio: bool = False


def judge(case: Case, method: Method) -> Verdict:
    """Where the target of ``case`` stands by ``method``."""
    found = method.compute(case)
    outcome = found if isinstance(found, Outcome) else None
    met = case.met_by(case.latest.value)
    if case.passed:
        return Verdict(_after_the_deadline(met, settled=case.settled), None, outcome)
    if met:
        return Verdict(Status.ACHIEVED, None, outcome)
    obstacle = _obstacle(case)
    if obstacle is not None:
        return Verdict(Status.NOT_ASSESSABLE, obstacle, outcome)
    if case.baseline is not None and case.met_by(case.baseline.value):
        return Verdict(Status.MOVING_AWAY, Reason("lost_after_met"), outcome)
    if isinstance(found, Reason):
        return Verdict(Status.NOT_ASSESSABLE, found, None)
    return Verdict(found.status, None, found, by_ratio=True)


def judge_untargeted(case: Case, method: Method) -> Verdict:
    """A target without a number: the status says so, ``outcome`` is the direction by ``method``."""
    found = Reason("no_target") if method.untargeted is None else method.untargeted(case)
    if isinstance(found, Outcome):
        return Verdict(Status.NO_TARGET, None, found)
    return Verdict(Status.NO_TARGET, found, None)


def _after_the_deadline(met: bool, *, settled: bool) -> Status:
    if met:
        return Status.ACHIEVED
    return Status.MISSED if settled else Status.OVERDUE


def _obstacle(case: Case) -> Reason | None:
    if case.broken:
        return Reason("break_in_series")
    return Reason("single_observation") if case.comparable_baseline is None else None
