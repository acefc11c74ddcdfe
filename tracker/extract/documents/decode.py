"""Bytes to text, so that every offset is one of the decoded file as it stands.

Line ends stay as they are. A UTF-8 byte order mark stays too, as the code point U+FEFF, because a
reader that opens the file as ``utf-8`` counts it; blocks skip it like every invisible character.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tracker.extract.documents import legacy

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4096
# The labels that pages use for what is in truth the larger Windows set (WHATWG Encoding).
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """``replaced`` counts the U+FFFD that stand for bytes which could not be decoded."""

    text: str
    charset: str
    replaced: int = 0


def decoded(content: bytes, charset: str | None = None) -> Decoded:
    """Decode by the charset given, a byte order mark, ``<meta charset>``, UTF-8, or the bytes' look.

    Never fails: what cannot be decoded becomes U+FFFD and is counted.
    """
    mark = next((name for bom, name in _MARKS if content.startswith(bom)), None)
    for label in (mark, charset, None if mark else _declared(content)):
        name = _codec(label)
        text = _strict(content, name) if name else None
        if name and text is not None:
            return Decoded(text, name)
    text = _strict(content, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    return _guessed(content, _codec(mark) or _codec(charset) or _codec(_declared(content)))


def _strict(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def _codec(label: str | None) -> str | None:
    """The canonical name of a text codec; None for an unknown label."""
    if not label:
        return None
    try:
        found = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    name = "utf-8" if found.name == "utf-8-sig" else found.name
    if not getattr(found, "_is_text_encoding", True) or name in {"idna", "punycode", "undefined"}:
        return None
    return _WIDER.get(name, name)


def _declared(content: bytes) -> str | None:
    match = _META.search(content, 0, _META_WITHIN)
    label = match.group(1).decode("ascii") if match else None
    # A page whose ASCII <meta> could be read is not in UTF-16, whatever it claims.
    return "utf-8" if label and label.lower().startswith("utf-16") else label


def _guessed(content: bytes, claimed: str | None) -> Decoded:
    """Bytes that are neither what was claimed nor UTF-8."""
    vietnamese = legacy.decoded(content)
    if vietnamese is not None:
        return Decoded(*vietnamese)
    mostly = content.decode("utf-8", errors="replace")
    bad = mostly.count("\ufffd")
    # A few broken bytes in what is else UTF-8 say "damaged", not "another charset".
    well = sum(1 for byte in content if byte >= 0xC2) - bad
    if bad <= max(1, well // 4):
        return Decoded(mostly, "utf-8", bad)
    if claimed and claimed != "utf-8":
        text = content.decode(claimed, errors="replace")
        return Decoded(text, claimed, text.count("\ufffd"))
    name = _best_match(content)
    text = content.decode(name, errors="replace")
    return Decoded(text, name, text.count("\ufffd"))


def _best_match(content: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(content[: 1 << 16]).best()
    name = _codec(best.encoding) if best is not None else None
    return name or "utf-8"
