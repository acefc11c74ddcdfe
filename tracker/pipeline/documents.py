"""Documents that a person names on the command line: which ones, and what they state."""

from __future__ import annotations

import asyncio
import glob
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.config import Configuration
from tracker.domain.indicator import Catalogue
from tracker.domain.period import Period
from tracker.domain.source import Fetched
from tracker.domain.statement import Published, Statement
from tracker.errors import UsageError, WorldError
from tracker.fetch import FileSource, HttpSource, read
from tracker.net import Allowance, ClientSettings

if TYPE_CHECKING:
    from tracker.extract import Reading
    from tracker.extract.documents import Selection
    from tracker.second import Heard


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document somebody asked for. ``place`` is a path or an address."""

    place: str
    published: Published | None = None

    @property
    def is_address(self) -> bool:
        """Whether it is to be fetched from the web."""
        return self.place.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What a document states, or in ``failure`` the sentence why it could not be read.

    ``heard``: what a second reader made of it, where it was asked; ``aside``: the sentence why it was asked in vain.
    """

    name: str
    statements: tuple[Statement, ...] = ()
    published: Published | None = None
    fetched: Fetched | None = None
    reading: Reading | None = None
    failure: str | None = None
    heard: Heard | None = None
    aside: str | None = None

    @property
    def sha256(self) -> str | None:
        """The address of the document in the store."""
        return hashlib.sha256(self.fetched.content).hexdigest() if self.fetched else None


def documents_of(places: Sequence[str], listed: Path | None, published: str | None) -> list[Wanted]:
    """What the arguments of ``read`` and ``backfill`` ask for; ``UsageError`` where they make no sense."""
    if listed is not None:
        if places or published:
            raise UsageError("--list names the documents and their dates: give no other document and no --published")
        return _listed(listed)
    if not places:
        raise UsageError("name at least one document (a path or an address), or a list with --list FILE")
    if published is not None and len(places) > 1:
        raise UsageError("--published dates a single document; use --list to date several")
    date = parse_published(published) if published is not None else None
    return [Wanted(place, date) for place in places]


def parse_published(text: str) -> Published:
    """A publication date given by a person: a day, a month or a year."""
    try:
        return Published(Period.parse(text), "given")
    except ValueError:
        raise UsageError(
            f"{text!r} is no publication date; expected a day as 2021-12-22, or 2021-12, or 2021"
        ) from None


def _listed(path: Path) -> list[Wanted]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the list {path} could not be read: {_why(error)}") from None
    wanted = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            wanted.append(_entry(line, f"{path}:{number}", path.parent))
    return wanted


def _entry(line: str, where: str, folder: Path) -> Wanted:
    expected = 'expected {"path": "…", "published": "2021-12-22"} (published may be left out)'
    try:
        entry = json.loads(line)
    except ValueError:
        raise UsageError(f"{where}: not JSON; {expected}") from None
    if not isinstance(entry, dict) or not isinstance(entry.get("path"), str) or not entry["path"]:
        raise UsageError(f"{where}: no path; {expected}")
    if unknown := sorted(set(entry) - {"path", "published"}):
        raise UsageError(f"{where}: unknown key {unknown[0]!r}; {expected}")
    published = entry.get("published")
    place = entry["path"]
    if not place.startswith(("http://", "https://")):
        # Beside the list as the configuration's paths are beside it; else where the command runs.
        beside = folder / place
        place = str(beside) if beside.exists() else place
    try:
        return Wanted(place, parse_published(str(published)) if published is not None else None)
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from None


def read_each(wanted: Sequence[Wanted], configuration: Configuration, now: datetime) -> Iterator[DocumentReading]:
    """Read the documents one after another, in order; a failure is a reading with its sentence."""
    catalogue = configuration.catalogue()
    for one in wanted:
        yield read_wanted(one, configuration, catalogue, now)


def read_wanted(wanted: Wanted, configuration: Configuration, catalogue: Catalogue, now: datetime) -> DocumentReading:
    """Fetch and read one document; never raises for what is wrong with the document."""
    try:
        fetched = _fetch(wanted, configuration, now)
        return read_fetched(fetched, catalogue, wanted.published)
    except WorldError as error:
        return DocumentReading(wanted.place, failure=str(error))


def read_fetched(
    fetched: Fetched,
    catalogue: Catalogue,
    published: Published | None = None,
    selection: Selection | None = None,
) -> DocumentReading:
    """What a fetched document states; ``SourceRejected`` where it is no readable document.

    ``selection`` is what of it is read; one that matches nothing is a refusal, never a document without figures.
    """
    from tracker.extract import read_bytes

    reading = read_bytes(
        fetched.content,
        fetched.name,
        catalogue,
        media_type=fetched.media_type,
        charset=fetched.charset,
        published=published,
        selection=selection,
    )
    return DocumentReading(fetched.name, tuple(reading.statements), reading.document.published, fetched, reading)


def _fetch(wanted: Wanted, configuration: Configuration, now: datetime) -> Fetched:
    source: FileSource | HttpSource
    if wanted.is_address:
        source = HttpSource(wanted.place, wanted.place)
    else:
        source = FileSource(wanted.place, glob.escape(wanted.place))
    settings = ClientSettings(allowance=Allowance.of(str(one) for one in configuration.network.allow))
    checked = asyncio.run(read(source, {}, now, settings))
    if checked.errors:
        raise checked.errors[0]
    fetched = checked.documents[0]
    # Kept with the snapshot, so that a replay knows it too.
    return replace(fetched, published=wanted.published.period) if wanted.published else fetched


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
