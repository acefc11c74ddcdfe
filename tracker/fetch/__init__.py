"""Readers: from a source to the documents that are new in it.

A source kind is one file and one line in ``READERS``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from tracker.fetch.files import FileSource, read_files
from tracker.fetch.found import Checked, Known, digest
from tracker.fetch.web import HttpSource, read_web
from tracker.net import ClientSettings

Source = FileSource | HttpSource

READERS: Mapping[str, Callable[[Any, Mapping[str, Known], datetime, ClientSettings], Awaitable[Checked]]] = {
    "file": read_files,
    "http": read_web,
}

__all__ = ["READERS", "Checked", "FileSource", "HttpSource", "Known", "Source", "digest", "read"]


async def read(source: Source, known: Mapping[str, Known], now: datetime, settings: ClientSettings) -> Checked:
    """Check one source. ``known`` says, by address, what we have; nothing that fails is raised."""
    return await READERS[source.kind](source, known, now, settings)
