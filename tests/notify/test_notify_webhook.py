import asyncio
import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from tracker.errors import ChannelDown, ChannelTroubled, DeliveryError, NotificationRefused
from tracker.net import ClientSettings
from tracker.notify import WebhookChannel
from tracker.notify.webhook import body, send_webhook

SECRET = "whsec_" + base64.b64encode(b"mot khoa bi mat du dai 32 byte!!").decode()


@pytest.fixture
def receiver(httpserver):
    httpserver.address = httpserver.url_for("/in").replace("localhost", "127.0.0.1")
    return httpserver


def send(url, notification, settings, now=None, secret=SECRET):
    channel = WebhookChannel("moc", url, secret)
    return asyncio.run(send_webhook(channel, notification, now or datetime.now(UTC), settings))


def test_it_is_signed_json_that_a_standard_receiver_verifies(receiver, make, settings):
    receiver.expect_request("/in", method="POST").respond_with_data("", status=204)
    assert send(receiver.address, make.notification(), settings) == ""
    ((request, _),) = receiver.log
    payload = Webhook(SECRET).verify(request.data, dict(request.headers))
    assert payload == {
        "type": "off_track",
        "timestamp": "2025-06-01T08:30:00Z",
        "data": {"target": "ho-so-80", "value": 80, "ratio": 0.5, "quote": "đạt 41,5%"},
    }
    assert request.headers["webhook-id"] == make.notification().id
    assert request.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("secret", ["chỉ là chữ", "bW90IGtob2EgYmkgbWF0IGR1IGRhaSAzMiBieXRlISE="])
def test_a_secret_without_its_mark_fits_either_reading(receiver, make, settings, secret):
    receiver.expect_request("/in").respond_with_data("")
    send(receiver.address, make.notification(), settings, secret=secret)
    ((request, _),) = receiver.log
    readings = [base64.b64encode(secret.encode()).decode()]
    if secret.isascii():
        readings.append(secret)
    for reading in readings:
        Webhook(reading).verify(request.data, dict(request.headers))


def test_without_a_secret_nothing_is_signed(receiver, make, settings):
    receiver.expect_request("/in").respond_with_data("")
    send(receiver.address, make.notification(), settings, secret=None)
    assert "webhook-signature" not in receiver.log[0][0].headers


def test_a_secret_that_cannot_be_one_is_said_without_saying_it(make, settings):
    with pytest.raises(NotificationRefused) as caught:
        send("http://127.0.0.1:1/", make.notification(), settings, secret="whsec_not*base64")
    assert "not*base64" not in str(caught.value)


def test_every_try_has_the_same_bytes_and_its_own_time(receiver, make, settings):
    receiver.expect_request("/in").respond_with_data("")
    now = datetime.now(UTC)
    for minutes in (0, 1):
        send(receiver.address, make.notification(attempts=minutes), settings, now - timedelta(minutes=minutes))
    first, second = (request for request, _ in receiver.log)
    assert first.data == second.data
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert int(first.headers["webhook-timestamp"]) - int(second.headers["webhook-timestamp"]) == 60


@pytest.mark.parametrize(
    ("status", "kind", "permanent"),
    [
        (410, NotificationRefused, True),
        (400, NotificationRefused, False),
        (401, NotificationRefused, False),
        (404, NotificationRefused, False),
        (408, ChannelTroubled, False),
        (429, ChannelTroubled, False),
        (500, ChannelTroubled, False),
        (503, ChannelTroubled, False),
    ],
)
def test_what_an_answer_means(receiver, make, settings, status, kind, permanent):
    receiver.expect_request("/in").respond_with_data("no", status=status, headers={"Retry-After": "77"})
    with pytest.raises(DeliveryError) as caught:
        send(receiver.address, make.notification(), settings)
    assert type(caught.value) is kind
    assert caught.value.permanent is permanent
    assert str(status) in str(caught.value)
    assert permanent or caught.value.retry_after == 77


def test_a_redirect_is_not_followed(receiver, make, settings):
    receiver.expect_request("/in").respond_with_data("", status=307, headers={"Location": "/there"})
    receiver.expect_request("/there").respond_with_data("")
    with pytest.raises(DeliveryError, match="307"):
        send(receiver.address, make.notification(), settings)
    assert [request.path for request, _ in receiver.log] == ["/in"]


def test_a_private_address_is_refused_unless_listed(receiver, make):
    with pytest.raises(ChannelDown, match=r"127\.0\.0\.1/32 to network\.allow"):
        send(receiver.address, make.notification(), ClientSettings())
    assert receiver.log == []


def test_an_endless_answer_is_not_read(tool, make, settings):
    sink = tool("webhook_sink.py", "--plan", "endless", "--max-hold", "4", "--secret", SECRET)
    assert send(f"http://127.0.0.1:{sink.port}/in", make.notification(), settings) == ""


@pytest.mark.parametrize("mode", ["reset", "drop-ack", "garbage", "timeout"])
def test_no_answer_is_the_channel_down(tool, make, settings, mode):
    sink = tool("webhook_sink.py", "--plan", mode, "--max-hold", "8")
    quick = ClientSettings(settings.allowance, total=1)
    with pytest.raises(ChannelDown):
        send(f"http://127.0.0.1:{sink.port}/in?token=thamso", make.notification(), quick)


def test_the_body_is_strict_json_whatever_it_holds(receiver, make, settings):
    receiver.expect_request("/in").respond_with_data("")
    data = {"quote": "a\ud800\x00b", "ratio": float("nan"), "n": 1e400, "deep": [{"x": "\udfff"}]}
    send(receiver.address, make.notification(data=data), settings)
    payload = json.loads(receiver.log[0][0].data.decode("utf-8"), parse_constant=pytest.fail)
    assert payload["data"] == {"quote": "a��b", "ratio": None, "n": None, "deep": [{"x": "�"}]}


def test_the_order_in_which_the_data_was_kept_changes_no_byte(make):
    data = make.message().data
    turned = dict(reversed(list(data.items())))
    assert list(turned) != list(data)
    assert body(make.message(data=turned)) == body(make.message())
