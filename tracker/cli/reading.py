"""``read``: what would be read out of these documents; touches no state."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import DEFAULT_CONFIG, DEFAULT_STATE, ConfigOption, JsonOption, NoStateOption


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(read)


def read(
    documents: Annotated[list[str] | None, typer.Argument(metavar="PATH-OR-URL...")] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--list", help='JSON Lines of {"path": ..., "published": "2021-12-22"} instead.'),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="When a single document was published.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: NoStateOption = DEFAULT_STATE,
    as_json: JsonOption = False,
) -> None:
    """Show what would be read out of documents, with the quote that proves it; touches no state."""
    from tracker.cli.printing import statements_table
    from tracker.config import load
    from tracker.pipeline.documents import documents_of, read_each
    from tracker.pipeline.exchange import statement_json

    wanted = documents_of(documents or [], listed, published)
    configuration = load(config)
    failed = False
    for reading in read_each(wanted, configuration):
        if reading.failure is not None:
            failed = True
            typer.echo(f"tracker: {reading.failure}", err=True)
        elif as_json:
            for statement in reading.statements:
                sys.stdout.write(json.dumps(statement_json(statement), ensure_ascii=False) + "\n")
        else:
            statements_table(reading, configuration.language)
    if failed:
        raise typer.Exit(1)
