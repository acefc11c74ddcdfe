"""Fit the reader's models on labelled documents and measure how they carry over.

    python tools/train_reader.py FOLDER... [--write] [--dump DIR]

Prints, for the readings themselves: with each folder held out in turn (also of the model of
confidence), and as trained. ``--write`` stores ``tracker/extract/weights.json``. Needs scikit-learn, at build
time only.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.reading_corpus import Label, Pack, Text, load_pack
from tracker.domain.indicator import Catalogue
from tracker.extract.binding import Binder, Candidate
from tracker.extract.coherence import coherent
from tracker.extract.decide import Features, Linear, Models, from_weights, trees
from tracker.extract.documents import read_document
from tracker.extract.judging import judge, numbers
from tracker.extract.kinds import Kinds
from tracker.extract.model import Quantity
from tracker.extract.movement import CHANGES
from tracker.extract.passages import Passage
from tracker.extract.periods import find_published
from tracker.extract.reading import _drafts, _statement, barred
from tracker.extract.scene import Scene, set_scene
from tracker.extract.timing import Timer
from tracker.extract.trust import trust_features

WEIGHTS = Path(__file__).resolve().parent.parent / "tracker" / "extract" / "weights.json"
MODES = ("reported", "target", "forecast")
STRENGTH = 1.0
#: A number is weighed as a whole from ``LEAST`` on; what others say of it decides whether it is read.
LEAST, LEAST_CONFIDENCE, ACCEPT = 0.2, 0.4, 0.86
DRAWS = 2
#: Real articles count more than texts that were written to be labelled.
WEIGHT = {"seeds": 7.0}


@dataclass
class Case:
    """A document with its candidates, and which of them the labels confirm."""

    text: Text
    catalogue: Catalogue
    scene: Scene
    given: list[tuple[Passage, Quantity, list[Candidate]]]
    binder: Binder
    truth: dict[int, Label] = field(default_factory=dict)
    ambiguous: set[int] = field(default_factory=set)

    @property
    def groups(self) -> list[list[Candidate]]:
        """The candidates of every number that has some."""
        return [found for _, _, found in self.given if found]


def prepare(pack: Pack) -> list[Case]:
    cases = []
    for text in pack.texts:
        try:
            document, metadata = read_document(text.content, text.name)
        except Exception as error:
            print("unread", text.name, error)
            continue
        when = text.published or find_published(document.blocks, metadata)
        scene = set_scene(replace(document, published=when), pack.catalogue)
        binder = Binder(scene)
        given = [(passage, quantity, binder.candidates(passage, quantity)) for passage, quantity in numbers(scene)]
        case = Case(text, pack.catalogue, scene, given, binder)
        align(case)
        cases.append(case)
    return cases


def align(case: Case) -> None:
    """Give every label the candidate that says it: same indicator and number, overlapping span."""
    options: list[tuple[int, int, int, int]] = []
    flat = [candidate for group in case.groups for candidate in group]
    for number, label in enumerate(case.text.labels):
        for at, candidate in enumerate(flat):
            if says(case, candidate, label):
                place = candidate.passage.block.place(candidate.quantity.span)
                area = candidate.subject.area == label["entity"]
                options.append((int(not area), abs(place.start - label["start"]), number, at))
    used_labels: set[int] = set()
    used_quantities: dict[int, int] = {}
    for _, _, number, at in sorted(options):
        quantity = id(flat[at].quantity)
        if number in used_labels or quantity in used_quantities:
            continue
        used_labels.add(number)
        used_quantities[quantity] = at
        case.truth[id(flat[at])] = case.text.labels[number]


def says(case: Case, candidate: Candidate, label: Label) -> bool:
    """Whether a candidate is of the label's indicator, has its number and stands at its place."""
    if case.scene.vocabulary.indicators[candidate.indicator].id != label["indicator"] or not same_number(
        candidate, label
    ):
        return False
    place = candidate.passage.block.place(candidate.quantity.span)
    return bool(place.start < label["end"] and label["start"] < place.end)


