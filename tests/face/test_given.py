"""Every function takes a path, an Architecture or a builder, and says what is wrong with anything else."""

import json
import linecache
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import archspec

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "lint": lambda system: archspec.lint(system).findings,
    "analyze": archspec.analyze,
    "trace": archspec.trace,
    "simulate": lambda system: archspec.simulate(system, duration="1s"),
    "compare": lambda system: archspec.compare(system, {"api.replicas": [1, 2]}, duration="1s", jobs=1),
    "find_capacity": lambda system: archspec.find_capacity(system, duration="1s"),
    "sweep": lambda system: archspec.sweep(system, duration="1s", jobs=1),
    "render": lambda system: archspec.render(system).data,
    "export": lambda system: json.loads(archspec.export(system, "grafana").text)["panels"],
    "page": lambda system: archspec.page(system).files["views/overview.svg"],
    "changed": lambda system: archspec.changed(system, {"api.replicas": 2}),
    "to_yaml": lambda system: archspec.load_text(archspec.to_yaml(system)),
}
ONE = """archspec: 1
name: One

components:
  user: {kind: client}
  api: {kind: server, availability: 99%}

connections:
  - user -> api

flows:
  ask:
    from: user
    request: GET /
    rate: 20/s
    objective: {success: 90%}
    steps:
      - {call: api, cpu: 4ms}
"""


def built() -> archspec.System:
    with archspec.System("One") as one:
        user, api = archspec.Client("user"), archspec.Server("api", availability="99%")
        user >> api
        one.flow("ask", user, archspec.call(api, cpu="4ms"), request="GET /", rate="20/s", objective={"success": "90%"})
    return one


def without_places(result: Any) -> Any:
    """What a result says, but for where its findings stand."""
    if isinstance(result, tuple):
        return [(finding.code, finding.message) for finding in result]
    return result


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_path_an_architecture_and_a_builder_give_the_same(name: str, tmp_path: Path) -> None:
    spec = tmp_path / "one.yaml"
    spec.write_text(ONE)
    function = FUNCTIONS[name]
    expected = without_places(function(str(spec)))
    assert without_places(function(spec)) == expected
    assert without_places(function(archspec.load(spec))) == expected
    assert without_places(function(built())) == expected


@pytest.mark.parametrize(
    ("system", "message"),
    [
        ({"components": {}}, r"a System, and this is of type dict; read a file with archspec\.load"),
        (ONE, r"the text of a spec, not its path; read it with archspec\.load_text"),
        ("nowhere.yaml", "there is no file `nowhere.yaml`"),
    ],
)
def test_what_is_no_system_is_refused_with_a_remedy(system: Any, message: str) -> None:
    with pytest.raises(archspec.UsageError, match=message):
        archspec.analyze(system)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: archspec.simulate(built(), duration="soon"), "duration='soon': .*write a text with its unit"),
        (lambda: archspec.simulate(built(), duration=-1.0), "duration=-1.0: "),
        (lambda: archspec.simulate(built(), duration="1s", confidence=95), "confidence=95: it lies between 0 and 1"),
        (lambda: archspec.simulate(built(), duration="1s", replications=0), "replications=0: it is a number of runs"),
        (lambda: archspec.simulate(built(), duration="1s").flow("asks"), "there is no flow `asks`; did you mean `ask`"),
        (lambda: archspec.simulate(built(), duration="1s").queue("jobs"), "there is no queue `jobs`; there is none"),
        (lambda: archspec.analyze(built(), "asks"), "there is no flow `asks`; did you mean `ask`"),
        (lambda: archspec.compare(built()), "there is nothing to compare"),
        (lambda: archspec.sweep(built(), load=[0]), "load=0: a factor of the load is above 0"),
        (lambda: archspec.sweep(built(), faults="every"), "there is no set of faults `every`"),  # type: ignore[arg-type]
        (lambda: archspec.render(built(), view="nothing"), "there is no view `nothing`"),
        (lambda: archspec.render(built(), format="png").text, "png is not text; take `data`"),
        (lambda: archspec.lint(built(), select="AVL99"), "`AVL99` does not name a rule"),
        (lambda: archspec.trace(built(), "asks"), "there is no flow `asks`; did you mean `ask`"),
        (lambda: archspec.trace(built(), fail="apis"), "`apis`"),
    ],
)
def test_a_wrong_argument_is_refused_with_a_remedy(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(archspec.UsageError, match=message):
        call()


def test_several_systems_are_compared_by_their_names() -> None:
    more = archspec.changed(built(), {"api.replicas": 3})
    made = archspec.compare({"now": built(), "more": more}, duration="2s")
    assert made.variants == ("now", "more")
    assert made.flow("ask", "now").throughput.difference == 0.0
    assert made.flow("ask", "more").mean.value == 0.004  # three never queue
    assert (made.flow("ask", "now").mean.value or 0) > 0.004


def test_files_of_a_load_are_found_beside_the_spec_that_was_loaded(tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text("0,10\n60,10\n")
    spec = tmp_path / "one.yaml"
    spec.write_text(ONE + "\nscenarios:\n  curve: {duration: 5s, load: {ask: {file: rates.csv}}}\n")
    read = archspec.simulate(archspec.load(spec), scenario="curve")
    assert read.flow("ask").offered == archspec.simulate(spec, scenario="curve").flow("ask").offered > 20


def test_what_a_notebook_hears_of_a_builder_is_what_its_file_is_judged_by(tmp_path: Path) -> None:
    (tmp_path / "archspec.toml").write_text('[lint]\nignore = ["AVL"]\n')
    spec = tmp_path / "one.yaml"
    spec.write_text(ONE.replace("90%", "99.99%"))
    codes = [finding.code for finding in archspec.lint(spec)]
    assert codes == [finding.code for finding in archspec.lint(archspec.load(spec))]
    assert not any(code.startswith("AVL") for code in codes)
    assert any(finding.code.startswith("AVL") for finding in archspec.lint(spec, isolated=True))


@pytest.mark.parametrize("given", [str, archspec.load], ids=["path", "architecture"])
def test_nothing_is_written_over_the_spec(tmp_path: Path, given: Callable[[Any], Any]) -> None:
    spec = tmp_path / "lint.json"
    spec.write_text('{"archspec": 1, "name": "One", "components": {"api": {"kind": "server"}}}')
    before = spec.read_bytes()
    with pytest.raises(archspec.UsageError, match="would be lost"):
        archspec.render(given(spec), spec, format="dot")
    with pytest.raises(archspec.UsageError, match="would be lost"):
        archspec.page(given(spec), tmp_path)
    assert spec.read_bytes() == before


def test_a_cell_of_a_notebook_stands_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "archspec.toml").write_text('[lint]\nselect = ["DOC01"]\n')
    monkeypatch.chdir(tmp_path)
    cell = "with archspec.System('Cell') as cell:\n    archspec.Server('api')\n"
    names: dict[str, Any] = {"archspec": archspec}
    linecache.cache["/nowhere/ipykernel_1/2.py"] = (len(cell), None, cell.splitlines(True), "/nowhere/ipykernel_1/2.py")
    exec(compile(cell, "/nowhere/ipykernel_1/2.py", "exec"), names)
    found = archspec.lint(names["cell"])
    assert (found.file, [finding.code for finding in found]) == ("/nowhere/ipykernel_1/2.py", ["DOC01"])


def test_every_result_is_plain_data_for_json() -> None:
    one = built()
    for made in (archspec.lint(one), archspec.analyze(one), archspec.trace(one), archspec.simulate(one, duration="1s")):
        assert json.loads(json.dumps(made.to_dict())) == made.to_dict()
