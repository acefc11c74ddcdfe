"""``run``, ``serve``, ``backfill`` and ``import``: what moves the state forward."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import (
    DEFAULT_CONFIG,
    DEFAULT_STATE,
    ConfigOption,
    FormatOption,
    ListOption,
    PublishedOption,
    StateOption,
)

if TYPE_CHECKING:
    from tracker.pipeline.record import Outcome
    from tracker.pipeline.service import Service


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(run)
    app.command()(serve)
    app.command("import")(import_)
    app.command()(backfill)


def run(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE...]", help="Default: every source.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """One cycle: read, record, assess, alert, report; then exit."""
    from tracker.cli.progress import progress
    from tracker.config import load
    from tracker.pipeline.cycle import chosen_sources, run_cycle
    from tracker.pipeline.service import open_service

    configuration = load(config)
    wanted = chosen_sources(configuration, sources or [])
    service = open_service(configuration, state)
    with progress("reading sources", len(wanted)) as step:
        outcome = run_cycle(service, wanted, datetime.now(UTC), step)
    for failure in (*outcome.failures, *outcome.asides):
        typer.echo(f"tracker: {failure}", err=True)
    _finish(service, outcome)


def serve(
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
    listen: Annotated[
        str | None, typer.Option("--listen", metavar="HOST:PORT", help="In place of service.listen.")
    ] = None,
) -> None:
    """The daemon: sources on schedule, alerts delivered, the report current, health and status over HTTP."""
    from tracker.config import load
    from tracker.schedule import serve_forever

    serve_forever(load(config), state, listen)


def import_(
    table: Annotated[Path, typer.Argument(metavar="FILE")],
    form: FormatOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Observations from a table with the columns indicator, area, period and value.

    It may also have value_high, qualifier, of, published, source and note, and whatever `export` writes.
    """
    from tracker.cli.progress import progress
    from tracker.config import load
    from tracker.pipeline.cycle import import_table
    from tracker.pipeline.service import open_service
    from tracker.pipeline.tables import rows_in

    configuration = load(config)
    service = open_service(configuration, state)
    with progress("reading rows", rows_in(table)) as step:
        outcome = import_table(service, table, datetime.now(UTC), form, step)
    typer.echo(f"{table}: {outcome.new_evidence} new rows of {outcome.seen_evidence}")
    _finish(service, outcome, quiet=True)


def backfill(
    documents: Annotated[list[str] | None, typer.Argument(metavar="PATH...")] = None,
    listed: ListOption = None,
    published: PublishedOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Old documents into the history; their order does not matter, and nobody is showered with old news."""
    from tracker.cli.progress import progress
    from tracker.config import load
    from tracker.pipeline.cycle import backfill as fill
    from tracker.pipeline.documents import documents_of
    from tracker.pipeline.service import open_service

    wanted = documents_of(documents or [], listed, published)
    configuration = load(config)
    service = open_service(configuration, state)
    with progress("reading documents", len(wanted)) as step:
        outcome = fill(service, wanted, datetime.now(UTC), step)
    for failure in (*outcome.failures, *outcome.asides):
        typer.echo(f"tracker: {failure}", err=True)
    read = len(wanted) - len(outcome.failures)
    typer.echo(f"{read} documents read, {outcome.new_evidence} new statements of {outcome.seen_evidence}")
    _finish(service, outcome, quiet=True)


def settle(service: Service, outcome: Outcome, *, quiet: bool = True, err: bool = False) -> bool:
    """Deliver what is due, write the report, show where things stand; whether a delivery is dead.

    ``quiet`` leaves the table of targets out; ``err`` says everything on standard error, where
    standard output is a program's.
    """
    from tracker.cli.printing import status_table
    from tracker.pipeline.deliver import deliver_due
    from tracker.pipeline.reporting import FOLDER, status_report, write_report

    tally = deliver_due(service)
    with service.store.read() as session:
        report = status_report(session, service, datetime.now(UTC))
    folder = service.folder / FOLDER
    # Always: a kill may have come between the last record and its report, and the days left pass by themselves.
    write_report(folder, service, report)
    if not quiet:
        status_table(report)
        typer.echo(f"{outcome.new_evidence} new statements, {len(outcome.alerts)} alerts")
    if tally.tried:
        typer.echo(f"notifications: {tally.sent} sent, {tally.again} will be tried again, {tally.dead} dead", err=err)
    for line in tally.errors:
        typer.echo(f"tracker: {line}", err=True)
    typer.echo(f"report: {folder / 'status.html'} (also .md, .json, .csv)", err=err)
    return tally.dead > 0


def _finish(service: Service, outcome: Outcome, *, quiet: bool = False) -> None:
    """Everything after recording; exit 1 for what failed in the world."""
    dead = settle(service, outcome, quiet=quiet)
    if outcome.failures or dead:
        raise typer.Exit(1)
