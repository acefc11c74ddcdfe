"""From the bytes of a file to a document of blocks; every offset points into the decoded file.

A new kind of document is one file with a reader function and one line in ``READERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.errors import SourceRejected
from tracker.extract.documents.decode import decoded
from tracker.extract.documents.media import ODS, XLS, XLSX, refuse_binary, settled_type, told_type
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


READERS: dict[str, Reader] = {
    "text/html": read_page,
    "text/plain": read_plain,
    "text/markdown": read_plain,
    "text/csv": read_rows,
    "text/tab-separated-values": read_rows,
    "application/json": read_fields,
    "application/xml": read_elements,
    "application/pdf": read_paper,
    XLSX: read_sheets,
    ODS: read_sheets,
    XLS: read_sheets,
}


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
    kind, parameter = told_type(media_type)
    kind = settled_type(content, name, kind)
    reader = READERS.get(kind)
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise SourceRejected(f"{name}: expected one of {known}; a file of type {kind} came")
    if kind.startswith("text/"):
        refuse_binary(content, name, charset or parameter)
    return reader(Source(content, name, kind, charset or parameter, selection or EVERYTHING, called))
