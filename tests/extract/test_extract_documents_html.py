"""HTML: blocks, tables and frames; every quote is free of tags and found in the source."""

from __future__ import annotations

import pytest

from tracker.extract.documents import read_document, runs
from tracker.extract.model import Block, BlockKind, Document, Span


def read(source: str) -> Document:
    return read_document(source.encode(), "a.html")[0]


def find(document: Document, text: str) -> Block:
    return next(block for block in document.blocks if text in block.text)


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.text for block in document.blocks if block.kind is kind]


def scope(document: Document, text: str) -> list[str]:
    return [document.blocks[i].text for i in find(document, text).scope]


def headers(document: Document, text: str) -> tuple[list[str], list[str]]:
    cell = find(document, text).cell
    assert cell is not None
    return (
        [document.blocks[i].text for i in cell.row_headers],
        [document.blocks[i].text for i in cell.column_headers],
    )


def source_of(document: Document, text: str) -> str:
    block = find(document, text)
    start = block.text.index(text)
    span = block.place(Span(start, start + len(text)))
    return document.text[span.start : span.end]


def test_entities_and_inline_tags_map_to_the_source() -> None:
    document = read("<p>V&#7889;n <b>đạt 8,1&nbsp;tỷ</b> USD &amp; tăng <i>5</i>%.</p>")
    assert document.blocks[0].text == "Vốn đạt 8,1 tỷ USD & tăng 5%."
    assert source_of(document, "8,1 tỷ") == "8,1&nbsp;tỷ"
    assert source_of(document, "Vốn") == "V&#7889;n"
    assert source_of(document, "tăng 5%") == "tăng <i>5</i>%"


def test_runs_cut_a_quote_at_tags() -> None:
    document = read("<p>tỷ lệ <b>đạt <!-- x -->93,5%</b> dân số</p>")
    block = document.blocks[0]
    pieces = [document.text[p.start : p.end] for p in runs(document, block, Span(0, len(block.text)))]
    assert pieces == ["tỷ lệ", "đạt", "93,5%", "dân số"]
    whole = block.text.index("dân")
    assert len(runs(document, block, Span(whole, len(block.text)))) == 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>đạt 96,3<sup>1</sup> phần trăm</p>", "đạt 96,3 phần trăm"),
        ("<p>đạt 96,3<sup><a href=#n>[2]</a></sup>%</p>", "đạt 96,3%"),
        ("<p>rộng 12 km<sup>2</sup> đất</p>", "rộng 12 km2 đất"),
        ("<p>the 19<sup>th</sup> place</p>", "the 19th place"),
        ("<p>1,2 × 10<sup>6</sup> tấn</p>", "1,2 × 10 6 tấn"),
        ("<p>phát thải CO<sub>2</sub> giảm</p>", "phát thải CO2 giảm"),
        ('<div><span class="n">46,2%</span><span class="t">hồ sơ</span></div>', "46,2% hồ sơ"),
        ("<p>Vi<b>ệ</b>t <span>N</span><span>am</span></p>", "Việt Nam"),
        ("<div><strong>48,6 tỷ</strong><em>dư nợ</em></div>", "48,6 tỷ dư nợ"),
        ("<p><b>12</b><i>,5%</i> và <b>H</b>à <i>Nội</i></p>", "12,5% và Hà Nội"),
        ("<p>một<br>hai</p>", "một hai"),
        ("<p>a &lt;b&gt; &copy &bogus; &#0; 5 < 6</p>", "a <b> © &bogus; \ufffd 5 < 6"),
    ],
)
def test_text_of_a_paragraph(source: str, text: str) -> None:
    assert [block.text for block in read(source).blocks] == [text]


def test_line_breaks_part_sentences_and_join_the_rest() -> None:
    document = read("<h1>T</h1><p>- Đạt 5%<br>trong năm<br>- Đạt 6%<br><br>Hết năm đạt 7%.</p>")
    assert [block.text for block in document.blocks[1:]] == ["Đạt 5% trong năm", "Đạt 6%", "Hết năm đạt 7%."]


