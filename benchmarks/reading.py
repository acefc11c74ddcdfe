"""What reading costs, in processor time, beside those who only find numbers.

    python benchmarks/reading.py [--pages 40] [--rounds 3] [--big 5] [--quantulum PYTHON] [--profile]

Compare rows of one run only. ``--quantulum`` names an interpreter that has quantulum3 (``pip install quantulum3`` into an
environment of its own); it reads English alone, and gets the bare article where ours gets the whole page. The rounds
take turns and the median counts.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reading_baselines import by_quantulum, by_rules
from benchmarks.reading_pages import article, big, catalogue, longer, pages
from tracker.domain.indicator import Catalogue
from tracker.extract import read_bytes
from tracker.extract.documents import read_document


def spent(work: Callable[[], object]) -> float:
    """Processor milliseconds of one call."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def medians(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Each work in turn, round after round; one round before that only warms up."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            one = spent(work)
            if turn:
                taken[name].append(one)
    return {name: statistics.median(times) for name, times in taken.items()}


def read_all(contents: Sequence[bytes], tracked: Catalogue) -> int:
    """The number of statements in pages."""
    return sum(len(read_bytes(content, "a.html", tracked).statements) for content in contents)


def beside_others(contents: list[bytes], rounds: int, quantulum: Path) -> None:
    """The pages with 30 indicators, without any that occurs, only taken apart, and the others."""
    tracked, strange = catalogue(30), catalogue(30, stated=False)
    texts = [article(content) for content in contents]
    found = {
        "tracker, 30 indicators": read_all(contents, tracked),
        "tracker, none of 30 occurs": read_all(contents, strange),
        "tracker, page to blocks only": 0,
        "rules for dimensions (regex)": sum(map(by_rules, texts)),
    }
    times = medians(
        {
            "tracker, 30 indicators": lambda: read_all(contents, tracked),
            "tracker, none of 30 occurs": lambda: read_all(contents, strange),
            "tracker, page to blocks only": lambda: [read_document(content, "a.html") for content in contents],
            "rules for dimensions (regex)": lambda: [by_rules(text) for text in texts],
        },
        rounds,
    )
    peers = by_quantulum(quantulum, texts[:10])
    pages_kb = statistics.mean(map(len, contents)) / 1000
    text_kb = statistics.mean(len(text.encode("utf-8")) for text in texts) / 1000
    print(f"{len(contents)} pages of {pages_kb:.1f} KB, {text_kb:.1f} KB of article; medians of {rounds} rounds\n")
    print(f"{'':31}{'CPU ms/page':>12}{'MB/s':>8}{'found/page':>12}{'found/s':>10}")
    for name, total in times.items():
        size = text_kb if "regex" in name else pages_kb
        _row(name, total / len(contents), size, found[name] / len(contents))
    if peers is None:
        print(f"{'quantulum3':31}{'skipped: no interpreter that has it (--quantulum)':>42}")
    else:
        _row(
            "quantulum3 (article only)",
            statistics.median(ms for ms, _ in peers),
            text_kb,
            statistics.mean(n for _, n in peers),
        )


def _row(name: str, ms: float, size: float, found: float) -> None:
    print(f"{name:31}{ms:12.2f}{size / ms:8.2f}{found:12.1f}{found / ms * 1000:10.0f}")


def by_indicators(contents: list[bytes], rounds: int) -> None:
    """The same pages with more and more indicators; the lists are read once before, as a daemon does."""
    counts = (10, 100, 1000)
    tracked = {f"{count}": catalogue(count) for count in counts}
    times = medians({name: (lambda c=c: read_all(contents, c)) for name, c in tracked.items()}, rounds)
    print(f"\n{'indicators':>12}{'CPU ms/page':>14}{'against 10':>12}")
    for name, total in times.items():
        print(f"{name:>12}{total / len(contents):14.2f}{total / times['10']:12.2f}")


def by_length(content: bytes, rounds: int) -> None:
    """One page with its article once, twice, four and eight times over; linear is 1.00 per byte of text."""
    tracked = catalogue(30)
    every = {times: longer(content, times) for times in (1, 2, 4, 8)}
    texts = {times: len(article(page).encode("utf-8")) for times, page in every.items()}
    taken = medians({f"{t}": (lambda p=p: read_all([p], tracked)) for t, p in every.items()}, rounds)
    print(f"\n{'article':>12}{'CPU ms':>14}{'against 1x':>12}{'per byte of text':>18}")
    for times, size in texts.items():
        ms = taken[f"{times}"]
        print(f"{times:>11}x{ms:14.2f}{ms / taken['1']:12.2f}{ms / taken['1'] / (size / texts[1]):18.2f}")


def one_big(contents: list[bytes], megabytes: float) -> None:
    """One page of several megabytes, once."""
    page = big(int(megabytes * 1e6), contents)
    began = time.process_time()
    said = len(read_bytes(page, "a.html", catalogue(30)).statements)
    seconds = time.process_time() - began
    rate = len(page) / 1e6 / seconds
    print(
        f"\none page of {len(page) / 1e6:.1f} MB: {seconds:.1f} s CPU, {rate:.2f} MB/s, {said} statements, {said / seconds:.0f}/s"
    )


def profile(contents: list[bytes]) -> None:
    """Where the time goes, by function."""
    watched = cProfile.Profile()
    watched.runcall(read_all, contents, catalogue(30))
    pstats.Stats(watched).strip_dirs().sort_stats("tottime").print_stats(30)


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--big", type=float, default=5, help="megabytes of the big page; 0 leaves it out")
    parser.add_argument(
        "--quantulum", type=Path, default=Path("/nonexistent"), help="an interpreter that has quantulum3"
    )
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    contents = pages(args.pages)
    if args.profile:
        profile(contents)
        return
    beside_others(contents, args.rounds, args.quantulum)
    by_indicators(contents[: max(1, args.pages // 4)], args.rounds)
    by_length(contents[0], args.rounds)
    if args.big:
        one_big(contents, args.big)


if __name__ == "__main__":
    main()
