"""Tables through the command: what one state exports, another imports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from product import Tracker

CONFIGURATION = """
areas: [{id: Vietnam}]
indicators:
  - {id: share, unit: percent, better: higher, area: Vietnam}
  - {id: rank, unit: rank, better: lower, area: Vietnam}
targets: [{id: share-80, indicator: share, at_least: 80, by: 2030-12-31}]
"""
TABLE = """indicator,area,period,value,published,source,qualifier
share,,2022,60,2023-01-15,office,estimated
share,,2022,61.50,2023-07-01,office,
share,,2023,65,2024-01-15,office,
share,,2023,66,2024-01-20,press,about
rank,,2023,71,2024-02,office,
"""


def test_what_one_state_exports_another_imports(make_tracker: Callable[[str], Tracker]) -> None:
    here = make_tracker(CONFIGURATION)
    folder = here.config.parent
    (folder / "in.csv").write_text(TABLE, encoding="utf-8")
    here("import", folder / "in.csv")
    file = folder / "all.sdmx.csv"
    here("export", "--out", file)
    there = replace(here, state=folder / "there")
    assert "5 new rows of 5" in there("import", file).stdout
    for day in ((), ("--as-of", "2024-01-17")):
        assert there.json("status", *day) == here.json("status", *day)
    mine, theirs = (one.json("history", "share")["series"] for one in (here, there))
    assert mine == theirs
    assert "0 new rows of 5" in there("import", file).stdout
    assert here("export", "rank").stdout.splitlines()[1].startswith("rank,Vietnam,2023,71,")
    assert here("export", "--format", "sdmx-csv", "rank").stdout.startswith("STRUCTURE,STRUCTURE_ID,ACTION,")


def test_wrong_usage_ends_in_one_sentence(make_tracker: Callable[[str], Tracker]) -> None:
    tracker = make_tracker(CONFIGURATION)
    assert "--out FILE" in tracker("export", "--format", "parquet", expect=2).stderr
    assert "unknown format 'xml'" in tracker("export", "--format", "xml", expect=2).stderr
    assert "unknown indicator 'shar'" in tracker("export", "shar", expect=2).stderr
    (tracker.config.parent / "bad.json").write_text('[{"indicator": "share"}]', encoding="utf-8")
    said = tracker("import", tracker.config.parent / "bad.json", expect=2).stderr
    assert "bad.json:1: the column 'area' is missing" in said
