"""Tables in and out: the round trip loses nothing that decides a figure, and a bad row refuses its file."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.config import load
from tracker.domain.figure import Figure, Qualifier
from tracker.domain.observation import TABLE_RULES, Decision, Evidence, Verdict
from tracker.domain.period import Period
from tracker.domain.statement import Kind, Published
from tracker.errors import UsageError
from tracker.pipeline.cycle import import_table
from tracker.pipeline.history import history_json, series_of
from tracker.pipeline.record import Changes, record
from tracker.pipeline.reporting import status_report
from tracker.pipeline.rows import COLUMNS
from tracker.pipeline.sdmx import read_period, write_period
from tracker.pipeline.service import Service, open_service
from tracker.pipeline.tables import FORMATS, format_named, read_table, write_table
from tracker.report import to_json

NOON = datetime(2025, 6, 1, 5, tzinfo=UTC)
CONFIGURATION = """
areas:
  - {id: Vietnam}
  - {id: Hà Nội}
  - {id: World, comparator: true}
indicators:
  - {id: share, unit: percent, better: higher, area: Vietnam, scope: all, breaks: [{period: 2023}]}
  - {id: rank, unit: rank, better: lower, area: Vietnam}
targets:
  - {id: share-80, indicator: share, at_least: 80, by: 2030-12-31}
sources: [{id: office, path: none.html}, {id: press, path: none.html}]
"""


def make_service(folder: Path) -> Service:
    """A state folder of its own; the configuration beside it is one for all."""
    file = folder.parent / "tracker.yaml"
    file.write_text(CONFIGURATION, encoding="utf-8")
    return open_service(load(file, environment={}), folder)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return make_service(tmp_path / "here")


def piece(value: str, period: str, **more: Any) -> Evidence:
    quote = more.pop("quote", f"đạt {value}%")
    figure = {name: more.pop(name) for name in ("high", "qualifier", "of") if name in more}
    indicator = more.get("indicator", "share")
    fields: dict[str, Any] = {
        "id": 0,
        "indicator": indicator,
        "area": "Vietnam",
        "kind": Kind.OBSERVATION,
        "figure": Figure(Decimal(value), "rank" if indicator == "rank" else "percent", **figure),
        "period": Period.parse(period),
        "period_stated": True,
        "published": Published(Period.parse(more.pop("published", "2025-01-10")), "dateline"),
        "source": "press",
        "doc": "a.html",
        "quote": quote,
        "start": 40,
        "end": 40 + len(quote),
        "snapshot": None,
        "rule_version": "7",
        "confidence": 0.9375,
        "accepted": True,
        "recorded_at": NOON - timedelta(hours=1),
    }
    return Evidence(**(fields | more))


PIECES = (
    piece("64.50", "2022", published="2023-01", qualifier=Qualifier.ESTIMATED),
    piece("65.1", "2022", published="2023-06-30", source="office", note="final"),
    piece("70", "2023", high=Decimal("71.0"), qualifier=Qualifier.ABOUT),
    piece("72", "2024", published="2025-02-01", recorded_at=NOON - timedelta(days=2)),
    piece("73", "2024", published="2025-02-01"),
    piece("75", "2024", published="2025-03-01", doc="b.html"),
    piece("61", "2024", published="2025-03-01", source="office", doc="https://example.org/?a=1,2"),
    piece("7.4", "2024-Q1/2024-Q3", published="2025"),
    piece("68", "2024-01/2024-09", area="Hà Nội", kind=Kind.REFERENCE),
    piece("740", "2021", published="2025-04-01"),
    piece("66", "2021", accepted=False, confidence=0.4),
    piece("40", "2020", quote='=HYPERLINK("x")\r\n  "trích, dẫn"\t', doc="-c.html"),
    piece("99", "2019", quote="'=1+1 đạt 99%"),
    piece("12", "2020", rule_version=TABLE_RULES, doc="by hand.csv", confidence=1.0, recorded_at=NOON),
    piece("50", "2024", area="World"),
    piece("86", "2020", indicator="rank", of=193),
    piece("1E+1", "2022", indicator="rank"),
    piece("0", "2023", indicator="rank"),
)


def fill(service: Service) -> None:
    """Revisions, conflicts, doubts, a rejected and an accepted figure, texts that a spreadsheet would run."""
    words = (
        (PIECES[12], Decision(0, Verdict.REJECT, "=lan", NOON, " sai ")),
        (PIECES[9], Decision(0, Verdict.ACCEPT, "minh", NOON + timedelta(hours=1), "=note")),
    )
    record(service, Changes(rows=PIECES, judged=words), NOON)


def state_of(service: Service) -> Any:
    with service.store.read() as session:
        ids = [one.id for one in service.catalogue.indicators]
        histories = [
            history_json(session, service, series_of(session, service, id, None, None))["series"] for id in ids
        ]
        status = to_json(status_report(session, service, NOON, since=False))
    return without_ids({"status": status, "histories": histories})


def without_ids(value: Any) -> Any:
    """Without the store's own numbers, which follow the order of arrival."""
    if isinstance(value, list):
        return [without_ids(one) for one in value]
    if isinstance(value, dict):
        return {key: without_ids(one) for key, one in value.items() if not (key == "id" and isinstance(one, int))}
    return value


