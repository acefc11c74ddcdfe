"""Findings with the same words together: one proposal an indicator, one goal a value and deadline."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.discover import words
from tracker.discover.findings import Finding, findings_of
from tracker.domain.figure import Qualifier
from tracker.domain.indicator import Better, Catalogue
from tracker.domain.statement import Kind, Published, Statement
from tracker.domain.target import Comparator, Target
from tracker.extract import Reading
from tracker.extract.keys import phrase

MOST_ALIASES = 4
#: A goal that the reader found is proposed from this confidence on.
LEAST_CONFIDENCE = 0.5
_LIGHT = frozenset(key for word in words.LIGHT for key in phrase(word))


@dataclass(frozen=True, slots=True)
class Proposal:
    """An indicator to track. ``findings`` prove it; ``areas`` are configured ids, the most frequent first."""

    id: str
    name: str
    language: str
    aliases: tuple[str, ...]
    unit: str
    better: Better
    areas: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A target to track, of a proposal or of an indicator that is tracked already."""

    id: str
    indicator: str
    comparator: Comparator
    value: Decimal
    by: date
    area: str | None
    quote: str
    doc: str
    published: Published | None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Discovery:
    """Everything that is stated and not tracked, the best proven first."""

    indicators: tuple[Proposal, ...]
    targets: tuple[Goal, ...]


def discover(readings: Sequence[Reading], catalogue: Catalogue, targets: Iterable[Target]) -> Discovery:
    """Indicators and targets that ``readings`` state and the configuration does not have."""
    known = list(targets)
    grouped: dict[tuple[frozenset[str], str], list[Finding]] = defaultdict(list)
    for reading in readings:
        for finding in findings_of(reading, catalogue):
            key = _key(finding.name)
            if key and not _is_tracked(key, finding.unit, catalogue):
                grouped[key, finding.unit].append(finding)
    taken = {one.id for one in catalogue.indicators}
    clear = [findings for findings in grouped.values() if _is_clear(findings)]
    proposals = [_proposal(findings, taken) for findings in sorted(clear, key=_weight, reverse=True)]
    used = {one.id for one in known}
    goals = [goal for proposal in proposals for goal in _goals(proposal, used)]
    goals += _goals_of_tracked(readings, catalogue, known, used)
    return Discovery(tuple(proposals), tuple(goals))


def slug(name: str) -> str:
    """``Tỷ lệ hộ nghèo`` as ``ty-le-ho-ngheo``."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    short = "-".join(re.findall(r"[a-z0-9]+", letters)[:8])
    return short or "indicator"


def _key(name: str) -> frozenset[str]:
    return frozenset(phrase(name)) - _LIGHT


def _is_tracked(key: frozenset[str], unit: str, catalogue: Catalogue) -> bool:
    """Whether an indicator of this unit is called nearly so."""
    for indicator in catalogue.indicators:
        if indicator.unit != unit:
            continue
        for said in (*(name for _, name in indicator.names), *indicator.aliases):
            other = _key(said)
            if key <= other or len(key & other) >= 0.75 * len(key | other):
                return True
    return False


def _is_clear(findings: Sequence[Finding]) -> bool:
    """A name that is no measure's by its words has to come back, or to carry a goal."""
    if any(one.headed for one in findings):
        return True
    return len({one.quote for one in findings}) > 1


def _weight(findings: Sequence[Finding]) -> tuple[int, int, int, int]:
    documents = len({one.doc for one in findings})
    goals = sum(1 for one in findings if one.by)
    return documents, len({one.quote for one in findings}), goals, sum(1 for one in findings if one.headed)


def _proposal(findings: Sequence[Finding], taken: set[str]) -> Proposal:
    said = Counter(one.name for one in findings)
    name = min(said, key=lambda one: (-said[one], len(one), one))
    others = sorted({one.lower() for one in said} - {name.lower()}, key=lambda one: (len(one), one))
    areas = tuple(area for area, _ in Counter(one.area for one in findings if one.area).most_common())
    return Proposal(
        id=_free(slug(name), taken),
        name=name[:1].upper() + name[1:],
        language="vi" if findings[0].vietnamese else "en",
        aliases=tuple(others[:MOST_ALIASES]),
        unit=findings[0].unit,
        better=_better(findings),
        areas=areas,
        findings=tuple(findings),
    )


def _better(findings: Sequence[Finding]) -> Better:
    """A guess by what is measured and by how its goals are worded."""
    if findings[0].unit == "rank":
        return Better.LOWER
    if any(one.by and one.qualifier in (Qualifier.LESS_THAN, Qualifier.AT_MOST) for one in findings):
        return Better.LOWER
    low = re.findall(r"[^\W\d_]+", findings[0].name.lower())
    bad = words.LOWER_IS_BETTER.anywhere(low) and not words.REACHED.anywhere(low)
    return Better.LOWER if bad else Better.HIGHER


def _goals(proposal: Proposal, used: set[str]) -> Iterable[Goal]:
    comparator = Comparator.AT_LEAST if proposal.better is Better.HIGHER else Comparator.AT_MOST
    seen: set[tuple[object, ...]] = set()
    for one in proposal.findings:
        area = one.area if len(proposal.areas) > 1 else None
        if one.by is None or (one.value, one.by, area) in seen:
            continue
        seen.add((one.value, one.by, area))
        id = _free(f"{proposal.id}-{one.by.year}", used)
        yield Goal(id, proposal.id, comparator, one.value, one.by, area, one.quote, one.doc, one.published)


def _goals_of_tracked(
    readings: Sequence[Reading], catalogue: Catalogue, known: Sequence[Target], used: set[str]
) -> Iterable[Goal]:
    """Targets that documents state for tracked indicators and the configuration does not have."""
    have = {(one.indicator, one.area, one.value, one.by) for one in known}
    comparators = catalogue.comparators()
    for statement in (one for reading in readings for one in reading.statements):
        period, figure = statement.period, statement.figure
        indicator = catalogue.indicator(statement.indicator)
        goal = (statement.indicator, statement.area, figure.value, period.end if period else None)
        if statement.kind is not Kind.TARGET or period is None or goal in have or statement.area in comparators:
            continue
        if statement.confidence < LEAST_CONFIDENCE or figure.high is not None or figure.unit != indicator.unit:
            continue
        have.add((statement.indicator, statement.area, figure.value, period.end))
        yield _goal_of(statement, period.end, indicator.better, _free(f"{statement.indicator}-{period.end.year}", used))


def _goal_of(statement: Statement, by: date, better: Better, id: str) -> Goal:
    return Goal(
        id=id,
        indicator=statement.indicator,
        comparator=Comparator.AT_LEAST if better is Better.HIGHER else Comparator.AT_MOST,
        value=statement.figure.value,
        by=by,
        area=statement.area,
        quote=" ".join(statement.quote.split()),
        doc=statement.doc,
        published=statement.published,
        confidence=statement.confidence,
    )


def _free(id: str, taken: set[str]) -> str:
    """The id, with a number where it is taken already."""
    free, number = id, 2
    while free in taken:
        free, number = f"{id}-{number}", number + 1
    taken.add(free)
    return free
