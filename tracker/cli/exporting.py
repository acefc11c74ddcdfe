"""``export``: every published figure as a table, for other programs and for another state."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import DEFAULT_CONFIG, DEFAULT_STATE, ConfigOption, FormatOption, StateOption


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(export)


def export(
    indicators: Annotated[
        list[str] | None, typer.Argument(metavar="[INDICATOR...]", help="Default: every indicator.")
    ] = None,
    form: FormatOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to write it; default: standard output.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Every figure ever published, revised ones too, as a table that `import` makes the same history of."""
    from tracker.config import load
    from tracker.errors import UsageError
    from tracker.pipeline.service import open_service
    from tracker.pipeline.tables import format_named, write_table
    from tracker.store.files import atomic_write

    chosen = format_named(form, out)
    if out is None and chosen == "parquet":
        raise UsageError("Parquet is not for a screen; say where to write it with --out FILE")
    service = open_service(load(config), state)
    with service.store.read() as session:
        if out is None:
            write_table(session, service, indicators or [], chosen, sys.stdout.buffer)
            return
        content = io.BytesIO()
        write_table(session, service, indicators or [], chosen, content)
    atomic_write(out, content.getvalue())
    typer.echo(f"wrote {out}", err=True)
