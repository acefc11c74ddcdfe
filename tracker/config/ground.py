"""What the checks of a configuration share: the data as written, where each part stands, the ids there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.config.places import Findings, Loc, closest, listed
from tracker.config.values import tidy

Entry = Mapping[str, Any]


@dataclass(slots=True)
class Ground:
    """What the checks share. ``ids`` maps a section to its ids and where each stands."""

    data: Entry
    findings: Findings
    whole: bool
    ids: dict[str, dict[str, Loc]] = field(default_factory=dict)
    tracked: tuple[str, ...] = ()
    comparators: frozenset[str] = frozenset()
    indicators: dict[str, Entry] = field(default_factory=dict)

    def entries(self, section: str) -> Iterator[tuple[Loc, Entry]]:
        """The well-formed entries of a list section with their places."""
        entries = self.data.get(section)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                yield (section, index), entry

    def unknown(self, loc: Loc, id: str, section: str, noun: str) -> bool:
        """Whether ``id`` is not in ``section``; noted unless a file could not be read."""
        known = self.ids[section]
        if id in known:
            return False
        if self.whole:
            expected = f"expected one of {listed(known)}" if known else f"the section '{section}' has none"
            self.findings.add(loc, f"the {noun} '{id}' does not exist; {expected}{closest(id, known)}")
        return True


def text(entry: Entry, key: str) -> str | None:
    """The text at ``key`` in one spelling; None where there is none."""
    value = entry.get(key)
    return tidy(value) if isinstance(value, str) and value.strip() else None


def texts(entry: Entry, key: str) -> list[tuple[int, str]]:
    """The texts of the list at ``key`` with their indices."""
    value = entry.get(key)
    items = value if isinstance(value, list) else ()
    return [(index, tidy(item)) for index, item in enumerate(items) if isinstance(item, str) and item.strip()]
