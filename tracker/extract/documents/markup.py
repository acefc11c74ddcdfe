"""The tokens of HTML with their places in the source.

One regular expression finds every tag, comment and element of raw text. Each alternative consumes
what it looked at, to the end of the file if need be, so that no input makes the scan quadratic;
possessive quantifiers leave nothing to go back to. Quotes are only quotes after an equals sign, as
browsers have it.
"""

from __future__ import annotations

import re
from html import unescape

from tracker.extract.documents.normalise import Weave

_TAIL = r"[^>=]*+(?:=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+[^>=]*+)*+"
_RAW = r"script|style|textarea|iframe|noembed|noframes|xmp"
# Most names are told from these by their first letter.
_RAW_STARTS = "".join(sorted({letter for name in _RAW.split("|") for letter in (name[0], name[0].upper())}))
# Groups: 1 name, 2 attributes and 3 content of a raw-text element; 4 content of a title; 5 name and
# 6 attributes of a start tag; 7 name of an end tag. A comment or declaration sets none. A title that
# is never closed ends at the next tag: no browser does that, and no page means the other.
MARKUP = re.compile(
    rf"<(?:"
    rf"(?=[{_RAW_STARTS}])((?i:{_RAW}))(?=[\s/>])({_TAIL})(?:>|\Z)"
    rf"([^<]*+(?:<(?!/(?i:\1)[\s/>])[^<]*+)*+)(?:</(?i:\1){_TAIL}(?:>|\Z)|\Z)"
    rf"|(?=[tT])(?i:title)(?=[\s/>]){_TAIL}(?:>|\Z)([^<]*+)(?:</(?i:title){_TAIL}(?:>|\Z))?"
    rf"|([a-zA-Z][^\s/>]*+)({_TAIL})(?:>|\Z)"
    rf"|/([a-zA-Z][^\s/>]*+){_TAIL}(?:>|\Z)"
    r"|!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))"
    r"|[!?/][^>]*+(?:>|\Z)"
    r")"
)
RAW, TITLE, START, END = 3, 4, 6, 7
_ATTRIBUTE = re.compile(r"([^\s\"'>/=][^\s>/=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s\"'>][^\s>]*+)?))?")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_MOST_ATTRIBUTES = 64


def attributes(tail: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case, the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tail):
        name = match.group(1).lower()
        if name not in found:
            value = match.group(2) or match.group(3) or match.group(4) or ""
            found[name] = unescape(value) if "&" in value else value
            if len(found) >= _MOST_ATTRIBUTES:
                break
    return found


def take_decoded(weave: Weave, source: str, start: int, end: int) -> None:
    """Take a run of text, each entity decoded and mapped to where it stands."""
    if source.find("&", start, end) < 0:
        weave.take(start, end)
        return
    done = start
    for match in _ENTITY.finditer(source, start, end):
        entity = match.group()
        character = unescape(entity)
        if character != entity:
            weave.take(done, match.start())
            weave.put(character, match.start(), match.end())
            done = match.end()
    weave.take(done, end)


def decoded_run(source: str, start: int, end: int) -> str:
    """A run of text with its entities decoded."""
    text = source[start:end]
    return _ENTITY.sub(lambda found: unescape(found.group()), text) if "&" in text else text
