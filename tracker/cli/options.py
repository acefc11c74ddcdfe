"""The options that more than one verb takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path,
    typer.Option("--config", envvar="TRACKER_CONFIG", help="A YAML file, or a folder whose *.yaml files are merged."),
]
StateOption = Annotated[
    Path,
    typer.Option("--state", envvar="TRACKER_STATE", help="The folder that holds everything learned so far."),
]
NoStateOption = Annotated[
    Path, typer.Option("--state", envvar="TRACKER_STATE", help="Taken as by every verb; this one touches no state.")
]
ListOption = Annotated[
    Path | None, typer.Option("--list", help='JSON Lines of {"path": ..., "published": "2021-12-22"} instead.')
]
PublishedOption = Annotated[
    str | None, typer.Option("--published", metavar="DATE", help="When a single document was published.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Answer with what was published by that day, as 2022-10-01."),
]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="csv, json, parquet or sdmx-csv; default: by the file's name."),
]

DEFAULT_CONFIG = Path("config")
DEFAULT_STATE = Path("state")
