"""HAProxy and nginx as judges of the simulation: what they do on loopback is what a run of the same system says."""

import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import archspec
from tests.balancers.balancers import haproxy, nginx, sessions, tell_haproxy
from tests.balancers.twin import Loaded, agrees, foretold, load, replicas

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not (shutil.which("haproxy") and shutil.which("nginx")), reason="apt install haproxy nginx"),
]
SPEC = """archspec: 1
name: Twin
components:
  user: {{kind: client}}
  lb: {{kind: load_balancer, algorithm: {algorithm}{checked}}}
  api: {{kind: server, replicas: {replicas}{of_server}}}
  metrics: {{kind: metrics_service, scrape_interval: 1s}}
connections: ["user -> lb", {{lb -> api: {{{connection}}}}}]
flows:
  ask:
    from: user
    request: {method} /
    rate: {rate}/s
    steps: [{{call: lb, steps: [{{call: api, takes: {takes}}}]}}]
scenarios:
  run: {{duration: {duration}s, faults: [{faults}]}}
"""
CHECKED = ", health_check: {interval: 1s, unhealthy_after: 3, healthy_after: 2, timeout: 1s}"


def killed(dead: float, back: float, mode: str = "refuse") -> str:
    """The fault that was done to `api-1`."""
    return f"{{fail: api-1, mode: {mode}, at: {dead * 1000:.0f}ms, for: {(back - dead) * 1000:.0f}ms}}"


def spec(**said: object) -> str:
    """The system that the balancers serve too."""
    usual = {
        "algorithm": "round_robin",
        "checked": "",
        "replicas": 2,
        "of_server": "",
        "connection": "",
        "method": "GET",
        "takes": "20ms",
        "faults": "",
    }
    return SPEC.format(**(usual | said))


def exactly(seconds: float) -> Callable[[random.Random], float]:
    """Work that takes as long every time."""
    return lambda _: seconds


def exponential(mean: float) -> Callable[[random.Random], float]:
    """Work of this mean."""
    return lambda chance: chance.expovariate(1 / mean)


def failures(seen: Loaded) -> Counter[int]:
    """How many ended with each status but 200."""
    return Counter(answer.status for answer in seen.answers if answer.status != 200)


def share_of_the_first(seen: Loaded) -> float:
    """Of the good answers, those by `api-1`."""
    by = Counter(answer.replica for answer in seen.answers if answer.status == 200)
    return by["api-1"] / by.total()


def mean(seen: Loaded) -> float:
    """Of the good answers."""
    took = [answer.took for answer in seen.answers if answer.status == 200]
    return sum(took) / len(took)


def test_haproxy_takes_a_dead_replica_out_and_puts_it_back_when_archspec_says(tmp_path: Path) -> None:
    checks = "check inter 1s fall 3 rise 2"
    with replicas(2) as running, haproxy(tmp_path, running.ports, "roundrobin", checks) as port:
        events = [(4.0, partial(running.kill, 0)), (11.0, partial(running.start, 0))]
        seen = load(port, rate=80, duration=18, work=exactly(0.02), events=events)
    dead, back = seen.over
    said = foretold(spec(rate=80, duration=18, checked=CHECKED, faults=killed(dead, back)))
    failed = failures(seen)
    assert failed.keys() <= {502, 503}  # reset; refused, for which archspec says 502, as nginx does
    agrees(failed.total(), [run.failed for run in said], grain=3)
    agrees(share_of_the_first(seen), [run.share for run in said], grain=0.01)


def test_nginx_without_checks_goes_on_to_ask_a_dead_replica(tmp_path: Path) -> None:
    with replicas(2) as running, nginx(tmp_path, running.ports) as port:
        events = [(2.0, partial(running.kill, 0)), (8.0, partial(running.start, 0))]
        seen = load(port, rate=80, duration=10, work=exactly(0.02), events=events)
    dead, back = seen.over
    said = foretold(spec(rate=80, duration=10, faults=killed(dead, back)))
    assert failures(seen).keys() == {502}
    agrees(failures(seen).total(), [run.failed for run in said], grain=3)


