"""From the bytes of a file to a document of blocks; every offset points into the decoded file.

A new kind of document is one file with a reader function and one line in ``READERS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.errors import SourceRejected
from tracker.extract.documents.decode import decoded
from tracker.extract.documents.quoting import runs
from tracker.extract.documents.selection import EVERYTHING, Selection, refuse_others, select_column, select_spans
from tracker.extract.marks import Called, with_marks
from tracker.extract.model import Document

if TYPE_CHECKING:
    from tracker.extract.documents.tree import Node

__all__ = ["READERS", "Selection", "Source", "read_document", "runs"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came: ``media_type`` is settled, ``charset`` is what its bearer claims.

    ``selection`` is what of it the user wants read, ``called`` gives the names that it may use.
    """

    content: bytes
    name: str
    media_type: str
    charset: str | None = None
    selection: Selection = EVERYTHING
    called: Called = tuple


Reader = Callable[[Source], tuple[Document, Mapping[str, str]]]


def read_plain(source: Source) -> tuple[Document, Mapping[str, str]]:
    """Plain text and Markdown."""
    from tracker.extract.documents.text import read_text

    text = decoded(source.content, source.charset)
    refuse_others(source.selection, {"column"}, source.name, "a plain text")
    marked = with_marks(_worded(text.text, source.name), source.called)
    document = _as_it_came(read_text(marked, source.name, source.media_type), text.text)
    return _in_column(document, source.selection.column), _decoding(text.charset, text.replaced)


def _as_it_came(document: Document, text: str) -> Document:
    """The document over the text as it came, where its diacritics were put back for the reading."""
    return document if document.text == text else replace(document, text=text, marked=True)


def _worded(text: str, name: str) -> str:
    if not text.strip(" \t\r\n\f\v\ufeff"):
        raise SourceRejected(f"{name}: the document is empty; a text was expected, only blanks came")
    return text


def _decoding(charset: str, replaced: int) -> dict[str, str]:
    found = {"decoding:charset": charset}
    if replaced:
        found["decoding:replaced"] = str(replaced)
    return found


def read_page(source: Source) -> tuple[Document, Mapping[str, str]]:
    """HTML."""
    from tracker.extract.documents.html import read_html

    text = decoded(source.content, source.charset)
    chosen = source.selection
    refuse_others(chosen, {"css", "xpath", "column"}, source.name, "an HTML page")
    marked = with_marks(_worded(text.text, source.name), source.called, page=True)
    document, metadata = read_html(marked, source.name)
    document = _as_it_came(document, text.text)
    if chosen.css is not None or chosen.xpath is not None:
        from tracker.extract.documents.tree import HtmlTree

        document = _elements(document, HtmlTree(text.text).root, chosen)
    return _in_column(document, chosen.column), {**metadata, **_decoding(text.charset, text.replaced)}


def _elements(document: Document, root: Node, chosen: Selection) -> Document:
    """The document of the elements that CSS or XPath finds."""
    from tracker.extract.documents.css import select_css
    from tracker.extract.documents.markup import decoded_run
    from tracker.extract.documents.xpath import select_xpath

    def said(start: int, end: int) -> str:
        return decoded_run(document.text, start, end)

    if chosen.css is not None:
        css = chosen.css
        return _pointed(document, "css", css, lambda: [(one.start, one.end) for one in select_css(root, css)])
    path = chosen.xpath or ""
    return _pointed(document, "xpath", path, lambda: [(one.start, one.end) for one in select_xpath(root, path, said)])


def _pointed(document: Document, key: str, selector: str, find: Callable[[], list[tuple[int, int]]]) -> Document:
    try:
        spans = find()
    except ValueError as error:
        raise SourceRejected(f"{document.name}: {key} {selector!r}: {error}") from None
    return select_spans(document, spans, f"{key} {selector!r}")


def read_rows(source: Source) -> tuple[Document, Mapping[str, str]]:
    """Comma-separated values."""
    from tracker.extract.documents.delimited import read_delimited

    text = decoded(source.content, source.charset)
    column = source.selection.column
    refuse_others(source.selection, {"column"}, source.name, "a table of text")
    document = read_delimited(_worded(text.text, source.name), source.name, source.media_type, column)
    return _in_column(document, column), _decoding(text.charset, text.replaced)


