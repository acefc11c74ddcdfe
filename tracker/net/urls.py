"""Reading a web address once, strictly: what two parsers could read in two ways is refused."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from ipaddress import ip_address

import httpx

from tracker.errors import AddressRefused

_SCHEMES = ("http", "https")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_LONGEST = 8_000
_IDEOGRAPHIC_STOP = "\u3002"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address that was checked; ``url`` is what is asked for, ``origin`` names it without secrets."""

    url: httpx.URL
    origin: str


def check_url(text: str) -> WebAddress:
    """Read ``text`` as an http or https address.

    What the host resolves to is checked when it is connected to, not here.

    Raises:
        AddressRefused: another scheme, credentials, an odd spelling of a host, anything ambiguous.
    """
    if len(text) > _LONGEST:
        raise AddressRefused(f"the address is longer than {_LONGEST} characters")
    if "\\" in text or any(unicodedata.category(sign) in _INVISIBLE for sign in text):
        raise AddressRefused("the address has blanks, backslashes or invisible characters in it")
    scheme, separator, rest = text.partition("://")
    if not separator or scheme.lower() not in _SCHEMES:
        raise AddressRefused("only http:// and https:// addresses are fetched")
    authority = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    if "@" in authority:
        raise AddressRefused("the address has a user name or password in it; they do not belong there")
    if "%" in authority:
        raise AddressRefused("the host of the address is percent-encoded")
    return _read(text, authority)


def _read(text: str, authority: str) -> WebAddress:
    try:
        url = httpx.URL(text)
        host, port = url.raw_host.decode("ascii"), url.port
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused("the address cannot be read") from error
    if not host or authority.startswith(":"):
        raise AddressRefused("the address names no host")
    if port is not None and not 0 < port < 65536:
        raise AddressRefused("the port of the address is out of range")
    _check_spelling(host, authority)
    shown = f"[{host}]" if ":" in host else host
    origin = f"{url.scheme}://{shown}" + (f":{port}" if port is not None else "")
    return WebAddress(url, origin)


def _check_spelling(host: str, authority: str) -> None:
    """Refuse hosts that only turn into a name or number after folding, and odd numbers."""
    if not authority.isascii():
        folded = unicodedata.normalize("NFKC", authority).replace(_IDEOGRAPHIC_STOP, ".")
        if folded.isascii():
            raise AddressRefused("the host of the address is written in look-alike characters")
    last_label = host.rstrip(".").rpartition(".")[2].lower()
    if last_label.isdigit() or last_label.startswith("0x"):
        try:
            ip_address(host)
        except ValueError as error:
            raise AddressRefused("the host of the address is a number in an odd spelling") from error
