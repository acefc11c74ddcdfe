"""The project's own labelled documents are read as well as they were: floors as data in floors.json.

v1 and e1 were open to whoever worked on the reader; v2 and m1 never were, so their floors are the honest ones.
"""

from __future__ import annotations

import pytest
from reading.scoring import OWN, Pack, below, floors, score_packs

GROUPS = sorted(floors()["own"])


def packs(group: str) -> list[Pack]:
    return [Pack(OWN / name) for name in group.split("+")]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("section", ["own", "own_undated"])
def test_the_floors_are_held(group: str, section: str) -> None:
    score = score_packs(packs(group), dated=section == "own")
    assert below(score.figures(), floors()[section][group]) == []


def test_floors_are_set_for_every_pack() -> None:
    assert {folder.name for folder in OWN.iterdir() if folder.is_dir()} <= set(GROUPS)
    assert set(floors()["own"]) == set(floors()["own_undated"])


@pytest.mark.parametrize("group", GROUPS)
def test_no_quote_is_outside_its_document(group: str) -> None:
    assert score_packs(packs(group)).foreign_quotes == 0


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_accepted_is_right_more_often_than_the_rest(group: str) -> None:
    score = score_packs(packs(group))
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
