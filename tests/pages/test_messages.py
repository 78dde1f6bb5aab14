"""A message that is too big ends its connection before the app reads it; others pass untouched."""

import pytest
from starlette.types import Message, Receive, Scope, Send

from pages.messages import LARGEST_BYTES, TOO_BIG, BoundedMessages
from tests.coroutines import ended


def received(kind: str, *messages: Message) -> tuple[list[Message], list[Message]]:
    """What an app is given of these messages, and what is sent to the visitor."""
    came, given, sent = iter(messages), [], []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in messages:
            given.extend([await receive()])

    async def receive() -> Message:
        return next(came)

    async def send(message: Message) -> None:
        sent.append(message)

    ended(BoundedMessages(app)({"type": kind}, receive, send))
    return given, sent


@pytest.mark.parametrize("size", [0, 1, 3_000, LARGEST_BYTES])
def test_messages_within_the_bound_pass_untouched(size: int) -> None:
    message = {"type": "websocket.receive", "bytes": b"x" * size}
    assert received("websocket", {"type": "websocket.connect"}, message) == (
        [{"type": "websocket.connect"}, message],
        [],
    )


@pytest.mark.parametrize(("part", "letter"), [("bytes", b"x"), ("text", "x")])
def test_a_message_beyond_it_ends_the_connection_unread(part: str, letter: bytes | str) -> None:
    given, sent = received("websocket", {"type": "websocket.receive", part: letter * (LARGEST_BYTES + 1)})
    assert given == [{"type": "websocket.disconnect", "code": TOO_BIG}]
    assert sent == [{"type": "websocket.close", "code": TOO_BIG}]


def test_requests_are_left_alone() -> None:
    body = {"type": "http.request", "bytes": b"x" * (LARGEST_BYTES + 1)}
    assert received("http", body) == ([body], [])
