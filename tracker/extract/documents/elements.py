"""Which HTML elements part text into blocks, and which of them end one another unsaid."""

from __future__ import annotations

from tracker.extract.documents.boxes import DROPPED

PLAIN = frozenset(
    """
    div p section article main header footer nav aside ul ol dl menu li dt dd h1 h2 h3 h4 h5 h6
    blockquote pre figure figcaption form fieldset legend address center details summary dialog
    hgroup marquee button label output search table caption thead tbody tfoot tr td th colgroup
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
BLOCKS = PLAIN | DROPPED
INLINE = frozenset(["a", "sup", "span", "b", "strong", "i", "em", "font", "time", "small", "u"])
CLOSES_P = PLAIN - {
    "label",
    "button",
    "output",
    "caption",
    "colgroup",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
}
SCOPE = frozenset({"td", "th", "caption", "table"})
ITEM_CLOSERS = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}
LISTS = frozenset({"ul", "ol", "dl", "menu"})
PARTS = frozenset({"section", "article", "main"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ENDS_P = SCOPE | {"button"}
TABLE = frozenset({"table"})
SECTIONS = ("tbody", "thead", "tfoot")
# Start tag -> what it closes, and what shields from it.
IMPLIED: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    **{name: (closed, SCOPE | LISTS) for name, closed in ITEM_CLOSERS.items()},
    **dict.fromkeys(("td", "th"), (("td", "th"), TABLE)),
    **dict.fromkeys(SECTIONS, (SECTIONS, TABLE)),
    "tr": (("tr",), TABLE),
    "caption": (("caption",), TABLE),
}
TABLE_PARTS = SCOPE | {"tr", *SECTIONS}
BARRIERS = {
    "table": frozenset[str](),
    "li": SCOPE | LISTS,
    **dict.fromkeys(("tr", "td", "th", "caption", *SECTIONS), TABLE),
}
