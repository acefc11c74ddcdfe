"""Which rules read a document: recorded with everything that is read."""

from tracker.extract import lexicon

#: A count raised by hand where a release reads otherwise, then the fingerprint of all words and weights.
RULE_VERSION = f"1-{lexicon.fingerprint()}"