def same_number(candidate: Candidate, label: Label) -> bool:
    quantity, scale = candidate.quantity, float(candidate.fit.scale)
    values = [float(quantity.value) * scale]
    if quantity.high is not None:
        values.append(float(quantity.high) * scale)
    wanted = [abs(label["value"])]
    if label.get("value_high") is not None:
        wanted.append(abs(label["value_high"]))
    return len(values) == len(wanted) and all(
        abs(a - b) <= 1e-6 * max(1, a, b) for a, b in zip(sorted(values), sorted(wanted), strict=True)
    )


def mode_of(label: Label) -> str:
    return label["kind"] if label["kind"] in MODES else "reported"


def is_change(label: Label) -> int:
    changes = (*CHANGES, "percent_change")
    return int(label["kind"] == "delta" or label["unit"] in changes or "absolute_change" in (label.get("note") or ""))


def fit(
    rows: Sequence[Features], answers: Sequence[Any], strength: float, weights: Sequence[float] | None = None
) -> Any:
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(rows)
    model = LogisticRegression(C=strength, max_iter=3000, fit_intercept=False)
    model.fit(matrix, answers, sample_weight=weights)
    return model, vectors.get_feature_names_out()


def linear(model: Any, names: Sequence[str], row: int = 0) -> dict[str, float]:
    return {name: round(float(w), 4) for name, w in zip(names, model.coef_[row], strict=True) if abs(w) > 1e-3}


def train(cases: Sequence[Case], confidence: dict[str, Any] | None = None) -> dict[str, Any]:
    """The weights fitted on ``cases``, in the form of the file."""
    rows, answers, weights = [], [], []
    kind_rows, kind_answers, change_rows, changes = [], [], [], []
    time_rows, time_answers, time_weights = [], [], []
    truths = []
    for case in cases:
        timer, kinds = Timer(case.scene), Kinds(case.scene)
        for group in case.groups:
            for candidate in group:
                rows.append(candidate.features)
                weights.append(WEIGHT.get(case.text.pack, 1.0))
                label = case.truth.get(id(candidate))
                answers.append(int(label is not None))
                if label is not None:
                    truths.append((kinds, timer, candidate, label, weights[-1]))
    for _, timer, candidate, label, weight in truths:
        options = timer.options(candidate.passage, candidate.quantity, candidate.indicator)
        wanted = label["period"] or None
        good = [o.features for o in options if (str(o.period) if o.period else None) == wanted]
        bad = [o.features for o in options if (str(o.period) if o.period else None) != wanted]
        for right in good:
            for wrong in bad:
                time_rows += [difference(right, wrong), difference(wrong, right)]
                time_answers += [1, 0]
                time_weights += [weight / (len(good) * len(bad) ** 0.5)] * 2
    timing_model, time_names = fit(time_rows, time_answers, STRENGTH, time_weights)
    timing = Linear(linear(timing_model, time_names))
    for kinds, timer, candidate, label, _ in truths:
        dated = timer.date(candidate.passage, candidate.quantity, candidate.indicator, timing)
        kind_rows.append(kinds.features(candidate, dated, kinds.change(candidate)))
        kind_answers.append(mode_of(label))
        if candidate.fit.how != "change" and candidate.quantity.unit not in CHANGES:
            change_rows.append(kinds.change(candidate))
            changes.append(is_change(label))
    binding, names = fit(rows, answers, STRENGTH, weights)
    modes, mode_names = fit(kind_rows, kind_answers, STRENGTH)
    change, change_names = fit(change_rows, changes, 3.0)
    stored = {
        "binding": linear(binding, names),
        "modes": {name: linear(modes, mode_names, row) for row, name in enumerate(modes.classes_)},
        "change": linear(change, change_names),
        "timing": timing.weights,
        "confidence": {"bias": 0.0, "trees": []},
        "knots": [[0.0, 0.0], [1.0, 1.0]],
        "least": LEAST,
        "least_confidence": LEAST_CONFIDENCE,
        "accept": ACCEPT,
    }
    stored["chain"] = train_chain(cases, from_weights(stored))
    return stored | (confidence or {})


