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
from tracker.domain.target import TargetKind


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
    return _judge_kept(case, method) if case.kind is TargetKind.KEEP else _judge_reached(case, method)


def _judge_reached(case: Case, method: Method) -> Verdict:
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


def _judge_kept(case: Case, method: Method) -> Verdict:
    """A value to be kept in every period: by the latest figure and the way it moves; in the end by every one."""
    found = method.compute(case)
    outcome = found if isinstance(found, Outcome) else None
    if case.passed and case.unkept:
        return Verdict(Status.MISSED, None, outcome)
    met = case.met_by(case.latest.value)
    if case.passed:
        return Verdict(_after_the_deadline(met, settled=case.settled), None, outcome)
    if met:
        return Verdict(Status.ACHIEVED, None, outcome)
    if isinstance(found, Outcome):
        return Verdict(found.status, None, found)
    if len(case.points) == 1:
        return Verdict(Status.NOT_ASSESSABLE, Reason("single_observation"), None)
    better = case.sign * (case.latest.value - case.points[-2].value) > 0
    return Verdict(Status.LIMITED_PROGRESS if better else Status.MOVING_AWAY, found, None)


def judge_done(case: Case) -> Verdict:
    """What is done or not: no pace leads from the one to the other."""
    if case.passed:
        status = _after_the_deadline(case.met_by(case.latest.value), settled=case.settled)
        return Verdict(status, None, None)
    if case.met_by(case.latest.value):
        return Verdict(Status.ACHIEVED, None, None)
    return Verdict(Status.NOT_ASSESSABLE, Reason("not_yet"), None)


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
