import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tracker.errors import ChannelDown, ChannelTroubled, NotificationRefused
from tracker.notify import Again, Dead, EmailChannel, Sent, WebhookChannel, deliver, ready, sender
from tracker.notify.deliver import CHANNEL_WIDE, SUSPECT_AFTER


class Outbox:
    """The store's part made small: outcomes are applied, time goes only where it is told to."""

    def __init__(self, make, notifications):
        self.now = make.at
        self.rows = {one.id: one for one in notifications}
        self.done = []
        self.kept = []

    def waiting(self):
        return [row for row in self.rows.values() if row.id not in {done.id for done in self.done}]

    def apply(self, outcome):
        self.kept.append(outcome)
        if isinstance(outcome, Again):
            row = self.rows[outcome.id]
            self.rows[outcome.id] = replace(
                row, attempts=outcome.attempts, next_try_at=outcome.at, last_error=outcome.error
            )
        else:
            self.done.append(outcome)

    def round(self, senders, **more):
        return asyncio.run(deliver(self.waiting(), senders, lambda: self.now, self.apply, **more))

    def until_empty(self, senders, rounds=500):
        """Whole rounds, the clock set to the next due time between them; how often it was set."""
        for count in range(rounds):
            if not self.waiting():
                return count
            self.round(senders)
            times = [row.next_try_at for row in self.waiting() if row.next_try_at]
            self.now = max(self.now, min(times, default=self.now))
        return pytest.fail(f"not empty after {rounds} rounds: {self.waiting()[0].last_error}")


class Receiver:
    """A sender that fails as it is told, and remembers what it took."""

    def __init__(self, failing=lambda notification, tries: None):
        self.failing, self.taken, self.tried = failing, [], []

    async def __call__(self, notification, now):
        self.tried.append(notification.id)
        if failure := self.failing(notification, len(self.tried)):
            raise failure
        self.taken.append(notification.id)
        return ""


@pytest.fixture
def outbox(make):
    return lambda count=5, channel="kenh": Outbox(make, [make.notification(n, channel) for n in range(count)])


def test_all_are_sent_in_order_and_marked_before_the_next_is_tried(outbox):
    box, receiver, trace = outbox(3), Receiver(), []

    async def send(notification, now):
        trace.append(("sent", notification.id))
        return await receiver(notification, now)

    async def mark(outcome):
        trace.append(("marked", outcome.id))
        box.apply(outcome)

    outcomes = asyncio.run(deliver(box.waiting(), {"kenh": send}, lambda: box.now, mark))
    ids = list(box.rows)
    assert trace == [step for one in ids for step in (("sent", one), ("marked", one))]
    assert outcomes == [Sent(one, box.now, 1) for one in ids]


def test_a_channel_that_is_down_is_asked_once_and_all_come_back_together(outbox):
    box = outbox(5)
    receiver = Receiver(lambda notification, tries: ChannelDown("closed"))
    outcomes = box.round({"kenh": receiver})
    assert len(receiver.tried) == 1
    assert {outcome.at for outcome in outcomes} == {outcomes[0].at}
    assert [outcome.attempts for outcome in outcomes] == [1, 0, 0, 0, 0]
    assert all(outcome.error.startswith(CHANNEL_WIDE) for outcome in outcomes)
    assert box.round({"kenh": receiver}) == []


def test_a_newcomer_does_not_overtake_what_waits_for_the_channel(outbox, make):
    box = outbox(1)
    box.round({"kenh": Receiver(lambda notification, tries: ChannelDown("closed"))})
    box.rows["neu"] = replace(make.notification(9), id="neu")
    assert ready(box.waiting(), box.now) == []
    other = make.notification(10, "khac")
    assert ready([*box.waiting(), other], box.now) == [other]
    later = box.now + timedelta(minutes=5)
    assert [one.id for one in ready(box.waiting(), later)] == list(box.rows)


@pytest.mark.parametrize("kind", [ChannelDown, ChannelTroubled])
@pytest.mark.parametrize("failures", [1, 2, 5, 9, 30])
def test_after_an_outage_everything_arrives_once_and_in_order(outbox, kind, failures):
    box = outbox(20)
    receiver = Receiver(lambda notification, tries: kind("no") if tries <= failures else None)
    box.until_empty({"kenh": receiver})
    if kind is ChannelDown or failures < SUSPECT_AFTER:
        assert receiver.taken == list(box.rows)
    assert sorted(receiver.taken) == sorted(box.rows)
    assert len(receiver.tried) == 20 + failures


def test_a_receiver_that_fails_by_turns_gets_everything_in_order(outbox):
    box = outbox(20)
    receiver = Receiver(lambda notification, tries: ChannelTroubled("500") if tries % 2 else None)
    box.until_empty({"kenh": receiver})
    assert receiver.taken == list(box.rows)


def test_one_message_that_the_receiver_refuses_holds_up_no_other(outbox):
    box = outbox(5)
    poison = list(box.rows)[1]
    receiver = Receiver(lambda notification, tries: NotificationRefused("400") if notification.id == poison else None)
    box.round({"kenh": receiver})
    assert receiver.taken == [one for one in box.rows if one != poison]
    assert [outcome.id for outcome in box.kept if isinstance(outcome, Again)] == [poison]


