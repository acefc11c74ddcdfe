"""Everything that one running of the service works with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from tracker.config import Configuration
from tracker.domain.indicator import Catalogue, Indicator
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
        looked_for = [_in_order(indicator) for indicator in self.catalogue.indicators]
        return hashlib.sha256(repr((self.catalogue.areas, looked_for, selected)).encode()).hexdigest()

    @cached_property
    def memory(self) -> dict[Any, Any]:
        """What is not to be worked out twice while this process runs; whoever puts something in says for how long."""
        return {}

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """By indicator, a hash of all that the configuration says about its figures and targets."""
        about: dict[str, list[str]] = {}
        for versions in self.versions.values():
            about.setdefault(versions[0].indicator, []).append(repr(versions))
        common = repr((self.language, self.configuration.service.deadline_days))
        return {
            one.id: hashlib.sha256(
                repr((common, _in_order(one), sorted(self.source_rank[one.id].items()), about.get(one.id))).encode()
            ).hexdigest()
            for one in self.catalogue.indicators
        }

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


def _in_order(indicator: Indicator) -> tuple[str, list[str]]:
    """The same text in every process: a set has another order in each."""
    return repr(replace(indicator, scope=frozenset())), sorted(indicator.scope)


def open_service(configuration: Configuration, folder: Path) -> Service:
    """Open the state; ``StateError`` where it cannot be read or written."""
    return Service(configuration, open_store(folder, configuration.database_url()), folder)
