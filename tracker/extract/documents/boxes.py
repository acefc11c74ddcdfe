"""The things a page is made of while it is read: elements, tables, cells, flows of text."""

from __future__ import annotations

from tracker.extract.documents import chrome

BREAK, APART = -1, -2
DROPPED = frozenset(
    """
    svg math template noscript object canvas audio video select datalist head-only picture map
    """.split()  # noqa: SIM905 - a list of words reads best as one
)


class Element:
    """An open or closed element; ``frame`` is set when the whole page is known."""

    __slots__ = (
        "cell",
        "cleared",
        "depth",
        "dropped",
        "frame",
        "items",
        "name",
        "parent",
        "signs",
        "size",
        "table",
    )

    cell: CellBox | None
    table: TableBox | None
    depth: int
    dropped: bool
    items: int

    def __init__(self, name: str, parent: Element | None, signs: int) -> None:
        self.name = name
        self.parent = parent
        self.signs = signs
        self.cleared = False
        self.frame = False
        self.size = 0
        self.depth = parent.depth + 1 if parent else 0
        self.dropped = bool(signs & chrome.HIDDEN) or name in DROPPED or (parent is not None and parent.dropped)
        self.cell = parent.cell if parent else None
        self.table = parent.table if parent else None
        self.items = parent.items if parent else 0


class CellBox:
    """A ``td`` or ``th``, at its place in the grid once the table is laid out."""

    __slots__ = ("column", "columns", "flows", "head", "row", "rows", "table", "th")

    def __init__(self, table: TableBox, row: int, *, th: bool, head: bool, rows: int, columns: int) -> None:
        self.table, self.row, self.th, self.head, self.rows, self.columns = (
            table,
            row,
            th,
            head,
            rows,
            columns,
        )
        self.column = 0
        self.flows: list[int] = []


class TableBox:
    """A ``table``; ``layout`` once something shows that it arranges a page rather than figures."""

    __slots__ = ("cells", "head", "layout", "row")

    def __init__(self, *, layout: bool) -> None:
        self.cells: list[CellBox] = []
        self.row = -1
        self.head = False
        self.layout = layout


class Flow:
    """Text up to a block boundary: ``(start, end)`` places, or :data:`BREAK` / :data:`APART` and a place."""

    __slots__ = ("bold", "element", "linked", "runs", "size")

    def __init__(self, element: Element, runs: list[tuple[int, int]], linked: int, bold: int, size: int) -> None:
        self.element, self.runs, self.linked, self.bold, self.size = element, runs, linked, bold, size
