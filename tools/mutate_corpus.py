"""Other spellings of labelled documents, in which the same is stated; the labels move along.

    python tools/mutate_corpus.py FOLDER...                       what each mutation costs the reader
    python tools/mutate_corpus.py FOLDER --write NAME OUT         the mutated documents and labels as a folder

A document that a mutation does not fit, or does not change, counts on neither side of the comparison. Documents whose
numbers could be read in two ways once their separators are exchanged are told apart ("separators, open"), and so
are paragraphs in which a statement leans on the sentence before it ("shuffled, all").
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from reading.scoring import Pack, Row, Score, score  # noqa: E402

from tools.mutations import MUTATIONS, Paper, assemble  # noqa: E402


def papers(pack: Pack) -> list[Paper]:
    """The documents of a pack as they stand."""
    from tracker.config import load

    names = {
        one.id: (*(name for _, name in one.names), *one.aliases)
        for one in load(pack.folder / "tracker.yaml").catalogue().indicators
    }
    labels: dict[str, list[Row]] = {}
    for label in pack.labels:
        labels.setdefault(label["doc"], []).append(label)
    return [
        Paper(path.name, path.read_bytes().decode("utf-8"), tuple(labels.get(path.name, ())), names, date)
        for path, date in pack.documents
    ]


def read_paper(paper: Paper, catalogue: Any, *, dated: bool = True) -> list[Row]:
    """What is read out of a mutated document, as ``tracker read --json`` prints it, under its own name."""
    from tracker.domain.period import Period
    from tracker.domain.statement import Published
    from tracker.extract import read_bytes
    from tracker.pipeline.exchange import statement_json

    when = Published(Period.parse(paper.published), "given") if dated and paper.published else None
    is_page = re.match(r"\s*<!doctype html", paper.text, re.IGNORECASE) is not None
    name = paper.name.replace(".txt", ".html") if is_page else paper.name
    reading = read_bytes(paper.text.encode("utf-8"), name, catalogue, published=when)
    return [statement_json(one) | {"doc": paper.name} for one in reading.statements]


@dataclass(frozen=True)
class Cost:
    """The score of the documents that a mutation changes, before and after."""

    documents: int
    before: Score
    after: Score

    def loss(self, level: str = "strict") -> float:
        """By how much F1 falls."""
        return self.before.levels[level].f1 - self.after.levels[level].f1


def costs(packs: Sequence[Pack], names: Sequence[str] = tuple(MUTATIONS)) -> dict[str, Cost | None]:
    """What each mutation costs; None where it fits no document."""
    from tracker.config import load

    every = [(paper, load(pack.folder / "tracker.yaml").catalogue()) for pack in packs for paper in papers(pack)]
    read = {paper.name: read_paper(paper, catalogue) for paper, catalogue in every}
    found: dict[str, Cost | None] = {}
    for name in names:
        changed = [(p, assemble(p, pieces), c) for p, c in every if (pieces := MUTATIONS[name](p)) is not None]
        before = _scored(
            [paper for paper, _, _ in changed], [row for paper, _, _ in changed for row in read[paper.name]]
        )
        after = _scored([new for _, new, _ in changed], [row for _, new, c in changed for row in read_paper(new, c)])
        found[name] = Cost(len(changed), before, after) if changed else None
    return found


def _scored(some: Sequence[Paper], said: Sequence[Row]) -> Score:
    return score([label for paper in some for label in paper.labels], said, {p.name: p.text for p in some})


def table(packs: Sequence[Pack]) -> str:
    """What each mutation costs, as text."""
    head = f"{'':18} {'docs':>4} {'labels':>6}   {'strict F1':>15}  {'loss':>6}  {'value':>6} {'full':>6}  {'acc P':>13}  quotes"
    rows = [head]
    for name, cost in costs(packs).items():
        if cost is None:
            rows.append(f"{name:18} fits no document")
            continue
        before, after = cost.before, cost.after
        f1 = f"{before.levels['strict'].f1:.3f} -> {after.levels['strict'].f1:.3f}"
        sure = f"{before.accepted.precision:.2f} -> {after.accepted.precision:.2f}"
        losses = f"{cost.loss():6.3f}  {cost.loss('value'):6.3f} {cost.loss('full'):6.3f}"
        rows.append(
            f"{name:18} {cost.documents:4} {before.labels:6}   {f1:>15}  {losses}  {sure:>13}  {after.foreign_quotes}"
        )
    return "\n".join(rows)


def write(pack: Pack, name: str, out: Path) -> None:
    """A folder like the pack's with the documents that a mutation changes."""
    (out / "docs").mkdir(parents=True)
    shutil.copy(pack.folder / "tracker.yaml", out)
    changed = [assemble(p, pieces) for p in papers(pack) if (pieces := MUTATIONS[name](p)) is not None]
    for paper in changed:
        (out / "docs" / paper.name).write_bytes(paper.text.encode("utf-8"))
    dates = [{"doc": p.name, "published": p.published} for p in changed]
    rows = {"labels.jsonl": [label for p in changed for label in p.labels], "docs.jsonl": dates}
    for file, entries in rows.items():
        text = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        (out / file).write_text(text, encoding="utf-8")


def main() -> int:
    """Print the table, or write one mutation down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", nargs=2, metavar=("NAME", "OUT"))
    args = parser.parse_args()
    if args.write:
        write(Pack(args.folders[0]), args.write[0], Path(args.write[1]))
    else:
        print(table([Pack(folder) for folder in args.folders]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
