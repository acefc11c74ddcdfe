"""Comma-separated files and workbooks, written here and read back: headers, figures, dates, refusals."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tracker.errors import SourceRejected
from tracker.extract.documents import Selection, read_document
from tracker.extract.model import Block, BlockKind, Document

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SURVEY = (
    "Bảng 3. Hộ có nước sạch theo vùng\nĐơn vị: %\n\nVùng;Nông thôn;;Số hộ\n;2020;2021;\nA;1;2;3\n"
    '"Ven ""biển""";12,5;13,25;8053663\nMiền núi;1,5;-;1134310\nNguồn: điều tra của tỉnh\n'
)


def cells(document: Document) -> dict[tuple[str, ...], str]:
    """Body cells by their row and column headers."""
    found = {}
    for block in document.blocks:
        if block.cell and not block.cell.is_header:
            path = [document.blocks[k].text for k in (*block.cell.row_headers, *block.cell.column_headers)]
            found[tuple(path)] = block.text
    return found


def quoted(document: Document, block: Block) -> str:
    return document.text[block.starts[0] : block.ends[-1]]


def xlsx(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_rows_under_two_header_rows(charset: str, sign: str) -> None:
    document, _ = read_document(SURVEY.replace(";", sign).encode(charset), "survey.csv")
    assert cells(document) == {
        ('Ven "biển"', "Nông thôn", "2020"): "12,5",
        ('Ven "biển"', "Nông thôn", "2021"): "13,25",
        ('Ven "biển"', "Số hộ"): "8.053.663",
        ("Miền núi", "Nông thôn", "2020"): "1,5",
        ("Miền núi", "Nông thôn", "2021"): "-",
        ("Miền núi", "Số hộ"): "1.134.310",
    }
    figure = next(block for block in document.blocks if block.text == "8.053.663")
    assert quoted(document, figure) == "8053663"
    around = [document.blocks[k].text for k in figure.scope]
    assert around == ["Bảng 3. Hộ có nước sạch theo vùng", "Đơn vị: %", "Nguồn: điều tra của tỉnh"]


def test_quoted_cells_hold_signs_and_lines() -> None:
    document, _ = read_document(b'area,note,rate\n"Ha Noi, city","two\nlines",12.5\nHue,"5"" pipe",7.25\n', "a.csv")
    assert cells(document)["Ha Noi, city", "two lines", "rate"] == "12.5"
    assert cells(document)["Hue", '5" pipe', "rate"] == "7.25"


def test_a_quote_that_is_never_closed_is_a_letter() -> None:
    document, _ = read_document(b'area,rate\n"Hue,5.5\nVinh,6.5\n', "a.csv")
    assert "6.5" in cells(document).values()
    assert len([block for block in document.blocks if block.cell]) == 6


def test_decimal_commas_do_not_part_cells() -> None:
    document, _ = read_document("Tỉnh;Tỷ lệ\nHuế;12,5\nVinh;7,25\n".encode(), "a.csv")
    assert cells(document) == {("Huế", "Tỷ lệ"): "12,5", ("Vinh", "Tỷ lệ"): "7,25"}


def test_a_told_separator_and_two_tables() -> None:
    document, _ = read_document(b"sep=;\narea;rate\nHue;5.5\n\narea;wells\nHue;12\n", "a.csv")
    assert cells(document) == {("Hue", "rate"): "5.5", ("Hue", "wells"): "12"}
    assert {block.cell.table for block in document.blocks if block.cell} == {0, 4}


def sample_book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Vùng núi"
    for row in (
        ["Bảng 7. Hộ có nước sạch"],
        [],
        ["Huyện", "Năm 2022", None, "Ngày chốt"],
        [None, "Tỷ lệ", "Số hộ", None],
        ["Mù Cang Chải", 0.125, 1234567, dt.date(2021, 12, 15)],
        ["Trạm Tấu", 93.125, 5_500_000, dt.datetime(2021, 12, 15, 7, 30)],
        ["Văn Chấn", "12,5", 0.1 + 0.2, "#N/A"],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("A3:A4")
    sheet["B5"].number_format = "0.0%"
    sheet["C6"].number_format = "#,##0.0,,"
    return book


def test_a_sheet_is_read_as_it_is_shown() -> None:
    document, _ = read_document(xlsx(sample_book()), "a.xlsx")
    found = cells(document)
    assert found["Mù Cang Chải", "Năm 2022", "Tỷ lệ"] == "12.5%"
    assert found["Mù Cang Chải", "Năm 2022", "Số hộ"] == "1,234,567"
    assert found["Mù Cang Chải", "Ngày chốt"] == "2021-12-15"
    assert found["Trạm Tấu", "Năm 2022", "Tỷ lệ"] == "93.1250"
    assert found["Trạm Tấu", "Năm 2022", "Số hộ"] == "5.5"
    assert found["Trạm Tấu", "Ngày chốt"] == "2021-12-15 07:30"
    assert found["Văn Chấn", "Năm 2022", "Tỷ lệ"] == "12,5"
    assert found["Văn Chấn", "Năm 2022", "Số hộ"] == "0.3"
    assert "Mù Cang Chải\t12.5%\t1234567\t2021-12-15\n" in document.text
    assert document.blocks[0].kind is BlockKind.HEADING


def test_a_raised_footnote_mark_is_no_digit() -> None:
    book = openpyxl.Workbook()
    raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
    book.active.append(["Huyện", "Tỷ lệ"])
    book.active.append(["Yên Bình", CellRichText("96,3", raised)])
    book.active.append(["Diện tích", CellRichText("7 km", TextBlock(InlineFont(vertAlign="superscript"), "2"))])
    found = cells(read_document(xlsx(book), "a.xlsx")[0])
    assert found["Yên Bình", "Tỷ lệ"] == "96,3"
    assert found["Diện tích", "Tỷ lệ"] == "7 km2"


def test_hidden_sheets_are_read_only_where_named() -> None:
    book = sample_book()
    book.create_sheet("Nháp").append(["Huyện", "Tỷ lệ"])
    book["Nháp"].append(["Lục Yên", 77.7])
    book["Nháp"].sheet_state = "hidden"
    assert "77.7" not in read_document(xlsx(book), "a.xlsx")[0].text
    named, _ = read_document(xlsx(book), "a.xlsx", selection=Selection(sheet="nháp"))
    assert cells(named) == {("Lục Yên", "Tỷ lệ"): "77.7"}


def test_an_older_workbook_tells_its_percentages() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Vùng núi")
    for row, values in enumerate([["Huyện", "Tỷ lệ", "Số hộ"], ["Trạm Tấu", 0.937, 1234567], ["Văn Yên", 0.5, 2]]):
        for column, value in enumerate(values):
            style = xlwt.easyxf(num_format_str="0.0%" if column == 1 else "General")
            sheet.write(row, column, value, style)
    file = io.BytesIO()
    book.save(file)
    found = cells(read_document(file.getvalue(), "a.xls")[0])
    assert found["Trạm Tấu", "Tỷ lệ"] == "93.7%"
    assert found["Văn Yên", "Tỷ lệ"] == "50%"
    assert found["Trạm Tấu", "Số hộ"] == "1,234,567"


ODS_CELL = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'


def ods(rows: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Vùng">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return file.getvalue()


def ods_row(*cells: tuple[str, str, str]) -> str:
    return "<table:table-row>" + "".join(ODS_CELL.format(*cell) for cell in cells) + "</table:table-row>"


def test_an_open_document_sheet() -> None:
    rows = ods_row(("string", "", "Huyện"), ("string", "", "Tỷ lệ")) + ods_row(
        ("string", "", "Yên Bình"), ("percentage", 'office:value="0.937"', "93,7%")
    ) + ods_row(("string", "", "Lục Yên"), ("float", 'office:value="1234567.125"', "1.234.567,1")) + ods_row(
        ("string", "", "Văn Yên"), ("date", 'office:date-value="2021-12-15T00:00:00"', "15/12/2021")
    )  # fmt: skip
    found = cells(read_document(ods(rows), "a.ods")[0])
    assert found == {
        ("Yên Bình", "Tỷ lệ"): "93.7%",
        ("Lục Yên", "Tỷ lệ"): "1,234,567.1250",
        ("Văn Yên", "Tỷ lệ"): "2021-12-15",
    }


def test_a_column_by_its_header() -> None:
    document, _ = read_document(xlsx(sample_book()), "a.xlsx", selection=Selection(column="số  hộ"))
    assert set(cells(document).values()) == {"1,234,567", "5.5", "0.3"}
    assert document.blocks[0].text == "Vùng núi"
    path, _ = read_document(xlsx(sample_book()), "a.xlsx", selection=Selection(column="Năm 2022 / Tỷ lệ"))
    assert set(cells(path).values()) == {"12.5%", "93.1250", "12,5"}


def test_a_named_column_makes_its_row_a_header() -> None:
    document, _ = read_document(b"2020,2021.5\n1,2\n3,4\n", "a.csv", selection=Selection(column="2021.5"))
    assert [block.text for block in document.blocks] == ["2021.5", "2", "4"]


@pytest.mark.parametrize(
    ("selection", "says"),
    [
        (Selection(column="dân số"), "column 'dân số' matches nothing; the columns are Năm 2022 / Tỷ lệ"),
        (Selection(sheet="Biển"), "sheet 'Biển' matches nothing; the workbook has 'Vùng núi'"),
        (Selection(css="td"), "css 'td' selects nothing in a workbook; expected column or sheet"),
    ],
)
def test_what_matches_nothing_is_told(selection: Selection, says: str) -> None:
    with pytest.raises(SourceRejected) as refusal:
        read_document(xlsx(sample_book()), "a.xlsx", selection=selection)
    assert says in str(refusal.value)


def test_kinds_by_content_where_the_bearer_is_loose() -> None:
    book = xlsx(sample_book())
    assert read_document(book, "https://a.vn/download", media_type="application/vnd.ms-excel")[0].media_type == XLSX
    table = "Tỉnh;Tỷ lệ\nHuế;12,5\n".encode()
    assert read_document(table, "a.csv", media_type="text/plain")[0].media_type == "text/csv"
    assert read_document(table, "a", media_type="application/vnd.ms-excel")[0].media_type == "text/csv"
    page = b"<html><table><tr><th>a<td>1</table>"
    assert read_document(page, "a.xls", media_type="application/vnd.ms-excel")[0].media_type == "text/html"


# Hostile files


def packed(part: str, content: bytes, book: bytes) -> bytes:
    """``book`` with one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == part else old.read(info.filename))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SPACE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<a>" + b" " * 65_000_000, "unpacks to more than"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>', "document type"),
        (SPACE + b'<row><c t="inlineStr"><is><t>x</t></is></c></row>' * 100_001 + b"</sheetData></worksheet>", "100000 cells"),
        (SPACE + b"<row>", "damaged"),
        (SPACE + b'<row><c r="A1"><v>1e999999999</v></c></row></sheetData></worksheet>', "empty"),
    ],
)  # fmt: skip
def test_hostile_sheets_are_refused(content: bytes, says: str) -> None:
    with pytest.raises(SourceRejected, match=says):
        read_document(packed(SHEET, content, xlsx(sample_book())), "a.xlsx")


def test_cells_far_apart_cost_nothing() -> None:
    far = (
        SPACE
        + b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    )
    merged = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    document, _ = read_document(packed(SHEET, far + merged, xlsx(sample_book())), "a.xlsx")
    assert len(document.text) < 100


def test_an_older_workbook_laid_out_too_wide_is_refused() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, 1)
    sheet.write(65535, 255, 2)
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(SourceRejected, match="spread over"):
        read_document(file.getvalue(), "a.xls")
    with pytest.raises(SourceRejected, match="damaged"):
        read_document(file.getvalue()[:2000], "a.xls")


def test_repeated_cells_of_an_open_document_are_counted() -> None:
    many = 'table:number-columns-repeated="16000" office:value="1"'
    rows = (
        '<table:table-row table:number-rows-repeated="1000000">'
        + ODS_CELL.format("float", many, "1")
        + "</table:table-row>"
    )
    with pytest.raises(SourceRejected, match="100000 cells"):
        read_document(ods(rows), "a.ods")


def test_a_column_of_periods_dates_its_row_wherever_it_stands() -> None:
    text = "huyện,tỷ lệ,năm\nYên Bình,12.5,2022\nYên Bình,13.5,2023\n"
    assert cells(read_document(text.encode(), "a.csv")[0]) == {
        ("Yên Bình", "2022", "tỷ lệ"): "12.5",
        ("Yên Bình", "2023", "tỷ lệ"): "13.5",
    }
    plain = "huyện,hộ,giếng\nYên Bình,2022,5\nLục Yên,2023,6\n"
    assert ("Yên Bình", "hộ") in cells(read_document(plain.encode(), "a.csv")[0])
