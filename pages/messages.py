"""Messages of browsers, within bounds: one visitor may cost the others neither their memory nor their turn."""

import asyncio
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.session.turns import TURNS

LARGEST_BYTES: Final = 250_000
"""A move of a slider sends 1 to 3 kB, and the longest text that a box takes 80 kB. The server holds no more."""

MOST_PARTS: Final = 2_000
"""Parts of a message: a page with every control open has 150. Each costs a hundred times its size once it is read."""

A_SECOND: Final = 20.0
AT_ONCE: Final = 60.0
BYTES_FOR_ONE: Final = 8 * 1024
PARTS_FOR_ONE: Final = 100
"""Messages a second that are read of one page, after some at once; a large one counts as several. The others wait."""

BEGIN_APART_S: Final = 0.02
LONGEST_CLOSED_S: Final = 0.5
"""How far apart pages begin, and how long the next one waits at most while others wait to be computed."""

_LOOK_AGAIN_S: Final = 0.02

PAGES_OF_ADDRESS: Final = 5
"""Pages that may send so much at the same time behind one address. Fifty people who move sliders send half of it."""
_MOST_KNOWN: Final = 1_000
"""Addresses whose allowance is kept while none of their pages is open."""

SESSIONS: Final = 400
SESSIONS_OF_ADDRESS: Final = 100
"""Pages that are open at once, as many of one address as the deployed proxy lets through."""

TOO_BIG: Final = 1009
"""What a websocket is closed with because of a message too big (RFC 6455, section 7.4.1)."""

LATER: Final = 1013
"""What a websocket is closed with that may try again later (IANA, WebSocket Close Code Number Registry)."""

_PART: Final = b"\n"
"""What a part begins with: the first field of a protobuf message that holds other messages or texts."""


class Allowance:
    """How much may still be done now, of so much a second after some at once."""

    def __init__(self, a_second: float = A_SECOND, at_once: float = AT_ONCE) -> None:
        self._a_second, self._at_once = a_second, at_once
        self._left, self._since_s = at_once, time.monotonic()

    def wait_s(self, taken: float = 1.0) -> float:
        """Take so much; how long it has to wait [s]."""
        now_s = time.monotonic()
        self._left = min(self._at_once, self._left + self._a_second * (now_s - self._since_s)) - taken
        self._since_s = now_s
        return max(0.0, -self._left / self._a_second)


def weight(size: int, parts: int) -> float:
    """For how many messages one of so many bytes and parts counts."""
    return max(1.0, size / BYTES_FOR_ONE, parts / PARTS_FOR_ONE)


class Door:
    """Pages begin one after another, of each address in turn; who waits here costs nothing yet.

    busy: whether pages that have begun wait to be computed
    """

    def __init__(self, busy: Callable[[], bool]) -> None:
        self._busy = busy
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._opening: asyncio.Task[None] | None = None

    async def go_in(self, address: str) -> None:
        """Wait until a page of an address may begin."""
        mine = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(address, deque()).append(mine)
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._let_in())
        await mine

    async def _let_in(self) -> None:
        while self._waiting:
            address, line = self._waiting.popitem(last=False)
            first = line.popleft()
            if line:
                self._waiting[address] = line
            if first.done():  # its browser has gone
                continue
            end_s = time.monotonic() + LONGEST_CLOSED_S
            while self._busy() and time.monotonic() < end_s:
                await asyncio.sleep(_LOOK_AGAIN_S)
            if not first.done():
                first.set_result(None)
                await asyncio.sleep(BEGIN_APART_S)


class BoundedMessages:
    """Ends a connection whose message is too big, before anything reads it, and lets who sends much wait.

    A page beyond the most that are open is refused: it may try again later.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open = Counter[str]()
        self._addresses: dict[str, Allowance] = {}
        self._door = Door(lambda: TURNS.waiting > 0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is within bounds."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        address = (scope.get("client") or ("", 0))[0]
        if self._open[address] >= SESSIONS_OF_ADDRESS or self._open.total() >= SESSIONS:
            await receive()
            await send({"type": "websocket.close", "code": LATER})
            return
        allowances = (Allowance(), self._known(address))

        async def bounded() -> Message:
            message = await receive()
            content = message.get("bytes") or (message.get("text") or "").encode()
            if message["type"] != "websocket.receive":
                return message
            size, parts = len(content), content.count(_PART)
            if size > LARGEST_BYTES or parts > MOST_PARTS:
                await send({"type": "websocket.close", "code": TOO_BIG})
                return {"type": "websocket.disconnect", "code": TOO_BIG}
            if wait_s := max(allowance.wait_s(weight(size, parts)) for allowance in allowances):
                await asyncio.sleep(wait_s)
            return message

        self._open[address] += 1
        try:
            await self._door.go_in(address)
            await self.app(scope, bounded, send)
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    def _known(self, address: str) -> Allowance:
        """What the pages of an address share: who closes one and opens the next has no new allowance."""
        if len(self._addresses) >= _MOST_KNOWN:
            self._addresses = {one: kept for one, kept in self._addresses.items() if one in self._open}
        shared = Allowance(A_SECOND * PAGES_OF_ADDRESS, AT_ONCE * PAGES_OF_ADDRESS)
        return self._addresses.setdefault(address, shared)
