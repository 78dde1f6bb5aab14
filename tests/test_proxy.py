"""The deployed proxy before two stand-ins that answer at once: overload is not death, and one is not all."""

import asyncio
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import HOST
from tests.coroutines import ended
from tests.proxy import CONFIGURATION, Answer, Proxy, ask, before, connected

AT_ONCE, MOST_WAITING, TURN_S = 2, 64, 0.02  # fewer than at the app's own desk for tables: a flood fills it
SLOW_S = 1.0


class StandIn:
    """A server that answers pages at once, tables in turns, and 503 to whom it has no place for."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.asked, self.headers = Counter[str](), dict[str, str]()
        self._loop, self._turns, self._waiting = loop, asyncio.Semaphore(AT_ONCE), 0
        self._open: set[asyncio.StreamWriter] = set()
        self._server = self._do(asyncio.start_server(self._serve, HOST, 0, backlog=2048))
        self.address = f"{HOST}:{self._server.sockets[0].getsockname()[1]}"

    def _do(self, what: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result()

    def kill(self) -> None:
        """Answer nobody any more, and leave those who wait without an answer."""

        async def end() -> None:
            # First let nobody in: asyncio leaves a connection open that comes in while its server closes.
            for listening in self._server.sockets:
                self._loop.remove_reader(listening.fileno())
            await asyncio.sleep(0.05)
            self._server.close()
            for writer in self._open:
                writer.transport.abort()

        self._do(end())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with closing(writer), suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ", 2)[1]
            self.asked[path] += 1
            self.headers = dict(line.split(": ", 1) for line in head.splitlines()[1:] if line)
            writer.write((await self._answer(path)).encode())
            await writer.drain()
            if path == "/_stcore/stream":
                await reader.read()
        self._open.discard(writer)

    async def _answer(self, path: str) -> str:
        if path == "/_stcore/stream":
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        if not path.startswith("/data/"):
            return "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\npage"
        kept = "no-store" if "lacking" in path else "public, max-age=300"
        if self._waiting >= AT_ONCE + MOST_WAITING:
            status, kept = "503 Service Unavailable", "no-store"
        else:
            status = "400 Bad Request" if "bad" in path else "200 OK"
            self._waiting += 1
            async with self._turns:
                await asyncio.sleep(TURN_S)
            self._waiting -= 1
        headers = f'Cache-Control: {kept}\r\nETag: "1"\r\nVary: Accept-Encoding\r\nConnection: close'
        return f"HTTP/1.1 {status}\r\nContent-Length: 5\r\n{headers}\r\n\r\ntable"


async def served_to_the_end() -> None:
    """Nobody is served any more, and every connection is closed."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Where the stand-ins run, apart from those who ask."""
    found = asyncio.new_event_loop()
    thread = threading.Thread(target=found.run_forever)
    thread.start()
    yield found
    asyncio.run_coroutine_threadsafe(served_to_the_end(), found).result()
    found.call_soon_threadsafe(found.stop)
    thread.join()
    found.close()


@pytest.fixture
def servers(loop: asyncio.AbstractEventLoop) -> Iterator[tuple[StandIn, StandIn]]:
    found = StandIn(loop), StandIn(loop)
    yield found
    for server in found:
        server.kill()


@pytest.fixture
def proxy(servers: tuple[StandIn, StandIn], tmp_path: Path) -> Iterator[Proxy]:
    found = before((servers[0].address, servers[1].address), tmp_path, client_header_timeout=f"{SLOW_S:.0f}s")
    found.start()
    yield found
    found.stop()


def address(number: int) -> str:
    """A visitor's own address."""
    found = f"127.0.1.{number}"
    with socket.socket() as s:
        try:
            s.bind((found, 0))
        except OSError:
            pytest.skip(f"this machine has no address {found}: Linux has, macOS after ifconfig lo0 alias")
    return found


def at_once(*questions: Coroutine[Any, Any, Answer]) -> list[Answer]:
    async def all_of_them() -> list[Answer]:
        return await asyncio.gather(*questions)

    return ended(all_of_them())


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


ATTACKERS, CONNECTIONS, FLOOD_S = 8, 160, 1.5


