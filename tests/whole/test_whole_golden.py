"""Golden files and `read --explain` from outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from product import Tracker
from serving import configuration, rank_sentence

Make = Callable[[str], Tracker]
HOMES = "Tỷ lệ hộ gia đình có Internet của Việt Nam đạt 75%, theo Quyết định số 411/QĐ-TTg."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "docs" / "a.txt"
    file.parent.mkdir()
    file.write_text(rank_sentence(2022, 86) + "\n" + HOMES + "\n", encoding="utf-8")
    return file


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def forget_the_homes(tracker: Tracker) -> None:
    text = tracker.config.read_text(encoding="utf-8")
    changed = text.replace("vi: Hộ gia đình có Internet, en: Homes online", "vi: Xuất khẩu gạo, en: Rice exports")
    assert changed != text
    tracker.config.write_text(changed, encoding="utf-8")


def test_what_is_saved_is_what_is_read(make_tracker: Make, article: Path) -> None:
    tracker = make_tracker(configuration())
    saved = tracker("read", article, "--save-golden")
    golden = article.with_name("a.txt.golden.jsonl")
    assert str(golden) in saved.stderr
    assert saved.stdout == ""
    printed = [json.loads(line) for line in tracker("read", article, "--json").stdout.splitlines()]
    assert [line | {"confidence": 1} for line in lines(golden)] == [line | {"confidence": 1} for line in printed]
    assert all("confidence" not in line for line in lines(golden))
    again = golden.read_bytes()
    tracker("read", "--save-golden", article)
    assert golden.read_bytes() == again
    for place in (article, golden, article.parent):
        assert "1 as expected" in tracker("validate", "--golden", place).stdout


def test_a_changed_name_shows_what_it_breaks(make_tracker: Make, article: Path) -> None:
    tracker = make_tracker(configuration())
    other = article.with_name("b.txt")
    other.write_text(rank_sentence(2023, 79), encoding="utf-8")
    tracker("read", article, other, "--save-golden")
    forget_the_homes(tracker)
    told = tracker("validate", "--golden", article, other, expect=1)
    assert "missing: homes-online" in told.stdout
    assert "tỷ lệ hộ gia đình" in told.stdout.lower()
    assert "1 as expected, 1 otherwise" in told.stdout
    found = json.loads(tracker("validate", "--golden", article.parent, "--json", expect=1).stdout)
    assert [len(one["missing"]) for one in found["documents"]] == [1, 0]
    assert found["summary"] == {"documents": 2, "same": 1, "differs": 1, "failed": 0}


def test_a_changed_field_and_one_too_many_are_named(make_tracker: Make, article: Path) -> None:
    tracker = make_tracker(configuration())
    tracker("read", article, "--save-golden")
    golden = article.with_name("a.txt.golden.jsonl")
    first, second = lines(golden)
    golden.write_text(json.dumps(first | {"value": 80, "kind": "target"}) + "\n", encoding="utf-8")
    told = tracker("validate", "--golden", golden, expect=1).stdout
    assert "kind: target → observation" in told
    assert "80" in told
    assert "86" in told
    assert "extra: homes-online" in told
    (found,) = json.loads(tracker("validate", "--golden", golden, "--json", expect=1).stdout)["documents"]
    assert found["changed"][0]["fields"] == ["kind", "value"]
    assert found["extra"][0]["quote"] == second["quote"]


def test_a_folder_and_a_date_of_its_own(make_tracker: Make, article: Path, tmp_path: Path) -> None:
    tracker = make_tracker(configuration(language="vi"))
    undated = article.with_name("undated.txt")
    undated.write_text("Việt Nam xếp thứ 86/193 trong xếp hạng Chính phủ điện tử năm ngoái.\n", encoding="utf-8")
    tracker("read", undated, "--published", "2023-03", "--save-golden", tmp_path / "golden")
    golden = tmp_path / "golden" / "undated.txt.golden.jsonl"
    assert lines(golden)[0] == {"document": "../docs/undated.txt", "published": "2023-03"}
    assert lines(golden)[1]["period"] == "2022"
    assert "1 đúng" in tracker("validate", "--golden", tmp_path / "golden").stdout


def test_a_document_that_states_nothing_is_expected_to(make_tracker: Make, article: Path) -> None:
    article.write_text("Không có gì mới trong kỳ này.\n", encoding="utf-8")
    tracker = make_tracker(configuration())
    tracker("read", article, "--save-golden")
    tracker("validate", "--golden", article)
    article.write_text(rank_sentence(2022, 86), encoding="utf-8")
    assert "extra: egdi-rank" in tracker("validate", "--golden", article, expect=1).stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("what", "not JSON"),
        ("[1]", "no JSON object"),
        ('{"indicator": "x", "colour": 1}', "unknown key 'colour'"),
        ('{"indicator": "x"}', "the key 'area' is missing"),
        ('{"published": "soon"}', "no publication date"),
    ],
)
def test_a_broken_golden_file_is_told_with_its_line(make_tracker: Make, article: Path, line: str, words: str) -> None:
    golden = article.with_name("a.txt.golden.jsonl")
    golden.write_text(f"\n{line}\n", encoding="utf-8")
    told = make_tracker(configuration())("validate", "--golden", article, expect=2)
    assert told.stdout == ""
    assert told.stderr.startswith(f"tracker: {golden}:2: ")
    assert words in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_fields_of_the_wrong_kind(make_tracker: Make, article: Path) -> None:
    tracker = make_tracker(configuration())
    tracker("read", article, "--save-golden")
    golden = article.with_name("a.txt.golden.jsonl")
    good = lines(golden)[0]
    for wrong, words in (
        ({"value": "86"}, "value: expected a number"),
        ({"kind": "wish"}, "kind: expected one of"),
        ({"quote": ""}, "quote: expected a text"),
    ):
        golden.write_text(json.dumps(good | wrong) + "\n", encoding="utf-8")
        assert words in tracker("validate", "--golden", golden, expect=2).stderr


def test_what_is_not_there(make_tracker: Make, article: Path, tmp_path: Path) -> None:
    tracker = make_tracker(configuration())
    for place, words in (
        (article, "no golden file"), (tmp_path / "x.golden.jsonl", "no such golden file"), (article.parent, "holds no *.golden.jsonl"),
    ):  # fmt: skip
        told = tracker("validate", "--golden", place, expect=2)
        assert words in told.stderr
        assert len(told.stderr.splitlines()) == 1
    tracker("read", article, "--save-golden")
    article.unlink()
    told = tracker("validate", "--golden", article.parent, expect=1)
    assert "there is no file" in told.stderr
    assert "a.txt.golden.jsonl" in told.stderr
    assert "save the page first" in tracker("read", "http://127.0.0.1:9/a", "--save-golden", expect=2).stderr
    assert "--golden" in tracker("validate", article, expect=2).stderr


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["2 statements read, 1 numbers left out", "a document's number", "because: ", "accepted"]),
        ("vi", ["Đọc được 2 phát biểu, bỏ 1 con số", "số hiệu văn bản", "vì: ", "được nhận"]),
    ],
)
def test_the_text_with_every_number_explained(
    make_tracker: Make, article: Path, language: str, words: list[str]
) -> None:
    tracker = make_tracker(configuration(language=language))
    told = tracker("read", article, "--explain").stdout
    assert "«" in told
    assert "»[1]" in told
    assert "»[2]" in told
    assert "411/QĐ(–)-TTg" in told
    for one in words:
        assert one in told
    assert "\x1b" not in told
    plain = told.replace("«", "").replace("»[1]", "").replace("»[2]", "").replace("(–)", "")
    for line in article.read_text(encoding="utf-8").splitlines():
        assert line in plain, "the whole text is there"


def test_the_lines_for_programs_get_their_rules(make_tracker: Make, article: Path) -> None:
    tracker = make_tracker(configuration())
    plain = [json.loads(line) for line in tracker("read", article, "--json").stdout.splitlines()]
    explained = [json.loads(line) for line in tracker("read", article, "--json", "--explain").stdout.splitlines()]
    for one, other in zip(plain, explained, strict=True):
        rules = other.pop("rules")
        assert one == other
        assert rules
        assert all({"id", "text", "weight"} == set(rule) for rule in rules)


def test_a_table_is_shown_row_by_row(make_tracker: Make, tmp_path: Path) -> None:
    page = tmp_path / "t.html"
    page.write_text(
        "<html><body><h1>Hộ gia đình có Internet (%)</h1><table><tr><th>Năm</th><th>Việt Nam</th></tr>"
        "<tr><td>2021</td><td>71,3</td></tr><tr><td>2022</td><td>75</td></tr></table></body></html>",
        encoding="utf-8",
    )
    told = make_tracker(configuration())("read", page, "--explain").stdout
    assert "2021 | «71,3»[1]" in told
    assert "2022 | «75»[2]" in told
