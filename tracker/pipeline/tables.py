"""Tables in and out: observations with every published figure, in the formats that people exchange.

A format is a way to write rows and a way to read them; a new one is a line in ``FORMATS``. Reading is all or
nothing: every bad row is named by its line, and then none is taken.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from sqlmodel import Session

from tracker.domain.indicator import Catalogue
from tracker.domain.observation import Decision, Evidence
from tracker.errors import UsageError
from tracker.pipeline import sdmx
from tracker.pipeline.naming import unknown
from tracker.pipeline.rows import COLUMNS, LEVELS, OPTIONAL, REQUIRED, Cells, RowReader, cells_of, takes
from tracker.pipeline.service import Service
from tracker.store import decisions, evidence

_MOST_MISTAKES = 50
#: What a spreadsheet would run as a formula; an apostrophe before it keeps it a text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_TEXTS = frozenset({"source", "note", "doc", "quote", "decided_by", "decision_note"})
_TEXTS_SDMX = frozenset(name for name, ours in sdmx.NAMES.items() if ours in _TEXTS)

Judged = tuple[Evidence, Decision]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: its columns, and its rows with the line on which each ends."""

    names: Sequence[str]
    rows: Iterable[tuple[int, Mapping[Any, Any]]]


@dataclass(frozen=True, slots=True)
class Format:
    """How rows are written and read. ``endings`` are those of files that are of it without being told."""

    endings: tuple[str, ...]
    write: Callable[[Iterable[Cells], Catalogue, IO[bytes]], None]
    read: Callable[[Path], Sheet]
    sdmx: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file as evidence, and people's words on some of them."""

    rows: tuple[Evidence, ...]
    judged: tuple[Judged, ...]


def format_named(name: str | None, file: Path | None) -> str:
    """The format that is asked for, else the one that the file's name says, else CSV."""
    if name is not None:
        if name not in FORMATS:
            raise unknown("format", name, FORMATS)
        return name
    ending = "" if file is None else file.name.lower()
    return next((id for id, one in FORMATS.items() if ending.endswith(one.endings)), "csv")


def read_table(
    path: Path,
    catalogue: Catalogue,
    recorded_at: datetime,
    name: str | None = None,
    step: Callable[[], None] = lambda: None,
) -> Table:
    """The observations of a file; ``UsageError`` names every bad row by its line. ``step`` after each row."""
    form = FORMATS[format_named(name, path)]
    sheet = form.read(path)
    if form.endings == _CSV_ENDINGS and name is None and "STRUCTURE" in sheet.names:
        form = FORMATS["sdmx-csv"]
    _check_names(path, sheet.names, form)
    from_sdmx = sdmx.FromSdmx() if form.sdmx else None
    reader = RowReader(path.name, catalogue, recorded_at)
    taken: list[tuple[Evidence, Decision | None]] = []
    mistakes: list[str] = []
    line = 1
    try:
        for line, row in sheet.rows:
            step()
            try:
                cells = _cells(row, sheet.names, form)
                ours = cells if from_sdmx is None else from_sdmx(line, cells)
                if ours is not None:
                    taken.append(reader.read(ours))
            except ValueError as error:
                mistakes.append(f"{path}:{line}: {error}")
    except csv.Error as error:
        mistakes.append(f"{path}:{line + 1}: not a table of comma-separated values ({error})")
    pieces = tuple(piece for piece, _ in taken)
    if from_sdmx is not None:
        mistakes += [f"{path}:{at}: {said}" for at, said in from_sdmx.undeclared_breaks(pieces, catalogue)]
    if mistakes:
        more = len(mistakes) - _MOST_MISTAKES
        tail = [f"… and {more} more"] if more > 0 else []
        raise UsageError("\n".join([*mistakes[:_MOST_MISTAKES], *tail, "nothing was imported"]))
    return Table(pieces, tuple((piece, word) for piece, word in taken if word is not None))


