from __future__ import annotations

import pytest

from tracker.config import load
from tracker.errors import ConfigurationError

SYNTAX = [
    ("a: [1\nb: 2", "1:4: the list that begins with '[' in line 1 is not closed; expected ',' or ']'"),
    ("a: {b: 1", "1:4: the group that begins with '{' in line 1 is not closed; expected ',' or '}'"),
    ('a: "x\nb: 1', "1:4: the text in quotes that begins in line 1 does not end; expected a quote"),
    ("indicators:\n\t- id: x", "2:1: a tab stands where the line is indented; use spaces instead"),
    (
        "a: b: c",
        (
            "1:5: a ':' is not expected here; put a text that contains ': ' in quotes, "
            "and let the keys of one group begin in the same column"
        ),
    ),
    ("a: - b", "1:4: a list item '- …' is not expected here; begin it on its own line"),
    ("a: @b", "1:4: a value cannot begin with '@'; put the text in quotes"),
    ("a: *x", "1:4: the alias *x is not defined; expected a name that '&' has defined before"),
    ("a: &x [*x]", "1:4: an alias (*name) stands inside the very part that it repeats"),
    (
        "a:\n  b: 1\n c: 2",
        ("3:2: this line does not fit the lines above it (the group begins in line 1); expected equal indentation"),
    ),
    ("a: 1\n---\nb: 1", "2:1: a second document begins here ('---'); expected one document in a file"),
    ("a: \x07", "1:4: an invisible control character stands here; remove it"),
    ("[" * 500, "1:41: the parts are nested too deeply; expected at most a few levels"),
    ("", "1:1: the file is empty; expected sections such as 'indicators:'"),
    ("# nothing yet\n", "1:1: the file is empty; expected sections such as 'indicators:'"),
    ("- a", "1:1: a configuration is made of sections; expected keys such as 'indicators:' here"),
]


@pytest.mark.parametrize(("text", "line"), SYNTAX)
def test_what_is_no_yaml_is_told_in_plain_words(lines, text, line):
    assert lines(text) == [f"t.yaml:{line}"]


def test_aliases_that_stand_for_billions_are_refused(lines):
    levels = [f"a{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 9)]
    told = lines("\n".join(["a0: &l0 [x, x, x, x, x, x, x, x, x, x]", *levels]))
    assert len(told) == 1
    assert told[0].endswith("aliases (*name) repeat more than 10000 parts; write the parts out")


def test_text_that_is_not_utf8_is_told_where_it_begins(tmp_path):
    file = tmp_path / "t.yaml"
    file.write_bytes("a: é\nb: é".encode() + b"\xff")
    with pytest.raises(ConfigurationError) as caught:
        load(file)
    assert str(caught.value) == f"{file}:2:5: the text is not UTF-8; expected a file saved as UTF-8"
