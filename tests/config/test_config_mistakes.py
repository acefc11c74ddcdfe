from __future__ import annotations

import pytest

GOOD = """\
areas:
  - {id: Vietnam, names: [Việt Nam, Viet Nam]}
  - {id: Hà Nội, names: [Hà Nội, Hanoi]}
  - {id: World, comparator: true, names: [thế giới]}
indicators:
  - {id: rank, unit: rank, better: lower, area: Vietnam}
  - {id: share, unit: percent, better: higher, area: Vietnam, scope: all}
"""
SECTIONS = "service, network, areas, indicators, targets, sources, channels, alerts, second_reader"
AFTER = GOOD.count("\n") + 1  # the line that follows GOOD

VALUES = [
    # (what follows the good beginning, line within it, column, path, the sentence)
    (
        "second_reader:\n  model: m",
        2,
        3,
        "second_reader.url",
        "the key 'url' is missing; expected 'url: …' (the address of an OpenAI-compatible API, such as http://127.0.0.1:11434/v1)",
    ),
    (
        "second_reader:\n  url: https://u:p@h/v1\n  model: m",
        2,
        8,
        "second_reader.url",
        "a user or password does not belong into the address of a web address; expected secrets in an environment variable or a file",
    ),
    (
        "second_reader:\n  url: https://h/v1\n  model: m\n  timeout: 11m",
        4,
        12,
        "second_reader.timeout",
        "'11m' is out of range; expected from 1s to 10m",
    ),
    (
        "second_reader:\n  url: https://h/v1\n  model: m\n  most_calls: 0",
        4,
        15,
        "second_reader.most_calls",
        "expected a whole number from 1 to 1000000, got '0'",
    ),
    (
        "second_reader:\n  url: https://h/v1\n  model: m\n  response_format: jsonobject",
        4,
        20,
        "second_reader.response_format",
        "'jsonobject' is no form of an answer; expected one of json_object, json_schema; did you mean 'json_object'?",
    ),
    (
        "second_reader:\n  url: https://h/v1\n  model: m\n  secret_env: sk-123",
        4,
        15,
        "second_reader.secret_env",
        "expected the name of an environment variable such as HOOK_SECRET, not the secret itself",
    ),
    (
        "second_reader: {url: https://h/v1, model: m, secret_env: A, secret_file: b}",
        1,
        61,
        "second_reader.secret_file",
        "'secret_env' and 'secret_file' exclude each other; expected one of them",
    ),
    ("rules: 1", 1, 1, "rules", f"the key 'rules' is unknown; expected one of {SECTIONS}"),
    (
        "sorces: []",
        1,
        1,
        "sorces",
        f"the key 'sorces' is unknown; expected one of {SECTIONS}; did you mean 'sources'?",
    ),
    ("targets: 5", 1, 10, "targets", "expected a list, got '5'"),
    (
        "targets: [x]",
        1,
        11,
        "targets[0]",
        (
            "expected a group of keys (id, indicator, at_least, at_most, between, change, done, by, keep, milestones, "
            "since, area, areas, group, baseline, method, stated), got 'x'"
        ),
    ),
    (
        "service: [x]",
        1,
        10,
        "service",
        "expected a group of keys (timezone, language, listen, database_url, deadline_days), got a list",
    ),
    (
        "service:\n  timezone: Asia/Ho_Chi_Min",
        2,
        13,
        "service.timezone",
        "'Asia/Ho_Chi_Min' is no time zone; expected a name such as Asia/Ho_Chi_Minh; did you mean 'Asia/Ho_Chi_Minh'?",
    ),
    (
        "service: {language: fr}",
        1,
        21,
        "service.language",
        "'fr' is no language of the reports; expected one of vi, en",
    ),
    ("service: {language: }", 1, 11, "service.language", "has no value; expected one, or to leave it out"),
    (
        "service: {listen: 8080}",
        1,
        19,
        "service.listen",
        "'8080' is no place to listen; expected host:port such as 127.0.0.1:8080",
    ),
    (
        "service: {listen: 'h:99999'}",
        1,
        19,
        "service.listen",
        "'h:99999' is no place to listen; expected host:port such as 127.0.0.1:8080",
    ),
    (
        "service: {database_url: 'mysql://u:hidden@h/d'}",
        1,
        25,
        "service.database_url",
        "expected the address of a PostgreSQL database: postgresql://user@host:5432/name",
    ),
    (
        "service: {deadline_days: [0]}",
        1,
        27,
        "service.deadline_days[0]",
        "expected a whole number of days from 1 to 3660, got '0'",
    ),
    (
        "network: {allow: [10.0.0.1/8]}",
        1,
        19,
        "network.allow[0]",
        "'10.0.0.1/8' is no network: it names one address inside it; expected '10.0.0.0/8'",
    ),
    (
        "network: {allow: [intranet]}",
        1,
        19,
        "network.allow[0]",
        "'intranet' is no network; expected addresses such as 127.0.0.1/32 or 10.0.0.0/8",
    ),
    (
        "channels: [{id: c}]",
        1,
        12,
        "channels[0].email",
        "a channel needs 'email' or 'webhook'; expected one of them",
    ),
    (
        "channels: [{id: c, webhook: {url: 'ftp://h/in'}}]",
        1,
        35,
        "channels[0].webhook.url",
        "'ftp://h/in' is no web address; expected one that begins with https:// or http://",
    ),
    (
        "channels: [{id: c, webhook: {url: 'http://h', secret_env: 'x y'}}]",
        1,
        59,
        "channels[0].webhook.secret_env",
        "expected the name of an environment variable such as HOOK_SECRET, not the secret itself",
    ),
    (
        "channels: [{id: c, email: {to: [desk], smtp: 'smtp://h'}}]",
        1,
        33,
        "channels[0].email.to[0]",
        "'desk' is no e-mail address; expected one such as name@example.org",
    ),
    (
        "channels: [{id: c, email: {to: [], smtp: 'smtp://h'}}]",
        1,
        32,
        "channels[0].email.to",
        "the list is empty; expected at least one entry",
    ),
    (
        "channels: [{id: c, email: {to: [a@b.org], smtp: h}}]",
        1,
        49,
        "channels[0].email.smtp",
        "'h' is no mail server; expected smtp://host:port, smtps://… or smtp+starttls://…",
    ),
    (
        "channels: [{id: c, email: {to: [a@b.org], smtp: 'smtp://h', user: u}}]",
        1,
        61,
        "channels[0].email.user",
        "'user' alone cannot sign in; expected 'password_env' or 'password_file' beside it",
    ),
    (
        "alerts: [{on: [target_reachd], to: [desk]}]\nchannels: [{id: desk, webhook: {url: 'http://h'}}]",
        1,
        16,
        "alerts[0].on[0]",
        (
            "'target_reachd' is no alert; expected one of observation, revision, conflict, doubtful, target_reached, "
            "target_missed, overdue, off_track, back_on_track, regressed, deadline_near, target_changed, vanished, stale, "
            "source_failing, source_recovered, met_late, summary; did you mean 'target_reached'?"
        ),
    ),
    (
        "alerts: [{on: [stale], to: [dsk]}]\nchannels: [{id: desk, webhook: {url: 'http://h'}}]",
        1,
        29,
        "alerts[0].to[0]",
        "the channel 'dsk' does not exist; expected one of desk; did you mean 'desk'?",
    ),
    (
        "alerts: [{on: [stale], to: [desk]}]",
        1,
        29,
        "alerts[0].to[0]",
        "the channel 'desk' does not exist; the section 'channels' has none",
    ),
]

