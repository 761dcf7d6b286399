"""A kind, a rule, a picture format and an importer are one file each: where it is there, all that lists them has it.

Each is added in a process of its own, in a folder beside archspec's; `tests/reports` does the same with a report.
"""

import subprocess
import sys
from pathlib import Path

import pytest

KIND = '''
from typing import Literal

from archspec.model.component import Component
from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape


class SelfServiceKiosk(Component):
    """A screen that visitors use on the spot."""

    kind: Literal["self_service_kiosk"] = "self_service_kiosk"


KIND = Kind("self_service_kiosk", "Kiosk", Role.ACTOR, Shape.DEVICE, SelfServiceKiosk, other_names=("terminal",))
'''
USES_KIND = """
with archspec.System("Museum") as museum:
    archspec.SelfServiceKiosk("hall") >> archspec.Server("guide")
print(museum.build().components["hall"].kind_of.summary)
print(archspec.SelfServiceKiosk.__doc__, "SelfServiceKiosk" in archspec.__all__)
print(archspec.load_text("{archspec: 1, name: M, components: {k: {kind: self_service_kiosk}}}").components["k"].kind)
print("Kiosk" in archspec.render(museum, format="markdown").text, "self_service_kiosk" in str(archspec.schema()))
try:
    archspec.load_text("{archspec: 1, name: M, components: {k: {kind: terminal}}}")
except archspec.SpecError as error:
    print(error.problems[0].remedy)
"""
RULE = '''
"""Nothing is called foo.

## What it checks

Ids.

## Why

Nobody knows what it is.

## Bad

```yaml
{archspec: 1, name: Bad, components: {foo: {kind: server}}}
```

## Good

```yaml
{archspec: 1, name: Good, components: {shop: {kind: server}}}
```

## When to ignore it

Never.

## Source

A habit.
"""

from archspec.validators.finding import Found, Severity
from archspec.validators.rule import Rule, RuleSet


def check(context):
    """Components called foo."""
    for id_ in context.architecture.components:
        if id_ == "foo":
            yield Found(("components", id_), "`foo` says nothing", "give it a name.", at_key=True)


RULE = Rule("NAM01", "called-foo", "naming", Severity.WARNING, RuleSet.DEFAULT, __doc__, check)
'''
USES_RULE = """
foo = archspec.load_text("{archspec: 1, name: M, components: {foo: {kind: server}}}")
print(*[finding.text for finding in archspec.lint(foo, isolated=True, select="naming")])
print(*[rule.summary for rule in archspec.rules() if rule.code == "NAM01"])
"""
FORMAT = """
from archspec.renderers.renderer import FromScene, Output, Renderer


def _counted(scene, options):
    return Output(f"{len(scene.nodes)} parts".encode())


RENDERER = Renderer("count", (".count",), "text/plain", "how many parts there are", FromScene(_counted))
"""
USES_FORMAT = """
pair = archspec.load_text("{archspec: 1, name: M, components: {a: {kind: server}, b: {kind: database}}}")
print(archspec.render(pair, sys.argv[1] + "/pair.count"))
print(open(sys.argv[1] + "/pair.count").read(), end="")
"""
IMPORTER = """
from archspec.importers.facts import Evidence, Fact, Grade, component
from archspec.importers.importer import Importer, Reading


def _read(sources, choices):
    names = [line.partition(" ")[2].strip() for source in sources for line in source.text.splitlines()]
    said = Evidence(file="servers.txt", why="the list says so", line=1, grade=Grade.STATED)
    return Reading(facts=[Fact(component(name), "kind", "server", said) for name in names])


IMPORTER = Importer("servers", "a list of servers", lambda source: source.text.startswith("server "), _read)
"""
USES_IMPORTER = """
(pathlib.Path(sys.argv[1]) / "servers.txt").write_text("server api\\nserver web\\n")
print(list(archspec.import_files(sys.argv[1] + "/servers.txt").load().components))
"""


@pytest.mark.parametrize(
    ("package", "name", "text", "program", "expected"),
    [
        pytest.param(
            "archspec.model.kinds",
            "self_service_kiosk",
            KIND,
            USES_KIND,
            [
                "A screen that visitors use on the spot.",
                "A screen that visitors use on the spot. True",
                "self_service_kiosk",
                "True True",
                "write `kind: self_service_kiosk`.",
            ],
            id="kind",
        ),
        pytest.param(
            "archspec.validators.rules",
            "called_foo",
            RULE,
            USES_RULE,
            ["`foo` says nothing; give it a name.", "Nothing is called foo."],
            id="rule",
        ),
        pytest.param(
            "archspec.renderers.formats",
            "count",
            FORMAT,
            USES_FORMAT,
            ["Picture('overview', 'count', 8 bytes)", "2 parts"],
            id="picture format",
        ),
        pytest.param(
            "archspec.importers.formats", "servers", IMPORTER, USES_IMPORTER, ["['api', 'web']"], id="importer"
        ),
    ],
)
def test_a_new_one_is_one_file(
    tmp_path: Path, package: str, name: str, text: str, program: str, expected: list[str]
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / f"{name}.py").write_text(text.lstrip(), encoding="utf-8")
    added = f"import pathlib, sys, archspec, {package}\n{package}.__path__.append(sys.argv[1] + '/more')\n"
    done = subprocess.run(
        [sys.executable, "-c", added + program, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines() == expected, done.stderr
