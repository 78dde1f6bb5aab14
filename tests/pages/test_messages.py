"""A message that is too big ends its connection before the app reads it; others pass untouched."""

import asyncio
import time

import pytest
from starlette.types import Message, Receive, Scope, Send

from pages.messages import (
    A_SECOND,
    AT_ONCE,
    BYTES_FOR_ONE,
    LARGEST_BYTES,
    LATER,
    LONGEST_CLOSED_S,
    MOST_PARTS,
    PAGES_OF_ADDRESS,
    SESSIONS_OF_ADDRESS,
    TOO_BIG,
    Allowance,
    BoundedMessages,
    Door,
    weight,
)
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


def test_a_message_of_too_many_parts_ends_the_connection_unread() -> None:
    message = {"type": "websocket.receive", "bytes": b"\n" * MOST_PARTS}
    assert received("websocket", message) == ([message], [])
    given, sent = received("websocket", {"type": "websocket.receive", "bytes": b"\n" * (MOST_PARTS + 1)})
    assert given == [{"type": "websocket.disconnect", "code": TOO_BIG}]
    assert sent == [{"type": "websocket.close", "code": TOO_BIG}]


def test_who_sends_much_waits_and_who_moves_a_slider_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 0.0
    monkeypatch.setattr("pages.messages.time.monotonic", lambda: now_s)
    honest, hostile, large = Allowance(), Allowance(), Allowance()
    for _ in range(1_000):
        now_s += 1.0 / A_SECOND
        assert honest.wait_s(weight(3_000, 100)) == 0.0
    assert [hostile.wait_s(weight(100, 2)) for _ in range(int(AT_ONCE))] == [0.0] * int(AT_ONCE)
    assert hostile.wait_s(weight(100, 2)) == pytest.approx(1.0 / A_SECOND)
    assert [large.wait_s(weight(LARGEST_BYTES, 0)) for _ in range(3)] == [
        0.0,
        *(pytest.approx((n * LARGEST_BYTES / BYTES_FOR_ONE - AT_ONCE) / A_SECOND) for n in (2, 3)),
    ]
    assert hostile.wait_s(weight(100, MOST_PARTS)) == pytest.approx(1.05)


@pytest.fixture
def open_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages begin at once."""

    async def go_in(self: Door, address: str) -> None:
        pass

    monkeypatch.setattr(Door, "go_in", go_in)


@pytest.mark.usefixtures("open_door")
def test_pages_beyond_the_most_of_an_address_may_try_again_later() -> None:
    inside, opened, over = 0, asyncio.Event(), asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal inside
        inside += 1
        if inside == SESSIONS_OF_ADDRESS:
            opened.set()
        await over.wait()

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def attack() -> None:
        bounded = BoundedMessages(app)
        scope = {"type": "websocket", "client": ("192.0.2.1", 1)}
        pages = [asyncio.create_task(bounded(scope, receive, send)) for _ in range(SESSIONS_OF_ADDRESS)]
        await opened.wait()
        await bounded(scope, receive, send)
        assert sent == [{"type": "websocket.close", "code": LATER}]
        other = asyncio.create_task(bounded({**scope, "client": ("192.0.2.2", 1)}, receive, send))
        await asyncio.sleep(0)
        assert inside == SESSIONS_OF_ADDRESS + 1
        over.set()
        await asyncio.gather(*pages, other)
        await bounded(scope, receive, send)  # they left, and there is room
        assert len(sent) == 1

    ended(attack())


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each wait was to take, while the clock stands still [s]."""
    found: list[float] = []

    async def slept(wait_s: float) -> None:
        found.append(wait_s)

    monkeypatch.setattr("pages.messages.time.monotonic", lambda: 0.0)
    monkeypatch.setattr("pages.messages.asyncio.sleep", slept)
    return found


@pytest.mark.usefixtures("open_door")
def test_who_closes_a_page_and_opens_the_next_has_no_new_allowance(waits: list[float]) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(int(AT_ONCE)):
            await receive()

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": b"x"}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    async def opened(times: int, address: str) -> None:
        for _ in range(times):
            await bounded({"type": "websocket", "client": (address, 1)}, receive, send)

    bounded = BoundedMessages(app)
    ended(opened(PAGES_OF_ADDRESS, "192.0.2.1"))
    assert waits == []
    ended(opened(1, "192.0.2.2"))
    assert waits == []
    ended(opened(1, "192.0.2.1"))
    assert waits == pytest.approx([n / (A_SECOND * PAGES_OF_ADDRESS) for n in range(1, int(AT_ONCE) + 1)])


def test_pages_begin_one_after_another_of_each_address_in_turn() -> None:
    begun: list[str] = []
    door = Door(lambda: False)

    async def opens(address: str, name: str) -> None:
        await door.go_in(address)
        begun.append(name)

    async def opened() -> None:
        await asyncio.gather(*(opens("192.0.2.1", f"many {n}") for n in range(4)), opens("192.0.2.2", "other"))
        await opens("192.0.2.3", "later")

    ended(opened())
    assert begun == ["many 0", "other", "many 1", "many 2", "many 3", "later"]


def test_no_page_begins_while_others_wait_to_be_computed_and_none_is_left_out() -> None:
    waiting = [3]
    door = Door(lambda: waiting[0] > 0)

    async def opened() -> tuple[float, float]:
        begin = time.monotonic()
        task = asyncio.create_task(door.go_in("192.0.2.1"))
        await asyncio.sleep(LONGEST_CLOSED_S / 5)
        assert not task.done()
        waiting[0] = 0
        await task
        freed, waiting[0] = time.monotonic() - begin, 3
        await door.go_in("192.0.2.1")
        return freed, time.monotonic() - begin - freed

    freed_s, patient_s = ended(opened())
    assert freed_s < LONGEST_CLOSED_S <= patient_s


def test_who_went_away_before_the_door_keeps_nobody_waiting() -> None:
    door = Door(lambda: True)

    async def opened() -> None:
        gone = [asyncio.create_task(door.go_in("192.0.2.1")) for _ in range(50)]
        await asyncio.sleep(0)
        for task in gone:
            task.cancel()
        async with asyncio.timeout(10 * LONGEST_CLOSED_S):
            await door.go_in("192.0.2.1")

    ended(opened())
