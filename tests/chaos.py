"""What one visitor can do to all others: `python -m tests.chaos [ATTACK ...] [--seconds 6]`, on Linux.

Two servers run behind the deployed nginx. Each attack goes on for a while from addresses of its own, while others
open pages, move a slider and ask for tables. It prints what the others met and what the attacked server took, beside
the bound of each, and ends with status 1 where one is missed. At the end servers are started on damaged data files:
none may come up. All of it takes about three minutes.
"""

import argparse
import asyncio
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.bench.load import KINDS, Visitor
from tests.bench.servers import memory_mb, quantile, wait
from tests.browser.conftest import HOST, ROOT, free_port
from tests.copied import RUN, copied, started
from tests.damages import DAMAGES
from tests.proxy import Proxy, ask, before

MEDIAN_S: Final = 0.5
WORST_S: Final = 2.0
MOST_MB: Final = 450.0
PAUSE_S: Final = 0.2
"""Between two moves of a slider."""

SESSIONS: Final = 20
ATTACKER: Final = "127.0.1.1"
VICTIM: Final = "127.0.1.100"
OTHERS: Final = tuple(f"127.0.1.{number}" for number in range(101, 107))
PATIENCE_S: Final = 60.0

PAGES: Final = {
    "uncertainty": "preset=alliance_good&draws=10000&seed={n}",
    "sensitivity": "preset=alliance_good&map_whole=true&japan_tariff_share=0.{n}",
    "plant": "preset=alliance_good&japan_tariff_share=0.{n}",
    "alliance": "preset=alliance_good&japan_tariff_share=0.{n}",
    "investor": "preset=alliance_good&japan_tariff_share=0.{n}",
}
"""Pages that cost most, each with a query that nobody has asked for yet."""


@dataclass(frozen=True)
class Bound:
    """Something measured that must be at most, or at least, so much."""

    what: str
    measured: float
    bound: float
    unit: str = ""
    least: bool = False

    @property
    def holds(self) -> bool:
        return self.measured >= self.bound if self.least else self.measured <= self.bound

    def __str__(self) -> str:
        sign, verdict = ("≥" if self.least else "≤"), ("holds" if self.holds else "MISSED")
        return f"{self.what}: {self.measured:.4g}{self.unit} ({sign} {self.bound:g}{self.unit}) {verdict}"


@dataclass
class World:
    """Two servers behind the proxy. All visitors of an attack carry one cookie, and so are on one server."""

    apps: list[subprocess.Popen[bytes]]
    ports: list[int]
    logs: list[Path]
    proxy: Proxy
    attacked: int = 0
    most_mb: float = 0.0

    def connect(self, address: str, **options: object) -> connect:
        """A page's websocket, from an address, through the proxy."""
        return connect(
            f"{self.proxy.url.replace('http', 'ws')}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": "visitor=chaos"},
            local_addr=(address, 0),
            max_size=None,
            ping_interval=None,
            **options,  # type: ignore[arg-type]
        )

    def memory_mb(self) -> float:
        return memory_mb(self.apps[self.attacked].pid)

    def find_attacked(self) -> None:
        """Which server the cookie leads to: the one that has a connection."""
        rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="utf-8").splitlines()[1:]]
        local = [int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "01"]
        self.attacked = max(range(len(self.ports)), key=lambda n: local.count(self.ports[n]))

    async def watch_memory(self) -> None:
        while True:
            self.most_mb = max(self.most_mb, self.memory_mb())
            await asyncio.sleep(0.1)


@dataclass
class Met:
    """What others met meanwhile."""

    waits: list[float] = field(default_factory=list)
    begun: float = 0.0
    wrong: int = 0
    statuses: Counter[int] = field(default_factory=Counter)


