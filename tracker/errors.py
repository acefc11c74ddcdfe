"""Every exception that is raised on purpose.

::

    TrackerError                 one clear sentence for a person; ``exit_code`` of the command
    ├── UsageError               2  the command was called wrongly
    │   └── ConfigurationError   2  the configuration has mistakes; holds all of them
    ├── StateError               3  the state could not be read or written
    │   └── StateLocked          3  another ``serve`` holds this state folder
    └── WorldError               1  something outside failed
        ├── SourceError             a document could not be had or read
        │   ├── SourceUnavailable       worth another try (no answer, 429, 5xx)
        │   └── SourceRejected          an answer that is not the document
        ├── AddressRefused          a private or forbidden address
        ├── NoAnswer                nobody answered a request, or not to its end
        ├── BrokenAnswer            an answer that cannot be taken: too large, cut, garbled
        └── DeliveryError           a notification was not taken
            ├── ChannelDown             whatever else waits for the channel would fare the same
            ├── ChannelTroubled         the receiver cannot now
            └── NotificationRefused     the receiver will not have this one
"""

from __future__ import annotations

from dataclasses import dataclass


class TrackerError(Exception):
    """A failure that a person is told in one sentence: which thing, what was expected, what came."""

    exit_code = 1


class UsageError(TrackerError):
    """The command was called wrongly."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a configuration, as ``file:line:column: path: text``; both counted from 1."""

    file: str
    line: int
    column: int
    path: str
    text: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        return f"{where}: {self.path}: {self.text}" if self.path else f"{where}: {self.text}"


class ConfigurationError(UsageError):
    """The configuration has mistakes; all of them are in ``mistakes``, in order of place."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


class StateError(TrackerError):
    """The state could not be read or written."""

    exit_code = 3


class StateLocked(StateError):
    """Another ``serve`` holds this state folder."""


class WorldError(TrackerError):
    """Something outside the program failed."""

    exit_code = 1


class SourceError(WorldError):
    """A document could not be had or read."""


class SourceUnavailable(SourceError):
    """No document now; worth another try, not before ``retry_after`` seconds where one is given."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SourceRejected(SourceError):
    """An answer came that is not the document."""


class AddressRefused(WorldError):
    """The address is private or of a scheme that is never fetched."""


class NoAnswer(WorldError):
    """A request had no answer, or one that did not arrive in time; another try may."""


class BrokenAnswer(WorldError):
    """An answer came that cannot be taken: too large, cut, garbled, redirected in circles."""


class DeliveryError(WorldError):
    """A channel did not take a notification.

    ``permanent``: another try cannot help. ``retry_after``: seconds the receiver asked for.
    """

    def __init__(self, message: str, *, permanent: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after


class ChannelDown(DeliveryError):
    """No connection, no answer, no sender or recipient accepted: whatever else waits would fare the same."""


class ChannelTroubled(DeliveryError):
    """The receiver saw the message and cannot now (5xx, 429, a temporary code): likely so for all."""


class NotificationRefused(DeliveryError):
    """The receiver answered no to this one; others may pass."""
