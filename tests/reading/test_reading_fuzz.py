"""A short, repeatable part of tools/fuzz_reader.py: any input is read or rejected, in time, with quotes that are there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tools.fuzz_reader import try_one
from tools.fuzz_trials import Trial, originals, towers, trials

#: Processor time; more than the two seconds of the tool, because this asks for an end, not for speed.
LONG = 8.0
# Only drawn: making a slow input small takes longer than finding it.
drawn = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)


@given(trials(tall=False))
@settings(drawn, max_examples=250)
def test_any_input_is_read_or_rejected(trial: Trial) -> None:
    assert try_one(trial, LONG) is None


@given(towers())
@settings(drawn, max_examples=25)
def test_a_piece_repeated_thousands_of_times_is_read_in_time(text: str) -> None:
    assert try_one(Trial(text.encode("utf-8", "replace")), LONG) is None


@pytest.mark.parametrize(
    "piece", ["xảy ra 38 vụ cháy, ", "3.462 tỷ đồng không quá (", "38 fires and 12% of bills; ", "năm 2023 "]
)
def test_a_sentence_of_hundreds_of_numbers_is_read_in_time(piece: str) -> None:
    assert try_one(Trial((piece * 400).encode("utf-8")), LONG) is None


@pytest.mark.parametrize("piece", ["<pre>not ", "% <pre>"])
def test_a_tower_of_preformatted_pieces_is_read_in_time(piece: str) -> None:
    assert try_one(Trial((piece * 6_000).encode("utf-8"), "a.html"), LONG) is None


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_documents_that_break_off(share: float) -> None:
    for pack, name, text in originals()[::4]:
        content = text.encode("utf-8")
        assert try_one(Trial(content[: int(len(content) * share)], name, pack), LONG) is None