def rows_in(path: Path) -> int:
    """About how many rows a file holds, by its lines; 0 where it cannot be read."""
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 0


def write_table(session: Session, service: Service, indicators: Sequence[str], name: str, out: IO[bytes]) -> None:
    """Every figure ever published for these indicators (none named: all) that counts, with people's words."""
    catalogue = service.catalogue
    ids = [one.id for one in catalogue.indicators]
    for id in indicators:
        if id not in ids:
            raise unknown("indicator", id, ids)
    wanted = set(indicators or ids)
    keys = {key: None for key in evidence.series_keys(session) if key[0] in wanted}
    order = {id: place for place, id in enumerate(ids)}
    ordered = sorted(keys, key=lambda key: (order[key[0]], key[1]))
    FORMATS[name].write(_rows(session, catalogue, ordered), catalogue, out)


def _rows(session: Session, catalogue: Catalogue, keys: Iterable[tuple[str, str]]) -> Iterator[Cells]:
    for id, area in keys:
        if not takes(catalogue.indicator(id), area, catalogue):
            continue
        words = {word.evidence: word for word in sorted(decisions.decisions_of(session, id, area), key=_newest_last)}
        for piece in evidence.evidence_of_series(session, id, area):
            if piece.kind in LEVELS:
                yield cells_of(piece, words.get(piece.id))


def _newest_last(word: Decision) -> tuple[object, ...]:
    return word.at, word.verdict, word.who, word.note


def _check_names(path: Path, names: Sequence[str], form: Format) -> None:
    required, known = (sdmx.REQUIRED, sdmx.KNOWN) if form.sdmx else (REQUIRED, COLUMNS)
    optional = "others of SDMX-CSV 2.0" if form.sdmx else ",".join(OPTIONAL)
    expected = f"expected {','.join(required)} and optionally {optional}"
    if not names:
        raise UsageError(f"{path}:1: the table is empty; {expected}")
    problems = [f"the column {name!r} is missing" for name in required if name not in names]
    problems += [f"unknown column {name!r}" for name in names if name not in known]
    problems += [f"the column {name!r} stands twice" for name in sorted({n for n in names if list(names).count(n) > 1})]
    if problems:
        raise UsageError(f"{path}:1: {'; '.join(problems)}; {expected}")


def _cells(row: Mapping[Any, Any], names: Sequence[str], form: Format) -> Cells:
    if None in row:
        raise ValueError(f"{len(row[None])} cells too many")
    texts = _TEXTS_SDMX if form.sdmx else _TEXTS
    return {name: _undefused(_text(row.get(name)), form) if name in texts else _text(row.get(name)) for name in names}


def _text(cell: object) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124 - a cell that is no number is an empty one
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell).removesuffix(" 00:00:00")


def _defused(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _undefused(text: str, form: Format) -> str:
    spreadsheet = form.read is _read_csv
    return text[1:] if spreadsheet and text.startswith("'") and _FORMULA.match(text) else text


def _write_csv(rows: Iterable[Cells], catalogue: Catalogue, out: IO[bytes]) -> None:
    _put_csv(rows, COLUMNS, _TEXTS, out)


def _write_sdmx(rows: Iterable[Cells], catalogue: Catalogue, out: IO[bytes]) -> None:
    _put_csv(sdmx.to_sdmx(rows, catalogue), sdmx.COLUMNS, _TEXTS_SDMX, out)


def _put_csv(rows: Iterable[Cells], columns: Sequence[str], texts: frozenset[str], out: IO[bytes]) -> None:
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_defused(row[name]) if name in texts else row[name] for name in columns])
    text.detach()


def _read_csv(path: Path) -> Sheet:
    reader = csv.DictReader(io.StringIO(_text_of(path), newline=""), strict=True)
    return Sheet(tuple(_first_line(path, reader)), ((reader.line_num, row) for row in reader))


