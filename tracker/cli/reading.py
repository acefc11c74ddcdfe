"""``read``: what would be read out of these documents; touches no state."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import (
    DEFAULT_CONFIG,
    DEFAULT_STATE,
    ConfigOption,
    JsonOption,
    ListOption,
    NoStateOption,
    PublishedOption,
)
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.config import Configuration
    from tracker.pipeline.documents import DocumentReading, Wanted


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(read)


def read(
    documents: Annotated[list[str] | None, typer.Argument(metavar="PATH-OR-URL...")] = None,
    listed: ListOption = None,
    published: PublishedOption = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show the text with each reading marked, and why the other numbers were not read."
        ),
    ] = False,
    golden: Annotated[
        bool,
        typer.Option(
            "--save-golden",
            help="Keep what is read as what is expected: beside each document, or in the folder named after it.",
        ),
    ] = False,
    *,
    second: Annotated[
        bool,
        typer.Option("--second", help="Also ask the second reader; the call is kept in the state, nothing else is."),
    ] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    state: NoStateOption = DEFAULT_STATE,
    as_json: JsonOption = False,
) -> None:
    """Show what would be read out of documents, with the quote that proves it; touches no state."""
    from tracker.config import load
    from tracker.pipeline.documents import documents_of, read_each
    from tracker.pipeline.golden import refuse_addresses

    if golden and second:
        raise UsageError("--save-golden keeps what the rules read: leave out --second")
    places, folder = _golden_folder(documents or [], listed) if golden else (documents or [], None)
    wanted = documents_of(places, listed, published)
    if golden:
        refuse_addresses(wanted)
    configuration = load(config)
    readings = read_each(wanted, configuration, datetime.now(UTC))
    failed = False
    for one, reading in zip(wanted, _heard(readings, configuration, state) if second else readings, strict=True):
        if reading.failure is not None:
            failed = True
            typer.echo(f"tracker: {reading.failure}", err=True)
            continue
        if reading.aside is not None:
            failed = True
            typer.echo(f"tracker: {reading.name}: {reading.aside}", err=True)
        _show(reading, configuration.language, explain=explain, as_json=as_json, quiet=golden)
        if golden:
            _save(one, reading, folder, configuration.language)
    if failed:
        raise typer.Exit(1)


def _heard(readings: Iterable[DocumentReading], configuration: Configuration, state: Path) -> Iterator[DocumentReading]:
    """Each reading after the second reader, whether or not it is enabled: it was asked for by name."""
    from tracker.pipeline.second import configured, hear
    from tracker.pipeline.service import open_service

    configured(configuration)
    service = open_service(configuration, state)
    for reading in readings:
        yield asyncio.run(hear(service, reading, datetime.now(UTC)))


def _golden_folder(places: list[str], listed: Path | None) -> tuple[list[str], Path | None]:
    """The documents, and the folder that ``--save-golden DIR`` named after them: no document is a folder."""
    if places and (len(places) > 1 or listed is not None):
        last = Path(places[-1])
        if last.is_dir() or places[-1].endswith("/") or not (last.exists() or last.suffix):
            return places[:-1], last
    return places, None


def _show(reading: DocumentReading, language: str, *, explain: bool, as_json: bool, quiet: bool) -> None:
    from tracker.cli.marking import print_marked
    from tracker.cli.printing import print_second, statements_table
    from tracker.pipeline.exchange import rules_json, statement_json

    if as_json and reading.heard is not None:
        from tracker.pipeline.second_views import with_views

        for statement, view in with_views(reading):
            line = statement_json(statement) | ({"rules": rules_json(statement)} if explain else {})
            sys.stdout.write(json.dumps(line | {"second": view}, ensure_ascii=False) + "\n")
    elif as_json:
        for statement in reading.statements:
            line = statement_json(statement) | ({"rules": rules_json(statement)} if explain else {})
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    elif explain:
        print_marked(reading, language)
    elif not quiet:
        statements_table(reading, language)
    if reading.heard is not None and not as_json:
        print_second(reading.heard, language)


def _save(wanted: Wanted, reading: DocumentReading, folder: Path | None, language: str) -> None:
    from tracker.language.readings import phrase
    from tracker.pipeline.golden import save_golden

    path = save_golden(wanted, reading.statements, folder)
    typer.echo(phrase("golden_saved", language, count=len(reading.statements), path=path), err=True)
