"""Every reason a status can have, reached through configuration, table and status."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from living import Life, codes, local

from tracker.language.reasons import REASONS

BASE = "baseline: {value: 50, period: 2020}"
# The reason; the indicator; the target; period, value and what else the row says.
CASES: list[tuple[str, str, str, list[str]]] = [
    ("no_target", "unit: count", "by: 2030-12-31", ["2020,5", "2024,6"]),
    ("target_outside_domain", "unit: percent", "at_least: 110, by: 2030-12-31", ["2024,50"]),
    ("no_observation", "unit: count", "at_least: 9, by: 2030-12-31", []),
    ("no_baseline", "unit: count", "at_least: 9, by: 2030-12-31", ["2024,5"]),
    ("single_observation", "unit: count", "at_least: 9, by: 2030-12-31", ["2024,5"]),
    ("break_in_series", "unit: count, breaks: [{period: 2022}]", "at_least: 9, by: 2030-12-31", ["2020,5", "2024,6"]),
    ("met_at_baseline", "unit: count", "at_least: 9, by: 2030-12-31", ["2020,9", "2024,10"]),
    ("lost_after_met", "unit: count", "at_least: 9, by: 2030-12-31", ["2020,9", "2024,8"]),
    ("target_equals_baseline", "unit: count", "at_least: 9, by: 2030-12-31", ["2020,9", "2024,8"]),
    ("no_final_reading", "unit: count", "at_least: 9, by: 2024-12-31", ["2020,5", "2023,6"]),
    ("met_late", "unit: count", "at_least: 9, by: 2023-12-31", ["2020,5", "2023,6", "2024,9"]),
    ("at_risk", "unit: count", "at_least: 9, by: 2030-12-31", ["2020,20", "2024,10"]),
    ("two_points", "unit: count", "at_least: 9, by: 2030-12-31", ["2020,5", "2024,6"]),
    ("form_linear", "unit: count", "at_least: 9, by: 2030-12-31", ["2020,0", "2024,6"]),
    ("zero_replaced", "unit: count", "at_least: 9, by: 2030-12-31, method: statcan", ["2020,0", "2024,6"]),
    ("form_sensitive", "unit: USD", "at_least: 100, by: 2030-12-31", ["2020,10", "2024,25"]),
    ("ambiguous", "unit: percent", f"at_least: 80, by: 2030-12-31, {BASE}", ["2024,60,,,,,about"]),
    ("conflict", "unit: percent", f"at_least: 80, by: 2030-12-31, {BASE}", ["2024,60,,a,2025-01-01", "2024,70,,b,2025-01-02"]),
    ("denominator_sensitive", "unit: rank, better: lower", "at_most: 30, by: 2030-12-31", ["2020,47,,,,50", "2024,45,,,,100"]),
    ("unprecedented_pace", "unit: count", "at_least: 90, by: 2025-12-31", ["2020,5", "2024,6"]),
    ("projection_disagrees", "unit: index", "at_least: 80, by: 2030-12-31", ["2012,10", "2019,50", "2020,50", "2021,50", "2022,50", "2023,50", "2024,50"]),
    ("stale", "unit: count", "at_least: 9, by: 2030-12-31", ["2018,5", "2020,6"]),
    ("too_few_points", "unit: count", "at_least: 9, by: 2030-12-31, method: destatis", ["2020,5", "2024,6"]),
    ("very_wide", "unit: count", "at_least: 9, by: 2030-12-31", ["2020,3", "2022,5", "2024,6"]),
    ("degenerate_fit", "unit: count", "at_least: 9, by: 2030-12-31", ["2022,4", "2023,5", "2024,6"]),
    ("at_bound", "unit: percent", "at_least: 100, by: 2030-12-31", ["2020,30", "2022,50", "2024,60"]),
    ("not_yet", "unit: count", "done: true, by: 2030-12-31", ["2024,0"]),
    ("not_kept", "unit: count", "at_least: 9, keep: true, by: 2030-12-31", ["2023,8", "2024,10"]),
    ("milestone_missed", "unit: index", "at_least: 90, by: 2030-12-31, milestones: [{by: 2024-12-31, value: 70}]", ["2020,50", "2024,60"]),
    ("partial_period", "unit: count", "at_least: 9, by: 2030-12-31", ["2024,8", "2024-01/2024-09,6", "2025-01/2025-03,1", "2024-01/2024-03,2"]),
]  # fmt: skip
UNREACHABLE = {
    "unknown_method",  # the configuration refuses it
    "baseline_after_deadline",  # the configuration refuses it
}
COLUMNS = "indicator,area,period,value,value_high,source,published,of,qualifier"


@pytest.fixture
def every(live: Callable[[str], Life]) -> Life:
    indicators = "".join(
        f"  - {{id: {code}, area: Vietnam, {kind}{'' if 'better' in kind else ', better: higher'}}}\n"
        for code, kind, _, _ in CASES
    )
    targets = "".join(f"  - {{id: t-{code}, indicator: {code}, {target}}}\n" for code, _, target, _ in CASES)
    life = live(f"service: {{language: en}}\nindicators:\n{indicators}targets:\n{targets}")
    rows = [
        f"{code},Vietnam,{row}" + "," * (8 - f"{code},Vietnam,{row}".count(","))
        for code, _, _, own in CASES
        for row in own
    ]
    life.tables(local("2025-06-01 09:00"), *rows, columns=COLUMNS)
    return life


def test_every_reason_is_reached_and_said_in_words(every: Life) -> None:
    found = {target["id"]: target for target in every.status("2025-06-01")["targets"]}
    missing = [code for code, *_ in CASES if code not in codes(found[f"t-{code}"])]
    assert missing == []
    for target in found.values():
        assert all(reason["text"] and reason["text"] != reason["code"] for reason in target["reasons"])


def test_every_reason_there_is_has_a_case() -> None:
    told_by_a_method_alone = {"growth_undefined"}
    assert set(REASONS) - {code for code, *_ in CASES} == UNREACHABLE | told_by_a_method_alone
