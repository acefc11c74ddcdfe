"""Vietnamese text in the eight-bit sets that came before Unicode, recognised only with certainty.

TCVN 5712:1993 (the ".VnTime" fonts) and windows-1258. Bytes alone cannot tell them from western
text, so words decide: several of the commonest Vietnamese words must appear.
"""

from __future__ import annotations

import re
import unicodedata

# TCVN 5712 (VN3), positions 0xA1 up; the standard's table for Vietnamese letters.
_TCVN3 = {
    0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư", 0xA7: "Đ",
    0xA8: "ă", 0xA9: "â", 0xAA: "ê", 0xAB: "ô", 0xAC: "ơ", 0xAD: "ư", 0xAE: "đ",
    0xB5: "à", 0xB6: "ả", 0xB7: "ã", 0xB8: "á", 0xB9: "ạ", 0xBB: "ằ", 0xBC: "ẳ", 0xBD: "ẵ", 0xBE: "ắ",
    0xC6: "ặ", 0xC7: "ầ", 0xC8: "ẩ", 0xC9: "ẫ", 0xCA: "ấ", 0xCB: "ậ", 0xCC: "è", 0xCE: "ẻ", 0xCF: "ẽ",
    0xD0: "é", 0xD1: "ẹ", 0xD2: "ề", 0xD3: "ể", 0xD4: "ễ", 0xD5: "ế", 0xD6: "ệ", 0xD7: "ì", 0xD8: "ỉ",
    0xDC: "ĩ", 0xDD: "í", 0xDE: "ị", 0xDF: "ò", 0xE1: "ỏ", 0xE2: "õ", 0xE3: "ó", 0xE4: "ọ", 0xE5: "ồ",
    0xE6: "ổ", 0xE7: "ỗ", 0xE8: "ố", 0xE9: "ộ", 0xEA: "ờ", 0xEB: "ở", 0xEC: "ỡ", 0xED: "ớ", 0xEE: "ợ",
    0xEF: "ù", 0xF1: "ủ", 0xF2: "ũ", 0xF3: "ú", 0xF4: "ụ", 0xF5: "ừ", 0xF6: "ử", 0xF7: "ữ", 0xF8: "ứ",
    0xF9: "ự", 0xFA: "ỳ", 0xFB: "ỷ", 0xFC: "ỹ", 0xFD: "ý", 0xFE: "ỵ",
}  # fmt: skip
_COMMON = re.compile(r"\b(?:của|và|không|được|người|các|những|trong|với|đến|năm|tỷ|tỉnh|nước|đồng|một|để|đã|số|là)\b")
_DISTINCT_WORDS = 4


def decoded(content: bytes) -> tuple[str, str, int] | None:
    """``(text, charset, undecodable)`` where the words are plainly Vietnamese, else None."""
    candidates = (
        (content.decode("latin-1").translate(_TCVN3), "tcvn3", 0),
        (*_with_count(content, "cp1258"),),
    )
    scored = sorted(((_words(text), text, name, bad) for text, name, bad in candidates), reverse=True)
    best, second = scored[0], scored[1]
    if best[0] < _DISTINCT_WORDS or best[0] < 2 * second[0]:
        return None
    return best[1], best[2], best[3]


def _with_count(content: bytes, name: str) -> tuple[str, str, int]:
    text = content.decode(name, errors="replace")
    return text, name, text.count("\ufffd")


def _words(text: str) -> int:
    """How many different common words with Vietnamese letters of their own appear."""
    found = set(_COMMON.findall(unicodedata.normalize("NFC", text[: 1 << 16]).lower()))
    return len({word for word in found if not word.isascii()})
