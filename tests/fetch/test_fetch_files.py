import asyncio
import os
from datetime import UTC, date, datetime

import pytest

from tracker.errors import SourceRejected, SourceUnavailable
from tracker.fetch import FileSource, Known, digest, read
from tracker.net import ClientSettings

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def check(path, known=None, **more):
    return asyncio.run(read(FileSource("kho", str(path), **more), known or {}, NOW, ClientSettings()))


def test_a_file_is_a_document_with_its_name_and_what_was_declared(tmp_path):
    file = tmp_path / "bài.html"
    file.write_bytes("<p>đạt 60%</p>".encode())
    (document,) = check(file, published=date(2025, 5, 1)).documents
    assert (document.name, document.address, document.source) == ("bài.html", str(file), "kho")
    assert document.content.decode() == "<p>đạt 60%</p>"
    assert (document.media_type, document.retrieved_at) == ("text/html", NOW)
    assert str(document.published) == "2025-05-01"


def test_the_same_content_is_nothing_new_and_another_is(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("60%")
    known = {str(file): Known(digest(b"60%"))}
    assert check(file, known).documents == ()
    assert check(file, known).unchanged == (str(file),)
    file.write_text("61%")
    assert [document.content for document in check(file, known).documents] == [b"61%"]


def test_a_pattern_reads_all_in_order_and_a_bad_one_hides_no_other(tmp_path):
    for name in ("c.txt", "a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.txt").mkdir()
    checked = check(tmp_path / "*.txt")
    assert [document.name for document in checked.documents] == ["a.txt", "c.txt"]
    (error,) = checked.errors
    assert isinstance(error, SourceUnavailable)
    assert "b.txt" in str(error)


def test_a_pattern_goes_down_into_folders(tmp_path):
    (tmp_path / "2025" / "05").mkdir(parents=True)
    (tmp_path / "2025" / "05" / "a.html").write_text("x")
    assert [document.name for document in check(tmp_path / "**" / "*.html").documents] == ["a.html"]


def test_a_name_with_brackets_is_that_file_where_it_exists(tmp_path):
    (tmp_path / "a[1].txt").write_text("x")
    assert [document.name for document in check(tmp_path / "a[1].txt").documents] == ["a[1].txt"]


@pytest.mark.parametrize(
    ("prepare", "kind", "words"),
    [
        (lambda file: None, SourceUnavailable, "there is no file"),
        (lambda file: file.mkdir(), SourceRejected, "is a folder"),
        (os.mkfifo, SourceRejected, "no regular file"),
        (lambda file: file.write_bytes(b"x" * 101), SourceRejected, "at most 100"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, prepare, kind, words):
    file = tmp_path / "a.txt"
    prepare(file)
    checked = check(file, limit=100)
    assert checked.documents == ()
    (error,) = checked.errors
    assert type(error) is kind
    assert words in str(error)
    assert "\n" not in str(error)


def test_a_pattern_without_a_match_is_said(tmp_path):
    (error,) = check(tmp_path / "*.pdf").errors
    assert "no file matches" in str(error)


def test_a_path_that_is_none_is_an_error_and_no_crash():
    (error,) = check("a\0b").errors
    assert isinstance(error, SourceUnavailable)
