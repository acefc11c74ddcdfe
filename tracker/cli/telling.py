"""``report`` and ``alerts``: what people are told."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import (
    DEFAULT_CONFIG,
    DEFAULT_STATE,
    AsOfOption,
    ConfigOption,
    JsonOption,
    NoStateOption,
    StateOption,
)

alerts = typer.Typer(no_args_is_help=True, help="The ledger of alerts, and the channels that tell them.")


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(report)
    app.add_typer(alerts, name="alerts")


def report(
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
    as_of: AsOfOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to; default: report/ in the state.")
    ] = None,
) -> None:
    """Write the status report: status.md, .html, .json and .csv."""
    from tracker.cli.asking import parse_day
    from tracker.config import load
    from tracker.pipeline.reporting import FOLDER, status_report, write_report
    from tracker.pipeline.service import open_service

    day = parse_day(as_of)
    service = open_service(load(config), state)
    with service.store.read() as session:
        made = status_report(session, service, datetime.now(UTC), as_of=day)
    for path in write_report(out or state / FOLDER, service, made):
        typer.echo(str(path))


@alerts.command("list")
def list_(
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many, the newest.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """What happened, newest first, and how each notification is doing."""
    from tracker.cli.printing import alerts_table
    from tracker.config import load
    from tracker.pipeline.alert_ledger import alerts_json, recent
    from tracker.pipeline.service import open_service

    service = open_service(load(config), state)
    with service.store.read() as session:
        found = recent(session, limit)
    if as_json:
        sys.stdout.write(json.dumps(alerts_json(found), ensure_ascii=False, indent=1) + "\n")
    else:
        alerts_table(found)


@alerts.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A notification's id (msg_...) or an alert's key.")],
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
    as_json: JsonOption = False,
) -> None:
    """One alert or notification as it was told, with every try to deliver it."""
    from tracker.config import load
    from tracker.pipeline.alert_ledger import one_in_full, said_in_full
    from tracker.pipeline.service import open_service

    service = open_service(load(config), state)
    with service.store.read() as session:
        found = one_in_full(session, id)
    text = json.dumps(found, ensure_ascii=False, indent=1) if as_json else said_in_full(found)
    sys.stdout.write(text + "\n")


@alerts.command()
def test(
    channels: Annotated[
        list[str] | None, typer.Argument(metavar="[CHANNEL...]", help="Default: every channel.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: NoStateOption = DEFAULT_STATE,
) -> None:
    """Send a test message to each channel now; touches no state."""
    from tracker.config import load
    from tracker.pipeline.deliver import send_tests

    failed = False
    for channel, error in send_tests(load(config), channels or [], datetime.now(UTC)):
        failed = failed or error is not None
        typer.echo(f"{channel}: {'sent' if error is None else error}", err=error is not None)
    if failed:
        raise typer.Exit(1)
