"""UTF-8 that was once read as windows-1252 ("Viá»‡t Nam"), mended where it can only be that.

Three-byte sequences of Vietnamese letters cannot stand in sound text by chance, and one of them
proves the fault for the two-byte ones around it. Only a block's normalised text is mended; the
document's own text stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def _characters(first: int, last: int) -> str:
    """A character class of how windows-1252 shows these bytes; undefined ones appear as controls."""
    found = []
    for byte in range(first, last + 1):
        try:
            found.append(bytes([byte]).decode("cp1252"))
        except UnicodeDecodeError:
            found.append(chr(byte))
    return "[" + "".join(map(re.escape, found)) + "]"


_NEXT = _characters(0x80, 0xBF)
_TWO, _THREE = _characters(0xC3, 0xC6), _characters(0xE1, 0xE2)
_SEQUENCE = re.compile(f"{_THREE}{_NEXT}{{2}}|{_TWO}{_NEXT}|{_characters(0xCC, 0xCC)}{_NEXT}")
_PROOF = re.compile(f"á[º»]{_NEXT}|â€{_NEXT}|Æ[°¡]|Ä‘")
_SIGNS = ("áº", "á»", "â€", "Æ°", "Æ¡", "Ä‘")
_FEWEST = 2


def is_garbled(text: str) -> bool:
    """The text holds letters that can only be UTF-8 read as windows-1252."""
    # The second of the two is the rarer one by far, and one character is found fastest.
    if not any(sign[1] in text and sign in text for sign in _SIGNS):
        return False
    return len(_PROOF.findall(text)) >= _FEWEST


def mended(text: str) -> Iterator[tuple[int, int, str]]:
    """Each garbled sequence of a line as ``(start, end, character)``; nothing where the line is sound."""
    if _PROOF.search(text) is None:
        return
    for match in _SEQUENCE.finditer(text):
        character = _decoded(match.group())
        if character is not None:
            yield match.start(), match.end(), character


def _decoded(sequence: str) -> str | None:
    raw = bytearray()
    for character in sequence:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            raw.append(ord(character))
    try:
        found = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return found if found.isprintable() or found == "\xa0" else None
