"""Pages are computed one after another, and none is kept waiting for ever."""

import time
from threading import Barrier, Event, Thread

import pytest

from pages.parts.turns import turn


def test_what_is_computed_in_turns_is_never_computed_side_by_side() -> None:
    inside, most, start = 0, 0, Barrier(4)

    def compute() -> None:
        nonlocal inside, most
        start.wait()
        for _ in range(5):
            with turn():
                inside += 1
                most = max(most, inside)
                time.sleep(0.001)
                inside -= 1

    threads = [Thread(target=compute) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


def test_a_page_that_takes_too_long_keeps_no_other_from_being_computed() -> None:
    begun, end = Event(), Event()

    def compute() -> None:
        with turn():
            begun.set()
            end.wait(60)

    slow = Thread(target=compute)
    slow.start()
    begun.wait(60)
    with turn(longest_wait_s=0.01):
        assert slow.is_alive()
    with turn(longest_wait_s=0.01):  # the one that did not wait for it has not ended the slow one's turn
        assert slow.is_alive()
    end.set()
    slow.join()


def test_a_page_that_fails_ends_its_turn() -> None:
    with pytest.raises(ValueError, match="broken"), turn():
        raise ValueError("broken")
    with turn(longest_wait_s=0.0):
        pass
    begun = time.monotonic()
    with turn():
        assert time.monotonic() - begun < 5.0
