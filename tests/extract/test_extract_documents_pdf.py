"""PDF: a file with a table, page headers and a raised footnote mark, written here and read back."""

from __future__ import annotations

import builtins
import io
import zlib
from typing import Any

import pytest

from tracker.errors import SourceRejected
from tracker.extract.documents import Selection, read_document
from tracker.extract.model import Document

pytest.importorskip("pdfplumber", reason="the extra pdf is not installed")
platypus = pytest.importorskip("reportlab.platypus")


def bulletin() -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet

    styles = getSampleStyleSheet()
    say = lambda text, style="Normal": platypus.Paragraph(text, styles[style])  # noqa: E731
    space = platypus.Spacer(1, 12)
    grid = [
        ["Province", "Rate (%)", "", "Wells"],
        ["", "2022", "2023", ""],
        ["Lam", "5.5", "4.25", "12"],
        ["Bac", "6.5", "-", "2"],
    ]
    spans = [
        ("SPAN", (1, 0), (2, 0)),
        ("SPAN", (0, 0), (0, 1)),
        ("SPAN", (3, 0), (3, 1)),
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
    ]
    sentence = "In 2023 the share of homes with a well rose to 82.93%<super>1</super>, up by 1.1 points on the year before, and it goes on to rise. "

    def frame(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 815, "Well bulletin 2023")
        canvas.drawCentredString(300, 20, f"Page {document.page} of 2")

    file = io.BytesIO()
    platypus.SimpleDocTemplate(file).build(
        [say("Wells in the hills", "Title"), say("Published 15 March 2024"), space, say(sentence * 2), space, say("Table 1. Wells by province"),
         space, platypus.Table(grid, style=spans), space, say("Source: own survey"), platypus.PageBreak(), say("Outlook", "Heading1"),
         say("The share is to reach 90% by 2026.")],
        onFirstPage=frame,
        onLaterPages=frame,
    )  # fmt: skip
    return file.getvalue()


@pytest.fixture(scope="module")
def content() -> bytes:
    return bulletin()


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    return read_document(content, "a.pdf")[0]


def test_paragraphs_headings_and_furniture(document: Document) -> None:
    kinds = {block.text: block.kind.value for block in document.blocks if block.cell is None}
    assert kinds["Wells in the hills"] == "title"
    assert kinds["Published 15 March 2024"] == "dateline"
    assert kinds["Well bulletin 2023"] == kinds["Page 1 of 2"] == "boilerplate"
    assert kinds["Outlook"] == "heading"
    prose = next(text for text in kinds if text.startswith("In 2023"))
    assert "rose to 82.93% , up by" in prose
    assert prose.endswith("goes on to rise.")


def test_a_table_under_two_header_rows(document: Document) -> None:
    found = {}
    for block in document.blocks:
        if block.cell and not block.cell.is_header:
            path = (*block.cell.row_headers, *block.cell.column_headers)
            found[tuple(document.blocks[k].text for k in path)] = block.text
    assert found["Lam", "Rate (%)", "2022"] == "5.5"
    assert found["Lam", "Rate (%)", "2023"] == "4.25"
    assert found["Bac", "Rate (%)", "2023"] == "-"
    assert found["Bac", "Wells"] == "2"
    assert "Lam\t5.5\t4.25\t12\n" in document.text


def test_quotes_are_substrings_of_the_rendering(document: Document) -> None:
    for block in document.blocks:
        if block.cell:
            assert document.text[block.starts[0] : block.ends[-1]] == block.text


def test_a_column_by_its_header(content: bytes) -> None:
    chosen = read_document(content, "a.pdf", selection=Selection(column="2023"))[0]
    figures = [block.text for block in chosen.blocks if block.cell and not block.cell.is_header]
    assert figures == ["4.25", "-"]


def test_without_the_extra_the_way_to_it_is_told(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "pdfplumber":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(SourceRejected, match=r'pip install "tracker\[pdf\]"'):
        read_document(content, "a.pdf")


def made(stream: bytes, more: bytes = b"") -> bytes:
    """A PDF of one page that draws ``stream``; ``more`` are further objects."""
    packed = zlib.compress(stream)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</A 10 0 R>>>>>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">>stream\n"
        + packed
        + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" + more + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def laughing() -> bytes:
    """Forms that draw one another ten times each, ten deep."""
    forms = b""
    for k in range(10, 20):
        body = b"/A Do " * 10 if k < 19 else b"BT /F 9 Tf (x) Tj ET "
        forms += (
            b"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>/XObject<</A %d 0 R>>>>/Length %d>>stream\n%s\nendstream endobj\n"
            % (k, k + 1, len(body), body)
        )
    return made(b"/A Do", forms)


def test_the_made_file_is_read() -> None:
    document = read_document(made(b"BT /F 9 Tf 50 700 Td (Wells rose to 5.5 percent.) Tj ET"), "a.pdf")[0]
    assert document.blocks[0].text == "Wells rose to 5.5 percent."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.4\n", "damaged or cut off"),
        (b"%PDF-1.4\n" + bytes(500), "damaged or cut off"),
        (bulletin()[:1500], "damaged or cut off"),
        (made(b" " * 120_000_000), "unpacks to more than"),
        (made(b" " * 5_000_000), "holds more than"),
        (made(b"0 0 m 9 9 l S " * 60_000), "holds more than"),
        (laughing(), "holds more than"),
        (made(b"0 0 m 9 9 l S "), "holds no text"),
    ],
)
def test_hostile_files_are_refused(content: bytes, says: str) -> None:
    with pytest.raises(SourceRejected) as refusal:
        read_document(content, "a.pdf")
    assert says in str(refusal.value)
