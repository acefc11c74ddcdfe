"""JSON, XML and feeds: records as tables, and parts of a document that the user points at."""

from __future__ import annotations

import json
import time

import pytest

from tracker.errors import SourceRejected
from tracker.extract.documents import Selection, read_document, runs
from tracker.extract.model import Block, BlockKind, Document, Span


def read(text: str, name: str, selection: Selection | None = None) -> Document:
    return read_document(text.encode(), name, selection=selection)[0]


def cells(document: Document) -> dict[tuple[str, ...], str]:
    found = {}
    for block in document.blocks:
        if block.cell and not block.cell.is_header:
            path = [document.blocks[k].text for k in (*block.cell.row_headers, *block.cell.column_headers)]
            found[tuple(path)] = block.text
    return found


def said(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in document.blocks]


def quoted(document: Document, block: Block) -> str:
    return document.text[block.starts[0] : block.ends[-1]]


RECORDS = {
    "title": "Hộ có điện",
    "published": "2021-12-22",
    "data": [
        {"huyện": "Yên Bình", "stats": {"poorRate": 12.125, "so_ho": 1234567}},
        {"huyện": "Lục Yên", "stats": {"poorRate": 1.5e1, "so_ho": 5}},
    ],
}


@pytest.mark.parametrize("ascii_only", [True, False])
def test_records_are_rows_under_paths_of_names(ascii_only: bool) -> None:
    document, metadata = read_document(json.dumps(RECORDS, ensure_ascii=ascii_only).encode(), "a.json")
    assert cells(document) == {
        ("Yên Bình", "stats", "poor Rate"): "12.1250",
        ("Yên Bình", "stats", "so ho"): "1,234,567",
        ("Lục Yên", "stats", "poor Rate"): "15.0",
        ("Lục Yên", "stats", "so ho"): "5",
    }
    figure = next(block for block in document.blocks if block.text == "12.1250")
    assert quoted(document, figure) == "12.125"
    assert document.blocks[0].kind is BlockKind.TITLE
    assert metadata["published"] == "2021-12-22"
    assert "Yên Bình" in document.text


@pytest.mark.parametrize(
    "data",
    [
        {"Huế": {"rate": 1.5}, "Vinh": {"rate": 2.5}},
        {"tỉnh": ["Huế", "Vinh"], "rate": [1.5, 2.5]},
        [["tỉnh", "rate"], ["Huế", 1.5], ["Vinh", 2.5]],
        [{"tỉnh": "Huế", "rate": 1.5}, {"tỉnh": "Vinh", "rate": 2.5}],
    ],
)
def test_tables_in_every_shape(data: object) -> None:
    assert cells(read(json.dumps(data), "a.json")) == {("Huế", "rate"): "1.5", ("Vinh", "rate"): "2.5"}


def test_powers_are_written_out_unless_monstrous() -> None:
    document = read('{"a": 1.25e3, "b": 1e-4, "c": 1e999999999}', "a.json")
    assert list(cells(document).values()) == ["1250", "0.0001", "1e999999999"]


def test_lists_inside_records_follow_under_their_names() -> None:
    rows = [
        {"tỉnh": name, "years": [{"year": 2020, "rate": rate}, {"year": 2021, "rate": rate + 1}]}
        for name, rate in (("Huế", 3.5), ("Vinh", 5.5))
    ]
    document = read(json.dumps(rows), "a.json")
    figure = next(block for block in document.blocks if block.text == "6.5")
    assert [document.blocks[k].text for k in figure.scope] == ["Vinh", "years"]


def test_markup_inside_a_text_is_read_as_a_page_and_quoted_without_tags() -> None:
    document = read(json.dumps({"body": '<p>Năm 2021 tỷ lệ "mới" &amp; cũ là <b>12,5%</b>.</p><p>Hai</p>'}), "a.json")
    assert said(document) == [("paragraph", 'Năm 2021 tỷ lệ "mới" & cũ là 12,5%.'), ("paragraph", "Hai")]
    block = document.blocks[0]
    for piece in runs(document, block, Span(0, len(block.text))):
        assert "<" not in document.text[piece.start : piece.end]


