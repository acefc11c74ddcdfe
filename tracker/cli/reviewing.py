"""``review``: what waits for a person, and the person's word."""

from __future__ import annotations

import getpass
import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from tracker.cli.options import DEFAULT_CONFIG, DEFAULT_STATE, ConfigOption, JsonOption, StateOption

review = typer.Typer(no_args_is_help=True, help="What waits for a person: doubtful figures and conflicts.")

IdArgument = Annotated[int, typer.Argument(metavar="ID", help="The number that `review list` shows.", min=1)]
NoteOption = Annotated[str, typer.Option("--note", help="Why; kept with the decision.")]
WhoOption = Annotated[str | None, typer.Option("--who", envvar="TRACKER_WHO", help="Who decides; default: your login.")]


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.add_typer(review, name="review")


@review.command("list")
def list_(
    config: ConfigOption = DEFAULT_CONFIG, state: StateOption = DEFAULT_STATE, as_json: JsonOption = False
) -> None:
    """Doubtful figures and conflicts, each with its quote."""
    from tracker.cli.printing import review_table
    from tracker.config import load
    from tracker.pipeline.reviewing import waiting, waiting_json
    from tracker.pipeline.service import open_service

    service = open_service(load(config), state)
    with service.store.read() as session:
        found = list(waiting(session, service))
    if as_json:
        sys.stdout.write(json.dumps([waiting_json(one) for one in found], ensure_ascii=False, indent=1) + "\n")
    else:
        review_table(found, service.language)


@review.command()
def accept(
    id: IdArgument,
    note: NoteOption = "",
    who: WhoOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Take this figure: it is used from now on, also against what another source says."""
    _decide("accept", id, note, who, config, state)


@review.command()
def reject(
    id: IdArgument,
    note: NoteOption = "",
    who: WhoOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Refuse this figure: it stays in the record and is never used."""
    _decide("reject", id, note, who, config, state)


def _decide(verdict: str, id: int, note: str, who: str | None, config: ConfigOption, state: StateOption) -> None:
    from tracker.config import load
    from tracker.domain.observation import Decision, Verdict
    from tracker.pipeline.reviewing import decide
    from tracker.pipeline.service import open_service

    service = open_service(load(config), state)
    now = datetime.now(UTC)
    name = who or getpass.getuser()
    piece = decide(service, Decision(id, Verdict(verdict), name, now, note), now)
    typer.echo(f"{verdict}ed by {name}: {piece.indicator}, {piece.area}, {piece.period}: “{piece.quote}”")