def test_headings_lists_and_leads() -> None:
    document = read(
        "<h1>Báo cáo</h1><h2>Y tế</h2><p>Kết quả năm 2024:</p><ul><li>Cả nước<ul><li>93%</ul><li>Huế <p>88%</ul>"
        "<h3>Chi tiết</h3><p>Còn 5%.</p><h2>Khác</h2><dl><dt>2021<dd>43%<dt>2022<dd>61%</dl>"
    )
    assert scope(document, "93%") == ["Báo cáo", "Y tế", "Kết quả năm 2024:", "Cả nước"]
    assert scope(document, "Còn 5%") == ["Báo cáo", "Y tế", "Chi tiết"]
    assert scope(document, "61%") == ["Báo cáo", "Khác", "2022"]
    assert find(document, "93%").depth == 2


def test_frames_are_boilerplate_and_hidden_text_is_gone() -> None:
    document = read(
        "<style>.qc{color:red;display:none}</style><header><a href=/>Báo</a> 27 độ</header><div class=qc>Giảm 50%</div>"
        "<form id=aspnetForm><div class='sidebar-1'><h1>Tiêu đề</h1><p>Thu đạt 12%, tăng mạnh so với năm trước.</p>"
        "<p style='display: none'>Ẩn 1%</p><span hidden>Ẩn 2%</span></div></form>"
        "<div id=side><p>Bình chọn 62%</p></div><aside>Đọc nhiều 40</aside><footer>Lượt truy cập 99</footer><script>x='3%'</script>"
    )
    assert texts(document, BlockKind.PARAGRAPH) == ["Thu đạt 12%, tăng mạnh so với năm trước."]
    assert texts(document, BlockKind.TITLE) == ["Tiêu đề"]
    assert "Bình chọn 62%" in texts(document, BlockKind.BOILERPLATE)
    assert not any("Ẩn" in block.text or "50%" in block.text or block.text == "3%" for block in document.blocks)


def test_a_page_that_is_all_sidebar_is_still_read() -> None:
    document = read("<div class='sidebar'><p>Tỷ lệ bao phủ bảo hiểm y tế đạt 93,2% dân số.</p></div>")
    assert texts(document, BlockKind.PARAGRAPH) == ["Tỷ lệ bao phủ bảo hiểm y tế đạt 93,2% dân số."]


TWO_LEVELS = """<h1>Số liệu</h1><p>Đơn vị: %</p><table><caption>Biểu 1</caption>
<tr><th rowspan=2>STT<th rowspan=2>Địa phương<th colspan=2>Hộ nghèo (%)<th colspan="2">BHYT (%)</tr>
<tr><th>2022</th><th>2023<th>2022<th>2023</tr>
<tr><td>1<td>Huế<td>3,1<td>2,4<td>91,1<td>92,6</tr>
<tr><td colspan=6><i>B. Miền núi</i></tr>
<tr><td>2<td rowspan=2>Lào Cai<td>20,5<td>17,7<td>95,1<td>96,2<sup>1</sup></tr>
<tr><td>3<td>-<td>16,9<td>n/a<td>97,3</table><p>1. Số sơ bộ.</p>"""


def test_two_header_levels_spans_and_section_rows() -> None:
    document = read(TWO_LEVELS)
    assert headers(document, "2,4") == (["Huế"], ["Hộ nghèo (%)", "2023"])
    assert headers(document, "95,1") == (["B. Miền núi", "Lào Cai"], ["BHYT (%)", "2022"])
    assert headers(document, "16,9") == (["B. Miền núi", "Lào Cai"], ["Hộ nghèo (%)", "2023"])
    assert find(document, "96,2").text == "96,2"
    assert scope(document, "16,9") == ["Số liệu", "Đơn vị: %", "Biểu 1", "1. Số sơ bộ."]
    numbering = next(block for block in document.blocks if block.text == "2" and block.cell)
    assert numbering.cell is not None
    assert numbering.cell.is_header


def test_headers_without_th_and_years_as_rows() -> None:
    document = read(
        "<table><tr><td>Năm<td>Rừng (%)<td>Đô thị (%)<tr><td>2022<td>42,0<td>41,5<tr><td>2023<td>42,1<td>42,7</table>"
    )
    assert headers(document, "42,7") == (["2023"], ["Đô thị (%)"])


def test_units_in_a_column_of_their_own() -> None:
    document = read(
        "<table><tr><th>STT<th>Chỉ tiêu<th>ĐVT<th>TH 2023<tr><td>1<td>Xuất khẩu<td>tỷ USD<td>30,2<tr><td>2<td>Nghèo<td>%<td>4,3</table>"
    )
    assert headers(document, "30,2") == (["Xuất khẩu", "tỷ USD"], ["TH 2023"])


