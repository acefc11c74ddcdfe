"""What every number of a document is: the indicator it is a figure of, its kind and its date.

The models weigh each number in the order of the text, so that one may go on with what the number before it was of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.domain.statement import Kind
from tracker.extract.binding import Binder, Candidate
from tracker.extract.chain import Chain
from tracker.extract.coherence import coherent
from tracker.extract.continued import Likely, Thread, asks, promised
from tracker.extract.decide import Features, Models, softmax
from tracker.extract.decided import Decided
from tracker.extract.kinds import Kinds
from tracker.extract.model import Quantity
from tracker.extract.passages import Passage
from tracker.extract.scene import Scene
from tracker.extract.timing import Timer
from tracker.extract.twins import twin

#: How likely a number must be of its indicator for the numbers after it to lean on it.
_FIRM = 0.45
#: How likely a number must go on with the figure before it to be read so.
_LINKED = 0.3


Given = tuple[Passage, Quantity, list[Candidate]]
Asked = Callable[[Candidate, Features], float]


def decide(scene: Scene, weighed: Models) -> list[Decided]:
    """Bind every number that can be bound and tell what it is."""
    binder = Binder(scene)
    given = ((passage, quantity, binder.candidates(passage, quantity)) for passage, quantity in numbers(scene))
    return coherent(judge(scene, given, binder, weighed, lambda _, features: weighed.chain.probability(features)))


def judge(scene: Scene, given: Iterable[Given], binder: Binder, weighed: Models, asked: Asked) -> list[Decided]:
    """What the numbers of a document are, with their candidates in the order of the text.

    ``asked`` says how likely a number goes on with the figure read before it.
    """
    decided: list[Decided] = []
    timer, kinds, thread, chain = Timer(scene), Kinds(scene), Thread(), Chain()
    for passage, quantity, candidates in given:
        likely = ranked(candidates, weighed)
        bound = bind_after(decided, candidates, likely, scene, weighed)
        if bound is None or bound.sure < _FIRM:
            bound = _link(chain, passage, quantity, binder, likely, asked, bound.sure if bound else _LINKED) or bound
        told = tell(bound, timer, kinds, weighed) if bound is not None else None
        if told is None or told.bound < _FIRM:
            goes_on = _go_on(thread, likely, timer, kinds, weighed)
            if goes_on is None:
                thread.passed(passage, quantity, likely)
            told = goes_on or told
        if told is not None:
            decided.append(told)
        if told is not None and told.bound >= _FIRM:
            thread.read(told)
            chain.read(told)
        elif chain.last is not None:
            chain.passed(quantity, _rival(likely, chain.last.candidate.indicator))
    return decided


def _rival(likely: Likely, number: int) -> float:
    """How likely a number is of another indicator than one."""
    return max((sure for each, sure in likely if each.indicator != number), default=0.0)


def _link(
    chain: Chain, passage: Passage, quantity: Quantity, binder: Binder, likely: Likely, asked: Asked, least: float
) -> Bound | None:
    """A number as one more figure of the indicator read last, where that is likelier than ``least``."""
    last = chain.reached(passage)
    if last is None or asks(passage, passage.token_span(quantity.number)[0]):
        return None
    number = last.candidate.indicator
    of_it = [(each, sure) for each, sure in likely if each.indicator == number]
    candidate, sure = of_it[0] if of_it else (binder.recalled(passage, quantity, number), 0.0)
    if candidate is None or candidate.subject.area is None or candidate.features.get("retracted"):
        return None
    rival = _rival(likely, number)
    linked = asked(candidate, chain.features(last, candidate, sure, rival))
    if linked < least:
        return None
    return Bound(replace(candidate, features=candidate.features | {"linked": linked}), linked, rival)


def _go_on(thread: Thread, likely: Likely, timer: Timer, kinds: Kinds, weighed: Models) -> Decided | None:
    """A goal or a forecast of the figure before it, bound as firmly as one that is just read."""
    going = thread.continues(likely)
    if going is None:
        return None
    candidate = replace(going[0], features=going[0].features | {"continued": 1.0})
    told = tell(Bound(candidate, _FIRM, 0.0), timer, kinds, weighed)
    return told if promised(told) else None


def numbers(scene: Scene) -> Iterator[tuple[Passage, Quantity]]:
    """Every number that is no noise, in the order of the text."""
    for passage in scene.passages:
        if passage.block.cell is not None and passage.block.cell.is_header:
            continue
        for quantity in passage.quantities:
            per = passage.block.text[max(0, quantity.number.start - 1) : quantity.number.start] == "/"
            if quantity.noise is None and not per:
                yield passage, quantity


@dataclass(frozen=True, slots=True)
class Bound:
    """The likeliest candidate of a number, how likely it is, and how likely the next indicator."""

    candidate: Candidate
    sure: float
    rival: float


def ranked(candidates: Sequence[Candidate], weighed: Models) -> Likely:
    """The candidates that nothing takes back with their probabilities, the likeliest first."""
    stay = [each for each in candidates if not each.features.get("retracted")]
    return sorted(((each, weighed.binding.probability(each.features)) for each in stay), key=lambda pair: -pair[1])


def bind(likely: Likely, weighed: Models) -> Bound | None:
    """The likeliest candidate, None where it is not likely enough or of no area that is tracked."""
    if not likely:
        return None
    best, sure = likely[0]
    if sure < weighed.least or best.subject.area is None:
        return None
    return Bound(best, sure, likely[1][1] if len(likely) > 1 else 0.0)


def bind_after(
    decided: Sequence[Decided], candidates: Sequence[Candidate], likely: Likely, scene: Scene, weighed: Models
) -> Bound | None:
    """The likeliest candidate of the next number; one that is hardly bound may be the twin of the number before it.

    ``likely`` are the ``candidates`` as ``ranked`` puts them.
    """
    bound = bind(likely, weighed)
    if decided and decided[-1].bound >= _FIRM and (bound is None or bound.sure < _FIRM):
        other = twin(decided[-1].candidate, candidates, scene.vocabulary.words_of)
        if other is not None:
            return Bound(other, decided[-1].bound, bound.sure if bound is not None else 0.0)
    return bound


def tell(bound: Bound, timer: Timer, kinds: Kinds, weighed: Models) -> Decided:
    """Kind and date of a bound number; a goal is dated by its deadline."""
    candidate = bound.candidate
    passage, quantity = candidate.passage, candidate.quantity
    timing, dated = timer.weigh(passage, quantity, candidate.indicator, weighed.timing)
    step = kinds.change(candidate)
    features = kinds.features(candidate, timing, step)
    modes = softmax({name: model.score(features) for name, model in weighed.modes.items()})
    if features.get("future"):
        modes = modes | {"reported": 0.0}
    elif features.get("beyond_goal_change") or features.get("belongs"):
        modes = modes | {"target": 0.0}
    mode = max(modes, key=lambda name: modes[name])
    change = weighed.change.probability(step)
    forced = candidate.fit.how == "change" or quantity.unit in ("pp", "places", "times")
    certain = bool(step.get("moved_next_percent")) and not step.get("moved_right_percent")
    changed = forced or certain or change >= 0.5 or kinds.signed(candidate)
    kind = Kind.DELTA if changed else Kind.OBSERVATION
    kind = Kind(mode) if mode != "reported" else kind
    return Decided(candidate, bound.sure, timing, features, modes, change, kind, changed, bound.rival, dated)
