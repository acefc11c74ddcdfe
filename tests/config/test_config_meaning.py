from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tracker.config import load
from tracker.domain.alert import AlertType
from tracker.domain.period import Period
from tracker.domain.target import Comparator
from tracker.errors import ConfigurationError, UsageError

WHOLE = """\
service: {timezone: Europe/Berlin, language: en, listen: "[::1]:0", deadline_days: [60]}
network: {allow: [127.0.0.1, 10.0.0.0/8]}
areas:
  - {id: Vietnam, names: [Việt Nam]}
  - {id: Huế}
  - {id: World, comparator: true}
indicators:
  - id: rank
    name: {vi: Thứ hạng, en: Rank}
    aliases: [xếp hạng]
    unit: rank
    better: lower
    area: Vietnam
    breaks: [{period: 2021-Q3, note: new survey}, {period: 2018}]
  - {id: share, name: Share, unit: percent, better: higher, area: Vietnam, scope: all}
  - {id: city, unit: count, better: higher, scope: [Huế]}
targets:
  - id: top-80
    indicator: rank
    at_most: 80.50
    by: 2022-12-31
    baseline: {value: 86, period: 2020}
    method: statcan
    stated: {quote: "vào nhóm 80", url: "https://example.org/a", published: 2021-12}
  - {id: more, indicator: share, by: 2030-12-31}
  - {id: homes, indicator: city, at_least: 5, by: 2030-12-31}
sources:
  - {id: a, path: texts/*.html}
  - {id: b, url: "https://example.org/b", cron: "0 22 * * 1-5", published: 2021-12-22}
  - {id: c, path: /data/c.txt, every: 90m, stale_after: 2w}
channels:
  - id: desk
    email: {to: [a@example.org], smtp: "smtps://mail.example.org", from: Desk <d@example.org>, user: d, password_env: P}
  - {id: hook, webhook: {url: "http://127.0.0.1:9000/in", secret_file: hook.secret}}
alerts:
  - {on: [stale, overdue], to: [desk, hook, desk]}
"""


@pytest.fixture
def whole(tmp_path):
    (tmp_path / "t.yaml").write_text(WHOLE, encoding="utf-8")
    return load(tmp_path / "t.yaml", environment={"P": "sesame"})


def test_the_service_is_as_written(whole):
    assert whole.timezone == ZoneInfo("Europe/Berlin")
    assert whole.language == "en"
    assert (whole.service.listen.host, whole.service.listen.port) == ("::1", 0)
    assert whole.service.deadline_days == (60,)
    assert whole.network.allow == ("127.0.0.1/32", "10.0.0.0/8")


def test_the_catalogue_has_every_default_worked_out(whole):
    catalogue = whole.catalogue()
    assert [(area.id, area.names, area.comparator) for area in catalogue.areas] == [
        ("Vietnam", ("Việt Nam",), False),
        ("Huế", ("Huế",), False),
        ("World", ("World",), True),
    ]
    rank, share, city = catalogue.indicators
    assert (rank.area, rank.scope) == ("Vietnam", frozenset({"Vietnam"}))
    assert [str(one.period) for one in rank.breaks] == ["2018", "2021-Q3"]
    assert (rank.name("vi"), rank.name("en"), share.name("vi"), city.name("vi")) == (
        "Thứ hạng",
        "Rank",
        "Share",
        "city",
    )
    assert share.scope == frozenset({"Vietnam", "Huế"})
    assert (city.area, city.scope) == (None, frozenset({"Huế"}))


def test_targets_keep_their_digits_and_find_their_area(whole):
    top, more, homes = whole.domain_targets()
    assert str(top.value) == "80.50"
    assert (top.comparator, top.area, top.by) == (Comparator.AT_MOST, "Vietnam", date(2022, 12, 31))
    assert (top.baseline.value, top.baseline.period) == (Decimal(86), Period.year(2020))
    assert top.stated.published == Period.month(2021, 12)
    assert (more.value, more.comparator) == (None, Comparator.AT_LEAST)
    assert homes.area == "Huế"


def test_sources_know_where_and_when(whole, tmp_path):
    a, b, c = whole.sources
    assert (a.path, a.interval) == (str(tmp_path / "texts/*.html"), timedelta(days=1))
    assert (b.address, b.cron, b.interval) == ("https://example.org/b", "0 22 * * mon,tue,wed,thu,fri", None)
    assert b.published == date(2021, 12, 22)
    assert (c.path, c.interval, c.stale_after) == ("/data/c.txt", timedelta(minutes=90), timedelta(days=14))


def test_routes_name_each_channel_once(whole):
    assert [(route.on, route.to) for route in whole.routes] == [
        (frozenset({AlertType.STALE, AlertType.OVERDUE}), ("desk", "hook"))
    ]


def test_secrets_are_read_at_their_use_and_kept_nowhere(whole, tmp_path):
    email, webhook = whole.channel("desk").email, whole.channel("hook").webhook
    assert (email.smtp.scheme, email.smtp.port, email.sender) == ("smtps", 465, "Desk <d@example.org>")
    assert email.password(whole.environment) == "sesame"
    with pytest.raises(UsageError, match=r"hook\.secret"):
        webhook.secret(whole.environment)
    (tmp_path / "hook.secret").write_text("open\n", encoding="utf-8")
    assert webhook.secret({}) == "open"
    with pytest.raises(UsageError, match="environment variable P is not set"):
        email.password({})
    assert "sesame" not in repr(whole) + whole.model_dump_json()