def test_a_rank_column_is_a_value_of_its_row() -> None:
    document = read(
        "<table><tr><th>Hạng<th>Tỉnh<th>Điểm<tr><td>1<td>Quảng Ninh<td>71,3<tr><td>2<td>Long An<td>70,9</table>"
    )
    rank = next(block for block in document.blocks if block.text == "2")
    assert rank.cell is not None
    assert not rank.cell.is_header
    assert [document.blocks[i].text for i in rank.cell.row_headers] == ["Long An"]


def test_a_second_header_row_governs_what_stands_below_it() -> None:
    document = read("<table><tr><th>Tỉnh<th>2022<tr><td>Huế<td>5,1<tr><th>Huyện<th>2023<tr><td>A Lưới<td>6,4</table>")
    assert headers(document, "5,1") == (["Huế"], ["2022"])
    assert headers(document, "6,4") == (["A Lưới"], ["2023"])


def test_a_total_row_over_two_label_columns() -> None:
    document = read(
        "<table><tr><th>TT<th>Tỉnh<th>2023<tr><td>1<td>Huế<td>5,1<tr><td>2<td>Vinh<td>5,5<tr><td colspan=2>Cả nước<td>6,2</table>"
    )
    assert headers(document, "6,2") == (["Cả nước"], ["2023"])


def test_a_number_in_a_box_is_governed_by_its_label() -> None:
    document = read(
        "<h1>T</h1><div><div><div>46,2%</div><div>hồ sơ trực tuyến</div></div><div><div>31 triệu</div><div>tài khoản</div></div></div>"
    )
    assert scope(document, "46,2%") == ["T", "hồ sơ trực tuyến"]
    assert scope(document, "31 triệu") == ["T", "tài khoản"]


def test_layout_tables_give_plain_blocks_and_inner_tables_cells() -> None:
    document = read(
        "<table><tr><td><h1>Bản tin</h1><p>Đạt 5%.</p><table><tr><th>Năm<th>Số<tr><th>2022<td>7,5</table><tr><td>Cuối thư</table>"
    )
    assert find(document, "Đạt 5%").kind is BlockKind.PARAGRAPH
    assert headers(document, "7,5") == (["2022"], ["Số"])
    assert find(document, "Cuối thư").cell is None


def test_metadata() -> None:
    _, metadata = read_document(
        b'<html lang="vi"><head><title>T &amp; S</title><meta property="article:published_time" content="2025-06-30T08:00:00+07:00">'
        b'<meta name="Description" content="x"><script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},'
        b'{"@type":"NewsArticle","datePublished":"2025-06-30","dateModified":"2025-07-01"}]}</script></head>'
        b'<body><time datetime="2025-06-29">h</time><p>x</p>',
        "a.html",
    )
    assert metadata["article:published_time"] == "2025-06-30T08:00:00+07:00"
    assert (metadata["jsonld:datepublished"], metadata["jsonld:datemodified"]) == ("2025-06-30", "2025-07-01")
    assert (metadata["time"], metadata["title"], metadata["lang"], metadata["description"]) == (
        "2025-06-29",
        "T & S",
        "vi",
        "x",
    )


def test_the_title_element_stands_in_for_a_missing_heading() -> None:
    document = read("<title>Tỷ lệ hộ nghèo năm 2023</title><p>Toàn tỉnh còn 3,1%.</p>")
    assert scope(document, "3,1%") == ["Tỷ lệ hộ nghèo năm 2023"]


HOSTILE = {
    "depth": "<div>" * 60_000 + "x",
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(60_000)) + ">x",
    "comments": "<!--" * 60_000,
    "quotes": '<a ="' * 60_000,
    "ampersands": "&" * 200_000,
    "tables": "<table><tr><td>" * 20_000,
    "spans": "<table>" + "<tr><td rowspan=65534 colspan=65534>1" * 3_000,
    "strays": "<ul>" * 30_000 + "</li>" * 30_000,
    "scripts": "<script>" * 30_000,
    "marks": "<p>a" + "\u0323\u0301" * 60_000,
    "json": "<script type=application/ld+json>" + "[" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_come_back(name: str) -> None:
    assert read(HOSTILE[name]).media_type == "text/html"
