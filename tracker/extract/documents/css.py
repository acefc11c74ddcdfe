"""CSS selectors over a tree of elements: one pass over the tree, whatever the selector.

Types, ``.class``, ``#id``, ``[attribute]`` with every operator, ``:nth-child()`` and its kin, ``:not()`` of
a simple selector; descendants, children (``>``), siblings (``+``, ``~``) and lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tracker.extract.documents.tree import Node

LONGEST = 1_000
_IDENT = r"(?:--|-?(?:[^\W\d]|\\.))(?:[\w-]|\\.)*"
_TOKEN = re.compile(
    rf"(?P<type>{_IDENT}|\*)|\#(?P<id>(?:[\w-]|\\.)+)|\.(?P<klass>{_IDENT})"
    rf"|\[\s*(?P<key>{_IDENT})\s*(?:(?P<op>[~|^$*]?=)\s*(?:\"(?P<one>[^\"]*)\"|'(?P<two>[^']*)'|(?P<bare>[\w-]+))"
    r"\s*(?P<fold>[iIsS])?\s*)?\]"
    r"|:(?P<pseudo>[a-z-]+)(?:\((?P<inner>[^()]*)\))?"
)
_STEP = re.compile(r"\s*(?P<sign>[>+~])\s*|\s+(?=[^\s>+~,])")
_NTH = re.compile(
    r"\s*(?:(?P<odd>odd)|(?P<even>even)|(?P<a>[+-]?\d{0,6})n\s*(?P<b>[+-]\s*\d{1,6})?|(?P<only>[+-]?\d{1,6}))\s*"
)
_ESCAPE = re.compile(r"\\(.)")
_COUNTED = {
    "first-child": ("child", False, (0, 1)),
    "last-child": ("child", True, (0, 1)),
    "first-of-type": ("type", False, (0, 1)),
    "last-of-type": ("type", True, (0, 1)),
}
_NTHS = {
    "nth-child": ("child", False),
    "nth-last-child": ("child", True),
    "nth-of-type": ("type", False),
    "nth-last-of-type": ("type", True),
}
PSEUDO = (*_COUNTED, *_NTHS, "only-child", "only-of-type", "root", "not")

Test = Callable[[Node, "_Count"], bool]


@dataclass(frozen=True, slots=True)
class _Count:
    """Where an element stands among its siblings, from 1: of all, of its type, and from the end."""

    child: int
    child_end: int
    type: int
    type_end: int


@dataclass(slots=True)
class _Compound:
    """Tests of one element, and how it stands to the compound before it."""

    sign: str = ""
    tests: list[Test] = field(default_factory=list)

    def __call__(self, node: Node, count: _Count) -> bool:
        return all(test(node, count) for test in self.tests)


def parse_css(selector: str) -> list[list[_Compound]]:
    """The alternatives of a selector, each its compounds from left to right; ``ValueError`` with a sentence."""
    if len(selector) > LONGEST:
        raise ValueError(f"the selector is longer than {LONGEST} letters")
    found: list[list[_Compound]] = []
    at = 0
    while True:
        at = _skip(selector, at)
        chain, at = _chain(selector, at)
        found.append(chain)
        at = _skip(selector, at)
        if at >= len(selector):
            return found
        if selector[at] != ",":
            raise ValueError(f"{selector[at]!r} is not understood at letter {at + 1} of the selector {selector!r}")
        at += 1


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _chain(selector: str, at: int) -> tuple[list[_Compound], int]:
    chain: list[_Compound] = []
    sign = ""
    while True:
        compound, end = _compound(selector, at)
        if end == at:
            where = "its end" if at >= len(selector) else f"letter {at + 1}"
            raise ValueError(
                f"an element is missing at {where} of the selector {selector!r}; expected one such as td.total"
            )
        compound.sign = sign
        chain.append(compound)
        step = _STEP.match(selector, end)
        if step is None:
            return chain, end
        sign, at = step.group("sign") or " ", step.end()


def _compound(selector: str, at: int) -> tuple[_Compound, int]:
    compound = _Compound()
    first = at
    while at < len(selector):
        found = _TOKEN.match(selector, at)
        if found is None or (found.group("type") and at > first):
            break
        compound.tests.append(_test(found))
        at = found.end()
    return compound, at


def _test(found: re.Match[str]) -> Test:
    kind, id, klass, key, pseudo = found.group("type", "id", "klass", "key", "pseudo")
    if kind is not None:
        name = _plain(kind).lower()
        return lambda node, _: name == "*" or node.name.lower() == name
    if id is not None:
        wanted = _plain(id)
        return lambda node, _: node.attributes.get("id") == wanted
    if klass is not None:
        one = _plain(klass)
        return lambda node, _: one in node.attributes.get("class", "").split()
    if key is not None:
        return _attribute(found)
    return _pseudo(pseudo, found.group("inner"))


def _plain(name: str) -> str:
    return _ESCAPE.sub(r"\1", name)


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda has, value: has == value,
    "~=": lambda has, value: value in has.split(),
    "|=": lambda has, value: has == value or has.startswith(value + "-"),
    "^=": lambda has, value: bool(value) and has.startswith(value),
    "$=": lambda has, value: bool(value) and has.endswith(value),
    "*=": lambda has, value: bool(value) and value in has,
}


def _attribute(found: re.Match[str]) -> Test:
    key, operator = _plain(found.group("key")), found.group("op")
    value = next((one for one in found.group("one", "two", "bare") if one is not None), "")
    fold = (found.group("fold") or "").lower() == "i"
    value = value.lower() if fold else value

    def test(node: Node, _: _Count) -> bool:
        has = node.attributes.get(key, node.attributes.get(key.lower()))
        if has is None or operator is None:
            return has is not None
        return _OPERATORS[operator](has.lower() if fold else has, value)

    return test


def _pseudo(name: str, inner: str | None) -> Test:
    if name in _COUNTED and inner is None:
        return _nth(*_COUNTED[name])
    if name in _NTHS and inner is not None:
        return _nth(*_NTHS[name], _formula(name, inner))
    if name == "not" and inner is not None and inner.strip():
        inside, end = _compound(inner.strip(), 0)
        if end != len(inner.strip()):
            raise ValueError(f"':not({inner})' is not understood; expected one simple selector such as :not(.total)")
        return lambda node, count: not inside(node, count)
    match name if inner is None else "":
        case "only-child":
            return lambda _, count: count.child == count.child_end == 1
        case "only-of-type":
            return lambda _, count: count.type == count.type_end == 1
        case "root":
            return lambda node, _: node.parent is not None and node.parent.parent is None
    raise ValueError(
        f"the pseudo-class ':{name}' is not read; expected one of {', '.join(':' + one for one in PSEUDO)}"
    )


def _formula(name: str, inner: str) -> tuple[int, int]:
    found = _NTH.fullmatch(inner)
    if found is None:
        raise ValueError(f"':{name}({inner})' is not understood; expected a number such as 2, odd, even or 2n+1")
    if found.group("odd") or found.group("even"):
        return 2, int(bool(found.group("odd")))
    if found.group("only"):
        return 0, int(found.group("only"))
    a = found.group("a")
    times = int(a) if a not in ("", "+", "-") else int(f"{a}1")
    return times, int((found.group("b") or "0").replace(" ", ""))


def _nth(what: str, from_end: bool, formula: tuple[int, int]) -> Test:
    times, offset = formula

    def place(count: _Count) -> int:
        if what == "child":
            return count.child_end if from_end else count.child
        return count.type_end if from_end else count.type

    def test(_: Node, count: _Count) -> bool:
        at = place(count) - offset
        return at == 0 if times == 0 else at % times == 0 and at // times >= 0

    return test


def select_css(root: Node, selector: str) -> Iterator[Node]:
    """The elements below ``root`` that the selector matches, in the order of the document."""
    alternatives = parse_css(selector)
    # For each element and alternative a mask: which compounds it, an ancestor, its elder siblings match.
    above: dict[int, list[tuple[int, int]]] = {id(root): [(0, 0)] * len(alternatives)}
    for parent in (root, *root.walk()):
        if not parent.children:
            continue
        counts = _counts(parent)
        outer = above.get(id(parent), [(0, 0)] * len(alternatives))
        before = [(0, 0)] * len(alternatives)
        for node, count in zip(parent.children, counts, strict=True):
            masks, hit = [], []
            for k, chain in enumerate(alternatives):
                own = 0
                for i, compound in enumerate(chain):
                    if _stands(chain, i, outer[k], before[k]) and compound(node, count):
                        own |= 1 << i
                masks.append((own | (outer[k][0] if node.made else 0), outer[k][1] | own))
                hit.append(own)
            above[id(node)] = masks
            before = [(own, before[k][1] | own) for k, own in enumerate(hit)]
    last = [1 << (len(chain) - 1) for chain in alternatives]
    for node in root.walk():
        matched = above[id(node)]
        if not node.made and any(matched[k][0] & last[k] for k in range(len(last))):
            yield node


def _stands(chain: list[_Compound], i: int, outer: tuple[int, int], before: tuple[int, int]) -> bool:
    if i == 0:
        return True
    wanted = 1 << (i - 1)
    match chain[i].sign:
        case " ":
            return bool(outer[1] & wanted)
        case ">":
            return bool(outer[0] & wanted)
        case "+":
            return bool(before[0] & wanted)
        case _:
            return bool(before[1] & wanted)


def _counts(parent: Node) -> Iterator[_Count]:
    total = Counter(node.name for node in parent.children)
    seen: Counter[str] = Counter()
    size = len(parent.children)
    for k, node in enumerate(parent.children, start=1):
        seen[node.name] += 1
        yield _Count(k, size - k + 1, seen[node.name], total[node.name] - seen[node.name] + 1)
