"""The pages of a PDF as lines and tables, with bounds on what a hostile file can cost.

The library that reads PDF comes with the extra ``pdf``. It unpacks streams whole and draws what a page
tells it to as often as it is told, so streams are measured first and drawing has a budget.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tracker.errors import SourceRejected

MOST_PAGES = 300
MOST_CHARACTERS = 1_000_000
MOST_PAGE_BYTES = 2_000_000
MOST_BYTES = 12_000_000
MOST_PATHS = 50_000
LARGEST_STREAM = 100_000_000
LARGEST_WHOLE = 400_000_000
_MOST_EDGES = 3_000
_STREAM = re.compile(rb"stream\r?\n")
_CODED = re.compile(rb"LZWDecode|/LZW\b|RunLengthDecode|/RL\b")
_LARGEST_CODED = 2_000_000
_NOTE = re.compile(r"[\d*†‡a-e()]")
_WIDE = 2.2
_BLOCK, _PIECE = 1 << 16, 1 << 20
_PER_DRAWING = 5_000


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of words: ``top`` and ``bottom`` as shares of the page's height, ``size`` of its letters in points."""

    text: str
    top: float
    bottom: float
    gap: bool
    size: float


@dataclass(frozen=True, slots=True)
class PageTable:
    """Rows of cells; None where a cell is covered by another."""

    rows: list[list[str | None]]
    top: float


@dataclass(slots=True)
class PdfPage:
    """What stands on one page, from top to bottom."""

    parts: list[PageLine | PageTable] = field(default_factory=list)


class _SpentError(Exception):
    pass


def read_pages(content: bytes, name: str) -> Iterator[PdfPage]:
    """The pages in order.

    Raises:
        SourceRejected: the extra is missing, or the file is damaged, protected or too costly.
    """
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    except ImportError:
        raise SourceRejected(
            f'{name}: PDF is read only with the extra that reads it; install it with pip install "tracker[pdf]"'
        ) from None
    _measure(content, name)
    budget = _Budget()
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            budget.count(len(pdf.pages))
            for page in pdf.pages:
                budget.draw(page, pdf)
                yield _page(page)
                page.close()
    except _SpentError as error:
        raise SourceRejected(f"{name}: the PDF holds more than is read of one ({error})") from None
    except (PDFEncryptionError, PDFPasswordIncorrect):
        raise SourceRejected(f"{name}: the PDF is protected by a password; expected an open one") from None
    except Exception as error:
        # The library raises whatever a damaged file leads it to; none of it tells people more.
        if "password" in f"{type(error).__name__} {error!r}".lower():
            raise SourceRejected(f"{name}: the PDF is protected by a password; expected an open one") from None
        raise SourceRejected(f"{name}: a PDF was expected; it is damaged or cut off") from error


def _measure(content: bytes, name: str) -> None:
    """Refuse a file whose streams unpack to too much, before a library unpacks them whole."""
    whole = 0
    for found in _STREAM.finditer(content):
        size = _unpacked(content, found.end(), LARGEST_STREAM)
        whole += size
        if size >= LARGEST_STREAM or whole >= LARGEST_WHOLE:
            raise SourceRejected(f"{name}: the PDF unpacks to more than {LARGEST_STREAM // 1_000_000} MB in one part")
    if len(content) > _LARGEST_CODED and _CODED.search(content):
        raise SourceRejected(f"{name}: the PDF is packed in an old way (LZW) and larger than is read of such")


def _unpacked(content: bytes, start: int, most: int) -> int:
    """Bytes that a stream unpacks to by inflating; of inflated data inflated again the larger."""
    size = inner_size = 0
    view = memoryview(content)
    blocks = (bytes(view[at : at + _BLOCK]) for at in range(start, len(content), _BLOCK))
    inner: Any = None
    for piece in _inflated(zlib.decompressobj(), blocks):
        size += len(piece)
        if inner is None:
            inner = zlib.decompressobj() if piece[:1] == b"\x78" else False
        if inner:
            inner_size += sum(len(one) for one in _inflated(inner, [piece], most))
        if max(size, inner_size) >= most:
            break
    return max(size, inner_size)


