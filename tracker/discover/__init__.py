"""What documents state that nobody tracks yet: numbers with a clear name, grouped. Pure.

::

    number that no indicator took | the noun phrase that governs it     phrases.py
                                  | unit, date, goal or figure, area    findings.py
                                  | the same words together             groups.py
                                  | entries to paste                    as_yaml.py

Precision goes before recall: what has no clear name is not shown.
"""

from tracker.discover.as_yaml import to_json, to_yaml
from tracker.discover.findings import findings_of
from tracker.discover.groups import Discovery, Goal, Proposal, discover

__all__ = ["Discovery", "Goal", "Proposal", "discover", "findings_of", "to_json", "to_yaml"]
