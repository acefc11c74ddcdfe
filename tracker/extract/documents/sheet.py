"""A sheet of a workbook as every kind of workbook hands it over."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_CELLS = 100_000
LARGEST_ROW = 1_048_576
LARGEST_COLUMN = 16_384
LONGEST_CELL = 32_767


@dataclass(slots=True)
class Sheet:
    """``cells`` maps ``(row, column)`` to a text as it is shown, and to whether a machine wrote it: a number.

    ``merged`` maps the first slot of a merged cell to its height and width.
    """

    name: str
    cells: dict[tuple[int, int], tuple[str, bool]] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


class TooLargeError(Exception):
    """More cells than are read."""
