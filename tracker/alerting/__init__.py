"""Before and after -> alerts -> notifications, each with a named reason. Pure.

::

    detect      the state before a cycle and after it -> what happened
    | plan      alerts, routes, what was told before  -> one message per alert and channel, or why not
"""

from tracker.alerting.detect import detect
from tracker.alerting.planning import Held, Occasion, Plan, Planned, Route, plan, rehearsal
from tracker.alerting.state import State, Watched
from tracker.alerting.vanished import vanished

__all__ = [
    "Held",
    "Occasion",
    "Plan",
    "Planned",
    "Route",
    "State",
    "Watched",
    "detect",
    "plan",
    "rehearsal",
    "vanished",
]