async def status_of(world: World, address: str, path: str, cookie: str) -> int:
    """What the proxy answers to a question from an address; 0 where it gives no answer."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return (await ask(world.proxy, address, path, Cookie=f"visitor={cookie}")).status
    except (OSError, TimeoutError):
        return 0


async def move_slider(world: World, met: Met) -> None:
    """A visitor who moves Overview's slider, and looks whether the figure is its own."""
    kind = KINDS["app"]
    async with world.connect(VICTIM) as socket:
        visitor, turn = Visitor(kind, socket), 0
        await visitor.run()
        while True:
            value, turn = round(0.01 * (7 * turn % 45), 3), turn + 1
            met.begun = time.perf_counter()
            await visitor.run(value)
            met.waits.append(time.perf_counter() - met.begun)
            met.begun = 0.0
            met.wrong += visitor.shown != kind.expected(value)
            await asyncio.sleep(PAUSE_S)


async def open_pages(world: World, met: Met) -> None:
    """Others, each with an own cookie and address, who open pages."""

    async def opens(address: str) -> None:
        while True:
            met.statuses[await status_of(world, address, "/tariffs", address)] += 1
            await asyncio.sleep(PAUSE_S)

    await asyncio.gather(*map(opens, OTHERS))


PROCESSES: Final = multiprocessing.get_context("fork")
"""An attack is a process of its own: what it makes and reads keeps no visitor waiting."""

Attack = Callable[[World], Awaitable[object]]


async def under(world: World, attack: Attack, seconds: float) -> Met:
    """What others met while an attack went on for so long."""
    met = Met()
    world.most_mb = 0.0
    tasks = [asyncio.create_task(what) for what in (move_slider(world, met), open_pages(world, met))]
    await asyncio.sleep(1.0)
    met.waits.clear()
    tasks.append(asyncio.create_task(world.watch_memory()))
    attacking = PROCESSES.Process(target=lambda: asyncio.run(attack(world)))  # type: ignore[arg-type]
    attacking.start()
    await asyncio.sleep(seconds)
    attacking.kill()
    attacking.join()
    await asyncio.sleep(1.0)  # what was begun goes on for a while
    if met.begun:
        met.waits.append(time.perf_counter() - met.begun)  # who still waits has waited so long already
    for task in tasks:
        if task.done():
            task.result()
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return met


def bounds(world: World, met: Met) -> list[Bound]:
    """What every attack is held to."""
    waits = met.waits or [PATIENCE_S]
    answered = sum(met.statuses.values())
    return [
        Bound("a move of the slider, median", quantile(waits, 0.5), MEDIAN_S, " s"),
        Bound("a move of the slider, worst", max(waits), WORST_S, " s"),
        Bound("figures that are another's", met.wrong, 0),
        Bound("pages not answered", answered - met.statuses[200], 0),
        Bound("memory of the attacked server", world.most_mb, MOST_MB, " MB"),
    ]


# ---------------------------------------------------------------- attacks


