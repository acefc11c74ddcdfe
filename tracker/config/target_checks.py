"""What no single value of a target shows: keys that exclude or need each other, versions, areas, milestones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.config.ground import Entry, Ground, text, texts
from tracker.config.meaning import default_area, default_target_area
from tracker.config.places import Loc, listed
from tracker.config.values import read_day, read_number, read_period

PROMISES = ("at_least", "at_most", "between", "change", "done")
"""The ways to say what is promised; a target has one of them, or none."""

_VALUES = ("at_least", "at_most", "between")
_ALIKE = ("indicator", "area", "areas")


def check_target(ground: Ground, loc: Loc, entry: Entry) -> None:
    """Everything about one entry of ``targets`` that no single value shows."""
    name = text(entry, "indicator")
    promised = [key for key in PROMISES if key in entry and entry[key] is not False]
    if len(promised) > 1:
        wrong = f"the target has both '{promised[0]}' and '{promised[1]}'; expected one of them"
        ground.findings.add((*loc, promised[1]), wrong, at_key=True)
    if name is not None and not ground.unknown((*loc, "indicator"), name, "indicators", "indicator"):
        indicator = ground.indicators[name]
        _check_direction(ground, loc, entry, indicator, name)
        _check_target_area(ground, loc, entry, indicator, name)
    _check_baseline(ground, loc, entry)
    _check_kind(ground, loc, entry)
    _check_change(ground, loc, entry)
    _check_milestones(ground, loc, entry)
    if _before(entry.get("by"), entry.get("since")):
        ground.findings.add((*loc, "since"), "this version begins after its own deadline; expected an earlier day")


def _check_direction(ground: Ground, loc: Loc, entry: Entry, indicator: Entry, name: str) -> None:
    against = {"lower": "at_least", "higher": "at_most"}
    better = indicator.get("better")
    wrong = against.get(better) if isinstance(better, str) else None
    if wrong in entry and wrong is not None:
        right = "at_most" if wrong == "at_least" else "at_least"
        sentence = f"'{wrong}' is against the direction of '{name}', where {better} is better; expected '{right}'"
        ground.findings.add((*loc, wrong), sentence, at_key=True)
    if entry.get("done") is True and better == "lower":
        sentence = f"'done' counts 0 and then 1, and lower is better for '{name}'; expected one where higher is better"
        ground.findings.add((*loc, "done"), sentence, at_key=True)


def _check_target_area(ground: Ground, loc: Loc, entry: Entry, indicator: Entry, name: str) -> None:
    scope = _scope(ground, indicator)
    area = text(entry, "area")
    if "areas" in entry:
        _check_areas(ground, loc, entry, scope, name)
        return
    if area is not None:
        if not ground.unknown((*loc, "area"), area, "areas", "area") and area not in scope and ground.whole:
            wrong = f"the area '{area}' is not tracked for '{name}'; expected one of {listed(scope)}"
            ground.findings.add((*loc, "area"), wrong)
        return
    own = text(indicator, "area") or default_area(ground.tracked)
    if ground.whole and "area" not in entry and scope and default_target_area(own, scope) is None:
        wrong = f"the key 'area' is missing, and '{name}' is tracked for several; expected one of {listed(scope)}"
        ground.findings.add((*loc, "area"), wrong)


def _scope(ground: Ground, indicator: Entry) -> list[str]:
    if indicator.get("scope") == "all":
        return list(ground.tracked)
    area = text(indicator, "area") or default_area(ground.tracked)
    return [item for _, item in texts(indicator, "scope")] or ([area] if area else [])


def _check_baseline(ground: Ground, loc: Loc, entry: Entry) -> None:
    baseline = entry.get("baseline")
    try:
        begin = read_period(baseline.get("period")) if isinstance(baseline, dict) else None
        by = read_day(entry.get("by"))
    except ValueError:
        return
    if begin is not None and begin.end >= by:
        wrong = f"the baseline {begin} does not end before the deadline {by}; expected an earlier period"
        ground.findings.add((*loc, "baseline", "period"), wrong)


def check_version(ground: Ground, loc: Loc, entry: Entry, first: Loc) -> None:
    """An id that stands before: another version of the same target, told apart by ``since``."""
    own, where = text(entry, "id"), ground.findings.where((*first, "id"))
    earlier = [one for place, one in ground.entries("targets") if place < loc and text(one, "id") == own]
    if str(entry.get("since")) in {str(one.get("since")) for one in earlier}:
        wrong = f"the id '{own}' is used twice; expected another, or a 'since' of its own for a new version"
        ground.findings.add((*loc, "id"), f"{wrong}; it already stands at {where}")
    for key in _ALIKE:
        if entry.get(key) != earlier[0].get(key):
            wrong = f"another '{key}' than the first version of '{own}' has, at {where}; expected the same"
            ground.findings.add((*loc, key), wrong)


def _check_areas(ground: Ground, loc: Loc, entry: Entry, scope: list[str], name: str) -> None:
    if "area" in entry:
        wrong = "'area' and 'areas' exclude each other; expected one of them"
        ground.findings.add((*loc, "areas"), wrong, at_key=True)
    for index, area in texts(entry, "areas"):
        place = (*loc, "areas", index)
        if not ground.unknown(place, area, "areas", "area") and area not in scope and ground.whole:
            wrong = f"the area '{area}' is not tracked for '{name}'; expected some of {listed(scope)}"
            ground.findings.add(place, wrong)


def _check_kind(ground: Ground, loc: Loc, entry: Entry) -> None:
    keep, done, method = entry.get("keep") is True, entry.get("done") is True, entry.get("method")
    if keep and not any(key in entry for key in _VALUES):
        wrong = "'keep' needs a value to keep; expected 'at_least', 'at_most' or 'between' beside it"
        ground.findings.add((*loc, "keep"), wrong, at_key=True)
    if keep and method not in (None, "destatis"):
        wrong = "what is kept in every period is assessed by 'destatis'; expected that method, or none"
        ground.findings.add((*loc, "method"), wrong)
    if done and method is not None:
        wrong = "what is done or not has no pace, and no method; expected to leave it out"
        ground.findings.add((*loc, "method"), wrong, at_key=True)


def _check_change(ground: Ground, loc: Loc, entry: Entry) -> None:
    change = entry.get("change")
    if not isinstance(change, dict):
        return
    place = (*loc, "change")
    sizes = [key for key in ("at_least", "at_least_percent") if key in change]
    if len(sizes) != 1:
        wrong = "a change is 'at_least' or 'at_least_percent'; expected one of them"
        ground.findings.add((*place, sizes[-1]) if sizes else place, wrong, at_key=bool(sizes))
    for key in sizes:
        if (size := _number(change[key])) is not None and size <= 0:
            wrong = "a change is told by its size, better being meant; expected a number above 0"
            ground.findings.add((*place, key), wrong)
    if "baseline" in entry:
        wrong = "'change' says by 'from' where it begins; expected no 'baseline' beside it"
        ground.findings.add((*loc, "baseline"), wrong, at_key=True)
    try:
        begin, by = read_period(change.get("from")), read_day(entry.get("by"))
    except ValueError:
        return
    if begin.end >= by:
        wrong = f"the change counts from {begin}, which does not end before the deadline {by}; expected an earlier one"
        ground.findings.add((*place, "from"), wrong)


def _check_milestones(ground: Ground, loc: Loc, entry: Entry) -> None:
    stones = entry.get("milestones")
    if not isinstance(stones, list) or not stones:
        return
    method = entry.get("method")
    if entry.get("keep") is True or not any(key in entry for key in _VALUES):
        wrong = "milestones lie on the way to a value; expected 'at_least', 'at_most' or 'between', and no 'keep'"
        ground.findings.add((*loc, "milestones"), wrong, at_key=True)
    if isinstance(method, str) and not method.startswith("rate-ratio/"):
        wrong = f"'{method}' knows no milestones; expected rate-ratio/linear, rate-ratio/geometric, or none"
        ground.findings.add((*loc, "method"), wrong)
    dated = sorted((found for stone in enumerate(stones) if (found := _stone(*stone))), key=lambda one: one[1])
    sign = -1 if "at_most" in entry else 1
    goal, by = _number(entry.get("at_least", entry.get("at_most"))), _day(entry.get("by"))
    last = [] if goal is None or by is None else [(len(stones), by, goal)]
    for (index, day, value), (_, later, further) in zip(dated, [*dated[1:], *last], strict=False):
        if day >= later:
            wrong = f"the milestone of {day} does not lie before {later}; expected an earlier day"
            ground.findings.add((*loc, "milestones", index, "by"), wrong)
        elif sign * (further - value) <= 0:
            wrong = f"the milestone {value} is not on the way to {further} by {later}; expected a value before it"
            ground.findings.add((*loc, "milestones", index, "value"), wrong)


def _stone(index: int, stone: object) -> tuple[int, date, Decimal] | None:
    entry = stone if isinstance(stone, dict) else {}
    day, value = _day(entry.get("by")), _number(entry.get("value"))
    return None if day is None or value is None else (index, day, value)


def _before(by: object, since: object) -> bool:
    last, first = _day(by), _day(since)
    return last is not None and first is not None and last < first


def _day(value: object) -> date | None:
    try:
        return read_day(value)
    except ValueError:
        return None


def _number(value: object) -> Decimal | None:
    try:
        return read_number(value)
    except ValueError:
        return None
