"""The status as JSON, put together from one card a series, so that it costs by what moved and not by what is known.

A card holds the lines of one series and of its targets for one day. It is used only where its *seal* is
right: a hash over the card itself, the version of the series (which the database counts up with every
piece of evidence, every person's word and every rereading), the day, all that the configuration says
of the series, and the very code that makes cards. Whatever of these is another, the series is worked out
again from its evidence. A state as of a past day is always worked out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session

import tracker
from tracker.domain.observation import Series
from tracker.errors import StateError
from tracker.pipeline.reporting import report_of, sources_of, status_report
from tracker.pipeline.service import Service
from tracker.pipeline.view import Held, Key, View, hold, known_keys, one_series
from tracker.report import to_json
from tracker.report.as_json import groups_json
from tracker.store import cards
from tracker.store.cards import SeriesCard

#: The rooms that decide what a card says; another byte in any of them voids every card.
MAKERS = ("domain", "language", "series", "assess", "report", "store", "pipeline")
#: Seconds that a question waits to keep the cards it made, where somebody else is writing.
PATIENCE = 0.05
MEMORY = "cards"
NO_TIME = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands on a card: JSON of the series, and of each of its targets by id."""

    indicator: str
    targets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` is JSON; ``made`` are the cards that had to be made for it and are worth keeping."""

    text: str
    made: tuple[SeriesCard, ...] = ()


def status_answer(session: Session, service: Service, now: datetime, as_of: date | None = None) -> Answer:
    """``tracker status --json`` as of today, or as of a day with what was published by then."""
    if as_of is not None:
        found = to_json(status_report(session, service, now, as_of=as_of, since=False))
        dumped = {name: [_dumped(one) for one in found[name]] for name in ("targets", "indicators")}
        return Answer(_joined(as_of, dumped["targets"], found["groups"], dumped["indicators"], found["sources"]))
    day = service.today(now)
    keys = known_keys(session, service)
    lines, made = _lines_of(session, service, keys, day)
    targets = {id: text for key in keys for id, text in lines[key].targets.items()}
    found = to_json(replace(report_of(service, View({}, {}), day, now), sources=sources_of(session, service)))
    ordered = [id for id in service.targets if id in targets]
    grouped = (id for id in ordered if any(version.group is not None for version in service.versions[id]))
    groups = groups_json(json.loads(targets[id]) for id in grouped)
    indicators = [lines[key].indicator for key in keys]
    return Answer(_joined(day, [targets[id] for id in ordered], groups, indicators, found["sources"]), made)


def _lines_of(
    session: Session, service: Service, keys: Sequence[Key], day: date
) -> tuple[dict[Key, Lines], tuple[SeriesCard, ...]]:
    """What stands on the cards of ``keys``: out of memory, as kept, or else made now; and those made now."""
    marks = cards.series_marks(session)
    known: dict[Any, Lines] = service.memory.setdefault(MEMORY, {})
    names = {
        key: (grounds(service, marks.get(key) or SeriesCard(*key), day), marks[key].seal if key in marks else None)
        for key in keys
    }
    found = {key: known[name] for key, name in names.items() if name[1] is not None and name in known}
    kept = cards.series_cards(session, (key for key in keys if key not in found))
    made = []
    for key in keys:
        if key in found:
            continue
        card = kept.get(key) or SeriesCard(*key)
        if card.text is None or card.seal != seal(service, card, day):
            series = one_series(session, service, key)
            card = make_card(service, card, series, hold(service, {key: series}, day), day)
            made.append(card)
        found[key] = Lines(**json.loads(card.text or ""))
    service.memory[MEMORY] = {name: found[key] for key, name in names.items() if name[1] is not None}
    return found, tuple(made)


def keep(service: Service, made: Iterable[SeriesCard]) -> None:
    """Keep cards that a question had to make; not while somebody else writes, and not at any price."""
    made = list(made)
    if made:
        with suppress(StateError), service.store.write(patience=PATIENCE) as session:
            cards.put_cards(session, made)


def make_card(service: Service, card: SeriesCard, series: Series, held: Mapping[str, Held], day: date) -> SeriesCard:
    """The card of one series; ``held`` are its targets, ``card`` gives its key and its version."""
    key = (card.indicator, card.area)
    ids = service.targets_of.get(key, ())
    view = View({key: series}, {id: held[id] for id in ids if id in held})
    found = to_json(report_of(service, view, day, NO_TIME))
    lines = {
        "indicator": _dumped(found["indicators"][0]),
        "targets": {one["id"]: _dumped(one) for one in found["targets"]},
    }
    written = replace(card, text=json.dumps(lines, ensure_ascii=False))
    return replace(written, seal=seal(service, written, day))


def seal(service: Service, card: SeriesCard, day: date) -> str:
    """What the card must be sealed with to be believed."""
    return _hash(grounds(service, card, day), card.text or "")


def grounds(service: Service, card: SeriesCard, day: date) -> str:
    """All that the series and its targets follow from: its version, the day, the configuration, the code."""
    said = service.digests.get(card.indicator, "")
    return _hash(code_digest(), said, card.indicator, card.area, str(card.version), day.isoformat())


@cache
def code_digest() -> str:
    """A hash of the code that works out a card: a program that reckons otherwise believes no card of another."""
    root = Path(tracker.__file__).parent
    files = sorted(file for room in MAKERS for file in (root / room).rglob("*") if file.suffix not in ("", ".pyc"))
    return _hash(*(part for file in files for part in (str(file.relative_to(root)), file.read_bytes().hex())))


def _hash(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _joined(
    day: date, targets: Iterable[str], groups: Iterable[Any], indicators: Iterable[str], sources: Iterable[Any]
) -> str:
    """One line a target, a group, an indicator, a source."""
    parts = {
        "targets": targets,
        "groups": map(_dumped, groups),
        "indicators": indicators,
        "sources": map(_dumped, sources),
    }
    lists = (f'"{name}": [\n' + ",\n".join(lines) + "\n]" for name, lines in parts.items())
    return f'{{"as_of": "{day.isoformat()}",\n' + ",\n".join(lists) + "}\n"
