from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tracker.assess import assess, assess_frame
from tracker.assess.frame import COLUMNS

AS_OF = date(2025, 6, 1)
ROWS = [
    # year, value, published, source, status
    (2020, "50", "2021-02-01", "office", "A"),
    (2024, "62", "2025-02-01", "office", "A"),
    (2024, "58", "2025-05-01", "office", "A"),
    (2024, "70", "2025-07-01", "office", "A"),
    (2020, "52", "2021-02-01", "press", "A"),
    (2024, "72", "2025-02-01", "press", "A"),
    (2023, None, "2025-02-01", "press", "M"),
]


def frame(rows=ROWS, **more):
    return pd.DataFrame(
        [
            {
                "indicator": "one", "ref_start": f"{year}-01-01", "ref_end": date(year, 12, 31), "value_lo": value,
                "published": published, "source": source, "obs_status": status, **more,
            }
            for year, value, published, source, status in rows
        ]
    )  # fmt: skip


def test_one_row_for_each_target_and_source(make):
    found = assess_frame(frame(), [make.target("80")], as_of=AS_OF, indicators=[make.indicator("percent")])
    assert tuple(found.columns) == COLUMNS
    rows = {row["source"]: row for row in found.to_dict("records")}
    assert set(rows) == {"office", "press"}
    office, press = rows["office"], rows["press"]
    # The vintage that was published by then, and no figure of the other source.
    assert (office["latest_value"], office["status"]) == (58, "acceleration_needed")
    assert (press["baseline_value"], press["latest_value"], press["status"]) == (52, 72, "on_track")


def test_it_gives_what_assess_gives(make):
    series = make.series({"2020": "50", "2024": "58"})
    target, indicator = make.target("80"), make.indicator("percent")
    one = assess(target, indicator, series, as_of=AS_OF)
    rows = frame([row for row in ROWS if row[3] == "office"])
    (row,) = assess_frame(rows, [target], as_of=AS_OF, indicators=[indicator]).to_dict("records")
    assert (row["ratio"], row["method"], row["native"]) == (one.ratio, one.method, one.native)
    assert row["reasons"] == " ".join(reason.code for reason in one.reasons)
    assert row["status_set"].split()[0] == row["status"]


def test_a_break_a_method_a_range_and_nothing_at_all(make):
    broken = frame([(2020, "50", "2021-02-01", "x", "A"), (2024, "60", "2025-02-01", "x", "B")])
    (row,) = assess_frame(broken, [make.target("80")], as_of=AS_OF).to_dict("records")
    assert (row["status"], row["reasons"].split()[0]) == ("not_assessable", "break_in_series")
    whole = frame([row for row in ROWS if row[3] == "press"])
    (row,) = assess_frame(whole, [make.target("80")], as_of=AS_OF, method="statcan").to_dict("records")
    assert (row["method"], row["native"]) == ("statcan", "on_track")
    spread = frame([(2020, "50", "2021-02-01", "x", "A"), (2024, "60", "2025-02-01", "x", "A")])
    spread["value_hi"] = ["50", "75"]
    (row,) = assess_frame(spread, [make.target("80")], as_of=AS_OF).to_dict("records")
    assert (row["latest_value"], len(row["status_set"].split())) == (60, 2)
    (row,) = assess_frame(frame([]).reindex(columns=frame().columns), [make.target("80")], as_of=AS_OF).to_dict(
        "records"
    )
    assert (row["source"], row["status"], row["reasons"]) == (None, "not_assessable", "no_observation")


def test_a_frame_that_is_none_says_what_is_missing(make):
    with pytest.raises(ValueError, match="no column value_lo"):
        assess_frame(frame().drop(columns="value_lo"), [make.target("80")], as_of=AS_OF)
    with pytest.raises(ValueError, match="cannot be read"):
        assess_frame(frame([(2020, "many", "2021-02-01", "x", "A")]), [make.target("80")], as_of=AS_OF)
