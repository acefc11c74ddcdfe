"""The project's own labelled documents are read as well as they were: floors as data in floors.json.

The weights were fitted on all of them, so these floors guard what is reached; how the reader does where it has not been
is told by folders left out, and by documents that are only scored.
"""

from __future__ import annotations

import pytest
from reading.scoring import OWN, Pack, below, floors, score_packs

PACKS = sorted(floors()["own"])


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("section", ["own", "own_undated"])
def test_the_floors_are_held(pack: str, section: str) -> None:
    score = score_packs([Pack(OWN / pack)], dated=section == "own")
    assert below(score.figures(), floors()[section][pack]) == []


def test_floors_are_set_for_every_pack() -> None:
    assert {folder.name for folder in OWN.iterdir() if folder.is_dir()} == set(PACKS)
    assert set(floors()["own"]) == set(floors()["own_undated"])


@pytest.mark.parametrize("pack", PACKS)
def test_no_quote_is_outside_its_document(pack: str) -> None:
    assert score_packs([Pack(OWN / pack)]).foreign_quotes == 0


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_accepted_is_right_more_often_than_the_rest(pack: str) -> None:
    score = score_packs([Pack(OWN / pack)])
    assert score.accepted.precision >= score.levels["strict"].precision


def test_the_labels_quote_their_documents() -> None:
    for pack in (Pack(folder) for folder in OWN.iterdir() if folder.is_dir()):
        texts = pack.texts
        wrong = [
            label["doc"]
            for label in pack.labels
            if texts[label["doc"]][label["start"] : label["end"]] != label["quote"]
        ]
        assert wrong == []
