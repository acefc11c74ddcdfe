"""Comma-separated values and their kin: ``,`` ``;`` tab and ``|``, quoted cells, any encoding.

``Document.text`` is the decoded file as it stands; a cell's text is read as text, so that ``12,5`` is
twelve and a half.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tracker.errors import SourceRejected
from tracker.extract.documents.drafts import Draft
from tracker.extract.documents.figures import is_long_count, weave_count
from tracker.extract.documents.finish import finished
from tracker.extract.documents.normalise import Loom, Normalised
from tracker.extract.documents.tabular import Rows, read_rows
from tracker.extract.model import Document

MOST_CELLS = 100_000
_SIGNS = ",;\t|"
_SAMPLE = 1 << 16
_SAMPLE_ROWS = 200
_SEP = re.compile(r"\ufeff?sep=([,;\t|])[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
_POINT = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4,}")
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4,}")
# Start and end in the file; True where the cell stood in quotes, which are left out.
Cell = tuple[int, int, bool]


def read_delimited(text: str, name: str, media_type: str, column: str | None = None) -> Document:
    """Blocks of a file of rows; ``column`` is a header that the user names."""
    told = _SEP.match(text)
    start = told.end() if told else 1 if text.startswith("\ufeff") else 0
    sign = told.group(1) if told else "\t" if media_type == "text/tab-separated-values" else sniffed(text[:_SAMPLE])
    loom = Loom(text)
    mark = "," if len(_POINT.findall(text[:_SAMPLE])) >= len(_COMMA.findall(text[:_SAMPLE])) else "."
    rows: list[dict[int, Normalised]] = []
    count = 0
    for cells in split_rows(text, sign, start):
        row = {k: piece for k, cell in enumerate(cells) if (piece := _piece(loom, cell, mark)).text}
        count += len(row)
        if count > MOST_CELLS:
            raise SourceRejected(
                f"{name}: at most {MOST_CELLS} cells of a table are read; this one has more: split the file"
            )
        rows.append(row)
    drafts: list[Draft] = read_rows(Rows(rows, header=column), 0)
    return finished(name, text, media_type, drafts)


def _piece(loom: Loom, cell: Cell, mark: str) -> Normalised:
    start, end, quoted = cell
    text = loom.text
    bare = text[start:end].strip()
    weave = loom.weave()
    if is_long_count(bare):
        at = text.index(bare, start)
        signed = not bare[0].isdigit()
        weave.take(at, at + signed)
        weave_count(weave, bare[signed:], at + signed, mark)
    elif quoted and '""' in bare:
        done = start
        while (twice := text.find('""', done, end)) >= 0:
            weave.take(done, twice)
            weave.put('"', twice, twice + 2)
            done = twice + 2
        weave.take(done, end)
    else:
        weave.take(start, end)
    return weave.normalised()


def sniffed(sample: str) -> str:
    """The sign that parts most rows into the same number of cells, two at least; a comma where none does."""
    best, most = ",", 0.0
    for sign in _SIGNS:
        widths = Counter(
            len(cells) for cells, _ in zip(split_rows(sample, sign, 0), range(_SAMPLE_ROWS), strict=False) if cells
        )
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda item: (item[1] * min(item[0], 20), item[0]))
        # A decimal comma parts every row too, once for each figure: rows alike count most, width next.
        score = count / sum(widths.values()) + min(width, 20) / 1000
        if score > most:
            best, most = sign, score
    return best


def split_rows(text: str, sign: str, start: int) -> Iterator[list[Cell]]:
    """The rows of ``text`` from ``start`` on, each as the places of its cells; an empty line has none.

    A quote opens a cell only at its beginning, a quote that is never closed is a letter like any other.
    """
    blanks, after = ("[ \\t]*", "[ ]*") if sign != "\t" else ("", "")
    token = re.compile(rf'{blanks}"((?:[^"]|"")*+)"{after}(?=[{re.escape(sign)}\r\n]|\Z)')
    plain = re.compile(rf"[^{re.escape(sign)}\r\n]*+")
    unclosed = False
    row: list[Cell] = []
    at, size = start, len(text)
    while at <= size:
        quoted = None if unclosed else token.match(text, at)
        if quoted is not None:
            row.append((quoted.start(1), quoted.end(1), True))
            at = quoted.end()
        else:
            # One look that finds no closing quote is enough: without this the search would be quadratic.
            if not unclosed and text.startswith('"', at) and text.find('"', at + 1) < 0:
                unclosed = True
            found = plain.match(text, at)
            at = found.end() if found else at
            row.append((found.start() if found else at, at, False))
        if at < size and text[at] == sign:
            at += 1
            continue
        yield [] if len(row) == 1 and row[0][0] == row[0][1] else row
        row = []
        if at >= size:
            return
        at += 2 if text.startswith("\r\n", at) else 1
        if at == size:
            return
