"""The desk of `/data/`: in turn, by address, not for who has left, and for nobody without end."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.data_api import RETRY_SECONDS, answer_to, served
from pages.desk import AT_ONCE, LONGEST_S, MOST_WAITING, Desk, TurnedAwayError
from tests.coroutines import ended
from tests.pages.test_data_api import ask

PATIENCE_S = 60.0
GREEDY, HONEST = "192.0.2.1", "192.0.2.2"


class Hall:
    """A desk and those who come to it. What is computed for one of them ends when it is let go."""

    def __init__(self, longest_s: float = PATIENCE_S) -> None:
        self.desk = Desk(longest_s)
        self.begun: list[str] = []
        self.at_once = self.most = 0
        self.leaves: dict[str, asyncio.Event] = {}
        self._go_on: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    def come(self, name: str, address: str = HONEST, body: bool = False) -> asyncio.Task[Response]:
        """Ask for what is called by this name; body: whether the request has one that never ends."""
        leaves, self._go_on[name] = self.leaves.setdefault(name, asyncio.Event()), threading.Event()
        received = 0

        async def receive() -> dict[str, Any]:
            nonlocal received
            received += 1
            if received > 1:
                assert not body, "a body is not read"
                await leaves.wait()
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": b"", "more_body": body}

        request = Request({"type": "http", "client": (address, 1), "headers": []}, receive)
        return asyncio.create_task(self.desk.answer(request, lambda: self._compute(name)))

    def _compute(self, name: str) -> Response:
        with self._lock:
            self.begun.append(name)
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        self._go_on[name].wait(PATIENCE_S)
        with self._lock:
            self.at_once -= 1
        return Response(name)

    def let_go(self, *names: str) -> None:
        for name in names or tuple(self._go_on):
            self._go_on[name].set()

    async def has_begun(self, *names: str) -> None:
        """Wait until each is computed."""
        await until(lambda: {*names} <= {*self.begun})


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not true():
            await asyncio.sleep(0.002)


async def seen(*tasks: asyncio.Task[Response]) -> list[str]:
    """What each is given, or why it was turned away."""
    found = await asyncio.gather(*tasks, return_exceptions=True)
    return [bytes(f.body).decode() if isinstance(f, Response) else str(f) for f in found]


def in_hall(scene: Callable[[Hall], Coroutine[Any, Any, None]], longest_s: float = PATIENCE_S) -> None:
    async def play() -> None:
        hall = Hall(longest_s)
        try:
            await scene(hall)
        finally:
            hall.let_go()

    ended(play())


def test_a_crowd_is_answered_in_the_order_of_arrival_and_few_at_once() -> None:
    async def scene(hall: Hall) -> None:
        names = [str(n) for n in range(20)]
        tasks = [hall.come(name) for name in names]
        for place, name in enumerate(names):
            await hall.has_begun(name)
            assert set(hall.begun) <= {*names[: place + AT_ONCE]}
            hall.let_go(name)
        assert await seen(*tasks) == names
        assert hall.most == AT_ONCE

    in_hall(scene)


def test_who_left_while_waiting_is_not_computed_for() -> None:
    async def scene(hall: Hall) -> None:
        first = [hall.come(str(n)) for n in range(AT_ONCE)]
        await hall.has_begun("0", "1")
        gone, stays = hall.come("gone"), hall.come("stays")
        hall.leaves["gone"].set()
        assert await seen(gone) == ["who asked has left"]
        hall.let_go()
        assert await seen(*first, stays) == ["0", "1", "stays"]
        assert "gone" not in hall.begun

    in_hall(scene)


def test_who_left_while_being_computed_for_holds_no_place_of_others() -> None:
    async def scene(hall: Hall) -> None:
        gone = [hall.come(str(n), GREEDY) for n in range(AT_ONCE)]
        await hall.has_begun("0", "1")
        honest = hall.come("honest")
        for name in ("0", "1"):
            hall.leaves[name].set()
        await hall.has_begun("honest")
        hall.let_go("honest")
        assert await seen(*gone, honest) == ["who asked has left"] * 2 + ["honest"]
        assert hall.at_once == AT_ONCE

    in_hall(scene)


def test_a_crowd_that_asks_and_leaves_takes_no_more_than_its_places() -> None:
    async def scene(hall: Hall) -> None:
        names = [str(n) for n in range(60)]
        tasks = [hall.come(name, GREEDY) for name in names]
        await hall.has_begun("0", "1")
        for name in names:
            hall.leaves[name].set()
        assert set(await seen(*tasks)) == {"who asked has left"}
        honest = [hall.come(name) for name in ("honest", "honest too")]
        await hall.has_begun("honest")
        hall.let_go("honest")
        await hall.has_begun("honest too")
        hall.let_go("honest too")
        assert await seen(*honest) == ["honest", "honest too"]
        assert hall.begun == ["0", "1", "honest", "honest too"]
        again = hall.come("again", GREEDY)
        hall.let_go("0", "again")
        assert await seen(again) == ["again"]
        assert hall.most == AT_ONCE + 1

    in_hall(scene)


def test_however_many_leave_there_is_one_thread_more_and_no_more() -> None:
    async def scene(hall: Hall) -> None:
        names = [str(n) for n in range(AT_ONCE + 1)]
        for name in names:
            task = hall.come(name, f"192.0.2.{name}")
            await hall.has_begun(name)
            hall.leaves[name].set()
            assert await seen(task) == ["who asked has left"]
        honest = hall.come("honest", "198.51.100.1")
        await asyncio.sleep(0.05)
        assert "honest" not in hall.begun
        hall.let_go("0", "honest")
        assert await seen(honest) == ["honest"]
        assert hall.most == AT_ONCE + 1

    in_hall(scene)


def test_sixty_dear_requests_put_off_the_cheap_one_of_another_by_one() -> None:
    async def scene(hall: Hall) -> None:
        dear = [f"dear {n}" for n in range(60)]
        tasks = [hall.come(name, GREEDY) for name in dear]
        await hall.has_begun(*dear[:AT_ONCE])
        cheap = [hall.come(name) for name in ("cheap", "cheap too")]
        hall.let_go(dear[0])
        await hall.has_begun("cheap")
        assert hall.begun[AT_ONCE:] == ["cheap"]
        hall.let_go("cheap")
        await hall.has_begun("cheap too")
        assert hall.begun[AT_ONCE:] == ["cheap", "cheap too"]
        hall.let_go()
        assert await seen(*tasks, *cheap) == [*dear, "cheap", "cheap too"]

    in_hall(scene)


def test_a_team_of_fifty_behind_one_address_may_ask_for_four_tables_each() -> None:
    async def scene(hall: Hall) -> None:
        names = [str(n) for n in range(50 * 4)]
        tasks = [hall.come(name) for name in names]
        hall.let_go()
        assert await seen(*tasks) == names

    in_hall(scene)


def test_where_all_places_are_taken_who_has_most_gives_one_up() -> None:
    async def scene(hall: Hall) -> None:
        names = [str(n) for n in range(AT_ONCE + MOST_WAITING)]
        tasks = [hall.come(name, GREEDY) for name in names]
        await hall.has_begun("0", "1")
        assert await seen(hall.come("more", GREEDY)) == ["too many requests at once"]
        honest = hall.come("honest")
        assert await seen(tasks[-1]) == ["too many requests at once from this address"]
        hall.let_go()
        assert await seen(*tasks[:-1], honest) == [*names[:-1], "honest"]
        assert hall.most == AT_ONCE

    in_hall(scene)


def test_where_all_have_as_many_the_next_is_turned_away() -> None:
    async def scene(hall: Hall) -> None:
        tasks = [hall.come(str(n), f"192.0.2.{n}") for n in range(AT_ONCE + MOST_WAITING)]
        assert await seen(hall.come("one more", "198.51.100.1")) == ["too many requests at once"]
        hall.let_go()
        assert len(await seen(*tasks)) == AT_ONCE + MOST_WAITING

    in_hall(scene)


def test_nobody_waits_for_ever_and_what_takes_too_long_holds_no_place_of_others() -> None:
    async def scene(hall: Hall) -> None:
        tasks = [hall.come(str(n), GREEDY) for n in range(2 * AT_ONCE)]
        words = ["no answer within 1.5 seconds"] * AT_ONCE + ["no turn within 1 seconds"] * AT_ONCE
        assert await seen(*tasks) == words
        honest = hall.come("honest")
        hall.let_go("honest")
        assert await seen(honest) == ["honest"]
        assert hall.begun == ["0", "1", "honest"]

    in_hall(scene, longest_s=1.5)


def test_a_request_with_a_body_that_never_ends_is_answered_and_the_body_is_not_read() -> None:
    async def scene(hall: Hall) -> None:
        task = hall.come("x", body=True)
        hall.let_go()
        assert await seen(task) == ["x"]

    in_hall(scene)


def test_what_fails_gives_its_place_back() -> None:
    async def scene(hall: Hall) -> None:
        def fail() -> Response:
            raise ValueError("broken")

        request = Request({"type": "http", "client": None, "headers": []}, asyncio.Event().wait)  # type: ignore[arg-type]
        for _ in range(AT_ONCE + 2):
            with pytest.raises(ValueError, match="broken"):
                await hall.desk.answer(request, fail)
        task = hall.come("x")
        hall.let_go()
        assert await seen(task) == ["x"]

    in_hall(scene)


class Closed(Desk):
    """A desk that nobody may come to."""

    async def answer(self, request: Request, compute: Callable[[], Response]) -> Response:
        raise TurnedAwayError("closed")


CLOSED = Starlette(routes=[Route("/data/{file}", served(Closed(), answer_to))])


@pytest.mark.parametrize(
    ("file", "query", "status"),
    [
        ("nope.csv", "", 404),
        ("profit.csv", "x" * 20_001, 400),
        ("profit.csv", "amp;a=1&" * 2_400, 400),
        ("profit.csv", "hello=1", 400),
        ("results.json", "jpy_per_usd=x", 400),
        ("profit.csv", "jpy_per_usd=133", 503),
    ],
)
def test_what_is_refused_takes_no_place(file: str, query: str, status: int) -> None:
    assert ask(f"/data/{file}", query, app=CLOSED).status == status


def test_who_is_turned_away_is_told_why_and_when_to_come_again() -> None:
    answer = ask("/data/profit.csv", app=CLOSED)
    assert answer.json == {"error": "closed", "limit_seconds": LONGEST_S, "retry_after_seconds": RETRY_SECONDS}
    assert answer.headers["retry-after"] == str(RETRY_SECONDS)
    assert answer.headers["cache-control"] == "no-store"