def export(service: Service, form: str, *indicators: str) -> bytes:
    out = io.BytesIO()
    with service.store.read() as session:
        write_table(session, service, indicators, form, out)
    return out.getvalue()


ENDINGS = {"csv": "csv", "json": "json", "parquet": "parquet", "sdmx-csv": "sdmx.csv"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_round_trip_loses_nothing(service: Service, tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs the extra of that name")
    fill(service)
    expected = state_of(service)
    assert next(one["conflicts"] for one in expected["status"]["indicators"])
    assert next(one["doubtful"] for one in expected["status"]["indicators"])
    exported = export(service, form)
    file = tmp_path / f"out.{ENDINGS[form]}"
    file.write_bytes(exported)
    other = make_service(tmp_path / "there")
    assert import_table(other, file, NOON + timedelta(days=1)).new_evidence == len(PIECES)
    assert state_of(other) == expected
    # What was exported of the copy is the same table; importing it where it came from changes nothing.
    if form != "parquet":
        assert export(other, form) == exported
    assert import_table(service, file, NOON + timedelta(days=2)).new_evidence == 0
    assert export(service, form) == exported
    assert state_of(service) == expected


def test_only_the_indicators_that_are_asked_for(service: Service) -> None:
    fill(service)
    rows = list(csv.DictReader(io.StringIO(export(service, "csv", "rank").decode())))
    assert {row["indicator"] for row in rows} == {"rank"}
    assert tuple(rows[0]) == COLUMNS
    with pytest.raises(UsageError, match="rnk"):
        export(service, "csv", "rnk")


def test_nothing_in_a_csv_runs_as_a_formula(service: Service) -> None:
    fill(service)
    for form in ("csv", "sdmx-csv"):
        cells = [cell for row in csv.reader(io.StringIO(export(service, form).decode(), newline="")) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_numbers_in_json_are_numbers_digit_by_digit(service: Service) -> None:
    fill(service)
    text = export(service, "json").decode()
    assert '"value": 64.50' in text
    assert {type(row["value"]) for row in json.loads(text)} == {int, float}
    assert len(text.splitlines()) == len(PIECES) + 2, "one row a line"


def test_sdmx_names_codes_and_periods(service: Service) -> None:
    fill(service)
    rows = list(csv.DictReader(io.StringIO(export(service, "sdmx-csv").decode(), newline="")))
    assert {(row["STRUCTURE"], row["ACTION"]) for row in rows} == {("datastructure", "I")}
    mine = [row for row in rows if row["INDICATOR"] == "share" and row["REF_AREA"] == "Vietnam"]
    status = {(row["TIME_PERIOD"], row["OBS_VALUE"]): row["OBS_STATUS"] for row in mine}
    assert (status["2022", "64.50"], status["2022", "65.1"], status["2023", "70"]) == ("E", "A", "B")
    assert ("2024-01-01/P9M", "7.4") in status
    assert {row["PERIOD"] for row in mine} == {"", "2024-Q1/2024-Q3"}
    assert {row["UNIT_MEASURE"] for row in mine} == {"PT"}
    key = ("INDICATOR", "REF_AREA", "SOURCE", "PUBLISHED", "STATEMENT", "TIME_PERIOD")
    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)


def sdmx_file(tmp_path: Path, *rows: str, columns: str = "INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS") -> Path:
    file = tmp_path / "office.csv"
    lines = [f"STRUCTURE,STRUCTURE_ID,ACTION,{columns}", *(f"dataflow,X:Y(1.0),I,{row}" for row in rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_table_of_somebody_elses_in_sdmx(service: Service, tmp_path: Path) -> None:
    file = sdmx_file(
        tmp_path,
        "share,Vietnam,2019-A1,60,A,0,A",
        "share,Vietnam,2020-S1,0.61,E,2,S",
        "share,Vietnam,2021,,M,0,A",
        "share,Vietnam,2022-01-01/P9M,62,P,0,A",
        "share,Vietnam,2023,63,B,0,A",
        columns="INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,FREQ",
    )
    rows = read_table(file, service.catalogue, NOON).rows
    assert [(str(one.period), one.figure.value, one.figure.qualifier.value, one.note) for one in rows] == [
        ("2019", Decimal(60), "exact", ""),
        ("2020-01/2020-06", Decimal(61), "estimated", ""),
        ("2022-01/2022-09", Decimal(62), "exact", "OBS_STATUS P"),
        ("2023", Decimal(63), "exact", ""),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("share,Vietnam,2024,61,F", "2: OBS_STATUS F: a forecast is no observation"),
        ("share,Vietnam,2024,61,Z", "2: OBS_STATUS 'Z' is no code"),
        ("share,Vietnam,2024-Q5,61,A", "2: TIME_PERIOD '2024-Q5'; expected 2024"),
        ("share,Vietnam,2024,,A", "2: value: '' is no number"),
        ("share,Vietnam,2022,61,B", "2: OBS_STATUS B: the series breaks here; declare it"),
        ("share,Vietnam,2024,61,A,A,b", "2: 2 cells too many"),
    ],
)
def test_what_sdmx_says_and_we_cannot_take(service: Service, tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_table(sdmx_file(tmp_path, row), service.catalogue, NOON)
    assert f"office.csv:{said}" in str(refused.value)
    assert "nothing was imported" in str(refused.value)


def test_deleting_is_refused_and_so_is_another_unit(service: Service, tmp_path: Path) -> None:
    file = sdmx_file(
        tmp_path, "share,Vietnam,2024,61,USD", columns="INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE"
    )
    with pytest.raises(UsageError, match="2: unit: 'USD', but 'share' is counted in percent"):
        read_table(file, service.catalogue, NOON)
    file.write_text(file.read_text().replace("(1.0),I,", "(1.0),D,"))
    with pytest.raises(UsageError, match="ACTION 'D'"):
        read_table(file, service.catalogue, NOON)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("shar,Vietnam,2024,61,,", "unknown indicator 'shar'"),
        ("share,Huế,2024,61,,", "'Huế' is no tracked area"),
        ("share,Vietnam,24,61,,", "period: '24' is no period"),
        ("share,Vietnam,2024,12.345.6,,", "value: '12.345.6' is no number"),
        ("share,Vietnam,2024,NaN,,", "value: 'NaN' is no number"),
        ("share,Vietnam,2024,1e400,,", "value: '1e400' is no number"),
        ("share,Vietnam,2024,61,60,", "value_high 60 must be more than value 61"),
        ("rank,Vietnam,2024,0,,", "value: 0 is no rank"),
        ("rank,Vietnam,2024,7.5,,", "value: 7.5 is no rank"),
        ("rank,Vietnam,2024,200,,193", "value: 200 is more than of, 193"),
        ("rank,Vietnam,2024,20,,19x", "of: '19x' is no whole number"),
    ],
)
def test_every_bad_row_is_named_and_nothing_is_taken(service: Service, tmp_path: Path, cells: str, said: str) -> None:
    file = tmp_path / "figures.csv"
    good = "share,Vietnam,2023,60,,\n"
    file.write_text(f"indicator,area,period,value,value_high,of\n{good}{cells}\n{good}{cells}\n", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        import_table(service, file, NOON)
    assert f"figures.csv:3: {said}" in str(refused.value)
    assert f"figures.csv:5: {said}" in str(refused.value)
    assert str(refused.value).endswith("nothing was imported")
    with service.store.read() as session:
        assert not series_of(session, service, "share", "Vietnam", None)[0].observations


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("kind", "forecast", "unknown kind 'forecast'"),
        ("confidence", "1.5", "confidence: '1.5' is no number from 0 to 1"),
        ("accepted", "perhaps", "accepted: 'perhaps'; expected true or false"),
        ("recorded", "2024-01-01T00:00:00", "says no time zone"),
        ("decision", "maybe", "unknown decision 'maybe'"),
        ("unit", "USD", "unit: 'USD', but 'share' is counted in percent"),
        ("wrong", "1", "unknown column 'wrong'"),
    ],
)
def test_columns_of_an_export_are_checked_too(
    service: Service, tmp_path: Path, column: str, cell: str, said: str
) -> None:
    row = {"indicator": "share", "area": "", "period": "2024", "value": 61, column: cell}
    file = tmp_path / "figures.json"
    file.write_text(json.dumps([row], indent=1), encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_table(file, service.catalogue, NOON)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b'[{"indicator": "share"', "a.json:1: not JSON"),
        ("a.json", b'[{"indicator": "share"},\n', "a.json:2: the array is cut off"),
        ("a.json", b"[1]", "a.json:1: expected an object"),
        ("a.json", b"\xff", "is not UTF-8"),
        ("a.csv", b"", "a.csv:1: the table is empty"),
        ("a.csv", b'"indicator,area', "a.csv:1: "),
        ("a.parquet", b"PAR1junk", "is no Parquet file"),
        ("gone.csv", None, "could not be read: No such file"),
        ("gone.parquet", None, "could not be read: No such file"),
    ],
)
def test_a_file_that_is_no_table_ends_in_one_sentence(
    service: Service, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="Parquet needs the extra of that name")
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        read_table(file, service.catalogue, NOON)


