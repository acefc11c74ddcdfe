"""`tracker replay` from outside: what would change, recording it once, telling it once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from product import Hook, Mailbox, Tracker
from serving import configuration, hook_channel, mail_channel, rank_sentence

Make = Callable[[str], Tracker]
HOMES = "Năm {}, tỷ lệ hộ gia đình có Internet của Việt Nam đạt {}%."


def article(folder: Path, year: int, rank: int, homes: int) -> Path:
    file = folder / f"{year}.txt"
    file.write_text(rank_sentence(year, rank) + HOMES.format(year, homes) + "\n", encoding="utf-8")
    return file


def rename(tracker: Tracker, name: str, now: str) -> None:
    text = tracker.config.read_text(encoding="utf-8")
    assert name in text
    tracker.config.write_text(text.replace(name, now), encoding="utf-8")


def test_nothing_stored(make_tracker: Make) -> None:
    tracker = make_tracker(configuration())
    assert "No document is stored yet" in tracker("replay").stdout
    assert tracker.json("replay", "--apply")["summary"]["documents"] == 0


def test_a_name_that_changes(make_tracker: Make, mailbox: Mailbox, hook: Hook, tmp_path: Path) -> None:
    tracker = make_tracker(configuration(channels=[mail_channel(mailbox), hook_channel(hook)]))
    tracker("backfill", article(tmp_path, 2022, 86, 70), article(tmp_path, 2023, 79, 75))
    told = len(mailbox.mails), len(hook.taken)
    before = tracker.json("status")
    assert tracker.indicator("homes-online")["latest"]["value"] == 75

    assert "nothing changes" in tracker("replay").stdout
    rename(tracker, "Hộ gia đình có Internet, en: Homes online", "Doanh nghiệp có trang web, en: Firms online")
    looked = tracker("replay")
    assert "2 gone" in looked.stdout
    assert "add --apply" in looked.stdout
    assert "75%" in looked.stdout
    assert "tỷ lệ hộ gia đình có Internet" in looked.stdout
    assert tracker.indicator("homes-online")["latest"]["value"] == 75, "without --apply nothing is recorded"

    done = tracker.json("replay", "--apply")
    assert done["applied"] is True
    assert done["summary"] == {"documents": 2, "new": 0, "gone": 2, "changed": 0, "same": 2}
    assert {change["was"]["value"] for document in done["documents"] for change in document["changes"]} == {70, 75}
    assert tracker.indicator("homes-online")["latest"] is None
    assert tracker.indicator("homes-online", "--as-of", "2022-12-31")["latest"] is None
    assert tracker.indicator("egdi-rank") == next(one for one in before["indicators"] if one["id"] == "egdi-rank")
    again = tracker.json("replay", "--apply")
    assert again["summary"] == {"documents": 2, "new": 0, "gone": 0, "changed": 0, "same": 2}
    assert again["documents"] == []

    rename(tracker, "Doanh nghiệp có trang web, en: Firms online", "Hộ gia đình có Internet, en: Homes online")
    assert tracker.json("replay", "--apply")["summary"]["new"] == 2
    assert [one["value"] for one in (tracker.indicator("homes-online")[key] for key in ("latest", "previous"))] == [
        75,
        70,
    ]
    told_since = [one for _, one in hook.taken[told[1] :]]
    assert all(one["type"] == "summary" and one["data"]["occasion"] == "replay" for one in told_since)
    assert len(mailbox.mails) - told[0] == len(told_since)


def test_new_figures_are_one_summary_a_channel(
    make_tracker: Make, mailbox: Mailbox, hook: Hook, tmp_path: Path
) -> None:
    tracker = make_tracker(configuration(channels=[mail_channel(mailbox), hook_channel(hook)]))
    rename(tracker, "Hộ gia đình có Internet", "Trường học có thư viện")
    tracker("backfill", article(tmp_path, 2022, 86, 70), article(tmp_path, 2023, 79, 75))
    mails, hooks = len(mailbox.mails), len(hook.taken)
    rename(tracker, "Trường học có thư viện", "Hộ gia đình có Internet")
    done = tracker("replay", "--apply")
    assert "2 statements new" in done.stdout
    assert "2 sent" in done.stdout
    assert (len(mailbox.mails), len(hook.taken)) == (mails + 1, hooks + 1)
    summary = hook.taken[-1][1]
    assert summary["type"] == "summary"
    assert {one["type"] for one in summary["data"]["alerts"]} >= {"observation"}
    assert tracker.indicator("homes-online")["latest"]["quote"] in (tmp_path / "2023.txt").read_text(encoding="utf-8")
    tracker("replay", "--apply")
    assert len(hook.taken) == hooks + 1


def test_a_persons_word_survives(make_tracker: Make, tmp_path: Path) -> None:
    tracker = make_tracker(configuration())
    tracker("backfill", article(tmp_path, 2022, 86, 70), article(tmp_path, 2023, 79, 75))
    number = re.search(r"#(\d+)", tracker("explain", "homes-online").stdout)
    assert number is not None
    tracker("review", "reject", number[1], "--note", "not this")
    assert tracker.indicator("homes-online")["latest"]["value"] == 70
    latest = tracker.indicator("homes-online")["latest"], tracker.indicator("egdi-rank")["latest"]
    name, other = "Hộ gia đình có Internet", "Trường học có thư viện"
    for now, then in ((name, other), (other, name)):
        rename(tracker, now, then)
        tracker("replay", "--apply")
    assert (tracker.indicator("homes-online")["latest"], tracker.indicator("egdi-rank")["latest"]) == latest


@pytest.mark.parametrize(("language", "words"), [("vi", "Chưa ghi gì"), ("en", "Nothing was recorded")])
def test_both_languages(make_tracker: Make, tmp_path: Path, language: str, words: str) -> None:
    tracker = make_tracker(configuration(language=language))
    tracker("backfill", article(tmp_path, 2022, 86, 70))
    rename(tracker, "aliases: [xếp hạng Chính phủ điện tử]", "aliases: [thứ hạng xuất khẩu gạo]")
    rename(
        tracker,
        "vi: Xếp hạng Chính phủ điện tử của Liên Hợp Quốc, en: UN e-government rank",
        "vi: Xuất khẩu gạo, en: Rice exports",
    )
    assert words in tracker("replay").stdout


def test_what_a_person_may_get_wrong(make_tracker: Make, tmp_path: Path) -> None:
    tracker = make_tracker(configuration())
    tracker("replay", "--everything", expect=2)
    assert "--apply" in tracker("replay", "--help").stdout
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "tracker.db").write_text("no database")
    refused = tracker("replay", expect=3)
    assert refused.stdout == ""
    assert refused.stderr.startswith("tracker: ")
