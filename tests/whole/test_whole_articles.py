"""The five articles: read, held against their targets, told, and the same in every order."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from product import SEEDS, Hook, Mailbox, Tracker, needs_seeds

pytestmark = needs_seeds

ALL_TYPES = (
    "observation, revision, conflict, doubtful, target_reached, target_missed, overdue, off_track, back_on_track, regressed, "
    "deadline_near, met_late, stale"
)


def configuration(mailbox: Mailbox, hook: Hook, *sources: str) -> str:
    """The articles' own configuration, its sources where they stand, with a mailbox and a webhook."""
    text = (SEEDS / "tracker.yaml").read_text(encoding="utf-8")
    head, _, listed = text.partition("sources:\n")
    listed = "".join(line.replace("path: ", f"path: {SEEDS}/") + "\n" for line in listed.splitlines() if line.strip())
    own = "".join(f"  - {source}\n" for source in sources)
    return (
        f"{head}network: {{allow: [127.0.0.1/32]}}\nsources:\n{listed}{own}channels:\n"
        f'  - {{id: desk, email: {{to: [desk@example.org], smtp: "smtp://127.0.0.1:{mailbox.port}"}}}}\n'
        f'  - {{id: hook, webhook: {{url: "{hook.url}", secret_env: HOOK_SECRET}}}}\n'
        f"alerts:\n  - {{on: [{ALL_TYPES}], to: [desk, hook]}}\n"
    )


@pytest.fixture
def articles(make_tracker: Callable[[str], Tracker], mailbox: Mailbox, hook: Hook, tmp_path: Path) -> Tracker:
    later = tmp_path / "later"
    later.mkdir()
    (later / "0.txt").write_text("Bản tin trống\nNgày đăng: 01/09/2022\n\nKhông có gì mới.\n", encoding="utf-8")
    return make_tracker(configuration(mailbox, hook, "{id: later, path: later/*.txt, every: 6h}"))


def test_the_main_job(articles: Tracker, mailbox: Mailbox, hook: Hook, tmp_path: Path) -> None:
    later = tmp_path / "later"
    articles("run")
    # The first cycle: one summary to each channel, naming every alert.
    assert len(hook.taken) == 1
    assert len(mailbox.mails) == 1
    summary = hook.taken[0][1]
    assert summary["type"] == "summary"
    alerts = articles.json("alerts", "list", "--limit", "500")
    assert alerts
    assert len(summary["data"]["alerts"]) == len(alerts)
    mail = mailbox.mails[0]
    plain = mail.get_body(("plain",)).get_content()
    page = mail.get_body(("html",)).get_content()
    for one in alerts:
        assert " ".join(one["title"].split()) in " ".join(plain.split())
    assert "<table" in page
    assert mail["Message-ID"]

    # Where the targets stood on a day long after.
    level4 = articles.target("level4-all", "--as-of", "2022-10-01")
    assert (level4["latest"]["value"], level4["previous"]["value"]) == (96, 30.86)
    assert level4["delta"]["absolute"] == pytest.approx(65.14, abs=1e-12)
    assert level4["status"] == "overdue"
    assert "break_in_series" in {reason["code"] for reason in level4["reasons"]}
    assert articles.target("platforms-35", "--as-of", "2022-10-01")["status"] == "achieved"
    domains = articles.indicator("vn-domains", "--as-of", "2022-10-01")
    assert (domains["latest"]["value"], domains["observations"]) == (544361, 1)
    assert domains["latest"]["evidence"] == 2
    assert articles.indicator("ops-level4", "--as-of", "2021-06-30")["latest"]["value"] == 30.86

    # A second run sends nothing and records nothing.
    before = articles.json("alerts", "list", "--limit", "500")
    again = articles("run")
    assert "0 new statements, 0 alerts" in again.stdout
    assert (len(hook.taken), len(mailbox.mails)) == (1, 1)
    assert articles.json("alerts", "list", "--limit", "500") == before

    # A later article: its alerts one by one, each with an id of its own.
    (later / "1.txt").write_text(
        "Việt Nam tăng hạng về Chính phủ điện tử\nNgày đăng: 05/10/2022\n\n"
        "Năm 2022, Việt Nam xếp thứ 79/193 quốc gia trong xếp hạng Chính phủ điện tử của Liên Hợp Quốc.\n",
        encoding="utf-8",
    )
    articles("run")
    told = hook.taken[1:]
    assert {"observation", "target_reached"} <= {body["type"] for _, body in told}
    assert "summary" not in {body["type"] for _, body in told}
    ids = [each for each, _ in hook.taken]
    assert len(set(ids)) == len(ids)
    assert len(mailbox.mails) == len(hook.taken)
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == len(mailbox.mails)


def test_a_closed_mail_port_loses_nothing(articles: Tracker, mailbox: Mailbox, hook: Hook) -> None:
    mailbox.close()
    first = articles("run", expect=None)
    assert len(hook.taken) == 1, "the webhook does not wait for the mail"
    assert "will be tried again" in first.stdout
    mailbox.open()
    notification = next(
        each for one in articles.json("alerts", "list") for each in one["notifications"] if each["channel"] == "desk"
    )
    assert notification["state"] == "waiting"
    deadline = datetime.now(UTC).timestamp() + 60
    while not mailbox.mails and datetime.now(UTC).timestamp() < deadline:
        articles("run", expect=None)
    assert len(mailbox.mails) == 1
    assert notification["id"] in mailbox.mails[0]["Message-ID"]
    articles("run")
    assert (len(mailbox.mails), len(hook.taken)) == (1, 1)


def test_every_order_of_arrival_ends_the_same(tmp_path: Path) -> None:
    from tracker.config import load
    from tracker.pipeline.cycle import backfill
    from tracker.pipeline.documents import Wanted
    from tracker.pipeline.history import history_json, series_of
    from tracker.pipeline.reporting import status_report
    from tracker.pipeline.service import open_service
    from tracker.report import to_json

    configured = load(SEEDS / "tracker.yaml")
    now = datetime(2022, 10, 1, tzinfo=UTC)
    paths = sorted(SEEDS.glob("*.txt"))
    seen = set()
    for number, order in enumerate(itertools.permutations(paths)):
        service = open_service(configured, tmp_path / str(number))
        for path in order:
            backfill(service, [Wanted(str(path))], now)
        with service.store.read() as session:
            said = to_json(status_report(session, service, now, since=False))
            histories = [
                history_json(session, service, series_of(session, service, one.id, None, None))["series"]
                for one in service.catalogue.indicators
            ]
        service.store.close()
        seen.add(json.dumps(_without_numbers([said, histories]), sort_keys=True))
        (tmp_path / str(number) / "tracker.db").unlink()
    assert number == 119
    assert len(seen) == 1


def _without_numbers(value: object) -> object:
    """Without the store's own numbers of evidence, which do follow the order of arrival."""
    if isinstance(value, list):
        return [_without_numbers(one) for one in value]
    if isinstance(value, dict):
        return {key: _without_numbers(one) for key, one in value.items() if not (key == "id" and isinstance(one, int))}
    return value
