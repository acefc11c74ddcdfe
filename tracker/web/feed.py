"""The newest alerts as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime

from tracker.domain.alert import Alert

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(alerts: Sequence[Alert], title: str, base: str, now: datetime) -> bytes:
    """``alerts`` newest first; ``base`` is the address of the service with its last slash.

    An entry's id is made of the alert's key, so that it stays the same for ever.
    """
    ET.register_namespace("", _ATOM)
    feed = ET.Element(_tag("feed"))
    _add(feed, "id", _urn(base))
    _add(feed, "title", title)
    _add(feed, "updated", _moment(alerts[0].at if alerts else now))
    _add(_add(feed, "author", ""), "name", "Tracker")
    _add(feed, "link", "", rel="self", href=f"{base}feed.atom")
    _add(feed, "link", "", rel="alternate", href=base)
    for alert in alerts:
        _entry(feed, alert, base)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: ET.Element, alert: Alert, base: str) -> None:
    entry = _add(feed, "entry", "")
    _add(entry, "id", _urn(alert.key))
    _add(entry, "title", alert.title)
    _add(entry, "updated", _moment(alert.at))
    _add(entry, "category", "", term=alert.type.value)
    _add(entry, "link", "", rel="alternate", href=base)
    quote = alert.data.get("quote")
    _add(entry, "summary", f"“{quote}”" if isinstance(quote, str) and quote else alert.title)


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, _tag(name), attributes)
    element.text = _NO_XML.sub("\ufffd", text) or None
    return element


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _urn(text: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"tracker:{text}").urn


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