def flooded(proxy: Proxy, meanwhile: Callable[[], None] = lambda: None) -> tuple[Counter[int], Counter[int]]:
    """What is answered to a flood of tables, each another one, and meanwhile to others who open pages."""
    attackers = [address(number) for number in range(1, ATTACKERS + 1)]
    visitors = [address(number) for number in range(100, 106)]
    tables, pages = Counter[int](), Counter[int]()

    async def all_of_them() -> None:
        end = time.monotonic() + FLOOD_S

        async def attack(number: int) -> None:
            turn = 0
            while time.monotonic() < end:
                path, turn = f"/data/profit.csv?{number}.{turn}", turn + 1
                tables[(await ask(proxy, attackers[number % ATTACKERS], path, Cookie=f"visitor={number}")).status] += 1

        async def visit(of: str) -> None:
            while time.monotonic() < end:
                pages[(await ask(proxy, of, "/tariffs")).status] += 1
                await asyncio.sleep(0.1)

        async def happen() -> None:
            await asyncio.sleep(FLOOD_S / 2)
            await asyncio.to_thread(meanwhile)

        await asyncio.gather(*map(attack, range(CONNECTIONS)), *map(visit, visitors), happen())

    ended(all_of_them())
    return tables, pages


def test_a_server_that_has_too_much_to_do_is_not_taken_for_dead(proxy: Proxy) -> None:
    tables, pages = flooded(proxy)
    assert set(pages) == {200}
    assert tables[503] > 10
    assert set(tables) <= {200, 429, 503}
    assert at_once(ask(proxy, address(110), "/data/honest.csv"))[0].status in (200, 503)
    assert "no live upstreams" not in proxy.log


def test_when_a_server_ends_in_a_flood_every_page_is_answered(proxy: Proxy, servers: tuple[StandIn, StandIn]) -> None:
    tables, pages = flooded(proxy, servers[0].kill)
    assert set(pages) == {200}
    assert set(tables) <= {200, 429, 503}


def asked(servers: tuple[StandIn, StandIn], path: str) -> int:
    return sum(server.asked[path] for server in servers)


def test_a_table_is_worked_out_once_for_all_who_ask_for_it(proxy: Proxy, servers: tuple[StandIn, StandIn]) -> None:
    visitors = [ask(proxy, address(number), "/data/profit.csv", Cookie=f"visitor={number}") for number in range(1, 31)]
    answers = at_once(*visitors)
    assert statuses(answers) == {200: 30}
    assert asked(servers, "/data/profit.csv") == 1
    assert not any("Set-Cookie" in answer.headers for answer in answers)
    has = at_once(ask(proxy, HOST, "/data/profit.csv", If_None_Match='"1"'))
    assert statuses(has) == {304: 1}
    for coding in ("gzip, deflate, br, zstd", "deflate, gzip", "gzip"):
        at_once(ask(proxy, HOST, "/data/profit.csv", Accept_Encoding=coding))
    assert asked(servers, "/data/profit.csv") == 2


@pytest.mark.parametrize(("path", "status"), [("/data/lacking.csv", 200), ("/data/bad.csv?lacking", 400)])
def test_what_may_not_be_kept_is_asked_for_again(
    proxy: Proxy, servers: tuple[StandIn, StandIn], path: str, status: int
) -> None:
    for _ in range(3):
        assert statuses(at_once(ask(proxy, HOST, path))) == {status: 1}
    assert asked(servers, path) == 3


TEAM = 50
FILES = 40


def test_a_team_behind_one_address_meets_no_limit(proxy: Proxy) -> None:
    """All open a page in one moment, by links below the root, and refresh a workbook of four tables."""
    team = address(50)

    async def opens(member: int) -> list[Answer]:
        cookie = {"Cookie": f"visitor={member}"}
        first = [await ask(proxy, team, path, **cookie) for path in ("/tariffs", "/tariffs/_stcore/health", "/")]
        files = [await ask(proxy, team, f"/static/js/{number}.js", **cookie) for number in range(FILES)]
        core = [await ask(proxy, team, f"/_stcore/{name}", **cookie) for name in ("health", "host-config")]
        page, writer = await connected(proxy, team, "/_stcore/stream", Connection="Upgrade", Upgrade="websocket")
        tables = [await ask(proxy, team, f"/data/{member}.csv?{number}", **cookie) for number in range(4)]
        writer.close()
        return [*first, *files, *core, page, *tables]

    async def all_of_them() -> list[Answer]:
        return [answer for answers in await asyncio.gather(*map(opens, range(TEAM))) for answer in answers]

    found = statuses(ended(all_of_them()))
    assert found == {101: TEAM, 200: TEAM * (FILES + 9)}


