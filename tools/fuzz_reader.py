"""Look for what the reader must never do: raise, hang, or quote what the document does not say there.

    python tools/fuzz_reader.py --minutes 30 [--engine hypothesis|coverage|both] [--found DIR] [--seed N]
    python tools/fuzz_reader.py --replay FAULT.json...

Hypothesis draws inputs of every kind; the coverage-guided half needs atheris and says so where it is absent. Every
fault of a new kind is made small and written into ``--found`` at once, as a file that ``--replay`` takes. The only
exception a reading may end in is ``SourceRejected``; the limit of time is processor time, so that a busy
machine makes no faults.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import importlib
import importlib.util
import json
import pkgutil
import random
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.fuzz_trials import CORPUS, FIGURES, MARKS, NAMES, READABLE, TAGS, WORDS, Trial, originals, trials  # noqa: E402

LIMIT = 2.0
#: Instrumented code is slower; what it finds is checked again without.
INSTRUMENTED = 4.0


class TimeIsUp(KeyboardInterrupt):
    """Ends a round as a person would; hypothesis takes any other exception for a finding."""


class Hang(BaseException):
    """The reading took more processor time than it may; not to be caught on the way."""


@dataclass(frozen=True)
class Fault:
    """What went wrong with an input; ``kind`` is the same for inputs that fail at the same place."""

    kind: str
    told: str
    trial: Trial


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise ``Hang`` after so many seconds of this process's processor time."""

    def over(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@cache
def catalogue(pack: str) -> Any:
    """What is tracked where a pack of the own corpus is read."""
    from tools.reading_corpus import load_catalogue

    return load_catalogue(CORPUS / pack / "tracker.yaml")


def try_one(trial: Trial, seconds: float = LIMIT) -> Fault | None:
    """Read one input; None where all is as it must be."""
    from tracker.domain.period import Period
    from tracker.domain.statement import Published
    from tracker.errors import SourceRejected
    from tracker.extract import read_bytes

    when = Published(Period.parse("2024-10-15"), "given") if trial.dated else None
    tracked = catalogue(trial.pack)
    try:
        with limited(seconds):
            reading = read_bytes(trial.content, trial.name, tracked, published=when)
    except SourceRejected:
        return None
    except Hang:
        return Fault(f"hang {_place()}", f"more than {seconds:g} s of processor time in {_place()}", trial)
    except RecursionError:
        return Fault("RecursionError", "RecursionError", trial)
    except Exception as error:
        return Fault(f"{type(error).__name__} {_place()}", traceback.format_exc(limit=-3), trial)
    told = wrong(reading, tracked)
    return Fault(told.split(":")[0], told, trial) if told else None


def _place() -> str:
    """The innermost function of the package that the exception being handled went through."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    own = [frame for frame in frames if "/tracker/" in frame.filename]
    return f"{Path(own[-1].filename).name}:{own[-1].name}" if own else "outside"


def wrong(reading: Any, tracked: Any) -> str | None:
    """What a reading says that cannot be: a quote that is not there, an unknown name, a number that is none."""
    text = reading.document.text
    areas = {area.id for area in tracked.areas}
    indicators = {indicator.id for indicator in tracked.indicators}
    for said in reading.statements:
        if not 0 <= said.start < said.end <= len(text) or text[said.start : said.end] != said.quote:
            return f"offsets: {said.start}:{said.end} hold {text[said.start : said.end]!r}, the quote is {said.quote!r}"
        if not said.quote.strip():
            return f"quote: nothing is quoted at {said.start}"
        if not 0 <= said.confidence <= 1:
            return f"confidence: {said.confidence}"
        if said.indicator not in indicators or said.area not in areas:
            return f"names: {said.indicator} of {said.area} is not tracked"
        if not said.figure.value.is_finite() or (
            said.figure.high is not None and said.figure.high <= said.figure.value
        ):
            return f"figure: {said.figure}"
    for left in reading.leftovers:
        if not 0 <= left.start <= left.end <= len(text):
            return f"leftover: {left.start}:{left.end} of {len(text)}"
    return None


def smaller(fault: Fault, seconds: float = 60) -> Fault:
    """Cut pieces out of the input for as long as it fails in the same way."""
    try:
        text: Any = fault.trial.content.decode("utf-8")
    except UnicodeDecodeError:
        text = fault.trial.content
    until, size = time.monotonic() + seconds, max(1, len(text) // 2)
    while size and time.monotonic() < until:
        at, cut = 0, False
        while at < len(text) and time.monotonic() < until:
            less = text[:at] + text[at + size :]
            content = less.encode("utf-8") if isinstance(less, str) else less
            again = try_one(Trial(content, fault.trial.name, fault.trial.pack, fault.trial.dated))
            if again is not None and again.kind == fault.kind:
                text, fault, cut = less, again, True
            else:
                at += size
        size = size if cut and size > 1 else size // 2
    return fault


class Findings:
    """Faults of a run: each kind once, written down as soon as it is found."""

    def __init__(self, folder: Path, *, shrink: bool = True) -> None:
        self.folder = folder
        self.shrink = shrink
        self.tried: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.slowest = 0.0

    def look(self, trial: Trial, seconds: float = LIMIT) -> Fault | None:
        """Try an input and keep what it shows."""
        began = time.process_time()
        fault = try_one(trial, seconds)
        taken = time.process_time() - began
        self.tried["inputs"] += 1
        self.tried["bytes"] += len(trial.content)
        self.slowest = max(self.slowest, taken)
        if fault is not None:
            self.kinds[fault.kind] += 1
            if self.kinds[fault.kind] == 1:
                self.write(smaller(fault) if self.shrink else fault)
        return fault

    def write(self, fault: Fault) -> None:
        """One file per kind of fault."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(fault.kind.encode()).hexdigest()[:10]
        trial = fault.trial
        entry = {
            "kind": fault.kind, "told": fault.told, "name": trial.name, "pack": trial.pack, "dated": trial.dated,
            "text": trial.content.decode("utf-8", "backslashreplace")[:2000],
            "content": base64.b64encode(trial.content).decode(),
        }  # fmt: skip
        (self.folder / f"{name}.json").write_text(json.dumps(entry, ensure_ascii=False, indent=1), "utf-8")
        print(f"FAULT {fault.kind}\n{fault.told}\n", flush=True)

    def told(self, engine: str, minutes: float) -> str:
        """One line for the report."""
        return (
            f"{engine}: {minutes:.1f} min, {self.tried['inputs']} inputs, {self.tried['bytes'] / 1e6:.1f} MB, slowest"
            f" {self.slowest:.2f} s, {len(self.kinds)} kinds of fault {dict(self.kinds)}"
        )


def draw(findings: Findings, minutes: float, seed: int) -> None:
    """Inputs drawn by hypothesis, in rounds; each round leans towards what costs most for its size."""
    from hypothesis import HealthCheck, Phase, given, settings, target
    from hypothesis import seed as seeded

    until = time.monotonic() + minutes * 60
    number = random.Random(seed)
    while time.monotonic() < until:

        @seeded(number.getrandbits(32))
        @settings(
            max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.target),
        )  # fmt: skip
        @given(trials())
        def round_of(trial: Trial) -> None:
            if time.monotonic() > until:
                raise TimeIsUp
            began = time.process_time()
            findings.look(trial)
            target((time.process_time() - began) / (200 + len(trial.content)))

        with suppress(TimeIsUp):
            round_of()


