"""Evidence becomes observations: the same fact, a revision, a conflict, a doubt."""

from tracker.series.fold import build_series, known_by, undecided, unfold
from tracker.series.promises import in_force, restatements
from tracker.series.record import evidence_of
from tracker.series.vintages import Vintage, vintages

__all__ = [
    "Vintage",
    "build_series",
    "evidence_of",
    "in_force",
    "known_by",
    "restatements",
    "undecided",
    "unfold",
    "vintages",
]