def train_chain(cases: Sequence[Case], weighed: Models) -> dict[str, Any]:
    """Trees that say whether a number goes on with the figure before it, from every number that is not bound firmly."""
    rows: list[Features] = []
    answers: list[int] = []
    for case in cases:

        def asked(candidate: Candidate, features: Features, case: Case = case) -> float:
            right = any(says(case, candidate, label) for label in case.text.labels)
            rows.append(features)
            answers.append(int(right))
            return _TAUGHT if right else 0.0

        judge(case.scene, case.given, case.binder, weighed, asked)
    return as_trees(rows, answers)


_TAUGHT = 0.8


def difference(one: Features, other: Features) -> Features:
    """What sets one option apart from another: ranking them is telling the two apart."""
    return {name: one.get(name, 0.0) - other.get(name, 0.0) for name in one.keys() | other.keys()}


@dataclass
class Guess:
    """A statement read from a held-out document, in the form the scorer takes, with its evidence."""

    row: dict[str, Any]
    features: Features
    right: bool = False
    pack: str = ""
    barred: bool = False


def guesses(case: Case, weighed: Models) -> list[Guess]:
    decided = judge(
        case.scene, case.given, case.binder, weighed, lambda _, features: weighed.chain.probability(features)
    )
    drafts, kept = _drafts(case.scene, coherent(decided))
    found = []
    trust = trust_features(case.scene, drafts, kept)
    for draft, each, features in zip(drafts, kept, trust, strict=True):
        statement = _statement(case.scene, draft, each, features, weighed)
        row = as_row(statement) | {
            "_q": id(each.candidate.quantity),
            "features": each.candidate.features,
            "kinds": each.kind_features,
        }
        found.append(Guess(row, features, pack=case.text.pack, barred=barred(case.scene, each)))
    return found


def as_row(statement: Any) -> dict[str, Any]:
    """A statement as ``tracker read --json`` prints it."""
    figure = statement.figure
    return {
        "doc": statement.doc,
        "indicator": statement.indicator,
        "area": statement.area,
        "kind": statement.kind.value,
        "value": float(figure.value),
        "value_high": None if figure.high is None else float(figure.high),
        "unit": figure.unit,
        "qualifier": figure.qualifier.value,
        "period": str(statement.period) if statement.period else None,
        "precision": statement.period.precision.value if statement.period else None,
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "base": statement.base,
        "confidence": statement.confidence,
        "accepted": statement.accepted,
    }


def scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(module: Any, cases: Sequence[Case], found: list[Guess]) -> dict[str, Any]:
    """F1 at each level and the accuracies, as the scorer counts them; marks what is strictly right."""
    by_doc: dict[str, list[Guess]] = {}
    for guess in found:
        by_doc.setdefault(guess.row["doc"], []).append(guess)
        guess.right = False
    hits: dict[str, int] = {}
    pairs = labels = 0
    for case in cases:
        own = by_doc.get(case.text.name, [])
        rows = [guess.row | {"_id": at} for at, guess in enumerate(own)]
        labels += len(case.text.labels)
        for label, row in module.match(case.text.labels, rows):
            pairs += 1
            agree = module.agreement(label, row)
            for name, good in agree.items():
                hits[name] = hits.get(name, 0) + good
            own[row["_id"]].right = agree["strict"]
            own[row["_id"]].row["label"] = label
    result = {
        level: module.f1(hits.get(level, 0), len(found), labels)["f1"]
        for level in ("value", "lenient", "strict", "full")
    }
    result["precision"] = round(hits.get("strict", 0) / max(1, len(found)), 3)
    result["recall"] = round(hits.get("strict", 0) / max(1, labels), 3)
    for name in ("kind", "qualifier", "period"):
        result[name] = round(hits.get(name, 0) / max(1, pairs), 3)
    return result