def trial_of(data: bytes) -> Trial:
    """The input that a coverage-guided engine's bytes stand for; two bytes choose how they are read."""
    head, content = data[:2].ljust(2, b"\0"), data[2:]
    if head[1] & 4:
        content = content.decode("utf-8", "ignore").encode("utf-8")
    return Trial(content, NAMES[head[0] % len(NAMES)], READABLE[head[1] & 1], bool(head[1] & 2))


def cover(findings: Findings, minutes: float, seed: int, work: Path) -> None:
    """Let atheris follow the branches of the package; never returns."""
    import atheris

    with atheris.instrument_imports(include=["tracker"]):
        import tracker.extract

        for module in pkgutil.walk_packages(tracker.extract.__path__, "tracker.extract."):
            importlib.import_module(module.name)
    corpus = work / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, (pack, name, text) in enumerate(originals()):
        head = bytes((1 if name.endswith(".html") else 0, 6 + READABLE.index(pack)))
        (corpus / f"seed-{number}").write_bytes(head + text.encode("utf-8")[:3000])
    words = work / "words.dict"
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in (*WORDS, *FIGURES, *MARKS, *TAGS))
    words.write_text("".join(f'"{word}"\n' for word in escaped), "utf-8")
    until = time.monotonic() + minutes * 60

    def one(data: bytes) -> None:
        if time.monotonic() < until:
            findings.look(trial_of(data), LIMIT * INSTRUMENTED)
        if findings.tried["inputs"] % 200 == 0 or time.monotonic() >= until:
            (work / "told").write_text(findings.told("coverage", minutes), "utf-8")

    options = [
        f"-max_total_time={int(minutes * 60)}",
        f"-dict={words}",
        f"-seed={seed}",
        "-max_len=4096",
        "-timeout=120",
    ]
    atheris.Setup([sys.argv[0], *options, "-rss_limit_mb=3000", "-verbosity=0", str(corpus)], one)
    atheris.Fuzz()


