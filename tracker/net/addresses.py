"""Which network addresses may be connected to: public ones, and what the operator lists.

The ranges are written out, from the IANA registries of special-purpose addresses (IPv4 and IPv6), since
what Python's ``ipaddress`` calls global differs between versions and leaves out multicast, 6to4 and
addresses that a cloud keeps for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from tracker.errors import AddressRefused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_REFUSED = {
    "0.0.0.0/8": "an address of this host",
    "10.0.0.0/8": "a private address",
    "100.64.0.0/10": "an address shared inside a provider",
    "127.0.0.0/8": "a loopback address",
    "168.63.129.16/32": "the address of a cloud's own services",
    "169.254.0.0/16": "a link-local address",
    "172.16.0.0/12": "a private address",
    "192.0.0.0/24": "an address for protocols",
    "192.0.2.0/24": "an address for documentation",
    "192.88.99.0/24": "a 6to4 relay",
    "192.168.0.0/16": "a private address",
    "198.18.0.0/15": "an address for benchmarks",
    "198.51.100.0/24": "an address for documentation",
    "203.0.113.0/24": "an address for documentation",
    "224.0.0.0/4": "a multicast address",
    "240.0.0.0/4": "a reserved address",
    "::1/128": "a loopback address",
    "::ffff:0:0/96": "an IPv4 address in IPv6 spelling",
    "64:ff9b::/96": "a translated IPv4 address",
    "64:ff9b:1::/48": "a translated IPv4 address",
    "fc00::/7": "a private address",
    "fe80::/10": "a link-local address",
    "ff00::/8": "a multicast address",
    "2001::/23": "an address for protocols and tunnels",
    "2001:db8::/32": "an address for documentation",
    "2002::/16": "a 6to4 address",
    "3fff::/20": "an address for documentation",
}
_RANGES: tuple[tuple[Network, str], ...] = tuple((ip_network(text), kind) for text, kind in _REFUSED.items())
_GLOBAL_UNICAST = IPv6Network("2000::/3")


def refusal(address: Address) -> str | None:
    """What makes an address one that is not connected to, in words; None for a public one."""
    for network, kind in _RANGES:
        if address in network:
            return kind
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return "no public address"
    return None


@dataclass(frozen=True, slots=True)
class Allowance:
    """The operator's list, ``network.allow``: addresses that may be connected to although not public."""

    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Allowance:
        """From CIDR texts; ``ValueError`` for one that is none."""
        return cls(tuple(ip_network(text, strict=False) for text in texts))

    def lists(self, address: Address) -> bool:
        """Whether the operator named the address, public or not."""
        return any(address in network for network in self.networks)

    def permitted(self, host: str, addresses: Sequence[str]) -> list[str]:
        """The addresses of ``host`` that may be connected to, in the order they came.

        A name with one private address among public ones is a trick and is refused whole, unless
        the operator's list names an address of it: then those alone are used.

        Raises:
            AddressRefused: none may be; the sentence says which line would permit it.
        """
        parsed = [ip_address(text.partition("%")[0]) for text in addresses]
        listed = [address for address in parsed if self.lists(address)]
        refused = [(address, kind) for address in parsed if (kind := refusal(address))]
        if not refused:
            return [str(address) for address in parsed]
        if listed:
            return [str(address) for address in listed]
        address, kind = refused[0]
        raise AddressRefused(
            f"{_named(host, address)} is {kind} and is not connected to; "
            f"to permit it, add {address}/{address.max_prefixlen} to network.allow"
        )


def _named(host: str, address: Address) -> str:
    return str(address) if host.strip("[]") == str(address) else f"{address} ({host})"