SOURCES = [
    ("{id: s}", 1, "sources[0].path", "a source needs 'path' or 'url'; expected one of them"),
    (
        "{id: s, path: a, url: 'http://h'}",
        18,
        "sources[0].url",
        "'path' and 'url' exclude each other; expected one of them",
    ),
    (
        "{id: s, path: a, every: 6h, cron: '0 7 * * *'}",
        29,
        "sources[0].cron",
        "'every' and 'cron' exclude each other; expected one of them",
    ),
    (
        "{id: s, path: a, every: 6 hours}",
        25,
        "sources[0].every",
        "'6 hours' is no length of time; expected one such as 45s, 30m, 6h, 1d or 2w",
    ),
    (
        "{id: s, path: a, every: 60}",
        25,
        "sources[0].every",
        "'60' is no length of time; expected one such as 45s, 30m, 6h, 1d or 2w",
    ),
    ("{id: s, path: a, every: 0s}", 25, "sources[0].every", "'0s' is out of range; expected from 1s to 366d"),
    (
        "{id: s, path: a, cron: '0 7 * *'}",
        24,
        "sources[0].cron",
        "a schedule has five fields (minute hour day month weekday) such as '0 7 * * mon-fri', got 4",
    ),
    (
        "{id: s, path: a, cron: '0 24 * * *'}",
        24,
        "sources[0].cron",
        "'24' is no hour of a schedule; expected '*', 0 to 23, a range, list or step",
    ),
    (
        "{id: s, path: a, cron: '0 7 * * mo'}",
        24,
        "sources[0].cron",
        "'mo' is no weekday of a schedule; expected '*', sun to sat, a range, list or step",
    ),
    (
        "{id: s, path: 'a*.html', published: 2021-12-22}",
        26,
        "sources[0].published",
        "'published' dates a single document, and 'path' is a pattern of many; expected one of them",
    ),
    (
        "{id: s, path: a, published: 22/12/2021}",
        29,
        "sources[0].published",
        "expected a day written 2025-12-31, got '22/12/2021'",
    ),
    ("{id: 7, path: a}", 6, "sources[0].id", "'7' is no text here; expected a text: put it in quotes"),
    ("{path: a}", 1, "sources[0].id", "the key 'id' is missing; expected 'id: …' (the source's id)"),
    (
        "{id: s, url: 'http://me:hidden@h/'}",
        14,
        "sources[0].url",
        (
            "a user or password does not belong into the address of a web address; "
            "expected secrets in an environment variable or a file"
        ),
    ),
]

