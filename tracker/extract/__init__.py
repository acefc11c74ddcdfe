"""From a document to the statements it makes about tracked indicators. Pure: text in, statements out."""

from tracker.extract.reading import RULE_VERSION, Leftover, Reading, read, read_bytes

__all__ = ["RULE_VERSION", "Leftover", "Reading", "read", "read_bytes"]
