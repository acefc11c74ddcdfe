"""Whole readings of texts of our own writing: what is read, and what must not be."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published, Statement
from tracker.extract import RULE_VERSION, Reading, read_bytes

AREAS = (
    Area("Vietnam", ("Việt Nam", "Vietnam", "Viet Nam", "cả nước", "toàn quốc")),
    Area("Phú Yên", ("Phú Yên", "Phu Yen")),
    Area("Bình Định", ("Bình Định", "Binh Dinh")),
    Area("World", ("thế giới", "toàn cầu", "world"), comparator=True),
    Area("ASEAN", ("ASEAN", "Đông Nam Á", "Southeast Asia"), comparator=True),
    Area("Malaysia", ("Malaysia",), comparator=True),
)
TRACKED = frozenset({"Vietnam", "Phú Yên", "Bình Định"})
NATIONAL = frozenset({"Vietnam"})


def indicator(
    id: str, name: str, unit: Unit, *aliases: str, scope: frozenset[str] = TRACKED, better: Better = Better.HIGHER
) -> Indicator:
    return Indicator(id, (("vi", name),), aliases, unit, better, "Vietnam", scope)


CATALOGUE = Catalogue(
    AREAS,
    (
        indicator("literacy", "Tỷ lệ người biết chữ", Unit.PERCENT, "biết chữ", "literacy rate", "adult literacy"),
        indicator("jobless", "Tỷ lệ thất nghiệp", Unit.PERCENT, "thất nghiệp", "unemployment rate", "unemployment"),
        indicator("tourists", "Lượng khách du lịch quốc tế", Unit.COUNT, "khách quốc tế", "international visitors"),
        indicator("rice-exports", "Kim ngạch xuất khẩu gạo", Unit.USD, "xuất khẩu gạo", "rice exports"),
        indicator("gdp", "Tốc độ tăng trưởng GDP", Unit.PERCENT, "tăng trưởng GDP", "GDP growth", scope=NATIONAL),
        indicator(
            "passport-rank", "Xếp hạng hộ chiếu", Unit.RANK, "sức mạnh hộ chiếu", "passport ranking",
            scope=NATIONAL, better=Better.LOWER,
        ),
    ),
)  # fmt: skip
PUBLISHED = Published(Period.day(date(2024, 5, 20)), "given")


def reading(text: str, name: str = "note.txt") -> Reading:
    return read_bytes(text.encode(), name, CATALOGUE, published=PUBLISHED)


def short(statement: Statement) -> tuple[str, str, str, float, str | None]:
    period = str(statement.period) if statement.period else None
    return statement.indicator, statement.area, statement.kind.value, float(statement.figure.value), period


READ = [
    (
        "Năm 2023, tỷ lệ thất nghiệp của cả nước là 2,26%.",
        [("jobless", "Vietnam", "observation", 2.26, "2023")],
    ),
    (
        "Tỷ lệ người biết chữ của Phú Yên năm 2023 đạt 96,4%, Bình Định 97,1%.",
        [("literacy", "Phú Yên", "observation", 96.4, "2023"), ("literacy", "Bình Định", "observation", 97.1, "2023")],
    ),
    (
        "Phú Yên và Bình Định có tỷ lệ thất nghiệp năm 2023 lần lượt là 2,5% và 3,1%.",
        [("jobless", "Phú Yên", "observation", 2.5, "2023"), ("jobless", "Bình Định", "observation", 3.1, "2023")],
    ),
    (
        "Mục tiêu đến năm 2030, tỷ lệ người biết chữ đạt 99%.",
        [("literacy", "Vietnam", "target", 99, "2030")],
    ),
    (
        "Tỷ lệ thất nghiệp năm 2023 là 2,26%, giảm 0,06 điểm phần trăm so với năm 2022.",
        [("jobless", "Vietnam", "observation", 2.26, "2023"), ("jobless", "Vietnam", "delta", -0.06, "2023")],
    ),
    (
        "Tăng trưởng GDP quý I/2024 đạt 5,66%.",
        [("gdp", "Vietnam", "observation", 5.66, "2024-Q1")],
    ),
    (
        "The unemployment rate in Vietnam was 2.3% in 2023, down from 2.8% in 2021.",
        [("jobless", "Vietnam", "observation", 2.3, "2023"), ("jobless", "Vietnam", "reference", 2.8, "2021")],
    ),
    (
        "Kim ngạch xuất khẩu gạo năm 2023 đạt 4,68 tỷ USD, tăng 35,3% so với năm 2022.",
        [("rice-exports", "Vietnam", "observation", 4.68e9, "2023"), ("rice-exports", "Vietnam", "delta", 35.3, "2023")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text[:40] for text, _ in READ])
def test_statements_are_read_with_whom_what_and_when(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [short(statement) for statement in reading(text).statements] == expected


SILENT = {
    "a decree and a date": "Nghị định số 96/2023/NĐ-CP về thất nghiệp có hiệu lực từ ngày 01/01/2024.",
    "another measure": "Tỷ lệ hộ dùng nước máy năm 2023 đạt 96,4%.",
    "a share of a plan": "Xuất khẩu gạo quý I đạt 25% kế hoạch năm.",
    "a bare question": "Is the unemployment rate in Vietnam at 5%?",
    "a value taken back": "The unemployment rate is not 7.4%.",
    "a commune": "Xã Hòa Xuân hiện có tỷ lệ người biết chữ 98%.",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_is_no_figure_of_a_tracked_area_is_left_out(text: str) -> None:
    assert [short(statement) for statement in reading(text).statements] == []


def test_what_is_left_is_named_with_its_reason() -> None:
    left = reading("Nghị định số 96/2023/NĐ-CP. Tỷ lệ thất nghiệp năm 2023 là 2,26%.").leftovers
    assert left
    assert all(each.why for each in left)


def test_quotes_are_the_documents_own_words() -> None:
    page = (
        "<html><head><title>Việc làm 2023</title></head><body><p>Tỷ lệ thất nghiệp năm 2023 là "
        "<b>2,26%</b>, thấp hơn năm trước.</p></body></html>"
    )
    found = reading(page, "page.html")
    (statement,) = found.statements
    assert found.document.text[statement.start : statement.end] == statement.quote
    assert "<" not in statement.quote
    assert "2,26" in statement.quote


def test_a_table_is_read_by_its_headers() -> None:
    page = """<html><body><h1>Chỉ tiêu xã hội</h1><table>
      <tr><th>Địa phương</th><th>Tỷ lệ thất nghiệp 2022 (%)</th><th>Tỷ lệ thất nghiệp 2023 (%)</th></tr>
      <tr><td>Phú Yên</td><td>2,9</td><td>2,5</td></tr>
      <tr><td>Kon Tum</td><td>1,9</td><td>1,7</td></tr>
      </table></body></html>"""
    assert [short(statement) for statement in reading(page, "table.html").statements] == [
        ("jobless", "Phú Yên", "reference", 2.9, "2022"),
        ("jobless", "Phú Yên", "observation", 2.5, "2023"),
    ]


def test_a_comparator_gives_references_only() -> None:
    text = "Theo bảng xếp hạng hộ chiếu 2024, Việt Nam đứng thứ 87, Malaysia thứ 12."
    kinds = {(s.area, s.kind) for s in reading(text).statements}
    assert ("Malaysia", Kind.OBSERVATION) not in kinds
    assert ("Vietnam", Kind.OBSERVATION) in kinds


def test_confidence_is_a_probability_and_accepted_follows_it() -> None:
    statements = [s for text, _ in READ for s in reading(text).statements]
    assert all(0 <= s.confidence <= 1 for s in statements)
    least_accepted = min((s.confidence for s in statements if s.accepted), default=1.0)
    most_refused = max((s.confidence for s in statements if not s.accepted), default=0.0)
    assert most_refused <= least_accepted


def test_every_statement_says_why() -> None:
    assert all(s.rules for text, _ in READ for s in reading(text).statements)


def test_an_empty_catalogue_reads_nothing() -> None:
    empty = Catalogue((), ())
    assert read_bytes("Tỷ lệ thất nghiệp 2,26%.".encode(), "a.txt", empty, published=PUBLISHED).statements == ()


def test_the_rule_version_names_the_data_it_rests_on() -> None:
    version, _, fingerprint = RULE_VERSION.partition("-")
    assert version.isdigit()
    assert len(fingerprint) == 12