def run_of(page: str, query: str) -> bytes:
    """The message that asks for a page."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    return message.SerializeToString()


async def until_finished(socket: ClientConnection) -> None:
    """Read to the end of a run."""
    while True:
        content = await socket.recv()
        if len(content) < 200:
            message = ForwardMsg()
            message.ParseFromString(content)  # type: ignore[arg-type]
            if message.WhichOneof("type") == "script_finished":
                return


def many_of(page: str, draws: str = "") -> Attack:
    """Sessions that ask for a page again and again, each time with another query."""

    async def session(world: World, number: int) -> None:
        with suppress(ConnectionClosed):
            async with world.connect(ATTACKER) as socket:
                for turn in range(1_000_000):
                    query = PAGES[page].format(n=1_000 + 100 * turn + number)
                    await socket.send(run_of(page, query.replace("draws=10000", draws or "draws=10000")))
                    await until_finished(socket)

    async def attack(world: World) -> None:
        await asyncio.gather(*(session(world, number) for number in range(SESSIONS)))

    return attack


def widgets(count: int) -> bytes:
    """A message with so many widgets that nobody knows."""
    message = BackMsg()
    for number in range(count):
        message.rerun_script.widget_states.widgets.add(id=f"{number:x}", bool_value=True)
    return message.SerializeToString()


async def sends(world: World, *messages: bytes) -> None:
    """A session that sends these, as long as it is let."""
    with suppress(ConnectionClosed, OSError, WebSocketException):
        async with world.connect(ATTACKER) as socket:
            for message in messages:
                await socket.send(message)
            await asyncio.sleep(PAUSE_S)


async def large_messages(world: World) -> None:
    """One message after another that costs up to sixty times its size."""
    for count in (990, 22_000, 160_000, 1_300_000):
        await sends(world, widgets(count))


async def unfinished_messages(world: World) -> None:
    """Frames of 19 MB that never end."""

    async def session() -> None:
        with suppress(ConnectionClosed, OSError, WebSocketException):
            async with world.connect(ATTACKER) as socket:

                async def parts() -> object:
                    for _ in range(19):
                        yield b"\0" * 1_000_000
                        await asyncio.sleep(0.01)
                    await asyncio.sleep(PATIENCE_S)

                await socket.send(parts())  # type: ignore[arg-type]

    await asyncio.gather(*(session() for _ in range(90)))


async def many_small_messages(world: World) -> None:
    """Sessions that send message after message, each as large as is let through."""
    message = widgets(990)

    async def session() -> None:
        while True:
            await sends(world, *[message] * 200)

    await asyncio.gather(*(session() for _ in range(SESSIONS)))


async def wrong_messages(world: World) -> None:
    """What no browser sends: no protobuf, wrong types for known widgets, unknown pages."""
    wrong = BackMsg()
    wrong.rerun_script.page_name = "uncertainty"
    wrong.rerun_script.widget_states.widgets.add(id="$$ID-1-choice_draws", json_value="{")
    messages = (b"\xff" * 100, b"", wrong.SerializeToString(), run_of("../etc/passwd", "%00&" * 1_000))
    while True:
        await asyncio.gather(*(sends(world, *messages) for _ in range(SESSIONS)))


async def many_sessions(world: World) -> None:
    """As many sessions as an address may have, and those that come after."""

    async def session(number: int) -> None:
        with suppress(ConnectionClosed, OSError, WebSocketException):
            async with world.connect(f"127.0.1.{1 + number % 2}") as socket:
                await socket.send(run_of("", f"japan_tariff_share=0.{1_000 + number}"))
                await until_finished(socket)
                await asyncio.sleep(PATIENCE_S)

    await asyncio.gather(*map(session, range(250)))


async def slow_headers(world: World) -> None:
    """Questions that never end."""

    async def drips() -> None:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(HOST, world.proxy.port, local_addr=(ATTACKER, 0))
            writer.write(b"GET / HTTP/1.1\r\n")
            while True:
                writer.write(b"A: b\r\n")
                await writer.drain()
                await asyncio.sleep(0.5)

    await asyncio.gather(*(drips() for _ in range(290)))


def flood(path: str) -> Attack:
    """Questions for tables from eight addresses, each another one."""

    async def asks(world: World, number: int) -> None:
        for turn in range(1_000_000):
            asked = path.format(n=f"{number}.{turn}")
            await status_of(world, f"127.0.1.{1 + number % 8}", asked, f"flood{number}")

    async def attack(world: World) -> None:
        await asyncio.gather(*(asks(world, number) for number in range(160)))

    return attack


async def flood_and_kill(world: World) -> None:
    """A flood in which the server that nobody's slider is on ends at once."""

    async def kill() -> None:
        await asyncio.sleep(1.0)
        world.apps[1 - world.attacked].kill()

    await asyncio.gather(kill(), flood("/data/profit.csv?jpy_per_usd=1{n}")(world))


