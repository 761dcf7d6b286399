"""The compiled kernel tells the same as the plain one."""

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import get_origin

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.cli.main import run
from archspec.errors import MissingExtraError
from archspec.execution import compiled, simulate
from archspec.execution.evaluation import collect
from archspec.execution.finished import Run, SimulationOptions
from archspec.execution.state import World
from archspec.language import load_text
from archspec.model.architecture import Architecture
from archspec.model.quantities import Duration
from tests.execution.random_systems import systems
from tests.execution.test_what_ifs import SPEC

FOLDER = Path(__file__).parent / "cases"
CASES = [
    *json.loads((FOLDER / "reference.json").read_text(encoding="utf-8"))["cases"],
    *yaml.safe_load((FOLDER / "own.yaml").read_text(encoding="utf-8")),
]
COMPILED = pytest.mark.skipif(not compiled.is_available(), reason="the extra `fast` is not installed")


BUSY = """
archspec: 1
name: Many clients, keys and draws
components:
  user: {kind: client}
  api: {kind: server, replicas: 3, cores: 2, slots: 20, queue_limit: 50}
  cache: {kind: cache, keys: zipf(count=3000 exponent=0.8), entries: 500, ttl: 400ms, single_flight: true}
  db: {kind: database, cores: 4}
connections:
  - {from: user, to: api, timeout: 100ms, retries: {attempts: 3, backoff: exponential(5ms jitter=full)}}
  - {from: api, to: [cache, db]}
flows:
  ask:
    from: user
    steps:
      - call: api
        cpu: exponential(2ms)
        steps:
          - {call: cache, takes: exponential(1ms), on_miss: [{call: db, takes: lognormal(p50=2ms p99=20ms)}]}
scenarios:
  lru: {duration: 3s, load: {ask: {users: 300, think: exponential(40ms)}}, faults: [{at: 1s, for: 1s, fail: api-2}]}
  lfu: {duration: 2s, set: {cache.eviction: lfu}, load: {ask: {users: 40, think: exponential(5ms)}}}
"""


def both(architecture: Architecture, options: SimulationOptions) -> tuple[Run, Run]:
    """The same run plain and compiled, by the general kernel."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulate, "lean_run", lambda *_, **__: None)
        plain = simulate.run_simulation(architecture, options)
        return plain, simulate.run_simulation(architecture, replace(options, compiled=True))


def same(plain: Run, fast: Run) -> bool:
    """Whether two runs have ended in the same state, number for number."""
    one, other = plain.world, fast.world
    tables = [field.name for field in fields(World) if get_origin(field.type) in (list, dict)]
    kept = [name for name in tables if name not in ("heap", "candidates", "casualties", "blocks")]
    agree = [_plain(getattr(one, name)) == _plain(getattr(other, name)) for name in kept]
    return all(agree) and sorted(one.heap) == other.heap


def _plain(table: object) -> object:
    return table if isinstance(table, dict) else list(table)  # type: ignore[call-overload]


@COMPILED
@pytest.mark.parametrize(
    ("spec", "scenario"),
    [
        *(
            pytest.param(case["spec"], run["scenario"], id=f"{case['id']}-{run['scenario']}")
            for case in CASES
            for run in case["runs"]
            if run["do"] == "simulate"
        ),
        *(pytest.param(BUSY, scenario, id=f"busy-{scenario}") for scenario in ("lru", "lfu")),
    ],
)
def test_plain_and_compiled_agree_event_for_event(spec: str, scenario: str) -> None:
    """The same log, the same last state, the same results."""
    plain, fast = both(load_text(spec), SimulationOptions(scenario=scenario, keep_requests=True))
    assert same(plain, fast)
    assert collect(fast) == collect(plain)


@COMPILED
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(systems(), st.integers(0, 2**32))
def test_plain_and_compiled_agree_on_any_system(spec: str, seed: int) -> None:
    """Event for event, whatever fails, is deployed or scales."""
    options = SimulationOptions(scenario="run", seed=seed, keep_requests=True, folder=FOLDER)
    plain, fast = both(load_text(spec), options)
    assert same(plain, fast)
    assert collect(fast) == collect(plain)


@COMPILED
@pytest.mark.parametrize(
    "asked",
    [
        ["--scenario", "down"],
        ["--scenario", "closed", "--format", "json"],
        ["--scenario", "down", "--replications", "3"],
        ["--scenario", "down", "--compare", "desk.cores=1,2"],
        ["--scenario", "closed", "--find-capacity"],
        ["--scenario", "down", "--sample-traces", "5", "--traces-to", "traces.json"],
    ],
    ids=" ".join,
)
def test_every_way_to_simulate_tells_the_same_compiled(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--fast` changes no byte of what is written."""
    monkeypatch.chdir(tmp_path)
    Path("desk.yaml").write_text(SPEC.replace("CPU", "exponential(10ms)"), encoding="utf-8")
    told = []
    for fast in ([], ["--fast"]):
        status = run(["simulate", "desk.yaml", "-q", *asked, *fast])
        kept = Path("traces.json").read_text(encoding="utf-8") if "--traces-to" in asked else ""
        told.append((status, capsys.readouterr().out, kept))
    assert told[0] == told[1]


@COMPILED
def test_a_compiled_run_tells_how_far_it_is() -> None:
    """After every hundredth of its time, as a plain one does."""
    shares: list[float] = []
    options = SimulationOptions(scenario="down", warm_up=Duration(2 * 10**8), compiled=True)
    simulate.run_simulation(load_text(SPEC.replace("CPU", "10ms")), options, shares.append)
    assert shares == [number / 100 for number in range(1, 101)]


@COMPILED
@pytest.mark.parametrize("who", ["randomness.Philox.values", "compiled_memory.Memory._lengthen"])
def test_an_error_in_what_compiled_code_calls_ends_the_run(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is raised where the run was asked for, not printed and forgotten."""

    def fails(*_: object) -> None:
        raise OSError("no more")

    monkeypatch.setattr(f"archspec.execution.{who}", fails)
    with pytest.raises(OSError, match="no more"):
        simulate.run_simulation(load_text(BUSY), SimulationOptions(scenario="lfu", compiled=True))


def test_no_two_functions_of_the_kernel_share_a_name() -> None:
    """They are compiled into one namespace."""
    names = [name for module in compiled.kernel_modules() for name, _ in compiled._own_functions(module)]
    assert sorted(set(names)) == sorted(names)


def test_without_numba_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """`pip install` with what is in the brackets."""
    monkeypatch.setattr(compiled, "is_available", lambda: False)
    compiled._functions.cache_clear()
    with pytest.raises(MissingExtraError, match="fast"):
        compiled._functions()
