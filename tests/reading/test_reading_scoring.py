"""The scorer itself: small cases by hand, and the same figures as the public scorer where that is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from reading.scoring import OWN, SHARED, Pack, calibration_error, score, score_packs, statements

LABEL = {
    "doc": "a.txt", "indicator": "fires", "entity": "Huế", "kind": "observation", "value": 38, "value_high": None,
    "qualifier": "exact", "unit": "count", "period": "2023", "quote": "38 vụ cháy", "start": 10, "end": 20,
}  # fmt: skip
SAID = {
    "doc": "a.txt", "indicator": "fires", "area": "Huế", "kind": "observation", "value": 38, "value_high": None,
    "qualifier": "exact", "unit": "count", "period": "2023", "quote": "38 vụ", "start": 10, "end": 15,
    "confidence": 0.9, "accepted": True,
}  # fmt: skip


def test_a_reading_that_agrees_in_all_is_right_at_every_level() -> None:
    result = score([LABEL], [SAID], {"a.txt": "Năm nay: 38 vụ cháy."})
    assert {level.f1 for level in result.levels.values()} == {1.0}
    assert result.aspects == {"kind": 1.0, "qualifier": 1.0, "period": 1.0}
    assert (result.accepted.precision, result.accepted.recall) == (1.0, 1.0)
    assert result.calibration == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        ({"value": 39}, ""),
        ({"area": "Vietnam"}, ""),
        ({"unit": "percent"}, ""),
        ({"value_high": 40}, ""),
        ({"kind": "target"}, "value"),
        ({"kind": "reference"}, "value lenient"),
        ({"qualifier": "about"}, "value lenient strict"),
        ({"period": None}, "value lenient strict"),
        ({"quote": "39 vụ"}, ""),
        ({"quote": " "}, ""),
    ],
)
def test_each_disagreement_costs_its_levels(change: dict[str, Any], reached: str) -> None:
    result = score([LABEL], [SAID | change], {"a.txt": "Năm nay: 38 vụ cháy."})
    assert [name for name, level in result.levels.items() if level.f1] == reached.split()


def test_a_figure_said_twice_is_to_be_read_twice() -> None:
    again = LABEL | {"start": 50, "end": 60}
    result = score([LABEL, again], [SAID])
    assert (result.levels["strict"].precision, result.levels["strict"].recall) == (1.0, 0.5)
    assert score([LABEL], [SAID, SAID]).levels["strict"].precision == 0.5


def test_a_pair_is_made_where_the_texts_overlap() -> None:
    first, second = LABEL | {"kind": "target"}, LABEL | {"start": 50, "end": 60}
    result = score([first, second], [SAID | {"start": 12}, SAID | {"start": 52, "end": 57, "kind": "target"}])
    assert result.aspects["kind"] == 0.0


def test_an_ambiguous_change_of_a_percentage_may_have_either_unit() -> None:
    label = LABEL | {"unit": "pp", "note": "ambiguous_pp"}
    assert score([label], [SAID | {"unit": "percent_change"}]).levels["value"].f1 == 1.0
    assert score([LABEL | {"unit": "pp"}], [SAID | {"unit": "percent_change"}]).levels["value"].f1 == 0.0


def test_calibration_error_is_the_distance_in_each_bin() -> None:
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == 0
    assert calibration_error([(1.0, False)]) == 1
    assert calibration_error([(0.31, True), (0.95, False)]) == pytest.approx((0.69 + 0.95) / 2)
    assert calibration_error([]) == 0


@pytest.mark.skipif(not (SHARED / "corpus" / "score.py").is_file(), reason="the public scorer (../shared) is not here")
@pytest.mark.parametrize("folder", [OWN / "v1", OWN / "e1", SHARED / "seeds"], ids=lambda folder: folder.name)
def test_the_public_scorer_counts_the_same(folder: Path, tmp_path: Path) -> None:
    pack = Pack(folder)
    said = tmp_path / "said.jsonl"
    said.write_text("".join(json.dumps(row) + "\n" for row in statements(pack)), encoding="utf-8")
    docs = folder / "docs" if (folder / "docs").is_dir() else tmp_path / "docs"
    if not docs.exists():
        docs.mkdir()
        for path, _ in pack.documents:
            (docs / path.name).write_bytes(path.read_bytes())
    scorer = str(SHARED / "corpus" / "score.py")
    command = [sys.executable, scorer, str(folder / "labels.jsonl"), str(said), "--docs", str(docs), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    ours = score_packs([pack])
    for level, figures in ours.levels.items():
        assert (figures.precision, figures.recall) == pytest.approx(
            (theirs[level]["precision"], theirs[level]["recall"]), abs=1e-4
        )
    for aspect, share in ours.aspects.items():
        assert share == pytest.approx(theirs[f"{aspect}_accuracy"], abs=1e-4)
    if ours.taken:
        assert ours.accepted.precision == pytest.approx(theirs["accepted"]["precision"], abs=1e-4)
    assert ours.foreign_quotes == theirs["quotes_not_in_document"]
