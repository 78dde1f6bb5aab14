"""Turns: one page is computed at a time, so that many visitors at once are answered sooner.

Python runs one thread at a time. Threads that compute pages side by side do not finish earlier: they take the
interpreter from each other every few milliseconds, which costs nearly half of the answers (`tests/bench/FINDINGS.md`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

LONGEST_WAIT_S: Final = 10.0
"""A page is not kept from being computed for longer, whatever another one does."""

_TURN: Final = Lock()


@contextmanager
def turn(longest_wait_s: float = LONGEST_WAIT_S) -> Iterator[None]:
    """Compute within, while no other page does, or after the longest wait beside it."""
    mine = _TURN.acquire(timeout=longest_wait_s)
    try:
        yield
    finally:
        if mine:
            _TURN.release()