ATTACKS: Final[dict[str, Attack]] = {
    **{f"{SESSIONS} sessions on {page}": many_of(page) for page in PAGES},
    f"{SESSIONS} sessions with a million draws": many_of("uncertainty", "draws=1000000"),
    "large messages": large_messages,
    "messages that never end": unfinished_messages,
    "many small messages": many_small_messages,
    "wrong messages": wrong_messages,
    "many sessions": many_sessions,
    "slow headers": slow_headers,
    "flood of tables": flood("/data/profit.csv?japan_tariff_share=0.{n}"),
    "flood of dear tables": flood("/data/drivers.csv?draws=10000&seed={n}"),
    "flood of wrong names": flood("/data/{n}.csv"),
    "flood, and a server is killed": flood_and_kill,
}
"""By name, in the order in which they come: the last leaves one server only."""


@contextmanager
def world() -> Iterator[World]:
    """The servers and the proxy, while they run."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    ports, apps, logs = [free_port(), free_port()], [], []
    proxy = None
    environment = {**os.environ, "ALLIANCE_PRICE_HOST": "off", "PYTHONUNBUFFERED": "1"}
    try:
        for port in ports:
            words = ["-m", "streamlit", "run", "app.py", f"--server.port={port}", f"--server.address={HOST}"]
            logs.append(folder / f"{port}.txt")
            with logs[-1].open("wb") as log:
                apps.append(
                    subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment, stdout=log, stderr=log)
                )
        for port, app in zip(ports, apps, strict=True):
            wait(f"http://{HOST}:{port}", app)
        proxy = before((f"{HOST}:{ports[0]}", f"{HOST}:{ports[1]}"), folder)
        proxy.start()
        found = World(apps, ports, logs, proxy)
        asyncio.run(warmed(found))
        yield found
    finally:
        if proxy:
            proxy.stop()
        for app in apps:
            app.kill()
            app.wait()
        shutil.rmtree(folder)


async def warmed(found: World) -> None:
    """The pages have been opened once."""
    async with found.connect(VICTIM) as socket:
        for page, query in {"": "", **PAGES}.items():
            await socket.send(run_of(page, query.format(n=999)))
            await until_finished(socket)
        found.find_attacked()


TRIED: Final = ("half", "empty", "header alone", "wrong letters", "missing")
"""Ways of `DAMAGES`. tests/data/test_checksums.py damages every data file in every way; here, a start for each."""
DAMAGED: Final = "facts.csv"


def starts_on_damaged_files() -> list[Bound]:
    """Which starts come up where a data file is damaged, or end without one line that names it."""
    found = []
    for how in TRIED:
        with tempfile.TemporaryDirectory() as folder:
            file = copied(Path(folder), *RUN) / "data" / DAMAGED
            raw = DAMAGES[how](file.read_bytes())
            file.unlink() if raw is None else file.write_bytes(raw)
            run = started(Path(folder))
        named = [line for line in run.stderr.splitlines() if "cannot start" in line and DAMAGED in line]
        found.append(Bound(f"starts on a data file: {how}", run.returncode != 1 or len(named) != 1, 0))
    return found


def main() -> int:
    """Attack, and print what held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("attacks", nargs="*", metavar="ATTACK", help=", ".join(ATTACKS))
    parser.add_argument("--seconds", type=float, default=6.0, help="that each goes on")
    options = parser.parse_args()
    if unknown := [name for name in options.attacks if name not in ATTACKS]:
        parser.error(f"no attack is called {', '.join(unknown)}: there are {', '.join(ATTACKS)}")
    missed = 0
    with world() as found:
        print(f"before: {found.memory_mb():.0f} MB", flush=True)
        for name in options.attacks or ATTACKS:
            met = asyncio.run(under(found, ATTACKS[name], options.seconds))
            lines = bounds(found, met)
            missed += sum(not line.holds for line in lines)
            print(f"{name} ({len(met.waits)} moves)", *(f"  {line}" for line in lines), sep="\n", flush=True)
        print(f"after: {found.memory_mb():.0f} MB, logs {sum(log.stat().st_size for log in found.logs) / 1e3:.0f} kB")
    if not options.attacks:
        lines = starts_on_damaged_files()
        missed += sum(not line.holds for line in lines)
        print("damage", *(f"  {line}" for line in lines), sep="\n")
    print(f"{missed} bounds missed" if missed else "every bound holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
