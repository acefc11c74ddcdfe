"""What ``tracker serve`` answers over HTTP: health, and the status as JSON. The page comes later."""

from tracker.web.app import Pulse, make_app

__all__ = ["Pulse", "make_app"]