XML = (
    '<?xml version="1.0" encoding="{}"?><report title="Hộ có điện"><rows><row huyện="Yên Bình"><stats>'
    '<poor_rate unit="%">12,5</poor_rate><so_ho>1234567</so_ho></stats></row><row huyện="Lục Yên"><stats>'
    '<poor_rate unit="%">1,5</poor_rate><so_ho>5</so_ho></stats></row></rows></report>'
)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_xml_records(charset: str) -> None:
    document, _ = read_document(XML.format(charset).encode(charset), "a.xml")
    assert cells(document) == {
        ("Yên Bình", "stats", "poor rate"): "12,5 %",
        ("Yên Bình", "stats", "so ho"): "1,234,567",
        ("Lục Yên", "stats", "poor rate"): "1,5 %",
        ("Lục Yên", "stats", "so ho"): "5",
    }
    figure = next(block for block in document.blocks if block.text == "12,5 %")
    assert quoted(document, figure) == "12,5"


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Báo Miền núi</title><item><title>Điện &amp;amp; đường</title><pubDate>Wed, 22 Dec 2021 08:00:00 +0700</pubDate>
<description>&lt;p&gt;Năm 2021 tỷ lệ &lt;b&gt;12,5%&lt;/b&gt;.&lt;/p&gt;</description></item><item><title><![CDATA[Nước]]></title>
<pubDate>Thu, 23 Dec 2021 08:00:00 +0700</pubDate><description>ngắn</description><content:encoded><![CDATA[<p>Tỷ lệ là
<b>3%</b>.</p>]]></content:encoded></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Mountain news</title><entry><title>Water</title>
<updated>2021-12-23T08:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The rate is
<b>3%</b>.</p></div></content></entry></feed>"""


def test_items_of_a_feed_have_their_own_dates() -> None:
    document = read_document(RSS.encode(), "https://a.vn/rss", media_type="application/rss+xml")[0]
    assert said(document) == [
        ("title", "Báo Miền núi"),
        ("heading", "Điện &amp; đường"),
        ("dateline", "Wed, 22 Dec 2021 08:00:00 +0700"),
        ("paragraph", "Năm 2021 tỷ lệ 12,5%."),
        ("heading", "Nước"),
        ("dateline", "Thu, 23 Dec 2021 08:00:00 +0700"),
        ("paragraph", "Tỷ lệ là 3%."),
    ]
    assert document.blocks[6].scope == (0, 4, 5)
    assert said(read(ATOM, "a.xml"))[-1] == ("paragraph", "The rate is 3%.")


# Pointing at a part

PAGE = (
    '<html><body><div id="n" class="a"><p>Một 5%</p><p lang="vi-VN">Hai 6%</p></div><h1>Điện</h1>'
    '<table id="t"><tr><th>Tỉnh<th>Tỷ lệ<tr><td>Huế<td class="x y">7%<tr><td>Vinh<td>8%</table></body></html>'
)


@pytest.mark.parametrize(
    ("selector", "finds"),
    [
        ("#n > p", ["Một 5%", "Hai 6%"]),
        ("div.a p:nth-of-type(2)", ["Hai 6%"]),
        ("p:not([lang])", ["Một 5%"]),
        ("[lang|=vi], td.x", ["Hai 6%", "7%"]),
        ("table > tr > td.y", ["7%"]),
        ("table > tbody > tr:last-child > td + td", ["8%"]),
        ("TD:NTH-CHILD(2)".lower(), ["7%", "8%"]),
        ("tr:nth-child(2n+1) td:only-of-type, tr:nth-child(3) td ~ td", ["8%"]),
        ('p[lang^="vi"]', ["Hai 6%"]),
        ("*:first-child + p", ["Hai 6%"]),
    ],
)
def test_css(selector: str, finds: list[str]) -> None:
    document = read(PAGE, "a.html", Selection(css=selector))
    assert [block.text for block in document.blocks if "%" in block.text] == finds


@pytest.mark.parametrize(
    ("expression", "finds"),
    [
        ("//table/tr[2]/td[2]", ["7%"]),
        ("/html/body/table/tbody/tr[3]/td[2]", ["8%"]),
        ('//p[contains(text(), "Hai")]', ["Hai 6%"]),
        ("//p/text()", ["Một 5%", "Hai 6%"]),
        ("//td/@class", ["7%"]),
        ('//tr[td[1]="Vinh"]/td[last()]', ["8%"]),
        ("//h1/following::td[2]", ["7%"]),
    ],
)
def test_xpath(expression: str, finds: list[str]) -> None:
    document = read(PAGE, "a.html", Selection(xpath=expression))
    assert [block.text for block in document.blocks if "%" in block.text] == finds


def test_what_governs_a_selected_cell_stays() -> None:
    document = read(PAGE, "a.html", Selection(css="td.x"))
    assert [block.text for block in document.blocks] == ["Điện", "Tỉnh", "Tỷ lệ", "Huế", "7%"]
    figure = document.blocks[-1]
    assert figure.cell is not None
    assert [document.blocks[k].text for k in figure.cell.column_headers] == ["Tỷ lệ"]
    assert document.text == PAGE


def test_what_the_user_points_at_is_no_boilerplate() -> None:
    page = "<body><h1>Điện</h1><p>Năm nay.</p><footer><p>Tỷ lệ hộ có điện là 97%.</p></footer></body>"
    assert read(page, "a.html").blocks[-1].kind is BlockKind.BOILERPLATE
    assert read(page, "a.html", Selection(css="footer p")).blocks[-1].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("$.data[1].stats", ["15.0", "5"]),
        ("$..poorRate", ["12.1250", "15.0"]),
        ('$.data[?@.huyện=="Lục Yên"].stats.so_ho', ["5"]),
        ("$.data[?@.stats.so_ho > 100].stats.poorRate", ["12.1250"]),
    ],
)
def test_jsonpath(query: str, finds: list[str]) -> None:
    document = read(json.dumps(RECORDS), "a.json", Selection(jsonpath=query))
    assert list(cells(document).values()) == finds


@pytest.mark.parametrize(
    ("name", "text", "selection", "says"),
    [
        ("a.html", PAGE, Selection(css="em"), "css 'em' matches nothing"),
        ("a.html", PAGE, Selection(xpath="//em"), "xpath '//em' matches nothing"),
        ("a.html", PAGE, Selection(xpath="count(//p)"), "a single value rather than elements"),
        ("a.html", PAGE, Selection(jsonpath="$.a"), "selects nothing in an HTML page; expected column or css or xpath"),
        ("a.json", json.dumps(RECORDS), Selection(jsonpath="$.x"), "jsonpath '$.x' matches nothing"),
        ("a.json", json.dumps(RECORDS), Selection(css="p"), "selects nothing in a JSON file"),
        ("a.txt", "Một câu.", Selection(column="a"), "no table with headers was found"),
        ("a.html", PAGE, Selection(css="#n", column="Tỷ lệ"), "column 'Tỷ lệ' matches nothing"),
    ],
)
def test_nothing_matched_is_no_data(name: str, text: str, selection: Selection, says: str) -> None:
    with pytest.raises(SourceRejected) as refusal:
        read(text, name, selection)
    assert says in str(refusal.value)
    assert name in str(refusal.value)


# Hostile files

LAUGHS = "<!DOCTYPE a [" + "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 10)) + "]><a>&l9;</a>"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.json", "[" * 100_000, "nested deeper than 100"),
        ("a.json", '{"a":' * 100_000, "nested deeper than 100"),
        ("a.json", "[" + "1," * 200_001 + "1]", "at most 200000 values"),
        ("a.json", '{"a": 1', "damaged or cut off at its end"),
        ("a.json", '{"a" 1}', "line 1, column 6"),
        ("a.json", "[1,\n2,,3]", "line 2, column 3"),
        ("a.json", '{"a": NaN}', "damaged"),
        ("a.json", '{"a": "b}', "damaged"),
        ("a.json", '{"a": 01}', "damaged"),
        ("a.json", "{}", "holds no text"),
        ("a.xml", LAUGHS, "document type of its own"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "document type of its own"),
        ("a.xml", "<a>" * 300 + "</a>" * 300, "200 deep"),
        ("a.xml", "<a>" + "<b/>" * 200_001 + "</a>", "at most 200000 elements"),
        ("a.xml", "<a><b></a>", "damaged or cut off in line 1"),
        ("a.xml", "<a>5%", "damaged or cut off"),
        ("a.xml", "<a/>", "holds no text"),
    ],
)
def test_hostile_records_are_refused(name: str, text: str, says: str) -> None:
    with pytest.raises(SourceRejected) as refusal:
        read(text, name)
    assert says in str(refusal.value)


def test_a_document_type_elsewhere_is_never_fetched() -> None:
    document = read('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>Tỷ lệ&nbsp;5%</a>', "a.xml")
    assert document.blocks[0].text == "Tỷ lệ 5%"


WIDE = "<body>" + "<p><b>5%</b></p>" * 6_000 + "</body>"


@pytest.mark.parametrize(
    "expression",
    ["//p[preceding::p]", "//p[count(../p) > 1]", "//*[//*[//*]]", "//p/preceding-sibling::p/following-sibling::p"],
)
def test_a_costly_expression_is_refused_on_a_large_page(expression: str) -> None:
    with pytest.raises(SourceRejected, match="too costly for a document of"):
        read(WIDE, "a.html", Selection(xpath=expression))


def test_selectors_of_any_form_end_soon_on_a_large_page() -> None:
    began = time.process_time()
    for css in ("p:nth-last-child(2)", "p ~ p ~ p ~ p b", "* * b", "p:not(.a) + p"):
        read(WIDE, "a.html", Selection(css=css))
    assert time.process_time() - began < 60  # a bound against hanging, no measure


def test_a_jsonpath_of_many_descents_is_refused_on_a_deep_document() -> None:
    deep = "[" * 90 + ",".join(["1"] * 5000) + "]" * 90
    with pytest.raises(SourceRejected, match="too costly"):
        read(deep, "a.json", Selection(jsonpath="$..*..*..*..*"))
