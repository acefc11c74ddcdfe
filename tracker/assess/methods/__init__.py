"""The progress methods. A new one is a file here and a line in ``METHODS``."""

from __future__ import annotations

from tracker.assess.case import Method
from tracker.assess.methods.destatis import destatis
from tracker.assess.methods.escap import escap
from tracker.assess.methods.rate_ratio import geometric, linear
from tracker.assess.methods.sdsn import sdsn
from tracker.assess.methods.statcan import statcan
from tracker.assess.methods.unsd import unsd

METHODS: dict[str, Method] = {method.id: method for method in (geometric, linear, statcan, unsd, escap, destatis, sdsn)}

__all__ = ["METHODS"]
