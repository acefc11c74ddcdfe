"""Tracker: reads stated figures out of documents and holds them against stated targets."""

__version__ = "0.1.0"
