"""The keys of a source that point at a part of a document; each is understood before anything is read by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from tracker.config.values import read_text
from tracker.extract.documents.css import parse_css
from tracker.extract.documents.jsonpath import check_jsonpath
from tracker.extract.documents.xpath import check_xpath

EXCLUSIVE = ("css", "xpath", "jsonpath", "sheet")
"""A document is a page, JSON or a workbook: one of these selects in it; ``column`` goes with each."""


def _reader_of(check: Callable[[str], object]) -> Callable[[object], str]:
    def read(value: object) -> str:
        text = read_text(value)
        check(text)
        return text

    return read


_TEXT = WithJsonSchema({"type": "string", "minLength": 1})
CssSelector = Annotated[str, PlainValidator(_reader_of(parse_css)), _TEXT]
XPathExpression = Annotated[str, PlainValidator(_reader_of(check_xpath)), _TEXT]
JsonPathQuery = Annotated[str, PlainValidator(_reader_of(check_jsonpath)), _TEXT]
