"""Names of fields as words: ``poverty_rate``, ``povertyRate`` and ``poverty-rate`` are "poverty rate"."""

from __future__ import annotations

import re

from tracker.extract.documents.normalise import Loom, Normalised

_SEAM = re.compile(r"(?<=[^\W_])[_.:-](?=[^\W_])|(?<=[a-zà-ỹ0-9])(?=[A-ZĐ][a-zà-ỹ])|\\u[0-9a-fA-F]{4}|\\.")


def readable(loom: Loom, start: int, end: int) -> Normalised:
    """The name that stands at ``start``, its words apart."""
    weave = loom.weave()
    done = start
    for found in _SEAM.finditer(loom.text, start, end):
        weave.take(done, found.start())
        weave.put(" ", found.start(), found.end())
        done = found.end()
    weave.take(done, end)
    return weave.normalised()