def fit_confidence(found: Sequence[Guess]) -> dict[str, Any]:
    """Trees from readings of held-out documents; each asks four questions, none is asked of a few readings alone."""
    answers = [int(guess.right) for guess in found]
    if len(set(answers)) < 2:
        return {}
    weights = [WEIGHT.get(guess.pack, 1.0) for guess in found]
    return {"confidence": as_trees([guess.features for guess in found], answers, weights)}


def as_trees(
    rows: Sequence[Features], answers: Sequence[int], weights: Sequence[float] | None = None
) -> dict[str, Any]:
    """Trees in the form of the file."""
    vectors = DictVectorizer(sparse=False)
    matrix = vectors.fit_transform(rows)
    names = vectors.get_feature_names_out()
    forms: list[Any] = []
    # Each tree sees half of the readings and a tenth of the features: what few of them say does not decide.
    for draw in range(DRAWS):
        model = GradientBoostingClassifier(
            max_depth=4, n_estimators=250, learning_rate=0.05, subsample=0.5, max_features=0.1, min_samples_leaf=20,
            random_state=draw,
        )  # fmt: skip
        model.fit(matrix, answers, sample_weight=weights)
        forms += [form_of(each[0].tree_, names, model.learning_rate / DRAWS) for each in model.estimators_]
    share = float(model.init_.class_prior_[1])
    return {"bias": round(float(np.log(share / (1 - share))), 4), "trees": forms}


def form_of(tree: Any, names: Sequence[str], rate: float, at: int = 0) -> Any:
    """A tree as it stands in the file: a score, or [feature, least, no, yes]."""
    if tree.children_left[at] < 0:
        return round(float(tree.value[at][0][0]) * rate, 4)
    below, above = (form_of(tree, names, rate, int(side[at])) for side in (tree.children_left, tree.children_right))
    return [str(names[tree.feature[at]]), round(float(tree.threshold[at]), 5), below, above]


def held_out(cases: Sequence[Case], parts: Sequence[Sequence[Case]]) -> list[Guess]:
    found = []
    for part in parts:
        inside = {id(case) for case in part}
        weighed = from_weights(train([case for case in cases if id(case) not in inside]))
        for case in part:
            found += guesses(case, weighed)
    return found


def cross_confidence(found: list[Guess]) -> list[tuple[float, bool]]:
    """Confidence of each reading by a model that did not see its folder."""
    packs = sorted({guess.pack for guess in found})
    out = []
    for pack in packs:
        inside = {guess.row["doc"] for guess in found if guess.pack == pack}
        model = trees(fit_confidence([guess for guess in found if guess.pack != pack])["confidence"])
        for guess in found:
            if guess.row["doc"] in inside:
                value = model.probability(guess.features)
                guess.row["confidence"] = value
                out.append((value, guess.right))
    return out


def calibration_error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    total = 0.0
    for step in range(bins):
        inside = [(p, r) for p, r in pairs if step / bins <= p < (step + 1) / bins or (step == bins - 1 and p == 1)]
        if inside:
            total += abs(sum(p for p, _ in inside) - sum(r for _, r in inside))
    return total / max(1, len(pairs))


