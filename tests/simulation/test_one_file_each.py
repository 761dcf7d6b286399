"""An algorithm, a fault and a distribution more in the engine: one file each, and its name in the list beside it.

Built as CI builds the engine, by Debian's compiler, in a copy of the crate.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from archspec.language import load_text
from archspec.simulation.compile import compile_system
from archspec.simulation.engine import Engine, View
from archspec.simulation.log import ROW, Told
from archspec.simulation.program import Distribution, Fault, OpenLoad, Program, Request, Run, System, Target
from archspec.webassembly import compiled

CRATE = Path(__file__).parents[2] / "engine"
TARGET = "wasm32-unknown-unknown"
NEEDED = (Path("/usr/bin/cargo"), Path("/usr/bin/rustc"), Path("/usr/lib/rustlib") / TARGET)
pytestmark = [
    pytest.mark.server,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not all(path.exists() for path in NEEDED), reason="needs Debian's rustc, cargo and libstd-rust-dev-wasm32"
    ),
]

ADDED = {
    "balancing/last.rs": """
//! The last in the order written.

use super::{open_from, Kind, Pool};

pub struct Last;

impl Kind for Last {
    const NAME: &'static str = "last";

    fn pick<P: Pool>(pool: &mut P) -> Option<usize> {
        let found = open_from(pool, 0).last();
        found
    }
}
""",
    "fault/drop_cores.rs": """
//! Replicas that have no core left for anything new.

use super::{Blow, Kind};
use crate::program::{Component, Program, Target};
use crate::reading::{Refused, Row};
use crate::world::World;
use std::rc::Rc;

pub struct DropCores {
    target: Target,
}

impl Kind for DropCores {
    const NAME: &'static str = "drop_cores";

    fn read(row: &Row, components: &[Component]) -> Result<Self, Refused> {
        Ok(DropCores { target: Target::read(row, components)? })
    }

    fn blows(&self, p: &Program, world: &mut World) -> Vec<Rc<dyn Blow>> {
        let lost = |replica| Rc::new(Lost { replica }) as Rc<dyn Blow>;
        world.struck(p, &self.target).into_iter().map(lost).collect()
    }
}

struct Lost {
    replica: u32,
}

impl Blow for Lost {
    fn begin(&self, _p: &Program, world: &mut World, _number: u32) {
        world.replicas[self.replica as usize].cores_used += 1000;
    }

    fn end(&self, _p: &Program, world: &mut World, _number: u32) {
        world.replicas[self.replica as usize].cores_used -= 1000;
    }
}
""",
    "distribution/twice.rs": """
//! Twice what is stated.

use super::Kind;
use crate::chance::Draw;

#[derive(Clone, Debug, PartialEq)]
pub struct Twice(f64);

impl Kind for Twice {
    const NAME: &'static str = "twice";
    const PARAMETERS: &'static str = "the half";

    fn new(parameters: &[f64]) -> Option<Self> {
        parameters.first().map(|half| Twice(*half))
    }

    fn sample(&self, _draw: &Draw) -> f64 {
        2.0 * self.0
    }

    fn median(&self) -> f64 {
        2.0 * self.0
    }
}
""",
}
LISTED = {
    "balancing/mod.rs": ("    priority Priority\n", "    last Last\n"),
    "fault/mod.rs": ("    deploy Deploy\n", "    drop_cores DropCores\n"),
    "distribution/mod.rs": ("    empirical Empirical\n", "    twice Twice\n"),
}
SPEC = """
archspec: 1
name: Three
components: {user: {kind: client}, lb: {kind: load_balancer}, api: {kind: server, replicas: 3, cores: 1}}
connections: [user -> lb, lb -> api]
flows: {ask: {from: user, rate: 100/s, steps: [{call: lb, steps: [{call: api, cpu: 5ms}]}]}}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    crate = tmp_path_factory.mktemp("crate") / "engine"
    shutil.copytree(CRATE, crate, ignore=shutil.ignore_patterns("target"))
    for name, text in ADDED.items():
        (crate / "src" / name).write_text(text.lstrip(), encoding="utf-8")
    for name, (last, line) in LISTED.items():
        list_ = crate / "src" / name
        text = list_.read_text(encoding="utf-8")
        assert text.count(last) == 1
        list_.write_text(text.replace(last, last + line), encoding="utf-8")
    environment = {**os.environ, "RUSTC": "/usr/bin/rustc", "CARGO_PROFILE_RELEASE_LTO": "off"}
    command = ["/usr/bin/cargo", "build", "--release", "--quiet", "--offline", "--target", TARGET]
    done = subprocess.run(command, cwd=crate, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return crate / "target" / TARGET / "release" / "archspec_engine.wasm"


@pytest.fixture(autouse=True)
def run_it(built: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("archspec.simulation.engine.WASM", built)
    yield
    compiled.cache_clear()


def system() -> System:
    return compile_system(load_text(SPEC), ("ask",)).system


def test_an_algorithm_more_is_one_file() -> None:
    asked = system()
    call = next(op for op in asked.operations if op.routes and asked.components[op.routes[0].to].id == "api")
    last = call._replace(routes=tuple(route._replace(algorithm="last") for route in call.routes))
    operations = tuple(last if op is call else op for op in asked.operations)
    run = Engine(Program(asked._replace(operations=operations), Run(watch="everything", request=Request(0, 0))))
    run.advance(None)
    arrived = [row for row in run.rows(View.LOG, ROW) if row[1] == Told.ARRIVED]
    replicas = run.rows(View.REPLICAS, 3)
    assert [replicas[row[3]][1] for row in arrived] == [0, 2]


def test_a_fault_more_is_one_file() -> None:
    asked = system()
    api = next(number for number, component in enumerate(asked.components) if component.id == "api")
    fault = Fault("drop_cores", 10**9, target=Target(component=api))  # type: ignore[arg-type]
    load = OpenLoad(0, "constant", "even", Fraction(100))
    run = Engine(Program(asked, Run(until=2 * 10**9, watch="everything", loads=(load,), faults=(fault,))))
    run.advance(2 * 10**9)
    until = run.column(View.UNTIL, "int64")
    assert ((until >= 0).sum(), len(until)) == (100, 200)


def test_a_distribution_more_is_one_file() -> None:
    asked = system()
    work = next(op for op in asked.operations if op.cpu is not None)
    twice = work._replace(cpu=Distribution("twice", (5e6,), 10**7))
    operations = tuple(twice if op is work else op for op in asked.operations)
    run = Engine(Program(asked._replace(operations=operations), Run(watch="everything", request=Request(0, 0))))
    run.advance(None)
    assert run.rows(View.LOG, ROW)[-1][:2] == (10**7, Told.RESPONSE)
