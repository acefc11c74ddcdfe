"""``discover``: what documents state that the configuration does not track yet."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

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


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(discover)


def discover(
    documents: Annotated[list[str] | None, typer.Argument(metavar="PATH-OR-URL...")] = None,
    listed: ListOption = None,
    published: PublishedOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: NoStateOption = DEFAULT_STATE,
    as_json: JsonOption = False,
) -> None:
    """Show indicators and targets that documents state and that are not tracked yet, as YAML to paste.

    Only what has a clear name is shown, the best proven first; the sentences that prove it stand above.
    """
    from tracker.cli.progress import progress
    from tracker.config import load
    from tracker.discover import discover as find
    from tracker.discover import to_json, to_yaml
    from tracker.language.readings import phrase
    from tracker.pipeline.documents import documents_of, read_each

    wanted = documents_of(documents or [], listed, published)
    configuration = load(config)
    readings, failed = [], False
    with progress("reading documents", len(wanted)) as step:
        for one in read_each(wanted, configuration, datetime.now(UTC)):
            step()
            if one.failure is not None:
                failed = True
                typer.echo(f"tracker: {one.failure}", err=True)
            elif one.reading is not None:
                readings.append(one.reading)
    catalogue = configuration.catalogue()
    found = find(readings, catalogue, configuration.domain_targets())
    if as_json:
        sys.stdout.write(json.dumps(to_json(found), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    elif found.indicators or found.targets:
        sys.stdout.write(to_yaml(found, catalogue, configuration.language))
    else:
        # A comment, so that the answer can be written to a file of the configuration whatever it is.
        sys.stdout.write(f"# {phrase('discovered_nothing', configuration.language)}\n")
    if failed:
        raise typer.Exit(1)
