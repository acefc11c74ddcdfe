"""The guarded connection: resolve once, check every address, connect to one that was checked."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial

import certifi
import httpcore
import httpx

from tracker.net.addresses import Allowance

Resolver = Callable[[str, int], Awaitable[list[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """Every address of ``host``, in the system's order; ``OSError`` where it has none."""
    ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_resolving(), ask)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens the connections of one client. Below it nothing looks a name up again."""

    def __init__(self, allowance: Allowance, resolver: Resolver = resolve) -> None:
        self._allowance = allowance
        self._resolver = resolver
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first checked address that answers; ``AddressRefused`` where none may be."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolver(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} was not resolved in time") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not known") from error
        return await self._connect_first(
            self._allowance.permitted(host, addresses), port, timeout, local_address, socket_options
        )

    async def _connect_first(
        self,
        addresses: list[str],
        port: int,
        limit: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                return await self._plain.connect_tcp(address, port, limit, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never: a socket in the file system has no address to check."""
        raise httpcore.ConnectError("sockets of the file system are not connected to")

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore asks for between tries."""
        await asyncio.sleep(seconds)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx over guarded connections; of httpx's own transport only the mapping of errors is left."""

    def __init__(self, allowance: Allowance, context: ssl.SSLContext, resolver: Resolver = resolve) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=1,
            network_backend=GuardedBackend(allowance, resolver),
        )


@cache
def _resolving() -> ThreadPoolExecutor:
    # Threads of their own: a name server that hangs must not take those that write the state.
    return ThreadPoolExecutor(max_workers=16, thread_name_prefix="resolve")


@cache
def ssl_context(ca_file: str | None = None) -> ssl.SSLContext:
    """The one context of the process for these authorities: making one costs 25 ms."""
    return ssl.create_default_context(cafile=ca_file or certifi.where())
