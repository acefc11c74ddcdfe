"""No number is glued of two or cut off one: what may be another number waits, what is none is noise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator
from tracker.domain.period import Period
from tracker.domain.statement import Published, Statement
from tracker.extract import read_bytes
from tracker.extract.blanks import Blank, as_written, blanks_of
from tracker.extract.documents import read_document
from tracker.extract.model import Quantity
from tracker.extract.numbers import find_quantities

CATALOGUE = Catalogue(
    (Area("Vietnam", ("Việt Nam", "Vietnam", "cả nước")), Area("Chile", ("Chile",)), Area("Kenya", ("Kenya",))),
    tuple(
        Indicator(id, (("vi", vi), ("en", en)), (), unit, Better.HIGHER, "Vietnam", frozenset({"Vietnam", "Chile", "Kenya"}))
        for id, vi, en, unit in (
            ("literacy", "Tỷ lệ người biết chữ", "Adult literacy rate", Unit.PERCENT),
            ("libraries", "Số thư viện công cộng", "Number of public libraries", Unit.COUNT),
        )
    ),
)  # fmt: skip
PUBLISHED = Published(Period.day(date(2024, 5, 20)), "given")


def said(text: str, name: str = "note.txt") -> tuple[Statement, ...]:
    return read_bytes(text.encode(), name, CATALOGUE, published=PUBLISHED).statements


def written(text: str, name: str = "note.txt") -> list[Quantity]:
    """Every number of a document, by what its blanks were in the source."""
    document, _ = read_document(text.encode(), name)
    return [
        found for block in document.blocks for found in find_quantities(block.text, blanks=blanks_of(document, block))
    ]


def values(text: str, name: str = "note.txt") -> list[Decimal]:
    return [found.value for found in written(text, name) if found.noise is None]


def certain(text: str, name: str = "note.txt") -> list[Decimal]:
    found = [one for one in written(text, name) if one.noise is None]
    return [one.value for one in found if not one.alternatives and "ambiguous" not in one.flags]


SURE = [
    ("Có 1\u202f234\u202f567 hộ trong vùng này", [1234567]),
    ("Có 1\u2009234 hộ trong vùng này", [1234]),
    ("Có 1\u00a0234\u00a0567 hộ trong vùng này", [1234567]),
    ("Dân số 1.234.567 người trong vùng", [1234567]),
    ("Tỷ lệ đạt 81,7%¹ trong vùng", ["81.7"]),
    ("Tỷ lệ đạt 81,7¹ trong vùng", ["81.7"]),
    ("Tỷ lệ đạt 81,7%(1) trong vùng", ["81.7"]),
    ("Số ca là 12(3) trong vùng", [12]),
    ("Tỷ lệ là 12½% trong vùng", ["12.5"]),
    ("Tỷ lệ là 12 ¾ % trong vùng", ["12.75"]),
    ("Tỷ lệ là \uff11\uff12,\uff15% trong vùng", ["12.5"]),
    ("Tỷ lệ là 1\u00ad2,5% trong vùng", ["12.5"]),
]
DOUBTFUL = [
    ("Có 1 234 567 hộ trong vùng này", [1234567]),
    ("Có 3 500 hộ trong vùng này", [3500]),
    ("Có 3\u00a0500 hộ trong vùng này", [3500]),
    ("In 2 019 512 people took part there", [2019512]),
    ("Tỷ lệ còn 4 9,7% trong vùng", ["49.7"]),
    ("Tỷ lệ còn 12 ,5% trong vùng", ["12.5"]),
    ("Tỷ lệ còn 12,3 4% trong vùng", ["12.3", 4]),
    ("Canada 14 15 81,7 là thứ hạng", [14, 15, "81.7"]),
    ("Kenya 102 116 53,2 là thứ hạng", [102, 116, "53.2"]),
    ("Số thẻ 1234 5678 9012 của trường", [1234, 5678, 9012]),
    ("Bản 2.10 đã ra trong vùng này", ["2.10"]),
    ("Diện tích 12² trong vùng này", [12]),
    ("Thu 1 tỷ 2 trong vùng này", [10**9, 2]),
]
NOISE = [
    "Máy chủ 192.168.1.10 bị lỗi hôm qua",
    "Phiên bản 2.10.3 vừa ra hôm qua",
    "Tỷ số là 25-22 ở ván đầu tiên",
    "Màn hình 16:9 được dùng ở trường",
    "Lúc 7h30 sáng cuộc họp bắt đầu",
    "Hãy gọi 0912 345 678 để biết thêm",
    "Hãy gọi 024 3943 1234 để biết thêm",
    "Có chừng 5×10⁶ tế bào trong mẫu",
    "Có chừng 12'345 hộ trong vùng này",
    "Tỷ lệ là ١٢٫٥% trong vùng này",
    "Tỷ lệ là 1,,5% trong vùng này",
    "Tỷ lệ là 1..234 trong vùng này",
    "Tỷ lệ là 12·5% trong vùng này",
]


@pytest.mark.parametrize(("text", "expected"), SURE)
def test_what_can_be_read_in_one_way_is_certain(text, expected):
    assert certain(text) == [Decimal(one) for one in expected]


@pytest.mark.parametrize(("text", "expected"), DOUBTFUL)
def test_what_can_be_read_in_two_ways_is_never_certain(text, expected):
    assert values(text) == [Decimal(one) for one in expected]
    assert certain(text) == []


@pytest.mark.parametrize("text", NOISE)
def test_what_is_no_figure_is_noise(text):
    assert values(text) == []


@pytest.mark.parametrize("gap", ["  ", "    ", "\t", " \t", "\u00a0", "\u2003"])
def test_a_slip_is_one_plain_blank_wide(gap):
    text = f"Một câu đứng trước câu ấy.\n\nTỷ lệ ở vùng này còn 4{gap}9,7% trong năm."
    assert Decimal("49.7") not in values(text)
    assert certain(text) == []


@pytest.mark.parametrize("seam", ["</b><b>", "</i> <i>", "</span><span class='x'>", "<wbr>"])
def test_digits_that_a_tag_parts_are_not_certain(seam):
    text = (
        f"<p>Năm 2023, tỷ lệ người biết chữ của Việt Nam là <b><i><span>1{seam}2,5%</span></i></b> theo tổng hợp.</p>"
    )
    assert all(one.accepted is False for one in said(text, "a.html"))


def test_a_decimal_set_apart_by_styles_is_one_number():
    text = "<p>Tỷ lệ của vùng này là <span class='big'>81</span><span class='small'>,7%</span> theo tổng hợp</p>"
    assert values(text, "a.html") == [Decimal("81.7")]


@pytest.mark.parametrize(
    "mark", ["<sup>1</sup>", "<sup>12</sup>", "<sup>(3)</sup>", "<sup>[4]</sup>", "<sup>1,2</sup>"]
)
def test_a_raised_mark_never_joins_the_number(mark):
    text = f"<p>Tỷ lệ của vùng này là 81,7{mark} theo tổng hợp</p>"
    assert values(text, "a.html") == [Decimal("81.7")]


@pytest.mark.parametrize("mark", ["<sup>123</sup>", "<sub>1</sub>", "<a href='#n'>1</a>", "<sup>1 2 3</sup>"])
def test_other_digits_beside_a_number_leave_a_doubt(mark):
    text = f"<p>Năm 2023, tỷ lệ người biết chữ của Việt Nam là 81,7{mark} theo tổng hợp.</p>"
    assert all(one.accepted is False for one in said(text, "a.html"))


def test_a_power_of_ten_is_no_ten():
    assert certain("<p>Mẫu có 5 × 10<sup>6</sup> tế bào và 10<sup>3</sup> vi khuẩn ở đó</p>", "a.html") == []


def test_a_cell_with_bounds_of_its_own_holds_one_number():
    table = "<table><tr><th>Vùng</th><th>Số</th></tr><tr><td>A</td><td>1 234</td></tr><tr><td>B</td><td>96 484,5</td></tr></table>"
    assert certain(table, "a.html") == [1234, Decimal("96484.5")]
    assert certain("vùng\tsố\nA\t1 234\nB\t96 484,5\n") == [1234, Decimal("96484.5")]


def test_a_cell_that_blanks_draw_may_be_two():
    table = "Country   Rank Score   Share\nKenya   102 116   53,2\nChile   104 118   54,2\n"
    assert [one for one in certain(table) if one > 1000] == []


def test_a_bracketed_number_alone_may_be_below_zero():
    assert certain("<table><tr><th>Mục</th><th>Số</th></tr><tr><td>A</td><td>(12,5)</td></tr></table>", "a.html") == []


ROWS = [
    "Canada   14     15   81.7",
    "Kenya   102    116   53.2",
    "Ireland   8      2   85.6",
    "Chile     9      4    9.7",
]


def test_preformatted_lines_keep_their_columns():
    lines = "\n".join(["Country   Rank  Score   Share &#37;", *ROWS])
    page = (
        f"<h1>Public libraries</h1><p>Some figures follow.</p><pre>\n{lines}\n</pre><p>That is all there is to say.</p>"
    )
    document, _ = read_document(page.encode(), "a.html")
    cells = [block for block in document.blocks if block.cell is not None]
    assert [block.text for block in cells[-4:]] == ["Chile", "9", "4", "9.7"]
    share = next(block for block in document.blocks if block.text == "Share %")
    assert [document.blocks[at] for at in cells[-1].cell.column_headers] == [share]
    assert [document.text[block.starts[0] : block.ends[-1]] for block in cells[-4:]] == ["Chile", "9", "4", "9.7"]
    assert document.text[share.starts[0] : share.ends[-1]] == "Share &#37;"


def test_preformatted_and_plain_text_read_the_same():
    text = "Number of public libraries in 2023\n\nCountry   Branches  Libraries  Share\nChile     19      412   9.7\nKenya     33      116   4.2\n"
    head, lines = text.split("\n\n")
    page = f"<!doctype html><body><h1>{head}</h1>\n<pre>{lines}</pre></body>"
    plain = [(one.indicator, one.area, one.figure.value) for one in said(text)]
    assert plain
    assert [(one.indicator, one.area, one.figure.value) for one in said(page, "a.html")] == plain


def test_tables_beside_preformatted_ones_stay_apart():
    table = "<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>5</td></tr></table>"
    page = f"<p>One.</p><p>Two.</p>{table}<pre>{chr(10).join(ROWS)}</pre>{table}<pre>{chr(10).join(ROWS)}</pre>"
    document, _ = read_document(page.encode(), "a.html")
    tables = [block.cell.table for block in document.blocks if block.cell is not None]
    assert len(set(tables)) == 4


def test_an_ambiguous_number_is_read_and_waits():
    sure = "Năm 2023, tỷ lệ người biết chữ của Việt Nam đạt 97,7%."
    torn = sure.replace("97,7", "9 7,7")
    (good,) = said(sure)
    (doubtful,) = said(torn)
    assert good.accepted
    assert doubtful.figure.value == good.figure.value
    assert not doubtful.accepted


def test_blanks_by_their_source():
    kinds = [as_written("a b\u00a0c\u2009d\u3000e")(at) for at in (1, 3, 5, 7)]
    assert kinds == [Blank.PLAIN, Blank.BOUND, Blank.THIN, Blank.GAP]
    page = "<p>mot&nbsp;hai  ba <b>bon</b><i>nam</i>&thinsp;sau</p>"
    document, _ = read_document(page.encode(), "a.html")
    block = document.blocks[0]
    kind = blanks_of(document, block)
    assert [kind(at) for at, char in enumerate(block.text) if char == " "] == [
        Blank.BOUND,
        Blank.GAP,
        Blank.PLAIN,
        Blank.SEAM,
        Blank.THIN,
    ]
