"""HTML source to flows: runs of text between block boundaries, each with the element it stands in.

Forgiving like a browser where it matters (paragraphs, list items, rows and cells that are never
closed, end tags without a start), strict in cost: one pass, a stack of bounded depth, no recursion.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.extract.documents import chrome
from tracker.extract.documents.boxes import APART, BREAK, CellBox, Element, Flow, TableBox
from tracker.extract.documents.elements import (
    BARRIERS,
    BLOCKS,
    CLOSES_P,
    ENDS_P,
    HEADINGS,
    IMPLIED,
    INLINE,
    LISTS,
    PARTS,
    SCOPE,
    TABLE_PARTS,
)
from tracker.extract.documents.markup import END, MARKUP, RAW, START, TITLE, attributes
from tracker.extract.documents.metadata import Metadata

_DEEPEST = 200
_MOST_SPAN = 1000

_LABEL_TEXT = re.compile(r"[^\W\d_]{3,}")
_STRESS = frozenset({"b", "strong", "i", "em", "small", "u"})
_UNIT = re.compile(r"(?:^|[\s\d/(])(?:[kcdmµ]?m|ha|ft|CO|R)$")
_FOOTNOTE = re.compile(r"\s*[\[(]?\s*(?:\d{1,2}|[a-np-z]|\*{1,3}|[†‡§¶])(?:\s*[,;]\s*\d{1,2})*\s*[\])]?\s*")
# "10" with a raised 3 is a thousand or a footnote: the digits stay apart, and in doubt.
_POWER = re.compile(r"(?<![\d.,])10\s*$")


class Page:
    """One pass over the source; afterwards ``flows``, ``elements``, ``tables`` and ``metadata`` stand."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.flows: list[Flow] = []
        self.elements: list[Element] = []
        self.tables: list[TableBox] = []
        self.metadata = Metadata()
        self.title: tuple[int, int] | None = None
        self._root = Element("body", None, 0)
        self._stack: list[Element] = [self._root]
        self._open: dict[str, int] = {}
        self._overflow = 0
        self._runs: list[tuple[int, int]] = []
        self._linked = self._bold = self._size = 0
        self._in_link = self._in_bold = 0
        self._sup: int | None = None
        self._hidden: tuple[str, int, int] | None = None
        self._spans: list[str] = []
        self._closed: tuple[int, str] = (-1, "")
        self._styled_away: set[str] = set()
        self._signs: dict[str, int] = {}
        self._inline: dict[str, Callable[[str, int], None]] = {
            "a": self._link,
            "span": self._span,
            "sup": self._open_sup,
            "b": self._embolden,
            "strong": self._embolden,
        }
        self._scan()

    def _scan(self) -> None:
        source, position = self.source, 0
        for match in MARKUP.finditer(source):
            start, end = match.span()
            if start > position:
                self._text(position, start)
            position = end
            kind = match.lastindex
            if kind == START:
                name, tail = match.group(5, 6)
                if name in BLOCKS:
                    self._block(name, tail)
                else:
                    self._start(name.lower(), tail, start)
            elif kind == END:
                self._end(match.group(7).lower(), position)
            elif kind == RAW:
                self._raw(match)
            elif kind == TITLE and self.title is None and not self._stack[-1].dropped:
                self.title = match.span(TITLE)
                self.metadata.title(match.group(TITLE))
        if position < len(source):
            self._text(position, len(source))
        self._flush()

    def _text(self, start: int, end: int) -> None:
        if self._stack[-1].dropped or self._hidden is not None:
            return
        if not self._runs and self.source[start:end].isspace():
            return
        size = end - start
        self._runs.append((start, end))
        self._size += size
        if self._in_link:
            self._linked += size
        if self._in_bold:
            self._bold += size

    def _flush(self) -> None:
        if self._sup is not None:
            self._sup = None
        if not self._runs:
            return
        element = self._stack[-1]
        if self._size:
            flow = Flow(element, self._runs, self._linked, self._bold, self._size)
            cell = element.cell
            if cell is not None:
                cell.flows.append(len(self.flows))
            self.flows.append(flow)
        self._runs = []
        self._linked = self._bold = self._size = 0

    # Start tags

    def _start(self, name: str, tail: str, start: int) -> None:
        if name in BLOCKS:
            self._block(name, tail)
        elif name == "br":
            if self._runs:
                self._runs.append((BREAK, start))
        elif name in INLINE:
            self._start_inline(name, tail, start)
        elif name == "hr":
            self._flush()
        elif name == "meta":
            self.metadata.meta(tail)
        elif name == "html" and "lang" in tail:
            self.metadata.note("lang", attributes(tail).get("lang", "") or attributes(tail).get("xml:lang", ""))
        elif name == "option":
            self._flush()

    def _start_inline(self, name: str, tail: str, start: int) -> None:
        if self._hidden is not None:
            hidden, count, depth = self._hidden
            if hidden == name:
                self._hidden = (hidden, count + 1, depth)
            return
        if tail and ("none" in tail or "hidden" in tail or self._styled_away) and self._sign(tail) & chrome.HIDDEN:
            self._hidden = (name, 1, len(self._stack))
            return
        if name == "time":
            self.metadata.time(tail)
            return
        if self._closed[0] == start and name in _STRESS and self._closed[1] in _STRESS - {name}:
            self._stressed_apart(start)
        act = self._inline.get(name)
        if act is not None:
            act(tail, start)

    def _stressed_apart(self, start: int) -> None:
        """Words stressed in two ways are two words: "<strong>48,6 tỷ</strong><em>dư nợ"."""
        opened = self.source.find(">", start) + 1
        if self._runs and self.source[self._runs[-1][1] - 1].isalpha() and self.source[opened : opened + 1].isalpha():
            self._apart(start)

    def _link(self, tail: str, start: int) -> None:
        del tail
        if self._closed == (start, "a"):
            self._apart(start)
        self._in_link = 1

    def _embolden(self, tail: str, start: int) -> None:
        del tail, start
        self._in_bold += 1

    def _open_sup(self, tail: str, start: int) -> None:
        del tail, start
        self._sup = len(self._runs)

    def _span(self, tail: str, start: int) -> None:
        # Two spans that touch and are styled apart are two things: "<span>46,2%</span><span>hồ sơ".
        if self._closed[0] == start and self._closed[1] and tail and self._closed[1] != tail:
            self._apart(start)
        elif self._closed in ((start, "strong"), (start, "b")):
            self._label_of_figure(start)
        self._spans.append(tail)

    def _label_of_figure(self, start: int) -> None:
        """Part a figure that stands out from its label: "<strong>1,240</strong><span>shops"; not "<b>5</b><span>G"."""
        first, last = self._runs[-1] if self._runs else (0, 0)
        label = _LABEL_TEXT.match(self.source, self.source.find(">", start) + 1)
        if first >= 0 and label is not None and self.source[last - 1 : last].isdigit():
            self._apart(start)

    def _apart(self, start: int) -> None:
        if self._runs:
            self._runs.append((APART, start))

    def _sign(self, tail: str) -> int:
        found = self._signs.get(tail)
        if found is None:
            found = self._signs[tail] = chrome.flags(tail, self._styled_away)
        return found

    def _block(self, name: str, tail: str) -> None:
        self._flush()
        if self._overflow:
            self._overflow += 1
            return
        if name == "colgroup":
            return
        self._close_implied(name)
        if len(self._stack) >= _DEEPEST:
            self._overflow += 1
            return
        parent = self._stack[-1]
        element = Element(name, parent, self._sign(tail) if tail and not tail.isspace() else 0)
        self.elements.append(element)
        if name in TABLE_PARTS:
            self._table_part(element, tail)
        elif name in LISTS:
            element.items += 1
        elif name in PARTS:
            element.items = 0
        elif element.cell is not None and name in HEADINGS:
            element.cell.table.layout = True
        self._stack.append(element)
        self._open[name] = self._open.get(name, 0) + 1

    def _close_implied(self, name: str) -> None:
        """Close what a start tag of this name ends without saying so."""
        if self._open.get("p") and name in CLOSES_P:
            self._pop_to(("p",), ENDS_P)
        implied = IMPLIED.get(name)
        if implied is not None:
            self._pop_to(*implied)

    def _table_part(self, element: Element, tail: str) -> None:
        if element.name == "table":
            if element.cell is not None:
                element.cell.table.layout = True
            element.table = TableBox(layout=bool(element.signs & chrome.LAYOUT))
            element.cell = None
            element.items = 0
            self.tables.append(element.table)
            return
        table = element.table
        if table is None:
            return
        if element.name == "tr":
            table.row += 1
        elif element.name in {"thead", "tbody", "tfoot"}:
            table.head = element.name == "thead"
        elif element.name in {"td", "th"}:
            self._cell(element, table, tail)

    def _cell(self, element: Element, table: TableBox, tail: str) -> None:
        if table.row < 0 or not any(above.name == "tr" for above in self._stack[-3:]):
            table.row += 1
        rows = columns = 1
        if "span" in tail.lower():
            found = attributes(tail)
            rows, columns = _count(found.get("rowspan", "")), _count(found.get("colspan", ""))
        element.cell = CellBox(table, table.row, th=element.name == "th", head=table.head, rows=rows, columns=columns)
        table.cells.append(element.cell)

    # End tags

    def _end(self, name: str, position: int) -> None:
        if name in BLOCKS:
            self._flush()
            if self._overflow:
                self._overflow -= 1
            elif self._stack[-1].name == name and len(self._stack) > 1:
                self._close(len(self._stack) - 1)
            elif self._open.get(name):
                self._pop_to((name,), BARRIERS.get(name, SCOPE))
        elif name in INLINE:
            self._end_inline(name, position)
        elif name == "br" and self._runs:
            self._runs.append((BREAK, position))

    def _end_inline(self, name: str, position: int) -> None:
        if self._hidden is not None:
            hidden, count, depth = self._hidden
            if hidden == name:
                self._hidden = (hidden, count - 1, depth) if count > 1 else None
            return
        if name == "a":
            self._in_link = 0
            self._closed = (position, "a")
        elif name in {"b", "strong"}:
            self._in_bold = max(0, self._in_bold - 1)
            self._closed = (position, name)
        elif name in _STRESS:
            self._closed = (position, name)
        elif name == "sup" and self._sup is not None:
            self._close_sup(self._sup)
        elif name == "span":
            self._closed = (position, self._spans.pop() if self._spans else "")

    def _close_sup(self, first: int) -> None:
        """Drop a footnote's mark, so that 96,3 with mark 1 never reads 96,31; keep m², 1st, ×10⁶."""
        self._sup = None
        before = "".join(self.source[a:b] for a, b in self._runs[max(0, first - 2) : first] if a >= 0)[-24:]
        inside = [(a, b) for a, b in self._runs[first:] if a >= 0]
        text = "".join(self.source[a:b] for a, b in inside)
        if not inside or _FOOTNOTE.fullmatch(text) is None or _UNIT.search(before):
            return
        if _POWER.search(before):
            self._runs.insert(first, (APART, inside[0][0]))
            return
        self._size -= sum(b - a for a, b in inside)
        del self._runs[first:]

    def _pop_to(self, names: tuple[str, ...], barriers: frozenset[str]) -> None:
        """Close the innermost open element of ``names``, unless a barrier stands before it."""
        stack = self._stack
        for name in names:
            if self._open.get(name):
                break
        else:
            return
        for i in range(len(stack) - 1, 0, -1):
            if stack[i].name in names:
                self._close(i)
                return
            if stack[i].name in barriers:
                return

    def _close(self, first: int) -> None:
        """Close the elements from ``first`` on the stack."""
        self._flush()
        stack = self._stack
        for element in stack[first:]:
            self._open[element.name] -= 1
        del stack[first:]
        self._in_bold = 0
        if self._hidden is not None and len(stack) < self._hidden[2]:
            self._hidden = None

    def _raw(self, match: re.Match[str]) -> None:
        name, tail = match.group(1).lower(), match.group(2)
        if name == "script":
            self.metadata.json_ld(tail, match.group(3))
        elif name == "style":
            self._styled_away |= chrome.styled_away(match.group(3))
            self._signs.clear()


def _count(value: str) -> int:
    digits = value.strip()
    return min(int(digits), _MOST_SPAN) if digits.isdecimal() and len(digits) < 6 and int(digits) > 0 else 1
