"""XML: records as rows under the names of their elements, feeds as their items.

``Document.text`` is the decoded file as it stands. A document type may be named but says nothing here: one
that declares anything is refused, no entity but those of HTML is known, nothing outside the file is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from tracker.errors import SourceRejected
from tracker.extract.documents.feeds import is_feed, tell_feed
from tracker.extract.documents.figures import is_long_count, weave_count
from tracker.extract.documents.finish import finished
from tracker.extract.documents.markup import take_decoded
from tracker.extract.documents.names import readable
from tracker.extract.documents.normalise import Loom, Normalised
from tracker.extract.documents.records import UNITS, Telling, plain_name
from tracker.extract.documents.tree import DEEPEST, PAIR, Node, XmlTree, local
from tracker.extract.documents.values import LONG, Fields, Items, Leaf, Value
from tracker.extract.model import Document

MOST_ELEMENTS = 200_000
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_OWN_TYPE = re.compile(r"<!DOCTYPE[^>\[]*\[|<!ENTITY")
_NAMED = re.compile(r"&[A-Za-z]\w{0,31};")
_ASIDE = re.compile(r"(?:xmlns|xsi|xml)(?::|$)|schemaLocation|noNamespaceSchemaLocation")


class _TooMuch(Exception):
    pass


def declared(content: bytes) -> str | None:
    """The charset that the XML declaration names."""
    found = _DECLARED.match(content[:400])
    return found.group(1).decode("ascii") if found else None


def read_xml(text: str, name: str) -> tuple[Document, Mapping[str, str], XmlTree]:
    """Blocks, metadata and elements of an XML text."""
    _check(text, name)
    tree = XmlTree(text)
    loom = Loom(text)
    telling = Telling()
    root = tree.root.children[0] if tree.root.children else tree.root
    if is_feed(root):
        tell_feed(root, loom, tree, telling)
    else:
        telling.tell(_Values(loom, tree).value(root))
    if not telling.drafts:
        raise SourceRejected(f"{name}: the XML holds no text; elements with names or figures were expected")
    return finished(name, text, "application/xml", telling.drafts), telling.metadata, tree


def _check(text: str, name: str) -> None:
    """Refuse what is not well-formed, declares entities, or is too deep or too large."""
    if _OWN_TYPE.search(text):
        raise SourceRejected(f"{name}: the XML declares a document type of its own (DTD), which is not read")
    parser = expat.ParserCreate("utf-8")
    depth = count = 0

    def begin(*_: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise _TooMuch

    def end(_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    # Names of HTML's signs are common in feeds that declare none; they are blanks for this check.
    plain = _NAMED.sub(lambda found: " " * len(found.group()), text.removeprefix("\ufeff"))
    try:
        parser.Parse(plain.encode("utf-8", "replace"), True)
    except _TooMuch:
        raise SourceRejected(
            f"{name}: XML of at most {MOST_ELEMENTS} elements, {DEEPEST} deep, is read; this one has more"
        ) from None
    except (expat.ExpatError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f" in line {line}" if line else ""
        raise SourceRejected(f"{name}: XML was expected; it is damaged or cut off{where}") from None


def words(loom: Loom, tree: XmlTree, node: Node) -> tuple[Normalised, Normalised | None]:
    """All text of an element, and the same with its lines where it is long."""
    weave = loom.weave()
    first = True
    for start, end in _runs(node):
        if not first:
            weave.put(" ", start, start)
        first = False
        if start in tree.data:
            weave.take(start, end)
        elif is_long_count(bare := loom.text[start:end].strip()):
            at = loom.text.index(bare, start)
            signed = not bare[0].isdigit()
            weave.take(at, at + signed)
            weave_count(weave, bare[signed:], at + signed, ",")
        else:
            take_decoded(weave, loom.text, start, end)
    return weave.normalised(), weave.as_it_stands() if node.end - node.start > LONG else None


def _runs(node: Node) -> list[tuple[int, int]]:
    found = [run for runs in node.runs for run in runs]
    for child in node.walk():
        found.extend(run for runs in child.runs for run in runs)
    return sorted(found)


class _Values:
    """Elements as values; depth is bounded by the check before."""

    def __init__(self, loom: Loom, tree: XmlTree) -> None:
        self._loom, self._tree = loom, tree

    def value(self, node: Node) -> Value:
        own = any(self._loom.text[start:end].strip() for runs in node.runs for start, end in runs)
        fields = self._attributes(node)
        if own or not node.children:
            piece, long = words(self._loom, self._tree, node)
            if piece.text and fields.keys and all(plain_name(key) in UNITS for key in fields.keys):
                return Leaf(self._measured(node, fields), node.start, node.end)
            leaf = Leaf(piece, node.start, node.end, long=long)
            if not fields.keys:
                return leaf
            if piece.text:
                self._put(fields, node.name, self._name(node), leaf)
            return fields
        groups: dict[str, list[Node]] = {}
        for child in node.children:
            groups.setdefault(child.name, []).append(child)
        for name, children in groups.items():
            values = [self.value(child) for child in children]
            one = values[0] if len(values) == 1 else Items(values, children[0].start, children[-1].end)
            self._put(fields, name, self._name(children[0]), one)
        if len(fields.keys) == 1 and isinstance(fields.values[0], Items):
            return fields.values[0]
        return fields

    def _measured(self, node: Node, fields: Fields) -> Normalised:
        """``<rate unit="%">12,5</rate>`` as "12,5 %": the unit belongs to the figure it is written at."""
        weave = self._loom.weave()
        end = node.start
        for start, end in _runs(node):
            take_decoded(weave, self._loom.text, start, end)
        unit = fields.values[0]
        if isinstance(unit, Leaf) and unit.piece.text:
            weave.put(f" {unit.piece.text[:20]}", end, end)
        return weave.normalised()

    def _put(self, fields: Fields, key: str, name: Normalised, value: Value) -> None:
        fields.keys.append(key)
        fields.names.append(name)
        fields.values.append(value)

    def _name(self, node: Node) -> Normalised:
        start = node.start + 1
        end = self._loom.text.index(node.name, start) + len(node.name)
        return readable(self._loom, end - len(node.name), end)

    def _attributes(self, node: Node) -> Fields:
        fields = Fields(start=node.start, end=node.end)
        for found in PAIR.finditer(self._loom.text, *node.tail):
            key = found.group(1)
            if _ASIDE.match(key):
                continue
            start, end = found.span(2) if found.group(2) is not None else found.span(3)
            weave = self._loom.weave()
            take_decoded(weave, self._loom.text, start, end)
            at = found.start(1)
            name = readable(self._loom, at + len(key) - len(local(key)), at + len(key))
            self._put(fields, local(key), name, Leaf(weave.normalised(), start, end))
        return fields
