"""Golden files: what a user's own documents are expected to state, kept beside them.

``article.html.golden.jsonl`` holds one JSON line a statement, as ``tracker read --json`` prints it
without its confidence, in the order of the text. A first line ``{"document": …, "published": …}``
stands there only where the document lies elsewhere or its date was given by a person.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tracker.config import Configuration
from tracker.domain.indicator import Catalogue
from tracker.domain.statement import Kind, Published, Statement
from tracker.errors import StateError, UsageError
from tracker.pipeline.documents import Wanted, parse_published, read_wanted
from tracker.pipeline.exchange import statement_json
from tracker.pipeline.pairing import FIELDS, Difference, Line, differences
from tracker.store.files import atomic_write

ENDING = ".golden.jsonl"
_HEADER = frozenset({"document", "published"})
_KNOWN = frozenset({*FIELDS, "doc", "precision", "confidence"})
_TEXT = ("indicator", "area", "quote", "unit", "qualifier")
_NUMBERS = ("value", "start", "end")


@dataclass(frozen=True, slots=True)
class Golden:
    """A golden file as it was read: which document, dated how, stating what."""

    path: Path
    document: Path
    published: Published | None
    expected: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A document held against its golden file; in ``failure`` why it could not be read."""

    golden: Golden
    differences: tuple[Difference, ...] = ()
    failure: str | None = None


def golden_path(document: Path, folder: Path | None) -> Path:
    """Where the golden file of ``document`` belongs: beside it, or into ``folder``."""
    return (folder or document.parent) / f"{document.name}{ENDING}"


def save_golden(wanted: Wanted, statements: Iterable[Statement], folder: Path | None) -> Path:
    """Write what a document states as what is expected of it from now on; replaces an older golden file.

    ``UsageError`` where the file cannot be written.
    """
    document = Path(wanted.place)
    path = golden_path(document, folder)
    lines = [*_head(wanted, document, path), *map(_expected, _ordered(statements))]
    content = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(Path(os.path.normpath(path)), content.encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"the golden file {path} could not be written: {error.strerror}") from None
    except StateError as error:
        raise UsageError(f"the golden file: {error}") from None
    return path


def refuse_addresses(wanted: Sequence[Wanted]) -> None:
    """``UsageError`` for a document of the web: a page that changes is no fixed example."""
    for one in wanted:
        if one.is_address:
            raise UsageError(f"{one.place}: a golden file belongs to a file; save the page first, then read that")


def goldens_at(places: Sequence[Path]) -> list[Golden]:
    """The golden files at these paths: themselves, documents that have one, or all of a folder.

    ``UsageError`` tells every mistake in them at once, each with its line.
    """
    found: dict[Path, Golden] = {}
    mistakes: list[str] = []
    for place in places:
        for path in _files_at(place):
            try:
                found.setdefault(path, read_golden(path))
            except UsageError as error:
                mistakes.append(str(error))
    if mistakes:
        raise UsageError("\n".join(dict.fromkeys(mistakes)))
    return list(found.values())


