"""How well statements agree with labels, by levels; and labelled documents to hold them against.

A folder of labelled documents ("pack") holds ``tracker.yaml``, ``labels.jsonl``, ``docs.jsonl`` and ``docs/``. Labels and
statements are paired one to one within a document when they say the same value (indicator, area, number or range, unit),
those first that overlap in the text and agree in most else. A repeated figure has to be read each time.

value   the pair exists
lenient the kinds agree when an observation and a reference count as the same
strict  the kinds agree
full    kind, qualifier and period agree
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "corpus"
SHARED = ROOT.parent / "shared"
LEVELS = ("value", "lenient", "strict", "full")
ASPECTS = ("kind", "qualifier", "period")
BINS = 10


@dataclass(frozen=True)
class Pack:
    """Labelled documents of one folder; ``only`` keeps those with these names."""

    folder: Path
    only: frozenset[str] | None = None

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def configuration(self) -> Path:
        """The pack's own, else the one that stands beside its folder."""
        own = self.folder / "tracker.yaml"
        return own if own.exists() else self.folder.parent / "tracker.yaml"

    @property
    def documents(self) -> list[tuple[Path, str | None]]:
        """Each document with its date, by name."""
        labelled = {row["doc"]: row.get("published") for row in lines(self.folder / "labels.jsonl")}
        dated = labelled | {row["doc"]: row["published"] for row in lines(self.folder / "docs.jsonl")}
        inside = self.folder / "docs"
        paths = sorted((inside if inside.is_dir() else self.folder).iterdir())
        kept = [path for path in paths if path.suffix in (".txt", ".html")]
        return [(path, dated.get(path.name)) for path in kept if self.only is None or path.name in self.only]

    @property
    def labels(self) -> list[Row]:
        rows = lines(self.folder / "labels.jsonl")
        return [row for row in rows if self.only is None or row["doc"] in self.only]

    @property
    def texts(self) -> dict[str, str]:
        """The documents as they stand, line ends and all."""
        return {path.name: path.read_bytes().decode("utf-8", "replace") for path, _ in self.documents}


def lines(path: Path) -> list[Row]:
    """The objects of a JSON Lines file; none where there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def statements(pack: Pack, *, dated: bool = True) -> tuple[Row, ...]:
    """What ``tracker read --json`` prints for a pack; its date is given with each document, or kept back."""
    from tracker.config import load
    from tracker.domain.period import Period
    from tracker.domain.statement import Published
    from tracker.pipeline.documents import Wanted, read_each
    from tracker.pipeline.exchange import statement_json

    wanted = [
        Wanted(str(path), Published(Period.parse(date), "given") if dated and date else None)
        for path, date in pack.documents
    ]
    rows: list[Row] = []
    for reading in read_each(wanted, load(pack.configuration), datetime.now(UTC)):
        assert reading.failure is None, reading.failure
        rows += [statement_json(statement) for statement in reading.statements]
    return tuple(rows)


@dataclass(frozen=True)
class Level:
    """Shares of what was said that is right, and of what there is that was said."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Score:
    """Levels by name, how often each aspect of a matched value is right, and whether confidence keeps its word."""

    levels: dict[str, Level]
    aspects: dict[str, float]
    accepted: Level
    calibration: float
    labels: int
    statements: int
    taken: int
    foreign_quotes: int
    by_kind: dict[str, tuple[int, int]]
    pairs: list[tuple[Row, Row]] = field(repr=False, default_factory=list)

    def figures(self) -> dict[str, float]:
        """The figures that floors are set for; all but ``calibration_error`` are the better the higher."""
        return {
            **{level: self.levels[level].f1 for level in LEVELS},
            "precision": self.levels["strict"].precision,
            **self.aspects,
            "accepted_precision": self.accepted.precision,
            "accepted_recall": self.accepted.recall,
            "calibration_error": self.calibration,
        }


def plain(text: str) -> str:
    """A text as a reader sees it: no tags, entities decoded, composed, one blank between words."""
    bare = html.unescape(re.sub(r"<[^>]*>", " ", text))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def close(one: float | None, other: float | None) -> bool:
    """Equal as numbers, to a millionth of their size."""
    if one is None or other is None:
        return one is other
    return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(one)), abs(float(other)))


def says_the_same(label: Row, said: Row) -> bool:
    """Whether the values agree; a change of a percentage that the label calls ambiguous may have either unit."""
    units = {"pp", "percent_change"} if "ambiguous_pp" in (label.get("note") or "") else {label["unit"]}
    return (
        label["indicator"] == said["indicator"]
        and label["entity"] == said["area"]
        and close(label["value"], said["value"])
        and close(label.get("value_high"), said["value_high"])
        and said["unit"] in units
    )


