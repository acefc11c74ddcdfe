"""When two figures can be the same fact."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.figure import Figure, Qualifier, Unit
from tracker.series.agreement import compatible, vagueness


def figure(text: str, unit: Unit = Unit.PERCENT) -> Figure:
    """``more_than 97``, ``97..98`` or ``97``."""
    hedge, _, number = text.rpartition(" ")
    low, _, high = number.partition("..")
    return Figure(Decimal(low), unit.value, Decimal(high) if high else None, Qualifier(hedge or "exact"))


@pytest.mark.parametrize(
    ("one", "other", "unit", "same"),
    [
        ("97", "97.3", Unit.PERCENT, True),
        ("97", "96.5", Unit.PERCENT, True),
        ("97", "97.5", Unit.PERCENT, False),
        ("97.3", "97.34", Unit.PERCENT, True),
        ("97", "97.00", Unit.PERCENT, True),
        ("97", "98", Unit.PERCENT, False),
        ("90", "91", Unit.PERCENT, False),
        ("more_than 97", "97.3", Unit.PERCENT, True),
        ("more_than 97", "96.3", Unit.PERCENT, False),
        ("more_than 50", "97", Unit.PERCENT, False),
        ("almost 98", "97.3", Unit.PERCENT, True),
        ("almost 98", "98.3", Unit.PERCENT, False),
        ("less_than 50", "47", Unit.PERCENT, True),
        ("estimated 97", "97.3", Unit.PERCENT, True),
        ("estimated 95", "97.3", Unit.PERCENT, False),
        ("96..98", "97.3", Unit.PERCENT, True),
        ("96..98", "96.5..97", Unit.PERCENT, True),
        ("96..97", "98..99", Unit.PERCENT, False),
        ("71", "72", Unit.RANK, False),
        ("at_most 50", "12", Unit.RANK, True),
        ("at_most 50", "51", Unit.RANK, False),
        ("544000", "544361", Unit.COUNT, True),
        ("12000000", "12400000", Unit.COUNT, False),
        ("300000000000", "299630000000", Unit.USD, True),
        ("0", "0.4", Unit.PERCENT, True),
        ("-2", "-2.4", Unit.PERCENT, True),
        ("-2", "2", Unit.PERCENT, False),
    ],
)
def test_the_same_fact_or_another(one: str, other: str, unit: Unit, same: bool) -> None:
    assert compatible(figure(one, unit), figure(other, unit)) is same
    assert compatible(figure(other, unit), figure(one, unit)) is same


def test_units_never_agree() -> None:
    assert not compatible(figure("97"), figure("97", Unit.COUNT))


def test_from_the_most_exact() -> None:
    words = ["97.3", "97", "96..98", "estimated 97", "about 97", "almost 98", "more_than 97", "at_most 99"]
    assert sorted(words, key=lambda word: vagueness(figure(word))) == words


FIGURES = st.builds(
    Figure,
    st.decimals(-200, 200, places=1),
    st.just("percent"),
    st.none(),
    st.sampled_from(list(Qualifier)),
)


@given(FIGURES, FIGURES)
def test_agreement_is_mutual_and_holds_with_oneself(one: Figure, other: Figure) -> None:
    assert compatible(one, one)
    assert compatible(one, other) == compatible(other, one)
