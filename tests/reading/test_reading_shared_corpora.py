"""Labelled documents that stand beside the project: five real articles, and those that are only ever scored.

The scored-only documents are read when ``READING_SCORED_ONLY`` is set, as ``make check`` does; every such run is a look at
them, so nothing but the verdict and the figures of all of them together is told.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import pytest
from reading.scoring import SHARED, Pack, below, floors, score_packs

SEEDS, CORPUS = SHARED / "seeds", SHARED / "corpus"
NAMES = Path(__file__).parent / "scored_only.txt"

needs_articles = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five articles (../shared/seeds) are not here")


def named() -> list[str]:
    """The documents that are only ever scored; lines with # explain."""
    rows = NAMES.read_text(encoding="utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]


def chosen(names: list[str], corpus: Path) -> list[Pack]:
    """The named documents by their packs: ``dev-01.txt`` is in ``dev``, ``a-13.txt`` in ``packs/a``."""
    by_pack: dict[str, set[str]] = defaultdict(set)
    for name in names:
        by_pack[name.rpartition("-")[0]].add(name)
    folders = {pack: corpus / pack if pack == "dev" else corpus / "packs" / pack for pack in by_pack}
    return [Pack(folders[pack], frozenset(held)) for pack, held in sorted(by_pack.items())]


@needs_articles
@pytest.mark.parametrize("section", ["articles", "articles_undated"])
def test_the_five_articles(section: str) -> None:
    score = score_packs([Pack(SEEDS)], dated=section == "articles")
    assert score.foreign_quotes == 0
    assert below(score.figures(), floors()[section]) == []


@needs_articles
def test_the_floors_of_the_articles_are_no_lower_than_promised() -> None:
    held = floors()["articles"]
    assert held["strict"] >= 0.94
    assert held["precision"] >= 0.95


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the labelled texts (../shared/corpus) are not here")
@pytest.mark.skipif(
    not os.environ.get("READING_SCORED_ONLY"),
    reason="every run is a look: set READING_SCORED_ONLY=1, as make check does",
)
def test_the_documents_that_are_only_scored() -> None:
    names = named()
    packs = chosen(names, Path(os.environ.get("READING_SCORED_ONLY_CORPUS", CORPUS)))
    assert sum(len(pack.documents) for pack in packs) == len(names), "not every named document is there"
    score = score_packs(packs)
    figures = {name: round(figure, 4) for name, figure in score.figures().items()}
    told = f"{score.labels} labels, {score.statements} read, {score.taken} accepted: {figures}"
    missed = "; ".join(below(figures, floors()["scored_only"]))
    print(told)
    if missed or score.foreign_quotes:
        pytest.fail(f"missed: {missed}; foreign quotes: {score.foreign_quotes}; {told}", pytrace=False)
