"""What reads numbers without knowing what they are about: a set of rules as Duckling has them, and quantulum3.

Run as a script it is the child process that measures quantulum3 with an interpreter of its own: texts as a JSON list
on standard input, ``{"ms": ..., "found": ...}`` per text on standard output.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

_AMOUNT = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_SIZE = r"(?:nghìn tỷ|nghìn|ngàn|vạn|triệu|tỷ|tỉ|thousand|million|billion|trillion|bn|tn)"
_DIGIT = "không một hai ba bốn năm sáu bảy tám chín mười mươi mốt tư lăm linh lẻ trăm nghìn triệu tỷ".split()  # noqa: SIM905
#: One rule a dimension, tried at every place, as a rule engine for dimensions does.
RULES = {
    "number": re.compile(rf"(?<![\w.,]){_AMOUNT}(?:\s*{_SIZE})*"),
    "percent": re.compile(rf"{_AMOUNT}\s*(?:%|phần trăm|điểm phần trăm|per ?cent)", re.IGNORECASE),
    "money": re.compile(rf"{_AMOUNT}(?:\s*{_SIZE})*\s*(?:đồng|VND|USD|EUR|dollars?)|[$€£]\s*{_AMOUNT}", re.IGNORECASE),
    "words": re.compile(rf"\b(?:{'|'.join(_DIGIT)})(?:\s+(?:{'|'.join(_DIGIT)}))*\b", re.IGNORECASE),
    "date": re.compile(r"(?:ngày\s+)?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|tháng\s+\d{1,2}(?:/\d{4})?|năm\s+\d{4}", re.IGNORECASE),
    "quarter": re.compile(r"quý\s+(?:[IV]+|\d)(?:[/\s]\d{4})?|\b[Qq][1-4]\b", re.IGNORECASE),
    "span": re.compile(rf"(?:từ|from)\s+{_AMOUNT}\s*%?\s*(?:đến|lên|xuống|to)\s+{_AMOUNT}", re.IGNORECASE),
    "ordinal": re.compile(r"(?:thứ|hạng|vị trí)\s+\d+(?:/\d+)?", re.IGNORECASE),
    "times": re.compile(rf"gấp\s+(?:đôi|rưỡi|{_AMOUNT}\s+lần)|{_AMOUNT}\s+lần", re.IGNORECASE),
}  # fmt: skip


def by_rules(text: str) -> int:
    """How many numbers the rules find: of those that overlap the longest."""
    found = sorted((m.span() for rule in RULES.values() for m in rule.finditer(text)), key=lambda s: (s[0], -s[1]))
    kept, end = 0, -1
    for start, until in found:
        if start >= end:
            kept, end = kept + 1, until
    return kept


def by_quantulum(python: Path, texts: list[str]) -> list[tuple[float, int]] | None:
    """Processor milliseconds and numbers found per text, None where that interpreter does not have it."""
    if not python.exists():
        return None
    command = [str(python), __file__]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip().splitlines()[-1:], file=sys.stderr)
        return None
    return [(entry["ms"], entry["found"]) for entry in map(json.loads, done.stdout.splitlines())]


def _child() -> None:
    from quantulum3 import parser

    texts = json.load(sys.stdin)
    parser.parse("It is 5 km.")
    for text in texts:
        began = time.process_time()
        found = len(parser.parse(text))
        print(json.dumps({"ms": (time.process_time() - began) * 1000, "found": found}))


if __name__ == "__main__":
    _child()
