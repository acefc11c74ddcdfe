"""Selectors of a source: what is understood, and where a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.config import load
from tracker.errors import ConfigurationError
from tracker.extract.documents import Selection

INDICATOR = "indicators:\n  - {id: a, unit: percent, better: higher}\nsources:\n"


def loaded(folder: Path, source: str) -> Selection:
    file = folder / "t.yaml"
    file.write_text(INDICATOR + f"  - id: one\n    path: a.html\n{source}", encoding="utf-8")
    return load(file).sources[0].selection


def test_a_source_points_at_a_part_of_its_documents(tmp_path: Path) -> None:
    assert loaded(tmp_path, "    css: 'table.figures > tr td:nth-child(2)'\n    column: Tỷ lệ\n") == Selection(
        css="table.figures > tr td:nth-child(2)", column="Tỷ lệ"
    )
    assert loaded(tmp_path, "    xpath: '//table[@id=\"x\"]//td'\n").xpath == '//table[@id="x"]//td'
    assert loaded(tmp_path, "    jsonpath: '$.data[?@.year > 2020].rate'\n").jsonpath
    assert loaded(tmp_path, "    sheet: Biểu 1\n") == Selection(sheet="Biểu 1")
    assert loaded(tmp_path, "") == Selection()


@pytest.mark.parametrize(
    ("source", "place", "says"),
    [
        ("    css: 'td:hover'\n", "6:10", "the pseudo-class ':hover' is not read"),
        ("    css: 'td >'\n", "6:10", "an element is missing at its end"),
        ("    css: 'td]'\n", "6:10", "is not understood at letter 3"),
        ("    xpath: '//td['\n", "6:12", "is no XPath 1.0"),
        ("    xpath: 'document(\"/etc/passwd\")'\n", "6:12", "document() is no function of XPath 1.0"),
        ("    xpath: '//dc:date'\n", "6:12", "expected the name alone"),
        ("    xpath: '//a[$b]'\n", "6:12", "has a variable"),
        ("    jsonpath: 'data.rate'\n", "6:15", "begins with '$'"),
        ("    jsonpath: '$.data['\n", "6:15", "is no JSONPath of RFC 9535"),
        ("    jsonpath: '$[?search(@.a, \"(a+)+$\")]'\n", "6:15", "is no JSONPath of RFC 9535"),
        ("    css: td\n    xpath: //td\n", "7:5", "'css' and 'xpath' exclude each other"),
        ("    sheet: 2\n", "6:12", "is no text here"),
    ],
)
def test_a_wrong_selector_is_told_with_its_place(tmp_path: Path, source: str, place: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        loaded(tmp_path, source)
    assert f"t.yaml:{place}: sources[0]." in str(told.value)
    assert says in str(told.value)