TARGETS = [
    (
        "{id: t, indicator: rnk, at_most: 5, by: 2030-12-31}",
        20,
        "targets[0].indicator",
        "the indicator 'rnk' does not exist; expected one of rank, share; did you mean 'rank'?",
    ),
    (
        "{id: t, indicator: rank, at_least: 5, by: 2030-12-31}",
        26,
        "targets[0].at_least",
        "'at_least' is against the direction of 'rank', where lower is better; expected 'at_most'",
    ),
    (
        "{id: t, indicator: share, at_most: 5, by: 2030-12-31}",
        27,
        "targets[0].at_most",
        "'at_most' is against the direction of 'share', where higher is better; expected 'at_least'",
    ),
    (
        "{id: t, indicator: rank, at_most: 95%, by: 2030-12-31}",
        35,
        "targets[0].at_most",
        "'95%' is a text; expected the number alone, such as 80 or 92.5",
    ),
    (
        "{id: t, indicator: rank, at_most: .inf, by: 2030-12-31}",
        35,
        "targets[0].at_most",
        "expected a number of ordinary size, such as 80 or 92.5",
    ),
    (
        "{id: t, indicator: rank, at_most: 5}",
        1,
        "targets[0].by",
        "the key 'by' is missing; expected 'by: …' (the deadline: the last day on which it can be met)",
    ),
    (
        "{id: t, indicator: rank, at_most: 5, by: 2022-02-30}",
        42,
        "targets[0].by",
        "the day '2022-02-30' is not in the calendar; expected one such as 2025-12-31",
    ),
    (
        "{id: t, indicator: rank, at_most: 5, by: 2030-12-31, method: liner}",
        62,
        "targets[0].method",
        "'liner' is no method; expected one of rate-ratio/geometric, rate-ratio/linear, statcan, unsd, escap, destatis, sdsn",
    ),
    (
        "{id: t, indicator: rank, at_most: 5, by: 2030-12-31, area: Hanoi}",
        60,
        "targets[0].area",
        "the area 'Hanoi' does not exist; expected one of Vietnam, Hà Nội, World",
    ),
    (
        "{id: t, indicator: rank, at_most: 5, by: 2030-12-31, area: Hà Nội}",
        60,
        "targets[0].area",
        "the area 'Hà Nội' is not tracked for 'rank'; expected one of Vietnam",
    ),
    (
        "{id: t, indicator: rank, at_most: 5, by: 2030-12-31, baseline: {value: 6}}",
        64,
        "targets[0].baseline.period",
        "the key 'period' is missing; expected 'period: …' (the period it describes)",
    ),
    (
        "{id: t, indicator: rank, at_most: 5, by: 2030-12-31, baseline: {value: 6, period: 2021-13}}",
        83,
        "targets[0].baseline.period",
        "'2021-13' is no period; expected one such as 2025, 2024-Q2, 2024-09, 2021-12-15 or 2024-01/2024-09",
    ),
    (
        "{id: t, indicator: rank, at_most: 5, by: 2030-12-31, baseline: {value: 6, period: 2030}}",
        83,
        "targets[0].baseline.period",
        "the baseline 2030 does not end before the deadline 2030-12-31; expected an earlier period",
    ),
    (
        "{id: t, indicator: rank, at_most: 5, by: 2030-12-31, stated: {url: gov.vn}}",
        68,
        "targets[0].stated.url",
        "'gov.vn' is no web address; expected one that begins with https:// or http://",
    ),
    (
        "{id: t, indicator: share, at_least: 5, between: [1, 2], by: 2030-12-31}",
        40,
        "targets[0].between",
        "the target has both 'at_least' and 'between'; expected one of them",
    ),
    (
        "{id: t, indicator: share, between: [9, 2], by: 2030-12-31}",
        36,
        "targets[0].between",
        "9 is not less than 2; expected the smaller number first",
    ),
    (
        "{id: t, indicator: share, between: 9, by: 2030-12-31}",
        36,
        "targets[0].between",
        "expected two numbers such as [80, 85], got '9'",
    ),
    (
        "{id: t, indicator: rank, change: {at_least: 5, from: 2031}, by: 2030-12-31}",
        54,
        "targets[0].change.from",
        "the change counts from 2031, which does not end before the deadline 2030-12-31; expected an earlier one",
    ),
    (
        "{id: t, indicator: rank, change: {from: 2020}, by: 2030-12-31}",
        34,
        "targets[0].change",
        "a change is 'at_least' or 'at_least_percent'; expected one of them",
    ),
    (
        "{id: t, indicator: rank, change: {at_least: -5, from: 2020}, by: 2030-12-31}",
        45,
        "targets[0].change.at_least",
        "a change is told by its size, better being meant; expected a number above 0",
    ),
    (
        "{id: t, indicator: rank, change: {at_least: 5}, by: 2030-12-31}",
        34,
        "targets[0].change.from",
        "the key 'from' is missing; expected 'from: …' (the period that it counts from)",
    ),
    (
        "{id: t, indicator: rank, change: {at_least: 5, from: 2020}, by: 2030-12-31, baseline: {value: 1, period: 2019}}",
        77,
        "targets[0].baseline",
        "'change' says by 'from' where it begins; expected no 'baseline' beside it",
    ),
    (
        "{id: t, indicator: share, keep: true, by: 2030-12-31}",
        27,
        "targets[0].keep",
        "'keep' needs a value to keep; expected 'at_least', 'at_most' or 'between' beside it",
    ),
    (
        "{id: t, indicator: share, at_least: 5, keep: true, method: sdsn, by: 2030-12-31}",
        60,
        "targets[0].method",
        "what is kept in every period is assessed by 'destatis'; expected that method, or none",
    ),
    (
        "{id: t, indicator: rank, done: true, by: 2030-12-31}",
        26,
        "targets[0].done",
        "'done' counts 0 and then 1, and lower is better for 'rank'; expected one where higher is better",
    ),
    (
        "{id: t, indicator: share, done: true, method: sdsn, by: 2030-12-31}",
        39,
        "targets[0].method",
        "what is done or not has no pace, and no method; expected to leave it out",
    ),
    (
        "{id: t, indicator: share, at_least: 5, by: 2030-12-31, since: 2031-01-01}",
        63,
        "targets[0].since",
        "this version begins after its own deadline; expected an earlier day",
    ),
    (
        "{id: t, indicator: share, at_least: 50, by: 2030-12-31, milestones: [{by: 2031-01-01, value: 40}]}",
        75,
        "targets[0].milestones[0].by",
        "the milestone of 2031-01-01 does not lie before 2030-12-31; expected an earlier day",
    ),
    (
        "{id: t, indicator: share, at_least: 50, by: 2030-12-31, milestones: [{by: 2028-01-01, value: 60}]}",
        94,
        "targets[0].milestones[0].value",
        "the milestone 60 is not on the way to 50 by 2030-12-31; expected a value before it",
    ),
    (
        "{id: t, indicator: share, by: 2030-12-31, milestones: [{by: 2028-01-01, value: 60}]}",
        43,
        "targets[0].milestones",
        "milestones lie on the way to a value; expected 'at_least', 'at_most' or 'between', and no 'keep'",
    ),
    (
        "{id: t, indicator: share, at_least: 50, by: 2030-12-31, method: unsd, milestones: [{by: 2028-01-01, value: 40}]}",
        65,
        "targets[0].method",
        "'unsd' knows no milestones; expected rate-ratio/linear, rate-ratio/geometric, or none",
    ),
    (
        "{id: t, indicator: share, at_least: 50, by: 2030-12-31, area: Vietnam, areas: all}",
        72,
        "targets[0].areas",
        "'area' and 'areas' exclude each other; expected one of them",
    ),
    (
        "{id: t, indicator: rank, at_most: 50, by: 2030-12-31, areas: [Vietnam, Hà Nội]}",
        72,
        "targets[0].areas[1]",
        "the area 'Hà Nội' is not tracked for 'rank'; expected some of Vietnam",
    ),
]

