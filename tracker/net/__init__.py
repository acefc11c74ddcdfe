"""The guarded client: everything that leaves over HTTP leaves through here.

The address that is connected to is the one that was checked; there is no second look-up, so that
neither a redirect nor a name that changes its mind leads anywhere else.
"""

from tracker.net.addresses import Allowance
from tracker.net.client import ClientSettings, Response, ask, get, post
from tracker.net.urls import WebAddress, check_url
from tracker.net.waiting import LONGEST_RETRY_AFTER, retry_after

__all__ = [
    "LONGEST_RETRY_AFTER",
    "Allowance",
    "ClientSettings",
    "Response",
    "WebAddress",
    "ask",
    "check_url",
    "get",
    "post",
    "retry_after",
]
