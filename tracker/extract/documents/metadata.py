"""What a page says about itself beside its text: meta elements, JSON-LD, time, language."""

from __future__ import annotations

import json
import re
from html import unescape

from tracker.extract.documents.markup import attributes

_NAMES = ("name", "property", "itemprop", "http-equiv")
_LD_DATES = re.compile(r'"(datePublished|dateModified|dateCreated|uploadDate)"\s*:\s*"([^"\\]{4,40})"')
_LD_KEYS = ("datePublished", "dateModified", "dateCreated", "headline", "inLanguage")
_ARTICLE = re.compile(r"Article|Report|BlogPosting|NewsItem|Dataset|Posting")
_LARGEST_LD = 1 << 19
_MOST_NODES = 5000


class Metadata(dict[str, str]):
    """Lower-case keys; the first value of a key counts."""

    def note(self, key: str, value: str) -> None:
        """Keep ``value`` under ``key`` unless one is there or the value is blank."""
        value = " ".join(value.split())
        if key and value:
            self.setdefault(key.lower(), value)

    def meta(self, tail: str) -> None:
        """A ``meta`` element."""
        found = attributes(tail)
        content = found.get("content", "")
        for name in _NAMES:
            if found.get(name):
                self.note(found[name].strip(), content)

    def time(self, tail: str) -> None:
        """A ``time`` element; kept as ``time``, and under its ``itemprop``."""
        found = attributes(tail)
        when = found.get("datetime", "")
        self.note("time", when)
        self.note(found.get("itemprop", ""), when)

    def title(self, content: str) -> None:
        """The text of the ``title`` element."""
        self.note("title", unescape(content))

    def json_ld(self, tail: str, content: str) -> None:
        """A ``script`` of type ``application/ld+json``; an article's dates come first."""
        if "ld+json" not in tail or len(content) > _LARGEST_LD:
            return
        try:
            tree = json.loads(content, strict=False)
        except (ValueError, RecursionError):
            for key, value in _LD_DATES.findall(content):
                self.note(f"jsonld:{key}", value)
            return
        self._walk(tree)

    def _walk(self, tree: object) -> None:
        nodes: list[object] = [tree]
        others: list[dict[str, object]] = []
        for seen, node in enumerate(nodes):
            if seen > _MOST_NODES:
                break
            if isinstance(node, dict):
                nodes.extend(node.values())
                if _ARTICLE.search(str(node.get("@type", ""))[:200]):
                    self._dates(node)
                else:
                    others.append(node)
            elif isinstance(node, list):
                nodes.extend(node)
        for node in others:
            self._dates(node)

    def _dates(self, node: dict[str, object]) -> None:
        for key in _LD_KEYS:
            value = node.get(key)
            if isinstance(value, str):
                self.note(f"jsonld:{key}", value)
