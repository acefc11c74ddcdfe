"""Tables for people, on standard output; the words are the report's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from tracker.domain.assessment import Status
from tracker.domain.observation import Observation
from tracker.language import day, period, say_kind, say_status
from tracker.report.as_page import say_change, say_figure, say_needed, say_nothing, say_promise
from tracker.report.model import StatusReport
from tracker.report.words import word

if TYPE_CHECKING:
    from tracker.pipeline.alert_ledger import Told
    from tracker.pipeline.documents import DocumentReading
    from tracker.pipeline.reviewing import Waiting

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


def console() -> Console:
    """Standard output; wide enough for a table where it is no terminal."""
    plain = Console()
    return plain if plain.is_terminal else Console(width=160, no_color=True)


def status_table(report: StatusReport) -> None:
    """Every target and where it stands."""
    language = report.language
    table = Table(title=f"{word('title', language)} · {word('as_of', language)} {day(report.as_of, language)}")
    table.add_column(word("target", language), overflow="fold", ratio=3)
    table.add_column(word("status", language), no_wrap=True)
    table.add_column(word("latest", language), justify="right")
    table.add_column(word("change", language), justify="right")
    table.add_column(word("needed", language), justify="right")
    table.add_column(word("says", language), overflow="fold", ratio=2)
    for line in report.targets:
        a = line.assessment
        name = Text(line.indicator.name(language))
        name.append(f"\n{say_promise(line, language)}", style="dim")
        status = Text(say_status(a.status, language), style=_COLOURS[a.status])
        if line.since:
            status.append(f"\n{word('since', language)} {day(line.since, language)}", style="dim")
        if a.latest is None:
            table.add_row(name, status, say_nothing(line.series, language), "", "", "")
            continue
        latest = Text(say_figure(a.latest.figure, language))
        latest.append(f"\n{period(a.latest.period, language)}", style="dim")
        change = say_change(a.delta, a.latest.figure.unit, language).replace(" (", "\n(") if a.delta else ""
        says = Text(f"“{a.latest.lead.quote}”")
        says.append(f"\n{a.latest.source}, {period(a.latest.published.period, language)}", style="dim")
        table.add_row(name, status, latest, change, say_needed(line, language) or "–", says)
    if report.targets:
        console().print(table)
    else:
        console().print(word("no_targets", language))


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


def history_table(observations: Iterable[Observation], changes: dict[int, str], title: str, language: str) -> None:
    """One series, oldest first, with the change of each period against the one before."""
    table = Table(title=escape(title))
    for key in ("period", "latest", "change", "published"):
        table.add_column(word(key, language), justify="right" if key in ("latest", "change") else "left")
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
