import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from wayfellow.core import clock

LONG_AGO = datetime(2020, 2, 29, 12, 0, tzinfo=UTC)


def test_moves_inside_the_block_only():
    with clock.moved_to(LONG_AGO):
        assert clock.now() == LONG_AGO
        with clock.moved_to(LONG_AGO + timedelta(days=1)):
            assert clock.now() == LONG_AGO + timedelta(days=1)
        assert clock.now() == LONG_AGO
    assert timezone.now() - clock.now() < timedelta(minutes=1)


def test_comes_back_after_an_error():
    with pytest.raises(RuntimeError), clock.moved_to(LONG_AGO):
        raise RuntimeError
    assert clock.now() > LONG_AGO


def test_other_threads_keep_their_time():
    seen = []
    with clock.moved_to(LONG_AGO):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] > LONG_AGO


def test_refuses_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="time zone"), clock.moved_to(datetime(2020, 1, 1)):  # noqa: DTZ001
        pass
