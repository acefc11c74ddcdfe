"""Real articles: every labelled quote lies in one block and maps back to its exact place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.extract.documents import read_document, runs
from tracker.extract.model import Block, BlockKind, Document, Span

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five articles are not at hand")


def labels() -> list[dict[str, object]]:
    if not SEEDS.is_dir():
        return []
    return [
        json.loads(line) for line in (SEEDS / "labels.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def holder(document: Document, start: int, end: int) -> tuple[Block, Span] | None:
    for block in document.blocks:
        starts, ends = list(block.starts), list(block.ends)
        if start in starts and end in ends:
            return block, Span(starts.index(start), ends.index(end) + 1)
    return None


def test_every_labelled_quote_lies_in_one_block_of_the_body() -> None:
    documents: dict[str, Document] = {}
    for label in labels():
        name, start, end = str(label["doc"]), int(str(label["start"])), int(str(label["end"]))
        if name not in documents:
            documents[name] = read_document((SEEDS / name).read_bytes(), name)[0]
        document = documents[name]
        assert document.text[start:end] == label["quote"]
        found = holder(document, start, end)
        assert found is not None, label["quote"]
        block, span = found
        assert block.place(span) == Span(start, end)
        assert runs(document, block, span) == [Span(start, end)]
        assert block.kind not in (BlockKind.BOILERPLATE, BlockKind.DATELINE)


def test_counters_teasers_and_forms_are_boilerplate() -> None:
    for name, text in {
        "004_d8e550f479e163a4.txt": "41,842,347",
        "003_cf1c2a43a6eace24.txt": "Sáng 16/4",
        "001_951a7fe0381d87c6.txt": "Họ tên",
    }.items():
        document = read_document((SEEDS / name).read_bytes(), name)[0]
        assert next(block.kind for block in document.blocks if text in block.text) is BlockKind.BOILERPLATE
