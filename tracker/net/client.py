"""One request and its whole answer, with limits on time, size and ways."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import httpx

from tracker.errors import AddressRefused, BrokenAnswer, NoAnswer, WorldError
from tracker.net.addresses import Allowance
from tracker.net.decoding import ACCEPTED, Body
from tracker.net.guard import GuardedTransport, Resolver, resolve, ssl_context
from tracker.net.urls import WebAddress, check_url

USER_AGENT = "tracker/0.1"
MOST_REDIRECTS = 5
LONGEST_ACKNOWLEDGEMENT = 16_384
"""Bytes of the answer to a POST that are taken, and thrown away, before the connection is closed."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_ANYONE = frozenset({"accept", "accept-language"})
"""Headers that may follow a redirect to another host; all others were meant for the first one."""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What holds for every request. Times in seconds, ``limit`` in bytes of the unpacked body."""

    allowance: Allowance = field(default_factory=Allowance)
    total: float = 60.0
    connect: float = 10.0
    read: float = 30.0
    limit: int = 20_000_000
    user_agent: str = USER_AGENT
    ca_file: str | None = None
    resolver: Resolver = field(default=resolve, repr=False)


@dataclass(frozen=True, slots=True)
class Response:
    """``headers`` are in the server's order and spelling of values, names in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    final_url: str

    def header(self, name: str) -> str | None:
        """The first value of a header, exactly as it came."""
        return next((value for key, value in self.headers if key == name.lower()), None)


async def get(settings: ClientSettings, url: str, headers: Mapping[str, str] | None = None) -> Response:
    """Fetch ``url``, following redirects, each through the same checks.

    Raises:
        AddressRefused: the address, or one that it leads to, may not be fetched.
        NoAnswer: nobody answered, or not in ``settings.total`` seconds.
        BrokenAnswer: what came cannot be taken.
    """
    address = check_url(url)
    try:
        async with asyncio.timeout(settings.total), _client(settings) as client:
            return await _follow(client, settings, address, dict(headers or {}))
    except TimeoutError as error:
        raise NoAnswer(f"{address.origin} did not answer in {settings.total:g} s") from error
    except Exception as error:  # a hostile answer can break the library anywhere
        raise _mapped(error, address) from error


async def post(settings: ClientSettings, url: str, headers: Mapping[str, str], content: bytes) -> Response:
    """Send ``content``. Redirects are answers like any other, and the answer's body is dropped.

    Raises:
        AddressRefused: the address may not be connected to.
        NoAnswer: nobody answered, or not in ``settings.total`` seconds.
        BrokenAnswer: what came is no HTTP.
    """
    return await _post(settings, url, headers, content, _dropped)


async def ask(settings: ClientSettings, url: str, headers: Mapping[str, str], content: bytes) -> Response:
    """Send ``content`` and take the whole answer. A redirect is an answer: what was sent goes nowhere else.

    Raises:
        AddressRefused: the address may not be connected to.
        NoAnswer: nobody answered, or not to the end in ``settings.total`` seconds.
        BrokenAnswer: what came is no HTTP, or more than ``settings.limit`` bytes.
    """

    async def whole(answer: httpx.Response) -> Response:
        return await _whole(answer, settings.limit)

    return await _post(settings, url, headers, content, whole)


async def _post(
    settings: ClientSettings,
    url: str,
    headers: Mapping[str, str],
    content: bytes,
    take: Callable[[httpx.Response], Awaitable[Response]],
) -> Response:
    address = check_url(url)
    try:
        async with asyncio.timeout(settings.total), _client(settings) as client:
            request = client.build_request("POST", address.url, headers=_encoded(headers), content=content)
            answer = await client.send(request, stream=True)
            try:
                return await take(answer)
            finally:
                await answer.aclose()
    except TimeoutError as error:
        raise NoAnswer(f"{address.origin} did not answer in {settings.total:g} s") from error
    except Exception as error:  # a hostile answer can break the library anywhere
        raise _mapped(error, address) from error


async def _dropped(answer: httpx.Response) -> Response:
    await _drop(answer)
    return Response(answer.status_code, _headers(answer), b"", str(answer.url))


