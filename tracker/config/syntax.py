"""What the YAML parser complains about, in words for people who do not know YAML."""

from __future__ import annotations

import re
from typing import Any

from tracker.errors import Mistake

_TAB = "a tab stands where the line is indented; use spaces instead"
_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        "mapping values are not allowed here",
        (
            "a ':' is not expected here; put a text that contains ': ' in quotes, "
            "and let the keys of one group begin in the same column"
        ),
    ),
    (
        "sequence entries are not allowed here",
        "a list item '- …' is not expected here; begin it on its own line",
    ),
    ("expected ',' or ']'", "the list that begins with '[' {opened} is not closed; expected ',' or ']'"),
    ("expected ',' or '}'", "the group that begins with '{' {opened} is not closed; expected ',' or '}'"),
    (
        "found unexpected end of stream",
        "the text in quotes that begins {opened} does not end; expected a quote",
    ),
    (
        "found unexpected document separator",
        "the text in quotes that begins {opened} does not end; expected a quote",
    ),
    (
        "expected <block end>",
        "this line does not fit the lines above it (the group begins {opened}); expected equal indentation",
    ),
    ("could not find expected ':'", "a key without its ':'; expected 'key: value'"),
    ("found undefined alias", "the alias {word} is not defined; expected a name that '&' has defined before"),
    ("but found another document", "a second document begins here ('---'); expected one document in a file"),
    (
        "found unknown escape character",
        "'\\' begins an unknown sign; expected single quotes around this text",
    ),
    ("maximum depth", "the parts are nested too deeply; expected at most a few levels"),
    ("incompatible YAML document", "this version of YAML is not known; expected 1.2, or no such line"),
)


def syntax_mistake(error: Exception, text: str, file: str) -> Mistake:
    """``error``, raised by the parser over ``text``, as one mistake. Never quotes the text itself."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    problem_mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    if isinstance(error, RecursionError):
        problem = "maximum depth"
    mark = context_mark if "not closed" in _match(problem) or "does not end" in _match(problem) else problem_mark
    line, column = _line_column(mark or problem_mark or context_mark, error, text)
    return Mistake(file, line, column, "", _sentence(problem, context_mark, text, line, column))


def _match(problem: str) -> str:
    for part, sentence in _SENTENCES:
        if part in problem:
            return sentence
    return ""


def _sentence(problem: str, context_mark: Any, text: str, line: int, column: int) -> str:
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if here[column - 1 : column] == "\t" or (not here[:column].strip() and "\t" in here[:column]):
        return _TAB
    if "special characters are not allowed" in problem or "unacceptable character" in problem:
        return "an invisible control character stands here; remove it"
    if "cannot start any token" in problem:
        sign = here[column - 1 : column]
        return f"a value cannot begin with {sign!r}; put the text in quotes"
    sentence = _match(problem)
    if not sentence:
        return "this cannot be read as YAML; expected 'key: value' and lists of '- item'"
    word = re.search(r"'([^']*)'", problem)
    opened = f"in line {context_mark.line + 1}" if context_mark is not None else "above"
    return sentence.replace("{opened}", opened).replace("{word}", f"*{word[1]}" if word else "")


def _line_column(mark: Any, error: Exception, text: str) -> tuple[int, int]:
    if mark is not None:
        return mark.line + 1, mark.column + 1
    position = getattr(error, "position", None)
    if isinstance(position, int):
        before = text[:position]
        return before.count("\n") + 1, position - before.rfind("\n")
    return 1, 1
