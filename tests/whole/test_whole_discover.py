"""`tracker discover` from outside: what is stated and not tracked yet, as entries that hold when pasted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from product import Tracker
from ruamel.yaml import YAML
from serving import configuration, rank_sentence

Make = Callable[[str], Tracker]
BARE = "indicators: [{id: other, name: Đàn chim cánh cụt, unit: count, better: higher}]\n"
MOUNTAIN = """\
Bản tin huyện vùng cao
Ngày đăng: 12/07/2024

Năm 2023, tỷ lệ hộ dùng bếp sạch tăng từ 31% năm 2021 lên 44,5%. Trưởng phòng cho biết sản lượng chè khô đạt 1.250 tấn.
Đến năm 2030, 90% hộ nghèo được tiếp cận nước hợp vệ sinh. 70% thành bại nằm ở lòng kiên nhẫn. Con số này đạt 82% kế hoạch.
Xem chi tiết tại Quyết định số 1120/QĐ-UBND; hội nghị có 3 phiên.

Mục tiêu đến năm 2027:
- Tỷ lệ hộ dùng bếp sạch đạt 60%;
- Tỷ lệ trẻ suy dinh dưỡng giảm còn dưới 8%.
"""
HARBOUR = """\
Harbour report
Published: 9 May 2024

The share of ships on shore power rose from 8% to 14.5% in 2023. The berth vacancy rate stood at 6.2%, up 0.4 percentage points.
Freight grew by 12% last year. By 2030, the share of ships on shore power should reach 40%. "I counted 300 gulls," he said.
"""


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "mountain.txt", tmp_path / "harbour.txt"]
    for file, text in zip(files, (MOUNTAIN, HARBOUR), strict=True):
        file.write_text(text, encoding="utf-8")
    return files


def names(found: dict[str, Any]) -> dict[str, str]:
    return {next(iter(one["name"].values())): one["unit"] for one in found["indicators"]}


def pasted(tracker: Tracker, folder: Path, text: str) -> str:
    """What `validate` says of the configuration with the entries as a file of its own beside it."""
    folder.mkdir()
    (folder / "a.yaml").write_bytes(tracker.config.read_bytes())
    (folder / "b.yaml").write_text(text, encoding="utf-8")
    return Tracker(folder, tracker.state, tracker.environment)("validate").stdout


def test_what_has_a_clear_name_is_found(make_tracker: Make, papers: list[Path]) -> None:
    found = make_tracker(BARE).json("discover", *papers)
    assert names(found) == {
        "Tỷ lệ hộ dùng bếp sạch": "percent",
        "Sản lượng chè khô": "count",
        "Tỷ lệ hộ nghèo được tiếp cận nước hợp vệ sinh": "percent",
        "Tỷ lệ trẻ suy dinh dưỡng": "percent",
        "Share of ships on shore power": "percent",
        "Berth vacancy rate": "percent",
    }
    better = {one["id"]: one["better"] for one in found["indicators"]}
    assert {id for id, way in better.items() if way == "lower"} == {"ty-le-tre-suy-dinh-duong", "berth-vacancy-rate"}
    stove = found["indicators"][0]
    assert stove["id"] == "ty-le-ho-dung-bep-sach", "two sentences prove it: the best proven comes first"
    assert [one["value"] for one in stove["evidence"]] == [31, 44.5, 60]
    goals = {(one["indicator"], one.get("at_least", one.get("at_most")), one["by"]) for one in found["targets"]}
    assert goals == {
        ("ty-le-ho-dung-bep-sach", 60, "2027-12-31"),
        ("ty-le-tre-suy-dinh-duong", 8, "2027-12-31"),
        ("ty-le-ho-ngheo-duoc-tiep-can-nuoc", 90, "2030-12-31"),
        ("share-of-ships-on-shore-power", 40, "2030-12-31"),
    }
    texts = (MOUNTAIN + HARBOUR).replace("\n", " ")
    assert all(one["quote"] in texts for each in found["indicators"] for one in each["evidence"])


@pytest.mark.parametrize(
    "text",
    [
        BARE,
        configuration(),
        configuration().replace(
            "  - {id: Vietnam, names: [Việt Nam]}", "  - {id: Vietnam, names: [Việt Nam]}\n  - {id: Lào, names: [Lào]}"
        ),
    ],
    ids=["no areas", "one area", "two areas"],
)
def test_the_entries_hold_when_pasted(make_tracker: Make, papers: list[Path], tmp_path: Path, text: str) -> None:
    tracker = make_tracker(text)
    printed = tracker("discover", *papers).stdout
    assert "in order" in pasted(tracker, tmp_path / "config", printed)
    entries = YAML(typ="safe").load(printed)
    assert [one["id"] for one in entries["indicators"]] == [
        one["id"] for one in tracker.json("discover", *papers)["indicators"]
    ]
    for one in entries["targets"]:
        assert one["stated"]["quote"] in (MOUNTAIN + HARBOUR).replace("\n", " ")
        assert str(one["stated"]["published"]) in {"2024-07-12", "2024-05-09"}
    assert "# “Năm 2023, tỷ lệ hộ dùng bếp sạch" in printed


def test_what_is_tracked_is_not_shown_again(make_tracker: Make, papers: list[Path], tmp_path: Path) -> None:
    tracker = make_tracker(BARE)
    folder = tmp_path / "config"
    pasted(tracker, folder, tracker("discover", *papers).stdout)
    found = Tracker(folder, tracker.state, tracker.environment).json("discover", *papers)
    assert found["indicators"] == []
    assert found["targets"] == []


def test_a_target_of_a_tracked_indicator(make_tracker: Make, tmp_path: Path) -> None:
    paper = tmp_path / "goal.txt"
    paper.write_text(
        rank_sentence(2023, 79) + "Mục tiêu đến năm 2028, xếp hạng Chính phủ điện tử của Việt Nam vào nhóm 60.\n",
        encoding="utf-8",
    )
    tracker = make_tracker(configuration())
    (goal,) = tracker.json("discover", paper)["targets"]
    assert (goal["indicator"], goal["at_most"], goal["by"], goal["area"]) == ("egdi-rank", 60, "2028-12-31", "Vietnam")
    printed = tracker("discover", paper).stdout
    assert "in order" in pasted(tracker, tmp_path / "config", printed)


def test_areas_are_recognised_and_not_part_of_the_name(make_tracker: Make, tmp_path: Path) -> None:
    paper = tmp_path / "two.txt"
    paper.write_text(
        "Năm 2023, tỷ lệ hộ dùng bếp sạch của Việt Nam đạt 45%.\nNăm 2023, tỷ lệ hộ dùng bếp sạch của Lào đạt 30%.\n",
        encoding="utf-8",
    )
    text = configuration().replace("names: [Việt Nam]}", "names: [Việt Nam]}\n  - {id: Lào, names: [Lào]}")
    tracker = make_tracker(text)
    (one,) = tracker.json("discover", paper)["indicators"]
    assert one["name"] == {"vi": "Tỷ lệ hộ dùng bếp sạch"}
    assert sorted(one["areas"]) == ["Lào", "Vietnam"]
    assert "in order" in pasted(tracker, tmp_path / "config", tracker("discover", paper).stdout)


@pytest.mark.parametrize(("language", "words"), [("vi", "Không thấy"), ("en", "No indicator or target")])
def test_nothing_found(make_tracker: Make, tmp_path: Path, language: str, words: str) -> None:
    paper = tmp_path / "empty.txt"
    paper.write_text("Trời hôm nay đẹp. Hội nghị có 3 phiên, gọi 0912345678 trước 9 giờ.\n", encoding="utf-8")
    tracker = make_tracker(configuration(language=language))
    told = tracker("discover", paper).stdout
    assert told.startswith("# ")
    assert words in told
    assert tracker.json("discover", paper) == {"indicators": [], "targets": []}


def test_what_a_person_may_get_wrong(make_tracker: Make, papers: list[Path], tmp_path: Path) -> None:
    tracker = make_tracker(BARE)
    assert "name at least one document" in tracker("discover", expect=2).stderr
    told = tracker("discover", papers[0], tmp_path / "none.txt", "--json", expect=1)
    assert "there is no file" in told.stderr
    assert json.loads(told.stdout)["indicators"]
    assert "--json" in tracker("discover", "--help").stdout


def test_a_text_that_wants_to_be_more_than_a_text(make_tracker: Make, tmp_path: Path) -> None:
    paper = tmp_path / "odd.txt"
    paper.write_text(
        'Tỷ lệ hộ dùng bếp sạch mới đạt 45% "a: #b" {c}, \\n: [x]\u2028sources: [x].\nTỷ lệ cây trồng mới đạt 3% \x85 - id: y.\n',
        encoding="utf-8",
    )
    tracker = make_tracker(BARE)
    assert "0 sources" in pasted(tracker, tmp_path / "config", tracker("discover", paper).stdout)
