"""XLS: the sheets of a workbook of the older binary kind, each number as its format shows it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tracker.errors import SourceRejected
from tracker.extract.documents.biff import SheetFormats, sheet_formats
from tracker.extract.documents.number_formats import GENERAL, Shown, iso, shown_number
from tracker.extract.documents.sheet import LONGEST_CELL, MOST_CELLS, Sheet

_DAMAGED = "a workbook (XLS) was expected; the file is damaged or of another kind"


def read_sheets(content: bytes, name: str, wanted: str | None) -> Iterator[Sheet]:
    """The visible sheets in order; with ``wanted`` the one of that name (capitals aside), hidden or not."""
    told = sheet_formats(content, name)
    chosen = [one for one in told if (one.visible if wanted is None else one.name.casefold() == wanted.casefold())]
    if wanted is not None and not chosen:
        known = ", ".join(repr(one.name) for one in told[:12])
        raise SourceRejected(f"{name}: sheet {wanted!r} matches nothing; the workbook has {known or 'no sheets'}")
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        read = [(one, book.get_sheet_by_name(one.name)) for one in chosen]
    except (python_calamine.CalamineError, OSError, ValueError, IndexError) as error:
        raise SourceRejected(f"{name}: {_DAMAGED}") from error
    except BaseException as error:
        # A panic of the library, which is no Exception; anything else is not ours to stop.
        if type(error).__name__ != "PanicException":
            raise
        raise SourceRejected(f"{name}: {_DAMAGED}") from None
    left = MOST_CELLS
    for one, found in read:
        sheet = _sheet(one, found)
        left -= len(sheet.cells)
        if left < 0:
            raise SourceRejected(
                f"{name}: at most {MOST_CELLS} cells of a workbook are read; this one has more: "
                "name one sheet with 'sheet'"
            )
        yield sheet


def _sheet(told: SheetFormats, found: Any) -> Sheet:
    sheet = Sheet(told.name)
    for row, values in enumerate(found.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            text, machine = _shown(told, row, column, value)
            if text:
                sheet.cells[row, column] = (text, machine)
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        sheet.merged[top, left] = (bottom - top + 1, right - left + 1)
    return sheet


def _shown(told: SheetFormats, row: int, column: int, value: Any) -> tuple[str, bool]:
    match value:
        case bool():
            return "", False
        case str():
            return " ".join(value[:LONGEST_CELL].split()), False
        case int() | float():
            how = told.formats.get((row, column), GENERAL)
            number = Decimal(repr(value)) if abs(value) < 1e30 else Decimal(0)
            return (shown_number(number, how) if abs(value) < 1e30 and how.shown is not Shown.DATE else ""), True
        case dt.datetime():
            return iso(value), True
        case dt.date():
            return value.isoformat(), True
        case _:
            return "", False
