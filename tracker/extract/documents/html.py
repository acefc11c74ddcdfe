"""HTML to blocks: every normalised character knows its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tracker.extract.documents import chrome, grid, outline, roles
from tracker.extract.documents.boxes import CellBox, Element, Flow, TableBox
from tracker.extract.documents.drafts import Draft, draft
from tracker.extract.documents.flow_lines import lines_of, segments, width_of, woven
from tracker.extract.documents.language import language
from tracker.extract.documents.lines import MARKER
from tracker.extract.documents.markup import take_decoded
from tracker.extract.documents.metadata import Metadata
from tracker.extract.documents.normalise import Loom
from tracker.extract.documents.page import Page
from tracker.extract.documents.parts import Seen
from tracker.extract.documents.preformatted import is_preformatted, lined
from tracker.extract.documents.surroundings import join_tables, label_figures
from tracker.extract.documents.unmarked import is_site, settle_structure
from tracker.extract.model import BlockKind, Document

_LINK_DENSE = 0.6
_LONGEST_LINKED = 240
_LONGEST_HEADING = 110
_SMALL_FORM = 800
_LEAST_KEPT = 0.15
_MOST_SLOTS = 200_000
_STOP = re.compile(r"[.,;…]['\"”’»)\]]*$")
_FIGURE = re.compile(r"\d\s*(?:%|tỷ|triệu|nghìn|điểm|billion|million|per ?cent)")
_HEADING = {f"h{level}": level for level in range(1, 7)}
_CAPTIONS = frozenset({"caption", "figcaption"})
_BOLD_LEVEL = 7


def read_html(source: str, name: str) -> tuple[Document, Metadata]:
    """Blocks and metadata of a page; ``source`` is the decoded file as it stands."""
    page = Page(source)
    _settle_frames(page)
    loom = Loom(source)
    drafts = _drafts(page, loom)
    settle_structure(drafts, page.metadata.get("og:site_name", ""))
    _settle_title(drafts)
    roles.settle(drafts)
    _demote_closing_names(drafts)
    join_tables(drafts)
    blocks = outline.blocks(drafts)
    told = page.metadata.get("lang", "")[:2].lower()
    words = language(" ".join(one.text for one in drafts if one.kind is not BlockKind.BOILERPLATE)[:4000])
    return Document(name, source, "text/html", blocks, language=words or (told or None)), page.metadata


# The frame of the page


def _settle_frames(page: Page) -> None:
    """Decide for each element whether it is the page's frame; the article's ancestors never are."""
    for flow in page.flows:
        above: Element | None = flow.element
        while above is not None:
            if above.name == "form":
                above.size += flow.size
            above = above.parent
    article = _article(page)
    while article is not None:
        article.cleared = True
        article = article.parent
    _mark(page, weak=True)
    kept = sum(flow.size for flow in page.flows if not flow.element.frame)
    if kept < _LEAST_KEPT * sum(flow.size - flow.linked for flow in page.flows):
        _mark(page, weak=False)


def _mark(page: Page, *, weak: bool) -> None:
    for element in page.elements:
        parent = element.parent
        element.frame = (parent is not None and parent.frame) or _is_frame(element, weak=weak)


def _is_frame(element: Element, *, weak: bool) -> bool:
    if element.name in chrome.STRONG_NAMES or element.signs & chrome.STRONG:
        return True
    if not weak or element.cleared:
        return False
    if element.name == "form":
        return element.size < _SMALL_FORM
    return bool(element.signs & chrome.WEAK) or element.name in chrome.WEAK_NAMES


def _article(page: Page) -> Element | None:
    """The element that holds the article's headline: an h1 in article or main, any h1, main, article."""
    heads = [flow.element for flow in page.flows if flow.element.name == "h1" and not _in_strong(flow.element)]
    for head in heads:
        if _within(head, "article") or _within(head, "main"):
            return head
    outside = [head for head in heads if not _within(head, "header")]
    if outside or heads:
        return (outside or heads)[0]
    for name in ("main", "article", "h2"):
        for element in page.elements:
            if element.name == name and not _in_strong(element) and not element.signs & chrome.WEAK:
                return element
    return None


