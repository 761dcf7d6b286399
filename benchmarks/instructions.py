"""How many instructions of WebAssembly the engine spends on a request: a figure that nothing else on the machine moves.

    uv run --all-extras python benchmarks/instructions.py [SYSTEM …]

The systems are those of `benchmarks/simulation.py`, some ten thousand requests of each. What reads the Program is left
out, and what reads results too.
"""

import sys
from typing import Any

import wasmtime
from simulation import SYSTEMS

from archspec.language import load_text
from archspec.model import Duration
from archspec.simulation.asked import program_of, understood
from archspec.simulation.engine import WASM
from archspec.simulation.options import SimulationOptions

REQUESTS = 10_000
ENOUGH = 2**62


def main() -> None:
    """Print a line for each system asked for, or for all."""
    asked = sys.argv[1:]
    for system in SYSTEMS:
        if not asked or system.name in asked:
            seconds = max(5, REQUESTS // system.rate)
            print(f"{system.name:25} {spent(system.spec(seconds), seconds) / (system.rate * seconds):10,.0f}")


def spent(spec: str, seconds: int) -> int:
    """Instructions of a run in the only scenario of a spec, where there is one."""
    architecture, until = load_text(spec), seconds * 10**9
    options = SimulationOptions(next(iter(architecture.scenarios), None), Duration(until), Duration(0))
    text = program_of(understood(architecture, options), until).to_json().encode()
    config = wasmtime.Config()
    config.consume_fuel = True
    engine = wasmtime.Engine(config)
    store = wasmtime.Store(engine)
    store.set_fuel(ENOUGH)
    module = wasmtime.Module(engine, WASM.read_bytes())
    door: dict[str, Any] = dict(wasmtime.Instance(store, module, []).exports(store).items())
    place = door["allocate"](store, len(text))
    door["memory"].write(store, text, place)
    run = door["start"](store, place, len(text))
    before = store.get_fuel()
    while not door["advance"](store, run, until, 100_000):
        pass
    return before - store.get_fuel()


if __name__ == "__main__":
    main()
