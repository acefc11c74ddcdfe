"""Records to blocks: lists of things as tables, lone fields as pairs, long texts as paragraphs.

Names of fields are headers, the names of nested fields a path of headers. It is the same for JSON and XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.extract.documents import grid
from tracker.extract.documents.drafts import Draft, draft
from tracker.extract.documents.normalise import Normalised
from tracker.extract.documents.prose import is_page, prose
from tracker.extract.documents.values import LONG, Fields, Items, Leaf, Value
from tracker.extract.model import BlockKind

TITLES = frozenset({"title", "headline", "heading", "subject", "tieude", "tiêuđề"})
DATES = frozenset(
    """
    date pubdate published publishedat publisheddate publicationdate datepublished issued issuedate created
    createdat updated updatedat lastupdated modified timestamp ngaydang ngàyđăng ngaycapnhat
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
UNITS = frozenset({"unit", "units", "unitofmeasure", "donvi", "đơnvị", "donvitinh", "đơnvịtính"})
_ADDRESS = re.compile(r"(?:https?|ftp|mailto|data|urn):\S+", re.IGNORECASE)
_MOST_COLUMNS = 400
_LETTERS = re.compile(r"[\W_]+")

# A field's path of names from the outermost in, and its single value.
Column = tuple[str, ...]


@dataclass(slots=True)
class _Table:
    """Rows of single values by column; ``heads`` are the names of each column's path."""

    heads: dict[Column, tuple[Normalised, ...]]
    rows: list[tuple[Normalised | None, dict[Column, Leaf]]]


def plain_name(key: str) -> str:
    """``Pub-Date`` and ``pubDate`` as ``pubdate``."""
    return _LETTERS.sub("", key).lower()