def _within(element: Element, name: str) -> bool:
    above: Element | None = element
    while above is not None and above.name != name:
        above = above.parent
    return above is not None


def _in_strong(element: Element) -> bool:
    above: Element | None = element
    while above is not None:
        if above.name in chrome.STRONG_NAMES or above.signs & chrome.STRONG:
            return True
        above = above.parent
    return False


# Flows to drafts


def _drafts(page: Page, loom: Loom) -> list[Draft]:
    drafts = _title_element(page, loom)
    grids: dict[int, list[grid.Cell]] = {}
    number = {id(table): k for k, table in enumerate(page.tables)}
    for table in page.tables:
        if not _is_data(table, page):
            table.layout = True
        else:
            _lay_out(table)
    done: set[int] = set()
    lines = any(element.name == "pre" for element in page.elements)
    width = width_of(page.flows, loom)
    boxed: dict[int, list[int]] = {}
    titled, seen, noted = lines and _has_headline(page), Seen(), 0
    for index, flow in enumerate(page.flows):
        cell = flow.element.cell
        if cell is not None and not cell.table.layout and not flow.element.frame:
            if cell.flows[0] == index:
                k = number[id(cell.table)]
                grids.setdefault(k, []).append(_cell(page, loom, cell, k, drafts))
                done.add(id(cell))
        elif lines and is_preformatted(flow):
            seen.note(drafts[noted:])
            noted = len(drafts)
            drafts.extend(lined(loom, flow, replace(seen, title=titled), first=noted, tables=len(page.tables)))
        elif not (flow.element.frame and flow.linked >= _LINK_DENSE * flow.size):
            found = list(_of_flow(loom, flow, width))
            if found:
                boxed.setdefault(id(flow.element.parent), []).append(len(drafts))
            drafts.extend(found)
    label_figures(drafts, boxed.values())
    for k, cells in grids.items():
        table = page.tables[k]
        empty = [
            grid.Cell(box.row, box.column, rows=box.rows, columns=box.columns, th=box.th, head=box.head)
            for box in table.cells
            if id(box) not in done
        ]
        grid.place(sorted([*cells, *empty], key=lambda cell: (cell.row, cell.column)), drafts, first=0, table=k)
    return drafts


def _title_element(page: Page, loom: Loom) -> list[Draft]:
    """The ``title`` element, where the page has no heading to be its title."""
    if page.title is None or _has_headline(page):
        return []
    weave = loom.weave()
    take_decoded(weave, page.source, *page.title)
    one = draft(BlockKind.TITLE, weave.normalised())
    return [one] if one.text else []


def _has_headline(page: Page) -> bool:
    return any(flow.element.name in _HEADING and not flow.element.frame for flow in page.flows)


def _is_data(table: TableBox, page: Page) -> bool:
    """Two rows and two columns at least, or headers; no paragraphs laid out in its cells."""
    if table.layout or not table.cells:
        return False
    rows = {cell.row for cell in table.cells}
    widest = max(sum(cell.columns for cell in row) for row in _rows(table))
    headed = any(cell.th for cell in table.cells)
    if widest < 2 or (len(rows) < 2 and not headed):
        return False
    return not any(len(cell.flows) > 3 and sum(page.flows[i].size for i in cell.flows) > 600 for cell in table.cells)


def _rows(table: TableBox) -> list[list[CellBox]]:
    rows: dict[int, list[CellBox]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[row] for row in sorted(rows)]


def _lay_out(table: TableBox) -> None:
    """Give each cell its row and column in the grid, spans resolved and bounded by the table."""
    rows = _rows(table)
    busy: dict[int, int] = {}
    slots = 0
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while busy.get(column, 0) > row:
                column += 1
            cell.rows = min(cell.rows, len(rows) - row)
            slots += cell.rows * cell.columns
            if slots > _MOST_SLOTS:
                cell.rows = cell.columns = 1
            cell.row, cell.column = row, column
            for covered in range(column, column + cell.columns):
                busy[covered] = row + cell.rows
            column += cell.columns


