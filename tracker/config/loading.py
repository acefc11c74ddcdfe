"""Files -> one merged tree -> a checked configuration, or every mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tracker.config.checks import check_all
from tracker.config.configuration import Configuration
from tracker.config.places import Findings, Loc, Spot
from tracker.config.sentences import tell_errors
from tracker.config.settings import ChannelSettings, SourceSettings
from tracker.config.tree import read_tree
from tracker.errors import ConfigurationError, UsageError

MAX_BYTES = 16 * 1024 * 1024
LIST_SECTIONS = ("areas", "indicators", "targets", "sources", "channels", "alerts")


@dataclass(slots=True)
class _Merged:
    """The sections of all files as one; ``folders`` holds where each, and each entry of a list, was written."""

    data: dict[str, Any] = field(default_factory=dict)
    folders: dict[Loc, Path] = field(default_factory=dict)
    whole: bool = True


def load_configuration(path: Path, *, environment: Mapping[str, str] | None = None) -> Configuration:
    """See :func:`tracker.config.load`."""
    findings = Findings()
    merged = _Merged()
    for file in _files(path):
        findings.order[str(file)] = len(findings.order)
        own = Findings(order={str(file): 0})
        data = _read(file, own)
        _merge(data, file, own, merged, findings)
        findings.mistakes += own.mistakes
    configuration = _check(merged, findings)
    if configuration is None or findings.mistakes:
        raise ConfigurationError(findings.sorted())
    placed = _place(configuration, merged.folders)
    return placed if environment is None else placed.in_environment(environment)


def _files(path: Path) -> list[Path]:
    try:
        if path.is_dir():
            files = sorted(file for file in path.glob("*.yaml") if not file.name.startswith("."))
            if not files:
                raise UsageError(f"{path}: the folder holds no *.yaml file; expected a configuration")
            return files
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; expected a configuration")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read: {_reason(error)}") from None
    return [path]


def _read(file: Path, findings: Findings) -> dict[str, Any] | None:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        findings.note(str(file), Spot(1, 1), "", f"cannot be read: {_reason(error)}")
        return None
    if len(content) > MAX_BYTES:
        text = f"the file is larger than {MAX_BYTES // 1024 // 1024} MB; expected a configuration"
        findings.note(str(file), Spot(1, 1), "", text)
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = (
            before.count(b"\n") + 1,
            len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1,
        )
        wrong = "the text is not UTF-8; expected a file saved as UTF-8"
        findings.note(str(file), Spot(line, column), "", wrong)
        return None
    return read_tree(text, str(file), findings)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or "unknown reason") if isinstance(error, OSError) else str(error)


def _merge(data: dict[str, Any] | None, file: Path, own: Findings, merged: _Merged, findings: Findings) -> None:
    """Add the sections of ``file``; its ``own`` places move to where its entries went."""
    if data is None:
        merged.whole = False
        return
    folder = file.absolute().parent
    moves: dict[str, int] = {}
    for section, value in data.items():
        there = merged.data.get(section)
        if there is None:
            moves[section] = 0
            merged.data[section] = value
            merged.folders[(section,)] = folder
        elif value is None:
            continue
        elif section in LIST_SECTIONS and isinstance(value, list) and isinstance(there, list):
            moves[section] = len(there)
            there.extend(value)
        else:
            earlier = findings.where((section,))
            own.add(
                (section,),
                f"the section '{section}' is written twice; it already stands at {earlier}",
                at_key=True,
            )
            continue
        for index in range(len(value) if isinstance(value, list) else 0):
            merged.folders[(section, moves[section] + index)] = folder
    _move_places(own, moves, findings)


def _move_places(own: Findings, moves: dict[str, int], findings: Findings) -> None:
    for loc, place in own.places.items():
        if not loc:
            findings.places.setdefault((), place)
        elif loc[0] in moves:
            index = loc[1] + moves[str(loc[0])] if len(loc) > 1 and isinstance(loc[1], int) else None
            moved = loc if index is None else (loc[0], index, *loc[2:])
            findings.places.setdefault(moved, place)


def _check(merged: _Merged, findings: Findings) -> Configuration | None:
    """The configuration, or None; ``findings`` learns what is wrong either way."""
    data = {section: value for section, value in merged.data.items() if value is not None}
    _tell_empty(data, (), findings)
    configuration = None
    try:
        configuration = Configuration.model_validate(data)
    except ValidationError as error:
        tell_errors(error, findings, whole=merged.whole)
    check_all(data, findings, whole=merged.whole)
    return configuration


def _tell_empty(value: Any, loc: Loc, findings: Findings) -> None:
    """A key or item without a value is a mistake: what was meant cannot be known."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in entries:
        if part is None:
            findings.add((*loc, step), _no_value(step), at_key=True)
        else:
            _tell_empty(part, (*loc, step), findings)


def _no_value(step: str | int) -> str:
    if " " in str(step):  # {note: one, two} is the note "one" and a key "two"
        return "has no value; expected quotes around a text that holds a comma or colon"
    return "has no value; expected one, or to leave it out"


def _place(configuration: Configuration, folders: dict[Loc, Path]) -> Configuration:
    """Relative paths become absolute, each from the folder of the file that names it."""
    sources: list[SourceSettings] = [
        source.at(folders[("sources", index)]) for index, source in enumerate(configuration.sources)
    ]
    channels: list[ChannelSettings] = [
        channel.at(folders[("channels", index)]) for index, channel in enumerate(configuration.channels)
    ]
    second = configuration.second_reader
    update = {
        "sources": tuple(sources),
        "channels": tuple(channels),
        "second_reader": second.at(folders[("second_reader",)]) if second else None,
    }
    return configuration.model_copy(update=update)