def _first_line(path: Path, reader: csv.DictReader[str]) -> Sequence[str]:
    try:
        return reader.fieldnames or ()
    except csv.Error as error:
        raise UsageError(f"{path}:1: not a table of comma-separated values ({error})") from None


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"the table {path} could not be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"the table {path} is not UTF-8 (byte {error.start}); save it as UTF-8") from None


def _write_json(rows: Iterable[Cells], catalogue: Catalogue, out: IO[bytes]) -> None:
    before = b"[\n"
    for row in rows:
        cells = (f"{json.dumps(name)}: {_as_json(name, row[name])}" for name in COLUMNS if row[name])
        out.write(before + ("{" + ", ".join(cells) + "}").encode("utf-8", "replace"))
        before = b",\n"
    out.write(b"\n]\n" if before == b",\n" else b"[]\n")


_NUMBERS = frozenset({"value", "value_high", "of", "start", "confidence"})


def _as_json(name: str, cell: str) -> str:
    # Digit by digit: 45.0 is printed more exactly than 45. What is recorded as a number is one in JSON too.
    if name in _NUMBERS or name == "accepted":
        return cell
    return json.dumps(cell, ensure_ascii=False)


def _read_json(path: Path) -> Sheet:
    text = _text_of(path)
    rows = list(_json_rows(path, text))
    return Sheet(tuple(dict.fromkeys(name for _, row in rows for name in row)) or REQUIRED, rows)


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The objects of an array, or one object a line, each with the line on which it ends."""
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    array = text.lstrip().startswith("[")
    place, line = len(text) - len(text.lstrip()) + array, 1 + text[: len(text) - len(text.lstrip())].count("\n")
    gap = re.compile(r"[\s,]*" if array else r"\s*")
    while True:
        begin = place
        place = gap.match(text, place).end()  # type: ignore[union-attr]
        line += text.count("\n", begin, place)
        if place >= len(text) or (array and text[place] == "]"):
            break
        try:
            row, end = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}:{error.lineno}: not JSON ({error.msg}); nothing was imported") from None
        line += text.count("\n", place, end)
        if not isinstance(row, dict) or any(isinstance(cell, dict | list) for cell in row.values()):
            raise UsageError(f"{path}:{line}: expected an object with the columns of a table; nothing was imported")
        place = end
        yield line, row
    if array and text[place : place + 1] != "]":
        raise UsageError(f"{path}:{line}: the array is cut off; nothing was imported")


def _write_parquet(rows: Iterable[Cells], catalogue: Catalogue, out: IO[bytes]) -> None:
    _need_parquet()
    import pandas as pd

    # As text: no number type of the format holds every digit that was printed and no more.
    pd.DataFrame([*map(dict, rows)], columns=list(COLUMNS), dtype="string").to_parquet(out, index=False)


def _read_parquet(path: Path) -> Sheet:
    _need_parquet()
    import pandas as pd

    try:
        frame = pd.read_parquet(io.BytesIO(path.read_bytes()), dtype_backend="pyarrow")
    except OSError as error:
        raise UsageError(f"the table {path} could not be read: {error.strerror or error}") from None
    except ValueError as error:
        raise UsageError(f"{path} is no Parquet file: {error}") from None
    found = ({name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in frame.to_dict("records"))
    return Sheet(tuple(map(str, frame.columns)), enumerate(found, start=1))


def _need_parquet() -> None:
    if find_spec("pyarrow") is None:
        raise UsageError("Parquet needs pyarrow; install tracker[parquet], or use csv or json")


_CSV_ENDINGS = (".csv",)
FORMATS: Mapping[str, Format] = {
    "sdmx-csv": Format((".sdmx.csv", ".sdmx-csv"), _write_sdmx, _read_csv, sdmx=True),
    "csv": Format(_CSV_ENDINGS, _write_csv, _read_csv),
    "json": Format((".json", ".jsonl"), _write_json, _read_json),
    "parquet": Format((".parquet", ".pq"), _write_parquet, _read_parquet),
}
