"""A checked configuration as a whole, with what follows from it: catalogue, targets, routes, the database."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr

from tracker.alerting.planning import Route
from tracker.config.meaning import make_catalogue, make_source_rank, make_targets
from tracker.config.settings import (
    AreaSettings,
    ChannelSettings,
    IndicatorSettings,
    NetworkSettings,
    RouteSettings,
    SecondReaderSettings,
    Section,
    Service,
    SourceSettings,
    TargetSettings,
)
from tracker.domain.indicator import Catalogue
from tracker.domain.target import Target


class Configuration(Section):
    """A checked configuration: every id in it exists, every value is of its kind."""

    service: Service = Field(default_factory=Service, description="The service itself.")
    network: NetworkSettings = Field(default_factory=NetworkSettings, description="What may be reached.")
    areas: tuple[AreaSettings, ...] = Field((), description="Whom figures can be about.")
    indicators: tuple[IndicatorSettings, ...] = Field(min_length=1, description="What is tracked.")
    targets: tuple[TargetSettings, ...] = Field((), description="What was promised.")
    sources: tuple[SourceSettings, ...] = Field((), description="Where documents come from.")
    channels: tuple[ChannelSettings, ...] = Field((), description="How people are told.")
    alerts: tuple[RouteSettings, ...] = Field((), description="Who is told what.")
    second_reader: SecondReaderSettings | None = Field(None, description="A model that reads beside the rules.")

    _environment: Mapping[str, str] = PrivateAttr(default_factory=lambda: os.environ)

    def in_environment(self, environment: Mapping[str, str]) -> Configuration:
        """The same, with secrets looked up in ``environment``."""
        copy = self.model_copy()
        copy._environment = environment  # noqa: SLF001 - our own, not yet handed out
        return copy

    def catalogue(self) -> Catalogue:
        """The areas and indicators, with every default and ``all`` worked out."""
        return self._catalogue

    def domain_targets(self) -> tuple[Target, ...]:
        """Every version of every target in the configuration's order, one for each area it is about."""
        return make_targets(self)

    def source_rank(self, indicator: str) -> Mapping[str, int]:
        """Whom to believe about an indicator: source id to place, the smaller the more trusted.

        Only what is declared is in it. ``KeyError`` where the indicator is not configured.
        """
        return make_source_rank(self, indicator)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return make_catalogue(self)

    @property
    def timezone(self) -> ZoneInfo:
        """The zone of deadlines, schedules and reports."""
        return ZoneInfo(self.service.timezone)

    @property
    def language(self) -> str:
        """``vi`` or ``en``."""
        return self.service.language

    @property
    def routes(self) -> tuple[Route, ...]:
        """Which alerts go to which channels, in the configuration's order."""
        return tuple(Route(frozenset(one.on), tuple(dict.fromkeys(one.to))) for one in self.alerts)

    @property
    def environment(self) -> Mapping[str, str]:
        """Where secrets are looked up at their use."""
        return self._environment

    def source(self, id: str) -> SourceSettings:
        """``KeyError`` where the id is not configured."""
        return next((one for one in self.sources if one.id == id), None) or _unknown(id)

    def channel(self, id: str) -> ChannelSettings:
        """``KeyError`` where the id is not configured."""
        return next((one for one in self.channels if one.id == id), None) or _unknown(id)

    def database_url(self) -> str | None:
        """The PostgreSQL to use, password included; None: SQLite in the state folder.

        ``TRACKER_DATABASE_URL`` in the environment goes before the file.
        """
        given = self._environment.get("TRACKER_DATABASE_URL", "").strip()
        configured = self.service.database_url
        return given or (configured.get_secret_value() if configured else None)


def _unknown(id: str) -> Any:
    raise KeyError(id)
