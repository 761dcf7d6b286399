"""A balancer of the field on loopback, with replicas that work for as long as they are told, under open load.

What it does is set beside what `archspec.simulate` says of the same system. Times are seconds.
"""

import asyncio
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import archspec
from archspec.model import Duration
from archspec.simulation.evaluation import answers
from archspec.simulation.options import SimulationOptions
from archspec.simulation.samples import Figure
from archspec.simulation.simulate import run_simulation

SEEDS = range(1, 61)
LATE = 0.05
"""The machine is too busy to be a judge where one request in twenty is sent later than this by its fault."""


@dataclass(frozen=True)
class Answer:
    """One request: when it was sent, counted from the beginning of the load, and what came of it."""

    sent: float
    took: float
    status: int
    """0: no answer."""
    replica: str | None


@dataclass
class Replicas:
    """Processes `api-1` to `api-n`, each on a port of its own."""

    ports: list[int]
    factors: list[float]
    processes: list[subprocess.Popen[bytes] | None] = field(default_factory=list)

    def start(self, place: int) -> None:
        """Start one that is not running, and wait until it listens."""
        program = Path(__file__).with_name("replica.py")
        command = [sys.executable, "-S", str(program), str(self.ports[place]), f"api-{place + 1}"]
        self.processes[place] = subprocess.Popen([*command, str(self.factors[place])])
        until_it_listens(self.ports[place])

    def kill(self, place: int) -> None:
        """End one as a crash does: what it has is reset, and what comes is refused."""
        self.signal(place, signal.SIGKILL)
        process = self.processes[place]
        assert process is not None
        process.wait()

    def signal(self, place: int, number: int) -> None:
        """Send one a signal: SIGSTOP makes it silent."""
        process = self.processes[place]
        assert process is not None
        process.send_signal(number)


@contextmanager
def replicas(count: int, slow: dict[int, float] | None = None) -> Iterator[Replicas]:
    """That many of them; `slow` has factors of the time that some take, by place."""
    found = Replicas(free_ports(count), [(slow or {}).get(place, 1.0) for place in range(count)], [None] * count)
    try:
        for place in range(count):
            found.start(place)
        yield found
    finally:
        for process in found.processes:
            if process is not None:
                process.kill()
                process.wait()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return found


def until_it_listens(port: int) -> None:
    """Wait for a server that starts."""
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.025)
        else:
            return
    pytest.fail(f"nobody listens on port {port}")


@contextmanager
def running(command: Sequence[str], folder: Path, port: int) -> Iterator[None]:
    """A balancer that listens on this port."""
    with (folder / "balancer.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            until_it_listens(port)
            yield
        finally:
            process.kill()
            process.wait()


Event = tuple[float, Callable[[], None]]
"""When it begins, and what is done; it may take its time."""


@dataclass(frozen=True)
class Loaded:
    """What came of a load."""

    answers: list[Answer]
    """Those that came before its end, as a run has them."""
    over: list[float]
    """When each event was over."""
    late: float
    """How much later than meant requests were sent, on average: the machine's own part in every time."""


def load(
    port: int,
    *,
    rate: float,
    duration: float,
    work: Callable[[random.Random], float],
    events: Sequence[Event] = (),
    method: str = "GET",
) -> Loaded:
    """Send Poisson arrivals to a port, each on a connection of its own, while things happen at their moments.

    Skips the test where the machine is too busy to send in time.
    """
    chance = random.Random(1)
    plan: list[tuple[float, float]] = []
    at = chance.expovariate(rate)
    while at < duration:
        plan.append((at, work(chance)))
        at += chance.expovariate(rate)
    answered, late, over = asyncio.run(_load(port, plan, events, method))
    worst = statistics.quantiles(late, n=20)[-1]
    if worst > LATE:
        pytest.skip(f"the machine is too busy to be a judge: one request in twenty was sent {worst:.3f} s late")
    in_time = [each for each in answered if each.sent + each.took < duration]
    return Loaded(in_time, over, statistics.mean(late))


async def _load(
    port: int, plan: list[tuple[float, float]], events: Sequence[Event], method: str
) -> tuple[list[Answer], list[float], list[float]]:
    loop = asyncio.get_running_loop()
    late: list[float] = []
    began = loop.time()

    async def ask(at: float, work: float) -> Answer:
        sent = loop.time()
        late.append(sent - began - at)
        status, replica = 0, None
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"{method} / HTTP/1.1\r\nHost: twin\r\nConnection: close\r\nX-Work: {work:.6f}\r\n"
            writer.write(f"{head}Content-Length: 0\r\n\r\n".encode())
            told = (await reader.read()).decode("latin-1")
            writer.close()
            if told:
                status = int(told.split(" ", 2)[1])
                lines = told.split("\r\n")
                replica = next((line[11:] for line in lines if line.lower().startswith("x-replica: ")), None)
        except OSError:
            pass
        return Answer(at, loop.time() - sent, status, replica)

    async def happen(at: float, event: Callable[[], None]) -> float:
        await asyncio.sleep(began + at - loop.time())
        await loop.run_in_executor(None, event)
        return loop.time() - began

    happening = [asyncio.create_task(happen(at, event)) for at, event in events]
    asked = []
    for at, work in plan:
        if (wait := began + at - loop.time()) > 0:
            await asyncio.sleep(wait)
        asked.append(asyncio.create_task(ask(at, work)))
    return [await each for each in asked], late, [await each for each in happening]


@dataclass(frozen=True)
class Foretold:
    """What one run of the simulation says."""

    failed: int
    share: float
    """Of all that `api` answered, what `api-1` did."""
    mean: float
    """Response time of those that succeeded."""


def foretold(spec: str) -> list[Foretold]:
    """What the simulation says of the flow `ask`, once for each of `SEEDS`."""
    architecture = archspec.load_text(spec)
    found = []
    for seed in SEEDS:
        run = run_simulation(architecture, SimulationOptions(scenario="run", seed=seed, warm_up=Duration(0)))
        first, *others = (
            int(run.samples.total([each], Figure.ANSWERED)[-1]) for each in run.compiled.replicas_of["api"]
        )
        (flow,), _ = answers(run)
        failed = sum(count for _, count in flow.failed)
        found.append(
            Foretold(failed, first / (first + sum(others)), flow.latency.mean.value / 1e9 if flow.latency else 0)
        )
    return found


def agrees(measured: float, said: Sequence[float], grain: float) -> None:
    """Fail where a figure is farther from what runs say than chance explains (four standard errors), and a grain."""
    middle, spread = statistics.mean(said), statistics.stdev(said)
    allowed = 4 * spread * (1 + 1 / len(said)) ** 0.5 + grain
    assert abs(measured - middle) <= allowed, f"{measured:.4g}, where runs say {middle:.4g} ± {allowed:.2g}"
