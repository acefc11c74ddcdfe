"""PDF: paragraphs, headings and tables out of lines on pages.

``Document.text`` is a rendering: the lines of each page in reading order, wide gaps as three blanks, tables
as lines with tabs between the cells, an empty line where the page leaves space, a form feed after each
page. Offsets point into that. What repeats at the head or foot of pages, and page numbers, are boilerplate.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tracker.errors import SourceRejected
from tracker.extract.documents import outline, roles
from tracker.extract.documents.drafts import Draft
from tracker.extract.documents.language import language
from tracker.extract.documents.lines import Line, mark_furniture, split_lines
from tracker.extract.documents.normalise import Loom
from tracker.extract.documents.pdf_pages import PageLine, PageTable, PdfPage, read_pages
from tracker.extract.documents.surroundings import join_tables
from tracker.extract.documents.tabular import Rows, read_rows
from tracker.extract.documents.text import drafts_of
from tracker.extract.marks import Called, with_marks
from tracker.extract.model import BlockKind, Document

_EDGE = 0.09
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(?:(?:trang|page|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*", re.IGNORECASE)
_ENOUGH = 4000
_LONGEST_HEADING = 150

Grid = list[dict[int, tuple[int, int]]]


@dataclass(slots=True)
class _Rendering:
    parts: list[str] = field(default_factory=list)
    size: int = 0
    furniture: set[int] = field(default_factory=set)
    tables: list[tuple[int, int, Grid]] = field(default_factory=list)
    sizes: dict[int, float] = field(default_factory=dict)

    def put(self, text: str) -> int:
        """Append; where it begins."""
        self.parts.append(text)
        self.size += len(text)
        return self.size - len(text)


def read_pdf(content: bytes, name: str, column: str | None = None, called: Called = tuple) -> Document:
    """Blocks of a PDF; ``column`` is a header that the user names, ``called`` gives names that it may use."""
    pages = list(read_pages(content, name))
    if not any(page.parts for page in pages):
        raise SourceRejected(f"{name}: the PDF holds no text; scanned pages are not read, expected a PDF with text")
    rendering = _rendered(pages)
    text = "".join(rendering.parts)
    marked = with_marks(text, called)
    loom = Loom(marked)
    inside = [(start, end) for start, end, _ in rendering.tables]
    lines = [line for line in split_lines(marked) if not any(start <= line.start < end for start, end in inside)]
    _mark(lines, rendering)
    drafts = drafts_of(loom, lines, [(start, _table(loom, rows, column)) for start, _, rows in rendering.tables])
    _raise_headings(drafts, rendering.sizes)
    roles.settle(drafts)
    join_tables(drafts)
    words = " ".join(one.text for one in drafts if not one.chrome)[:_ENOUGH]
    told = language(words)
    return Document(name, text, "application/pdf", outline.blocks(drafts), language=told, marked=marked is not text)


def _mark(lines: list[Line], rendering: _Rendering) -> None:
    for line in lines:
        line.furniture = line.start in rendering.furniture
    mark_furniture(lines)


def _raise_headings(drafts: list[Draft], sizes: dict[int, float]) -> None:
    """Short lines in larger letters than the text are headings, the larger the higher."""
    letters = Counter[float]()
    for one in drafts:
        if one.kind is BlockKind.PARAGRAPH and one.text and not one.chrome:
            letters[sizes.get(one.starts[0], 0.0)] += len(one.text)
    usual = letters.most_common(1)[0][0] if letters else 0.0
    for one in drafts:
        if one.kind is not BlockKind.PARAGRAPH or not one.text or len(one.text) > _LONGEST_HEADING or one.chrome:
            continue
        size = sizes.get(one.starts[0], 0.0)
        if size >= 1.15 * usual > 0 and not one.text.endswith((".", ",", ";")):
            one.kind, one.level, one.style = BlockKind.HEADING, max(1, 40 - int(size)), f"size {size}"


def _table(loom: Loom, rows: Grid, column: str | None) -> Callable[[int], list[Draft]]:
    def drafts(first: int) -> list[Draft]:
        pieces = [
            {k: piece for k, (start, end) in row.items() if (piece := loom.normalised(start, end)).text} for row in rows
        ]
        return read_rows(Rows(pieces, header=column), first)

    return drafts


def _rendered(pages: list[PdfPage]) -> _Rendering:
    repeated = _repeated(pages)
    rendering = _Rendering()
    for page in pages:
        for part in page.parts:
            if isinstance(part, PageTable):
                _put_table(rendering, part)
                continue
            if part.gap:
                rendering.put("\n")
            start = rendering.put(part.text)
            rendering.put("\n")
            rendering.sizes[start] = part.size
            if _at_edge(part) and (_masked(part) in repeated or _NUMBER.fullmatch(part.text)):
                rendering.furniture.add(start + len(part.text) - len(part.text.lstrip()))
        rendering.put("\f\n")
    return rendering


def _put_table(rendering: _Rendering, table: PageTable) -> None:
    rendering.put("\n")
    first = rendering.size
    rows: Grid = []
    for row in table.rows:
        found: dict[int, tuple[int, int]] = {}
        for column, cell in enumerate(row):
            if column:
                rendering.put("\t")
            words = " ".join((cell or "").split())
            if words:
                start = rendering.put(words)
                found[column] = (start, rendering.size)
        rendering.put("\n")
        rows.append(found)
    rendering.tables.append((first, rendering.size, rows))
    rendering.put("\n")


def _at_edge(line: PageLine) -> bool:
    return line.bottom <= _EDGE or line.top >= 1 - _EDGE


def _masked(line: PageLine) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()))


def _repeated(pages: list[PdfPage]) -> set[str]:
    """Lines at the head or foot that stand on two pages at least, and on half of three or more."""
    seen = Counter(
        words
        for page in pages
        for words in {_masked(part) for part in page.parts if isinstance(part, PageLine) and _at_edge(part)}
    )
    least = max(2, len(pages) // 3)
    return {words for words, count in seen.items() if count >= least}
