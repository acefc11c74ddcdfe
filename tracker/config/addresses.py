"""Addresses in a configuration: web, mail, networks. Passwords in them are refused and never repeated."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import PlainSerializer, PlainValidator, SecretStr, WithJsonSchema

from tracker.config.values import say

_MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)*")
_HOST_PORT = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the web page answers."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class MailServer:
    """``scheme`` is smtp, smtps (encrypted from the start) or smtp+starttls (encrypted after a greeting)."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def read_url(value: object) -> str:
    """An address on the web, http or https, without user and password."""
    expected = "expected one that begins with https:// or http://"
    parts = _split(value, "web address", expected)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{say(value)} is no web address; {expected}")
    return str(value).strip()


def read_mail_server(value: object) -> MailServer:
    """``smtp://host:port``, ``smtps://…`` or ``smtp+starttls://…``."""
    expected = "expected smtp://host:port, smtps://… or smtp+starttls://…"
    if isinstance(value, MailServer):
        return value
    parts = _split(value, "mail server", expected)
    scheme = parts.scheme.lower()
    if scheme not in _MAIL_PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(f"{say(value)} is no mail server; {expected}")
    return MailServer(scheme, parts.hostname, parts.port or _MAIL_PORTS[scheme])


def read_database(value: object) -> SecretStr:
    """The address of a PostgreSQL database; kept as a secret, because it may hold a password."""
    if isinstance(value, SecretStr):
        return value
    if isinstance(value, str) and re.match(r"postgres(ql)?(\+psycopg)?://\S+$", value.strip()):
        return SecretStr(value.strip())
    raise ValueError("expected the address of a PostgreSQL database: postgresql://user@host:5432/name")


def read_mail_address(value: object) -> str:
    """``name@example.org``."""
    if isinstance(value, str) and len(value) < 255 and _ADDRESS.fullmatch(value.strip()):
        return value.strip()
    raise ValueError(f"{say(value)} is no e-mail address; expected one such as name@example.org")


def read_sender(value: object) -> str:
    """``name@example.org`` or ``Name <name@example.org>``."""
    if isinstance(value, str):
        found = re.fullmatch(r"([^<>\r\n\"\\,;:@]*)<([^<>]*)>", value.strip())
        if found and found[1].strip():
            return f"{found[1].strip()} <{read_mail_address(found[2])}>"
    return read_mail_address(value)


def read_network(value: object) -> str:
    """Addresses as 10.0.0.0/8, or one address."""
    try:
        return str(ipaddress.ip_network(value.strip() if isinstance(value, str) else ""))
    except ValueError:
        pass
    try:
        meant = ipaddress.ip_network(str(value).strip(), strict=False)
    except ValueError:
        expected = "expected addresses such as 127.0.0.1/32 or 10.0.0.0/8"
        raise ValueError(f"{say(value)} is no network; {expected}") from None
    raise ValueError(f"{say(value)} is no network: it names one address inside it; expected '{meant}'")


def read_listen(value: object) -> Listen:
    """``host:port``."""
    if isinstance(value, Listen):
        return value
    found = _HOST_PORT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or int(found[3]) > 65535:
        raise ValueError(f"{say(value)} is no place to listen; expected host:port such as 127.0.0.1:8080")
    if found[1]:
        try:
            ipaddress.IPv6Address(found[1])
        except ValueError:
            raise ValueError(f"{say(value)} is no IPv6 address; expected one such as [::1]:8080") from None
    return Listen(found[1] or found[2], int(found[3]))


def _split(value: object, noun: str, expected: str) -> SplitResult:
    if not isinstance(value, str) or not value.strip() or re.search(r"[\s\x00-\x1f]", value.strip()):
        raise ValueError(f"{say(value)} is no {noun}; {expected}")
    try:
        parts = urlsplit(value.strip())
        held = parts.username is not None or parts.password is not None
        port = parts.port
    except ValueError:
        raise ValueError(f"{say(value)} is no {noun}; {expected}") from None
    if held:
        raise ValueError(
            f"a user or password does not belong into the address of a {noun}; "
            "expected secrets in an environment variable or a file"
        )
    if port == 0:
        raise ValueError(f"port 0 of this {noun} does not exist; {expected}")
    return parts


_TEXT = {"type": "string"}
WebAddress = Annotated[str, PlainValidator(read_url), WithJsonSchema({**_TEXT, "format": "uri"})]
MailServerAddress = Annotated[
    MailServer,
    PlainValidator(read_mail_server),
    PlainSerializer(str),
    WithJsonSchema({**_TEXT, "pattern": r"^(smtp|smtps|smtp\+starttls)://"}),
]
DatabaseAddress = Annotated[SecretStr, PlainValidator(read_database), WithJsonSchema({**_TEXT, "pattern": "^postgres"})]
MailAddress = Annotated[str, PlainValidator(read_mail_address), WithJsonSchema({**_TEXT, "format": "email"})]
Sender = Annotated[str, PlainValidator(read_sender), WithJsonSchema(_TEXT)]
Network = Annotated[str, PlainValidator(read_network), WithJsonSchema(_TEXT)]
ListenAddress = Annotated[Listen, PlainValidator(read_listen), PlainSerializer(str), WithJsonSchema(_TEXT)]
