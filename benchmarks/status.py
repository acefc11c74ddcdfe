"""How long `status` takes, and one new figure, beside a long history: ratios of one run.

    .venv/bin/python benchmarks/status.py          # 500 indicators, 2 000 targets, 1 000 000 observations
    .venv/bin/python benchmarks/status.py --observations 100000

The history is recorded through the store's own functions; then are measured, in one warm process on SQLite:

- `status`: the answer of `tracker status --json`, medians; also with no card kept, over a few series only;
- one new figure of one small indicator, recorded, concluded and told, while the history of the others
  is a tenth as long and then whole: that ratio should be near 1.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count, islice
from pathlib import Path

from rich.console import Console
from rich.progress import track

from tracker.config import load
from tracker.domain.figure import Figure
from tracker.domain.observation import TABLE_RULES, Evidence
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.pipeline.cards import keep, status_answer
from tracker.pipeline.record import Changes, record
from tracker.pipeline.service import Service, open_service
from tracker.pipeline.view import hold, one_series
from tracker.store import evidence

NOW = datetime(2026, 1, 15, 5, tzinfo=UTC)
FIRST_DAY = date(2005, 1, 1)
BATCH = 20_000
SMALL = "small"
AREA = "Somewhere"


def configuration(indicators: int, targets: int) -> str:
    """So many indicators with so many targets spread over them, and a small one with a target of its own."""
    named = [f"i{number}" for number in range(indicators)]
    lines = [f"areas: [{{id: {AREA}}}]", "indicators:"]
    lines += [f"  - {{id: {id}, unit: index, better: higher}}" for id in [*named, SMALL]]
    lines.append("targets:")
    lines += [
        f"  - {{id: t{number}, indicator: i{number % indicators}, at_least: {110 + number % 90}, by: 2030-12-31}}"
        for number in range(targets)
    ]
    lines.append(f"  - {{id: t-{SMALL}, indicator: {SMALL}, at_least: 100, by: 2030-12-31}}")
    return "\n".join(lines) + "\n"


def figure(id: str, day: int) -> Evidence:
    """The figure of one day: a slow rise with a ripple."""
    when = FIRST_DAY + timedelta(days=day)
    value = Decimal(50) + Decimal(day) / 100 + Decimal((day * 7919 + len(id)) % 100) / 50
    quote = f"indicator={id},area={AREA},period={when},value={value}"
    period = Period.day(when)
    return Evidence(
        id=0, indicator=id, area=AREA, kind=Kind.OBSERVATION, figure=Figure(value, "index"), period=period,
        period_stated=True, published=Published(period, "period"), source="import", doc="benchmark.csv",
        quote=quote, start=0, end=len(quote), snapshot=None, rule_version=TABLE_RULES, confidence=1.0,
        accepted=True, recorded_at=NOW,
    )  # fmt: skip


def fill(service: Service, indicators: int, days: range) -> None:
    """Record the figures of these days for every indicator but the small one."""
    pieces = (figure(f"i{number}", day) for number in range(indicators) for day in days)
    batches: Iterator[list[Evidence]] = iter(lambda: list(islice(pieces, BATCH)), [])
    said = f"recording {indicators * len(days):,} observations"
    for batch in track(batches, said, -(-indicators * len(days) // BATCH), console=Console(stderr=True)):
        with service.store.write() as session:
            evidence.add_evidence(session, batch)


def seconds(action: Callable[[], object], times: int) -> float:
    """The median of so many runs."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def ask(service: Service) -> str:
    """As `tracker status --json` does it."""
    with service.store.read() as session:
        answer = status_answer(session, service, NOW)
    keep(service, answer.made)
    return answer.text


def without_cards(service: Service, sample: int) -> float:
    """Seconds for all series when each is worked out from its evidence, reckoned up from a sample."""
    keys = list(service.targets_of)[:sample]

    def work() -> None:
        with service.store.read() as session:
            for key in keys:
                hold(service, {key: one_series(session, service, key)}, service.today(NOW))

    return seconds(work, 1) / len(keys) * len(service.targets_of)


_days = count()


def one_figure(service: Service) -> None:
    """One new figure of the small indicator, with all that follows, as a cycle records it."""
    record(service, Changes(rows=(figure(SMALL, next(_days)),), all_targets=True), NOW)


def say(what: str, value: float, note: str = "") -> None:
    """One line of the result."""
    print(f"{what:<58} {1000 * value:>11.1f} ms  {note}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--indicators", type=int, default=500)
    parser.add_argument("--targets", type=int, default=2000)
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--state", type=Path, help="keep the state here; default: a temporary folder")
    given = parser.parse_args()
    days = given.observations // given.indicators
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.state or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "tracker.yaml"
        file.write_text(configuration(given.indicators, given.targets), encoding="utf-8")
        service = open_service(load(file, environment={}), folder / "state")
        measure(service, given.indicators, days)
        service.store.close()
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def measure(service: Service, indicators: int, days: int) -> None:
    """A tenth of the history, then all of it."""
    fill(service, indicators, range(days // 10))
    settle(service)
    tenth = seconds(lambda: one_figure(service), 9)
    short = seconds(lambda: ask(service), 9)
    say(f"one new figure beside {indicators * (days // 10):,} observations", tenth)
    say("status", short)
    begun = time.perf_counter()
    fill(service, indicators, range(days // 10, days))
    say("recording the rest, per observation", (time.perf_counter() - begun) / (indicators * (days - days // 10)))
    say("status without any card (reckoned from 5 series)", without_cards(service, 5))
    settle(service)
    whole = seconds(lambda: one_figure(service), 9)
    long = seconds(lambda: ask(service), 9)
    say(f"one new figure beside {indicators * days:,} observations", whole, f"{whole / tenth:.2f} times a tenth")
    say("status", long, f"{long / short:.2f} times a tenth; {len(ask(service)) / 1e6:.1f} MB of JSON")


def settle(service: Service) -> None:
    """The day's turn: every target is held once."""
    begun = time.perf_counter()
    record(service, Changes(all_targets=True), NOW)
    say("every target held for the first time that day", time.perf_counter() - begun)
    begun = time.perf_counter()
    ask(service)
    say("the first status after it", time.perf_counter() - begun)


if __name__ == "__main__":
    main()
