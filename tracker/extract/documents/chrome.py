"""Which elements of a page are its frame rather than its article, told by name, class and id."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.extract.documents.markup import attributes

HIDDEN, STRONG, WEAK, LAYOUT = 1, 2, 4, 8
STRONG_NAMES = frozenset({"nav", "footer", "aside", "button", "menu", "dialog", "marquee"})
WEAK_NAMES = frozenset({"header", "form", "fieldset"})
_ROLES = frozenset(
    {
        "navigation",
        "contentinfo",
        "complementary",
        "search",
        "menu",
        "menubar",
        "dialog",
        "toolbar",
        "tablist",
    }
)
_WORDS = frozenset(
    """
    nav navbar navigation menu mainmenu submenu topmenu topnav menubar breadcrumb breadcrumbs crumb
    crumbs footer foot ft bottom header hd head masthead topbar top sidebar side aside widget
    widgets related relate relatednews lienquan tinlienquan xemthem share sharing social comment
    comments binhluan tags tag keyword keywords tukhoa advert adverts advertisement ad ads adsense
    banner banners quangcao cookie cookies popup modal overlay subscribe newsletterbox promo login
    signin search pagination pager paging copyright toolbar ticker marquee print poll vote survey
    rating recommend recommended recommendation mostread mostviewed mostpopular docnhieu xemnhieu
    tinmoi tinkhac othernews latest trending hotline counter visitor visitors online skip weather
    sitemap
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
_SPLIT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])")
_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What a name stands for is told by its first and last word: "main-nav", "footer-inner".
_CONTENT = frozenset({"content", "main", "article", "body", "detail", "entry", "post", "story", "text"})
_STYLED_AWAY = re.compile(r"([.#])([\w-]+)\s*\{[^{}]*?display\s*:\s*none[^{}]*\}", re.IGNORECASE)


def styled_away(css: str) -> set[str]:
    """Selectors of one class or id that a style sheet hides, as ``.name`` or ``#name``."""
    if len(css) > 1 << 18 or "none" not in css:
        return set()
    return {mark + name for mark, name in _STYLED_AWAY.findall(css)}


def flags(tail: str, hidden: set[str]) -> int:
    """What the attributes of a start tag say; ``hidden`` are the selectors styled away."""
    return _flags(tail, frozenset(hidden)) if hidden or len(tail) > _LONG else _plain_flags(tail)


_LONG = 300


@lru_cache(maxsize=4096)
def _plain_flags(tail: str) -> int:
    """Kept over pages: those of one site are made of the same few hundred tags."""
    return _flags(tail, frozenset())


def _flags(tail: str, hidden: frozenset[str]) -> int:
    found = attributes(tail)
    result = 0
    if "hidden" in found or ("style" in found and _NONE.search(found["style"])):
        result |= HIDDEN
    role = found.get("role", "").lower()
    if role in _ROLES:
        result |= STRONG
    elif role in {"presentation", "none"}:
        result |= LAYOUT
    classes, identity = found.get("class", ""), found.get("id", "")
    if hidden and ("#" + identity in hidden or any("." + name in hidden for name in classes.split())):
        result |= HIDDEN
    if any(_is_frame(name) for name in [*classes.split()[:8], identity] if name):
        result |= WEAK
    return result


def _is_frame(name: str) -> bool:
    words = [word.lower() for word in _SPLIT.split(name[:80]) if word and not word.isdigit()]
    if not words or not _WORDS.isdisjoint(_CONTENT) or not _CONTENT.isdisjoint(words[-1:]):
        return False
    return words[0] in _WORDS or words[-1] in _WORDS or "".join(words) in _WORDS
