"""Dates that a document gives for all of its figures: the time it reports on, the edition of a ranking."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.figure import Unit
from tracker.domain.period import Period, Precision
from tracker.extract.model import BlockKind, PeriodMention, Role
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene

#: Where the dates that hold for what has none of its own come from.
FRAMES = frozenset({"front", "edition", "issue"})
_FRONT = 6
_BESIDE = 3
_NEWS_DAYS = 7
_REPORTED = (Role.DURING, Role.AS_OF)


@dataclass(frozen=True, slots=True)
class Frame:
    """A date for what has none of its own; ``how`` says where it is from, ``mention`` is where it stands."""

    period: Period
    how: str
    mention: PeriodMention | None = None


class Editions:
    """What the front of a document and the names of its rankings date."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._named: dict[int, list[tuple[int, PeriodMention]]] = {}
        for order, passage in enumerate(scene.passages):
            for mention in passage.periods:
                for topic in _named_beside(passage, mention):
                    self._named.setdefault(topic, []).append((order, mention))
        self._front = self._find_front()

    def frames(self, passage: Passage, order: int, topic: int) -> list[Frame]:
        """The dates that hold for a figure of ``topic`` in the passage that is the ``order``-th."""
        found = []
        if self._front is not None and passage.block.cell is None:
            found.append(Frame(self._front[1].period or Period.year(1), "front", self._front[1]))
        named = self._named.get(topic, ())
        before = [mention for at, mention in named if at <= order] or [mention for _, mention in named]
        if before and (period := before[-1].period) is not None:
            found.append(Frame(period, "edition", before[-1]))
        anchor = self._scene.anchor
        if anchor is not None and self._scene.vocabulary.units[topic] is Unit.RANK:
            found.append(Frame(Period.year(anchor.year), "issue"))
        return found

    def _find_front(self) -> tuple[Passage, PeriodMention] | None:
        """The first date at the front of the text that is no day of publication and lies not ahead."""
        anchor = self._scene.anchor
        for passage in self._scene.passages[:_FRONT]:
            if passage.block.cell is not None or passage.block.kind is BlockKind.DATELINE:
                continue
            for mention in passage.periods:
                period = mention.period
                if period is None or mention.role not in _REPORTED or mention.to_date:
                    continue
                if anchor is not None and period.start > anchor:
                    continue
                if passage.block.kind not in _HEADS and not _opens(passage, mention):
                    continue
                day = period.precision is Precision.DAY and period.start == period.end
                if day and (mention.role is not Role.AS_OF or anchor is None):
                    continue
                return passage, mention
        return None


_HEADS = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION)


def _opens(passage: Passage, mention: PeriodMention) -> bool:
    """Whether a date opens the first sentence or says there up to when is counted."""
    low, _ = passage.token_span(mention.span)
    if not passage.sentences:
        return True
    return passage.sentence_at(low) == 0 and (mention.role is Role.AS_OF or low <= _BESIDE)


def _named_beside(passage: Passage, mention: PeriodMention) -> list[int]:
    """The indicators that a year is part of the name of: "GII 2024", "Chỉ số PCI năm 2023"."""
    period = mention.period
    if period is None or period.precision is not Precision.YEAR or period.start.year != period.end.year:
        return []
    low, _ = passage.token_span(mention.span)
    found = []
    for each in passage.mentions:
        if each.coverage > 0.5 and 0 < low - each.last <= _BESIDE and not passage.parted(each.last + 1, low + 1):
            if passage.figures_between(each.last, low):
                continue
            found.append(each.indicator)
    return found
