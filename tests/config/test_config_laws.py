from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tracker.config import Configuration, load
from tracker.config.cron import parse_cron
from tracker.config.values import read_duration, write_duration
from tracker.errors import ConfigurationError, Mistake

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)
IDS = st.from_regex(r"[a-zđê][a-z0-9-]{0,8}", fullmatch=True)
NUMBERS = st.integers(-(10**9), 10**9) | st.decimals(-1000, 1000, places=3).map(float)


@st.composite
def configurations(draw):
    areas = draw(st.lists(IDS, unique=True, max_size=4))
    indicators = draw(st.lists(IDS, unique=True, min_size=1, max_size=4))
    made = {
        "indicators": [
            {
                "id": one,
                "name": draw(NAMES),
                "aliases": draw(st.lists(NAMES, max_size=2)),
                "unit": draw(st.sampled_from(["percent", "rank", "VND"])),
                "better": "higher",
                "area": draw(st.sampled_from(areas or ["somewhere"])),
            }
            for one in indicators
        ],
        "targets": [
            {"id": f"t{index}", "indicator": one, "at_least": draw(NUMBERS), "by": str(draw(st.dates()))}
            for index, one in enumerate(draw(st.lists(st.sampled_from(indicators), max_size=3)))
        ],
        "sources": [
            {
                "id": f"s{index}",
                "path": "/x",
                "every": draw(st.sampled_from(["45s", "30m", "6h", "1d", "2w"])),
            }
            for index in range(draw(st.integers(0, 3)))
        ],
    }
    return made | ({"areas": [{"id": one} for one in areas]} if areas else {})


def loaded(text: str) -> Configuration:
    with TemporaryDirectory() as folder:
        file = Path(folder, "t.yaml")
        file.write_text(text, encoding="utf-8")
        return load(file, environment={})


@settings(max_examples=40, deadline=None)
@given(configurations())
def test_what_is_written_out_again_means_the_same(made):
    first = loaded(json.dumps(made, ensure_ascii=False))
    again = loaded(json.dumps(first.model_dump(mode="json", exclude_none=True), ensure_ascii=False))
    assert again == first
    assert again.catalogue() == first.catalogue()
    assert again.domain_targets() == first.domain_targets()


def mistakes_of(content: bytes) -> list[Mistake]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "t.yaml")
        file.write_bytes(content)
        try:
            load(file, environment={})
        except ConfigurationError as error:
            return error.mistakes or pytest.fail("an error without a mistake")
    return []


def only_mistakes(content: bytes) -> None:
    for mistake in mistakes_of(content):
        assert "\n" not in str(mistake)
        assert mistake.line >= 1
        assert mistake.column >= 1
        assert mistake.text


SIGNS = st.text("ab:-[]{},&*!|>'\"%@`?#~\\ \t\n<.0123é\u0085\u2028=", max_size=40)


@settings(max_examples=150, deadline=None)
@given(SIGNS | st.text(max_size=30))
def test_any_text_ends_in_mistakes_at_worst(text):
    only_mistakes(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=30))
def test_any_bytes_end_in_mistakes_at_worst(content):
    only_mistakes(content)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from([0.5, "x/y", "2020", "all"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "to", "on", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = ["id", "name", "names", "unit", "better", "area", "scope", "breaks", "indicator", "at_most", "by", "baseline",
        "stated", "path", "url", "every", "cron", "published", "email", "webhook", "on", "to"]  # fmt: skip
SECTIONS = [
    "service",
    "network",
    "areas",
    "indicators",
    "targets",
    "sources",
    "channels",
    "alerts",
    "second_reader",
    "other",
]


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(SECTIONS),
        ANYTHING | st.lists(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5), max_size=3),
    )
)
def test_any_structure_ends_in_mistakes_at_worst(data):
    only_mistakes(json.dumps(data).encode())


@given(st.integers(1, 366 * 86400))
def test_a_length_of_time_is_read_as_it_is_written(seconds):
    length = timedelta(seconds=seconds)
    assert read_duration(write_duration(length)) == length


WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@given(st.integers(0, 59), st.integers(0, 23), st.integers(0, 7))
def test_a_weekday_number_is_that_of_crontab(minute, hour, number):
    schedule = parse_cron(f"{minute} {hour} * * {number}")
    trigger = CronTrigger.from_crontab(schedule, timezone=ZoneInfo("UTC"))
    at = trigger.get_next_fire_time(None, datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")))
    assert (at.minute, at.hour, at.isoweekday() % 7) == (minute, hour, number % 7)


PARTS = st.sampled_from(
    [
        "*",
        "1",
        "1-5",
        "*/2",
        "1,3,5",
        "2-6/2",
        "5/7",
        "7",
        "*/59",
        "*/99",
        "3-1",
        "0",
        "mon",
        "fri-mon",
        "jan-mar",
    ]
)


@given(st.lists(PARTS, min_size=5, max_size=5))
def test_every_accepted_schedule_runs_and_keeps_its_meaning(parts):
    try:
        schedule = parse_cron(" ".join(parts))
    except ValueError:
        return
    assert parse_cron(schedule) == schedule
    trigger = CronTrigger.from_crontab(schedule, timezone=ZoneInfo("UTC"))
    assert trigger.get_next_fire_time(None, datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))) is not None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0 7 * * mon-fri", "0 7 * * mon,tue,wed,thu,fri"),
        ("*/15 8-18 * * *", "0,15,30,45 8,9,10,11,12,13,14,15,16,17,18 * * *"),
        ("0 0 1 JAN,jul *", "0 0 1 1,7 *"),
        ("0 0 * * fri-mon", "0 0 * * mon,fri,sat,sun"),
        ("0 0 * * 0", "0 0 * * sun"),
        ("0 0 * * 5-7", "0 0 * * fri,sat,sun"),
        ("0 0 * * */3", "0 0 * * wed,sat,sun"),
    ],
)
def test_a_schedule_is_written_out(written, meant):
    assert parse_cron(written) == meant


@pytest.mark.parametrize(
    "schedule", ["0 0 30 2 *", "0 0 1 * mon", "60 * * * *", "* * 0 * *", "@daily", "* * * * 8", "*/0 * * * *"]
)
def test_a_schedule_that_never_comes_or_is_unclear_is_refused(schedule):
    with pytest.raises(ValueError, match=r"expected|fields"):
        parse_cron(schedule)


def test_dumped_yaml_loads_too(tmp_path):
    with (tmp_path / "t.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"indicators": [{"id": "a", "unit": "rank", "better": "lower"}]}, file)
    assert load(tmp_path / "t.yaml").indicators[0].id == "a"
