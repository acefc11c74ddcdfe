"""RSS, RDF and Atom: each item is a heading with its own date line and its paragraphs."""

from __future__ import annotations

from tracker.extract.documents import tree as trees
from tracker.extract.documents.drafts import draft
from tracker.extract.documents.markup import take_decoded
from tracker.extract.documents.normalise import Loom, Normalised
from tracker.extract.documents.prose import is_page, prose
from tracker.extract.documents.records import Telling
from tracker.extract.documents.tree import Node
from tracker.extract.model import BlockKind

_ITEMS = frozenset({"item", "entry"})
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
_BODIES = ("encoded", "content", "description", "summary")


def is_feed(root: Node) -> bool:
    """The element is the outermost one of a feed."""
    return root.name.lower() in {"rss", "feed", "rdf"} and any(node.name in _ITEMS for node in root.walk())


def tell_feed(root: Node, loom: Loom, tree: trees.XmlTree, telling: Telling) -> None:
    """Append the drafts of the feed's title and of every item; a lone item dates the document."""
    items = [node for node in root.walk() if node.name in _ITEMS]
    about = next((node for node in root.children if node.name == "channel"), root)
    title = _child(about, ("title",))
    if title is not None:
        _say(telling, BlockKind.TITLE, _text(loom, tree, title))
    for item in items:
        _tell_item(item, loom, tree, telling)


def _child(node: Node, names: tuple[str, ...]) -> Node | None:
    for name in names:
        for child in node.children:
            if child.name == name and child.end > child.start and (child.children or any(map(bool, child.runs))):
                return child
    return None


def _say(telling: Telling, kind: BlockKind, piece: Normalised) -> int | None:
    """Append a draft; its index, None where there is no text."""
    if not piece.text:
        return None
    telling.drafts.append(draft(kind, piece))
    return len(telling.drafts) - 1


def _tell_item(item: Node, loom: Loom, tree: trees.XmlTree, telling: Telling) -> None:
    title, dated, body = (_child(item, names) for names in (("title",), _DATES, _BODIES))
    if title is not None:
        at = _say(telling, BlockKind.HEADING, _text(loom, tree, title))
        if at is not None:
            telling.drafts[at].level, telling.drafts[at].style = 1, "item"
    day = _say(telling, BlockKind.DATELINE, _text(loom, tree, dated)) if dated is not None else None
    if body is None:
        return
    first = len(telling.drafts)
    inside = _inside(loom.text, body) if body.children else _raw(loom, tree, body)
    telling.drafts.extend(prose(inside, first))
    if day is not None:
        for one in telling.drafts[first:]:
            one.scope.insert(0, day)


def _inside(text: str, node: Node) -> Normalised:
    """The source between an element's tags, markup and all."""
    start, end = node.children[0].start, node.children[-1].end
    for runs in node.runs:
        for run in runs:
            start, end = min(start, run[0]), max(end, run[1])
    return Normalised(text[start:end], range(start, end), range(start + 1, end + 1))


def _raw(loom: Loom, tree: trees.XmlTree, node: Node) -> Normalised:
    weave = loom.weave()
    for start, end in (run for runs in node.runs for run in runs):
        if start in tree.data:
            weave.take(start, end)
        else:
            take_decoded(weave, loom.text, start, end)
    return weave.as_it_stands()


def _text(loom: Loom, tree: trees.XmlTree, node: Node) -> Normalised:
    """A title or a date as plain words, its signs decoded once more where it is markup inside."""
    raw = _raw(loom, tree, node)
    if is_page(raw.text) or "&" in raw.text:
        found = list(prose(raw, 0)) if is_page(raw.text) else []
        if found:
            return Normalised(found[0].text, found[0].starts, found[0].ends)
    weave = loom.weave()
    for start, end in (run for runs in node.runs for run in runs):
        take_decoded(weave, loom.text, start, end)
    return weave.normalised()