def _cell(page: Page, loom: Loom, box: CellBox, table: int, drafts: list[Draft]) -> grid.Cell:
    weave = loom.weave()
    end = -1
    for index in box.flows:
        for piece in segments(page.flows[index]):
            if end >= 0:
                weave.put(" ", end, max(end, piece[0][0]))
            end = woven(weave, page.source, piece) or end
    one = draft(BlockKind.CELL, weave.normalised())
    one.table = table
    place = None
    if one.text:
        place = len(drafts)
        drafts.append(one)
    return grid.Cell(box.row, box.column, one.text, place, box.rows, box.columns, box.th, box.head)


def _of_flow(loom: Loom, flow: Flow, width: int) -> Iterator[Draft]:
    kind, level, style = _role(flow)
    broken = kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    for number, piece in enumerate(lines_of(loom, flow, broken=broken, width=width)):
        one = draft(kind, piece)
        one.level, one.style = level, style
        one.indent = flow.element.items
        one.gap = kind is not BlockKind.ITEM and not number
        one.chrome = flow.element.frame or _is_links(flow)
        if kind is BlockKind.PARAGRAPH:
            _settle_paragraph(flow, one)
        yield one


def _role(flow: Flow) -> tuple[BlockKind, int, str]:
    element: Element | None = flow.element
    while element is not None:
        name = element.name
        if name in _HEADING:
            return BlockKind.HEADING, _HEADING[name], name
        if name in _CAPTIONS:
            return BlockKind.CAPTION, 0, ""
        if name in {"li", "dt"}:
            return BlockKind.ITEM, 0, name
        if name == "dd":
            return BlockKind.ITEM, 0, "dd"
        if name in {"td", "th", "section", "article", "main", "body"}:
            break
        element = element.parent
    return BlockKind.PARAGRAPH, 0, ""


def _is_links(flow: Flow) -> bool:
    if flow.element.name in _HEADING:
        return flow.linked >= _LINK_DENSE * flow.size and flow.element.name != "h1"
    return flow.linked >= _LINK_DENSE * flow.size and flow.size <= _LONGEST_LINKED


def _settle_paragraph(flow: Flow, one: Draft) -> None:
    """A paragraph that is a bold line of its own is a heading; one with a bullet is an item."""
    marker = MARKER.match(one.text)
    if marker and marker.lastgroup == "bullet" and marker.end() < len(one.text) and one.text[0] != "*":
        skip = marker.end()
        one.kind, one.style, one.gap = BlockKind.ITEM, marker.group().strip(), False
        one.text, one.starts, one.ends = one.text[skip:], one.starts[skip:], one.ends[skip:]
        return
    bold = flow.bold >= 0.95 * flow.size and len(one.text) <= _LONGEST_HEADING
    if bold and not _STOP.search(one.text) and not _FIGURE.search(one.text) and not roles.dateline(one.text):
        one.kind, one.level, one.style = BlockKind.HEADING, _BOLD_LEVEL, "bold"


def _demote_closing_names(drafts: list[Draft]) -> None:
    """A bold line with nothing of the article below it is a name or a credit, no heading."""
    for one in reversed(drafts):
        if one.kind is BlockKind.BOILERPLATE:
            continue
        if one.kind is not BlockKind.HEADING or one.style != "bold":
            return
        one.kind, one.level, one.style = BlockKind.PARAGRAPH, 0, ""


def _settle_title(drafts: list[Draft]) -> None:
    """The headline: the article's h1, else the first heading, unless the text has a title already."""
    if any(one.kind is BlockKind.TITLE and not one.chrome for one in drafts):
        return
    heads = [one for one in drafts if one.kind is BlockKind.HEADING and not one.chrome and one.style != "bold"]
    heads = [one for one in heads if not is_site(one.text)] or heads
    first = next((one for one in heads if one.style == "h1"), heads[0] if heads else None)
    if first is not None:
        first.kind, first.level = BlockKind.TITLE, 0
