"""Everything that one running of the service works with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from tracker.config import Configuration
from tracker.domain.indicator import Catalogue
from tracker.domain.target import Target
from tracker.store import Store, open_store


@dataclass(frozen=True)
class Service:
    """A checked configuration and an open store; the state folder also holds the report."""

    configuration: Configuration
    store: Store
    folder: Path

    @cached_property
    def catalogue(self) -> Catalogue:
        """Areas and indicators."""
        return self.configuration.catalogue()

    @cached_property
    def catalogue_digest(self) -> str:
        """Changes when what is looked for changes: then unchanged documents are read once more."""
        selected = [(source.id, source.selection) for source in self.configuration.sources]
        return hashlib.sha256(repr((self.catalogue, selected)).encode()).hexdigest()

    @cached_property
    def versions(self) -> Mapping[str, tuple[Target, ...]]:
        """Every configured version of each target, oldest first, by id in the configuration's order."""
        found: dict[str, list[Target]] = {}
        for target in self.configuration.domain_targets():
            found.setdefault(target.id, []).append(target)
        return {id: tuple(sorted(every, key=lambda one: one.since or date.min)) for id, every in found.items()}

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """The newest version of each target by id: what it is about is the same in all of them."""
        return {id: every[-1] for id, every in self.versions.items()}

    @cached_property
    def targets_of(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The ids of the targets about each series."""
        found: dict[tuple[str, str], list[str]] = {}
        for id, target in self.targets.items():
            found.setdefault((target.indicator, target.area), []).append(id)
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def source_rank(self) -> Mapping[str, Mapping[str, int]]:
        """By indicator, whom the configuration declares to be believed first; the smaller, the more."""
        return {one.id: self.configuration.source_rank(one.id) for one in self.catalogue.indicators}

    @property
    def language(self) -> str:
        """The language of reports and messages."""
        return self.configuration.language

    def today(self, now: datetime) -> date:
        """The day of ``now`` in the service's time zone: deadlines are days there."""
        return now.astimezone(self.configuration.timezone).date()


def open_service(configuration: Configuration, folder: Path) -> Service:
    """Open the state; ``StateError`` where it cannot be read or written."""
    return Service(configuration, open_store(folder, configuration.database_url()), folder)
