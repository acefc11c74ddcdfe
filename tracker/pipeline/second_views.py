"""What a second reader says, in words for people and as data for programs."""

from __future__ import annotations

from typing import Any

from tracker.domain.observation import SecondView, SecondWord
from tracker.domain.statement import Kind, Statement
from tracker.language import say_kind
from tracker.language.readings import phrase
from tracker.pipeline.documents import DocumentReading


def with_views(reading: DocumentReading) -> list[tuple[Statement, dict[str, Any]]]:
    """Every statement with what the second reader has to do with it, for programs; proposals come last.

    ``word`` is ``agrees``, ``disputes``, ``proposes``, or ``silent`` where it said nothing usable.
    """
    heard = reading.heard
    found = []
    for at, statement in enumerate(reading.statements):
        view = heard.disputed.get(at) if heard else None
        word = "agrees" if heard and at in heard.agreed else "silent"
        found.append((statement, view_json(view) if view else {"word": word}))
    return [*found, *((statement, view_json(view)) for statement, view in (heard.proposals if heard else ()))]


def said_line(view: SecondView) -> str:
    """What a second reader says of a number, in one line: ``disputes: egdi-rank target``, ``disputes: none``."""
    said = f"{view.indicator} {view.kind}" if view.indicator is not None else "none"
    return f"{view.word}: {said}"


def view_json(view: SecondView) -> dict[str, Any]:
    """The same for programs; ``indicator`` and ``kind`` null where it sees no figure of anything tracked."""
    kind = view.kind.value if view.kind else None
    return {"word": view.word.value, "indicator": view.indicator, "kind": kind, "model": view.model}


def say_view(view: SecondView, indicator: str, kind: Kind, language: str) -> str:
    """What a second reader says of a statement of the rules, and what they do; or what it alone proposes."""
    seen = f"{view.indicator} · {say_kind(view.kind, language)}" if view.indicator and view.kind else ""
    seen = seen or phrase("no_figure", language)
    if view.word is SecondWord.PROPOSES:
        return phrase("proposed", language, model=view.model, seen=seen)
    rules = f"{indicator} · {say_kind(kind, language)}"
    return phrase("disputed", language, model=view.model, seen=seen, rules=rules)
