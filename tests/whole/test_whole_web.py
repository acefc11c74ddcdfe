"""The web of the daemon: the page, one indicator, the feed and the metrics."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from living import Life, local

from tracker.web import Pulse, make_app

NOW = local("2025-06-01 09:00")
ATOM = "{http://www.w3.org/2005/Atom}"
CONFIGURATION = """
service: {language: LANGUAGE}
areas: [{id: Vietnam}, {id: 'Bà Rịa "1"'}]
indicators:
  - {id: homes, name: {vi: Hộ gia đình <b>, en: Homes <b>}, unit: count, better: higher, area: Vietnam, scope: all}
  - {id: trade/usd, unit: USD, better: higher, area: Vietnam}
targets:
  - {id: homes-600, indicator: homes, at_least: 600000, by: 2030-12-31}
"""


@pytest.fixture
def life(live: Callable[[str], Life]) -> Life:
    one = live(CONFIGURATION.replace("LANGUAGE", "vi"))
    one.tables(NOW, "homes,Vietnam,2022,500000", "homes,Vietnam,2024,544361", "trade/usd,Vietnam,2024,299630000000")
    one.tables(NOW, 'homes,"Bà Rịa ""1""",2024,7')
    return one


def client(life: Life, pulse: Pulse | None = None) -> TestClient:
    return TestClient(make_app(life.service, pulse or Pulse(last=NOW), lambda: NOW))


def test_the_page_shows_every_target_and_the_latest_of_every_indicator(life: Life) -> None:
    answer = client(life).get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "544.361" in answer.text
    assert "homes-600" in answer.text
    assert "trade/usd" in answer.text
    assert "Hộ gia đình &lt;b&gt;" in answer.text


def test_the_page_says_numbers_in_the_language_of_the_service(live: Callable[[str], Life]) -> None:
    life = live(CONFIGURATION.replace("LANGUAGE", "en"))
    life.tables(NOW, "homes,Vietnam,2024,544361")
    assert "544,361" in client(life).get("/").text


def test_the_page_may_use_its_own_style_and_nothing_else(life: Life) -> None:
    answer = client(life).get("/")
    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert policy == f"default-src 'none'; frame-ancestors 'none'; style-src 'sha256-{digest}'"
    assert "style=" not in answer.text
    assert "<script" not in answer.text


def test_the_page_as_of_a_day(life: Life) -> None:
    assert "544.361" not in client(life).get("/", params={"as_of": "2023-06-01"}).text
    assert client(life).get("/", params={"as_of": "2023"}).status_code == 422


def test_one_indicator(life: Life) -> None:
    answer = client(life).get("/api/v1/indicators/homes").json()
    assert (answer["id"], answer["unit"], answer["better"]) == ("homes", "count", "higher")
    (series,) = [one for one in answer["series"] if one["area"] == "Vietnam"]
    assert [one["value"] for one in series["observations"]] == [500000, 544361]
    assert series["deltas"][0]["absolute"] == 44361
    assert answer["assessments"][0]["target"] == "homes-600"


def test_an_indicator_whose_id_has_a_slash_and_one_that_nobody_tracks(life: Life) -> None:
    assert client(life).get("/api/v1/indicators/trade/usd").json()["id"] == "trade/usd"
    answer = client(life).get("/api/v1/indicators/nope")
    assert answer.status_code == 404
    assert "homes" in answer.json()["detail"]


def test_the_feed_has_an_entry_an_alert_with_an_id_that_stays(life: Life) -> None:
    answer = client(life).get("/feed.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    first = ET.fromstring(answer.content)
    life.tables(datetime(2025, 6, 2, tzinfo=UTC), "homes,Vietnam,2023,520000")
    again = ET.fromstring(client(life).get("/feed.atom").content)
    ids, later = ([one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")] for feed in (first, again))
    assert len(ids) == len(set(ids)) > 0
    assert set(ids) < set(later)
    assert "544.361" in "".join(one.findtext(f"{ATOM}title") or "" for one in first.iter(f"{ATOM}entry"))


def test_the_metrics_have_one_line_a_number(life: Life) -> None:
    answer = client(life).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    shape = re.compile(r'tracker_[a-z_]+(\{[a-z_]+="(\\.|[^"\\])*"(,[a-z_]+="(\\.|[^"\\])*")*\})? [-+0-9.e]+')
    assert [line for line in samples if not shape.fullmatch(line)] == []
    assert 'tracker_indicator_value{indicator="homes",area="Vietnam"} 544361' in samples
    assert 'tracker_indicator_value{indicator="trade/usd",area="Vietnam"} 299630000000' in samples
    assert r'tracker_indicator_observations{indicator="homes",area="Bà Rịa \"1\""} 1' in samples
    assert 'tracker_target_status{target="homes-600",indicator="homes",area="Vietnam",status="on_track"} 1' in samples
    assert "tracker_healthy 1" in samples
    named = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(named) == len(set(named))


def test_the_metrics_say_that_the_service_is_in_trouble(life: Life) -> None:
    text = client(life, Pulse()).get("/metrics").text
    assert "tracker_healthy 0" in text
    assert "last_tick" not in text


def test_the_schema_names_every_address(life: Life) -> None:
    paths = json.loads(client(life).get("/openapi.json").text)["paths"]
    assert {"/", "/api/v1/status", "/api/v1/indicators/{id}", "/feed.atom", "/metrics", "/healthz"} <= set(paths)
