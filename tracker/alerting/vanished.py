"""A document that stated figures of a series and states none any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tracker.alerting import titles
from tracker.alerting.payload import evidence_data
from tracker.alerting.state import Watched
from tracker.domain.alert import Alert, AlertType
from tracker.domain.observation import Evidence
from tracker.domain.statement import Kind, Statement

_LEVELS = frozenset({Kind.OBSERVATION, Kind.REFERENCE})


def vanished(
    earlier: Iterable[Evidence], now_stated: Iterable[Statement], watched: Watched, now: datetime
) -> list[Alert]:
    """One alert per series that a document was evidence for and no longer says anything about.

    ``earlier`` is what was recorded of the document's versions before. A page that states the next
    period in place of the last has not fallen silent.
    """
    stated = {(one.indicator, one.area) for one in now_stated if one.kind in _LEVELS}
    silent: dict[tuple[str, str], Evidence] = {}
    for piece in earlier:
        key = (piece.indicator, piece.area)
        if piece.kind in _LEVELS and piece.accepted and key not in stated and _is_watched(key, watched):
            silent[key] = piece
    return [_alert(piece, watched, now) for piece in silent.values()]


def _is_watched(key: tuple[str, str], watched: Watched) -> bool:
    return any(one.id == key[0] and key[1] in one.scope for one in watched.catalogue.indicators)


def _alert(piece: Evidence, watched: Watched, now: datetime) -> Alert:
    # With the evidence in the key: what is stated again and falls silent again is told again.
    key = f"{AlertType.VANISHED.value}|{piece.source}|{piece.doc}|{piece.indicator}|{piece.area}|{piece.id}"
    what = titles.subject_of(watched.catalogue, piece.indicator, piece.area, watched.language)
    title = titles.say("vanished", watched.language, what=what, source=piece.source)
    data = {"indicator": piece.indicator, "area": piece.area, **evidence_data(piece)}
    return Alert(key, AlertType.VANISHED, piece.indicator, title, data, now)
