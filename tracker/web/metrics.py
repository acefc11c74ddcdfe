"""What a Prometheus server scrapes: where targets stand, and how sources and channels are doing.

The text format 0.0.4. Every name begins with ``tracker_``; a number that is not known has no line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tracker import __version__
from tracker.domain.assessment import Status
from tracker.store.outbox import ChannelCount

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = Mapping[str, str]
Sample = tuple[Labels, float | None]


def metrics(
    status: Mapping[str, Any], channels: Mapping[str, ChannelCount], *, healthy: bool, ticked: datetime | None
) -> str:
    """All of them as text; ``status`` is what `tracker status --json` says, ``ticked`` the scheduler's last tick."""
    lines: list[str] = []
    for name, about, samples in _families(status, channels, healthy, ticked):
        known = [(labels, value) for labels, value in samples if value is not None]
        if known:
            lines += [f"# HELP tracker_{name} {about}", f"# TYPE tracker_{name} gauge"]
            lines += [f"tracker_{name}{_said(labels)} {value!r}" for labels, value in known]
    return "\n".join(lines) + "\n"


def _families(
    status: Mapping[str, Any], channels: Mapping[str, ChannelCount], healthy: bool, ticked: datetime | None
) -> Iterator[tuple[str, str, Iterable[Sample]]]:
    yield "info", "The version that runs.", [({"version": __version__}, 1)]
    yield "healthy", "1 while the scheduler ticks and no job is in trouble, else 0.", [({}, int(healthy))]
    yield "last_tick_timestamp_seconds", "When the scheduler last ticked.", [({}, _seconds(ticked))]
    yield from _of_targets(status["targets"])
    yield from _of_indicators(status["indicators"])
    yield from _of_sources(status["sources"])
    yield from _of_channels(channels)


def _of_targets(targets: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, Iterable[Sample]]]:
    targets = list(targets)
    counted = Counter(one["status"] for one in targets)
    yield "targets", "Targets by status.", [({"status": one.value}, counted[one.value]) for one in Status]
    named = [({"target": one["id"], "indicator": one["indicator"], "area": one["area"]}, one) for one in targets]
    yield (
        "target_status",
        "1 at the status in which a target stands.",
        [({**labels, "status": one["status"]}, 1) for labels, one in named],
    )
    yield "target_days_left", "Days to the deadline, below 0 after it.", [(who, one["days_left"]) for who, one in named]
    yield "target_progress", "Share of the way from the baseline.", [(who, one["progress"]) for who, one in named]
    yield "target_ratio", "The method's own number.", [(who, one["ratio"]) for who, one in named]


def _of_indicators(indicators: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, Iterable[Sample]]]:
    named = [({"indicator": one["id"], "area": one["area"]}, one) for one in indicators]
    latest = [(who, one["latest"]["value"] if one["latest"] else None) for who, one in named]
    yield "indicator_value", "The latest figure, in the indicator's unit.", latest
    yield (
        "indicator_observations",
        "Reference periods with a figure.",
        [(who, one["observations"]) for who, one in named],
    )
    disputed = [(who, len(one["conflicts"])) for who, one in named]
    yield "indicator_conflicts", "Figures that other sources state otherwise.", disputed
    waiting = [(who, len(one["doubtful"])) for who, one in named]
    yield "indicator_doubtful", "Figures that wait for a person.", waiting


def _of_sources(sources: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, Iterable[Sample]]]:
    named = [({"source": one["id"]}, one) for one in sources]
    yield (
        "source_state",
        "1 at the state in which a source is.",
        [({**who, "state": one["state"]}, 1) for who, one in named],
    )
    for when in ("last_checked", "last_changed"):
        found = [(who, _seconds(datetime.fromisoformat(one[when])) if one[when] else None) for who, one in named]
        yield f"source_{when}_timestamp_seconds", f"When a source was {when.replace('_', ' ')}.", found


def _of_channels(channels: Mapping[str, ChannelCount]) -> Iterator[tuple[str, str, Iterable[Sample]]]:
    counted = [
        ({"channel": id, "state": state}, number)
        for id, one in channels.items()
        for state, number in (("waiting", one.waiting), ("sent", one.sent), ("dead", one.dead))
    ]
    yield "notifications", "Notifications by channel and state.", counted
    since = [({"channel": id}, _seconds(one.waiting_since)) for id, one in channels.items()]
    yield "waiting_since_timestamp_seconds", "When the oldest unsent notification was queued.", since


def _seconds(at: datetime | None) -> float | None:
    return None if at is None else at.timestamp()


def _said(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(text)}"' for name, text in labels.items()) + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
