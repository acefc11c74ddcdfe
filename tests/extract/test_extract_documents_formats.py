"""What every reader keeps to, whatever the format: blocks lead back to the text, and nothing else is raised."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import SourceRejected
from tracker.extract.documents import READERS, Selection, read_document
from tracker.extract.documents.delimited import split_rows
from tracker.extract.documents.figures import weave_number
from tracker.extract.documents.normalise import Loom
from tracker.extract.model import Document
from tracker.extract.numbers import find_quantities, page_style

NAMES = {
    "application/json": "a.json",
    "application/pdf": "a.pdf",
    "application/vnd.ms-excel": "a.xls",
    "application/vnd.oasis.opendocument.spreadsheet": "a.ods",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "a.xlsx",
    "application/xml": "a.xml",
    "text/csv": "a.csv",
    "text/html": "a.html",
    "text/markdown": "a.md",
    "text/plain": "a.txt",
    "text/tab-separated-values": "a.tsv",
}
BEGINNINGS = [
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<?xml version='1.0'?>",
    b"{",
    b"[",
]
CELLS = st.text(alphabet='a é12.,;|\t"\n\r%-ệ\u0301', max_size=8)
LEAVES = st.none() | st.booleans() | st.floats() | st.integers() | CELLS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(CELLS, inner, max_size=4), max_leaves=20
)


def assert_sound(document: Document) -> None:
    size = len(document.blocks)
    for index, block in enumerate(document.blocks):
        starts, ends = list(block.starts), list(block.ends)
        assert len(block.text) == len(starts) == len(ends)
        assert starts == sorted(starts)
        assert all(0 <= start <= end <= len(document.text) for start, end in zip(starts, ends, strict=True))
        assert all(0 <= k < size and k != index for k in block.scope)
        if block.cell is not None:
            assert all(document.blocks[k].cell for k in block.cell.row_headers + block.cell.column_headers)


def read(content: bytes, name: str, selection: Selection | None = None) -> Document | None:
    try:
        document = read_document(content, name, selection=selection)[0]
    except SourceRejected as refusal:
        said = str(refusal)
    else:
        assert_sound(document)
        return document
    assert name in said
    assert "\n" not in said
    return None


def test_every_reader_is_under_test() -> None:
    assert set(NAMES) == set(READERS)


@pytest.mark.parametrize("name", sorted(NAMES.values()))
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_bytes_are_read_or_refused_in_one_sentence(name: str, beginning: bytes, rest: bytes) -> None:
    read(beginning + rest, name)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8), st.sampled_from(",;\t|"))
@settings(max_examples=150, deadline=None)
def test_any_rows_are_read(rows: list[list[str]], sign: str) -> None:
    text = "\n".join(sign.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    read(text.encode(), "a.csv")
    read(text.encode(), "a.csv", Selection(column="a"))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6), st.sampled_from(",;|"))
@settings(max_examples=150, deadline=None)
def test_quoted_cells_come_back_whole(rows: list[list[str]], sign: str) -> None:
    text = "\n".join(sign.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    found = [[text[a:b].replace('""', '"') for a, b, _ in row] for row in split_rows(text, sign, 0)]
    assert [row or [""] for row in found] == rows


@given(VALUES, st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_json_is_read(value: object, ascii_only: bool) -> None:
    read(json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "replace"), "a.json")
    read(json.dumps(value).encode(), "a.json", Selection(jsonpath="$..*"))


@given(st.recursive(CELLS, lambda inner: st.lists(st.tuples(st.sampled_from("abc"), inner), max_size=3), max_leaves=12))
@settings(max_examples=100, deadline=None)
def test_any_xml_is_read(tree: object) -> None:
    def write(node: object) -> str:
        if isinstance(node, str):
            return node.replace("&", "&amp;").replace("<", "&lt;")
        assert isinstance(node, list)
        return "".join(f'<{name} k="5,5">{write(inner)}</{name}>' for name, inner in node)

    for selection in (None, Selection(xpath="//a"), Selection(css="b > c")):
        read(f"<r>{write(tree)}</r>".encode(), "a.xml", selection)


@given(
    st.lists(st.lists(st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(["Huế", "12,5", "%"]), max_size=4), max_size=6),
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(0, 3), st.integers(0, 3)), max_size=3),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_any_sheet_is_read(rows: list[list[object]], merged: list[tuple[int, int, int, int]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for top, left, down, right in merged:
        book.active.merge_cells(start_row=top, start_column=left, end_row=top + down, end_column=left + right)
    file = io.BytesIO()
    book.save(file)
    read(file.getvalue(), "a.xlsx")
    read(file.getvalue(), "a.xlsx", Selection(column="Huế"))


def sample() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Huyện", "Tỷ lệ"], ["Yên Bình", 12.5], ["Lục Yên", 93.125]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_part_is_refused_or_read(data: st.DataObject) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample())) as old, zipfile.ZipFile(file, "w") as new:
        part = data.draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            content = bytearray(old.read(name))
            if name == part:
                at = data.draw(st.integers(0, len(content)))
                content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
            new.writestr(name, bytes(content))
    read(file.getvalue(), "a.xlsx")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3) | st.integers(-(10**14), 10**14), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_machines_number_is_read_as_it_is_on_any_page(number: object, vietnamese: bool) -> None:
    text = str(number)
    weave = Loom(text).weave()
    weave_number(weave, text, 0, len(text))
    woven = weave.normalised()
    page = ["Tỷ lệ là 12,5% của 1.234.567 hộ" if vietnamese else "12.5% of 1,234,567 homes"]
    found = [one for one in find_quantities(woven.text, style=page_style(page)) if one.noise != "year"]
    if found:
        assert [abs(one.value) for one in found] == [abs(type(found[0].value)(text))]
    kept = "".join(text[a:b] for a, b in zip(woven.starts, woven.ends, strict=True))
    assert set(kept) <= set(text)
