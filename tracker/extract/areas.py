"""Whom a figure is about: names of areas in a text and the part each plays there.

A province may be the subject, the place of a meeting, the address of an office or what something
is compared with; a region after a rank ("thứ 45 toàn cầu") is the field of the ranking.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from tracker.extract import lexicon
from tracker.extract.anaphors import existential, person, several, state_body, title_case
from tracker.extract.bodies import OTHER, other_bodies
from tracker.extract.keys import has_diacritics, key, phrase, tokens
from tracker.extract.model import BlockKind, Shape
from tracker.extract.passages import AreaMention, Passage
from tracker.extract.venues import is_seat, is_venue, left_out, of_a_compass
from tracker.extract.vocabulary import UNLISTED, Vocabulary

LOCALITY = "~"
HOME = "^"
NATION = "!"

_FRONT = 4
_MOST = 0.6
_CLEAR = 1.5
_LEAST_MAIN, _LEAST_ALONE = 3.5, 2.0
_VIETNAMESE = 0.1
_WEIGHT = {BlockKind.TITLE: 5.0, BlockKind.HEADING: 3.0, BlockKind.DATELINE: 2.0, BlockKind.CAPTION: 3.0}


def find_areas(passage: Passage, vocabulary: Vocabulary) -> list[AreaMention]:
    """All area names, anaphors ("toàn tỉnh", "our") and foreign subjects ("huyện", "Bộ Y tế") in order."""
    taken: set[int] = set()
    found: list[AreaMention] = []
    letterhead = _letterheads(passage, vocabulary)
    for hit in vocabulary.areas.longest(passage.keys):
        if any(first <= hit.first and hit.last <= last for first, last in letterhead):
            continue
        listed = hit.payload.area not in vocabulary.comparators and hit.payload.area != UNLISTED
        known = not listed or hit.payload.area in vocabulary.countries
        if not _proper(passage, hit.first, hit.last, capital=hit.payload.capital, known=known):
            continue
        if hit.payload.english and _syllable(passage, hit.first):
            continue
        if _lower_town(passage, hit.first, hit.last, hit.payload.area, vocabulary):
            found.append(AreaMention(OTHER, hit.first - 1, hit.last))
            taken.update(range(hit.first - 1, hit.last + 1))
            continue
        if hit.payload.area != UNLISTED and of_a_compass(passage, hit.first):
            found.append(AreaMention(UNLISTED, hit.first - 1, hit.last))
            taken.update(range(hit.first - 1, hit.last + 1))
            continue
        foreign = hit.payload.area in vocabulary.comparators or hit.payload.area == UNLISTED
        if foreign and _in_a_name(passage, hit.first, hit.last, vocabulary):
            taken.update(range(hit.first, hit.last + 1))
            continue
        role = _role(passage, hit.first, hit.last, foreign=foreign, body=hit.payload.area in vocabulary.bodies)
        found.append(AreaMention(hit.payload.area, hit.first, hit.last, role))
        taken.update(range(hit.first, hit.last + 1))
    for cue in passage.cue_list:
        if cue.first in taken:
            continue
        if cue.payload == "locality" and not (existential(passage, cue.first) or several(passage, cue.first)):
            whole = state_body(passage, cue.last)
            found.append(AreaMention(NATION if whole else LOCALITY, cue.first, cue.last))
        elif cue.payload == "nation":
            found.append(AreaMention(NATION, cue.first, cue.last))
        elif (
            cue.payload == "home"
            and not passage.tokens[cue.first].text.isupper()
            and not (cue.first and passage.keys[cue.first - 1] in _NOBODY)
        ):
            found.append(AreaMention(HOME, cue.first, cue.last, person(passage, cue.first, cue.last)))
    found += other_bodies(passage, taken, vocabulary)
    found += _foreign(passage, taken)
    found += _lowly(passage, taken)
    return sorted(found, key=lambda each: each.first)


def _syllable(passage: Passage, at: int) -> bool:
    """Tell "Lao động", "Thai sản" in a Vietnamese text from the country that an English one calls so."""
    return bool(_SYLLABLE.fullmatch(passage.tokens[at].text)) and has_diacritics(passage.block.text, _VIETNAMESE)


_SYLLABLE = re.compile(
    r"(?:ngh?|[cgkpt]h|nh|tr|gi|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.IGNORECASE
)


def _letterheads(passage: Passage, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    spans = []
    keys = passage.keys
    for words in vocabulary.letterhead:
        if words[0] not in passage.words:
            continue
        size = len(words)
        spans += [
            (at, at + size - 1)
            for at in range(len(keys) - size + 1)
            if keys[at] == words[0] and tuple(keys[at : at + size]) == words
        ]
    return spans


def _proper(passage: Passage, first: int, last: int, *, capital: bool, known: bool) -> bool:
    """Whether the words are the name by themselves and not a piece of a longer proper name.

    A name of several words that the catalogue alone knows ("Brackwell Foods") may have words after it.
    """
    words, text = passage.tokens, passage.block.text
    if capital and not words[first].capital:
        return False
    if not words[first].capital or words[first].text.isupper():
        return True
    if title_case(passage):
        return True
    if last + 1 < len(words) and words[last + 1].capital and not words[last + 1].text.isupper():
        between = text[words[last].end : words[last + 1].start]
        if between == " " and words[last + 1].key not in _KINDS_OF_PLACE and (known or first == last):
            return False
    if (
        first > 0
        and first == last
        and words[first - 1].capital
        and text[words[first - 1].end : words[first].start] == " "
    ):
        before = words[first - 1].key
        opens = bool(passage.breaks[first - 1]) or first == 1
        return before in _TITLES or before in _FUNCTION or opens
    return True


_KINDS_OF_PLACE = frozenset(phrase("province city county district state government people republic"))
_NATIONWIDE = key("nationwide")  # "Nationwide, 61 per cent": no line of a date begins so
_CAPITALS = frozenset({UNLISTED, "Hà Nội", "Hanoi"})
_TITLES = frozenset(phrase("tỉnh tp phố of the in and s"))


def _role(passage: Passage, first: int, last: int, *, foreign: bool, body: bool) -> str:
    before = passage.keys[max(0, first - 4) : first]
    cues = [
        cue.payload
        for at in range(max(0, first - 6), first)
        for cue in passage.cues.get(at, ())
        if cue.last < first and not any(passage.breaks[k] for k in range(cue.last + 1, first + 1))
    ]
    if "organisation" in cues[-3:] and _near_org(passage, first) and not body:
        return "office"
    if (passage.tokens[first].key != _NATIONWIDE and is_venue(passage, first, last)) or is_seat(passage, first, last):
        return "venue"
    if left_out(passage, first):
        return "venue"
    if "compare" in cues or "average" in cues:
        return "compare"
    led = bool(before) and not passage.breaks[first] and before[-1] in _FIELD | _DESTINED
    if foreign and (led or _after_rank(passage, first)):
        return "field"
    return "subject"


# What is sold "ra thế giới", or flown "sang Nhật Bản", is no figure of theirs.
_DESTINED = frozenset(phrase("ra sang"))
_FIELD = frozenset(phrase("trong khối vực nước within among across in bloc"))


_TOWN = (phrase("thành phố"), phrase("tp"), phrase("thị xã"), phrase("huyện"), phrase("TP."))
_MUNICIPAL = frozenset(
    phrase(name)
    for name in ("Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế", "Ha Noi", "Da Nang", "Hue")
)


def _lower_town(passage: Passage, first: int, last: int, area: str, vocabulary: Vocabulary) -> bool:
    """A town named like its province: "thành phố Sơn La" is not Sơn La."""
    name = tuple(passage.keys[first : last + 1])
    if area == UNLISTED or name in _MUNICIPAL:
        return False
    for town in _TOWN:
        if first >= len(town) and tuple(passage.keys[first - len(town) : first]) == town:
            return not vocabulary.areas.find([*town, *name]) or all(
                hit.last - hit.first + 1 <= len(name) for hit in vocabulary.areas.find([*town, *name])
            )
    return False


def _in_a_name(passage: Passage, first: int, last: int, vocabulary: Vocabulary) -> bool:
    """Whether the place belongs to what an indicator is called: "Global Innovation Index"."""
    return any(
        mention.first <= first
        and last <= mention.last
        and mention.coverage > 0.4
        and passage.keys[first] in vocabulary.words_of[mention.indicator]
        for mention in passage.mentions
    )


def _after_rank(passage: Passage, first: int) -> bool:
    for each in passage.quantities:
        if each.unit == "rank" or each.shape in (Shape.RANK, Shape.TOP):
            end = passage.token_span(each.span)[1]
            between = passage.keys[end + 1 : first]
            if first > end >= first - 2 and not any(passage.breaks[end + 1 : first + 1]) and ALSO.isdisjoint(between):
                return True
    return False


ALSO = frozenset(phrase("and but while whereas và còn"))


def _near_org(passage: Passage, first: int) -> bool:
    for at in range(first - 1, max(-1, first - 7), -1):
        if passage.breaks[at + 1]:
            return False
        for cue in passage.cues.get(at, ()):
            if cue.payload == "organisation":
                return passage.tokens[at].capital
    return False


def _foreign(passage: Passage, taken: set[int]) -> list[AreaMention]:
    """Offices, districts and companies with a capital letter: subjects that nobody tracks."""
    found = []
    words = passage.tokens
    for cue in passage.cue_list:
        if cue.payload != "organisation" or cue.first in taken:
            continue
        named = (
            words[cue.first].capital
            and cue.last + 1 < len(words)
            and (words[cue.last + 1].capital or (cue.last + 2 < len(words) and words[cue.last + 2].capital))
        )
        if named:
            found.append(AreaMention(OTHER, cue.first, cue.last, "office"))
    return found


def _lowly(passage: Passage, taken: set[int]) -> list[AreaMention]:
    """Communes, districts, wards as subjects: named ones, and those that open a clause."""
    found = []
    words = passage.tokens
    for cue in passage.cue_list:
        if cue.payload != "lowly" or cue.first in taken or cue.last + 1 >= len(words):
            continue
        if any(mention.first <= cue.first <= mention.last for mention in passage.mentions if mention.coverage > 0.5):
            continue
        counted = any(
            first <= cue.first <= last + 1 and not any(passage.breaks[last + 1 : cue.first + 1])
            for first, last in (passage.token_span(each.span) for each in passage.quantities)
        )
        following = words[cue.last + 1]
        if following.key == _SOCIETY or (cue.first and words[cue.first - 1].key in _NOT_SUBJECT):
            continue
        named = following.capital and not words[cue.first].text.isupper() and not passage.breaks[cue.last + 1]
        opens = bool(passage.breaks[cue.first]) or cue.first == 0
        ours = following.key in _OURS
        if (named or opens or ours) and not counted and not passage.breaks[cue.last + 1]:
            found.append(AreaMention(OTHER, cue.first, cue.last, "subject"))
    return found


_SOCIETY = key("hội")
_NOT_SUBJECT = frozenset([key("các"), key("những"), key("số"), key("mỗi"), key("từng"), key("đạo")])
_FUNCTION = lexicon.words("function")
_LOWLY = lexicon.words("lowly")
# "xã ta" is the commune, "người ta" anybody.
_NOBODY = _LOWLY | {key("người")}
_OURS = frozenset([key("ta"), key("nhà"), key("này"), key("hiện"), key("có")])


def _home(vocabulary: Vocabulary) -> set[str | None]:
    """The default area of most indicators, none where they differ."""
    counts: dict[str | None, int] = defaultdict(int)
    for indicator in vocabulary.indicators:
        counts[indicator.area] += 1
    return {area for area, count in counts.items() if count >= _MOST * len(vocabulary.indicators)}


def site_area(texts: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The one listed area that a page's furniture (logo, menu, "©", site name) names; None for several."""
    named: set[str] = set()
    for text in texts:
        words = tokens(text, plain=vocabulary.plain)
        for hit in vocabulary.areas.longest([word.key for word in words]):
            area = hit.payload.area
            if area == UNLISTED or area in vocabulary.comparators or not words[hit.first].capital:
                continue
            named.add(area)
    return next(iter(named)) if len(named) == 1 else None


