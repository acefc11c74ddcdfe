"""Outcomes that statistics offices published, reproduced by the whole product: configuration, table, status.

One configuration holds them all. Every outcome is asked in two units and, for Statistics Canada, with the
baseline stated in the configuration and with it as the first row of the table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from product import ROOT, Tracker

VECTORS = ROOT.parent / "shared" / "vectors" / "progress.json"
pytestmark = pytest.mark.skipif(not VECTORS.is_file(), reason="the published outcomes (../shared/vectors) are not here")

AREA = "Somewhere"
UNITS = ("index", "percent")
STATCAN = {
    "target_achieved": "achieved",
    "on_track": "on_track",
    "acceleration_needed": "acceleration_needed",
    "limited_progress": "limited_progress",
    "deterioration": "moving_away",
    "not_assessable": "not_assessable",
}
DESTATIS = {
    "sun": "on_track",
    "slightly_cloudy": "acceleration_needed",
    "cloud": "limited_progress",
    "thunderstorm": "moving_away",
}
LONG_AFTER = "2026-01-01"


def outcomes(method: str) -> list[dict[str, Any]]:
    rows = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    return [row for row in rows if row["method"] == method and row["agrees"] and row["input"]["target"] is not None]


def statcan_outcomes() -> list[dict[str, Any]]:
    return [row for row in outcomes("statcan_opensdg") if row["input"]["limit"] is None]


def destatis_outcomes() -> list[dict[str, Any]]:
    return [row for row in outcomes("destatis_weather") if row["input"]["t_target"] is not None]


def statcan_rows(given: dict[str, Any], *, stated: bool) -> dict[int, float]:
    points = {given["t0"]: given["v0"], given["t1"]: given["v1"]}
    if stated:
        points = {given["t1"]: given["v1"]}
    return {int(year): value for year, value in points.items() if year is not None and value is not None}


def units(given: dict[str, Any]) -> tuple[str, ...]:
    """A series that leaves 0 to 100 is no share: as percent it would wait for a person's word."""
    figures = [given.get("v0"), given.get("v1"), *given.get("series", {}).values()]
    share = all(0 <= float(figure) <= 100 for figure in figures if figure is not None)
    return UNITS if share else UNITS[:1]


def cases() -> Iterator[tuple[str, str, dict[str, Any], dict[int, Any], str, str]]:
    """Id, unit, input, rows of the table, method, baseline as the configuration writes it."""
    for unit in UNITS:
        for row in statcan_outcomes():
            given = row["input"]
            if unit not in units(given):
                continue
            yield f"{row['id']}-{unit}-first", unit, given, statcan_rows(given, stated=False), "statcan", ""
            if given["v0"] is not None:
                baseline = f", baseline: {{value: {given['v0']}, period: {int(given['t0'])}}}"
                yield f"{row['id']}-{unit}-stated", unit, given, statcan_rows(given, stated=True), "statcan", baseline
        for row in destatis_outcomes():
            given = row["input"]
            if unit not in units(given):
                continue
            yield f"{row['id']}-{unit}", unit, given, {int(t): v for t, v in given["series"].items()}, "destatis", ""


def configuration_and_table() -> tuple[str, str]:
    indicators, targets, table = [], [], ["indicator,area,period,value"]
    for id, unit, given, points, method, baseline in cases():
        better, side = ("higher", "at_least") if given["d"] > 0 else ("lower", "at_most")
        indicators.append(f"  - {{id: {id}, unit: {unit}, better: {better}}}")
        promise = f"{side}: {given['target']}, by: {int(given['t_target'])}-12-31, method: {method}{baseline}"
        targets.append(f"  - {{id: {id}, indicator: {id}, {promise}}}")
        table += [f"{id},{AREA},{year},{value}" for year, value in points.items()]
    parts = [f"areas: [{{id: {AREA}}}]", "indicators:", *indicators, "targets:", *targets]
    return "\n".join(parts) + "\n", "\n".join(table) + "\n"


@pytest.fixture
def imported(make_tracker: Callable[[str], Tracker]) -> Tracker:
    configuration, table = configuration_and_table()
    tracker = make_tracker(configuration)
    file = tracker.config.parent / "published.csv"
    file.write_text(table, encoding="utf-8")
    done = tracker("import", file)
    rows = table.count("\n") - 1
    assert f"{rows} new rows of {rows}" in done.stdout
    return tracker


def test_every_published_outcome_is_reproduced(imported: Tracker) -> None:
    statcan, destatis = statcan_outcomes(), destatis_outcomes()
    assert (len(statcan), len(destatis)) == (115, 254)
    answer = imported.json("status", "--as-of", LONG_AFTER)
    assert not [one["id"] for one in answer["indicators"] if one["doubtful"] or one["conflicts"]]
    found = {one["id"]: one for one in answer["targets"]}
    check_statcan(found, statcan)
    for row in destatis:
        for unit in units(row["input"]):
            # A class is given whenever it can be computed, also once the deadline has passed.
            assert found[f"{row['id']}-{unit}"]["native"] == row["expected"]["status"], row["id"]
    for year in sorted({row["input"]["t"] for row in destatis}):
        assessed_then = {one["id"]: one for one in imported.json("status", "--as-of", f"{year}-12-31")["targets"]}
        check_destatis(assessed_then, [row for row in destatis if row["input"]["t"] == year])


def check_statcan(found: dict[str, Any], published: list[dict[str, Any]]) -> None:
    asked = 0
    for row in published:
        said = row["expected"]
        for id in (f"{row['id']}-{unit}-{way}" for unit in units(row["input"]) for way in ("first", "stated")):
            if id not in found:
                assert row["input"]["v0"] is None
                continue
            asked += 1
            answer = found[id]
            assert (answer["native"], answer["status"]) == (said["status"], STATCAN[said["status"]]), id
            if said.get("value") is not None:
                assert answer["ratio"] == pytest.approx(said["value"], abs=1e-6), id
    assert asked == sum(len(units(row["input"])) * (1 if row["input"]["v0"] is None else 2) for row in published)


def check_destatis(found: dict[str, Any], published: list[dict[str, Any]]) -> None:
    for row in published:
        given, said = row["input"], row["expected"]["status"]
        last = float(given["series"][str(given["t"])])
        met = given["d"] * (last - given["target"]) >= 0
        for unit in units(given):
            answer = found[f"{row['id']}-{unit}"]
            assert answer["native"] == said, row["id"]
            assert answer["status"] == ("achieved" if met else DESTATIS[said]), row["id"]
