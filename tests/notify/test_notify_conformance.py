"""What every channel promises. A new kind of channel adds its receiver here and passes."""

import asyncio
from datetime import UTC, datetime

import pytest

from tracker.alerting.message import message_of
from tracker.domain.alert import Alert, AlertType
from tracker.errors import DeliveryError
from tracker.net import ClientSettings
from tracker.notify import CHANNELS, EmailChannel, WebhookChannel, sender

SECRET = "mat-khau-khong-ai-biet"


class Hook:
    def __init__(self, server):
        self._server = server
        server.expect_request("/in").respond_with_data("")
        self.channel = WebhookChannel("kenh", server.url_for("/in").replace("localhost", "127.0.0.1"), SECRET)
        self.closed = WebhookChannel("kenh", f"http://127.0.0.1:1/in?token={SECRET}", SECRET)

    def taken(self):
        return [(request.headers["webhook-id"], request.data) for request, _ in self._server.log]


class Mail:
    def __init__(self, mailbox):
        self._mailbox = mailbox
        self.channel = EmailChannel("kenh", ("a@example.org",), mailbox.smtp, "t@example.org")
        self.closed = EmailChannel("kenh", ("a@example.org",), "smtp://127.0.0.1:1", user="u", password=SECRET)

    def taken(self):
        return [
            (
                next(line for line in content.split(b"\r\n") if line.startswith(b"Message-ID")).decode(),
                content,
            )
            for _, content in self._mailbox.mails
        ]


RECEIVERS = {"webhook": ("httpserver", Hook), "email": ("mailbox", Mail)}


@pytest.fixture(params=sorted(CHANNELS))
def receiver(request):
    fixture, kind = RECEIVERS[request.param]
    return kind(request.getfixturevalue(fixture))


def send(channel, notification, settings):
    return asyncio.run(sender(channel, settings)(notification, datetime.now(UTC)))


def test_every_try_has_the_same_id_and_bytes(receiver, make, settings):
    for attempts in (0, 1, 5):
        send(receiver.channel, make.notification(attempts=attempts, last_error="x"), settings)
    assert len(set(receiver.taken())) == 1
    assert make.notification().id in receiver.taken()[0][0]


def test_two_notifications_have_two_ids(receiver, make, settings):
    for number in (1, 2):
        send(receiver.channel, make.notification(number), settings)
    assert len({one for one, _ in receiver.taken()}) == 2


def test_no_failure_and_no_name_tells_a_secret(receiver, make, settings):
    with pytest.raises(DeliveryError) as caught:
        send(receiver.closed, make.notification(), settings)
    told = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {receiver.closed!r}"
    assert SECRET not in told
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) <= 500


HOSTILE = {
    "line ends": "a\r\nBcc: x@example.org\r\nX-Injected: 1\r\n\r\nbody",
    "surrogate": "a\ud800b\udfff",
    "nul": "a\x00b\x01\x1b[31m",
    "long": "đ" * 1_000_000,
    "one long line": "x" * 100_000,
    "dots": "\r\n.\r\nQUIT\r\n",
    "bidi": "\u202e\u2066abc\u2028\u2029\ufeff",
    "empty": "",
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_values_arrive_and_add_nothing(receiver, make, settings, kind):
    text = HOSTILE[kind]
    data = {"quote": text, text[:50]: 1, "target": text[:100], "value": float("nan")}
    raw = make.notification(1, subject=text, text=text, html=f"<p>{text}</p>", data=data)
    send(receiver.channel, raw, settings)
    alert = Alert("k", AlertType.OBSERVATION, text, text, {"quote": text, "source": text}, make.at)
    made = message_of(alert, "vi")
    fields = {name: getattr(made, name) for name in ("subject", "text", "html", "data")}
    send(receiver.channel, make.notification(2, **fields), settings)
    taken = receiver.taken()
    assert len(taken) == 2
    for _, content in taken:
        head = content.split(b"\r\n\r\n")[0].lower()
        assert b"\nbcc:" not in head
        assert b"\nx-injected" not in head
        content.decode("utf-8")


def test_nothing_private_is_reached_by_a_document(make):
    with pytest.raises(DeliveryError, match=r"network\.allow"):
        send(WebhookChannel("kenh", "http://127.0.0.1:1/"), make.notification(), ClientSettings())