def test_json_lines_and_numbers_without_quotes(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "figures.jsonl"
    rows = '{"indicator": "share", "area": "Vietnam", "period": 2023, "value": 60.10}\n' * 2
    file.write_text(rows + '{"indicator": "share", "period": "2024", "value": 61, "note": null}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="unknown indicator"):
        read_table(file_with(file, rows + '\n\n{"indicator": "x", "period": 1}\n'), service.catalogue, NOON)
    with pytest.raises(UsageError, match="jsonl:5: "):
        read_table(file, service.catalogue, NOON)
    file_with(file, rows)
    assert str(read_table(file, service.catalogue, NOON).rows[0].figure.value) == "60.10"


def file_with(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def test_the_format_is_asked_for_or_named_by_the_file() -> None:
    names = {"a.csv": "csv", "a.sdmx.csv": "sdmx-csv", "A.JSON": "json", "a.parquet": "parquet", "a": "csv"}
    assert {name: format_named(None, Path(name)) for name in names} == names
    assert format_named("json", Path("a.csv")) == "json"
    with pytest.raises(UsageError, match="unknown format 'xml'"):
        format_named("xml", None)


def test_importing_twice_keeps_one_word_of_a_person(service: Service, tmp_path: Path) -> None:
    fill(service)
    file = tmp_path / "out.csv"
    file.write_bytes(export(service, "csv"))
    other = make_service(tmp_path / "there")
    for _ in range(2):
        import_table(other, file, NOON)
    with other.store.read() as session:
        from tracker.store import decisions

        assert len(decisions.decisions_of(session, "share", "Vietnam")) == 2


days = st.dates(min_value=datetime(1900, 1, 1).date(), max_value=datetime(2150, 1, 1).date())
single = st.one_of(
    days.map(Period.day),
    days.map(lambda day: Period.month(day.year, day.month)),
    days.map(lambda day: Period.quarter(day.year, (day.month + 2) // 3)),
    days.map(lambda day: Period.year(day.year)),
)


@given(single, single)
def test_a_period_in_sdmx_is_the_same_days(one: Period, other: Period) -> None:
    first, last = sorted([one, other], key=lambda period: period.start)
    period = Period.span(first, last) if first.precision is last.precision and first.end <= last.end else one
    back = read_period(write_period(period))
    assert (back.start, back.end) == (period.start, period.end)
    if period.precision.value != "quarter" or "/" not in str(period):
        assert back == period


def test_replaced_words_of_the_row_are_what_proves_it(service: Service, tmp_path: Path) -> None:
    """A plain table of the four columns: its own row is the quote, its own name the document."""
    file = tmp_path / "figures.csv"
    file.write_text("indicator,area,period,value\nshare,,2024,61.50\n", encoding="utf-8")
    (row,) = read_table(file, service.catalogue, NOON).rows
    assert (row.quote, row.doc, row.area, row.source) == (
        "indicator=share,period=2024,value=61.50",
        "figures.csv",
        "Vietnam",
        "import",
    )
    assert row == replace(row, rule_version=TABLE_RULES, accepted=True, confidence=1.0)
