import asyncio
import email
import email.policy
from dataclasses import replace

import pytest

from tracker.errors import ChannelDown, ChannelTroubled, DeliveryError, NotificationRefused
from tracker.notify import EmailChannel
from tracker.notify.mail import PATIENT_TRIES, build, send_email

TO = ("a@example.org", "b@example.org", "c@example.org")


def send(smtp, notification, settings, to=TO, now=None, **more):
    channel = EmailChannel("thu", to, smtp, "tracker@example.org", **more)
    return asyncio.run(send_email(channel, notification, now, settings))


def parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def test_it_has_text_and_html_and_a_constant_id(mailbox, make, settings):
    for attempts in (0, 3):
        assert send(mailbox.smtp, make.notification(attempts=attempts), settings) == ""
    (to, first), (_, second) = mailbox.mails
    assert to == TO
    assert first == second
    mail = parsed(first)
    assert mail["Message-ID"] == f"<{make.notification().id}@tracker.invalid>"
    assert mail["Date"].datetime == make.at
    assert mail["Subject"] == "Tỷ lệ hồ sơ: chệch tiến độ"
    assert mail.get_body(("plain",)).get_content().split() == make.message().text.split()
    assert "<p>Tỷ lệ hồ sơ" in mail.get_body(("html",)).get_content()
    assert first.isascii()


@pytest.mark.parametrize(
    "subject",
    [
        "Lần đọc đầu tiên: tổng hợp 22 thông báo",
        "Xếp hạng Chính phủ điện tử (Việt Nam): số liệu mới hạng 86 (năm 2022), kỳ trước hạng 86 (năm 2020) " * 2,
        "Homes online: 75 of 100, as far as anybody has counted them until the end of the year before last",
    ],
)
def test_a_subject_keeps_its_blanks(make, subject):
    notification = make.notification()
    message = replace(notification.message, subject=subject)
    content = build(EmailChannel("thu", TO, "smtp://x"), replace(notification, message=message)).as_bytes()
    assert parsed(content)["Subject"] == subject.strip()
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 78


def test_a_recipient_refused_for_ever_is_noted_and_the_others_get_it_once(mailbox, make, settings):
    mailbox.refuse = {"b@example.org": "550 nobody here"}
    note = send(mailbox.smtp, make.notification(), settings)
    assert note == "b@example.org refused: 550 nobody here"
    assert [to for to, _ in mailbox.mails] == [("a@example.org", "c@example.org")]


def test_a_recipient_put_off_lets_all_wait_and_after_some_tries_nobody(mailbox, make, settings):
    mailbox.refuse = {"c@example.org": "451 later"}
    for attempts in range(PATIENT_TRIES):
        with pytest.raises(ChannelDown, match="451 later"):
            send(mailbox.smtp, make.notification(attempts=attempts), settings)
    assert mailbox.mails == []
    note = send(mailbox.smtp, make.notification(attempts=PATIENT_TRIES), settings)
    assert "c@example.org refused: 451" in note
    assert [to for to, _ in mailbox.mails] == [("a@example.org", "b@example.org")]


def test_all_refused_is_told_and_nothing_is_sent(mailbox, make, settings):
    mailbox.refuse = dict.fromkeys(TO, "550 nobody here")
    with pytest.raises(ChannelDown, match="550 nobody here"):
        send(mailbox.smtp, make.notification(), settings)
    assert mailbox.mails == []


def test_a_name_beside_the_address_is_kept(mailbox, make, settings):
    send(mailbox.smtp, make.notification(), settings, to=("Bàn tin <a@example.org>",))
    ((to, content),) = mailbox.mails
    assert to == ("a@example.org",)
    assert parsed(content)["To"].addresses[0].display_name == "Bàn tin"


def test_the_sender_falls_back_to_the_user():
    assert EmailChannel("t", TO, "smtp://x", user="u@example.org").sent_from == "u@example.org"
    assert EmailChannel("t", TO, "smtp://x", user="u").sent_from == "tracker@localhost"


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("busy", ChannelDown),
        ("reject", ChannelDown),
        ("drop", ChannelDown),
        ("drop-data", ChannelDown),
        ("drop-ack", ChannelDown),
        ("garbage", ChannelDown),
        ("tempfail", ChannelDown),
        ("tempfail-mail", ChannelDown),
        ("tempfail-data", ChannelTroubled),
        ("full", ChannelDown),
        ("permfail", ChannelDown),
        ("permfail-data", NotificationRefused),
        ("size", NotificationRefused),
    ],
)
def test_what_a_failure_means(tool, make, settings, mode, kind):
    server = tool("smtp_chaos.py", "--plan", mode)
    with pytest.raises(DeliveryError) as caught:
        send(f"smtp://127.0.0.1:{server.port}", make.notification(text="x" * 2000), settings)
    assert type(caught.value) is kind
    assert not caught.value.permanent


def test_an_old_server_without_ehlo_is_spoken_to(tool, make, settings):
    server = tool("smtp_chaos.py", "--plan", "no-ehlo")
    assert send(f"smtp://127.0.0.1:{server.port}", make.notification(), settings) == ""


def test_a_server_that_never_greets_is_left_in_time(tool, make, settings):
    server = tool("smtp_chaos.py", "--plan", "tarpit")
    with pytest.raises(ChannelDown, match="in time"):
        send(f"smtp://127.0.0.1:{server.port}", make.notification(), settings, longest_try=0.5)


def test_a_closed_port_and_a_wrong_scheme_are_the_channel_down(make, settings):
    for smtp in ("smtp://127.0.0.1:1", "http://127.0.0.1:1", "127.0.0.1:25"):
        with pytest.raises(ChannelDown):
            send(smtp, make.notification(), settings)


def test_a_password_is_asked_for_and_never_told(tool, make, settings):
    server = tool("smtp_chaos.py", "--auth", "nguoi:mat-khau-that")
    smtp = f"smtp://127.0.0.1:{server.port}"
    assert send(smtp, make.notification(), settings, user="nguoi", password="mat-khau-that") == ""
    with pytest.raises(ChannelDown) as caught:
        send(smtp, make.notification(), settings, user="nguoi", password="mat-khau-sai")
    assert "mat-khau" not in str(caught.value)
    assert "mat-khau" not in repr(EmailChannel("t", TO, smtp, user="nguoi", password="mat-khau-that"))


@pytest.mark.parametrize("address", ["a@example.org\r\nRCPT TO:<x@example.org>", "a@example.org\nBcc: x@example.org"])
def test_an_address_with_line_ends_adds_nothing(mailbox, make, settings, address):
    with pytest.raises(DeliveryError):
        send(mailbox.smtp, make.notification(), settings, to=(address,))
    assert mailbox.mails == []


def test_headers_are_one_each(make):
    nasty = make.notification(subject="a\r\nBcc: x@example.org\r\n\r\nbody")
    mail = build(EmailChannel("t", TO, "smtp://x"), nasty)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "a Bcc: x@example.org body"
    names = [name.lower() for name in mail]
    assert len(names) == len(set(names))
