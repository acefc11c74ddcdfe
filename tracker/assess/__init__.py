"""METHODS: one file each; the edges; the deltas. Pure: time is an argument, nothing is read or written."""

from __future__ import annotations

from tracker.assess.case import Method, Outcome
from tracker.assess.deltas import deltas
from tracker.assess.goal import resolve
from tracker.assess.methods import METHODS
from tracker.assess.standing import Outlook, assess, outlook
from tracker.assess.trend import Trend

__all__ = ["METHODS", "Method", "Outcome", "Outlook", "Trend", "assess", "deltas", "outlook", "resolve"]
