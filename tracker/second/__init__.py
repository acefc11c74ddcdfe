"""The second reader: a model behind an address that says which figures it would read, and is never believed alone.

::

    a reading of the rules | numbers with a number, passages     numbering.py   pure
                           | one request, the same every time    asking.py      pure
                           | over the guarded client             calling.py     effect
                           | strictly, or not at all             answering.py   pure
                           | held against the rules              weighing.py    pure

It may say of which indicator and of what kind each numbered number is, or propose a quote with a value. Values,
areas and periods are always the rules' own. Where both agree nothing changes; where they do not, the rules'
reading waits for a person, with the other view beside it.
"""

from tracker.second.answering import Label, Opinion, Proposal, Unusable, opinion
from tracker.second.asking import Question, question
from tracker.second.calling import Answered, Endpoint, call
from tracker.second.numbering import Limits, Sheet, sheet_of
from tracker.second.weighing import Heard, weigh

__all__ = [
    "Answered",
    "Endpoint",
    "Heard",
    "Label",
    "Limits",
    "Opinion",
    "Proposal",
    "Question",
    "Sheet",
    "Unusable",
    "call",
    "opinion",
    "question",
    "sheet_of",
    "weigh",
]
