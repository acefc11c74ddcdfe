"""``replay``: every stored document read again with today's rules and catalogue."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from tracker.cli.options import DEFAULT_CONFIG, DEFAULT_STATE, ConfigOption, JsonOption, StateOption


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(replay)


def replay(
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
    apply: Annotated[
        bool, typer.Option("--apply", help="Record it: appended beside what is recorded, nothing is deleted.")
    ] = False,
    second: Annotated[
        bool,
        typer.Option("--second", help="Ask the second reader about documents of which no answer of it is kept."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read every stored document again with today's rules and configuration; print what would change.

    Records nothing without --apply. With it, statements read anew are recorded as evidence, what is
    read no more stops counting, and all alerts go out as one summary per channel.
    """
    from tracker.cli.cycling import settle
    from tracker.cli.differences import print_replay
    from tracker.cli.progress import progress
    from tracker.config import load
    from tracker.pipeline import replay as replaying
    from tracker.pipeline.service import open_service

    service = open_service(load(config), state)
    now = datetime.now(UTC)
    with progress("reading stored documents", replaying.stored_documents(service)) as step:
        reread = replaying.read_again(service, now, step, ask=second)
    outcome = None
    if apply:
        found, outcome = replaying.apply(service, reread, now)
    else:
        with service.store.read() as session:
            found = replaying.compare(session, service, reread)
    if as_json:
        answer = replaying.replay_json(found, applied=apply)
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    else:
        print_replay(found, service.language, applied=apply)
    for failure in (*dict.fromkeys(one.aside for one in reread if one.aside), *found.failures):
        typer.echo(f"tracker: {failure}", err=True)
    dead = outcome is not None and settle(service, outcome, err=as_json)
    if found.failures or dead:
        raise typer.Exit(1)
