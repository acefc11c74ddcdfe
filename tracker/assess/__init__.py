"""METHODS: one file each; the edges; the deltas. Pure: time is an argument, nothing is read or written."""

from __future__ import annotations

from tracker.assess.case import Method, Outcome
from tracker.assess.deltas import deltas
from tracker.assess.frame import assess_frame
from tracker.assess.goal import resolve
from tracker.assess.methods import METHODS
from tracker.assess.standing import Outlook, assess, outlook, status_of
from tracker.assess.supposing import Supposed, next_period, suppose
from tracker.assess.trend import Trend

__all__ = [
    "METHODS",
    "Method",
    "Outcome",
    "Outlook",
    "Supposed",
    "Trend",
    "assess",
    "assess_frame",
    "deltas",
    "next_period",
    "outlook",
    "resolve",
    "status_of",
    "suppose",
]