class Telling:
    """Collects drafts over a tree of values; nested lists come after what they are nested in."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.metadata: dict[str, str] = {}
        self._depth = 0

    def tell(self, value: Value) -> None:
        """Append the drafts of ``value``."""
        match value:
            case Leaf():
                self._lone(value)
            case Items():
                self._items(None, value)
            case Fields():
                self._fields(value)

    def _fields(self, value: Fields) -> None:
        columns = _columns_of(value)
        if columns is not None:
            self._lay(columns)
            return
        keyed = _rows_by_key(value)
        if keyed is not None:
            self._lay(keyed)
            return
        self._depth += 1
        pairs: list[tuple[Normalised, Leaf]] = []
        later: list[tuple[Normalised, Value]] = []
        for key, name, one in zip(value.keys, value.names, value.values, strict=True):
            if isinstance(one, Leaf):
                if not self._special(key, one):
                    pairs.append((name, one))
            else:
                later.append((name, one))
        self._pairs(pairs)
        for name, one in later:
            if isinstance(one, Items):
                self._items(name, one)
            else:
                self._heading(name)
                self.tell(one)
        self._depth -= 1

    def _special(self, key: str, one: Leaf) -> bool:
        """Titles, dates and long texts are no pairs."""
        plain = plain_name(key)
        if not one.piece.text:
            return True
        if plain in TITLES:
            kind = BlockKind.TITLE if not any(d.kind is BlockKind.TITLE for d in self.drafts) else BlockKind.HEADING
            self.drafts.append(draft(kind, one.piece))
            self.drafts[-1].level, self.drafts[-1].style = (0, "") if kind is BlockKind.TITLE else (1, "record")
            return True
        if plain in UNITS:
            self.drafts.append(draft(BlockKind.HEADING, one.piece))
            self.drafts[-1].style = "unit"
            return True
        if plain in DATES:
            self.drafts.append(draft(BlockKind.DATELINE, one.piece))
            if self._depth <= 2:
                self.metadata.setdefault(plain if plain != "created" else "datecreated", one.piece.text)
            return True
        return self._lone(one) if len(one.piece.text) > LONG or is_page(one.piece.text) else False

    def _lone(self, one: Leaf) -> bool:
        if one.piece.text and not _ADDRESS.fullmatch(one.piece.text):
            self.drafts.extend(prose(one.long or one.piece, len(self.drafts)))
        return True

    def _heading(self, name: Normalised) -> None:
        if name.text:
            one = draft(BlockKind.HEADING, name)
            one.level, one.style = min(self._depth, 6), f"key{min(self._depth, 6)}"
            self.drafts.append(one)

    def _pairs(self, pairs: list[tuple[Normalised, Leaf]]) -> None:
        """Names on the left, values on the right: a table of two columns."""
        told = [(name, one) for name, one in pairs if one.piece.text and not _ADDRESS.fullmatch(one.piece.text)]
        if not told:
            return
        first, here = len(self.drafts), len(self.drafts)
        cells: list[grid.Cell] = []
        for row, (name, one) in enumerate(told):
            cells.append(self._cell(row, 0, name, first, th=True))
            cells.append(self._cell(row, 1, one.piece, first))
        grid.place(cells, self.drafts[here:], first=first, table=first)

    def _cell(self, row: int, column: int, piece: Normalised, table: int, **what: bool) -> grid.Cell:
        one = draft(BlockKind.CELL, piece)
        one.table = table
        place = None
        if one.text:
            place = len(self.drafts)
            self.drafts.append(one)
        return grid.Cell(row, column, one.text, place, th=what.get("th", False), head=what.get("head", False))

    def _items(self, name: Normalised | None, value: Items) -> None:
        if not value.values:
            return
        if name is not None:
            self._heading(name)
        if all(isinstance(one, Fields) for one in value.values):
            records = [one for one in value.values if isinstance(one, Fields)]
            if _are_articles(records) or len(records) == 1:
                for record in records:
                    self._fields(record)
                return
            self._lay(_table_of([(None, one) for one in records]))
            for record in records:
                self._nested(record)
        elif all(isinstance(one, Items) for one in value.values) and len(value.values) > 1:
            self._matrix([one for one in value.values if isinstance(one, Items)])
        else:
            for one in value.values:
                self.tell(one)

    def _nested(self, record: Fields) -> None:
        """Lists inside a record of a table, under the record's own name."""
        lists = list(_lists_of(record))
        if not lists:
            return
        label = next(
            (one for one in record.values if isinstance(one, Leaf) and one.piece.text and not one.machine), None
        )
        self._depth += 1
        if label is not None:
            self._heading(label.piece)
        for name, one in lists:
            self._depth += 1
            self._items(name, one)
            self._depth -= 1
        self._depth -= 1

    def _matrix(self, rows: list[Items]) -> None:
        """A list of lists: rows as they stand; the first names the columns where it holds no figure."""
        if not all(isinstance(one, Leaf) for row in rows for one in row.values):
            for row in rows:
                self._items(None, row)
            return
        here = len(self.drafts)
        cells = [
            self._cell(r, c, one.piece, here)
            for r, row in enumerate(rows)
            for c, one in enumerate(row.values[:_MOST_COLUMNS])
            if isinstance(one, Leaf)
        ]
        grid.place(cells, self.drafts[here:], first=here, table=here)

    def _lay(self, table: _Table) -> None:
        """A table with its header rows: nested names stand under the name that holds them."""
        columns = list(table.heads)[:_MOST_COLUMNS]
        labelled = any(label is not None for label, _ in table.rows)
        depth = max((len(path) for path in columns), default=1)
        here = len(self.drafts)
        cells: list[grid.Cell] = []
        if labelled:
            cells.extend(grid.Cell(level, 0, head=True) for level in range(depth))
        cells.extend(self._heads(table, columns, depth, here, offset=int(labelled)))
        for r, (label, row) in enumerate(table.rows, start=depth):
            if label is not None:
                cells.append(self._cell(r, 0, label, here, th=True))
            for c, path in enumerate(columns, start=int(labelled)):
                one = row.get(path)
                if one is None or len(one.piece.text) > 4 * LONG or _ADDRESS.fullmatch(one.piece.text):
                    cells.append(grid.Cell(r, c))
                else:
                    cells.append(self._cell(r, c, one.piece, here))
        cells.sort(key=lambda cell: (cell.row, cell.column))
        grid.place(cells, self.drafts[here:], first=here, table=here)

    def _heads(
        self, table: _Table, columns: list[Column], depth: int, here: int, *, offset: int
    ) -> Iterator[grid.Cell]:
        for level in range(depth):
            c = 0
            while c < len(columns):
                path = columns[c]
                width = 1
                while (
                    level < len(path) - 1
                    and c + width < len(columns)
                    and columns[c + width][: level + 1] == path[: level + 1]
                ):
                    width += 1
                if level < len(path):
                    cell = self._cell(level, c + offset, table.heads[path][level], here, head=True)
                    last = level == len(path) - 1
                    yield grid.Cell(
                        level, c + offset, cell.text, cell.draft, depth - level if last else 1, width, head=True
                    )
                c += width