def _client(settings: ClientSettings) -> httpx.AsyncClient:
    # One client per request: a shared one is of no use after a cancelled request.
    context = ssl_context(settings.ca_file)
    return httpx.AsyncClient(
        transport=GuardedTransport(settings.allowance, context, settings.resolver),
        headers={"User-Agent": settings.user_agent, "Accept-Encoding": ACCEPTED},
        timeout=httpx.Timeout(settings.read, connect=settings.connect),
        follow_redirects=False,
        trust_env=False,
    )


async def _follow(
    client: httpx.AsyncClient, settings: ClientSettings, address: WebAddress, headers: dict[str, str]
) -> Response:
    for _ in range(MOST_REDIRECTS + 1):
        request = client.build_request("GET", address.url, headers=_encoded(headers))
        answer = await client.send(request, stream=True)
        try:
            if answer.status_code not in _REDIRECTS:
                return await _whole(answer, settings.limit)
            following = _next_address(answer, address)
        finally:
            await answer.aclose()
        if following.origin != address.origin:
            headers = {name: value for name, value in headers.items() if name.lower() in _FOR_ANYONE}
            client.cookies.clear()
        address = following
    raise BrokenAnswer(f"{address.origin} redirects more than {MOST_REDIRECTS} times")


def _next_address(answer: httpx.Response, address: WebAddress) -> WebAddress:
    location = answer.headers.get("location", "").strip().replace(" ", "%20")
    if not location:
        raise BrokenAnswer(f"{address.origin} redirects to nowhere")
    try:
        joined = str(address.url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise BrokenAnswer(f"{address.origin} redirects to what is no address") from error
    try:
        # A whole address is checked as the server wrote it: joining smooths over what is odd in it.
        following = check_url(location if _SCHEME.match(location) or "\\" in location else joined)
    except AddressRefused as error:
        raise AddressRefused(f"{address.origin} redirects to a refused address: {error}") from error
    if address.url.scheme == "https" and following.url.scheme == "http":
        raise AddressRefused(f"{address.origin} redirects from https to http")
    return following


async def _whole(answer: httpx.Response, limit: int) -> Response:
    body = Body(answer.headers.get("content-encoding", ""), limit)
    async for piece in answer.aiter_raw(65_536):
        body.add(piece)
    return Response(answer.status_code, _headers(answer), body.finish(), str(answer.url))


async def _drop(answer: httpx.Response) -> None:
    taken = 0
    try:
        async with asyncio.timeout(2):
            async for piece in answer.aiter_raw(4_096):
                taken += len(piece)
                if taken > LONGEST_ACKNOWLEDGEMENT:
                    return
    except (httpx.HTTPError, TimeoutError):
        return  # the status has been read, and it is all that counts


def _headers(answer: httpx.Response) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in answer.headers.raw)


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    # Latin-1 both ways, so that an ETag is echoed byte for byte.
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]


def _mapped(error: Exception, address: WebAddress) -> WorldError:
    origin = address.origin
    match error:
        case AddressRefused() | NoAnswer() | BrokenAnswer():
            return error
        case httpx.ConnectTimeout() | httpx.ReadTimeout() | httpx.WriteTimeout() | httpx.PoolTimeout():
            return NoAnswer(f"{origin} did not answer in time")
        case httpx.ConnectError() if isinstance(_root(error), ssl.SSLError):
            return NoAnswer(f"{origin} has no valid certificate: {_said(_root(error))}")
        case httpx.ConnectError():
            return NoAnswer(f"{origin} cannot be connected to: {_said(error)}")
        case httpx.RemoteProtocolError() | httpx.ReadError() | httpx.WriteError() | httpx.CloseError():
            return NoAnswer(f"{origin} broke off: {_said(error)}")
        case _:
            return BrokenAnswer(f"{origin} gave an answer that cannot be read ({type(error).__name__})")


def _root(error: BaseException) -> BaseException:
    while (deeper := error.__cause__ or error.__context__) is not None:
        error = deeper
    return error


def _said(error: BaseException) -> str:
    text = getattr(error, "verify_message", "") or str(error) or type(error).__name__
    return " ".join(text.split())[:200]
