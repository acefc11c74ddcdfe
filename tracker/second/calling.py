"""One call of the endpoint, over the guarded client. The secret goes into one header and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit, urlunsplit

from tracker.errors import BrokenAnswer
from tracker.net import ClientSettings, ask

PATH = "/chat/completions"
LARGEST_ANSWER = 1_000_000
"""Bytes of an answer that are taken."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``url`` is the address of an OpenAI-compatible API, with or without ``/chat/completions``; seconds."""

    url: str
    model: str
    secret: str | None = field(default=None, repr=False)
    timeout: float = 60.0

    @property
    def address(self) -> str:
        """Where requests are sent."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/")
        return urlunsplit(parts._replace(path=path if path.endswith(PATH) else path + PATH, fragment=""))


@dataclass(frozen=True, slots=True)
class Answered:
    """``body`` as it came, without the secret should the endpoint have repeated it."""

    status: int
    body: str


async def call(endpoint: Endpoint, body: bytes, settings: ClientSettings) -> Answered:
    """Ask once; whatever status comes is an answer.

    Raises:
        AddressRefused: the endpoint's address may not be connected to.
        NoAnswer: nobody answered, or not in ``endpoint.timeout`` seconds.
        BrokenAnswer: what came cannot be taken, or the secret cannot be sent.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if endpoint.secret is not None:
        if not endpoint.secret.isascii() or not endpoint.secret.isprintable():
            raise BrokenAnswer("the secret holds signs that no header takes; expected printable ASCII")
        headers["Authorization"] = f"Bearer {endpoint.secret}"
    limited = replace(settings, total=endpoint.timeout, read=endpoint.timeout, limit=LARGEST_ANSWER)
    answer = await ask(limited, endpoint.address, headers, body)
    text = answer.content.decode("utf-8", "replace")
    return Answered(answer.status, text.replace(endpoint.secret, "…") if endpoint.secret else text)