def test_an_address_that_asks_for_too_much_is_refused_and_others_are_not(proxy: Proxy) -> None:
    greedy, other = address(60), address(61)

    async def asks(path: str, most: int) -> list[Answer]:
        found = []
        for _ in range(0, most, 20):
            found += await asyncio.gather(*(ask(proxy, greedy, path) for _ in range(20)))
        return found

    answers = ended(asks("/tariffs", 500))
    assert set(statuses(answers)) == {200, 429}
    assert statuses(answers)[200] >= 400
    assert {a.headers.get("Retry-After") for a in answers if a.status == 429} == {"2"}
    assert statuses(at_once(ask(proxy, other, "/tariffs"))) == {200: 1}
    begun = time.monotonic()
    assert statuses(ended(asks("/data/profit.csv", 80))) == {200: 80}
    assert time.monotonic() - begun > 1.5, "after forty at once, twenty a second"
    assert statuses(at_once(ask(proxy, other, "/data/profit.csv"))) == {200: 1}
    at_their_rate = at_once(*(ask(proxy, address(62), f"/data/{number}.csv") for number in range(60)))
    assert statuses(at_their_rate) == {200: 60}, "those after forty wait, and are not refused"


def test_websockets_are_counted_apart(proxy: Proxy) -> None:
    async def opens() -> tuple[list[Answer], Answer, Answer]:
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket"}
        pages = [await connected(proxy, HOST, "/_stcore/stream", **upgrade) for _ in range(100)]
        one_more, page = await ask(proxy, HOST, "/_stcore/stream", Upgrade="websocket"), await ask(proxy, HOST, "/")
        for _, writer in pages:
            writer.close()
        return [answer for answer, _ in pages], one_more, page

    pages, one_more, page = ended(opens())
    assert statuses(pages) == {101: 100}
    assert (one_more.status, page.status) == (429, 200)


def test_who_never_ends_a_question_is_cut_off(proxy: Proxy) -> None:
    deployed = re.findall(r"client_\w+_timeout (\d+)s;", CONFIGURATION.read_text(encoding="utf-8"))
    assert deployed == ["10", "10"]

    async def drips() -> float:
        reader, writer = await asyncio.open_connection(HOST, proxy.port)
        begun = time.monotonic()
        reading = asyncio.create_task(reader.read())
        with suppress(OSError):
            writer.write(b"GET / HTTP/1.1\r\n")
            while not reading.done() and time.monotonic() < begun + 5 * SLOW_S:
                writer.write(b"A: b\r\n")
                await asyncio.wait([reading], timeout=0.1)
        writer.close()
        return time.monotonic() - begun

    assert ended(drips()) < 3 * SLOW_S


@pytest.mark.parametrize(
    "path",
    [
        "/readyz",
        "/%72eadyz",
        "//readyz",
        "/_stcore/metrics",
        "/_stcore/./metrics",
        "/x/../_stcore/metrics",
        "/_stcore%2Fmetrics",
        "/_stcore/agent/interact",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
        "/_stcore/upload_file/1/1",
        "/_stcore/allowed-message-origins",
    ],
)
def test_what_is_for_whoever_runs_the_app_is_not_for_visitors(
    proxy: Proxy, servers: tuple[StandIn, StandIn], path: str
) -> None:
    assert statuses(at_once(ask(proxy, HOST, path))) == {404: 1}
    assert asked(servers, path) == 0


def test_a_visitor_is_named_by_the_proxy_and_by_nobody_else(proxy: Proxy, servers: tuple[StandIn, StandIn]) -> None:
    visitor = address(70)
    (page,) = at_once(ask(proxy, visitor, "/plant?title=secret", X_Forwarded_For="192.0.2.1"))
    assert page.headers["Set-Cookie"].startswith("visitor=")
    (server,) = [server for server in servers if server.asked["/plant?title=secret"]]
    assert server.headers["X-Forwarded-For"] == visitor
    (line,) = [line for line in proxy.log.splitlines() if "/plant" in line]
    assert re.fullmatch(rf'{visitor} \[\S+\] "GET /plant" 200 4B \S+s {server.address} 200 - "-"', line)
    assert "secret" not in proxy.log
