"""Score the reader against labelled documents, and raise the floors that its tests hold.

    python tools/score_reader.py [FOLDER...] [--undated] [--show misses|extras|wrong] [--mutations] [--raise-floors]

Without folders: the packs of the project's own corpus, each and together. ``--show`` prints what was missed, what was
read and is not labelled, or what matched with another kind, qualifier or period. ``--raise-floors`` sets each floor of
``tests/reading/floors.json`` a little below what is reached, and never lowers one.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from reading.scoring import OWN, SHARED, Pack, Score, floors, score_packs  # noqa: E402

FLOORS = ROOT / "tests" / "reading" / "floors.json"
PACKS = ("v1", "v2", "v3", "v4", "v5", "v6", "e1", "e2", "e3", "e4", "e5", "e6", "m1")
MARGIN = 0.02
#: A few dozen readings are accepted in a pack, and a bin of confidence holds few: one reading is some hundredths there.
#: What share of the right readings is accepted follows the threshold, which is set for their precision.
WIDER = {"accepted_precision": 0.05, "accepted_recall": 0.10, "calibration_error": 0.04}
COLUMNS = ("value", "len.", "strict", "full", "prec.", "rec.", "kind", "qual.", "period", "acc P", "acc R", "ECE")
HEAD = f"{'':14} " + " ".join(f"{column:>6}" for column in COLUMNS) + "   labels/read"


def line(name: str, score: Score) -> str:
    """One row of the table."""
    strict = score.levels["strict"]
    figures = [
        *(score.levels[level].f1 for level in ("value", "lenient", "strict", "full")), strict.precision, strict.recall,
        *score.aspects.values(), score.accepted.precision, score.accepted.recall, score.calibration,
    ]  # fmt: skip
    foreign = f", {score.foreign_quotes} foreign quotes" if score.foreign_quotes else ""
    return f"{name:14} " + " ".join(f"{f:6.3f}" for f in figures) + f"   {score.labels}/{score.statements}{foreign}"


def show(score: Score, packs: list[Pack], what: str, said: list[dict[str, Any]]) -> None:
    """The rows behind the figures, as JSON Lines."""
    found = {id(row) for pair in score.pairs for row in pair}
    rows: list[Any]
    if what == "misses":
        rows = [row for pack in packs for row in pack.labels if not any(row == one for one, _ in score.pairs)]
    elif what == "extras":
        rows = [row for row in said if id(row) not in found]
    else:
        same = ("kind", "qualifier", "period")
        rows = [{"label": a, "read": b} for a, b in score.pairs if any((a[k] or None) != (b[k] or None) for k in same)]
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


def raised(old: dict[str, float], score: Score) -> dict[str, float]:
    """Floors a margin below what is reached; an error's ceiling a margin above. Only ever stricter."""
    new = {}
    for name, figure in score.figures().items():
        margin = WIDER.get(name, MARGIN)
        if name == "calibration_error":
            new[name] = min(old.get(name, 1.0), math.ceil((figure + margin) * 100) / 100)
        else:
            new[name] = max(old.get(name, 0.0), math.floor((figure - margin) * 100) / 100)
    return new


def raise_floors() -> None:
    """Measure everything that is readable or scored only and write the floors."""
    stored = floors()
    for dated, section in ((True, "own"), (False, "own_undated")):
        for name in PACKS:
            stored[section][name] = raised(stored[section].get(name, {}), score_packs([Pack(OWN / name)], dated=dated))
    if (SHARED / "seeds").is_dir():
        for dated, section in ((True, "articles"), (False, "articles_undated")):
            stored[section] = raised(stored[section], score_packs([Pack(SHARED / "seeds")], dated=dated))
    from tools.mutate_corpus import costs

    allowed = stored["mutations"]["loss"]
    for name, cost in costs([Pack(OWN / "v1"), Pack(OWN / "e1")]).items():
        if cost is not None:
            ceiling = math.ceil((max(0.0, cost.loss()) + MARGIN) * 100) / 100
            allowed[name] = min(allowed.get(name, 1.0), ceiling)
    FLOORS.write_text(json.dumps(stored, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main() -> int:
    """Print the table that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--undated", action="store_true", help="keep the dates of the documents back")
    parser.add_argument("--show", choices=("misses", "extras", "wrong"))
    parser.add_argument("--mutations", action="store_true", help="what each mutation of the texts costs")
    parser.add_argument("--raise-floors", action="store_true")
    args = parser.parse_args()
    if args.mutations:
        from tools.mutate_corpus import table

        print(table([Pack(folder) for folder in args.folders or (OWN / "v1", OWN / "e1")]))
        return 0
    if args.raise_floors:
        raise_floors()
    print(HEAD)
    folders = args.folders or [OWN / name for name in PACKS]
    groups = [[Pack(folder)] for folder in folders]
    if len(folders) > 1:
        groups.append([Pack(folder) for folder in folders])
    for packs in groups:
        score = score_packs(packs, dated=not args.undated)
        name = "+".join(pack.name for pack in packs)
        print(line(name if len(name) < 15 else "together", score))
        if args.show:
            from reading.scoring import statements

            show(score, packs, args.show, [row for pack in packs for row in statements(pack, dated=not args.undated)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
