"""Which spelling a Vietnamese syllable has between which neighbours: writes ``tracker/extract/marks.json``.

    python tools/learn_marks.py FOLDER...

Counts are taken from phrases of the trade (``marks_phrases.txt``), from the reader's own word lists and
from the documents of the folders, as far as they are Vietnamese; of the documents only what stands there
more than once is kept.
"""

from __future__ import annotations

import html
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from tracker.extract.marks import NUMBER, STOP, without_marks  # noqa: E402

PACKAGE = ROOT / "tracker" / "extract"
OUT = PACKAGE / "marks.json"
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*%?|[^\w\s]")
_RAW = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_LEAST_MARKED = 0.1
_OF_A_PHRASE = 3.0
_ONCE = 0.2


def words_of(text: str) -> list[str]:
    """Words in small letters; a number and a sign each as one kind."""
    kinds = []
    for token in _TOKEN.findall(unicodedata.normalize("NFC", text)):
        first = token[0]
        kinds.append(NUMBER if first.isdigit() else token.casefold() if first.isalpha() else STOP)
    return kinds


def documents(folders: Sequence[Path]) -> Iterator[str]:
    """The Vietnamese documents of the folders as plain text."""
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix not in (".txt", ".html"):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".html":
            text = html.unescape(_TAG.sub(" . ", _RAW.sub(" ", text)))
        text = unicodedata.normalize("NFC", text)
        letters = [char for char in text if char.isalpha()]
        if sum(not char.isascii() for char in letters) > _LEAST_MARKED * len(letters):
            yield text


def phrases() -> Iterator[str]:
    """Phrases of the trade, cues and places, as far as they have marks or a number."""
    lists = json.loads((PACKAGE / "lexicon.json").read_text("utf-8"))
    places = json.loads((PACKAGE / "places.json").read_text("utf-8"))
    told = (Path(__file__).parent / "marks_phrases.txt").read_text("utf-8").splitlines()
    named = [f"{kind} {place}" for place in places["provinces"] for kind in ("tỉnh", "của", "và", "ở", "tại")]
    for phrase in (
        *told,
        *(text for texts in lists.values() for text in texts),
        *places["provinces"],
        *named,
        *numerals(),
    ):
        if not phrase.isascii():
            yield phrase


def numerals() -> Iterator[str]:
    """Numbers in words as they stand in a sentence."""
    units = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    for one in units[1:]:
        for other in ("mốt", *units[1:4], "tư", "lăm", *units[5:]):
            yield f"{one} mươi {other} phần trăm"
        yield f"{one} mươi phần trăm"
    for one in units:
        for behind in ("phần trăm", "trăm", "nghìn", "triệu", "tỷ", "bậc", "lần", "điểm", "người", "tháng", "phẩy"):
            yield f"{one} {behind}"
        for before in (
            "đạt",
            "là",
            "còn",
            "tăng",
            "giảm",
            "hơn",
            "gần",
            "khoảng",
            "trên",
            "dưới",
            "mười",
            "gấp",
            "thứ",
            "phẩy",
        ):
            yield f"{before} {one}"


def learn(folders: Sequence[Path]) -> dict[str, dict[str, dict[str, float]]]:
    """Weights of words by their bare form, and of pairs whose second word could be spelt otherwise."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in documents(folders):
        found = [STOP, *words_of(text)]
        words.update(found)
        pairs.update(pairwise(found))
    words = Counter({word: count for word, count in words.items() if count > 1})
    weights: dict[str, float] = defaultdict(float, {word: float(count) for word, count in words.items()})
    together: dict[tuple[str, str], float] = defaultdict(
        float, {pair: float(count) for pair, count in pairs.items() if count > 1}
    )
    for phrase in phrases():
        found = words_of(phrase)
        for word in found:
            weights[word] += _ONCE
        for pair in pairwise(found):
            together[pair] += _OF_A_PHRASE
    options: dict[str, dict[str, float]] = defaultdict(dict)
    for word, weight in weights.items():
        if word[0].isalpha():
            options[without_marks(word)][word] = round(weight, 1)
    kept: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), weight in together.items():
        if any(len(options.get(without_marks(word), ())) > 1 for word in (one, other)):
            kept[one][other] = round(weight, 1)
    return {"words": {key: options[key] for key in sorted(options)}, "pairs": {key: kept[key] for key in sorted(kept)}}


def main() -> int:
    """Learn and write."""
    learnt = learn([Path(folder) for folder in sys.argv[1:]])
    lines = []
    for name, table in learnt.items():
        rows = ",\n".join(
            f" {json.dumps(key, ensure_ascii=False)}: {json.dumps(row, ensure_ascii=False)}"
            for key, row in table.items()
        )
        lines.append(f'"{name}": {{\n{rows}\n}}')
    OUT.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
