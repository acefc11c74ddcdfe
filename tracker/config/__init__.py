"""The configuration: YAML in, a checked :class:`Configuration` out, or every mistake with its place.

Importing this package is cheap: pydantic and ruamel.yaml are imported at the first use of a door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tracker.config.configuration import Configuration

__all__ = ["Configuration", "json_schema", "load", "starter", "write_starter"]


def load(path: Path, *, environment: Mapping[str, str] | None = None) -> Configuration:
    """Read a YAML file, or a folder whose ``*.yaml`` files are merged in the order of their names.

    Lists of the same section are joined; a section that is no list may stand in one file only.
    ``environment`` (default: that of the process) is where secrets are looked up, at their use.

    Raises ``ConfigurationError`` with every mistake in order of file and place, and ``UsageError``
    where the file or folder cannot be read at all.
    """
    from tracker.config.loading import load_configuration

    return load_configuration(path, environment=environment)


def json_schema() -> dict[str, Any]:
    """The JSON schema of a configuration, for editors that complete and check while one types."""
    from tracker.config.schema import make_schema

    return make_schema()


def starter() -> str:
    """A commented configuration to begin with; valid as it stands."""
    from tracker.config.beginning import starter_text

    return starter_text()


def write_starter(folder: Path) -> list[Path]:
    """Write the starter, its example document and the schema for editors; the files written.

    Nothing is overwritten: ``UsageError`` names the file that is already there, and nothing is written.
    """
    from tracker.config.beginning import write_files

    return write_files(folder)


def __getattr__(name: str) -> Any:
    if name == "Configuration":
        from tracker.config.configuration import Configuration

        return Configuration
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