def agreement(label: Row, said: Row) -> dict[str, bool]:
    """For a pair: which levels and aspects it reaches."""
    same = {
        "kind": label["kind"] == said["kind"],
        "qualifier": label["qualifier"] == said["qualifier"],
        "period": (label["period"] or None) == said["period"],
    }
    past = {"observation", "reference"}
    return same | {
        "value": True,
        "lenient": same["kind"] or {label["kind"], said["kind"]} == past,
        "strict": same["kind"],
        "full": all(same.values()),
    }


def paired(labels: Sequence[Row], said: Sequence[Row]) -> list[tuple[int, int]]:
    """Indices of labels and statements of one document that belong together, the best first."""
    ranked = []
    for i, label in enumerate(labels):
        for j, one in enumerate(said):
            if says_the_same(label, one):
                apart = one["start"] >= label["end"] or label["start"] >= one["end"]
                ranked.append((apart, -sum(agreement(label, one).values()), i, j))
    left, right, found = set(range(len(labels))), set(range(len(said))), []
    for _, _, i, j in sorted(ranked):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            found.append((i, j))
    return found


def score(labels: Sequence[Row], said: Iterable[Row], texts: dict[str, str] | None = None) -> Score:
    """Hold statements against labels. With ``texts`` a statement whose quote is not in its document is wrong."""
    said = list(said)
    whole = {name: plain(text) for name, text in (texts or {}).items()}
    foreign = {id(one) for one in said if texts is not None and not quoted(one, whole)}
    by_document: dict[str, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for label in labels:
        by_document[label["doc"]][0].append(label)
    for one in said:
        if id(one) not in foreign:
            by_document[one["doc"]][1].append(one)
    pairs = [(mine[i], theirs[j]) for mine, theirs in by_document.values() for i, j in paired(mine, theirs)]
    hits = Counter(name for pair in pairs for name, good in agreement(*pair).items() if good)
    right = {id(one) for label, one in pairs if label["kind"] == one["kind"]}
    taken = [one for one in said if one["accepted"]]
    wanted = Counter(label["kind"] for label in labels)
    found = Counter(label["kind"] for label, one in pairs if label["kind"] == one["kind"])
    return Score(
        levels={level: Level(share(hits[level], len(said)), share(hits[level], len(labels))) for level in LEVELS},
        aspects={aspect: share(hits[aspect], len(pairs)) for aspect in ASPECTS},
        accepted=Level(*(share(sum(id(one) in right for one in taken), all_) for all_ in (len(taken), len(labels)))),
        calibration=calibration_error([(one["confidence"], id(one) in right) for one in said]),
        labels=len(labels),
        statements=len(said),
        taken=len(taken),
        foreign_quotes=len(foreign),
        by_kind={kind: (found[kind], count) for kind, count in wanted.items()},
        pairs=pairs,
    )


def quoted(said: Row, texts: dict[str, str]) -> bool:
    """Whether a statement's quote stands in its document."""
    words = plain(said["quote"])
    return bool(words) and words in texts.get(said["doc"], "")


def share(part: int, whole: int) -> float:
    """0 of nothing."""
    return part / whole if whole else 0.0


def calibration_error(readings: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten equal bins of confidence: by how much it misses the share that is right."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, good in readings:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, good))
    missed = sum(abs(sum(c for c, _ in held) - sum(g for _, g in held)) for held in bins.values())
    return missed / len(readings) if readings else 0.0


def score_packs(packs: Sequence[Pack], *, dated: bool = True) -> Score:
    """Several packs as one: their documents have different names."""
    labels = [label for pack in packs for label in pack.labels]
    said = [row for pack in packs for row in statements(pack, dated=dated)]
    texts = {name: text for pack in packs for name, text in pack.texts.items()}
    return score(labels, said, texts)


def floors() -> dict[str, Any]:
    """What must be reached, as data beside the tests."""
    stored: dict[str, Any] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
    return stored


def below(figures: dict[str, float], least: dict[str, float]) -> list[str]:
    """Sentences on each figure that misses its floor; of an error the floor is a ceiling."""
    missed = []
    for name, floor in least.items():
        ceiling = name.endswith("error")
        if figures[name] > floor if ceiling else figures[name] < floor:
            missed.append(f"{name} {figures[name]:.3f} ({'at most' if ceiling else 'at least'} {floor})")
    return missed
