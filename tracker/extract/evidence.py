"""Where an indicator is named for a number: clause, sentence, what went before, headings, headers."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.extract.candidates import headers_of
from tracker.extract.clauses import cue, numbers_between
from tracker.extract.keys import phrase
from tracker.extract.model import BlockKind, Quantity
from tracker.extract.passages import Mention, Passage
from tracker.extract.scene import Scene

PRIOR = {
    "own_left": 1.0,
    "own_right": 0.9,
    "row": 1.0,
    "column": 1.0,
    "above": 0.55,
    "sent_left": 0.8,
    "sent_right": 0.5,
    "lead": 0.7,
    "prev1": 0.55,
    "prev2": 0.4,
    "block_before": 0.3,
    "document": 0.2,
    "heading": 0.5,
    "title": 0.3,
    "same_row": 0.3,
    "thread": 0.0,
}


_BEFORE_ONLY = frozenset(phrase("near second month"))
_FLOOR = 0.25
_RECENT = 3


@dataclass(slots=True)
class Evidence:
    """The best naming of one indicator in each channel, and the nearest mention in the sentence."""

    channels: dict[str, float] = field(default_factory=dict)
    nearest: Mention | None = None
    exact: float = 0.0

    def offer(self, channel: str, mention: Mention, share: float = 1.0) -> None:
        """Keep the best naming per channel; a weak one counts only close by."""
        quality = mention.quality * share
        if quality < _FLOOR and not channel.startswith(("own", "sent", "row", "column")):
            return
        if quality > self.channels.get(channel, 0.0):
            self.channels[channel] = quality

    @property
    def strength(self) -> float:
        """The best channel by what channels are worth."""
        return max([PRIOR[name] * value for name, value in self.channels.items()], default=0.0)


class Witnesses:
    """Gathers for every number of a scene which indicators are named for it, and where."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._order = {id(passage): at for at, passage in enumerate(scene.passages)}
        self._topics = self._last_mentions()
        self._shares = self._document_shares()
        self._natures = scene.vocabulary.natures
        self._others: dict[int, bool] = {}

    def gather(self, passage: Passage, quantity: Quantity) -> dict[int, Evidence]:
        """Evidence per indicator, by its place in the catalogue."""
        evidence: dict[int, Evidence] = {}

        def of(number: int) -> Evidence:
            return evidence.setdefault(number, Evidence())

        self._inside(passage, quantity, of)
        if passage.block.cell is not None:
            rows, columns, above = headers_of(self._scene, passage)
            for channel, passages in (("row", rows), ("column", columns), ("above", above)):
                for header in passages:
                    for mention in header.mentions:
                        of(mention.indicator).offer(channel, mention, 0.4 if self.is_other(header, mention) else 1.0)
        else:
            for depth, scope in enumerate(self._scene.scopes(passage)):
                channel = "heading" if scope.block.kind in (BlockKind.HEADING, BlockKind.TITLE) else "lead"
                for mention in scope.mentions:
                    share = 0.4 if self.is_other(scope, mention) else 1.0
                    of(mention.indicator).offer(channel, mention, share * 0.8**depth)
        if self._scene.title is not None and self._scene.title is not passage:
            for mention in self._scene.title.mentions:
                of(mention.indicator).offer("title", mention)
        for number, share in self._shares.items():
            if share >= 0.25:
                value = of(number).channels
                value["document"] = share
        at = self._order[id(passage)]
        if passage.block.cell is None:
            for number, (when, quality) in self._topics[at].items():
                value = of(number).channels
                value["block_before"] = max(value.get("block_before", 0.0), quality * (0.75 ** (at - when - 1)))
        return evidence

    def _inside(self, passage: Passage, quantity: Quantity, of: object) -> None:
        first, last = passage.token_span(quantity.number)
        number = passage.sentence_at(first)
        for mention in passage.mentions:
            where = passage.sentence_at(mention.first)
            evidence = of(mention.indicator)  # type: ignore[operator]
            if where < number:
                back = number - where
                evidence.offer("prev1" if back == 1 else "prev2", mention, 1.0 if back < 3 else 0.7)
                continue
            if where > number:
                continue
            left = mention.first <= last
            low, high = (mention.last, first) if mention.last < first else (last, mention.first)
            parted = passage.parted(low + 1, high + 1)
            numbers = numbers_between(passage, quantity, low, high)
            decay = 0.85**numbers * (0.9 ** max(0, parted - 1))
            if self._is_other_here(passage, mention):
                decay *= 0.4
            if quantity.unit == "percent" and self._natures[mention.indicator].growth and 0 < mention.first - last <= 2:
                decay *= 0.3
            channel = ("own_" if parted == 0 else "sent_") + ("left" if left else "right")
            if not left and cue(passage, "compare", last + 1, mention.first):
                decay *= 0.4
            evidence.offer(channel, mention, decay)
            if evidence.nearest is None or far(mention, first, last) < far(evidence.nearest, first, last):
                evidence.nearest = mention
            if mention.exact:
                evidence.exact = max(evidence.exact, mention.coverage * decay)

    def _is_other_here(self, passage: Passage, mention: Mention) -> bool:
        """As :meth:`is_other`, which every number of a passage asks again."""
        known = self._others.get(id(mention))
        if known is None:
            known = self._others[id(mention)] = self.is_other(passage, mention)
        return known

    def is_other(self, passage: Passage, mention: Mention) -> bool:
        """A near miss: a word of contrast inside or right before the name that its names do not have."""
        if "contrast" not in passage.cue_places:
            return False
        words_of = self._scene.vocabulary.words_of[mention.indicator]
        low = max(0, mention.first - 1)
        for at in range(low, mention.last + 1):
            for hit in passage.cues.get(at, ()):
                if (
                    hit.payload == "contrast"
                    and passage.keys[at] not in words_of
                    and (at >= mention.first or not passage.breaks[mention.first])
                ):
                    return True
        after = mention.last + 1
        return (
            after < len(passage.keys)
            and not passage.breaks[after]
            and passage.keys[after] not in _BEFORE_ONLY
            and any(
                hit.payload == "contrast" and passage.keys[after] not in words_of for hit in passage.cues.get(after, ())
            )
        )

    def _last_mentions(self) -> list[dict[int, tuple[int, float]]]:
        """Per passage: each indicator's last naming in the three passages before it, and where that was."""
        order: dict[int, int] = {}
        named: list[dict[int, tuple[int, float]]] = []
        history: list[dict[int, tuple[int, float]]] = []
        for at, passage in enumerate(self._scene.passages):
            recent = {number: said for each in named[-_RECENT:] for number, said in each.items()}
            history.append({number: recent[number] for number in sorted(recent, key=order.__getitem__)})
            here: dict[int, tuple[int, float]] = {}
            for mention in passage.mentions:
                quality = mention.quality
                if quality >= 0.45:
                    here[mention.indicator] = (at, quality)
                    order.setdefault(mention.indicator, len(order))
            named.append(here)
        return history

    def _document_shares(self) -> dict[int, float]:
        """How much of what a document names is each indicator."""
        counts: dict[int, float] = {}
        for passage in self._scene.passages:
            best = 2.0 if passage is self._scene.title else 1.0
            for mention in passage.mentions:
                quality = mention.quality
                if quality >= 0.3:
                    counts[mention.indicator] = counts.get(mention.indicator, 0.0) + best * quality
        total = sum(counts.values())
        return {number: count / total for number, count in counts.items()} if total >= 1 else {}


def far(mention: Mention, first: int, last: int) -> int:
    """Words between a naming and the number; a naming after it counts as farther."""
    return max(first - mention.last, mention.first - last, 0) + (4 if mention.first > last else 0)
