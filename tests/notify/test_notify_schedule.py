from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.notify import LONGEST_WAIT, MOST_TRIES, next_try
from tracker.notify.schedule import step

NOW = datetime(2025, 6, 1, tzinfo=UTC)
SEEDS = st.text(min_size=1, max_size=40)


def waits(seed):
    return [(next_try(n, NOW, seed=seed) - NOW).total_seconds() for n in range(1, MOST_TRIES)]


@given(SEEDS)
def test_the_tries_cover_a_long_weekend_and_then_end(seed):
    assert sum(waits(seed)) >= 72 * 3600
    assert next_try(MOST_TRIES, NOW, seed=seed) is None


@given(SEEDS)
def test_a_receiver_that_is_down_is_asked_at_most_40_times_in_an_hour(seed):
    passed, tries = 0.0, 1
    for wait in waits(seed):
        passed += wait
        if passed > 3600:
            break
        tries += 1
    assert tries <= 42


@given(SEEDS)
def test_after_a_short_outage_nobody_waits_longer_than_a_minute(seed):
    passed = 0.0
    for wait in waits(seed):
        if passed > 600:
            break
        assert wait <= 60
        passed += wait


@given(SEEDS, st.integers(1, MOST_TRIES - 1))
def test_a_wait_is_the_same_each_time_and_within_its_step(seed, attempts):
    at = next_try(attempts, NOW, seed=seed)
    assert at == next_try(attempts, NOW, seed=seed)
    assert 0.6 * step(attempts) <= (at - NOW).total_seconds() + 1e-5 <= step(attempts) + 2e-5 <= LONGEST_WAIT + 1


def test_two_notifications_do_not_come_back_at_the_same_moment():
    assert len({next_try(10, NOW, seed=f"msg_{n}") for n in range(50)}) == 50


@given(SEEDS, st.integers(1, MOST_TRIES - 1), st.floats(0, 1e9))
def test_what_the_receiver_asks_for_is_kept_for_a_day_at_most(seed, attempts, seconds):
    at = next_try(attempts, NOW, seed=seed, retry_after=seconds)
    asked = timedelta(seconds=min(seconds, 86_400))
    assert at >= NOW + asked
    assert at <= max(NOW + timedelta(days=1), next_try(attempts, NOW, seed=seed))