def read_sheets(source: Source) -> tuple[Document, Mapping[str, str]]:
    """Workbooks."""
    from tracker.extract.documents.workbook import read_workbook

    chosen = source.selection
    refuse_others(chosen, {"sheet", "column"}, source.name, "a workbook")
    document = read_workbook(source.content, source.name, source.media_type, sheet=chosen.sheet, column=chosen.column)
    return _in_column(document, chosen.column), {}


def read_fields(source: Source) -> tuple[Document, Mapping[str, str]]:
    """JSON."""
    from tracker.extract.documents.json_document import read_json

    text = decoded(source.content, source.charset)
    chosen = source.selection
    refuse_others(chosen, {"jsonpath", "column"}, source.name, "a JSON file")
    document, metadata, value = read_json(_worded(text.text, source.name), source.name)
    if chosen.jsonpath is not None:
        from tracker.extract.documents.jsonpath import select_jsonpath

        path = chosen.jsonpath
        document = _pointed(document, "jsonpath", path, lambda: select_jsonpath(value, document.text, path))
    return _in_column(document, chosen.column), {**metadata, **_decoding(text.charset, text.replaced)}


def read_elements(source: Source) -> tuple[Document, Mapping[str, str]]:
    """XML and feeds."""
    from tracker.extract.documents.xml_document import declared, read_xml

    text = decoded(source.content, source.charset or declared(source.content))
    chosen = source.selection
    refuse_others(chosen, {"css", "xpath", "column"}, source.name, "an XML file")
    document, metadata, tree = read_xml(_worded(text.text, source.name), source.name)
    if chosen.css is not None or chosen.xpath is not None:
        document = _elements(document, tree.root, chosen)
    return _in_column(document, chosen.column), {**metadata, **_decoding(text.charset, text.replaced)}


def read_paper(source: Source) -> tuple[Document, Mapping[str, str]]:
    """PDF, where the extra for it is installed."""
    from tracker.extract.documents.pdf import read_pdf

    column = source.selection.column
    refuse_others(source.selection, {"column"}, source.name, "a PDF")
    return _in_column(read_pdf(source.content, source.name, column, source.called), column), {}


def _in_column(document: Document, column: str | None) -> Document:
    return document if column is None else select_column(document, column)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_XLS = "application/vnd.ms-excel"

READERS: dict[str, Reader] = {
    "text/html": read_page,
    "text/plain": read_plain,
    "text/markdown": read_plain,
    "text/csv": read_rows,
    "text/tab-separated-values": read_rows,
    "application/json": read_fields,
    "application/xml": read_elements,
    "application/pdf": read_paper,
    _XLSX: read_sheets,
    _ODS: read_sheets,
    _XLS: read_sheets,
}

