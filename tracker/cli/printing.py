"""Tables for people, on standard output; the words are the report's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from tracker.domain.assessment import Status
from tracker.domain.observation import Observation
from tracker.language import day, period, say_kind, say_reason, say_status
from tracker.language.readings import phrase
from tracker.report.as_page import say_beside, say_change, say_figure, say_needed, say_nothing, say_promise, say_since
from tracker.report.groups import groups
from tracker.report.model import StatusReport, TargetLine
from tracker.report.words import word

if TYPE_CHECKING:
    from tracker.pipeline.alert_ledger import Told
    from tracker.pipeline.documents import DocumentReading
    from tracker.pipeline.reviewing import Waiting
    from tracker.second import Heard

_COLOURS = {
    Status.ACHIEVED: "green",
    Status.ON_TRACK: "green",
    Status.ACCELERATION_NEEDED: "yellow",
    Status.LIMITED_PROGRESS: "dark_orange",
    Status.MOVING_AWAY: "red",
    Status.MISSED: "red",
    Status.OVERDUE: "red",
    Status.NO_TARGET: "bright_black",
    Status.NOT_ASSESSABLE: "bright_black",
}

_ASK_WHY = frozenset({Status.NOT_ASSESSABLE, Status.NO_TARGET, Status.MISSED, Status.OVERDUE})
#: Columns of the terminal from which on each thing has a column of its own.
WIDE = 140


def console() -> Console:
    """Standard output; wide enough for a table where it is no terminal."""
    plain = Console()
    return plain if plain.is_terminal else Console(width=160, no_color=True)


def status_table(report: StatusReport) -> None:
    """Every target and where it stands; three columns instead of six where the terminal is narrow."""
    language, out = report.language, console()
    if not report.targets:
        out.print(word("no_targets", language))
        return
    wide = out.width >= WIDE
    table = Table(
        title=f"{word('title', language)} · {word('as_of', language)} {day(report.as_of, language)}",
        expand=out.is_terminal,
        show_lines=not wide,
    )
    table.add_column(word("target", language), ratio=4)
    table.add_column(word("status", language), ratio=None if wide else 3, max_width=34)
    table.add_column(
        word("latest", language), justify="right", ratio=None if wide else 3, max_width=24 if wide else None
    )
    if wide:
        table.add_column(word("change", language), justify="right")
        table.add_column(word("needed", language), justify="right")
        table.add_column(word("says", language), ratio=4)
    for line in report.targets:
        table.add_row(*(_six_cells(line, language) if wide else _three_cells(line, language)))
    out.print(table)
    for group in groups(report.targets):
        counts = ", ".join(f"{count} {say_status(status, language)}" for status, count in group.counts)
        behind = ", ".join(each.target.id for each in group.behind)
        out.print(Text(f"{group.id}: {counts}; {word('worst', language)}: {behind}"))


def _six_cells(line: TargetLine, language: str) -> Iterator[Text]:
    a = line.assessment
    yield _promise(line, language)
    yield _standing(line, language)
    yield _latest(line, language)
    yield Text(_change(line, language).replace(" (", "\n("))
    yield Text(say_needed(line, language) or ("" if a.latest is None else "–"))
    yield _says(line, language)


def _three_cells(line: TargetLine, language: str) -> Iterator[Text]:
    name, says = _promise(line, language), _says(line, language)
    yield name.append("\n").append(says) if says else name
    yield _standing(line, language)
    latest = _latest(line, language)
    if change := _change(line, language):
        latest.append(f"\n{change}")
    if needed := say_needed(line, language):
        latest.append(f"\n{word('need', language)}: {needed}", style="dim")
    yield latest


def _promise(line: TargetLine, language: str) -> Text:
    name = Text(line.indicator.name(language))
    if len(line.indicator.scope) > 1:
        name.append(f" · {line.target.area}")
    name.append(f"\n{say_promise(line, language)}", style="dim")
    for one in line.beside:
        name.append(f"\n{say_beside(one, line.indicator, language)}", style="yellow")
    return name


def _standing(line: TargetLine, language: str) -> Text:
    """The status, since when, and why where nothing else in the row tells it."""
    a = line.assessment
    status = Text(say_status(a.status, language), style=_COLOURS[a.status])
    if line.since:
        status.append(f"\n{say_since(line.since, language)}", style="dim")
    if a.latest is not None and a.reasons and a.status in _ASK_WHY:
        status.append(f"\n{say_reason(a.reasons[0], language)}", style="dim")
    return status


def _latest(line: TargetLine, language: str) -> Text:
    latest = line.assessment.latest
    if latest is None:
        return Text(say_nothing(line.series, language))
    return Text(say_figure(latest.figure, language)).append(f"\n{period(latest.period, language)}", style="dim")


def _change(line: TargetLine, language: str) -> str:
    a = line.assessment
    return say_change(a.delta, a.latest.figure.unit, language) if a.latest and a.delta else ""


def _says(line: TargetLine, language: str) -> Text:
    latest = line.assessment.latest
    if latest is None:
        return Text()
    says = Text(f"“{latest.lead.quote}”", style="italic")
    return says.append(f"\n{latest.source}, {period(latest.published.period, language)}", style="not italic dim")


def statements_table(reading: DocumentReading, language: str) -> None:
    """What one document states."""
    out = console()
    published = str(reading.published.period) if reading.published else "–"
    if not reading.statements:
        out.print(f"{escape(reading.name)}: states nothing about the tracked indicators (published {published})")
        return
    table = Table(title=escape(reading.name), caption=f"{word('published', language)} {published}")
    for column in ("indicator", "area", "kind", "figure", "period", "confidence"):
        table.add_column(column, no_wrap=column in ("kind", "period"))
    table.add_column("quote", overflow="fold", ratio=1)
    for statement in reading.statements:
        sure = f"{statement.confidence:.2f}" + ("" if statement.accepted else " ?")
        table.add_row(
            statement.indicator,
            statement.area,
            say_kind(statement.kind, language),
            say_figure(statement.figure, language),
            str(statement.period) if statement.period else "–",
            sure,
            escape(statement.quote),
        )
    out.print(table)


def print_second(heard: Heard, language: str) -> None:
    """Where the second reader sees something else, then how often it did what."""
    from tracker.pipeline.second_views import say_view

    out = console()
    disputed = ((heard.statements[at], view) for at, view in heard.disputed.items())
    for statement, view in (*disputed, *heard.proposals):
        figure = say_figure(statement.figure, language)
        said = say_view(view, statement.indicator, statement.kind, language)
        out.print(Text(f"  {figure} “{statement.quote}”").append(f"\n    {said}", style="yellow"), soft_wrap=True)
    counts = phrase(
        "second_summary",
        language,
        agreed=len(heard.agreed),
        disputed=len(heard.disputed),
        proposed=len(heard.proposals),
        dropped=heard.dropped,
    )
    out.print(Text(counts), soft_wrap=True)


def history_table(observations: Iterable[Observation], changes: dict[int, str], title: str, language: str) -> None:
    """One series, oldest first, with the change of each period against the one before."""
    table = Table(title=escape(title))
    for key in ("period", "figure", "change", "published"):
        table.add_column(word(key, language).capitalize(), justify="right" if key in ("figure", "change") else "left")
    table.add_column(word("says", language), overflow="fold", ratio=1)
    for index, observation in enumerate(observations):
        says = Text(f"“{observation.lead.quote}”")
        says.append(f"\n{observation.source}, {observation.lead.doc}", style="dim")
        for old in observation.revised:
            says.append(f"\nrevised from {say_figure(old.figure, language)} ({old.published.period})", style="yellow")
        for other in observation.conflicting:
            says.append(f"\n{other.source}: {say_figure(other.figure, language)} “{other.quote}”", style="red")
        table.add_row(
            period(observation.period, language),
            say_figure(observation.figure, language),
            changes.get(index, ""),
            str(observation.published.period),
            says,
        )
    console().print(table)


def review_table(found: Iterable[Waiting], language: str) -> None:
    """What waits for a person: what it is, the figure, why."""
    table = Table()
    for column in ("id", "what", "indicator", "figure", "period"):
        table.add_column(column, no_wrap=column == "id")
    table.add_column("quote", overflow="fold", ratio=1)
    rows = 0
    for one in found:
        rows += 1
        evidence = one.evidence
        quote = Text(f"“{evidence.quote}”")
        quote.append(f"\n{evidence.source}, {evidence.published.period}: {one.why}", style="dim")
        table.add_row(
            str(evidence.id), one.what, f"{evidence.indicator}\n{evidence.area}", say_figure(evidence.figure, language),
            str(evidence.period), quote,
        )  # fmt: skip
    console().print(table if rows else "Nothing waits for a person.")


def alerts_table(found: Iterable[Told]) -> None:
    """What happened, and how each notification is doing."""
    table = Table()
    for column in ("when (UTC)", "type", "what happened", "told"):
        table.add_column(column, no_wrap=column in ("when (UTC)", "type"), overflow="fold")
    for one in found:
        told = "\n".join(f"{each.channel}: {each.state.value} {each.id}" for each in one.notifications)
        table.add_row(
            f"{one.alert.at:%Y-%m-%d %H:%M}",
            one.alert.type.value,
            Text(one.alert.title),
            told or "nobody (no route)",
        )
    console().print(table if table.row_count else "Nothing has happened yet.")