def _are_articles(records: list[Fields]) -> bool:
    """Most have a text too long for a cell."""
    long = sum(
        any(isinstance(one, Leaf) and (len(one.piece.text) > LONG or is_page(one.piece.text)) for one in record.values)
        for record in records
    )
    return long * 2 > len(records)


def _flat(
    value: Fields, path: Column = (), names: tuple[Normalised, ...] = ()
) -> Iterator[tuple[Column, tuple[Normalised, ...], Leaf]]:
    for key, name, one in zip(value.keys, value.names, value.values, strict=True):
        if isinstance(one, Leaf):
            yield (*path, key), (*names, name), one
        elif isinstance(one, Fields):
            yield from _flat(one, (*path, key), (*names, name))


def _lists_of(value: Fields) -> Iterator[tuple[Normalised, Items]]:
    for name, one in zip(value.names, value.values, strict=True):
        if isinstance(one, Items):
            yield name, one
        elif isinstance(one, Fields):
            yield from _lists_of(one)


def _table_of(records: list[tuple[Normalised | None, Fields]]) -> _Table:
    heads: dict[Column, tuple[Normalised, ...]] = {}
    rows: list[tuple[Normalised | None, dict[Column, Leaf]]] = []
    for label, record in records:
        row: dict[Column, Leaf] = {}
        for path, names, one in _flat(record):
            if path not in heads:
                heads[path] = names
            row.setdefault(path, one)
        rows.append((label, row))
    groups: dict[str, int] = {}
    for path in heads:
        groups.setdefault(path[0], len(groups))
    return _Table(dict(sorted(heads.items(), key=lambda item: groups[item[0][0]])), rows)


def _rows_by_key(value: Fields) -> _Table | None:
    """``{"Huế": {"rate": 1}, "Vinh": {"rate": 2}}``: things by their names, each with the same fields."""
    records = [one for one in value.values if isinstance(one, Fields)]
    if len(records) < 2 or len(records) != len(value.values):
        return None
    keys = [frozenset(one.keys) for one in records]
    if not keys[0] or any(len(keys[0] & other) * 2 < len(keys[0] | other) for other in keys):
        return None
    return _table_of(list(zip(value.names, records, strict=True)))


def _columns_of(value: Fields) -> _Table | None:
    """``{"year": [2020, 2021], "rate": [1, 2]}``: lists of single values, equally long."""
    lists = [one for one in value.values if isinstance(one, Items)]
    if len(lists) < 2 or len(lists) != len(value.values) or len({len(one.values) for one in lists}) != 1:
        return None
    if not lists[0].values or not all(isinstance(one, Leaf) for each in lists for one in each.values):
        return None
    heads: dict[Column, tuple[Normalised, ...]] = {
        (key,): (name,) for key, name in zip(value.keys, value.names, strict=True)
    }
    rows: list[tuple[Normalised | None, dict[Column, Leaf]]] = []
    for k in range(len(lists[0].values)):
        row: dict[Column, Leaf] = {}
        for key, each in zip(value.keys, lists, strict=True):
            one = each.values[k]
            if isinstance(one, Leaf):
                row[key,] = one
        rows.append((None, row))
    return _Table(heads, rows)