INDICATORS = [
    (
        "{id: i, unit: percnt, better: higher, area: Vietnam}",
        15,
        "indicators[2].unit",
        "'percnt' is no unit; expected one of percent, rank, count, VND, USD, index, ratio; did you mean 'percent'?",
    ),
    (
        "{id: i, unit: rank, better: up, area: Vietnam}",
        29,
        "indicators[2].better",
        "'up' is no direction; expected one of lower, higher",
    ),
    (
        "{id: i, unit: rank, area: Vietnam}",
        1,
        "indicators[2].better",
        "the key 'better' is missing; expected 'better: …' (the direction in which it improves)",
    ),
    (
        "{id: rank, unit: rank, better: lower, area: Vietnam}",
        6,
        "indicators[2].id",
        "the id 'rank' is used twice; expected another, it already stands at t.yaml:6:6",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnm}",
        42,
        "indicators[2].area",
        "the area 'Vietnm' does not exist; expected one of Vietnam, Hà Nội, World; did you mean 'Vietnam'?",
    ),
    (
        "{id: i, unit: rank, better: lower, area: World}",
        42,
        "indicators[2].area",
        "the area 'World' is a comparator; expected one that is tracked: Vietnam, Hà Nội",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnam, scope: [World]}",
        59,
        "indicators[2].scope[0]",
        "the area 'World' is a comparator; expected one that is tracked: Vietnam, Hà Nội",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnam, scope: Vietnam}",
        58,
        "indicators[2].scope",
        "expected a list of areas, or all: [Vietnam]",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnam, scope: []}",
        58,
        "indicators[2].scope",
        "expected a list of areas, or all, got a list",
    ),
    (
        "{id: i, unit: rank, better: lower}",
        1,
        "indicators[2].area",
        "the indicator names no area; expected 'area', one of Vietnam, Hà Nội, or 'scope'",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnam, name: {fr: rang}}",
        58,
        "indicators[2].name.fr",
        "the key 'fr' is unknown; expected one of vi, en",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnam, name: {}}",
        57,
        "indicators[2].name",
        "the name is empty; expected a text, or one in vi or en",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnam, aliases: EGDI}",
        60,
        "indicators[2].aliases",
        "expected a list, got 'EGDI'",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnam, breaks: [{note: x}]}",
        60,
        "indicators[2].breaks[0].period",
        "the key 'period' is missing; expected 'period: …' (the first period of the new method)",
    ),
    (
        "{id: i, unit: rank, unit: count, better: lower, area: Vietnam}",
        21,
        "indicators[2].unit",
        "the key 'unit' is written twice; it already stands in line 8",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnam, source_rank: [office]}",
        65,
        "indicators[2].source_rank[0]",
        "the source 'office' does not exist; the section 'sources' has none",
    ),
    (
        "{id: i, unit: rank, better: lower, area: Vietnam, accumulates: often}",
        64,
        "indicators[2].accumulates",
        "expected true or false, got 'often'",
    ),
]


