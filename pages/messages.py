"""Messages of browsers, within bounds: one visitor may cost the others neither their memory nor their turn."""

import asyncio
import time
from collections import Counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BYTES: Final = 256 * 1024
"""A move of a slider sends 1 to 3 kB, and the longest text that a box takes 80 kB."""

MOST_PARTS: Final = 2_000
"""Parts of a message: a page with every control open has 150. Each costs a hundred times its size once it is read."""

A_SECOND: Final = 20.0
AT_ONCE: Final = 60.0
BYTES_FOR_ONE: Final = 8 * 1024
PARTS_FOR_ONE: Final = 100
"""Messages a second that are read of one page, after some at once; a large one counts as several. The others wait."""

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
    """How many messages may still be read now, of so many a second."""

    def __init__(self) -> None:
        self._left, self._since_s = AT_ONCE, time.monotonic()

    def wait_s(self, size: int, parts: int) -> float:
        """Take a message of so many bytes and parts; how long it has to wait before it is read [s]."""
        now_s = time.monotonic()
        self._left = min(AT_ONCE, self._left + A_SECOND * (now_s - self._since_s))
        self._since_s = now_s
        self._left -= max(1.0, size / BYTES_FOR_ONE, parts / PARTS_FOR_ONE)
        return max(0.0, -self._left / A_SECOND)


class BoundedMessages:
    """Ends a connection whose message is too big, before anything reads it, and lets who sends much wait.

    A page beyond the most that are open is refused: it may try again later.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open = Counter[str]()

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
        allowance = Allowance()

        async def bounded() -> Message:
            message = await receive()
            content = message.get("bytes") or (message.get("text") or "").encode()
            if message["type"] != "websocket.receive":
                return message
            size, parts = len(content), content.count(_PART)
            if size > LARGEST_BYTES or parts > MOST_PARTS:
                await send({"type": "websocket.close", "code": TOO_BIG})
                return {"type": "websocket.disconnect", "code": TOO_BIG}
            if wait_s := allowance.wait_s(size, parts):
                await asyncio.sleep(wait_s)
            return message

        self._open[address] += 1
        try:
            await self.app(scope, bounded, send)
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]
