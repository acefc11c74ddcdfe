"""E-mail: one message with plain text and HTML, spoken to the operator's SMTP server."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import ClassVar
from urllib.parse import urlsplit

import aiosmtplib

from tracker.alerting.payload import clean_text, one_line
from tracker.domain.alert import Notification
from tracker.errors import ChannelDown, ChannelTroubled, DeliveryError, NotificationRefused
from tracker.net import ClientSettings
from tracker.notify.failures import sentence

LONGEST_TRY = 45.0
"""Seconds for one whole try, whatever the server does."""
LONGEST_STEP = 20.0
GOODBYE = 2.0
PATIENT_TRIES = 4
"""While a part of the recipients is put off for now (4xx), everybody waits this many tries, so that
nobody gets a message twice; then those get it who can, and the others are noted."""
LONGEST_BODY = 1_000_000

_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_DOMAIN = "tracker.invalid"


class _WholeSubjects(EmailPolicy):
    """Keeps the blanks of a subject that is not ASCII.

    Python 3.11 folds it in pieces and drops the blank between two encoded words; ``Header`` encodes
    the blanks with the words.
    """

    def fold(self, name: str, value: str) -> str:
        if name == "Subject" and not value.isascii():
            return f"{name}: {Header(str(value), 'utf-8', header_name=name).encode(linesep=self.linesep)}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


_POLICY = _WholeSubjects(linesep=SMTP.linesep)


@dataclass(frozen=True, slots=True)
class EmailChannel:
    """``smtp`` is ``smtp://host:port``, ``smtps://`` or ``smtp+starttls://``; ``sender`` is ``from``."""

    kind: ClassVar[str] = "email"
    id: str
    to: tuple[str, ...]
    smtp: str
    sender: str = ""
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    longest_try: float = LONGEST_TRY

    @property
    def sent_from(self) -> str:
        """The address mail comes from: as configured, else the user's, else a local one."""
        return self.sender or (self.user if self.user and "@" in self.user else "") or "tracker@localhost"


async def send_email(channel: EmailChannel, notification: Notification, now: datetime, settings: ClientSettings) -> str:
    """Send the notification once; the answer names the recipients that were refused, if any.

    ``now`` and ``settings`` are not used: the message carries the time of what happened, and the
    operator's own mail server is no address that documents could lead to.

    Raises:
        DeliveryError: nobody got it. After an accepted message only its answer can be lost; then
            it is sent again under the same ``Message-ID``.
    """
    try:
        content = build(channel, notification).as_bytes()
        async with asyncio.timeout(channel.longest_try):
            return await _converse(channel, content, notification.attempts)
    except DeliveryError:
        raise
    except TimeoutError:
        raise ChannelDown(f"email {channel.id}: the mail server was not done in time") from None
    except (OSError, aiosmtplib.SMTPException) as error:
        raise ChannelDown(_sentence(channel, error)) from None
    except (ValueError, UnicodeError, LookupError) as error:
        raise NotificationRefused(_sentence(channel, error)) from None


def build(channel: EmailChannel, notification: Notification) -> EmailMessage:
    """The message, byte for byte the same at every try."""
    message = notification.message
    mail = EmailMessage(policy=_POLICY)
    mail["Message-ID"] = f"<{notification.id}@{_DOMAIN}>"
    mail["Date"] = format_datetime(message.at)
    mail["From"] = one_line(channel.sent_from)
    mail["To"] = ", ".join(one_line(address) for address in channel.to)
    mail["Subject"] = one_line(message.subject)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Tracker-Alert"] = message.type.value
    mail["X-Tracker-Notification"] = notification.id
    mail.set_content(clean_text(message.text, LONGEST_BODY), cte="quoted-printable")
    mail.add_alternative(clean_text(message.html, LONGEST_BODY), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{notification.id}")
    return mail


async def _converse(channel: EmailChannel, content: bytes, attempts: int) -> str:
    client = _client(channel)
    try:
        await client.connect()
        refused = await _address(client, channel, attempts)
        await _hand_over(client, channel, content)
        # The message is taken. What goes wrong while saying goodbye does not change that.
        with contextlib.suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
            await client.quit(timeout=GOODBYE)
    finally:
        client.close()
    return sentence("; ".join(f"{who} refused: {why}" for who, why in refused.items()), [channel.password])


def _client(channel: EmailChannel) -> aiosmtplib.SMTP:
    where = urlsplit(channel.smtp)
    if where.scheme not in _PORTS or not where.hostname:
        raise ChannelDown(f"email {channel.id}: its smtp address is none of smtp://, smtps://, smtp+starttls://")
    return aiosmtplib.SMTP(
        hostname=where.hostname,
        port=where.port or _PORTS[where.scheme],
        use_tls=where.scheme == "smtps",
        start_tls=where.scheme == "smtp+starttls",
        username=channel.user,
        password=channel.password,
        local_hostname=socket.gethostname() or "localhost",
        timeout=LONGEST_STEP,
    )


async def _address(client: aiosmtplib.SMTP, channel: EmailChannel, attempts: int) -> Mapping[str, str]:
    """Name sender and recipients; who was refused, and in which words."""
    addresses = [_bare(address) for address in channel.to]
    options = [] if all(map(str.isascii, addresses)) else ["SMTPUTF8"]
    try:
        await client.mail(_bare(channel.sent_from), options=options, encoding="utf-8")
    except aiosmtplib.SMTPSenderRefused as error:
        raise ChannelDown(_sentence(channel, error)) from None
    refused: dict[str, aiosmtplib.SMTPRecipientRefused] = {}
    for address in addresses:
        try:
            await client.rcpt(address, encoding="utf-8")
        except aiosmtplib.SMTPRecipientRefused as error:
            refused[address] = error
    _judge(channel, addresses, refused, attempts)
    return {address: f"{error.code} {error.message}" for address, error in refused.items()}


def _bare(address: str) -> str:
    """The address alone, without a name; ``ValueError`` where it could smuggle in another."""
    bare = parseaddr(address)[1]
    if not bare or not address.isprintable():
        raise ValueError("an address of the channel is none")
    return bare


def _judge(
    channel: EmailChannel,
    addresses: Sequence[str],
    refused: Mapping[str, aiosmtplib.SMTPRecipientRefused],
    attempts: int,
) -> None:
    if len(refused) == len(addresses):
        said = next(iter(refused.values()), None)
        words = _sentence(channel, said) if said else f"email {channel.id} has no recipient"
        raise ChannelDown(words)
    put_off = [error for error in refused.values() if error.code < 500]
    if put_off and attempts < PATIENT_TRIES:
        raise ChannelDown(_sentence(channel, put_off[0]))


async def _hand_over(client: aiosmtplib.SMTP, channel: EmailChannel, content: bytes) -> None:
    try:
        await client.data(content)
    except aiosmtplib.SMTPDataError as error:
        kind = NotificationRefused if error.code >= 500 else ChannelTroubled
        raise kind(_sentence(channel, error)) from None


def _sentence(channel: EmailChannel, error: Exception) -> str:
    words = str(getattr(error, "message", "")) or str(error) or type(error).__name__
    code = f"{error.code} " if isinstance(error, aiosmtplib.SMTPResponseException) else ""
    return sentence(f"email {channel.id}: {code}{words}", [channel.password])
