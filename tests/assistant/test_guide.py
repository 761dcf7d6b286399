"""What assistants are told of the language is so: the schema and the linter are held over it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import archspec
from archspec.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "archspec" / "assistant" / "guide.md").read_text("utf-8")
LLMS = (ROOT / "llms.txt").read_text("utf-8")
SCHEMA = archspec.schema()
DEFINITIONS = SCHEMA["$defs"]
SPECS = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
HEAD = """<!-- Written from archspec/assistant/guide.md by `pytest tests/assistant --update-goldens`. -->

Who changes archspec itself reads [CONTRIBUTING.md](CONTRIBUTING.md). The rest of this page is for who describes a
system with it; the server of `archspec mcp` gives the same page as `archspec://language`.

"""


def words(text: str) -> set[str]:
    """What stands in backticks."""
    return set(re.findall(r"`([^`\n]+)`", text))


def table_of_kinds() -> set[str]:
    rows = re.findall(r"^\| ((?:`\w+` ?)+)\|", GUIDE, re.MULTILINE)
    return {kind for row in rows for kind in re.findall(r"\w+", row)}


def test_agents_md_is_the_guide(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "AGENTS.md", HEAD + GUIDE)


def test_there_is_a_spec_to_learn_from() -> None:
    assert len(SPECS) == 1


@pytest.mark.parametrize("text", SPECS)
def test_the_schema_accepts_the_spec(text: str) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(yaml.safe_load(text))


@pytest.mark.parametrize("text", SPECS)
def test_the_linter_finds_nothing_in_the_spec(text: str) -> None:
    assert [finding.text for finding in archspec.lint(archspec.load_text(text), isolated=True)] == []


def test_the_kinds_are_those_of_the_schema() -> None:
    assert table_of_kinds() == set(DEFINITIONS["component"]["properties"]["kind"]["enum"])


def test_the_kinds_of_groups_are_those_of_the_schema() -> None:
    sentence = re.search(r"Groups are (.*?); replicas", GUIDE, re.DOTALL)
    assert sentence is not None
    assert words(sentence[1]) == set(DEFINITIONS["Group"]["properties"]["kind"]["enum"])


def test_the_fields_that_draw_an_arrow_do() -> None:
    listed = re.search(r"no connection is written for them: (.*?)\.\n", GUIDE, re.DOTALL)
    assert listed is not None
    known = {field for kind in table_of_kinds() for field in fields_of(f"kind-{kind}")}
    assert words(listed[1]) - known == set()
    assert (
        archspec.load_text(
            "{archspec: 1, name: x, components: {a: {kind: server, logs_to: l}, l: {kind: log_service}}}"
        )
        .edges[0]
        .name
        == "a -> l"
    )


def fields_of(definition: str) -> dict[str, Any]:
    found: dict[str, Any] = DEFINITIONS[definition]["properties"]
    return found


def test_the_fields_of_connections_and_steps_are_those_of_the_schema() -> None:
    assert {"timeout", "retries", "circuit_breaker", "latency"} <= set(fields_of("connection-fields"))
    assert {"call", "cpu", "takes", "on_miss", "fallback", "optional", "parallel"} <= set(fields_of("Step"))


def test_the_rules_that_are_named_are_there() -> None:
    known = {rule.code for rule in archspec.rules()}
    assert set(re.findall(r"\b[A-Z]{2,3}\d\d\b", GUIDE)) - known == set()


def test_the_commands_that_are_named_are_there() -> None:
    assert set(re.findall(r"`archspec (\w+)", GUIDE + LLMS)) - set(COMMANDS) == set()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("api: {kind: server, replicas: 2s}", "`2s` is not a whole number"),
        ("1api: {kind: server}", "1api"),
        ("api: {kind: postgresql}", "postgresql"),
        ("api: {kind: server, colour: red}", "colour"),
        ("api: {kind: server, logs_to: nowhere}", "nowhere"),
        ("api: {kind: server, boot_time: 5}", "5"),
    ],
)
def test_what_the_guide_forbids_is_an_error(wrong: str, said: str) -> None:
    with pytest.raises(archspec.SpecError) as caught:
        archspec.load_text(f"archspec: 1\nname: Wrong\ncomponents:\n  {wrong}\n")
    assert said in str(caught.value)


def test_a_call_without_its_connection_is_an_error() -> None:
    parts = "components: {a: {kind: client}, b: {kind: server}, c: {kind: server}}\nconnections: [a -> c]\n"
    flows = "flows: {f: {from: a, steps: [{call: c, takes: 1ms, steps: [{call: b}]}]}}\n"
    found = archspec.lint(archspec.load_text(f"archspec: 1\nname: Wrong\n{parts}{flows}"), isolated=True)
    assert [(finding.code, finding.severity) for finding in found] == [("STR10", archspec.Severity.ERROR)]


def test_the_links_for_machines_lead_to_files() -> None:
    links = re.findall(r"\]\(https://github\.com/archspec-code/archspec/blob/main/([^)]+)\)", LLMS)
    assert len(links) == LLMS.count("](")
    assert [link for link in links if not (ROOT / link).is_file()] == []
