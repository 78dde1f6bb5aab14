"""The desk of `/data/`: few requests are computed for at a time, so that pages keep their turn, and the others wait.

Of all who wait, the next is from the address that has had least of late, and among its requests the first: who asks
for much waits behind who asks for little. Who has left is not computed for, and nobody waits for ever.
"""

import asyncio
import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

AT_ONCE: Final = 2
MOST_WAITING: Final = 200
"""As many as a team of 50 behind one address asks for, if each refreshes a workbook with four tables in one moment.

There is no other share of an address: it is what others leave. Where all places are taken, who comes gets the place of
the newest request of the address that has most, as long as that has more.
"""
LONGEST_S: Final = 15.0
"""How long an answer may take, the wait for a turn included. The dearest takes half a second, and six beside others."""

_TO_WAIT_SHARE: Final = 2 / 3
"""Whose turn has not come in this share of that is told so: what begins later would too often end too late."""
_HALF_S: Final = 10.0
"""What an address has had counts half after so long."""
_MOST_KNOWN: Final = 5_000


class TurnedAwayError(Exception):
    """That a request is not answered, and why, in words."""


@dataclass(eq=False, slots=True)
class _Place:
    """A request at the desk; left: whether nobody waits for its answer any more."""

    address: str
    compute: Callable[[], Response]
    answer: asyncio.Future[Response]
    begun_s: float = 0.0
    left: bool = False


class Desk:
    """Who waits, and who is computed for. All of it happens in the thread of the event loop, but the computing.

    A thread cannot be ended: what is computed for somebody who has left, or has been told that it takes too long, goes
    on to its end, which is bounded as every figure is, and holds its place until then. One thread more is kept for
    who comes from another address meanwhile, so that such places are not lost to others.
    """

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._threads = ThreadPoolExecutor(AT_ONCE + 1, "desk")
        self._line: list[_Place] = []
        self._computing: list[_Place] = []
        self._had: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def answer(self, request: Request, compute: Callable[[], Response]) -> Response:
        """What is computed in a thread when its turn has come; TurnedAwayError where that is not to be."""
        place = self._take(request.client.host if request.client else "", compute)
        gone = asyncio.create_task(_gone(request))
        awaited: set[asyncio.Future[Any]] = {place.answer, gone}
        to_wait_s = self._longest_s * _TO_WAIT_SHARE
        try:
            await asyncio.wait(awaited, timeout=to_wait_s, return_when=asyncio.FIRST_COMPLETED)
            if place.begun_s:
                await asyncio.wait(awaited, timeout=self._longest_s - to_wait_s, return_when=asyncio.FIRST_COMPLETED)
            if place.answer.done():
                return place.answer.result()
            if gone.done():
                raise TurnedAwayError("who asked has left")
            if place.begun_s:
                raise TurnedAwayError(f"no answer within {self._longest_s:g} seconds")
            raise TurnedAwayError(f"no turn within {to_wait_s:g} seconds")
        finally:
            gone.cancel()
            self._leave(place)

    def _take(self, address: str, compute: Callable[[], Response]) -> _Place:
        if len(self._line) >= MOST_WAITING:
            self._make_room(address)
        in_context = partial(copy_context().run, compute)  # which names the asker
        place = _Place(address, in_context, asyncio.get_running_loop().create_future())
        self._line.append(place)
        self._call()
        return place

    def _make_room(self, newcomer: str) -> None:
        """Turn the newest request of the address with most away, or the newcomer where it would have as many."""
        waiting = Counter(place.address for place in self._line)
        address, most = max(waiting.items(), key=lambda one: one[1])
        if waiting[newcomer] + 1 >= most:
            raise TurnedAwayError("too many requests at once")
        newest = next(place for place in reversed(self._line) if place.address == address)
        self._line.remove(newest)
        newest.answer.set_exception(TurnedAwayError("too many requests at once from this address"))

    def _leave(self, place: _Place) -> None:
        place.left = True
        if place in self._line:
            self._line.remove(place)
        self._call()

    def _call(self) -> None:
        """Compute for whoever is next, while there is a place."""
        while may := [place for place in self._line if self._has_place(place.address)]:
            now_s = time.monotonic()
            place = min(may, key=lambda one: self._had_of_late_s(one.address, now_s))
            self._line.remove(place)
            place.begun_s = now_s
            self._computing.append(place)
            computed = asyncio.get_running_loop().run_in_executor(self._threads, place.compute)
            computed.add_done_callback(partial(self._end, place))

    def _has_place(self, address: str) -> bool:
        if len(self._computing) < AT_ONCE:
            return True
        left_by_others = any(place.left and place.address != address for place in self._computing)
        return len(self._computing) == AT_ONCE and left_by_others

    def _had_of_late_s(self, address: str, now_s: float) -> float:
        """How long an address was, and is, computed for."""
        return self._was_s(address, now_s) + sum(
            now_s - place.begun_s for place in self._computing if place.address == address
        )

    def _was_s(self, address: str, now_s: float) -> float:
        had_s, at_s = self._had.get(address, (0.0, now_s))
        return had_s * math.exp2((at_s - now_s) / _HALF_S)

    def _end(self, place: _Place, computed: asyncio.Future[Response]) -> None:
        now_s = time.monotonic()
        self._computing.remove(place)
        self._had[place.address] = (self._was_s(place.address, now_s) + now_s - place.begun_s, now_s)
        self._had.move_to_end(place.address)
        if len(self._had) > _MOST_KNOWN:
            self._had.popitem(last=False)
        if error := computed.exception():
            place.answer.set_exception(error)
        else:
            place.answer.set_result(computed.result())
        self._call()


async def _gone(request: Request) -> None:
    """Wait until the connection has ended. A body is not read: who sends one is waited for until the time is over."""
    message = await request.receive()
    if message.get("more_body"):
        await asyncio.get_running_loop().create_future()
    if message["type"] != "http.disconnect":
        await request.receive()