_EXTENSIONS = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".xml": "application/xml",
    ".xlsx": _XLSX,
    ".xls": _XLS,
    ".ods": _ODS,
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_SAME = {
    "application/xhtml+xml": "text/html",
    "text/x-markdown": "text/markdown",
    "text/xml": "application/xml",
    "application/csv": "text/csv",
    "application/x-csv": "text/csv",
    "text/x-csv": "text/csv",
    "text/comma-separated-values": "text/csv",
    "text/tsv": "text/tab-separated-values",
    "text/json": "application/json",
    "application/x-pdf": "application/pdf",
}
# What servers say of any text, and of any table that Excel might open.
_LOOSE = {"text/plain", _XLS}
_UNTOLD = {"", "application/octet-stream", "binary/octet-stream", "application/unknown"}
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"RIFF", "image/webp"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x7fELF", "application/x-executable"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
)
_PAGE = re.compile(
    rb"[\s\xef\xbb\xbf]*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"[\s\xef\xbb\xbf]*<\?xml\b")
_XHTML = re.compile(rb"<html\b", re.IGNORECASE)
_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 1 << 16
_MOST_CONTROLS = 0.02


def read_document(
    content: bytes,
    name: str,
    *,
    media_type: str | None = None,
    charset: str | None = None,
    selection: Selection | None = None,
    called: Called = tuple,
) -> tuple[Document, Mapping[str, str]]:
    """The document, still without its date, and what its metadata say.

    ``name`` is the file's name or address. ``media_type`` and ``charset`` are what the bearer said;
    a media type may carry parameters. ``selection`` is what of the document is read; where it matches
    nothing the document is refused. ``called`` gives names of indicators and areas; they are asked for
    where a document was written without diacritics. Keys of the metadata are lower case: ``title``, ``lang``,
    ``time``, names of ``meta`` elements, ``jsonld:datepublished``, ``decoding:charset``.

    Raises:
        SourceRejected: the file is empty, binary, or of a kind that is not read.
    """
    if not content.strip():
        raise SourceRejected(f"{name}: the file is empty; a text or an HTML page was expected")
    kind, parameter = _told(media_type)
    kind = _media_type(content, name, kind)
    reader = READERS.get(kind)
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise SourceRejected(f"{name}: expected one of {known}; a file of type {kind} came")
    if kind.startswith("text/"):
        _refuse_binary(content, name, charset or parameter)
    return reader(Source(content, name, kind, charset or parameter, selection or EVERYTHING, called))


def _told(media_type: str | None) -> tuple[str, str | None]:
    """The bare media type and its charset parameter."""
    kind, _, parameters = (media_type or "").partition(";")
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    kind = kind.strip().lower()
    if kind not in _SAME and kind.startswith("application/") and kind.endswith(("+json", "+xml")):
        kind = f"application/{kind.rpartition('+')[2]}"
    return _SAME.get(kind, kind), match.group(1) if match else None


def _media_type(content: bytes, name: str, told: str) -> str:
    """What the bytes are beats what the name says; a bearer's word beats the name, unless it is a loose one."""
    extension = _EXTENSIONS.get(PurePosixPath(urlsplit(name).path or name).suffix.lower(), "")
    magic = next((kind for mark, kind in _MAGIC if content.startswith(mark)), None)
    if magic == "application/zip":
        return _zipped(content) or (extension if extension and not extension.startswith("text/") else magic)
    if magic == "application/x-ole-storage":
        return _XLS if any(mark in content for mark in _OLE_WORKBOOK) else extension or magic
    if magic is not None:
        return magic
    if told in _LOOSE and extension and extension not in _LOOSE:
        told = extension
    kind = extension if told in _UNTOLD else told
    if kind in _ZIPPED:
        raise SourceRejected(f"{name}: a file of type {kind} was expected; the file is damaged or of another kind")
    if kind in {"", "application/xml", _XLS} or (kind == "text/plain" and told not in _UNTOLD):
        return _looked_at(content, kind)
    return kind


_ZIPPED = {_XLSX, _ODS, _EXTENSIONS[".docx"]}
_OLE_WORKBOOK = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def _zipped(content: bytes) -> str | None:
    """A workbook by what its archive names: ODS says its type first, XLSX has a workbook part."""
    if content[30:38] == b"mimetype":
        return content[38:120].partition(b"PK")[0].decode("ascii", "replace").strip()
    if b"xl/workbook" in content:
        return _XLSX
    return _EXTENSIONS[".docx"] if b"word/document" in content else None


def _looked_at(content: bytes, kind: str) -> str:
    """The kind of a text whose bearer did not say, or said it loosely."""
    if _PAGE.match(content):
        return "text/html"
    if _XML.match(content):
        return "text/html" if _XHTML.search(content, 0, 2000) else "application/xml"
    if kind == _XLS:
        return "text/csv"
    return kind or "text/plain"


def _refuse_binary(content: bytes, name: str, charset: str | None) -> None:
    wide = (charset or "").lower().replace("_", "-").startswith(("utf-16", "utf-32", "utf16", "utf32", "ucs"))
    if wide or content.startswith(_UNICODE_MARKS):
        return
    sample = content[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if b"\x00" in sample or controls > _MOST_CONTROLS * len(sample):
        raise SourceRejected(f"{name}: a text was expected; a binary file came")
