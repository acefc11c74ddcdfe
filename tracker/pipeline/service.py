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
    def targets(self) -> Mapping[str, Target]:
        """The targets by id, in the configuration's order."""
        return {target.id: target for target in self.configuration.domain_targets()}

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
