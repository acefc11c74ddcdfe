"""The second reader in the order of the steps: kept, replayed, told once, and never in the way."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from models import KEY, Asked, Model, completion, labels, section
from pytest_httpserver import HTTPServer
from serving import configuration, rank_sentence
from werkzeug import Response

from tracker.config import load
from tracker.domain.observation import Decision, Verdict
from tracker.errors import UsageError
from tracker.pipeline import replay as replaying
from tracker.pipeline.cycle import backfill, run_cycle
from tracker.pipeline.documents import documents_of, read_each
from tracker.pipeline.record import Outcome
from tracker.pipeline.reporting import status_report
from tracker.pipeline.reviewing import decide, waiting, waiting_json
from tracker.pipeline.second import REST, hear, untold
from tracker.pipeline.service import Service, open_service
from tracker.report import to_json
from tracker.store import open_store, second, sources

NOON = datetime(2026, 6, 1, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOMES = "Năm {0}, tỷ lệ hộ gia đình có Internet của Việt Nam đạt {1}%.\n"
AGREES = {"79/193": ("egdi-rank", "observation"), "70": ("homes-online", "observation")}
DISPUTES = AGREES | {"70": ("homes-online", "forecast")}


def say(said: dict[str, tuple[str, str]]) -> Callable[[Asked], str]:
    return lambda asked: labels(asked, said)


class Place:
    """A state folder, its documents and its model; a service is opened anew as by a new process."""

    def __init__(self, folder: Path, model: Model, database: str | None) -> None:
        self.folder, self.model = folder, model
        self.environment = {"MODEL_KEY": KEY} | ({"TRACKER_DATABASE_URL": database} if database else {})
        (folder / "docs").mkdir()
        self.open_ones: list[Service] = []
        self.write()

    def write(self, name: str = "a.txt", text: str = rank_sentence(2022, 79) + HOMES.format(2022, 70)) -> Path:
        (self.folder / "docs" / name).write_text(text, encoding="utf-8")
        return self.folder / "docs" / name

    def service(self, *, aliases: str = "", **more: object) -> Service:
        text = configuration(["id: news, path: docs/*.txt"]) + section(self.model.url, **more)
        text = text.replace("aliases: [xếp", f"aliases: [{aliases}xếp")
        file = self.folder / "tracker.yaml"
        file.write_text(text, encoding="utf-8")
        self.open_ones.append(open_service(load(file, environment=self.environment), self.folder / "state"))
        return self.open_ones[-1]

    def cycle(self, service: Service, now: datetime = NOON) -> Outcome:
        return run_cycle(service, service.configuration.sources, now)


@pytest.fixture
def model(httpserver: HTTPServer) -> Model:
    one = Model(httpserver.url_for("/v1").replace("localhost", "127.0.0.1"), say(AGREES))
    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(one)
    return one


@pytest.fixture
def place(tmp_path: Path, model: Model, database: str | None) -> Iterator[Place]:
    one = Place(tmp_path, model, database)
    yield one
    for service in one.open_ones:
        service.store.close()


def status(service: Service) -> Any:
    with service.store.read() as session:
        found = to_json(status_report(session, service, NOON, since=False))
    del found["sources"]
    return found


def latest(service: Service, indicator: str = "homes-online") -> Any:
    found = next(one for one in status(service)["indicators"] if one["id"] == indicator)["latest"]
    return found and found["value"]


def waits(service: Service) -> list[dict[str, Any]]:
    with service.store.read() as session:
        return [waiting_json(one) for one in waiting(session, service)]


def calls(service: Service) -> list[tuple[str, list[int | None]]]:
    """Every call by its document with the statuses of its answers."""
    with service.store.read() as session:
        documents = {row[0] for row in session.connection().exec_driver_sql("SELECT document FROM second_call")}
        return [
            (call.document, [answer.status for answer in answers])
            for document in sorted(documents)
            for call, answers in second.calls_about(session, document)
        ]


def decides(service: Service, what: str, verdict: Verdict, now: datetime = NOON) -> None:
    one = next(each for each in waits(service) if each["what"] == what)
    decide(service, Decision(one["id"], verdict, "Lan", now), now)


@pytest.fixture
def by_rules(place: Place) -> Any:
    folder = place.folder / "rules"
    service = Service(place.service(enabled="false").configuration, open_store(folder), folder)
    place.open_ones.append(service)
    place.cycle(service)
    return status(service)


BROKEN: dict[str, str | Response] = {
    "an error": Response("{}", status=500),
    "too many": Response("{}", status=429),
    "no such model": Response('{"error": "no such model"}', status=404),
    "elsewhere": Response("", status=307, headers={"Location": "http://127.0.0.1:1/v1/chat/completions"}),
    "nothing": Response(""),
    "a page": Response("<html>hello</html>", content_type="text/html"),
    "not UTF-8": Response(b"\xff\xfe{"),
    "prose": "Both are correct.",
    "no labels": '{"labels": []}',
    "other numbers": '{"labels": [{"n": 77, "indicator": "homes-online", "kind": "target"}]}',
    "a refusal": Response(completion("", message={"role": "assistant", "content": None, "refusal": "no"})),
    "too much": Response(b"x" * 1_100_000),
    "badly packed": Response(b"no gzip", headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_a_wrong_answer_leaves_the_reading_as_it_was(
    place: Place, model: Model, by_rules: Any, answer: str | Response
) -> None:
    model.say = lambda asked: answer
    service = place.service()
    outcome = place.cycle(service)
    assert status(service) == by_rules
    assert outcome.failures == ()
    (aside,) = outcome.asides
    assert aside.startswith("second reader: ")
    assert aside.endswith("the rules' readings stand")
    with service.store.read() as session:
        state = sources.source_state(session, "news")
    assert (state.health.value, state.reason) == ("ok", aside)
    assert len(calls(service)) == len(model.asked) == 1
    assert waits(service) == []
    place.cycle(service, NOON + MINUTE)
    with service.store.read() as session:
        assert sources.source_state(session, "news").reason == aside, "until its next document"


def test_nobody_there(place: Place, model: Model, by_rules: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        model.url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        service = place.service()
        outcome = place.cycle(service)
    assert status(service) == by_rules
    assert "cannot be connected to" in outcome.asides[0]
    assert [statuses for _, statuses in calls(service)] == [[None]], "written down before anybody was asked"


def test_an_answer_that_never_ends(place: Place, model: Model, by_rules: Any) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        model.url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        service = place.service(timeout="1s")
        outcome = place.cycle(service)
    assert status(service) == by_rules
    assert "did not answer in 1 s" in outcome.asides[0]


def test_a_private_address_is_refused_unless_it_is_listed(place: Place, model: Model, by_rules: Any) -> None:
    model.url = model.url.replace("127.0.0.1", "127.0.0.2")
    service = place.service()
    assert "network.allow" in place.cycle(service).asides[0]
    assert status(service) == by_rules
    assert model.asked == []


def test_a_secret_that_is_not_there_asks_nobody(place: Place, model: Model, by_rules: Any) -> None:
    place.environment.clear()
    service = place.service()
    assert "MODEL_KEY is not set" in place.cycle(service).asides[0]
    assert status(service) == by_rules
    assert (model.asked, calls(service)) == ([], [])


@pytest.mark.parametrize("secret", ["a\nb", "khoá", "\x00"])
def test_a_secret_that_no_header_takes_is_not_repeated(place: Place, model: Model, secret: str) -> None:
    place.environment["MODEL_KEY"] = secret
    (aside,) = place.cycle(place.service()).asides
    assert "printable ASCII" in aside
    assert secret not in aside
    assert model.asked == []


def test_a_secret_in_a_file_beside_the_configuration(place: Place, model: Model) -> None:
    (place.folder / "key.txt").write_text("from-a-file\n", encoding="utf-8")
    place.cycle(place.service(secret_env=None, secret_file="key.txt"))
    assert model.keys == ["Bearer from-a-file"]


def test_a_secret_that_is_repeated_is_not_kept(place: Place, model: Model) -> None:
    model.say = lambda asked: labels(asked, AGREES) + f'"{KEY}"'
    service = place.service()
    assert KEY not in place.cycle(service).asides[0]
    with service.store.read() as session:
        kept = session.connection().exec_driver_sql("SELECT body FROM second_answer").scalar()
    assert KEY not in kept
    assert "labels" in kept


def test_a_document_is_not_sent_twice(place: Place, model: Model, httpserver: HTTPServer) -> None:
    model.say = say(DISPUTES)
    service = place.service()
    file = place.write()
    for _ in range(2):
        outcome = backfill(service, documents_of([str(file)], None, None), NOON)
        assert outcome.asides == ()
    httpserver.clear()
    assert place.cycle(place.service(), NOON + MINUTE).asides == (), "another process, and nobody there to ask"
    assert len(model.asked) == 1
    assert sorted(one["what"] for one in waits(service)) == ["disputed", "disputed", "proposed", "proposed"]


def test_what_was_asked_before_a_kill_needs_no_network_after_it(place: Place, model: Model) -> None:
    model.say = say(DISPUTES)
    service = place.service()
    wanted = documents_of([str(place.folder / "docs" / "a.txt")], None, None)
    reading = next(read_each(wanted, service.configuration, NOON))
    asyncio.run(hear(service, reading, NOON))  # and here the process is gone, before anything was recorded
    model.say = say(AGREES)
    after = place.service()
    place.cycle(after, NOON + MINUTE)
    assert len(model.asked) == 1
    assert {one["what"] for one in waits(after)} == {"disputed", "proposed"}


def test_a_call_is_written_down_before_it_is_sent_and_made_again_where_it_was_in_vain(
    place: Place, model: Model
) -> None:
    service = place.service()
    before: list[list[int | None]] = []

    def fail(asked: Asked) -> Response:
        before.extend(statuses for _, statuses in calls(service))
        return Response("{}", status=503)

    model.say = fail
    place.cycle(service)
    assert before == [[]]
    model.say = say(AGREES)
    backfill(service, documents_of([str(place.write())], None, None), NOON)
    assert sorted(statuses for _, statuses in calls(service)) == [[200], [503]]
    assert latest(service) == 70


def test_an_endpoint_that_is_down_is_left_alone_for_a_while(place: Place, model: Model) -> None:
    model.say = lambda asked: Response("{}", status=503)
    for number in range(8):
        place.write(f"{number}.txt", rank_sentence(2010 + number, 79))
    service = place.service()
    outcome = place.cycle(service)
    assert len(model.asked) <= 4, "three in a row, and one that was on its way"
    assert len(outcome.asides) == 1
    assert untold(service, outcome.asides) == list(outcome.asides)
    assert untold(service, outcome.asides) == [], "told once"
    assert latest(service, "egdi-rank") == 79

    model.asked.clear()
    place.write("b.txt", rank_sentence(2001, 79))
    assert place.cycle(service, NOON + REST - MINUTE).asides == outcome.asides
    assert model.asked == []
    model.say = say(AGREES)
    place.write("c.txt", rank_sentence(2002, 79))
    assert place.cycle(service, NOON + REST).asides == ()
    assert untold(service, outcome.asides) == list(outcome.asides), "after it was well, it is news again"


def test_no_more_calls_a_day_than_allowed(place: Place, model: Model) -> None:
    place.write("b.txt", rank_sentence(2021, 79))
    service = place.service(most_calls=1)
    outcome = place.cycle(service)
    assert "most_calls" in outcome.asides[0]
    assert len(model.asked) == 1
    place.write("c.txt", rank_sentence(2020, 79))
    assert place.cycle(service, NOON + timedelta(days=2)).asides == ()
    assert len(model.asked) == 2


def test_a_dispute_holds_the_figure_until_a_person_decides(place: Place, model: Model, by_rules: Any) -> None:
    model.say = say(DISPUTES)
    service = place.service()
    place.cycle(service)
    assert (latest(service), latest(service, "egdi-rank")) == (None, 79)
    decides(service, "proposed", Verdict.REJECT)
    decides(service, "disputed", Verdict.ACCEPT)
    assert status(service)["indicators"] == by_rules["indicators"]
    assert waits(service) == []


def test_a_proposal_that_is_taken_counts(place: Place, model: Model) -> None:
    text = "Ngày đăng: 05/10/2022\n\nNăm 2022, cả nước có 64% hộ dùng mạng xã hội, theo xếp hạng Chính phủ điện tử.\n"
    place.write(text=text)
    model.say = say({"64": ("homes-online", "observation")})
    service = place.service()
    place.cycle(service)
    assert latest(service) is None
    (one,) = waits(service)
    assert (one["what"], one["value"], one["confidence"], one["second"]["word"]) == ("proposed", 64, 0, "proposes")
    decides(service, "proposed", Verdict.ACCEPT)
    assert latest(service) == 64
    assert waits(service) == []


def test_a_target_that_is_proposed_moves_nothing(place: Place, model: Model) -> None:
    place.write(text=rank_sentence(2022, 79) + "Phấn đấu đến năm 2030 có 95% hộ gia đình có Internet.\n")
    model.say = lambda asked: labels(asked, {"95": ("homes-online", "observation"), "79": ("egdi-rank", "observation")})
    service = place.service()
    place.cycle(service)
    disputed = next(one for one in waits(service) if one["what"] == "disputed")
    assert (disputed["kind"], disputed["value"]) == ("target", 95)
    assert "in force" in disputed["why"]
    target = next(one for one in status(service)["targets"] if one["id"] == "homes-90")
    assert (target["value"], target["latest"]) == (90, None)


def test_a_recorded_figure_waits_once_it_is_disputed(place: Place, model: Model) -> None:
    place.cycle(place.service(enabled="false"))
    model.say = say(DISPUTES)
    after = place.service()
    assert latest(after) == 70
    place.cycle(after, NOON + MINUTE)
    assert (latest(after), model.asked) == (70, []), "nothing new in the document, nobody asked"
    for aliases in ("bảng xếp hạng số, ", "bảng xếp hạng của số, "):  # what is looked for changes: all is read again
        after = place.service(aliases=aliases)
        place.cycle(after, NOON + 2 * MINUTE)
        assert latest(after) is None
        assert [one["what"] for one in waits(after)] == ["disputed", "proposed"]
    decides(after, "disputed", Verdict.ACCEPT, NOON + 3 * MINUTE)
    assert latest(after) == 70
    after = place.service()
    place.cycle(after, NOON + 4 * MINUTE)
    assert latest(after) == 70, "a person's word holds"


def replay(service: Service, *, ask: bool = False, record: bool = False, now: datetime = NOON) -> replaying.Replay:
    reread = replaying.read_again(service, now, ask=ask)
    if record:
        return replaying.apply(service, reread, now)[0]
    with service.store.read() as session:
        return replaying.compare(session, service, reread)


def moved(found: replaying.Replay) -> tuple[int, int, int]:
    return found.count("new"), found.count("gone"), found.count("changed")


def test_a_replay_takes_the_kept_answers(place: Place, model: Model, httpserver: HTTPServer) -> None:
    model.say = say(DISPUTES)
    place.cycle(place.service())
    httpserver.clear()
    after = place.service()
    assert moved(replay(after, record=True)) == (0, 0, 0)
    assert latest(after) is None


def test_a_replay_with_another_question_leaves_what_was_said(place: Place, model: Model) -> None:
    model.say = say(DISPUTES)
    place.cycle(place.service())
    after = place.service(aliases="bảng xếp hạng số, ")
    assert moved(replay(after, record=True)) == (0, 0, 0)
    assert (latest(after), len(model.asked)) == (None, 1)
    assert {one["what"] for one in waits(after)} == {"disputed", "proposed"}

    model.say = say(AGREES)
    assert moved(replay(after, ask=True, record=True)) == (0, 1, 1)
    assert (latest(after), waits(after), len(model.asked)) == (70, [], 2)


def test_a_replay_without_a_second_reader_reads_by_the_rules(place: Place, model: Model, by_rules: Any) -> None:
    model.say = say(DISPUTES)
    place.cycle(place.service())
    after = place.service(enabled="false")
    assert moved(replay(after)) == (0, 1, 1)
    assert latest(after) is None
    replay(after, record=True)
    assert status(after)["indicators"] == by_rules["indicators"]
    with pytest.raises(UsageError, match="enabled"):
        replay(after, ask=True)


def test_documents_that_were_recorded_before_are_asked_about_when_told_to(place: Place, model: Model) -> None:
    model.say = say(DISPUTES)
    place.cycle(place.service(enabled="false"))
    after = place.service()
    assert moved(replay(after, record=True)) == (0, 0, 0)
    assert (latest(after), model.asked) == (70, [])
    found = replay(after, ask=True)
    assert moved(found) == (1, 0, 1)
    (changed,) = (one for document in found.documents for one in document.changes if one.what == "changed")
    assert changed.difference.fields == ("accepted", "second")
    assert json.dumps(replaying.replay_json(found, applied=False))
    assert latest(after) == 70, "nothing is recorded yet but the call"
    replay(after, record=True, now=NOON + MINUTE)
    assert (latest(after), len(model.asked)) == (None, 1)
    decides(after, "disputed", Verdict.ACCEPT, NOON + 2 * MINUTE)
    assert latest(after) == 70