def curve(pairs: Sequence[tuple[float, bool]], labels: int) -> list[str]:
    lines = []
    for least in (0.5, 0.6, 0.7, 0.75, 0.8, 0.82, 0.84, 0.86, 0.87, 0.88, 0.89, 0.9, 0.905, 0.91, 0.92, 0.93, 0.95):
        kept = [right for p, right in pairs if p >= least]
        if kept:
            lines.append(
                f"  >= {least:.2f}: precision {sum(kept) / len(kept):.3f} recall {sum(kept) / labels:.3f} of {len(kept)}"
            )
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--dump", type=Path)
    args = parser.parse_args()
    module = scorer(args.scorer)
    packs = [load_pack(folder) for folder in args.folders]
    by_pack = {pack.name: prepare(pack) for pack in packs}
    cases = [case for own in by_pack.values() for case in own]
    labels = sum(len(case.text.labels) for case in cases)
    aligned = sum(len(case.truth) for case in cases)
    print(f"{len(cases)} documents, {labels} labels, {aligned} with a candidate ({aligned / labels:.3f})")
    by_folder = held_out(cases, list(by_pack.values()))
    print("by folder, before anything is left out", score(module, cases, by_folder))
    pairs = cross_confidence(by_folder)
    stored = train(cases, fit_confidence(by_folder))
    print(f"calibration error {calibration_error(pairs):.3f}")
    read = [guess for guess in by_folder if guess.row["confidence"] >= LEAST_CONFIDENCE]
    print("by folder   ", score(module, cases, read))
    for name, own in by_pack.items():
        print(f"  without {name:6}", score(module, own, [g for g in read if g.pack == name]))
    pairs = [(guess.row["confidence"], guess.right) for guess in read]
    print(f"calibration error of what is read {calibration_error(pairs):.3f}")
    print("\n".join(curve([(g.row["confidence"], g.right) for g in read if not g.barred], labels)))
    weighed = from_weights(stored)
    seen = [guess for case in cases for guess in guesses(case, weighed)]
    seen = [guess for guess in seen if guess.row["confidence"] >= LEAST_CONFIDENCE]
    print("as trained  ", score(module, cases, seen))
    for name, own in by_pack.items():
        print(f"  {name:14}", score(module, own, [g for g in seen if g.pack == name]))
    if args.dump:
        dump(args.dump, cases, by_folder)
        dump(args.dump / "seen", cases, seen)
    if args.write:
        WEIGHTS.write_text(as_text(stored), "utf-8")
    return 0


def as_text(stored: dict[str, Any]) -> str:
    """The weights as JSON, a line per weight and per tree."""
    forms = {name: stored[name]["trees"] for name in ("chain", "confidence") if stored[name]["trees"]}
    marked = stored | {name: stored[name] | {"trees": [f"{name} trees"]} for name in forms}
    text = json.dumps(marked, indent=1, ensure_ascii=False, sort_keys=True)
    for name, trees_ in forms.items():
        lines = ",\n".join(f"   {json.dumps(form, ensure_ascii=False)}" for form in trees_)
        plain = f'   "{name} trees"'
        assert plain in text
        text = text.replace(plain, lines)
    return text + "\n"


def dump(folder: Path, cases: Sequence[Case], found: Sequence[Guess]) -> None:
    """Held-out readings and the labels they miss, for looking at."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "guesses.jsonl").open("w", encoding="utf-8") as out:
        for guess in found:
            out.write(json.dumps(guess.row | {"right": guess.right}, ensure_ascii=False, default=str) + "\n")
    with (folder / "missed.jsonl").open("w", encoding="utf-8") as out:
        for case in cases:
            taken = {id(label): at for at, label in case.truth.items()}
            by_id = {id(c): c for group in case.groups for c in group}
            used = {g.row["_q"]: g.row for g in found if g.row["doc"] == case.text.name}
            got = {id(guess.row.get("label")) for guess in found if guess.row["doc"] == case.text.name}
            for label in case.text.labels:
                if id(label) not in got:
                    why = "no candidate"
                    if id(label) in taken:
                        candidate = by_id[taken[id(label)]]
                        row = used.get(id(candidate.quantity))
                        why = (
                            "abstained"
                            if row is None
                            else "other indicator"
                            if row["indicator"] != label["indicator"]
                            else "area"
                            if row["area"] != label["entity"]
                            else "value or unit"
                        )
                        if row is None and candidate.subject.area != label["entity"]:
                            why = "abstained, area " + str(candidate.subject.area) + " " + candidate.subject.how
                    out.write(json.dumps(label | {"why": why}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