def _inflated(machine: Any, blocks: Iterable[bytes], most: int = LARGEST_WHOLE) -> Iterator[bytes]:
    """What the blocks inflate to, at most a megabyte at a time; it ends where they make no sense."""
    for block in blocks:
        rest = block
        while rest and not machine.eof and most > 0:
            try:
                piece = machine.decompress(rest, _PIECE)
            except zlib.error:
                return
            most -= len(piece)
            rest = machine.unconsumed_tail
            yield piece
        if machine.eof or most <= 0:
            return


class _Budget:
    """Counts what is drawn over all pages."""

    def __init__(self) -> None:
        self.characters = self.paths = self.bytes = 0

    def count(self, pages: int) -> None:
        """Refuse more pages than are read."""
        if pages > MOST_PAGES:
            raise _SpentError(f"{MOST_PAGES} pages")

    def draw(self, page: Any, pdf: Any) -> None:
        """Lay out one page with the library's own device, which counts here."""
        from pdfminer.pdfinterp import PDFPageInterpreter
        from pdfminer.pdftypes import stream_value
        from pdfplumber.page import PDFPageAggregatorWithMarkedContent

        budget = self

        class Device(PDFPageAggregatorWithMarkedContent):
            def render_char(self, *args: Any, **kwargs: Any) -> float:
                budget.characters += 1
                if budget.characters > MOST_CHARACTERS:
                    raise _SpentError(f"{MOST_CHARACTERS} characters")
                return super().render_char(*args, **kwargs)

            def paint_path(self, *args: Any, **kwargs: Any) -> None:
                budget.paths += 1
                if budget.paths > MOST_PATHS:
                    raise _SpentError(f"{MOST_PATHS} lines and shapes")
                super().paint_path(*args, **kwargs)

        class Interpreter(PDFPageInterpreter):
            def render_contents(self, resources: Any, streams: Sequence[object], ctm: Any = (1, 0, 0, 1, 0, 0)) -> None:
                size = sum(len(stream_value(stream).get_data()) for stream in streams) + _PER_DRAWING
                budget.bytes += size
                if size > MOST_PAGE_BYTES or budget.bytes > MOST_BYTES:
                    raise _SpentError(f"{MOST_BYTES // 1_000_000} MB of drawing")
                super().render_contents(resources, streams, ctm)

        device = Device(pdf.rsrcmgr, pageno=page.page_number, laparams=pdf.laparams)
        Interpreter(pdf.rsrcmgr, device).process_page(page.page_obj)
        page._layout = device.get_result()  # noqa: SLF001 - where the page looks for it before it lays itself out


def _page(page: Any) -> PdfPage:
    page = page.dedupe_chars() if len(page.chars) < 20_000 else page
    raised = _raised(page.chars)
    if raised:
        page = page.filter(lambda one: id(one) not in raised)
    height = float(page.height) or 1.0
    tables = page.find_tables() if 0 < len(page.edges) <= _MOST_EDGES else []
    tables = [table for table in tables if _is_table(table)]
    found: list[PageLine | PageTable] = [
        PageTable(table.extract(x_tolerance=1.5), table.bbox[1] / height) for table in tables
    ]
    boxes = [table.bbox for table in tables]
    words = [
        word
        for word in page.extract_words(x_tolerance=1.5, y_tolerance=2, keep_blank_chars=False)
        if not any(_inside(word, box) for box in boxes)
    ]
    for column in _columns(words, float(page.width)):
        found.extend(_lines(column, height))
    return PdfPage(_ordered(found))


