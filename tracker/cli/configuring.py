"""``init`` and ``validate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import DEFAULT_CONFIG, DEFAULT_STATE, ConfigOption, NoStateOption


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


def validate(config: ConfigOption = DEFAULT_CONFIG, state: NoStateOption = DEFAULT_STATE) -> None:
    """Check the whole configuration; every mistake with its file, line and column."""
    from tracker.config import load
    from tracker.errors import ConfigurationError

    try:
        checked = load(config)
    except ConfigurationError as error:
        # Here the mistakes are the answer, as of every checker of files; elsewhere they go to standard error.
        typer.echo("\n".join(str(mistake) for mistake in error.mistakes) or str(error))
        raise typer.Exit(error.exit_code) from None
    typer.echo(
        f"{config}: in order. {len(checked.indicators)} indicators, {len(checked.targets)} targets, "
        f"{len(checked.sources)} sources, {len(checked.channels)} channels."
    )
