"""Visitors at once, beside the floor: `python -m tests.bench.load [SECONDS] [--soak MINUTES]`.

A visitor speaks the browser's own protocol: it opens the page, then moves a slider, waits for the end of the
run, looks whether the figure is that of its own value, and moves on. Answers per second, median and 95th
percentile of the wait, errors and memory are printed for 1 to 100 visitors of one process, then the memory
after they left; with --soak the middle step goes on for so many minutes and memory is printed on the way.
"""

import argparse
import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from model.links import default_scenario
from model.projection import project
from pages.kit.words import quantity
from tests.bench.servers import memory_mb, quantile, servers

STEPS: Final = (1, 3, 10, 30, 100)
SOAK_VISITORS: Final = 10
LONGEST_WAIT_S: Final = 120.0


def doubled(value: float) -> str:
    """The floor's figure."""
    return f"{2 * value:.3f}"


def nissan_profit(value: float) -> str:
    """The app's figure for a rate on cars from Japan."""
    scenario = default_scenario()
    results = project({**scenario.values, "japan_tariff_share": value}, scenario.edition)
    return quantity(float(np.asarray(results.company["nissan"]["operating_profit_jpy_bn"])[-1]), "JPY bn")


@dataclass(frozen=True)
class Kind:
    """What a visitor of an app does: slider, label of the figure, and what it must show."""

    key: str
    label: str
    expected: Callable[[float], str]


KINDS: Final[Mapping[str, Kind]] = {
    "floor": Kind("value", "Doubled", doubled),
    "app": Kind("japan_tariff_share", "Nissan: operating profit", nissan_profit),
}


@dataclass
class Visitor:
    """One open page."""

    kind: Kind
    socket: ClientConnection
    slider: str = ""
    fragment: str = ""
    script: str = ""
    shown: str = ""
    query: str = ""
    kept: dict[str, ForwardMsg] = field(default_factory=dict)

    async def run(self, value: float | None = None) -> None:
        """Ask for a run, with the slider at a value, and read to its end."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.script
        if value is not None:
            state = message.rerun_script.widget_states.widgets.add(id=self.slider)
            state.double_array_value.data.append(value)
            message.rerun_script.fragment_id = self.fragment
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(LONGEST_WAIT_S):
            while not self._read(await self.socket.recv()):
                pass

    def _read(self, content: Any) -> bool:
        """Take in a message; whether it is the end of a run."""
        message = ForwardMsg()
        message.ParseFromString(content)
        if message.WhichOneof("type") == "ref_hash":
            message = self.kept[message.ref_hash]
        elif message.metadata.cacheable:
            self.kept[message.hash] = message
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "slider" and element.slider.id.endswith(f"-{self.kind.key}"):
                self.slider, self.fragment = element.slider.id, message.delta.fragment_id
            elif element.WhichOneof("type") == "metric" and element.metric.label == self.kind.label:
                self.shown = element.metric.body
        return bool(
            kind == "script_finished"
            and message.script_finished
            in (
                ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY,
                ForwardMsg.ScriptFinishedStatus.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
            )
        )


@dataclass
class Step:
    """What a number of visitors met: waits [s], and how often a figure was not the visitor's own or a run failed.

    begun, ended: when they began to move sliders, and when the last of them had its answer [s]
    """

    begun: float = 0.0
    ended: float = 0.0
    waits: list[float] = field(default_factory=list)
    wrong: int = 0
    failed: int = 0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.waits) / (self.ended - self.begun)


async def visit(
    kind: Kind, address: str, number: int, until: Callable[[], bool], step: Step, open_: asyncio.Barrier
) -> None:
    """Open a page, wait for the others, and move the slider until time is up."""
    values = [0.01 * ((7 * number + n) % 45) + 0.005 * (number % 2) for n in range(45)]
    async with connect(
        f"{address.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"], max_size=None, ping_interval=None
    ) as socket:  # type: ignore[list-item]
        visitor = Visitor(kind, socket)
        try:
            await visitor.run()
            await open_.wait()
            turn = 0
            while not until():
                value = round(values[turn % len(values)], 3)
                begin = time.perf_counter()
                await visitor.run(value)
                step.ended = time.perf_counter()
                step.waits.append(step.ended - begin)
                step.wrong += visitor.shown != kind.expected(value)
                turn += 1
        except (OSError, TimeoutError, KeyError, WebSocketException, asyncio.BrokenBarrierError) as error:
            print(f"visitor {number}: {type(error).__name__}: {error}")
            step.failed += 1
            await open_.abort()


async def measure(kind: Kind, address: str, visitors: int, seconds: float) -> Step:
    """So many visitors for so long."""
    step = Step()
    end = float("inf")

    def until() -> bool:
        return time.perf_counter() > end

    async def start() -> None:
        nonlocal end
        await barrier.wait()
        step.begun = time.perf_counter()
        end = step.begun + seconds

    barrier = asyncio.Barrier(visitors + 1)
    async with asyncio.TaskGroup() as group:
        group.create_task(start())
        for number in range(visitors):
            group.create_task(visit(kind, address, number, until, step, barrier))
    return step


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", nargs="?", type=float, default=8.0)
    parser.add_argument("--soak", type=float, default=0.0, metavar="MINUTES")
    options = parser.parse_args()
    with servers(tuple(KINDS)) as found:
        print(
            f"{'':10}{'visitors':>9}{'answers/s':>11}{'median ms':>11}{'95 % ms':>9}{'wrong':>7}{'failed':>8}{'MB':>7}"
        )
        rates: dict[tuple[str, int], float] = {}
        held: dict[tuple[str, int], float] = {}
        for visitors in STEPS:
            for name, (address, process) in found.items():
                step = asyncio.run(measure(KINDS[name], address, visitors, options.seconds))
                rates[name, visitors], held[name, visitors] = step.rate, memory_mb(process)
                waits = [1000 * wait for wait in step.waits] or [float("nan")]
                print(
                    f"{name:10}{visitors:9}{rates[name, visitors]:11.1f}{quantile(waits, 0.5):11.0f}"
                    f"{quantile(waits, 0.95):9.0f}{step.wrong:7}{step.failed:8}{held[name, visitors]:7.0f}",
                    flush=True,
                )
        print("app's answers per second as a share of the floor's:", end="")
        print("".join(f"  {visitors}: {rates['app', visitors] / rates['floor', visitors]:.2f}" for visitors in STEPS))
        first, last = STEPS[0], STEPS[-1]
        for name in found:
            each = (held[name, last] - held[name, first]) / (last - first)
            print(f"memory of each further visitor, {name}: {each:.1f} MB")
        address, process = found["app"]
        for minute in range(round(options.soak)):
            step = asyncio.run(measure(KINDS["app"], address, SOAK_VISITORS, 60.0))
            print(
                f"soak, minute {minute + 1}: {len(step.waits)} answers, {step.wrong} wrong, {memory_mb(process):.0f} MB"
            )
        time.sleep(5)
        print(f"after they left: {memory_mb(process):.0f} MB")


if __name__ == "__main__":
    main()