def test_the_database_is_that_of_the_environment_first(tmp_path):
    file = tmp_path / "t.yaml"
    file.write_text(
        "service: {database_url: 'postgresql://u:hidden@h/d'}\nindicators: [{id: i, unit: rank, better: lower}]\n",
        encoding="utf-8",
    )
    configured = load(file, environment={})
    assert configured.database_url() == "postgresql://u:hidden@h/d"
    assert "hidden" not in repr(configured) + configured.model_dump_json()
    assert load(file, environment={"TRACKER_DATABASE_URL": "postgresql://e/d"}).database_url() == "postgresql://e/d"
    assert configured.database_url() == "postgresql://u:hidden@h/d"


def test_the_environment_is_that_of_the_process_where_none_is_given(tmp_path):
    (tmp_path / "t.yaml").write_text("indicators: [{id: i, unit: rank, better: lower}]\n", encoding="utf-8")
    assert load(tmp_path / "t.yaml").environment is os.environ


def test_ids_that_are_not_configured_are_key_errors(whole):
    for find in (whole.source, whole.channel):
        with pytest.raises(KeyError):
            find("nowhere")


AREAS = [
    # (areas, keys of the indicator, area, scope): what an indicator without all its keys is about
    ("", "", "default", {"default"}),
    ("", ", area: Peru", "Peru", {"Peru"}),
    ("", ", area: Peru, scope: [Peru, Lima]", "Peru", {"Peru", "Lima"}),
    ("areas: []\n", ", area: Peru", "Peru", {"Peru"}),
    ("areas: [{id: Peru}, {id: World, comparator: true}]\n", "", "Peru", {"Peru"}),
    ("areas: [{id: Peru}, {id: Lima}]\n", ", scope: all", None, {"Peru", "Lima"}),
]


@pytest.mark.parametrize(("areas", "keys", "area", "scope"), AREAS)
def test_whom_an_indicator_is_about(tmp_path, areas, keys, area, scope):
    file = tmp_path / "t.yaml"
    file.write_text(f"{areas}indicators: [{{id: i, unit: rank, better: lower{keys}}}]\n", encoding="utf-8")
    catalogue = load(file).catalogue()
    assert (catalogue.indicators[0].area, catalogue.indicators[0].scope) == (area, frozenset(scope))
    assert catalogue.indicators[0].scope <= {one.id for one in catalogue.areas}


TARGET_AREAS = [
    # (area and scope of the indicator, area of its target)
    ("area: Peru, scope: [Peru, Lima]", "Peru"),
    ("area: Peru, scope: [Lima]", "Lima"),
    ("scope: [Lima]", "Lima"),
    ("scope: [Peru, Lima]", None),
    ("area: Peru, scope: [Lima, Cuzco]", None),
]


@pytest.mark.parametrize(("keys", "area"), TARGET_AREAS)
def test_whom_a_target_is_about(tmp_path, keys, area):
    file = tmp_path / "t.yaml"
    file.write_text(
        f"areas: [{{id: Peru}}, {{id: Lima}}, {{id: Cuzco}}]\n"
        f"indicators: [{{id: i, unit: rank, better: lower, {keys}}}]\n"
        "targets: [{id: t, indicator: i, at_most: 5, by: 2030-12-31}]\n",
        encoding="utf-8",
    )
    if area is None:
        with pytest.raises(ConfigurationError, match=r"3:11: targets\[0\]\.area: the key 'area' is missing"):
            load(file)
    else:
        assert load(file).domain_targets()[0].area == area


def test_the_files_of_a_folder_are_one_configuration(tmp_path):
    (tmp_path / "1.yaml").write_text(
        "indicators: [{id: a, unit: rank, better: lower}]\nsources: [{id: x, path: one.txt}]\n",
        encoding="utf-8",
    )
    (tmp_path / "2.yaml").write_text(
        "service: {language: en}\nindicators: [{id: b, unit: rank, better: lower}]\n"
        "sources: [{id: y, path: two.txt}]\ntargets:\n",
        encoding="utf-8",
    )
    (tmp_path / ".hidden.yaml").write_text("not: read", encoding="utf-8")
    (tmp_path / "note.yml").write_text("not: read", encoding="utf-8")
    both = load(tmp_path)
    assert [one.id for one in both.indicators] == ["a", "b"]
    assert [one.path for one in both.sources] == [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]


def test_a_path_is_relative_to_its_file_even_where_the_folder_looks_like_a_pattern(tmp_path):
    folder = tmp_path / "a[1]"
    folder.mkdir()
    (folder / "one.txt").write_text("x", encoding="utf-8")
    (folder / "t.yaml").write_text(
        "indicators: [{id: a, unit: rank, better: lower}]\nsources: [{id: x, path: '*.txt'}]\n",
        encoding="utf-8",
    )
    pattern = load(folder / "t.yaml").sources[0].path
    assert [path.name for path in Path("/").glob(pattern.lstrip("/"))] == ["one.txt"]


def test_keys_of_another_entry_may_be_taken_over(tmp_path):
    file = tmp_path / "t.yaml"
    file.write_text(
        "indicators:\n  - &first {id: a, unit: rank, better: lower}\n  - {<<: *first, id: b, unit: count}\n",
        encoding="utf-8",
    )
    assert [(one.id, one.unit, one.better) for one in load(file).indicators] == [
        ("a", "rank", "lower"),
        ("b", "count", "lower"),
    ]


def test_one_spelling_of_composed_and_decomposed_letters(tmp_path):
    file = tmp_path / "t.yaml"
    file.write_text(
        "areas: [{id: Hu\u1ebf}, {id: X}]\nindicators: [{id: a, unit: rank, better: lower, area: Hue\u0302\u0301}]\n",
        encoding="utf-8",
    )
    assert load(file).catalogue().indicators[0].area == "Hu\u1ebf"


SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is not beside this project")
def test_the_shared_configuration_loads():
    assert len(load(SHARED / "seeds" / "tracker.yaml").indicators) == 24
