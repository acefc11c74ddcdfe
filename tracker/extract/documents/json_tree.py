"""JSON to values, each with its place in the source; no recursion, so that no depth can break it."""

from __future__ import annotations

import json
import re

from tracker.errors import SourceRejected
from tracker.extract.documents.figures import weave_number
from tracker.extract.documents.names import readable
from tracker.extract.documents.normalise import Loom, Normalised
from tracker.extract.documents.values import LONG, Fields, Items, Leaf, Value

DEEPEST = 100
MOST_VALUES = 200_000
_TOKEN = re.compile(
    r"[ \t\n\r]*(?:(?P<sign>[{}\[\]:,])|(?P<text>\"(?:[^\"\\\x00-\x1f]|\\.)*+\")"
    r"|(?P<number>-?(?:0|[1-9]\d*+)(?:\.\d++)?+(?:[eE][-+]?\d++)?+(?![\w.]))|(?P<word>true|false|null)\b)"
)
_BLANKS = re.compile(r"[ \t\n\r]*")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")
_WRITTEN_OUT = re.compile(r"(?:\\\\)+|\\u(?P<code>[0-9a-fA-F]{4})")
_PLAIN = {'"': '"', "\\": "\\", "/": "/", "b": " ", "f": " ", "n": "\n", "r": " ", "t": " "}


def written_out(text: str) -> str:
    r"""The text with each ``\u1ec7`` of a letter beyond ASCII as the letter, so that quotes can be read."""
    if "\\u" not in text:
        return text

    def letter(found: re.Match[str]) -> str:
        code = found.group("code")
        if code is None or int(code, 16) < 0xA0:
            return found.group()
        return chr(int(code, 16))

    return re.sub(
        "[\ud800-\udbff][\udc00-\udfff]",
        lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"),
        _WRITTEN_OUT.sub(letter, text),
    )


class JsonReader:
    """One pass over a text; :meth:`value` is its only door."""

    def __init__(self, loom: Loom, name: str) -> None:
        self._loom = loom
        self._text = loom.text
        self._name = name
        self._values = 0
        self._open: list[Fields | Items] = []
        self._key: tuple[str, Normalised] | None = None

    def value(self) -> Value:
        """The one value that the text is; ``SourceRejected`` where it is none."""
        top = Items()
        self._open = [top]
        at = 1 if self._text.startswith("\ufeff") else 0
        while (found := _TOKEN.match(self._text, at)) is not None and found.lastgroup is not None:
            at = found.end()
            start = found.start(found.lastgroup)
            if found.lastgroup == "sign":
                self._sign(self._text[start], start)
            else:
                self._single(found.lastgroup, start, at)
        blanks = _BLANKS.match(self._text, at)
        if blanks is None or blanks.end() < len(self._text) or len(self._open) != 1 or len(top.values) != 1:
            raise self._wrong(blanks.end() if blanks else at)
        self._check()
        return top.values[0]

    def _check(self) -> None:
        """The pass takes commas and colons as they come; whether all of them are right is told here."""
        try:
            json.loads(self._text.removeprefix("\ufeff"), parse_int=str, parse_float=str, strict=False)
        except json.JSONDecodeError as error:
            raise self._wrong(error.pos) from None
        except (ValueError, RecursionError):
            raise self._wrong(0) from None

    def _sign(self, sign: str, start: int) -> None:
        if sign in "{[":
            if len(self._open) > DEEPEST:
                raise SourceRejected(f"{self._name}: the JSON is nested deeper than {DEEPEST} levels")
            one: Fields | Items = Fields(start=start) if sign == "{" else Items(start=start)
            self._add(one, start)
            self._open.append(one)
        elif sign in "}]":
            if len(self._open) < 2 or isinstance(self._open[-1], Fields) != (sign == "}") or self._key is not None:
                raise self._wrong(start)
            self._open.pop().end = start + 1

    def _single(self, kind: str, start: int, end: int) -> None:
        inside = self._open[-1]
        if isinstance(inside, Fields) and self._key is None:
            if kind != "text":
                raise self._wrong(start)
            self._key = self._name_of(start, end)
        else:
            self._add(self._leaf(kind, start, end), start)

    def _add(self, value: Value, start: int) -> None:
        self._count(start)
        to = self._open[-1]
        if isinstance(to, Fields):
            if self._key is None:
                raise self._wrong(start)
            to.keys.append(self._key[0])
            to.names.append(self._key[1])
            self._key = None
        to.values.append(value)

    def _count(self, start: int) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            line = self._text.count("\n", 0, start) + 1
            raise SourceRejected(
                f"{self._name}: at most {MOST_VALUES} values of a JSON file are read; line {line} has more"
            )

    def _wrong(self, at: int) -> SourceRejected:
        line = self._text.count("\n", 0, at) + 1
        column = at - self._text.rfind("\n", 0, at)
        where = "its end" if at >= len(self._text) else f"line {line}, column {column}"
        return SourceRejected(f"{self._name}: JSON was expected; it is damaged or cut off at {where}")

    def _name_of(self, start: int, end: int) -> tuple[str, Normalised]:
        try:
            key = str(json.loads(self._text[start:end], strict=False))
        except ValueError:
            raise self._wrong(start) from None
        return key, readable(self._loom, start + 1, end - 1)

    def _leaf(self, kind: str, start: int, end: int) -> Leaf:
        weave = self._loom.weave()
        if kind == "number":
            weave_number(weave, self._text, start, end)
            return Leaf(weave.normalised(), start, end, machine=True)
        if kind == "word":
            return Leaf(Normalised("", range(0), range(0)), start, end)
        done = start + 1
        if self._text.find("\\", start, end) >= 0:
            for found in _ESCAPE.finditer(self._text, start + 1, end - 1):
                weave.take(done, found.start())
                weave.put(_unescaped(found.group()), found.start(), found.end())
                done = found.end()
        weave.take(done, end - 1)
        long = weave.as_it_stands() if end - start > LONG else None
        return Leaf(weave.normalised(), start, end, long=long)


def _unescaped(escape: str) -> str:
    if escape[1] == "u" and len(escape) > 2:
        letter = chr(int("0" + escape[2:], 16))
        return "\ufffd" if "\ud800" <= letter <= "\udfff" else letter
    return _PLAIN.get(escape[1], escape[1])
