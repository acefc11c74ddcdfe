"""What no single value shows: ids that do not exist, ids used twice, keys that contradict each other.

The checks look at the data as written and skip what is not well-formed, because that is told already:
so one mistake hides no other.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.config.ground import Entry, Ground, text, texts
from tracker.config.meaning import default_area, implicit_areas
from tracker.config.places import Findings, Loc, listed
from tracker.config.selectors import EXCLUSIVE
from tracker.config.target_checks import check_target, check_version


def check_all(data: Entry, findings: Findings, *, whole: bool) -> None:
    """Every check over the merged ``data``; ``whole`` False where a file could not be read."""
    ground = Ground(data, findings, whole)
    for section in ("areas", "indicators", "targets", "sources", "channels"):
        _collect_ids(ground, section)
    _collect_areas(ground)
    ground.indicators = {
        name: entry for _, entry in ground.entries("indicators") if (name := text(entry, "id")) is not None
    }
    for section, check in _CHECKS:
        for loc, entry in ground.entries(section):
            check(ground, loc, entry)
    _check_names(ground)
    _check_second_reader(ground)


def _collect_ids(ground: Ground, section: str) -> None:
    known = ground.ids.setdefault(section, {})
    for loc, entry in ground.entries(section):
        own = text(entry, "id")
        if own is None:
            continue
        if own in known and section == "targets":
            check_version(ground, loc, entry, known[own])
        elif own in known:
            first = ground.findings.where((*known[own], "id"))
            wrong = f"the id '{own}' is used twice; expected another, it already stands at {first}"
            ground.findings.add((*loc, "id"), wrong)
        known.setdefault(own, loc)


def _collect_areas(ground: Ground) -> None:
    """Which areas are tracked; without a section ``areas`` those that the indicators name."""
    if ground.data.get("areas"):
        compared = {text(entry, "id") for _, entry in ground.entries("areas") if entry.get("comparator") is True}
        ground.comparators = frozenset(area for area in compared if area)
        ground.tracked = tuple(area for area in ground.ids["areas"] if area not in ground.comparators)
        return
    named: list[str] = []
    for _, entry in ground.entries("indicators"):
        named += [area] if (area := text(entry, "area")) else []
        named += [area for _, area in texts(entry, "scope")]
    ground.tracked = implicit_areas(named)
    ground.ids["areas"] = dict.fromkeys(ground.tracked, ("areas",))


def _check_names(ground: Ground) -> None:
    """One name for two areas: nobody could say whom a figure is about."""
    owners: dict[str, str] = {}
    for loc, entry in ground.entries("areas"):
        own = text(entry, "id")
        if own is None:
            continue
        names = texts(entry, "names")
        places: list[tuple[Loc, str]] = [((*loc, "names", index), name) for index, name in names]
        for place, name in places or [((*loc, "id"), own)]:
            owner = owners.setdefault(" ".join(name.casefold().split()), own)
            if owner != own:
                wrong = f"the name '{name}' belongs to the area '{owner}'; expected a name of one area only"
                ground.findings.add(place, wrong)


def _check_indicator(ground: Ground, loc: Loc, entry: Entry) -> None:
    area = text(entry, "area")
    if area is not None:
        _check_tracked(ground, (*loc, "area"), area)
    for index, item in texts(entry, "scope"):
        _check_tracked(ground, (*loc, "scope", index), item)
    _check_source_rank(ground, loc, entry)
    if "area" in entry or "scope" in entry or not ground.whole:
        return
    if ground.tracked and default_area(ground.tracked) is None:
        wrong = f"the indicator names no area; expected 'area', one of {listed(ground.tracked)}, or 'scope'"
        ground.findings.add((*loc, "area"), wrong)


def _check_source_rank(ground: Ground, loc: Loc, entry: Entry) -> None:
    named: set[str] = set()
    for index, source in texts(entry, "source_rank"):
        place = (*loc, "source_rank", index)
        if not ground.unknown(place, source, "sources", "source") and source in named:
            ground.findings.add(place, f"the source '{source}' is named twice; expected each once, the best first")
        named.add(source)


def _check_tracked(ground: Ground, loc: Loc, area: str) -> None:
    if not ground.unknown(loc, area, "areas", "area") and area in ground.comparators:
        wrong = f"the area '{area}' is a comparator; expected one that is tracked: {listed(ground.tracked)}"
        ground.findings.add(loc, wrong)


def _check_source(ground: Ground, loc: Loc, entry: Entry) -> None:
    _check_one_of(ground, loc, entry, "path", "url", needed="a source")
    _check_one_of(ground, loc, entry, "every", "cron")
    selectors = [key for key in EXCLUSIVE if key in entry]
    for key in selectors[1:]:
        _check_one_of(ground, loc, entry, selectors[0], key)
    path = entry.get("path")
    if "published" in entry and isinstance(path, str) and any(sign in path for sign in "*?"):
        wrong = "'published' dates a single document, and 'path' is a pattern of many; expected one of them"
        ground.findings.add((*loc, "published"), wrong, at_key=True)


def _check_channel(ground: Ground, loc: Loc, entry: Entry) -> None:
    _check_one_of(ground, loc, entry, "email", "webhook", needed="a channel")
    email, webhook = entry.get("email"), entry.get("webhook")
    if isinstance(webhook, dict):
        _check_one_of(ground, (*loc, "webhook"), webhook, "secret_env", "secret_file")
    if isinstance(email, dict):
        place = (*loc, "email")
        _check_one_of(ground, place, email, "password_env", "password_file")
        has_password = "password_env" in email or "password_file" in email
        if "user" in email and not has_password:
            wrong = "'user' alone cannot sign in; expected 'password_env' or 'password_file' beside it"
            ground.findings.add((*place, "user"), wrong, at_key=True)
        if has_password and "user" not in email:
            key = "password_env" if "password_env" in email else "password_file"
            wrong = f"'{key}' alone cannot sign in; expected 'user' beside it"
            ground.findings.add((*place, key), wrong, at_key=True)


def _check_one_of(
    ground: Ground, loc: Loc, entry: Entry, first: str, second: str, *, needed: str | None = None
) -> None:
    if first in entry and second in entry:
        wrong = f"'{first}' and '{second}' exclude each other; expected one of them"
        ground.findings.add((*loc, second), wrong, at_key=True)
    if needed and first not in entry and second not in entry:
        ground.findings.add((*loc, first), f"{needed} needs '{first}' or '{second}'; expected one of them")


def _check_route(ground: Ground, loc: Loc, entry: Entry) -> None:
    for index, channel in texts(entry, "to"):
        ground.unknown((*loc, "to", index), channel, "channels", "channel")


def _check_second_reader(ground: Ground) -> None:
    entry = ground.data.get("second_reader")
    if isinstance(entry, dict):
        _check_one_of(ground, ("second_reader",), entry, "secret_env", "secret_file")


_CHECKS: tuple[tuple[str, Callable[[Ground, Loc, Entry], None]], ...] = (
    ("indicators", _check_indicator),
    ("targets", check_target),
    ("sources", _check_source),
    ("channels", _check_channel),
    ("alerts", _check_route),
)
