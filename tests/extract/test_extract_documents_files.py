"""Which bytes are read as what, and what is refused with which sentence."""

from __future__ import annotations

import pytest

from tracker.errors import SourceRejected
from tracker.extract.documents import read_document

TEXT = "Năm 2023, tỷ lệ hộ nghèo của cả nước còn 2,93%, giảm 1,1 điểm; số người tham gia không đổi và được ghi nhận."


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_charsets(charset: str) -> None:
    document, metadata = read_document(TEXT.encode(charset), "a.txt")
    assert document.blocks[0].text == TEXT
    assert "decoding:replaced" not in metadata


def test_a_given_charset_counts() -> None:
    document, metadata = read_document(
        "Größe 5%".encode("cp1252"), "a.txt", media_type="text/plain; charset=iso-8859-1"
    )
    assert document.text == "Größe 5%"
    assert metadata["decoding:charset"] == "cp1252"


def test_a_wrong_claim_gives_way_to_the_bytes() -> None:
    document, _ = read_document(TEXT.encode(), "a.txt", charset="ascii-nonsense")
    assert document.text == TEXT


def test_meta_charset() -> None:
    page = '<meta charset="windows-1252"><p>Größe 5%</p>'
    assert read_document(page.encode("cp1252"), "a.html")[0].blocks[0].text == "Größe 5%"


def test_tcvn3_and_windows_1258_are_known_by_their_words() -> None:
    tcvn3 = "Năm nay của các tỉnh và người được một không số".translate(
        str.maketrans("ăủáỉàườợộốđô", "\xa8\xf1\xb8\xd8\xb5\xad\xea\xee\xe9\xe8\xae\xab")
    )
    document, metadata = read_document(tcvn3.encode("latin-1"), "a.txt")
    assert metadata["decoding:charset"] == "tcvn3"
    assert document.blocks[0].text == "Năm nay của các tỉnh và người được một không số"


def test_damaged_bytes_are_replaced_and_counted() -> None:
    document, metadata = read_document(TEXT.encode() + b" h\xe9t", "a.txt")
    assert document.blocks[0].text.startswith("Năm 2023, tỷ lệ")
    assert metadata["decoding:replaced"] == "1"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t", "a.html", "empty"),
        ("\ufeff ".encode(), "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n1234", "a.txt", "image/png"),
        (b"PK\x03\x04abcd", "a.zip", "application/zip"),
        (b"PK\x03\x04abcd", "a.xlsx", "damaged"),
        (b"%PDF-1.7 x", "a.html", "PDF"),
        (b"abc\x00def", "a.txt", "binary"),
        (b"\x01\x02\x03\x04abc", "a.html", "binary"),
        (b"x", "a.bin;", ""),
    ],
)
def test_what_is_refused(content: bytes, name: str, says: str) -> None:
    if not says:
        assert read_document(content, name)[0].media_type == "text/plain"
        return
    with pytest.raises(SourceRejected) as refusal:
        read_document(content, name)
    assert says in str(refusal.value)
    assert name in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "media_type", "content", "kind"),
    [
        ("https://a.vn/tin/5?x=1", None, b"<!DOCTYPE html><p>x", "text/html"),
        ("https://a.vn/tin/5", "text/html; charset=utf-8", b"<p>x", "text/html"),
        ("a.txt", None, b"<!DOCTYPE html><p>x", "text/plain"),
        ("a.md", None, b"# x", "text/markdown"),
        ("a", "application/xhtml+xml", b"<p>x", "text/html"),
        ("a.html", "application/octet-stream", b"<p>x", "text/html"),
        ("a.php", "text/plain", b"<html><p>x", "text/html"),
    ],
)
def test_media_types(name: str, media_type: str | None, content: bytes, kind: str) -> None:
    assert read_document(content, name, media_type=media_type)[0].media_type == kind
