"""What a check of a source finds, and what is known before it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.domain.source import Fetched, Validators
from tracker.errors import SourceError


@dataclass(frozen=True, slots=True)
class Known:
    """What we have of one address: the SHA-256 of its content, and what its server said of it."""

    digest: str | None = None
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of one check.

    ``documents`` are the new ones, in order of address; ``errors`` what could not be had, one
    sentence each; ``validators`` what to send next time, by address, also where the content is the
    same; ``unchanged`` the addresses that had nothing new.
    """

    documents: tuple[Fetched, ...] = ()
    errors: tuple[SourceError, ...] = ()
    validators: Mapping[str, Validators] = field(default_factory=dict)
    unchanged: tuple[str, ...] = ()


def digest(content: bytes) -> str:
    """The SHA-256 of a document, by which the same content is known again."""
    return hashlib.sha256(content).hexdigest()
