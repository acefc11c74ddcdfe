"""Which period a figure describes.

Every dated expression in reach is an option, beside the option of none; evidence about its place
(clause, sentence, heading, column) and part (deadline, comparison) is weighed. Nothing is invented.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.domain.period import Period, Precision
from tracker.extract.bases import Place, compared, compared_date, level_base
from tracker.extract.candidates import headers_of
from tracker.extract.decide import Features, Linear
from tracker.extract.editions import FRAMES, Editions
from tracker.extract.header_dates import days_of, is_year, on_the_day, within_months
from tracker.extract.keys import phrase
from tracker.extract.model import BlockKind, PeriodMention, Quantity, Role, Span
from tracker.extract.movement import CHANGES, movement
from tracker.extract.owned import anothers, listed_date, measured_from, own_date
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene

_NEAR = 3
_EARLIER = 4
_FIRST = 4
_HERE = ("own_left", "own_right", "sent_left", "sent_right")
_NEAR_HERE = (*_HERE, "column", "row")
_ISSUED = PeriodMention(Span(0, 0), None, Role.DURING)
_NEWS_DAYS = 3
_SAME = frozenset(phrase("cùng same"))
_NOW = frozenset(phrase("hiện now current currently present"))


@dataclass(frozen=True, slots=True)
class Timing:
    """One way to date a number. ``how`` says where the date stands; ``none`` dates it not at all."""

    period: Period | None
    how: str
    features: Features
    mention: PeriodMention | None = None
    base: Period | None = None


class Timer:
    """Dates the numbers of one scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._order = {id(passage): at for at, passage in enumerate(scene.passages)}

    @cached_property
    def _editions(self) -> Editions:
        """Gathered where a number asks for them; most pages have none."""
        return Editions(self._scene)

    def date(self, passage: Passage, quantity: Quantity, topic: int, weighed: Linear) -> Timing:
        """The likeliest option for ``quantity`` as a figure of the indicator ``topic``."""
        return self.weigh(passage, quantity, topic, weighed)[0]

    def weigh(self, passage: Passage, quantity: Quantity, topic: int, weighed: Linear) -> tuple[Timing, float]:
        """The likeliest option, and how likely its period is among all of them."""
        options = self.options(passage, quantity, topic)
        known = [each for each in options if each.how not in FRAMES or f"how_{each.how}" in weighed.weights]
        scored = [(weighed.score(option.features), option) for option in known]
        top, best = max(scored, key=lambda each: each[0])
        powers = [(math.exp(score - top), option) for score, option in scored]
        agreed = sum(power for power, option in powers if option.period == best.period)
        return best, agreed / sum(power for power, _ in powers)

    def options(self, passage: Passage, quantity: Quantity, topic: int) -> list[Timing]:
        """Every date in reach with its evidence, and none."""
        first, last = passage.token_span(quantity.span)
        change = quantity.unit in CHANGES or movement(passage, quantity, level=True).sign != 0
        place = Place(
            passage,
            quantity,
            first,
            last,
            passage.sentence_at(first),
            self._planned(passage, first, last) or self._headed_for_goals(passage),
            change,
            self._dated(passage, first),
        )
        base = measured_from(passage, quantity) or compared_date(place) or level_base(place)
        found = self._inside(place, topic, base)
        if not any(option.features.get("tied") for option in found):
            found += self._outside(place, topic)
        nothing: Features = {
            "none": 1.0,
            f"none_{passage.block.kind.value}": 1.0,
            "none_now": float(self._present(place)),
            "none_planned": float(place.planned),
            "none_carried": float(not self._named(place, topic)),
            "none_alone": float(not found),
            "none_sentence_dated": float(any(o.how in ("own_left", "own_right", "sent_left") for o in found)),
            "none_headed": float(any(o.how in ("heading", "title") for o in found)),
            "none_framed": float(any(o.how in ("front", "edition") for o in found)),
            "none_issued": float(any(o.how == "issue" for o in found)),
            "none_change": float(place.change),
        }
        found.append(Timing(None, "none", nothing))
        if base is None or base.period is None:
            return found
        return [replace(option, base=base.period) for option in found]

    @staticmethod
    def _dated(passage: Passage, first: int) -> bool:
        """Whether a date that is no comparison stands before the number in its sentence."""
        sentence = passage.sentence_at(first)
        for mention in passage.periods:
            high = passage.token_span(mention.span)[1]
            if high >= first:
                break
            its_own = mention.period is not None and mention.role is not Role.AGAINST
            if its_own and passage.sentence_at(high) == sentence:
                return True
        return False

    @staticmethod
    def _named(place: Place, topic: int) -> bool:
        here = place.passage.sentences[place.sentence] if place.passage.sentences else None
        return here is not None and any(
            m.indicator == topic and m.coverage > 0.3 and here.first <= m.first < here.last
            for m in place.passage.mentions
        )

    def _planned(self, passage: Passage, first: int, last: int) -> bool:
        if passage.cue_places.keys().isdisjoint(("target", "forecast")):
            return False
        low, high = first, last
        while low > 0 and passage.breaks[low] < 2 and first - low < 14:
            low -= 1
        while high + 1 < len(passage.keys) and not passage.breaks[high + 1] and high - last < 8:
            high += 1
        return any(
            cue.payload in ("target", "forecast")
            and not (at == last + 1 and any(other.payload == "unlike" for other in passage.cues[at]))
            for at in range(low, high + 1)
            for cue in passage.cues.get(at, ())
        )

    def _headed_for_goals(self, passage: Passage) -> bool:
        """Whether the nearest heading that says so announces goals; for a cell, its headers."""
        rows, columns, _ = headers_of(self._scene, passage)
        for group in (columns, rows, self._scene.scopes(passage)):
            for each in group:
                if each.block.kind is BlockKind.TITLE:
                    continue
                said = each.cue_places.keys() & {"target", "actual"}
                if said:
                    return said == {"target"}
        return False

    def _inside(self, place: Place, topic: int, base: PeriodMention | None) -> list[Timing]:
        passage = place.passage
        options: list[Timing] = []
        nearest: dict[str, int] = {}
        own_one = listed_date(passage, place.quantity) or own_date(passage, place.quantity, change=place.change)
        for mention in passage.periods if own_one is None else (own_one,):
            if mention.period is None or mention is base:
                continue
            low, high = passage.token_span(mention.span)
            sentence = passage.sentence_at(low)
            if not place.sentence - _EARLIER <= sentence <= place.sentence:
                continue
            if mention is not own_one and sentence == place.sentence and self._anothers(place, mention, low):
                continue
            side = "left" if high < place.first else "right"
            gap_low, gap_high = (high, place.first) if side == "left" else (place.last, low)
            parted = passage.parted(gap_low + 1, gap_high + 1)
            between = passage.figures_between(gap_low, gap_high)
            if sentence != place.sentence:
                how = "prev1" if place.sentence - sentence == 1 else "prev2"
            else:
                how = ("own_" if parted == 0 else "sent_") + side
            beside = gap_high - gap_low <= _NEAR and parted <= 1 and not between
            own = beside and mention.role is Role.AGAINST and not place.change
            if own and side == "right" and place.quantity.unit == "percent" and passage.keys[place.last + 1] == "so":
                continue
            features = self._common(place, mention, how, Role.DURING if own else mention.role)
            features |= {
                f"{how}_distance": math.log1p(max(0, gap_high - gap_low - 1)),
                f"{how}_numbers": min(3.0, between) / 2,
                f"{how}_parted": min(3.0, parted) / 2,
                "adjacent_" + side: float(beside),
                "consumed": float(self._consumed(passage, place, low)),
                "opens_sentence": float(low <= passage.sentences[sentence].first + 2),
                "opens_passage": float(low <= 4),
                f"compared_{side}": float(compared(passage, gap_low + 1, gap_high)),
                "strong_break": float(any(passage.breaks[at] == 2 for at in range(gap_low + 1, gap_high + 1))),
            }
            if mention is own_one:
                features["tied"] = 1.0
            if sentence != place.sentence:
                features |= self._earlier(place, sentence, topic)
            nearest[how] = len(options) if side == "left" else nearest.get(how, len(options))
            options.append(Timing(mention.period, how, features, mention))
        for how, at in nearest.items():
            options[at].features[f"nearest_{how}"] = 1.0
        return options

    @staticmethod
    def _anothers(place: Place, mention: PeriodMention, low: int) -> bool:
        """Whether a date is another number's; the like period of another year is none that a change ends at."""
        same = place.change and place.passage.keys[low] in _SAME
        return same or anothers(place.passage, mention, place.first, place.last)

    def _consumed(self, passage: Passage, place: Place, low: int) -> bool:
        """Another number stands right before the date: it is that number's."""
        ends = passage.figure_ends
        near = ends[bisect_left(ends, low - 2) : bisect_left(ends, low)]
        return len(near) > (place.last in near and not place.quantity.noise)

    def _earlier(self, place: Place, sentence: int, topic: int) -> Features:
        """Whether the sentence that holds the date speaks of the same, and this one of nothing new."""
        passage = place.passage
        then, now = passage.sentences[sentence], passage.sentences[place.sentence]
        said = {m.indicator for m in passage.mentions if then.first <= m.first < then.last and m.weight > 0.5}
        named = {m.indicator for m in passage.mentions if now.first <= m.first < now.last and m.weight > 0.5}
        return {
            "earlier_same": float(topic in said),
            "earlier_nothing_new": float(not named),
            "earlier_carried": float(topic in said and topic not in named),
            "earlier_same_named": float(topic in named and topic in said),
            "earlier_new_topic": float(topic in named and topic not in said),
            "earlier_dated_here": float(
                any(
                    m.period is not None and passage.sentence_at(passage.token_span(m.span)[0]) == place.sentence
                    for m in passage.periods
                )
            ),
        }

    def _common(self, place: Place, mention: PeriodMention, how: str, role: Role | None) -> Features:
        features: Features = {f"how_{how}": 1.0}
        period, anchor = mention.period, self._scene.anchor
        assert period is not None  # noqa: S101 - only dated mentions are options
        if role is not None:
            features[f"role_{role.value}"] = 1.0
            if place.planned:
                features[f"planned_{role.value}"] = 1.0
            if place.change:
                features[f"change_{role.value}"] = 1.0
        features[f"precision_{period.precision.value}"] = 1.0
        if place.change and period.end.year - period.start.year >= 1:
            features["change_over_years"] = 1.0
        features["to_date"] = float(mention.to_date)
        features["relative"] = float(mention.relative)
        if role is not None:
            features[f"{how}_{role.value}"] = 1.0
        if place.planned:
            features[f"{how}_planned"] = 1.0
        if how not in _HERE:
            features["carried_future_plain"] = float(not place.planned and anchor is not None and period.start > anchor)
            features["carried_running_plain"] = float(
                not place.planned and anchor is not None and period.start <= anchor < period.end
            )
            features["carried_deadline_plain"] = float(not place.planned and mention.role is Role.BY)
        if how not in _NEAR_HERE:
            features["far_sentence_dated"] = float(place.dated)
        if anchor is not None:
            when = "future" if period.start > anchor else "running" if period.end > anchor else "over"
            features[f"{when}_{'planned' if place.planned else 'plain'}"] = 1.0
            day = period.precision is Precision.DAY and period.start == period.end
            near = abs((period.end - anchor).days) if day else 99
            features["day_of_publication"] = float(near == 0 and not mention.to_date)
            features["day_near_publication"] = float(near <= _NEWS_DAYS and not mention.to_date)
        return features

    @staticmethod
    def _present(place: Place) -> bool:
        low = place.first
        while low > 0 and place.passage.breaks[low] < (2 if not place.dated else 1):
            low -= 1
        return any(place.passage.keys[at] in _NOW for at in range(low, place.first))

    def _outside(self, place: Place, topic: int) -> list[Timing]:
        scene, passage = self._scene, place.passage
        groups: list[tuple[str, list[Passage]]] = []
        if passage.block.cell is not None:
            rows, columns, above = headers_of(scene, passage)
            yearly = any(is_year(mention) for each in columns for mention in each.periods)
            groups = [("column", columns), ("row", [each for each in rows if not (yearly and days_of(each))])]
            scopes = above
        else:
            rows, scopes = [], scene.scopes(passage)
        for kind, how in (
            (BlockKind.CAPTION, "caption"),
            (BlockKind.ITEM, "lead"),
            (BlockKind.PARAGRAPH, "lead"),
            (BlockKind.HEADING, "heading"),
            (BlockKind.TITLE, "title"),
            (BlockKind.DATELINE, "dateline"),
        ):
            groups.append(
                (how, [scope for scope in scopes if scope.block.kind is kind and (how != "lead" or scope.leads)])
            )
        if scene.title is not None and scene.title not in scopes and scene.title is not passage:
            groups.append(("title", [scene.title]))
        options: list[Timing] = []
        nearest = {"heading": True, "title": True, "lead": True}
        for how, passages in groups:
            for depth, each in enumerate(passages):
                dated = [mention for mention in each.periods if mention.period is not None]
                if how == "column":
                    dated = [on_the_day(mention, rows) for mention in dated]
                for at, plain in enumerate(dated):
                    heads = how in ("column", "row") and not any(cue.payload == "target" for cue in each.cue_list)
                    mention = within_months(plain, scopes, scene.anchor) if heads else plain
                    features = self._common(place, mention, how, mention.role) | {
                        f"{how}_depth": float(depth),
                        f"{how}_only": float(len(dated) == 1),
                    }
                    if how != "heading":
                        features[f"{how}_first"] = float(not depth and at == len(dated) - 1)
                        features[f"{how}_nearest"] = float(nearest.get(how, False) and at == len(dated) - 1)
                    options.append(Timing(mention.period, how, features, mention))
                if dated:
                    nearest[how] = False
        headed = [option for option in options if option.how in ("column", "row")]
        if headed:
            return headed
        options += self._neighbours(place, topic)
        return options + self._framed(place, topic, options)

    def _framed(self, place: Place, topic: int, known: list[Timing]) -> list[Timing]:
        """What the front of the document, or the edition of a ranking, dates."""
        here = {option.period for option in known}
        found = []
        for frame in self._editions.frames(place.passage, self._order[id(place.passage)], topic):
            if frame.period in here:
                continue
            here.add(frame.period)
            mention = frame.mention or _ISSUED
            features = self._common(place, replace(mention, period=frame.period), frame.how, mention.role) | {
                f"{frame.how}_change": float(place.change),
                f"{frame.how}_named": float(self._named(place, topic)),
                f"{frame.how}_rank": float(place.quantity.unit in ("rank", "places")),
                f"{frame.how}_first": float(self._order[id(place.passage)] <= _FIRST),
            }
            found.append(Timing(frame.period, frame.how, features, frame.mention))
        return found

    def _neighbours(self, place: Place, topic: int) -> list[Timing]:
        """The last date of the passages before, where nothing nearer gives one."""
        passages = self._scene.passages
        at = self._order[id(place.passage)]
        for back in range(1, 4):
            if at - back < 0:
                break
            before = passages[at - back]
            if before.block.cell is not None or before.block.kind in (BlockKind.TITLE, BlockKind.HEADING):
                continue
            dated = [m for m in before.periods if m.period is not None and m.role is not Role.AGAINST]
            if dated:
                said = any(m.indicator == topic and m.weight > 0.4 for m in before.mentions)
                features = self._common(place, dated[0], "before", dated[0].role) | {
                    "before_gap": float(back),
                    "before_same": float(said),
                    "before_carried": float(said and not self._named(place, topic)),
                }
                return [Timing(dated[0].period, "before", features, dated[0])]
        return []
