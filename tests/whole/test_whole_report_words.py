"""What the report says about a target, and where its chart begins."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from living import Life, local

from tracker.pipeline.history import change_of, series_of
from tracker.pipeline.reporting import status_report
from tracker.report.as_page import to_html, to_markdown

NOW = local("2025-06-01 09:00")
CONFIGURATION = """
service: {language: LANGUAGE}
areas: [{id: Vietnam}]
indicators:
  - {id: rank, unit: rank, better: lower, area: Vietnam}
targets:
  - {id: goal, indicator: rank, at_most: 80, by: 2024-12-31, baseline: {value: 99, period: 2019}}
"""


def made(live: Callable[[str], Life], language: str) -> tuple[str, str]:
    life = live(CONFIGURATION.replace("LANGUAGE", language))
    life.tables(NOW, "rank,Vietnam,2022,86", "rank,Vietnam,2024,71")
    return told(life)


def told(life: Life) -> tuple[str, str]:
    """The report as a page and as Markdown."""
    with life.service.store.read() as session:
        report = status_report(session, life.service, NOW)
    zone = life.service.configuration.timezone
    return to_html(report, zone), to_markdown(report, zone)


@pytest.mark.parametrize(
    ("language", "promise", "since"),
    [
        ("vi", "trong top 80 đến hết 31/12/2024", "Sau hạn (ngày)"),
        ("en", "top 80 by 31 December 2024", "Days since the deadline"),
    ],
)
def test_a_rank_is_promised_as_people_say_it(
    live: Callable[[str], Life], language: str, promise: str, since: str
) -> None:
    page, plain = made(live, language)
    assert promise in page
    assert promise in plain
    assert since in page


def test_the_chart_begins_in_the_year_of_the_baseline(live: Callable[[str], Life]) -> None:
    page, _ = made(live, "en")
    assert re.findall(r'<text class="year" [^>]*>(\d+)</text>', page) == ["2024", "2019"]


BROKEN = """
service: {language: LANGUAGE}
areas: [{id: Vietnam}]
indicators:
  - {id: rank, unit: rank, better: lower, area: Vietnam, breaks: [{period: 2023}]}
targets:
  - {id: goal, indicator: rank, by: 2028-12-31}
"""


@pytest.mark.parametrize(
    ("language", "said", "promise"),
    [
        ("vi", "cách đo đã đổi, không so được", "cải thiện đến hết 31/12/2028"),
        ("en", "method changed, does not compare", "an improvement by 31 December 2028"),
    ],
)
def test_a_change_of_method_is_said_with_the_change(
    live: Callable[[str], Life], language: str, said: str, promise: str
) -> None:
    life = live(BROKEN.replace("LANGUAGE", language))
    life.tables(NOW, "rank,Vietnam,2020,90", "rank,Vietnam,2022,86", "rank,Vietnam,2024,71")
    with life.service.store.read() as session:
        (series,) = series_of(session, life.service, "rank", None, None)
    changes = change_of(life.service, series)
    page, _ = told(life)
    assert (said in changes[1], said in changes[2]) == (False, True)
    assert said in page
    assert promise in page
