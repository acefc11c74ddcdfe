"""Models that weigh the evidence: sums, and small trees of yes and no. The weights are a file that can be read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, TypeAlias

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Linear:
    """``weights`` per feature; the features that moved a decision are its explanation."""

    weights: dict[str, float]

    def score(self, features: Features) -> float:
        """The weighted sum."""
        weight, score = self.weights.get, 0.0
        for name, value in features.items():
            if value:
                score += weight(name, 0.0) * value
        return score

    def probability(self, features: Features) -> float:
        """The weighted sum as a probability."""
        return sigmoid(self.score(features))

    def reasons(self, features: Features, most: int = 6) -> list[tuple[str, float]]:
        """The features with the largest part in the score, largest first."""
        parts = [
            (name, self.weights[name] * value) for name, value in features.items() if value and name in self.weights
        ]
        return sorted(parts, key=lambda part: -abs(part[1]))[:most]


Node: TypeAlias = "tuple[int, float, Node, Node] | float"
"""A question, ``(place, least, no, yes)``: is the feature of this place above ``least``; the answer is a score or the
next question. A plain tuple, since a reading is asked hundreds of them.
"""


@dataclass(frozen=True, slots=True)
class Trees:
    """Questions whose answers are added up: what linear weights cannot say, that two features hold together."""

    bias: float
    names: tuple[str, ...]
    trees: tuple[Node, ...]

    def probability(self, features: Features) -> float:
        """The sum of the answers as a probability."""
        score, values = self.bias, [features.get(name, 0.0) for name in self.names]
        for node in self.trees:
            while isinstance(node, tuple):
                place, least, no, yes = node
                node = yes if values[place] > least else no  # noqa: PLW2901 - down the tree
            score += node
        return sigmoid(score)


def trees(stored: Mapping[str, Any]) -> Trees:
    """Trees from ``{"bias": number, "trees": [node]}``; a node is a score or ``[feature, least, no, yes]``."""
    places: dict[str, int] = {}

    def node(form: Any) -> Node:
        if isinstance(form, list):
            feature, least, no, yes = form
            return places.setdefault(feature, len(places)), least, node(no), node(yes)
        return float(form)

    asked = tuple(node(each) for each in stored["trees"])
    return Trees(float(stored["bias"]), tuple(places), asked)


@dataclass(frozen=True, slots=True)
class Models:
    """``binding``: is this number a figure of this indicator. ``modes``: reported, target, forecast.

    ``chain``: does a number that nothing claims go on with the figure before it.
    ``change``: does it state a change. ``timing``: is this its date. ``confidence``: is the whole
    reading right; its calibration is a list of knots (score, probability). Thresholds: ``least`` to be
    weighed as a whole, ``least_confidence`` to be read, ``accept`` to be recorded.
    """

    binding: Linear
    chain: Trees
    modes: dict[str, Linear]
    change: Linear
    timing: Linear
    confidence: Trees
    knots: tuple[tuple[float, float], ...]
    least: float
    least_confidence: float
    accept: float


def sigmoid(score: float) -> float:
    """1 / (1 + e^-score), without overflow."""
    if score < -40:
        return 0.0
    return 1 / (1 + math.exp(-score))


def softmax(scores: dict[str, float]) -> dict[str, float]:
    """Scores as probabilities that sum to one."""
    top = max(scores.values())
    powers = {name: math.exp(score - top) for name, score in scores.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}


def calibrated(score: float, knots: tuple[tuple[float, float], ...]) -> float:
    """Linear between the knots, level beyond them."""
    if not knots:
        return score
    if score <= knots[0][0]:
        return knots[0][1]
    for (low, first), (high, last) in pairwise(knots):
        if score <= high:
            return first + (last - first) * (score - low) / (high - low) if high > low else last
    return knots[-1][1]


#: Without trees no figure goes on with another.
_NOTHING_GOES_ON = {"bias": -40.0, "trees": []}


def from_weights(stored: dict[str, object]) -> Models:
    """Models from the form of ``weights.json``."""
    data: dict[str, dict[str, float]] = stored  # type: ignore[assignment]
    modes: dict[str, dict[str, float]] = stored["modes"]  # type: ignore[assignment]
    knots: list[list[float]] = stored["knots"]  # type: ignore[assignment]
    return Models(
        Linear(data["binding"]),
        trees(stored.get("chain", _NOTHING_GOES_ON)),  # type: ignore[arg-type]
        {name: Linear(weights) for name, weights in modes.items()},
        Linear(data["change"]),
        Linear(data["timing"]),
        trees(data["confidence"]),
        tuple((low, high) for low, high in knots),
        float(str(stored["least"])),
        float(str(stored["least_confidence"])),
        float(str(stored["accept"])),
    )


@lru_cache(maxsize=1)
def models() -> Models:
    """The models of the package."""
    text = resources.files("tracker.extract").joinpath("weights.json").read_text("utf-8")
    return from_weights(json.loads(text))