@pytest.mark.parametrize(("text", "line", "column", "path", "sentence"), VALUES)
def test_a_wrong_value_is_told_with_its_place(lines, text, line, column, path, sentence):
    assert lines(f"{GOOD}{text}\n") == [f"t.yaml:{AFTER + line - 1}:{column}: {path}: {sentence}"]


@pytest.mark.parametrize(("entry", "column", "path", "sentence"), SOURCES)
def test_a_wrong_source_is_told_with_its_place(lines, entry, column, path, sentence):
    assert lines(f"{GOOD}sources:\n  - {entry}\n") == [f"t.yaml:{AFTER + 1}:{column + 4}: {path}: {sentence}"]


@pytest.mark.parametrize(("entry", "column", "path", "sentence"), TARGETS)
def test_a_wrong_target_is_told_with_its_place(lines, entry, column, path, sentence):
    assert lines(f"{GOOD}targets:\n  - {entry}\n") == [f"t.yaml:{AFTER + 1}:{column + 4}: {path}: {sentence}"]


@pytest.mark.parametrize(("entry", "column", "path", "sentence"), INDICATORS)
def test_a_wrong_indicator_is_told_with_its_place(lines, entry, column, path, sentence):
    assert lines(f"{GOOD}  - {entry}\n") == [f"t.yaml:{AFTER}:{column + 4}: {path}: {sentence}"]


def test_versions_of_a_target_are_told_apart_by_since(lines):
    first = "targets:\n  - {id: t, indicator: share, at_least: 5, by: 2030-12-31}\n"
    second = "  - {id: t, indicator: share, at_least: 6, by: 2030-12-31, since: 2025-01-01}\n"
    assert lines(GOOD + first + second) == []
    assert lines(GOOD + first + second + second) == [
        (
            f"t.yaml:{AFTER + 3}:10: targets[2].id: the id 't' is used twice; expected another, or a 'since' of its own "
            f"for a new version; it already stands at t.yaml:{AFTER + 1}:6"
        )
    ]
    other = second.replace("share, at_least", "rank, at_most")
    assert lines(GOOD + first + other) == [
        (
            f"t.yaml:{AFTER + 2}:24: targets[1].indicator: another 'indicator' than the first version of 't' has, at "
            f"t.yaml:{AFTER + 1}:6; expected the same"
        )
    ]