def _raised(chars: list[dict[str, Any]]) -> set[int]:
    """Small raised signs right after a word or figure: the marks of footnotes, so that 96.3 is not 96.31."""
    found: set[int] = set()
    base: dict[str, Any] | None = None
    for char in chars:
        if (
            base is not None
            and char["size"] < 0.85 * base["size"]
            and char["bottom"] < base["bottom"] - 0.15 * base["size"]
            and -1 < char["x0"] - base["x1"] < 0.6 * base["size"] + 6
            and abs(char["bottom"] - base["bottom"]) < base["size"]
            and _NOTE.fullmatch(char["text"])
        ):
            found.add(id(char))
        elif char["text"].strip():
            base = char
    return found


def _is_table(table: Any) -> bool:
    return len(table.rows) > 1 and max(len(row.cells) for row in table.rows) > 1


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _columns(words: list[dict[str, Any]], width: float) -> list[list[dict[str, Any]]]:
    """The words of one column, or of two where a gutter in the middle parts nearly every line."""
    rows = _rows(words)
    best, parted = 0.0, 0
    for step in range(40, 61, 2):
        x = width * step / 100
        both = sum(1 for row in rows if not any(word["x0"] < x < word["x1"] for word in row) and _away(row, x))
        if both > parted:
            best, parted = x, both
    crossing = sum(1 for row in rows if any(word["x0"] < best < word["x1"] for word in row))
    if parted < 8 or crossing * 4 > parted:
        return [words]
    columns: list[list[dict[str, Any]]] = [[], [], []]
    for row in rows:
        if any(word["x0"] < best < word["x1"] for word in row) and not columns[1]:
            columns[0].extend(row)
        else:
            columns[1].extend(word for word in row if word["x1"] <= best + 1)
            columns[2].extend(word for word in row if word["x1"] > best + 1)
    return [column for column in columns if column]


def _away(row: list[dict[str, Any]], x: float) -> bool:
    """Words on both sides of ``x``, prose on each: columns of figures are a table, not two columns of text."""
    left, right = [word for word in row if word["x1"] <= x], [word for word in row if word["x0"] >= x]
    if len(left) < 3 or len(right) < 3:
        return False
    letters = sum(any(map(str.isalpha, word["text"])) for word in row)
    return letters * 10 >= len(row) * 7 and right[0]["x0"] - left[-1]["x1"] > 8


def _rows(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda one: (one["bottom"], one["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - word["bottom"]) < 0.4 * max(4.0, word["bottom"] - word["top"]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: float(one["x0"])) for row in rows]


def _lines(words: list[dict[str, Any]], height: float) -> Iterator[PageLine]:
    """Lines of words; wide gaps inside a line are kept wide, a gap above a line is told."""
    below: float | None = None
    steps: list[float] = []
    rows = _rows(words)
    for before, row in zip([None, *rows], rows, strict=False):
        if before is not None:
            steps.append(row[0]["bottom"] - before[0]["bottom"])
    usual = sorted(steps)[len(steps) // 10] if steps else 0.0
    for row in rows:
        text = row[0]["text"]
        size = max(4.0, row[0]["bottom"] - row[0]["top"])
        for left, right in pairwise(row):
            text += ("   " if right["x0"] - left["x1"] > _WIDE * size * 0.5 + 4 else " ") + right["text"]
        bottom = row[0]["bottom"]
        gap = below is not None and bottom - below > 1.35 * usual
        yield PageLine(" ".join(text.split("\n")), row[0]["top"] / height, bottom / height, gap, round(size))
        below = bottom


def _ordered(found: list[PageLine | PageTable]) -> list[PageLine | PageTable]:
    """Lines in their columns' order, each table before the first line that stands below it in its column."""
    lines = [part for part in found if isinstance(part, PageLine)]
    tables = sorted((part for part in found if isinstance(part, PageTable)), key=lambda part: part.top)
    parts: list[PageLine | PageTable] = []
    for line in lines:
        while tables and tables[0].top < line.top:
            parts.append(tables.pop(0))
        parts.append(line)
    return [*parts, *tables]
