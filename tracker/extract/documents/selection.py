"""What a user points at in a document, and what is left of the document when that is all that counts.

A block stays when the selector matches it, and so does what governs it: headings, captions, leads, the
headers of a cell. Nothing matched is no data, told in a sentence; it is never an empty document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.errors import SourceRejected
from tracker.extract.documents.tabular import same_name
from tracker.extract.model import Block, BlockKind, CellPlace, Document

_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a document is read; None restricts nothing.

    At most one of ``css``, ``xpath`` (1.0) and ``jsonpath`` (RFC 9535); ``column`` names a column of a
    table by its header, ``sheet`` a sheet of a workbook.
    """

    css: str | None = None
    xpath: str | None = None
    jsonpath: str | None = None
    column: str | None = None
    sheet: str | None = None

    def said(self) -> dict[str, str]:
        """The selectors that are given, by their keys in the configuration."""
        keys = ("css", "xpath", "jsonpath", "column", "sheet")
        return {key: value for key in keys if (value := getattr(self, key)) is not None}


EVERYTHING = Selection()


def refuse_others(selection: Selection, usable: Iterable[str], name: str, what: str) -> None:
    """``SourceRejected`` where the selection has a selector that means nothing in this kind of document."""
    known = set(usable)
    for key, value in selection.said().items():
        if key not in known:
            instead = f"expected {' or '.join(sorted(known))}" if known else "expected no selector"
            raise SourceRejected(f"{name}: {key} {value!r} selects nothing in {what}; {instead}")


def select_spans(document: Document, spans: Iterable[tuple[int, int]], said: str) -> Document:
    """The document with the blocks that stand in ``spans`` of its text. ``said`` is the selector, for the sentence."""
    merged = _merged(spans)
    starts = [start for start, _ in merged]

    def inside(block: Block) -> bool:
        if not block.text:
            return False
        first, last = block.starts[0], block.ends[-1]
        k = bisect_right(starts, first) - 1
        if k >= 0 and first < merged[k][1]:
            return True
        return k + 1 < len(merged) and merged[k + 1][0] < last

    wanted = [k for k, block in enumerate(document.blocks) if inside(block)]
    if not wanted:
        found = "an element without text" if merged else "nothing"
        raise SourceRejected(f"{document.name}: {said} matches {found}; no data was read")
    return kept(document, wanted)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def select_column(document: Document, column: str) -> Document:
    """The document with the cells under the header ``column``, and what governs them."""
    blocks = document.blocks
    named = {k for k, block in enumerate(blocks) if block.cell and same_name(block.text, column)}
    wanted = []
    paths: dict[str, None] = {}
    for k, block in enumerate(blocks):
        cell = block.cell
        if cell is None or cell.is_header:
            continue
        headers = cell.column_headers
        path = " / ".join(blocks[at].text for at in headers)
        paths.setdefault(path)
        if not named.isdisjoint(headers) or same_name(path, column):
            wanted.append(k)
    if wanted:
        return kept(document, wanted)
    known = [path for path in paths if path]
    if not known:
        raise SourceRejected(f"{document.name}: column {column!r} matches nothing: no table with headers was found")
    shown = ", ".join(known[:_MOST_SHOWN]) + (", …" if len(known) > _MOST_SHOWN else "")
    raise SourceRejected(f"{document.name}: column {column!r} matches nothing; the columns are {shown}")


def kept(document: Document, wanted: Sequence[int]) -> Document:
    """The document of the ``wanted`` blocks and all that governs them, numbered anew.

    Datelines stay: they date what is left. What the user points at is no boilerplate, wherever on the page it stands.
    """
    blocks, chosen = document.blocks, set(wanted)
    stay = {*wanted, *(k for k, block in enumerate(blocks) if block.kind is BlockKind.DATELINE)}
    waiting = list(wanted)
    while waiting:
        block = blocks[waiting.pop()]
        cell = block.cell
        for at in (*block.scope, *(cell.row_headers + cell.column_headers if cell else ())):
            if at not in stay:
                stay.add(at)
                waiting.append(at)
    number = {old: new for new, old in enumerate(sorted(stay))}
    return replace(
        document, blocks=tuple(_renumbered(blocks[old], number, clear=old in chosen) for old in sorted(stay))
    )


def _renumbered(block: Block, number: dict[int, int], *, clear: bool) -> Block:
    def of(old: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(number[at] for at in old if at in number)

    cell = block.cell
    place = (
        CellPlace(cell.table, cell.row, cell.column, of(cell.row_headers), of(cell.column_headers), cell.is_header)
        if cell
        else None
    )
    kind = BlockKind.PARAGRAPH if clear and block.kind is BlockKind.BOILERPLATE else block.kind
    return replace(block, kind=kind, scope=of(block.scope), cell=place)