def main_area(passages: Sequence[Passage], vocabulary: Vocabulary, site: str | None = None) -> str | None:
    """The listed area that a document is about, None where no single one stands out.

    ``site`` is whom the page's furniture names: it decides where the text does not.
    """
    home = _home(vocabulary)
    chosen = _most_spoken_of(passages, vocabulary, home)
    if chosen is not None or site is None or site in home:
        return chosen
    if home and site in vocabulary.countries:
        return None
    return site if chosen is None and not _others_open(passages, vocabulary, site) else None


def _others_open(passages: Sequence[Passage], vocabulary: Vocabulary, site: str) -> bool:
    """Whether the front of the text names somebody else."""
    return any(
        mention.area not in (site, UNLISTED, LOCALITY, HOME, OTHER, NATION)
        and mention.area not in vocabulary.comparators
        and mention.role == "subject"
        for passage in passages[:_OPENING]
        for mention in passage.areas
    )


_OPENING = 2


def _in_brackets(passage: Passage, first: int) -> bool:
    """Whether a place only says where somebody or something is from: "Ms Ebba Lorne (Lowen Valley South)"."""
    opened = passage.tokens[first].start
    return opened > 0 and passage.block.text[opened - 1] == "("


def _most_spoken_of(passages: Sequence[Passage], vocabulary: Vocabulary, home: set[str | None]) -> str | None:
    """The area with the most weight, by where and how often it is named.

    The default area of the indicators is what a text speaks of when it says nothing; a province
    becomes the main one by the title, the letterhead or by "toàn tỉnh" beside its name.
    """
    weights: dict[str, float] = defaultdict(float)
    early: set[str] = set()
    venues: set[str] = set()
    anaphors = 0
    for order, passage in enumerate(passages):
        if passage.block.cell is not None:
            continue
        weight = _WEIGHT.get(passage.block.kind, 1.0)
        if order < 3:
            weight = max(weight, 2.5)
        anaphors += sum(mention.area == LOCALITY for mention in passage.areas)
        for mention in passage.areas:
            if mention.role == "venue" and mention.area not in home and mention.area not in _CAPITALS:
                venues.add(mention.area)
            if mention.area in (UNLISTED, LOCALITY, HOME, OTHER, NATION) or mention.area in vocabulary.comparators:
                continue
            if mention.role in ("field", "venue", "compare") or _in_brackets(passage, mention.first):
                continue
            if order <= _FRONT:
                early.add(mention.area)
            weights[mention.area] += weight * (0.5 if mention.area in home else 1.0)
    if not weights:
        return next(iter(venues)) if len(venues) == 1 else None
    (best, top), *rest = sorted(weights.items(), key=lambda each: -each[1])[:2]
    alone = not home and not vocabulary.countries & {best} and early & set(weights) == {best}
    if rest and top < (1.0 if alone else _CLEAR) * rest[0][1]:
        return None
    if best not in home and top < _LEAST_MAIN and anaphors < 2 and (rest or (top < _LEAST_ALONE and best not in early)):
        return None
    return best
