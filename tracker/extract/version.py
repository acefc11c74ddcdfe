"""Which rules read a document: recorded with everything that is read."""

from tracker.extract import lexicon

RULE_VERSION = f"1-{lexicon.fingerprint()}"
