"""YAML text -> plain data, with the line and column of every key and value.

The text is composed to nodes, not loaded: so every duplicate key is found, ``22:30`` stays a text,
``on`` stays a key, dates stay as written and decimals keep their digits.
"""

from __future__ import annotations

import unicodedata
import warnings
from decimal import Decimal, InvalidOperation
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tracker.config.places import Findings, Loc, Place, Spot, path_text
from tracker.config.syntax import syntax_mistake

MAX_DEPTH = 40
MAX_REPEATED = 10_000
"""How many parts may come from aliases (``*name``); ten nested aliases can stand for billions."""

_TAG = "tag:yaml.org,2002:"


class TreeTooLargeError(Exception):
    """Aliases stand for too many parts, or for themselves."""

    def __init__(self, node: Any, text: str) -> None:
        super().__init__(text)
        self.node = node


def read_tree(text: str, file: str, findings: Findings) -> dict[str, Any] | None:
    """The data of one file, or None where it cannot be read; ``findings`` learns places and mistakes.

    ``findings`` are those of this file alone.
    """
    root = _compose(text, file, findings)
    if root is None:
        return None
    reader = _Reader(file, findings)
    try:
        data = reader.value(root, ())
    except TreeTooLargeError as error:
        findings.note(file, _spot(error.node), "", str(error))
        return None
    if not isinstance(data, dict):
        wrong = "a configuration is made of sections; expected keys such as 'indicators:' here"
        findings.note(file, _spot(root), "", wrong)
        return None
    return data


def _compose(text: str, file: str, findings: Findings) -> Node | None:
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = MAX_DEPTH
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an anchor used twice: the later one counts
            root: Node | None = yaml.compose(text)
    except Exception as error:  # noqa: BLE001 - the parser raises more than its own errors on odd text
        findings.mistakes.append(syntax_mistake(error, text, file))
        return None
    if root is None:
        empty = "the file is empty; expected sections such as 'indicators:'"
        findings.note(file, Spot(1, 1), "", empty)
    return root


class _Reader:
    """Turns nodes to data. Every mistake that data cannot show any more is noted here."""

    def __init__(self, file: str, findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._repeated = 0

    def value(self, node: Node, loc: Loc, key: Spot | None = None) -> Any:
        """The data of ``node``, its place noted under ``loc``."""
        self._count(node)
        self._findings.places[loc] = Place(self._file, loc, _spot(node), key)
        if isinstance(node, ScalarNode):
            return self._scalar(node, loc)
        self._open.add(id(node))
        if str(node.tag) not in (_TAG + "map", _TAG + "seq"):
            self._findings.add(loc, f"the tag {str(node.tag)[:60]!r} is not understood here; remove it")
        data = self._mapping(node, loc) if isinstance(node, MappingNode) else self._sequence(node, loc)
        self._open.discard(id(node))
        return data

    def _count(self, node: Node) -> None:
        if id(node) in self._open:
            raise TreeTooLargeError(node, "an alias (*name) stands inside the very part that it repeats")
        if id(node) in self._seen:
            self._repeated += 1
        self._seen.add(id(node))
        if self._repeated > MAX_REPEATED:
            raise TreeTooLargeError(node, f"aliases (*name) repeat more than {MAX_REPEATED} parts; write the parts out")

    def _sequence(self, node: Node, loc: Loc) -> list[Any]:
        return [self.value(item, (*loc, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: MappingNode, loc: Loc) -> dict[str, Any]:
        data: dict[str, Any] = {}
        merged: list[Node] = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._wrong_key(key_node, loc)
                continue
            if str(key_node.tag) == _TAG + "merge":
                merged.append(value_node)
                continue
            key = unicodedata.normalize("NFC", _whole_letters(key_node.value))
            if key in data:
                self._duplicate(key_node, loc, key)
                continue
            data[key] = self.value(value_node, (*loc, key), _spot(key_node))
        for source in merged:
            self._merge(source, loc, data)
        return data

    def _merge(self, source: Node, loc: Loc, data: dict[str, Any]) -> None:
        """``<<: *name``: the keys of another mapping, where they are not written here."""
        parts = source.value if isinstance(source, SequenceNode) else [source]
        for part in parts:
            if not isinstance(part, MappingNode):
                self._findings.add(loc, "'<<' takes the keys of another mapping; expected *name of one")
                continue
            self._count(part)
            self._open.add(id(part))
            for key_node, value_node in part.value:
                key = _whole_letters(key_node.value) if isinstance(key_node, ScalarNode) else None
                if isinstance(key, str) and key not in data:
                    data[key] = self.value(value_node, (*loc, key), _spot(key_node))
            self._open.discard(id(part))

    def _scalar(self, node: ScalarNode, loc: Loc) -> Any:
        tag, text = str(node.tag).removeprefix(_TAG), _whole_letters(node.value)
        match tag:
            case "str" | "timestamp":
                return text
            case "null":
                return None
            case "bool":
                return text.lower() in ("true", "yes", "on", "y")
            case "int" | "float":
                return self._number(text)
        self._findings.add(loc, f"the tag {str(node.tag)[:60]!r} is not understood here; remove it")
        return text

    def _number(self, text: str) -> int | Decimal | str:
        plain = text.replace("_", "").lower()
        try:
            for prefix, base in (("0x", 16), ("0o", 8), ("0b", 2)):
                if plain.lstrip("+-").startswith(prefix):
                    return int(plain.replace(prefix, "", 1), base)
            if plain.lstrip("+-").isdigit():
                return int(plain)
            return Decimal(plain.replace(".inf", "inf").replace(".nan", "nan"))
        except (ValueError, InvalidOperation):
            return text

    def _duplicate(self, key_node: Node, loc: Loc, key: str) -> None:
        spot, first = _spot(key_node), self._findings.places[(*loc, key)]
        before = first.key or first.value
        text = f"the key '{key}' is written twice; it already stands in line {before.line}"
        path = path_text((*loc, key))
        self._findings.note(self._file, spot, path, text)

    def _wrong_key(self, key_node: Node, loc: Loc) -> None:
        text = "a list or mapping cannot be a key; expected a word followed by ':'"
        self._findings.note(self._file, _spot(key_node), path_text(loc), text)


def _whole_letters(text: str) -> str:
    r"""``text`` with each pair of halves, as JSON writes ``"\ud835\udc00"``, as the letter it stands for."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _spot(node: Any) -> Spot:
    return Spot(node.start_mark.line + 1, node.start_mark.column + 1)
