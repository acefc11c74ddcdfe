"""``status``, ``history`` and ``explain``: questions that change nothing."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from tracker.cli.options import (
    DEFAULT_CONFIG,
    DEFAULT_STATE,
    AsOfOption,
    ConfigOption,
    JsonOption,
    StateOption,
)


def register(app: typer.Typer) -> None:
    """Add the verbs of this family."""
    app.command()(status)
    app.command()(history)
    app.command()(explain)
    app.command()(assess)


def status(
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every target and where it stands."""
    from tracker.cli.printing import status_table
    from tracker.config import load
    from tracker.pipeline.cards import keep, status_answer
    from tracker.pipeline.reporting import status_report
    from tracker.pipeline.service import open_service

    day = parse_day(as_of)
    service = open_service(load(config), state)
    now = datetime.now(UTC)
    with service.store.read() as session:
        if as_json:
            answer = status_answer(session, service, now, day)
        else:
            report = status_report(session, service, now, as_of=day)
    if as_json:
        sys.stdout.write(answer.text)
        keep(service, answer.made)
    else:
        status_table(report)


def history(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR")],
    area: Annotated[str | None, typer.Option("--area", help="The area; default: every area that has figures.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for spreadsheets and nothing else.")] = False,
) -> None:
    """Observations, revisions and progress deltas of an indicator, oldest first."""
    from tracker.cli.printing import history_table
    from tracker.config import load
    from tracker.errors import UsageError
    from tracker.pipeline.history import change_of, history_csv, history_json, series_of
    from tracker.pipeline.service import open_service

    if as_json and as_csv:
        raise UsageError("give --json or --csv, not both")
    service = open_service(load(config), state)
    with service.store.read() as session:
        found = series_of(session, service, indicator, area, parse_day(as_of))
        if as_json:
            answer = history_json(session, service, found)
            sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
            return
    if as_csv:
        sys.stdout.write(history_csv(service, found))
        return
    if not any(series.observations for series in found):
        typer.echo(f"{indicator}: no figure has been recorded yet. `tracker run` reads the sources.")
    for series in found:
        if series.observations:
            title = f"{service.catalogue.indicator(indicator).name(service.language)} · {series.area}"
            history_table(series.observations, change_of(service, series), title, service.language)


def explain(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="An indicator's or a target's id.")],
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
    as_of: AsOfOption = None,
) -> None:
    """Why the status is what it is: the sum, the method, the quote, the snapshot."""
    from tracker.config import load
    from tracker.pipeline.explaining import explanation
    from tracker.pipeline.service import open_service

    service = open_service(load(config), state)
    with service.store.read() as session:
        typer.echo(explanation(session, service, indicator, datetime.now(UTC), parse_day(as_of)))


def assess(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A target's or an indicator's id; default: every target.")
    ] = None,
    what_if: Annotated[
        str | None,
        typer.Option("--what-if", metavar="value=…,period=…", help="The figure to suppose; default: the next period."),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    state: StateOption = DEFAULT_STATE,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where a target would stand with the next figure, and what that figure must be; records nothing."""
    from tracker.config import load
    from tracker.pipeline.service import open_service
    from tracker.pipeline.supposing import answer_json, answer_text, answers, parse_what_if

    wanted = parse_what_if(what_if)
    service = open_service(load(config), state)
    with service.store.read() as session:
        found = list(answers(session, service, id, wanted, datetime.now(UTC), parse_day(as_of)))
    if as_json:
        said = [answer_json(one, service.language) for one in found]
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        return
    typer.echo("\n\n".join(answer_text(one, service.language) for one in found))


def parse_day(text: str | None) -> date | None:
    """A day that a person wrote as 2022-10-01; None for none."""
    if text is None:
        return None
    from tracker.errors import UsageError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day; expected one as 2022-10-01") from None
