"""Elements with their places in the source, for selectors and for records written in XML.

The tokens are the project's own, so an element that a selector finds is a span of the source and nothing
has to be found again. HTML is closed as browsers close it, a table's unwritten ``tbody`` included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from tracker.extract.documents.elements import BARRIERS, CLOSES_P, ENDS_P, IMPLIED, SCOPE
from tracker.extract.documents.markup import END, MARKUP, RAW, START, TITLE, attributes

DEEPEST = 200
_VOID = frozenset(
    """
    area base br col embed hr img input link meta param source track wbr frame keygen
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
_TABLE_SECTIONS = frozenset({"tbody", "thead", "tfoot"})


class Node:
    """An element: ``start`` to ``end`` with its tags, ``runs`` are the places of its own text.

    ``runs[k]`` stands before the child ``k``; the last one after all children. ``tail`` is the place of its
    attributes. ``made``: it is not written in the source.
    """

    __slots__ = ("attributes", "children", "end", "made", "name", "parent", "runs", "start", "tail")

    def __init__(self, name: str, parent: Node | None, start: int, *, made: bool = False) -> None:
        self.name = name
        self.parent = parent
        self.start = self.end = start
        self.made = made
        self.tail = (start, start)
        self.attributes: dict[str, str] = {}
        self.children: list[Node] = []
        self.runs: list[list[tuple[int, int]]] = [[]]

    def add(self, child: Node) -> None:
        """Put ``child`` after all that is there."""
        self.children.append(child)
        self.runs.append([])

    def walk(self) -> Iterator[Node]:
        """The elements below in the order of the document."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.children[::-1])


class HtmlTree:
    """One pass over the source; ``root`` holds what stands outermost."""

    def __init__(self, source: str) -> None:
        self.root = Node("", None, 0)
        self._source = source
        self._stack = [self.root]
        self._open: dict[str, int] = {}
        position = 0
        for match in MARKUP.finditer(source):
            start, end = match.span()
            if start > position:
                self._stack[-1].runs[-1].append((position, start))
            position = end
            kind = match.lastindex
            if kind == START:
                self._start(match.group(5).lower(), match.group(6), start, end)
            elif kind == END:
                self._end(match.group(7).lower(), start, end)
            elif kind in (RAW, TITLE):
                name = match.group(1).lower() if kind == RAW else "title"
                node = self._leaf(name, match.group(2) or "" if kind == RAW else "", start, end)
                if kind == TITLE:
                    node.runs[-1].append(match.span(TITLE))
        if position < len(source):
            self._stack[-1].runs[-1].append((position, len(source)))
        self._close(1, len(source))

    def _leaf(self, name: str, tail: str, start: int, end: int) -> Node:
        node = Node(name, self._stack[-1], start)
        node.end = end
        if tail and not tail.isspace():
            node.attributes = attributes(tail)
        self._stack[-1].add(node)
        return node

    def _start(self, name: str, tail: str, start: int, end: int) -> None:
        if self._open.get("p") and name in CLOSES_P:
            self._pop(("p",), ENDS_P, start)
        implied = IMPLIED.get(name)
        if implied is not None:
            self._pop(*implied, start)
        if name == "tr" and self._stack[-1].name == "table":
            self._push(Node("tbody", self._stack[-1], start, made=True))
        elif name in _TABLE_SECTIONS and self._stack[-1].made:
            self._close(len(self._stack) - 1, start)
        if name in _VOID or len(self._stack) > DEEPEST:
            self._leaf(name, tail, start, end)
            return
        node = Node(name, self._stack[-1], start)
        if tail and not tail.isspace():
            node.attributes = attributes(tail)
        self._push(node)

    def _push(self, node: Node) -> None:
        self._stack[-1].add(node)
        self._stack.append(node)
        self._open[node.name] = self._open.get(node.name, 0) + 1

    def _end(self, name: str, start: int, end: int) -> None:
        if self._open.get(name):
            self._pop((name,), BARRIERS.get(name, SCOPE), start, end)

    def _pop(self, names: tuple[str, ...], barriers: frozenset[str], at: int, end: int | None = None) -> None:
        if not any(self._open.get(name) for name in names):
            return
        for k in range(len(self._stack) - 1, 0, -1):
            if self._stack[k].name in names:
                node = self._stack[k]
                self._close(k, at)
                if end is not None:
                    node.end = end
                return
            if self._stack[k].name in barriers:
                return

    def _close(self, first: int, at: int) -> None:
        for node in self._stack[first:]:
            self._open[node.name] -= 1
            node.end = at
        del self._stack[first:]


XML = re.compile(
    r"<(?:!--.*?-->|!\[CDATA\[(?P<data>.*?)\]\]>|\?.*?\?>|!DOCTYPE[^>\[]*>"
    r"|/(?P<end>[^\s>]+)\s*>|(?P<start>[^\s/>!?]+)(?P<tail>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(?P<empty>/?)>)",
    re.DOTALL,
)
PAIR = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def local(name: str) -> str:
    """The name without its prefix."""
    return name.rpartition(":")[2]


class XmlTree:
    """The elements of a well-formed XML text without a document type of its own.

    Names lose their prefix. ``data`` holds the places of CDATA sections, whose text has no entities.
    """

    def __init__(self, source: str) -> None:
        self.root = Node("", None, 0)
        self.data: set[int] = set()
        stack = [self.root]
        position = 0
        for match in XML.finditer(source):
            start, end = match.span()
            if start > position:
                stack[-1].runs[-1].append((position, start))
            position = end
            if match.group("data"):
                self.data.add(match.start("data"))
                stack[-1].runs[-1].append(match.span("data"))
            elif match.group("end") is not None:
                if len(stack) > 1:
                    stack.pop().end = end
            elif match.group("start") is not None:
                node = Node(local(match.group("start")), stack[-1], start)
                node.end = end
                node.tail = match.span("tail")
                node.attributes = {
                    local(key): unescape(one or other) for key, one, other in PAIR.findall(match.group("tail"))
                }
                stack[-1].add(node)
                if not match.group("empty"):
                    stack.append(node)
        self.root.end = len(source)
