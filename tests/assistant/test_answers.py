"""What the tools and the pages to read say of a small shop, as before."""

import json
from pathlib import Path
from typing import Any

import pytest

from archspec.assistant import judging, reading, running, showing
from archspec.errors import ArchspecError
from tests.conftest import Golden
from tests.markup import listed
from tests.needs import needs_extra

needs_extra("assistant")

SHOP = """\
archspec: 1
name: Shop
components:
  user: {kind: client}
  web: {kind: server, replicas: 2, slots: 4, availability: 99%}
  db: {kind: database, availability: 99.9%}
  logs: {kind: log_service}
connections: [user -> web, web -> db]
flows:
  buy:
    from: user
    rate: 20/s
    objective: {success: 99%, p99: 100ms}
    steps: [{call: web, steps: [{call: db, takes: exponential(5ms)}]}]
scenarios: {sale: {duration: 10s, load: {buy: {rate: 60/s}}}}
"""
BROKEN = SHOP.replace("kind: server", "kind: sever").replace("web -> db", "web -> dbs")
ASKED: list[tuple[Any, dict[str, Any]]] = [
    (judging.check, {"spec": SHOP}),
    (judging.check, {"path": "shop.yaml", "set": {"web.replicas": 1}, "select": ["AVL"]}),
    (judging.check, {"spec": BROKEN}),
    (judging.fix, {"spec": BROKEN}),
    (judging.fix, {"spec": SHOP}),
    (judging.fix, {"spec": SHOP, "unsafe": True}),
    (judging.fix, {"path": "shop.yaml", "unsafe": True}),
    (judging.fix, {"path": "shop.yaml"}),
    (showing.describe, {"spec": SHOP}),
    (running.trace, {"spec": SHOP, "fail": ["db"]}),
    (running.trace, {"spec": SHOP, "just_failed": ["web-1"], "slow": ["db=200ms"]}),
    (running.simulate, {"path": "shop.yaml", "scenario": "sale", "seed": 2}),
    (running.simulate, {"spec": SHOP, "duration": "5s", "load": 2, "fail": ["web-1"]}),
    (running.analyze, {"spec": SHOP, "flow": "buy"}),
    (running.verify, {"spec": SHOP, "head_room": 2, "pairs": True}),
    (showing.diff, {"base": {"spec": SHOP}, "set": {"web.replicas": 1}}),
    (showing.diff, {"base": {"spec": SHOP}}),
    (showing.export, {"format": "openslo", "spec": SHOP}),
    (running.simulate, {"spec": SHOP, "duration": "11m"}),
    (running.simulate, {"spec": SHOP, "duration": "5"}),
    (judging.check, {}),
    (judging.check, {"path": "shop.py"}),
    (running.trace, {"spec": SHOP, "flow": "sell"}),
    (judging.explain, {"rule": "AVL99"}),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shop.yaml").write_text(SHOP)
    (tmp_path / "notes.yaml").write_text("services: {}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(tool: Any, given: dict[str, Any]) -> str:
    """What was asked, and the answer or what is wrong."""
    asked = f"{tool.__name__}({', '.join(f'{name}={value}' for name, value in given.items())})"
    try:
        told = listed(json.dumps(tool(**given)))
    except ArchspecError as error:
        told = f"refused: {error}\n"
    return f"## {asked.replace(str(SHOP), 'SHOP').replace(BROKEN, 'BROKEN').replace(repr(SHOP), 'SHOP')}\n{told}"


def test_a_tool_answers_as_before(folder: Path, golden: Golden) -> None:
    golden("tests/assistant/expected/answers.txt", "\n".join(answer(*asked) for asked in ASKED))


def test_fields_are_read_by_the_name_of_their_element() -> None:
    told = json.loads(reading.fields_of("Alert"))
    assert list(told)[:3] == ["metric", "flow", "component"]
    assert told["severity"]["default"] == "warning"
    assert "Alert" in reading.fields()
    assert reading.rules().splitlines()[0].startswith("ALR01")


def test_the_specs_of_a_folder_are_those_that_say_so(folder: Path) -> None:
    assert reading.specs() == "shop.yaml\n"
    assert reading.spec("shop.yaml") == SHOP
