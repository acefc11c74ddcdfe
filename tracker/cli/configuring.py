"""``init`` and ``validate``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import DEFAULT_CONFIG, DEFAULT_STATE, ConfigOption, NoStateOption

if TYPE_CHECKING:
    from tracker.config import Configuration


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(init)
    app.command()(validate)


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where to write it; default: where --config points.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: NoStateOption = DEFAULT_STATE,
) -> None:
    """Write a commented starter configuration of your own; never overwrites a file."""
    from tracker.config import write_starter

    if folder is None:
        folder = config.parent if config.suffix in (".yaml", ".yml") else config
    for path in write_starter(folder):
        typer.echo(f"wrote {path}")
    typer.echo(f"Check it with: tracker validate --config {folder}")


def validate(
    golden: Annotated[
        list[Path] | None,
        typer.Option(
            "--golden",
            metavar="PATH...",
            help="Read again what has a golden file: such files, documents, folders.",
        ),
    ] = None,
    more: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH...]", help="More of --golden.", hidden=True)
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: NoStateOption = DEFAULT_STATE,
    as_json: Annotated[bool, typer.Option("--json", help="With --golden: print JSON and nothing else.")] = False,
) -> None:
    """Check the whole configuration; every mistake with its file, line and column.

    With --golden, documents are read again and held against what is expected of them: exit 1 where
    anything differs.
    """
    from tracker.config import load
    from tracker.errors import ConfigurationError, UsageError

    try:
        checked = load(config)
    except ConfigurationError as error:
        # Here the mistakes are the answer, as of every checker of files; elsewhere they go to standard error.
        typer.echo("\n".join(str(mistake) for mistake in error.mistakes) or str(error))
        raise typer.Exit(error.exit_code) from None
    if golden:
        _check_golden([*golden, *(more or [])], checked, as_json=as_json)
        return
    if more or as_json:
        raise UsageError("documents and --json go with --golden: tracker validate --golden PATH...")
    typer.echo(
        f"{config}: in order. {len(checked.indicators)} indicators, {len(checked.targets)} targets, "
        f"{len(checked.sources)} sources, {len(checked.channels)} channels."
    )


def _check_golden(places: list[Path], configuration: Configuration, *, as_json: bool) -> None:
    from tracker.cli.differences import print_checked
    from tracker.cli.progress import progress
    from tracker.pipeline.golden import check, checked_json, goldens_at

    goldens = goldens_at(places)
    catalogue = configuration.catalogue()
    found = []
    with progress("reading documents", len(goldens)) as step:
        for one in goldens:
            found.append(check(one, configuration, catalogue, datetime.now(UTC)))
            step()
    if as_json:
        sys.stdout.write(json.dumps(checked_json(found), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    else:
        print_checked(found, configuration.language)
    for document in found:
        if document.failure is not None:
            typer.echo(f"tracker: {document.failure}", err=True)
    if any(document.differences or document.failure for document in found):
        raise typer.Exit(1)
