"""SDMX-CSV 2.0: the same rows under the names, periods and codes that statistics offices exchange.

The key of an observation is INDICATOR, REF_AREA, SOURCE, PUBLISHED, STATEMENT and TIME_PERIOD: a figure
published again is another observation, so that vintages are kept. OBS_STATUS is of the list
CL_OBS_STATUS. A period that SDMX cannot say exactly stands in PERIOD beside its nearest TIME_PERIOD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import groupby

from tracker.domain.figure import Qualifier, Unit
from tracker.domain.indicator import Catalogue, Indicator
from tracker.domain.observation import Evidence
from tracker.domain.period import Period, Precision
from tracker.pipeline.rows import KEPT, VERBATIM, Cells

STRUCTURE = ("datastructure", "TRACKER:OBSERVATIONS(1.0.0)", "I")
HEAD = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
#: SDMX name to ours, in the order of the columns.
NAMES: Mapping[str, str] = {
    "INDICATOR": "indicator",
    "REF_AREA": "area",
    "SOURCE": "source",
    "PUBLISHED": "published",
    "STATEMENT": "",
    "TIME_PERIOD": "",
    "OBS_VALUE": "value",
    "OBS_STATUS": "",
    "UNIT_MEASURE": "unit",
    "UPPER_VALUE": "value_high",
    "QUALIFIER": "qualifier",
    "RANKED": "of",
    "COMMENT_OBS": "note",
    "PERIOD": "",
    **{name.upper(): name for name in KEPT if name != "unit"},
}
COLUMNS = (*HEAD, *NAMES)
REQUIRED = ("STRUCTURE", "STRUCTURE_ID", "INDICATOR", "TIME_PERIOD", "OBS_VALUE")
#: Columns of other people's files that change no figure.
PASSED_OVER = ("STRUCTURE_NAME", "SERIES_KEY", "OBS_KEY", "FREQ", "DECIMALS")
KNOWN = (*COLUMNS, "UNIT_MULT", *PASSED_OVER)

PERCENT_CODE = "PT"
ESTIMATED, IMPUTED, BREAK, NORMAL, FORECAST = "E", "I", "B", "A", "F"
MISSING = frozenset("HLMOQ")
OTHER_CODES = frozenset("DGJKNPSUVW")

_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T00:00:00)?/P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_PART = re.compile(r"(\d{4})-(A1|S[12]|T[123]|M(?:0[1-9]|1[0-2])|W\d{2}|D\d{3})")
_MONTHS = {"S": 6, "T": 4}


def to_sdmx(rows: Iterable[Cells], catalogue: Catalogue) -> Iterator[dict[str, str]]:
    """Our rows, those of one series together, as SDMX rows."""
    for (id, _), found in groupby(rows, key=lambda row: (row["indicator"], row["area"])):
        yield from _series(list(found), catalogue.indicator(id))


def _series(rows: Sequence[Cells], indicator: Indicator) -> Iterator[dict[str, str]]:
    periods = [Period.parse(row["period"]) for row in rows]
    first = _first_after_breaks(periods, indicator)
    for number, (row, period) in enumerate(zip(rows, periods, strict=True), start=1):
        written = write_period(period)
        yield {
            **dict(zip(HEAD, STRUCTURE, strict=True)),
            **{name: row[ours] for name, ours in NAMES.items() if ours},
            "STATEMENT": str(number),
            "TIME_PERIOD": written,
            "OBS_STATUS": _status(row, broken=(period.start, period.end) in first),
            "UNIT_MEASURE": PERCENT_CODE if row["unit"] == Unit.PERCENT else row["unit"],
            "PERIOD": "" if str(read_period(written)) == row["period"] else row["period"],
        }


def _first_after_breaks(periods: Iterable[Period], indicator: Indicator) -> set[tuple[date, date]]:
    """The first period of each declared new method: there the status is B."""
    found = set()
    ends = sorted({(one.end, one.start) for one in periods})
    for change in indicator.breaks:
        later = [one for one in ends if one[0] >= change.period.start]
        if later and later[0] != ends[0]:
            found.add((later[0][1], later[0][0]))
    return found


def _status(row: Cells, *, broken: bool) -> str:
    if broken:
        return BREAK
    return ESTIMATED if row["qualifier"] == Qualifier.ESTIMATED else NORMAL


class FromSdmx:
    """SDMX rows to ours; keeps in mind where the file says that a series breaks."""

    def __init__(self) -> None:
        self._breaks: list[tuple[int, Period, str]] = []

    def __call__(self, line: int, row: Cells) -> Cells | None:
        """Our row; None where the observation is declared missing. ``ValueError`` says what is wrong."""
        cells = {name: cell if name.lower() in VERBATIM else cell.strip() for name, cell in row.items()}
        if cells.get("ACTION", "I") not in ("", "I", "A", "M", "R"):
            raise ValueError(f"ACTION {cells['ACTION']!r}: only what is stated can be imported (I, A, M, R)")
        code = cells.get("OBS_STATUS") or NORMAL
        value = "" if cells["OBS_VALUE"] == "NaN" else cells["OBS_VALUE"]
        if not value and code in MISSING:
            return None
        period = read_period(cells["TIME_PERIOD"])
        if cells.get("PERIOD"):
            period = _closer(period, Period.parse(cells["PERIOD"]))
        found = {ours: cells[name] for name, ours in NAMES.items() if ours and name in cells}
        found |= {"area": cells.get("REF_AREA", ""), "period": str(period)}
        found["value"] = _scaled(value, cells.get("UNIT_MULT", ""))
        if cells.get("UNIT_MEASURE") == PERCENT_CODE:
            found["unit"] = Unit.PERCENT.value
        self._take_status(line, code, found, period)
        return found

    def _take_status(self, line: int, code: str, found: dict[str, str], period: Period) -> None:
        if code == FORECAST:
            raise ValueError("OBS_STATUS F: a forecast is no observation")
        if code in (ESTIMATED, IMPUTED):
            found["qualifier"] = found.get("qualifier") or Qualifier.ESTIMATED.value
        elif code == BREAK:
            self._breaks.append((line, period, found["indicator"]))
        elif code in OTHER_CODES:
            found["note"] = found.get("note") or f"OBS_STATUS {code}"
        elif code != NORMAL:
            raise ValueError(f"OBS_STATUS {code!r} is no code of CL_OBS_STATUS that a figure can have")

    def undeclared_breaks(self, taken: Iterable[Evidence], catalogue: Catalogue) -> Iterator[tuple[int, str]]:
        """Lines that say the series breaks there, where the configuration says nothing of it."""
        ends: dict[str, set[date]] = {}
        for piece in taken:
            ends.setdefault(piece.indicator, set()).add(piece.period.end)
        indicators = {one.id: one for one in catalogue.indicators}
        for line, period, id in self._breaks:
            if id not in indicators:
                continue
            before = max((end for end in ends.get(id, ()) if end < period.end), default=date.min)
            if not any(before < one.period.start <= period.end for one in indicators[id].breaks):
                said = f"OBS_STATUS B: the series breaks here; declare it: breaks: [{{period: {period}}}] of {id!r}"
                yield line, said


def _closer(period: Period, exact: Period) -> Period:
    if (exact.start, exact.end) != (period.start, period.end):
        raise ValueError(f"PERIOD {exact} and TIME_PERIOD {write_period(period)} are not the same days")
    return exact


def _scaled(value: str, power: str) -> str:
    if power in ("", "0"):
        return value
    try:
        return str(Decimal(value).scaleb(int(power)))
    except (InvalidOperation, ValueError):
        raise ValueError(f"OBS_VALUE {value!r} with UNIT_MULT {power!r} is no number") from None


def write_period(period: Period) -> str:
    """``period`` as SDMX has it: ``2024``, ``2024-Q2``, ``2024-09``, ``2021-12-15``, ``2024-01-01/P9M``."""
    single = str(period)
    if "/" not in single:
        return single
    months = 12 * (period.end.year - period.start.year) + period.end.month - period.start.month + 1
    match period.precision:
        case Precision.YEAR:
            return f"{period.start}/P{months // 12}Y"
        case Precision.QUARTER | Precision.MONTH:
            return f"{period.start}/P{months}M"
        case Precision.DAY:
            return f"{period.start}/P{period.days}D"


def read_period(text: str) -> Period:
    """Any TIME_PERIOD but a moment within a day; ``ValueError`` says what was expected."""
    lasting, part = _RANGE.fullmatch(text), _PART.fullmatch(text)
    try:
        if lasting and any(lasting.groups()[1:]):
            return _lasting(date.fromisoformat(lasting[1]), *(int(one or 0) for one in lasting.groups()[1:]))
        if part:
            return _part(int(part[1]), part[2][0], int(part[2][1:]))
        if "/" not in text:
            return Period.parse(text)
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"TIME_PERIOD {text!r}; expected 2024, 2024-S1, 2024-Q2, 2024-09, 2021-12-15 or 2024-01-01/P9M")


def _lasting(start: date, years: int, months: int, weeks: int, days: int) -> Period:
    whole = start.month - 1 + 12 * years + months
    end = date(start.year + whole // 12, whole % 12 + 1, start.day) + timedelta(days=7 * weeks + days - 1)
    if weeks or days or start.day != 1:
        return Period(start, end, Precision.DAY)
    yearly = start.month == 1 and not months
    return Period(start, end, Precision.YEAR if yearly else Precision.MONTH)


def _part(year: int, kind: str, number: int) -> Period:
    match kind:
        case "A":
            return Period.year(year)
        case "M":
            return Period.month(year, number)
        case "W":
            monday = date.fromisocalendar(year, number, 1)
            return Period(monday, monday + timedelta(days=6), Precision.DAY)
        case "D":
            day = date(year, 1, 1) + timedelta(days=number - 1)
            if day.year != year:
                raise ValueError("no such day")
            return Period.day(day)
        case _:
            months = _MONTHS[kind]
            return Period.span(Period.month(year, months * (number - 1) + 1), Period.month(year, months * number))
