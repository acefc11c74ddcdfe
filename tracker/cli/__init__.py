"""The command. Each family of verbs is one file; this one only runs them and ends them decently."""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from tracker.cli import (
    asking,
    configuring,
    cycling,
    discovering,
    exporting,
    reading,
    replaying,
    reviewing,
    telling,
)
from tracker.errors import ConfigurationError, TrackerError

app = typer.Typer(
    name="tracker",
    help="Reads stated figures out of documents, holds them against stated targets, and tells people what changed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from tracker import __version__

        typer.echo(f"tracker {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    pass


for family in (configuring, reading, discovering, cycling, exporting, replaying, asking, reviewing, telling):
    family.register(app)


def main() -> NoReturn:
    """Run the command line; every failure ends as one sentence and the exit code of its kind."""
    _speak_utf8()
    try:
        _run()
    except ConfigurationError as error:
        _end("\n".join(str(mistake) for mistake in error.mistakes) or str(error), error.exit_code)
    except TrackerError as error:
        _end(f"tracker: {error}", error.exit_code)
    except BrokenPipeError:
        _readers_left()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            _readers_left()
        raise
    except KeyboardInterrupt:
        _end("tracker: stopped", 130)
    except Exception as error:
        if os.environ.get("TRACKER_DEBUG"):
            raise
        _end(
            f"tracker: a fault of ours: {type(error).__name__}: {error}. Nothing half-done was kept. "
            "Set TRACKER_DEBUG=1 to see where, and please report it.",
            1,
        )
    sys.exit(0)


def _run() -> None:
    try:
        app()
    finally:
        # Now, and not when the interpreter ends: there a reader who left is an error nobody catches.
        sys.stdout.flush()


def _readers_left() -> NoReturn:
    """The reader of our output went away (`tracker status | head`): nothing is wrong with us."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _end(sentence: str, code: int) -> NoReturn:
    sys.stderr.write(sentence + "\n")
    sys.exit(code)


def _speak_utf8() -> None:
    """Vietnamese must come out whatever the locale says; what cannot is replaced, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