def test_one_message_that_breaks_the_receiver_holds_up_the_others_only_for_its_first_tries(outbox):
    box = outbox(5)
    poison = next(iter(box.rows))
    receiver = Receiver(lambda notification, tries: ChannelTroubled("500") if notification.id == poison else None)
    start = box.now
    while len(receiver.taken) < 4:
        box.round({"kenh": receiver})
        box.now = max(box.now, min(row.next_try_at for row in box.waiting() if row.next_try_at))
    assert receiver.tried.count(poison) == SUSPECT_AFTER
    assert box.now - start < timedelta(minutes=6)
    assert receiver.taken == list(box.rows)[1:]


def test_a_permanent_failure_is_dead_at_once_and_the_end_of_the_schedule_too(outbox, make):
    box = outbox(1)
    (dead,) = box.round({"kenh": Receiver(lambda n, t: NotificationRefused("410", permanent=True))})
    assert isinstance(dead, Dead)
    box = Outbox(make, [make.notification(1, attempts=169), make.notification(2)])
    first, second = box.round({"kenh": Receiver(lambda n, t: ChannelDown("closed"))})
    assert isinstance(first, Dead)
    assert isinstance(second, Again)


def test_a_receiver_that_never_takes_anything_ends_in_dead_letters_and_not_before_three_days(outbox):
    box = outbox(1)
    start = box.now
    box.until_empty({"kenh": Receiver(lambda n, t: ChannelDown("closed"))})
    assert isinstance(box.done[0], Dead)
    assert box.now - start >= timedelta(hours=72)


def test_a_sender_that_breaks_stops_nobody(outbox):
    box = outbox(3)
    first = next(iter(box.rows))
    receiver = Receiver(lambda notification, tries: RuntimeError("secret") if notification.id == first else None)
    outcomes = box.round({"kenh": receiver})
    assert [type(outcome) for outcome in outcomes] == [Again, Sent, Sent]
    assert "secret" not in outcomes[0].error


def test_a_channel_that_is_no_longer_configured_is_said(outbox):
    (outcome,) = outbox(1).round({})
    assert isinstance(outcome, Again)
    assert "no channel kenh" in outcome.error


def test_a_hanging_channel_delays_no_other(make):
    async def scene():
        released, sent = asyncio.Event(), []

        async def hanging(notification, now):
            await released.wait()
            return ""

        async def good(notification, now):
            sent.append(notification.id)
            if len(sent) == 3:
                released.set()
            return ""

        waiting = [make.notification(0, "treo"), *(make.notification(n, "tot") for n in range(1, 4))]
        outcomes = await deliver(waiting, {"treo": hanging, "tot": good}, lambda: make.at, lambda outcome: None)
        return [outcome.id for outcome in outcomes], [one.id for one in waiting]

    ids, waiting = asyncio.run(scene())
    assert ids == [*waiting[1:], waiting[0]]


def test_what_the_round_has_no_time_for_stays_due(outbox):
    box, receiver = outbox(3), Receiver()
    assert box.round({"kenh": receiver}, round_seconds=-1) == []
    assert box.kept == []


def test_a_state_that_cannot_be_written_stops_the_round(outbox):
    box, receiver = outbox(3), Receiver()

    def broken(outcome):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        asyncio.run(deliver(box.waiting(), {"kenh": receiver}, lambda: box.now, broken))
    assert len(receiver.tried) == 1


MAIL_MODES = "tempfail:2,drop:2,drop-data:2,drop-ack:2,busy:2,tempfail-data:2,flap:6,permfail:1,ok"
HOOK_MODES = "500:2,429:1,reset:2,drop-ack:2,404:1,garbage:1,redirect:1,flap:6,ok"


def test_chaotic_mail_loses_nothing_and_keeps_the_order(tool, make, settings):
    server = tool("smtp_chaos.py", "--plan", MAIL_MODES, "--id-header", "X-Tracker-Notification")
    channel = EmailChannel("kenh", ("a@example.org",), f"smtp://127.0.0.1:{server.port}", "t@example.org")
    box = Outbox(make, [make.notification(n, subject=f"seq {n}") for n in range(20)])
    box.until_empty({"kenh": sender(channel, settings)})
    score = server.score("--seq", r"seq (\d+)")
    assert (score["unique_ids"], score["duplicates_avoidable"], score["order_inversions"]) == (20, 0, 0)
    assert (score["ids_with_changing_message_id"], score["doubled_headers"], score["x_injected"]) == (0, 0, 0)


def test_chaotic_webhooks_lose_nothing_and_change_nothing(tool, make, settings):
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLdSw"
    sink = tool("webhook_sink.py", "--plan", HOOK_MODES, "--secret", secret, "--seq-json", "data.seq")
    channel = WebhookChannel("kenh", f"http://127.0.0.1:{sink.port}/in", secret)
    box = Outbox(make, [make.notification(n, data={"seq": n}) for n in range(20)])
    box.until_empty({"kenh": sender(channel, settings)})
    score = sink.score()
    assert (score["unique_ids_delivered"], score["duplicates"], score["never_delivered"]) == (20, 0, 0)
    assert score["ids_whose_body_changed"] == 0
    assert set(score["signatures"]) == {"good"}
    assert [line["target"] for line in sink.lines if line["target"] != "/in"] == []
