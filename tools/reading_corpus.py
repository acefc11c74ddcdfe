"""Labelled documents for training and measuring the reader.

A folder holds ``tracker.yaml``, ``labels.jsonl`` and its documents (in ``docs/`` or beside them);
``docs.jsonl`` gives their dates where it exists.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published

Label = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """One labelled document."""

    pack: str
    name: str
    content: bytes
    published: Published | None
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True)
class Pack:
    """The documents of one folder with the catalogue they are read with."""

    name: str
    catalogue: Catalogue
    texts: list[Text]


def load_catalogue(path: Path) -> Catalogue:
    """Areas and indicators of a configuration file."""
    config = YAML(typ="safe").load(path.read_text("utf-8"))
    areas = tuple(
        Area(str(a["id"]), tuple(str(n) for n in a["names"]), bool(a.get("comparator"))) for a in config["areas"]
    )
    tracked = frozenset(area.id for area in areas if not area.comparator)
    return Catalogue(areas, tuple(_indicator(i, tracked) for i in config["indicators"]))


def _indicator(entry: dict[str, Any], tracked: frozenset[str]) -> Indicator:
    name = entry["name"]
    names = tuple(name.items()) if isinstance(name, dict) else (("vi", str(name)),)
    scope = entry.get("scope") or [entry["area"]]
    return Indicator(
        entry["id"],
        names,
        tuple(str(a) for a in entry.get("aliases", ())),
        Unit(entry["unit"]),
        Better(entry["better"]),
        entry.get("area"),
        tracked if scope == "all" else frozenset(scope),
    )


def load_pack(folder: Path) -> Pack:
    """Every document of a folder with its labels."""
    labels: dict[str, list[Label]] = {}
    for row in _lines(folder / "labels.jsonl"):
        labels.setdefault(row["doc"], []).append(row)
    dates = {row["doc"]: row["published"] for row in _lines(folder / "docs.jsonl")}
    docs = folder / "docs" if (folder / "docs").is_dir() else folder
    texts = []
    for path in sorted(docs.iterdir()):
        if path.suffix in (".txt", ".html"):
            own = labels.get(path.name, [])
            date = dates.get(path.name) or (own[0].get("published") if own else None)
            when = Published(Period.parse(date), "given") if date else None
            texts.append(Text(folder.name, path.name, path.read_bytes(), when, own))
    return Pack(folder.name, load_catalogue(folder / "tracker.yaml"), texts)


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
