"""Whatever an opinion says, the figures are the rules' own: at worst one waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.indicator import Catalogue
from tracker.domain.observation import SecondWord
from tracker.domain.statement import Kind
from tracker.extract import Reading
from tracker.extract.again import SecondLook
from tracker.second import Heard, Label, Limits, Opinion, Proposal, Question, sheet_of, weigh

NONE = Label(None, None)
EVERYTHING = Limits()
#: What the rules read in the document of these tests: number as written, then what it is.
RULES = {
    "79/193": Label("egdi-rank", Kind.OBSERVATION),
    "70%": Label("homes-online", Kind.OBSERVATION),
    "5 điểm phần trăm": Label("homes-online", Kind.DELTA),
    "95%": Label("homes-online", Kind.TARGET),
}


def written(asked: Question) -> dict[str, int]:
    """The numbers of the question by how they are written."""
    passages = asked.sheet.passages
    return {passages[one.passage - 1].text[one.at.start : one.at.end]: one.n for one in asked.sheet.numbers}


@pytest.fixture(scope="session")
def hear(reading: Reading, asked: Question, look: SecondLook) -> Callable[..., Heard]:
    def one(*proposals: Proposal, limits: Limits = EVERYTHING, **labels: Label) -> Heard:
        numbers = written(asked)
        said = {n: RULES.get(text, NONE) for text, n in numbers.items()}
        said |= {next(n for text, n in numbers.items() if name[1:] in text): label for name, label in labels.items()}
        return weigh(reading, asked.sheet, Opinion(said, proposals), look, limits, model="m", request="r")

    return one


def test_the_rules_read_this(reading: Reading, asked: Question) -> None:
    by_place = {one.statement: text for one, text in zip(asked.sheet.numbers, written(asked), strict=True)}
    read = {by_place[at]: Label(one.indicator, one.kind) for at, one in enumerate(reading.statements)}
    assert read == RULES
    assert set(written(asked)) == {*RULES, "41", "64%"}


def test_agreement_changes_nothing(hear: Callable[..., Heard], reading: Reading) -> None:
    found = hear()
    assert (found.statements, found.disputed, found.proposals) == (reading.statements, {}, ())
    assert found.agreed == frozenset(range(len(reading.statements)))


def test_which_value_is_the_present_one_is_no_dispute(hear: Callable[..., Heard], reading: Reading) -> None:
    found = hear(_70=Label("homes-online", Kind.REFERENCE))
    assert (found.statements, found.disputed, found.proposals) == (reading.statements, {}, ())


def test_a_number_said_to_be_nothing_waits(hear: Callable[..., Heard], reading: Reading) -> None:
    found = hear(_70=NONE)
    (at,) = found.disputed
    assert found.statements[at] == replace(reading.statements[at], accepted=False)
    assert (found.disputed[at].word, found.disputed[at].indicator) == (SecondWord.DISPUTES, None)
    assert found.proposals == ()


def test_another_kind_waits_and_is_proposed_beside(hear: Callable[..., Heard], reading: Reading) -> None:
    found = hear(_70=Label("homes-online", Kind.FORECAST))
    (at,) = found.disputed
    ((statement, view),) = found.proposals
    assert statement.kind is Kind.FORECAST
    assert (statement.figure, statement.quote) == (reading.statements[at].figure, reading.statements[at].quote)
    assert not statement.accepted
    assert view.word is SecondWord.PROPOSES


def test_a_unit_that_does_not_fit_is_a_veto(hear: Callable[..., Heard]) -> None:
    found = hear(_70=Label("egdi-rank", Kind.OBSERVATION), _64=Label("egdi-rank", Kind.TARGET))
    assert len(found.disputed) == 1
    assert (found.proposals, found.dropped) == ((), 2)


def test_a_number_that_the_rules_left_is_proposed(hear: Callable[..., Heard], reading: Reading) -> None:
    found = hear(_64=Label("homes-online", Kind.OBSERVATION))
    ((statement, _),) = found.proposals
    assert (statement.figure.value, statement.area, statement.accepted) == (Decimal(64), "Vietnam", False)
    assert reading.document.text[statement.start : statement.end] == statement.quote
    assert found.statements == reading.statements


def proposal(asked: Question, quote: str, value: str, **more: object) -> Proposal:
    passage = next(one.id for one in asked.sheet.passages if "64%" in one.text)
    return replace(Proposal(passage, quote, Decimal(value), "homes-online", Kind.OBSERVATION), **more)  # type: ignore[arg-type]


def test_a_quote_with_its_value_is_proposed(hear: Callable[..., Heard], asked: Question) -> None:
    ((statement, _),) = hear(proposal(asked, "64% hộ dùng mạng xã hội", "64")).proposals
    assert (statement.figure.value, statement.figure.unit) == (Decimal(64), "percent")


@pytest.mark.parametrize(
    ("quote", "value", "more"),
    [
        ("64% hộ dùng mạng xã hội", "65", {}),
        ("64% hộ dùng mạng xã hội", "0.64", {}),
        ("64% hộ dùng mạng", "64", {"passage": 1}),
        ("64% hộ  dùng", "64", {}),
        ("64 % hộ", "64", {}),
        ("hộ", "64", {}),
        ("4% hộ dùng", "4", {}),
        ("% hộ dùng", "64", {}),
        ("Cùng năm", "2022", {}),
        ("41 trường học", "41", {"indicator": "egdi-rank", "kind": Kind.DELTA}),
    ],
)
def test_a_quote_that_does_not_say_so_there_is_dropped(
    hear: Callable[..., Heard], asked: Question, quote: str, value: str, more: dict[str, object]
) -> None:
    found = hear(proposal(asked, quote, value, **more))
    assert (found.proposals, found.dropped) == ((), 1)


def test_a_quote_that_stands_twice_in_its_passage_proves_nothing(
    read: Callable[..., Reading], catalogue: Catalogue
) -> None:
    reading = read("Hộ gia đình có Internet: chưa rõ. Có 64% hộ dùng mạng xã hội, và có 64% hộ dùng điện thoại.\n")
    look, sheet = SecondLook(reading.document, catalogue), sheet_of(reading, EVERYTHING)
    found = {}
    for quote in ("có 64% hộ", "64% hộ dùng"):
        claim = Proposal(1, quote, Decimal(64), "homes-online", Kind.FORECAST)
        found[quote] = weigh(reading, sheet, Opinion({}, (claim,)), look, EVERYTHING, model="m", request="r")
    assert len(found["có 64% hộ"].proposals) == 1
    assert found["64% hộ dùng"].proposals == ()


def test_what_the_rules_read_already_is_no_proposal(hear: Callable[..., Heard], asked: Question) -> None:
    assert hear(proposal(asked, "95% hộ gia đình", "95", kind=Kind.TARGET)).proposals == ()


def test_no_more_proposals_than_allowed(hear: Callable[..., Heard]) -> None:
    labels = {"_64": Label("homes-online", Kind.TARGET), "_70": Label("homes-online", Kind.TARGET)}
    assert len(hear(**labels).proposals) == 2
    assert len(hear(**labels, limits=Limits(proposals=1)).proposals) == 1


LABELS = st.builds(
    lambda indicator, kind: Label(indicator, kind) if indicator else NONE,
    st.sampled_from([None, "egdi-rank", "homes-online"]),
    st.sampled_from(list(Kind)),
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_opinion_changes_a_figure(
    reading: Reading, asked: Question, look: SecondLook, catalogue: Catalogue, data: st.DataObject
) -> None:
    labels = data.draw(st.dictionaries(st.sampled_from([one.n for one in asked.sheet.numbers]), LABELS))
    passage = data.draw(st.sampled_from(asked.sheet.passages))
    start = data.draw(st.integers(0, len(passage.text) - 1))
    quote = passage.text[start : data.draw(st.integers(start + 1, len(passage.text)))]
    value = data.draw(st.sampled_from([Decimal(one) for one in ("79", "70", "5", "64", "95", "41", "193", "2022")]))
    kind = data.draw(st.sampled_from(list(Kind)))
    proposals = (Proposal(passage.id, quote, value, data.draw(st.sampled_from(sorted(asked.indicators))), kind),)
    found = weigh(reading, asked.sheet, Opinion(labels, proposals), look, Limits(), model="m", request="r")
    assert len(found.statements) == len(reading.statements)
    for at, (was, now) in enumerate(zip(reading.statements, found.statements, strict=True)):
        assert now == (replace(was, accepted=False) if at in found.disputed else was)
    for statement, view in found.proposals:
        assert not statement.accepted
        assert view.word is SecondWord.PROPOSES
        assert reading.document.text[statement.start : statement.end] == statement.quote
        assert statement.area in catalogue.indicator(statement.indicator).scope
