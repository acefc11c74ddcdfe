"""``init`` and ``validate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import DEFAULT_CONFIG, ConfigOption


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(init)
    app.command()(validate)


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to write it.")] = DEFAULT_CONFIG,
) -> None:
    """Write a commented starter configuration of your own; never overwrites a file."""
    from tracker.config import write_starter

    for path in write_starter(folder):
        typer.echo(f"wrote {path}")
    typer.echo(f"Check it with: tracker validate --config {folder}")


def validate(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Check the whole configuration; every mistake with its file, line and column."""
    from tracker.config import load

    checked = load(config)
    typer.echo(
        f"{config}: in order. {len(checked.indicators)} indicators, {len(checked.targets)} targets, "
        f"{len(checked.sources)} sources, {len(checked.channels)} channels."
    )
