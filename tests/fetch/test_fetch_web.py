import asyncio
import gzip
import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from werkzeug import Response

from tracker.domain.source import Validators
from tracker.errors import SourceRejected, SourceUnavailable
from tracker.fetch import HttpSource, Known, digest, read
from tracker.fetch.web import content_type
from tracker.net import Allowance, ClientSettings

NOW = datetime(2025, 6, 1, tzinfo=UTC)
SETTINGS = ClientSettings(Allowance.of(["127.0.0.1/32"]), total=5)
PAGE = "<p>đạt 60%</p>".encode()


def check(server, path="/a", known=None, **more):
    source = HttpSource("bao", server.url_for(path).replace("localhost", "127.0.0.1"), **more)
    have = {} if known is None else {source.url: known}
    return asyncio.run(read(source, have, NOW, SETTINGS))


def test_a_page_is_a_document_with_what_the_server_said(httpserver):
    headers = {"ETag": 'W/"a b"', "Last-Modified": "Sun, 01 Jun 2025 00:00:00 GMT"}
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="Text/HTML; charset=UTF-8", headers=headers)
    (document,) = check(httpserver).documents
    assert document.content == PAGE
    assert (document.media_type, document.charset) == ("text/html", "utf-8")
    assert document.validators == Validators('W/"a b"', "Sun, 01 Jun 2025 00:00:00 GMT")
    assert document.name == document.address == httpserver.url_for("/a").replace("localhost", "127.0.0.1")


def test_what_the_server_said_is_echoed_verbatim_and_304_is_nothing_new(httpserver):
    odd = Validators("not even quoted \xe9", "yesterday, about noon")
    seen = []

    def answer(request):
        seen.append((request.headers["If-None-Match"], request.headers["If-Modified-Since"]))
        return Response(status=304)

    httpserver.expect_request("/a").respond_with_handler(answer)
    checked = check(httpserver, known=Known(digest(PAGE), odd))
    assert seen == [("not even quoted \xe9", "yesterday, about noon")]
    assert (checked.documents, checked.errors) == ((), ())
    assert list(checked.validators.values()) == [odd]


def test_the_same_content_brings_new_validators_and_no_document(httpserver):
    httpserver.expect_request("/a").respond_with_data(PAGE, headers={"ETag": '"2"'})
    checked = check(httpserver, known=Known(hashlib.sha256(PAGE).hexdigest(), Validators('"1"')))
    assert checked.documents == ()
    assert list(checked.validators.values()) == [Validators('"2"')]


def test_without_the_document_no_condition_is_made(httpserver):
    def answer(request):
        assert "If-None-Match" not in request.headers
        return Response(PAGE)

    httpserver.expect_request("/a").respond_with_handler(answer)
    assert len(check(httpserver, known=Known(None, Validators('"1"'))).documents) == 1


def test_a_304_that_nobody_asked_for_is_no_answer(httpserver):
    httpserver.expect_request("/a").respond_with_data("", status=304)
    assert isinstance(check(httpserver).errors[0], SourceRejected)


@pytest.mark.parametrize(
    ("status", "header", "kind", "seconds"),
    [
        (429, "120", SourceUnavailable, 120),
        (503, "999999999999", SourceUnavailable, 86_400),
        (503, format_datetime(NOW.replace(hour=1), usegmt=True), SourceUnavailable, 3_600),
        (503, format_datetime(NOW.replace(year=2020), usegmt=True), SourceUnavailable, 0),
        (500, "soon", SourceUnavailable, None),
        (404, None, SourceRejected, None),
        (403, None, SourceRejected, None),
        (204, None, SourceRejected, None),
        (206, None, SourceRejected, None),
    ],
)
def test_other_answers_are_no_documents(httpserver, status, header, kind, seconds):
    headers = {"Retry-After": header} if header else {}
    httpserver.expect_request("/a").respond_with_data("" if status == 204 else "x", status=status, headers=headers)
    checked = check(httpserver)
    assert checked.documents == ()
    (error,) = checked.errors
    assert type(error) is kind
    assert str(status) in str(error)
    assert getattr(error, "retry_after", None) == seconds


def test_an_empty_page_and_a_cut_one_are_no_documents(httpserver):
    httpserver.expect_request("/empty").respond_with_data(" \n")
    packed = gzip.compress(PAGE * 100)
    httpserver.expect_request("/cut").respond_with_data(packed[:-10], headers={"Content-Encoding": "gzip"})
    assert "empty" in str(check(httpserver, "/empty").errors[0])
    assert "ends in the middle" in str(check(httpserver, "/cut").errors[0])


def test_a_private_address_is_refused_with_the_line_that_permits_it(httpserver):
    source = HttpSource("bao", httpserver.url_for("/a").replace("localhost", "127.0.0.1"))
    checked = asyncio.run(read(source, {}, NOW, ClientSettings()))
    assert "add 127.0.0.1/32 to network.allow" in str(checked.errors[0])
    assert httpserver.log == []


def test_a_closed_port_is_unavailable(httpserver):
    source = HttpSource("bao", "http://127.0.0.1:1/")
    assert isinstance(asyncio.run(read(source, {}, NOW, SETTINGS)).errors[0], SourceUnavailable)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, (None, None)),
        ("text/html", ("text/html", None)),
        ('text/html; charset="Windows-1258"', ("text/html", "windows-1258")),
        ("; charset=utf-8", (None, "utf-8")),
        ("text/html;charset=", ("text/html", None)),
        ("nonsense", (None, None)),
    ],
)
def test_content_type(value, expected):
    assert content_type(value) == expected
