from __future__ import annotations

from pathlib import Path

import pytest

from tracker.config import load
from tracker.errors import ConfigurationError, UsageError

GOOD = """\
areas:
  - {id: Vietnam, names: [Việt Nam, Viet Nam]}
  - {id: Hà Nội, names: [Hà Nội, Hanoi]}
  - {id: World, comparator: true, names: [thế giới]}
indicators:
  - {id: rank, unit: rank, better: lower, area: Vietnam}
  - {id: share, unit: percent, better: higher, area: Vietnam, scope: all}
"""
AFTER = GOOD.count("\n") + 1  # the line that follows GOOD


def test_every_mistake_is_told_at_once_and_in_order(lines):
    text = f"""{GOOD}\
  - {{id: third, unit: rnk, better: lower, area: Vietnm}}
targets:
  - {{id: t, indicator: missing, at_least: x, by: never, extra: 1}}
sources:
  - {{id: s, path: a, url: "http://b"}}
"""
    told = [line.split(": ")[:2] for line in lines(text)]
    assert told == [
        [f"t.yaml:{AFTER}:23", "indicators[2].unit"],
        [f"t.yaml:{AFTER}:49", "indicators[2].area"],
        [f"t.yaml:{AFTER + 2}:24", "targets[0].indicator"],
        [f"t.yaml:{AFTER + 2}:43", "targets[0].at_least"],
        [f"t.yaml:{AFTER + 2}:50", "targets[0].by"],
        [f"t.yaml:{AFTER + 2}:57", "targets[0].extra"],
        [f"t.yaml:{AFTER + 4}:22", "sources[0].url"],
    ]


def test_a_target_may_have_one_bound_only(lines):
    told = lines(f"{GOOD}targets:\n  - {{id: t, indicator: rank, at_most: 5, at_least: 3, by: 2030-12-31}}\n")
    assert f"t.yaml:{AFTER + 1}:42: targets[0].at_least: 'at_least' is against the direction" in told[1]
    assert told[0].endswith("the target has both 'at_least' and 'at_most'; expected one of them")


def test_areas_of_one_name_are_told(lines):
    told = lines(GOOD.replace("Hanoi]", "VIỆT  NAM]"))
    assert told == [
        (
            "t.yaml:3:34: areas[1].names[1]: the name 'VIỆT  NAM' belongs to the area 'Vietnam'; "
            "expected a name of one area only"
        )
    ]


def test_no_secret_is_repeated(lines):
    told = "\n".join(
        lines(f"""{GOOD}\
service: {{database_url: "mysql://u:hidden@h/d", listen: "http://u:hidden@h", timezone: "x//u:hidden@h"}}
sources:
  - {{id: a, url: "http://u:hidden@h/"}}
  - {{id: b, url: "gopher://u:hidden@h/"}}
channels:
  - {{id: c, email: {{to: [x@y.org], smtp: "smtp://u:hidden@h", password: hidden, password_env: "hidden!"}}}}
  - {{id: d, webhook: {{url: "http://u:hidden@h", secret: hidden, secret_env: "hidden secret"}}}}
""")
    )
    assert told.count("\n") > 6
    assert "hidden" not in told


def test_mistakes_of_all_files_of_a_folder_are_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("service: {language: xx}\nsources: [{id: s, path: p}]\n", encoding="utf-8")
    Path("b.yaml").write_text(
        f"{GOOD}service: {{}}\nsources:\n  - {{id: s, path: q}}\n  - {{id: r}}\n", encoding="utf-8"
    )
    with pytest.raises(ConfigurationError) as caught:
        load(Path())
    assert [str(one) for one in caught.value.mistakes] == [
        "a.yaml:1:21: service.language: 'xx' is no language of the reports; expected one of vi, en",
        "b.yaml:8:1: service: the section 'service' is written twice; it already stands at a.yaml:1:1",
        "b.yaml:10:10: sources[0].id: the id 's' is used twice; expected another, it already stands at a.yaml:2:12",
        "b.yaml:11:5: sources[1].path: a source needs 'path' or 'url'; expected one of them",
    ]


def test_a_file_that_cannot_be_read_hides_no_mistake_and_makes_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("indicators: [", encoding="utf-8")
    target = "{id: t, indicator: in-the-other-file, at_most: x, by: 2030-12-31}"
    Path("b.yaml").write_text(f"targets:\n  - {target}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load(Path())
    assert [(one.file, one.path) for one in caught.value.mistakes] == [
        ("a.yaml", ""),
        ("b.yaml", "targets[0].at_most"),
    ]


@pytest.mark.parametrize("name", ["missing.yaml", "empty"])
def test_where_there_is_nothing_to_read_it_is_named(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=name):
        load(tmp_path / name)


def test_a_file_that_may_not_be_read_is_named(tmp_path):
    (tmp_path / "t.yaml").mkdir()  # a folder of that name cannot be read as a file, for any user
    with pytest.raises(ConfigurationError, match=r"t\.yaml:1:1: cannot be read: "):
        load(tmp_path)