def replay(paths: list[Path], on_fault: Callable[[Fault], None] | None = None) -> int:
    """Try stored faults again; the number that still fail."""
    failing = 0
    for path in paths:
        entry = json.loads(path.read_text("utf-8"))
        trial = Trial(base64.b64decode(entry["content"]), entry["name"], entry["pack"], entry["dated"])
        fault = try_one(trial)
        failing += fault is not None
        if fault is not None and on_fault is not None:
            on_fault(fault)
        print(f"{path.name}: {fault.kind if fault else 'mended, or slow only when watched'} (was {entry['kind']})")
    return failing


def main() -> int:
    """Run the engines one after the other, in one process at a time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--engine", choices=("hypothesis", "coverage", "both"), default="both")
    parser.add_argument("--found", type=Path, default=ROOT / "state" / "fuzz")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replay", type=Path, nargs="+")
    parser.add_argument("--watched", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.replay:
        if missing := [str(path) for path in args.replay if not path.is_file()]:
            parser.error(f"no such file: {', '.join(missing)}")
        return 1 if replay(args.replay) else 0
    watched = args.found / "watched"
    if args.watched:
        cover(Findings(watched, shrink=False), args.minutes, args.seed, args.found / "coverage")
    findings = Findings(args.found)
    share = args.minutes / 2 if args.engine == "both" else args.minutes
    if args.engine != "coverage":
        draw(findings, share, args.seed)
        print(findings.told("hypothesis", share), flush=True)
    if args.engine != "hypothesis":
        if importlib.util.find_spec("atheris") is None:
            print("coverage: skipped, atheris is not installed (pip install atheris)")
        else:
            _watch(findings, share, args)
    return 1 if findings.kinds else 0


def _watch(findings: Findings, minutes: float, args: argparse.Namespace) -> None:
    """The coverage-guided half in a process of its own; its findings are checked again here, unwatched."""
    options = ["--watched", "--minutes", str(minutes), "--seed", str(args.seed), "--found", str(args.found)]
    subprocess.run([sys.executable, __file__, *options], check=False)
    told = args.found / "coverage" / "told"
    print(told.read_text("utf-8") if told.exists() else "coverage: nothing was tried", flush=True)

    def again(fault: Fault) -> None:
        findings.kinds[fault.kind] += 1
        findings.write(smaller(fault))

    replay(sorted((args.found / "watched").glob("*.json")), again)


if __name__ == "__main__":
    sys.exit(main())
