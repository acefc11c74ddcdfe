"""What people read, in both languages."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import tracker.assess
from tracker.assess import METHODS
from tracker.domain.alert import AlertType
from tracker.domain.assessment import Reason, Status
from tracker.domain.figure import ChangeUnit, Qualifier, Unit
from tracker.domain.observation import DoubtReason
from tracker.domain.period import Period
from tracker.domain.source import Health
from tracker.domain.statement import Kind
from tracker.language import (
    LANGUAGES,
    REASONS,
    change,
    day,
    number,
    per_year,
    percent_change,
    period,
    say_alert_type,
    say_doubt,
    say_health,
    say_kind,
    say_method,
    say_native,
    say_reason,
    say_status,
    say_unit,
)

D = Decimal


@pytest.mark.parametrize(
    ("value", "unit", "vi", "en"),
    [
        ("544361", "count", "544.361", "544,361"),
        ("96.5", "percent", "96,5 %", "96.5%"),
        ("96.50", "percent", "96,50 %", "96.50%"),
        ("-1234.5", "index", "-1.234,5", "-1,234.5"),
        ("999", "count", "999", "999"),
        ("0", "percent", "0 %", "0%"),
        ("86", "rank", "hạng 86", "rank 86"),
        ("3462000000000", "VND", "3.462 tỷ đồng", "3,462 billion VND"),
        ("299630000000", "USD", "299,63 tỷ USD", "299.63 billion USD"),
        ("25000000", "VND", "25 triệu đồng", "25 million VND"),
        ("299630000001", "USD", "299.630.000.001 USD", "299,630,000,001 USD"),
        ("1.5E+7", "count", "15.000.000", "15,000,000"),
        ("2.5", "times", "2,5 lần", "2.5 times"),
        ("1", "places", "1 bậc", "1 place"),
    ],
)
def test_numbers(value, unit, vi, en):
    assert number(D(value), unit, "vi") == vi
    assert number(D(value), unit, "en") == en


def test_ranges_and_hedges():
    assert number(D(30), "percent", "vi", D(35)) == "30-35 %"
    assert number(D(2000000000), "VND", "vi", D(2500000000)) == "2-2,5 tỷ đồng"
    assert number(D(90), "percent", "vi", qualifier="more_than") == "hơn 90 %"
    assert number(D(90), "percent", "en", qualifier=Qualifier.ALMOST) == "almost 90%"
    assert number(D(11), "rank", "vi", qualifier="at_most") == "trong top 11"
    for hedge in Qualifier:
        assert "90" in number(D(90), "count", "vi", qualifier=hedge)


def test_no_digit_of_a_figure_is_lost():
    assert number(D("0.123456789"), "ratio", "vi") == "0,123456789"
    assert number(D("12345678901234567890.5"), "count", "en") == "12,345,678,901,234,567,890.5"


def test_floats_are_cut_to_what_can_be_read():
    assert number(0.1 + 0.2, "ratio", "en") == "0.3"
    assert number(0.000123456, "index", "en") == "0.00012"


@pytest.mark.parametrize(
    ("value", "unit", "vi", "en"),
    [
        ("65.14", "percent", "+65,14 điểm %", "+65.14 pp"),
        ("-2", "percent", "-2 điểm %", "-2 pp"),
        ("0", "percent", "0 điểm %", "0 pp"),
        ("-10", "rank", "lên 10 bậc", "up 10 places"),
        ("1", "rank", "xuống 1 bậc", "down 1 place"),
        ("0", "rank", "giữ nguyên thứ hạng", "same rank"),
        ("-3500000000", "VND", "-3,5 tỷ đồng", "-3.5 billion VND"),
        ("0.02", "index", "+0,02 điểm", "+0.02 points"),
        ("1200", "count", "+1.200", "+1,200"),
    ],
)
def test_changes(value, unit, vi, en):
    assert change(D(value), unit, "vi") == vi
    assert change(D(value), unit, "en") == en


def test_changes_per_year_and_in_per_cent():
    assert per_year(8.123, "percent", "vi") == "+8,12 điểm % mỗi năm"
    assert per_year(D("0.00361"), "index", "en") == "+0.0036 points per year"
    assert percent_change(D("5.25"), "vi") == "+5,3 %"
    assert percent_change(-12.04, "en") == "-12%"


def test_days_and_periods():
    assert (day(date(2021, 12, 5), "vi"), day(date(2021, 12, 5), "en")) == ("05/12/2021", "5 December 2021")
    cases = {
        "2021": ("năm 2021", "2021"),
        "2024-Q2": ("quý II/2024", "Q2 2024"),
        "2024-09": ("tháng 9/2024", "September 2024"),
        "2021-12-15": ("ngày 15/12/2021", "15 December 2021"),
        "2016/2020": ("từ năm 2016 đến năm 2020", "2016 to 2020"),
        "2024-01/2024-09": ("từ tháng 1/2024 đến tháng 9/2024", "January 2024 to September 2024"),
    }
    for text, said in cases.items():
        assert tuple(period(Period.parse(text), lang) for lang in LANGUAGES) == said


@pytest.mark.parametrize(
    ("say", "codes"),
    [
        (say_status, list(Status)),
        (say_alert_type, list(AlertType)),
        (say_doubt, list(DoubtReason)),
        (say_health, list(Health)),
        (say_kind, list(Kind)),
        (say_unit, list(Unit)),
        (say_method, list(METHODS)),
        (say_native, sorted({native for method in METHODS.values() for native in method.classes})),
    ],
)
def test_every_code_has_its_word_in_both_languages(say, codes):
    for code in codes:
        said = [say(code, lang) for lang in LANGUAGES]
        assert all(said), code
        assert said[0] != code, code
    assert say("never-heard-of", "vi") == "never-heard-of"


def test_every_unit_and_change_can_be_said():
    for unit in (*Unit, *ChangeUnit):
        for lang in LANGUAGES:
            assert "7" in number(D(7), unit, lang)


def reason_codes():
    """Every code that the assess room can give, read out of its source."""
    source = "".join(file.read_text(encoding="utf-8") for file in Path(tracker.assess.__file__).parent.rglob("*.py"))
    found = set(re.findall(r'(?:Reason|_trend_flag|_with_others)\(\s*"([a-z_]+)"', source))
    spread = re.findall(r'Reason\(\s*"([a-z_]+)" if [^)]*? else "([a-z_]+)"', source)
    return found | {code for pair in spread for code in pair}


def test_every_reason_has_a_sentence_in_both_languages():
    codes = reason_codes()
    assert len(codes) > 20
    assert codes == set(REASONS)
    for code in codes:
        for lang in LANGUAGES:
            said = say_reason(Reason(code), lang)
            assert said.endswith("."), code
            assert "{" not in said
        assert say_reason(Reason(code), "vi") != say_reason(Reason(code), "en")


def test_every_detail_named_in_a_sentence_is_filled():
    details = {
        "value": "96.5", "unit": "percent", "period": "2021", "since": "2020", "method": "statcan",
        "distance": "3.5", "change": "-2", "other": "on_track,achieved", "values": "95;94", "of": "176",
        "equivalent": "49.2", "required": "8.5", "best": "6", "status": "on_track", "symbol": "sun",
        "needed": "4", "count": "3", "periods": "2020;2021", "by": "2025-12-31", "figure": "93",
    }  # fmt: skip
    for code, sentences in REASONS.items():
        for lang, sentence in zip(LANGUAGES, sentences, strict=True):
            said = say_reason(Reason(code, tuple(details.items())), lang)
            assert "{" not in said
            if sentence.full:
                assert said != sentence.plain, code


def test_details_speak_the_language():
    reason = Reason("met_late", (("value", "1234.5"), ("unit", "count"), ("period", "2022-12")))
    assert "1.234,5 (tháng 12/2022)" in say_reason(reason, "vi")
    assert "1,234.5 (December 2022)" in say_reason(reason, "en")
    ranked = Reason("single_observation", (("distance", "6"), ("unit", "rank")))
    assert "6 bậc" in say_reason(ranked, "vi")
    noted = Reason("break_in_series", (("period", "2021"), ("note", "đổi mẫu số")))
    assert say_reason(noted, "vi").endswith("(đổi mẫu số)")


def test_what_cannot_be_read_is_shown_as_it_stands():
    odd = Reason("met_late", (("value", "many"), ("unit", "count"), ("period", "some day")))
    assert "many (some day)" in say_reason(odd, "en")
    assert say_reason(Reason("brand_new"), "vi") == "brand_new"
    assert say_status("achieved", "fr") == "achieved"