@pytest.mark.parametrize(
    ("balancer", "theirs", "ours"),
    [
        (haproxy, "roundrobin", "round_robin"),
        (haproxy, "leastconn", "least_connections"),
        (nginx, "", "round_robin"),
        (nginx, "least_conn;", "least_connections"),
        (nginx, "random two least_conn;", "power_of_two"),
    ],
)
def test_a_replica_ten_times_slower_gets_its_share(
    balancer: Callable[..., Any], theirs: str, ours: str, tmp_path: Path
) -> None:
    with replicas(4, slow={0: 10}) as running, balancer(tmp_path, running.ports, theirs) as port:
        seen = load(port, rate=60, duration=20, work=exponential(0.05))
    faults = "{slow: api-1, by: 10x, at: 0s, for: 20s}"
    said = foretold(spec(algorithm=ours, replicas=4, rate=60, duration=20, takes="exponential(50ms)", faults=faults))
    assert not failures(seen)
    agrees(share_of_the_first(seen), [run.share for run in said], grain=0.005)
    agrees(mean(seen), [run.mean for run in said], grain=0.005 + 3 * seen.late)


def test_haproxy_may_draw_the_same_replica_twice_where_archspec_and_nginx_draw_two(tmp_path: Path) -> None:
    with replicas(4, slow={0: 10}) as running, haproxy(tmp_path, running.ports, "random(2)") as port:
        seen = load(port, rate=60, duration=20, work=exponential(0.05))
    faults = "{slow: api-1, by: 10x, at: 0s, for: 20s}"
    system = spec(algorithm="power_of_two", replicas=4, rate=60, duration=20, takes="exponential(50ms)", faults=faults)
    # One time in four it is the same one: then a quarter of the requests goes to each.
    agrees(share_of_the_first(seen), [1 / 16 + 3 / 4 * run.share for run in foretold(system)], grain=0.01)


@pytest.mark.parametrize(("drain", "work"), [(2, exactly(0.3)), (1, exponential(1))])
def test_haproxy_drains_a_replica_before_it_is_deployed(
    drain: int, work: Callable[[random.Random], float], tmp_path: Path
) -> None:
    boot = 2

    def deploy(place: int) -> None:
        server = f"api/api-{place + 1}"
        tell_haproxy(tmp_path, f"set server {server} state drain")
        until = time.monotonic() + drain
        while time.monotonic() < until and sessions(tmp_path, place):
            time.sleep(0.01)
        running.kill(place)
        up = time.monotonic() + boot
        running.start(place)
        time.sleep(max(0, up - time.monotonic()))
        tell_haproxy(tmp_path, f"set server {server} state ready")

    def roll() -> None:
        for place in range(2):
            deploy(place)

    with replicas(2) as running, haproxy(tmp_path, running.ports, "roundrobin") as port:
        seen = load(port, rate=20, duration=14, work=work, events=[(2, roll)])
    takes = "300ms" if drain == 2 else "exponential(1s)"
    of_server = f", boot_time: {boot}s, drain_time: {drain}s"
    said = foretold(spec(rate=20, duration=14, of_server=of_server, takes=takes, faults="{deploy: api, at: 2s}"))
    failed = failures(seen)
    assert failed.keys() <= {502}  # what was cut
    agrees(failed.total(), [run.failed for run in said], grain=1 if failed else 0)
    agrees(share_of_the_first(seen), [run.share for run in said], grain=0.01)


