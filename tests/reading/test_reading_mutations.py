"""The same statement in another spelling reads the same: other encodings, separators, order, a page around the text."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading.scoring import OWN, Pack, floors, plain

from tools.fuzz_trials import FIGURES, MARKS, WORDS, Trial
from tools.mutate_corpus import Cost, costs, papers, read_paper
from tools.mutations import MUTATIONS, Paper, assemble
from tracker.config import load
from tracker.domain.indicator import Catalogue

PACKS = [Pack(OWN / "v1"), Pack(OWN / "e1")]


@cache
def measured() -> dict[str, Cost | None]:
    return costs(PACKS)


@cache
def catalogue(pack: str) -> Catalogue:
    return load(OWN / pack / "tracker.yaml").catalogue()


def every() -> list[tuple[str, Paper]]:
    return [(pack.name, paper) for pack in PACKS for paper in papers(pack)]


PAPERS = pytest.mark.parametrize(("pack", "paper"), every(), ids=lambda one: one.name if isinstance(one, Paper) else "")


def said(rows: list[dict[str, Any]], *, composed: bool = True) -> list[tuple[Any, ...]]:
    """What statements say, without where they stand."""
    keys = ("indicator", "area", "kind", "value", "value_high", "unit", "qualifier", "period", "of", "base", "accepted")
    form = "NFC" if composed else "NFD"
    return [(*(row[key] for key in keys), unicodedata.normalize(form, row["quote"])) for row in rows]


@pytest.mark.parametrize("name", sorted(floors()["mutations"]["loss"]))
def test_a_mutation_costs_no_more_than_it_did(name: str) -> None:
    cost = measured()[name]
    assert cost is not None
    assert cost.after.foreign_quotes == 0
    assert cost.loss() <= floors()["mutations"]["loss"][name]


@PAPERS
def test_composed_and_decomposed_state_the_same(pack: str, paper: Paper) -> None:
    forms = [
        Paper(paper.name, unicodedata.normalize(form, paper.text), (), {}, paper.published) for form in ("NFC", "NFD")
    ]
    one, other = (said(read_paper(form, catalogue(pack))) for form in forms)
    assert one == other


def mutation(paper: Paper, name: str) -> Paper | None:
    """The paper after a mutation, None where that does not fit it."""
    pieces = MUTATIONS[name](paper)
    return None if pieces is None else assemble(paper, pieces)


@PAPERS
@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_labels_move_along(pack: str, paper: Paper, name: str) -> None:
    mutated = mutation(paper, name)
    if mutated is None:
        return
    assert mutated.text != paper.text
    for before, after in zip(paper.labels, mutated.labels, strict=True):
        assert mutated.text[after["start"] : after["end"]] == after["quote"]
        if name in ("nfd", "no-break spaces", "shuffled", "shuffled, all", "wrapped"):
            assert plain(after["quote"]) == plain(before["quote"])
        else:
            assert len(plain(after["quote"])) == len(plain(before["quote"]))


@PAPERS
@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_offsets_point_at_the_quote_whatever_the_spelling(pack: str, paper: Paper, name: str) -> None:
    mutated = mutation(paper, name)
    if mutated is None:
        return
    for row in read_paper(mutated, catalogue(pack)):
        assert mutated.text[row["start"] : row["end"]] == row["quote"]


spoken = st.lists(
    st.sampled_from((*WORDS, *FIGURES, *MARKS, "tỷ lệ hộ dân", "số vụ cháy", "broadband price")), max_size=40
)


@given(spoken.map(" ".join), st.sampled_from(["v1", "e1"]))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_text_states_the_same_composed_and_decomposed(text: str, pack: str) -> None:
    one, other = (
        said(read_or_nothing(Trial(unicodedata.normalize(form, text).encode(), "a.txt", pack)))
        for form in ("NFC", "NFD")
    )
    assert one == other


def read_or_nothing(trial: Trial) -> list[dict[str, Any]]:
    from tracker.errors import SourceRejected

    paper = Paper(trial.name, trial.content.decode(), (), {}, "2024-10-15")
    try:
        return read_paper(paper, catalogue(trial.pack))
    except SourceRejected:
        return []


SENTENCES = {
    "v1": (
        "Năm 2023, cả nước xảy ra {} vụ cháy.",
        "Số người chết vì tai nạn lao động năm 2022 là {} người.",
        "Đến hết năm 2024, tỷ lệ hộ dân nông thôn dùng nước sạch đạt {}%.",
        "Mục tiêu đến năm 2030 là {}% hộ dân nông thôn được dùng nước sạch.",
        "Hội nghị diễn ra trong hai ngày.",
        "Trời hôm ấy mưa to, đường vào bản lầy lội.",
    ),
    "e1": (
        "The average broadband bill was ${} a month in 2024.",
        "In 2023 there were {} housing starts.",
        "By 2030 road deaths should be no more than {} per million residents.",
        "The meeting lasted two days.",
        "It rained all week and the road was closed.",
    ),
}


@st.composite
def articles(draw: Any) -> tuple[str, str]:
    pack = draw(st.sampled_from(sorted(SENTENCES)))
    line = st.lists(st.sampled_from(SENTENCES[pack]), min_size=1, max_size=4)
    paragraphs = draw(st.lists(line, min_size=1, max_size=4))
    blocks = [" ".join(one.format(draw(st.integers(11, 89))) for one in sentences) for sentences in paragraphs]
    title = {"v1": "Bản tin thống kê", "e1": "Statistical bulletin"}[pack]
    return pack, "\n\n".join([title, *blocks]) + "\n"


@given(articles())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_page_around_a_text_changes_no_value(article: tuple[str, str]) -> None:
    pack, text = article
    paper = Paper("a.txt", text, (), {}, "2024-10-15")
    pieces = MUTATIONS["wrapped"](paper)
    assert pieces is not None
    keys = ("indicator", "area", "value", "value_high", "unit")
    one, other = (
        sorted(tuple(str(row[key]) for key in keys) for row in read_paper(each, catalogue(pack)))
        for each in (paper, assemble(paper, pieces))
    )
    assert one == other