def read_golden(path: Path) -> Golden:
    """One golden file; ``UsageError`` says what is wrong in which line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{path}: the golden file is not UTF-8") from None
    except OSError as error:
        raise UsageError(f"{path}: the golden file could not be read: {error.strerror}") from None
    document, published = path.with_name(path.name.removesuffix(ENDING)), None
    expected: list[Line] = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            entry = _entry(text)
            if not expected and set(entry) <= _HEADER:
                document = _beside(path, _text(entry, "document")) if "document" in entry else document
                published = parse_published(str(entry["published"])) if "published" in entry else None
            else:
                expected.append(_line(entry))
        except (ValueError, UsageError) as error:
            raise UsageError(f"{path}:{number}: {error}") from None
    return Golden(path, document, published, tuple(expected))


def check(golden: Golden, configuration: Configuration, catalogue: Catalogue, now: datetime) -> Checked:
    """Read the document again and hold it against what is expected."""
    reading = read_wanted(Wanted(str(golden.document), golden.published), configuration, catalogue, now)
    if reading.failure is not None:
        return Checked(golden, failure=f"{golden.path}: {reading.failure}")
    found = [_expected(one) for one in _ordered(reading.statements)]
    return Checked(golden, tuple(differences(golden.expected, found)))


def checked_json(found: Sequence[Checked]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "documents": [_checked_json(one) for one in found],
        "summary": {
            "documents": len(found),
            "same": sum(1 for one in found if not one.differences and one.failure is None),
            "differs": sum(1 for one in found if one.differences),
            "failed": sum(1 for one in found if one.failure is not None),
        },
    }


def _checked_json(one: Checked) -> dict[str, Any]:
    changed = [each for each in one.differences if each.was is not None and each.now is not None]
    return {
        "golden": str(one.golden.path),
        "document": str(one.golden.document),
        "failure": one.failure,
        "missing": [each.was for each in one.differences if each.now is None],
        "extra": [each.now for each in one.differences if each.was is None],
        "changed": [{"fields": list(each.fields), "was": each.was, "now": each.now} for each in changed],
    }


def _head(wanted: Wanted, document: Path, path: Path) -> list[dict[str, str]]:
    head = {}
    if path.parent.absolute() != document.parent.absolute():
        head["document"] = Path(os.path.relpath(document.absolute(), path.parent.absolute())).as_posix()
    if wanted.published is not None:
        head["published"] = str(wanted.published.period)
    return [head] if head else []


def _ordered(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda one: (one.start, one.end, one.indicator, one.area, one.kind, one.figure.value))


def _expected(statement: Statement) -> dict[str, Any]:
    line = statement_json(statement)
    del line["confidence"]
    return line


def _files_at(place: Path) -> list[Path]:
    if place.is_dir():
        found = sorted(place.rglob(f"*{ENDING}"))
        if not found:
            raise UsageError(f"{place}: the folder holds no *{ENDING}; `tracker read DOC --save-golden` writes one")
        return found
    if place.name.endswith(ENDING):
        if not place.exists():
            raise UsageError(f"{place}: there is no such golden file")
        return [place]
    beside = golden_path(place, None)
    if not beside.exists():
        raise UsageError(
            f"{place}: no golden file {beside.name} beside it; `tracker read {place} --save-golden` makes one"
        )
    return [beside]


def _beside(path: Path, document: str) -> Path:
    return Path(os.path.normpath(path.parent / document))


def _entry(text: str) -> dict[str, Any]:
    try:
        entry = json.loads(text)
    except ValueError:
        raise ValueError("not JSON; expected one statement as `tracker read --json` prints it") from None
    if not isinstance(entry, dict):
        raise ValueError(  # noqa: TRY004 - a mistake in a file
            "no JSON object; expected one statement as `tracker read --json` prints it"
        )
    return entry


def _line(entry: dict[str, Any]) -> Line:
    if unknown := sorted(set(entry) - _KNOWN):
        raise ValueError(f"unknown key {unknown[0]!r}; expected the keys that `tracker read --json` prints")
    if missing := [name for name in FIELDS if name not in entry]:
        raise ValueError(f"the key {missing[0]!r} is missing; expected the keys that `tracker read --json` prints")
    for name in _TEXT:
        _text(entry, name)
    for name in _NUMBERS:
        if isinstance(entry[name], bool) or not isinstance(entry[name], int | float):
            raise ValueError(f"{name}: expected a number, {entry[name]!r} came")  # noqa: TRY004
    if entry["kind"] not in list(Kind):
        raise ValueError(f"kind: expected one of {', '.join(Kind)}, {entry['kind']!r} came")
    return {name: value for name, value in entry.items() if name != "confidence"}


def _text(entry: dict[str, Any], name: str) -> str:
    if not isinstance(entry[name], str) or not entry[name]:
        raise ValueError(f"{name}: expected a text, {entry[name]!r} came")
    return str(entry[name])
