"""The status report as a page and as Markdown, from the templates beside this file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup

from tracker.domain.assessment import Status
from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.domain.indicator import Indicator
from tracker.domain.observation import Delta, Doubt, DoubtReason, Observation, Series
from tracker.domain.target import Comparator, Target, TargetKind
from tracker.language import (
    change,
    day,
    number,
    per_year,
    period,
    say_doubt,
    say_health,
    say_reason,
    say_status,
)
from tracker.report.chart import chart
from tracker.report.groups import groups
from tracker.report.model import Beside, Since, StatusReport, TargetLine
from tracker.report.words import word

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def to_html(report: StatusReport, zone: ZoneInfo) -> str:
    """One self-contained page: no script, no font and no picture from elsewhere."""
    return _render("status.html.j2", report, zone)


def to_markdown(report: StatusReport, zone: ZoneInfo) -> str:
    """The same as plain text that reads well unrendered."""
    return _render("status.md.j2", report, zone)


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tracker.report"),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=False,
    )
    environment.filters["md"] = _escape_markdown
    return environment


def _escape_markdown(text: str) -> str:
    """Text of a document as text: no markup, no line of its own, no link."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))


def _render(template: str, report: StatusReport, zone: ZoneInfo) -> str:
    return _templates().get_template(template).render(_words_of(report, zone))


def _words_of(report: StatusReport, zone: ZoneInfo) -> dict[str, Any]:
    """Everything that a template may say, already in the report's language."""
    language = report.language
    return {
        "report": report,
        "counts": _counts(report),
        "groups": groups(report.targets),
        "conflicts": list(_conflicts(report)),
        "doubts": list(_doubts(report)),
        "w": partial(word, language=language),
        "say_day": lambda value: day(value, language),
        "say_since": lambda value: say_since(value, language),
        "say_period": lambda value: period(value, language),
        "say_status": lambda value: say_status(value, language),
        "say_reason": lambda value: say_reason(value, language),
        "say_doubt": lambda value: say_doubt(value, language),
        "say_health": lambda value: say_health(value, language),
        "figure": lambda value: say_figure(value, language),
        "change": lambda delta, unit: say_change(delta, unit, language),
        "nothing": lambda series: say_nothing(series, language),
        "promise": lambda line: say_promise(line, language),
        "aside": lambda one, line: say_beside(one, line.indicator, language),
        "needed": lambda line: say_needed(line, language),
        "plain": lambda value: number(value, "count", language),
        "ratio": lambda value: number(round(value, 3), "ratio", language),
        "moment": lambda value: _moment(value, zone, language),
        "chart": lambda line: Markup(chart(line, language)),  # noqa: S704 - made here, escaped there
    }


def say_figure(figure: Figure, language: str) -> str:
    """``47 / 168``, ``hơn 97 %``: the figure with its hedge and the size of its ranking."""
    said = number(figure.value, figure.unit, language, high=figure.high, qualifier=figure.qualifier)
    return f"{said} / {number(figure.of, 'count', language)}" if figure.of else said


def say_change(delta: Delta, unit: str, language: str) -> str:
    """The change and what it is per year; a change of method between the two figures is said with it."""
    text = change(delta.absolute, unit, language)
    if delta.per_year is not None:
        text = f"{text} ({per_year(delta.per_year, unit, language)})"
    return f"{text}; {word('across_break', language)}" if delta.across_break else text


def say_nothing(series: Series, language: str) -> str:
    """Why there is no figure: nothing was read, or what was read waits for a person."""
    held = [doubt.evidence for doubt in series.doubtful if doubt.reason is not DoubtReason.REJECTED]
    if not held:
        return word("not_read", language)
    newest = held[-1]
    return f"{say_figure(newest.figure, language)} {word('waits', language)} #{newest.id}"


def say_since(since: Since, language: str) -> str:
    """The day from which on it stands so, as far as it was looked back."""
    earlier = f" {word('or_earlier', language)}" if since.or_earlier else ""
    return f"{word('since', language)} {day(since.day, language)}{earlier}"


def say_promise(line: TargetLine, language: str) -> str:
    """The promised value and its deadline."""
    return say_goal(line.target, line.indicator, language)


def say_goal(target: Target, indicator: Indicator, language: str) -> str:
    """``at least 80 % by 31 December 2030``, ``top 80 by …``, ``keeping …``; a promised range with both ends."""
    by = f"{word('by', language)} {day(target.by, language)}"
    if target.kind is TargetKind.DONE:
        return f"{word('done', language)} {by}"
    if target.value is None:
        return f"{word('improve', language)} {by}"
    unit = indicator.unit.value
    ends = sorted((target.value, target.value if target.high is None else target.high))
    if ends[0] == ends[1] and unit == Unit.RANK and target.comparator is Comparator.AT_MOST:
        said = number(target.value, unit, language, qualifier=Qualifier.AT_MOST)
    elif ends[0] == ends[1]:
        said = f"{word(target.comparator.value, language)} {number(target.value, unit, language)}"
    else:
        said = number(ends[0], unit, language, high=ends[1])
    return f"{word('kept', language)} {said} {by}" if target.kind is TargetKind.KEEP else f"{said} {by}"


def say_beside(one: Beside, indicator: Indicator, language: str) -> str:
    """Another version of a target with its status, and of one that a source states who says so."""
    said = f"{word(one.kind, language)}: {say_goal(one.target, indicator, language)}"
    status = say_status(one.assessment.status, language)
    if one.restatement is None:
        return f"{said}: {status}"
    piece = one.restatement.evidence
    return f"{said}: {status} (“{piece.quote}”, {piece.source}; {word('waits', language)} #{piece.id})"


def say_needed(line: TargetLine, language: str) -> str:
    """What is needed per year from here, and what was achieved; empty where it makes no sense."""
    assessment, unit = line.assessment, line.indicator.unit.value
    if assessment.required_per_year is None or assessment.status is Status.ACHIEVED or assessment.days_left < 0:
        return ""
    return per_year(assessment.required_per_year, unit, language)


def _counts(report: StatusReport) -> list[tuple[Status, int]]:
    counted = Counter(line.assessment.status for line in report.targets)
    return [(status, counted[status]) for status in Status if counted[status]]


def _conflicts(report: StatusReport) -> Iterator[tuple[Indicator, Observation]]:
    for line in report.indicators:
        for observation in line.series.observations:
            if observation.conflicting:
                yield line.indicator, observation


def _doubts(report: StatusReport) -> Iterator[tuple[Indicator, Doubt]]:
    for line in report.indicators:
        for doubt in line.series.doubtful:
            yield line.indicator, doubt


def _moment(moment: datetime | None, zone: ZoneInfo, language: str) -> str:
    if moment is None:
        return "–"
    local = moment.astimezone(zone)
    return f"{day(local.date(), language)} {local:%H:%M}"