def test_haproxy_sheds_what_finds_its_line_full(tmp_path: Path) -> None:
    shed = "http-request deny deny_status 503 if { queue(api) ge 3 }"
    with replicas(1) as running, haproxy(tmp_path, running.ports, "roundrobin", "maxconn 4", shed) as port:
        seen = load(port, rate=30, duration=20, work=exponential(0.2))
    of_server = ", slots: 4, queue_limit: 3"
    said = foretold(spec(replicas=1, of_server=of_server, rate=30, duration=20, takes="exponential(200ms)"))
    assert failures(seen).keys() == {503}
    agrees(failures(seen).total(), [run.failed for run in said], grain=5)
    agrees(mean(seen), [run.mean for run in said], grain=0.01 + 3 * seen.late)


def test_nginx_sheds_what_finds_no_connection_free(tmp_path: Path) -> None:
    with replicas(1) as running, nginx(tmp_path, running.ports, server="max_fails=0 max_conns=4") as port:
        seen = load(port, rate=30, duration=20, work=exponential(0.2))
    of_server = ", slots: 4, queue_limit: 0"
    said = foretold(spec(replicas=1, of_server=of_server, rate=30, duration=20, takes="exponential(200ms)"))
    assert failures(seen).keys() == {502}  # "no live upstreams", where archspec says 503
    agrees(failures(seen).total(), [run.failed for run in said], grain=5)
    agrees(mean(seen), [run.mean for run in said], grain=0.01 + 3 * seen.late)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nginx_asks_the_next_one_where_the_first_refuses(method: str, tmp_path: Path) -> None:
    again = "error timeout; proxy_next_upstream_tries 2"
    with replicas(3) as running, nginx(tmp_path, running.ports, again=again) as port:
        events = [(1.0, partial(running.kill, 0))]
        seen = load(port, rate=60, duration=8, work=exactly(0.02), events=events, method=method)
    (dead,) = seen.over
    connection = "retries: {attempts: 2, backoff: constant(0s)}"
    said = foretold(spec(replicas=3, rate=60, duration=8, method=method, connection=connection, faults=killed(dead, 8)))
    agrees(failures(seen).total(), [run.failed for run in said], grain=1)  # a POST that was cut
    agrees(share_of_the_first(seen), [run.share for run in said], grain=0.01)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nginx_asks_the_next_one_after_silence_only_what_may_be_asked_twice(method: str, tmp_path: Path) -> None:
    again = "error timeout; proxy_next_upstream_tries 2"
    with replicas(3) as running, nginx(tmp_path, running.ports, again=again, patience="300ms") as port:
        events = [(1.0, partial(running.signal, 0, signal.SIGSTOP))]
        seen = load(port, rate=60, duration=10, work=exactly(0.02), events=events, method=method)
    (dead,) = seen.over
    connection = "timeout: 300ms, retries: {attempts: 2, backoff: constant(0s)}"
    silent = killed(dead, 10, "silent")
    said = foretold(spec(replicas=3, rate=60, duration=10, method=method, connection=connection, faults=silent))
    assert failures(seen).keys() == ({504} if method == "POST" else set())
    agrees(failures(seen).total(), [run.failed for run in said], grain=2)
    agrees(mean(seen), [run.mean for run in said], grain=0.01 + 3 * seen.late)


@pytest.mark.parametrize(("balancer", "refused", "late"), [(haproxy, 503, 504), (nginx, 502, 504)])
def test_what_a_client_is_told(balancer: Callable[..., Any], refused: int, late: int, tmp_path: Path) -> None:
    with replicas(1) as running, balancer(tmp_path, running.ports, "", patience="200ms") as port:
        seen = load(port, rate=20, duration=1, work=exactly(1))
        running.kill(0)
        none = load(port, rate=20, duration=1, work=exactly(0))
    assert {answer.status for answer in seen.answers} == {late}
    assert {answer.status for answer in none.answers} == {refused}
    system = archspec.load_text(spec(replicas=1, rate=20, duration=1, connection="timeout: 200ms", takes="1s"))
    assert archspec.trace(system, "ask").status == late
    assert archspec.trace(system, "ask", just_failed="api").status == 502  # nginx's; HAProxy says 503
