"""XPath 1.0 over the same tree: libxml2 evaluates, on elements made from ours, so that each leads back.

Nothing but the core functions of XPath 1.0 can be called; no document, no variable, no file is in reach.
The cost of an expression is estimated for the tree at hand before it is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tracker.extract.documents.tree import Node

LONGEST = 1_000
MOST_WORK = 30_000_000
_FUNCTIONS = frozenset(
    """
    last position count id local-name namespace-uri name string concat starts-with contains substring-before
    substring-after substring string-length normalize-space translate boolean not true false lang number sum
    floor ceiling round text node comment processing-instruction
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
_LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
_CALL = re.compile(r"(?<![\w.:-])([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*\(")
_PREFIX = re.compile(r"(?<![\w:])[A-Za-z_][\w.-]*:(?!:)[A-Za-z_*]")
_SIGN = re.compile(
    r"\[|\]|\.\.|//|/|(?:following|preceding)(?:-sibling)?(?=\s*::)|ancestor(?=[\w-]*\s*::)|parent(?=\s*::)"
)
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_xpath(expression: str) -> None:
    """``ValueError`` with a sentence where the expression is no XPath 1.0 of elements."""
    from lxml import etree

    if len(expression) > LONGEST:
        raise ValueError(f"the expression is longer than {LONGEST} letters")
    bare = _LITERAL.sub("''", expression)
    if "$" in bare:
        raise ValueError(f"the expression {expression!r} has a variable ($); there are none here")
    for name in _CALL.findall(bare):
        if name not in _FUNCTIONS:
            raise ValueError(f"{name}() is no function of XPath 1.0, the only ones that are read")
    if _PREFIX.search(bare):
        raise ValueError(f"the expression {expression!r} has a prefix with ':'; expected the name alone, as in //date")
    try:
        etree.XPath(expression, regexp=False)
    except (etree.XPathError, ValueError) as error:
        why = str(error)[:80].lower() or "invalid expression"
        raise ValueError(f"the expression {expression!r} is no XPath 1.0 ({why})") from None


def select_xpath(root: Node, expression: str, text: Callable[[int, int], str]) -> list[Node]:
    """The elements that the expression finds; of a text or attribute, the element that holds it.

    ``text`` gives the text of a run. A table's ``tbody`` that is not written is there for an expression
    copied from a browser, and not there for one that finds nothing with it.

    Raises:
        ValueError: it gives no elements, or would cost too much on a document of this size; one sentence.
    """
    check_xpath(expression)
    found = _evaluated(root, expression, text, made=True)
    if not found and any(node.made for node in root.walk()):
        found = _evaluated(root, expression, text, made=False)
    return found


def _evaluated(root: Node, expression: str, text: Callable[[int, int], str], *, made: bool) -> list[Node]:
    from lxml import etree

    top, nodes = _built(root, text, made=made)
    work = _work(expression, nodes)
    if work > MOST_WORK:
        raise ValueError(
            f"is too costly for a document of {len(nodes)} elements; "
            "expected a path without '..', following:: or preceding:: in its conditions"
        )
    try:
        result = etree.ElementTree(top).xpath(expression, smart_strings=True)
    except etree.XPathError as error:
        raise ValueError(f"could not be evaluated ({str(error)[:80].lower()})") from None
    if not isinstance(result, list):
        raise ValueError("gives a single value rather than elements; expected a path such as //table//td")  # noqa: TRY004
    number = dict(nodes)
    found: dict[int, Node] = {}
    for one in result:
        element = one if isinstance(one, etree._Element) else _holder(one)  # noqa: SLF001
        node = number.get(element) if element is not None else None
        if node is not None:
            found.setdefault(id(node), node)
    return list(found.values())


def _holder(value: Any) -> Any:
    parent = value.getparent() if hasattr(value, "getparent") else None
    return parent.getparent() if parent is not None and getattr(value, "is_tail", False) else parent


def _built(root: Node, text: Callable[[int, int], str], *, made: bool) -> tuple[Any, list[tuple[Any, Node]]]:
    from lxml import etree

    inside = [node for node in root.children if not node.made]
    whole = inside[0] if len(inside) == 1 and (inside[0].name == "html" or not _stray(root, text)) else None
    top = _element(etree, None, whole) if whole is not None else etree.Element("html")
    nodes = [(top, whole if whole is not None else root)]
    waiting = [(top, whole if whole is not None else root)]
    while waiting:
        element, node = waiting.pop()
        last: Any = None
        for k, runs in enumerate(node.runs):
            words = _CONTROL.sub("", "".join(text(start, end) for start, end in runs))
            if last is None:
                element.text = (element.text or "") + words
            else:
                last.tail = (last.tail or "") + words
            if k >= len(node.children):
                break
            for child in _seen(node.children[k], made=made):
                last = _element(etree, element, child)
                nodes.append((last, child))
                waiting.append((last, child))
    return top, nodes


def _stray(root: Node, text: Callable[[int, int], str]) -> bool:
    return any(text(start, end).strip() for runs in root.runs for start, end in runs)


def _seen(node: Node, *, made: bool) -> list[Node]:
    """The element, or what it holds where it is not written and not wanted."""
    return [node] if made or not node.made else node.children


def _element(etree: Any, parent: Any, node: Node) -> Any:
    name = node.name if _NAME.fullmatch(node.name) else "unnamed"
    told = {key: _CONTROL.sub("", value) for key, value in node.attributes.items() if _NAME.fullmatch(key)}
    return etree.Element(name, told) if parent is None else etree.SubElement(parent, name, told)


def _work(expression: str, nodes: list[tuple[Any, Node]]) -> int:
    """About how many elements are looked at: each costly step multiplies by what it may reach."""
    size = len(nodes)
    widest = max((len(node.children) for _, node in nodes), default=1) or 1
    depth = _depth(nodes)
    bare = _LITERAL.sub("''", expression)
    work, inside = size, 0
    for found in _SIGN.finditer(bare):
        before = bare[: found.start()].rstrip()[-1:]
        match found.group():
            case "[":
                inside += 1
            case "]":
                inside -= 1
            case "following" | "preceding":
                work *= size
            case "following-sibling" | "preceding-sibling":
                work *= widest
            case ".." | "parent" | "ancestor" if inside:
                work *= widest * (depth if found.group() == "ancestor" else 1)
            case "//" | "/" if inside:
                work *= size if not before or before in "[(,=<>|+*-" else depth if found.group() == "//" else 1
            case "//":
                work += size * depth
    return work


def _depth(nodes: list[tuple[Any, Node]]) -> int:
    deep: dict[int, int] = {}
    for _, node in nodes:
        deep[id(node)] = deep.get(id(node.parent), 0) + 1
    return max(deep.values(), default=1)
