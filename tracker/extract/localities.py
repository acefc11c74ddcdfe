"""Which town or province "tỉnh", "the city" and the like mean."""

from __future__ import annotations

from tracker.domain.indicator import Area
from tracker.extract.keys import key, phrase
from tracker.extract.passages import AreaMention, Passage
from tracker.extract.scene import Scene
from tracker.extract.vocabulary import Vocabulary

_CAPITAL = key("capital")
_CAPITALS = frozenset((phrase("Thủ đô"), phrase("Hà Nội"), phrase("Ha Noi"), phrase("Hanoi"), phrase("capital")))
_KINDS = frozenset(phrase("city county province state district region town council borough"))


def local_areas(words: Vocabulary) -> frozenset[str]:
    """The ids of the areas that figures are read for, not only compared with."""
    return frozenset(area.id for area in words.catalogue.areas if not area.comparator)


class Localities:
    """The places that the anaphors of a scene may stand for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._local = local_areas(scene.vocabulary)
        self._last_towns: dict[int, str | None] | None = None
        self._spoken = list(
            dict.fromkeys(
                mention.area for passage in scene.passages for mention in passage.areas if mention.area in self._local
            )
        )
        seats = [area.id for area in scene.vocabulary.catalogue.areas if area.id in self._local and _is_seat(area)]
        self._capital = seats[0] if len(seats) == 1 else None
        self._kinds: dict[str, set[str]] = {}
        for area in scene.vocabulary.catalogue.areas:
            words = {word for name in area.names for word in phrase(name, plain=scene.vocabulary.plain)}
            for kind in _KINDS & words:
                self._kinds.setdefault(kind, set()).add(area.id)

    def called(self, passage: Passage, anaphor: AreaMention) -> str | None:
        """The area last named that has the word of the anaphor ("city", "county") in a name."""
        kind = passage.keys[anaphor.last]
        if kind == _CAPITAL and self._capital is not None:
            return self._capital
        named = self._kinds.get(kind, set())
        if not named:
            return None
        for each in (passage, *self._scene.scopes(passage)):
            for mention in reversed(each.areas):
                if mention.area in named and (each is not passage or mention.first < anaphor.first):
                    return mention.area
        spoken = [area for area in self._spoken if area in named]
        return spoken[0] if len(spoken) == 1 else None

    def named_before(self, passage: Passage, anaphor: AreaMention) -> str | None:
        """The area named just before "tỉnh", "the province" in the same passage."""
        for mention in reversed(passage.areas):
            if mention.area in self._scene.vocabulary.countries:
                continue
            if mention.first < anaphor.first and mention.area in self._local and mention.role in ("subject", "office"):
                return mention.area
        main = self._scene.main
        if main is not None and main not in self._scene.vocabulary.countries:
            return None
        return self._before(passage)

    def _before(self, passage: Passage) -> str | None:
        """The last town or province that a passage before this one spoke of."""
        if self._last_towns is None:
            self._last_towns = self._find_last_towns()
        return self._last_towns[passage.index]

    def _find_last_towns(self) -> dict[int, str | None]:
        """By the index of a block: the last town or province that a block before it spoke of."""
        last: dict[int, str | None] = {}
        latest: str | None = None
        for passage in self._scene.passages:
            last.setdefault(passage.index, latest)
            if passage.block.cell is None:
                latest = self._last_town(passage) or latest
        return last

    def _last_town(self, passage: Passage) -> str | None:
        for mention in reversed(passage.areas):
            known = mention.area in self._local and mention.area not in self._scene.vocabulary.countries
            if known and mention.role in ("subject", "office"):
                return mention.area
        return None


def _is_seat(area: Area) -> bool:
    """Whether an area is called the capital, or is the one of Vietnam."""
    return any(phrase(name) in _CAPITALS for name in area.names)
