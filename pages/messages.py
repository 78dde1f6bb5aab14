"""Messages of browsers, within bounds: one visitor's message may not cost the others their memory."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BYTES: Final = 256 * 1024
"""A move of a slider sends 1 to 3 kB, and the longest text that a box takes 80 kB. A message costs up to sixty times
its size once it is read."""

TOO_BIG: Final = 1009
"""What a websocket is closed with because of a message too big (RFC 6455, section 7.4.1)."""


class BoundedMessages:
    """Ends a connection whose message is too big, before anything reads it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small enough."""

        async def bounded() -> Message:
            message = await receive()
            content = message.get("bytes") or message.get("text") or b""
            if message["type"] == "websocket.receive" and len(content) > LARGEST_BYTES:
                await send({"type": "websocket.close", "code": TOO_BIG})
                return {"type": "websocket.disconnect", "code": TOO_BIG}
            return message

        await self.app(scope, bounded if scope["type"] == "websocket" else receive, send)
