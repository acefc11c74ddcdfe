"""What differs between two readings, for people: one statement a line, then the words that say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.text import Text

from tracker.cli.printing import console
from tracker.domain.figure import Figure, Qualifier
from tracker.language import say_kind
from tracker.language.readings import phrase, say_field
from tracker.report.as_page import say_figure

if TYPE_CHECKING:
    from tracker.pipeline.golden import Checked
    from tracker.pipeline.pairing import Difference, Line
    from tracker.pipeline.replay import Replay

SIGNS = {"new": ("+", "green"), "gone": ("-", "red"), "changed": ("~", "yellow")}
_UNTOLD = frozenset({"start", "end"})


def print_replay(replay: Replay, language: str, *, applied: bool) -> None:
    """Every document with its changes, then the sum."""
    out = console()
    if not replay.read and not replay.failures:
        out.print(phrase("nothing_stored", language), soft_wrap=True)
        return
    for document in replay.documents:
        _, source, doc = document.place
        head = Text(doc, style="bold")
        published = str(document.published.period) if document.published else None
        said = phrase("published", language) + f" {published}" if published else phrase("undated", language)
        head.append(f"  {source} · {said}" if source != doc else f"  {said}", style="dim")
        out.print(head, soft_wrap=True)
        for change in document.changes:
            note = phrase("decided", language) if change.decided else ""
            for line in told(change.difference, phrase(change.what, language), language, note):
                out.print(line, soft_wrap=True)
    counts = {what: replay.count(what) for what in SIGNS}
    key = "has_changed" if applied else "would_change"
    key = key if any(counts.values()) else "nothing_changes"
    out.print(phrase(key, language, documents=replay.read, same=replay.same, **counts), soft_wrap=True)


def print_checked(found: Sequence[Checked], language: str) -> None:
    """Every document with what is not as expected of it, then the sum."""
    out = console()
    for one in found:
        if one.failure is not None:
            continue
        doc = one.golden.document
        key = "golden_differs" if one.differences else "golden_same"
        head = phrase(key, language, doc=doc, count=len(one.golden.expected))
        out.print(Text(head, style="bold" if one.differences else "green"), soft_wrap=True)
        for difference in one.differences:
            word = "extra" if difference.was is None else "missing" if difference.now is None else "changed"
            for line in told(difference, phrase(word, language), language):
                out.print(line, soft_wrap=True)
    failed = sum(1 for one in found if one.failure is not None)
    differs = sum(1 for one in found if one.differences)
    same = len(found) - failed - differs
    said = phrase("golden_summary", language, documents=len(found), same=same, differs=differs, failed=failed)
    out.print(said, soft_wrap=True)


def told(one: Difference, word: str, language: str, note: str = "") -> Iterator[Text]:
    """A difference in two lines or three; ``word`` says what it is."""
    sign, colour = SIGNS["new" if one.was is None else "gone" if one.now is None else "changed"]
    line = one.now or one.was or {}
    first = Text(f"  {sign} {word}: ", style=colour)
    first.append(_statement(line, language), style="default")
    if note:
        first.append(f"  ({note})", style="bold")
    yield first
    if one.was is not None and one.now is not None:
        yield Text("      " + "; ".join(_field(name, one.was, one.now, language) for name in _shown(one)), style=colour)
    yield Text(f"      “{_one_line(str(line['quote']))}”", style="dim")


def _shown(one: Difference) -> list[str]:
    """The fields worth telling; a quote's place only where nothing else differs."""
    named = [name for name in one.fields if name not in _UNTOLD]
    return named or list(one.fields)


def _statement(line: Line, language: str) -> str:
    parts = [line["indicator"], line["area"], say_kind(line["kind"], language), _figure(line, language)]
    return " · ".join(str(part) for part in [*parts, line.get("period") or "–"])


def _field(name: str, was: Line, now: Line, language: str) -> str:
    return f"{say_field(name, language)}: {_value(name, was, language)} → {_value(name, now, language)}"


def _value(name: str, line: Line, language: str) -> str:
    value = line.get(name)
    if name == "value":
        return _figure(line, language)
    if name == "kind":
        return say_kind(str(value), language)
    if isinstance(value, bool):
        return phrase("yes" if value else "no", language)
    if name == "quote":
        return f"“{_one_line(str(value))}”"
    return "–" if value is None else str(value)


def _figure(line: Line, language: str) -> str:
    high = line.get("value_high")
    return say_figure(
        Figure(
            Decimal(str(line["value"])),
            str(line["unit"]),
            None if high is None else Decimal(str(high)),
            Qualifier(line["qualifier"]),
            line.get("of"),
        ),
        language,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
