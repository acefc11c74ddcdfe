"""The keys of a source that point at a part of a document; each is understood before anything is read by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from tracker.config.values import read_text

EXCLUSIVE = ("css", "xpath", "jsonpath", "sheet")
"""A document is a page, JSON or a workbook: one of these selects in it; ``column`` goes with each."""


def _reader_of(check: Callable[[str], None]) -> Callable[[object], str]:
    def read(value: object) -> str:
        text = read_text(value)
        check(text)
        return text

    return read


# Their grammars are loaded for a source that has a selector.


def _check_css(text: str) -> None:
    from tracker.extract.documents.css import parse_css

    parse_css(text)


def _check_xpath(text: str) -> None:
    from tracker.extract.documents.xpath import check_xpath

    check_xpath(text)


def _check_jsonpath(text: str) -> None:
    from tracker.extract.documents.jsonpath import check_jsonpath

    check_jsonpath(text)


_TEXT = WithJsonSchema({"type": "string", "minLength": 1})
CssSelector = Annotated[str, PlainValidator(_reader_of(_check_css)), _TEXT]
XPathExpression = Annotated[str, PlainValidator(_reader_of(_check_xpath)), _TEXT]
JsonPathQuery = Annotated[str, PlainValidator(_reader_of(_check_jsonpath)), _TEXT]
