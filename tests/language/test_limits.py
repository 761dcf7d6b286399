"""How much may be wrong, what is said of settings from outside, and which file may have been meant."""

from pathlib import Path

import pytest

from archspec.errors import Problem, SpecError, UsageError
from archspec.language import build, load, load_text
from archspec.language.reader.files import DISK, contents, is_spec, specs_in
from archspec.language.suggestions import are_opposites, closest, listed, named, unknown
from archspec.language.what_if import PLAYED, changed, with_faults
from tests.model.specs import HEAD, spec

SYSTEM = "components: {api: {kind: server, replicas: 2}, db: {kind: database}}\nconnections: [api -> db]\n"


def problems(body: str) -> tuple[Problem, ...]:
    with pytest.raises(SpecError) as caught:
        spec(body)
    return caught.value.problems


@pytest.mark.parametrize(("wrong", "told", "last"), [(100, 100, "`x` is not"), (101, 101, "and 1 problems more")])
def test_of_a_hundred_mistakes_each_is_told_and_of_more_their_number(wrong: int, told: int, last: str) -> None:
    found = problems("components:\n" + "".join(f"  c{n}: {{kind: server, replicas: x}}\n" for n in range(wrong)))
    assert len(found) == told
    assert found[-1].message.startswith(last)


def test_what_follows_a_thousand_mistakes_is_not_looked_for() -> None:
    found = problems("components:\n" + "".join(f"  c{n}: {{kind: server, replicas: x}}\n" for n in range(1000)))
    assert len(found) == 101


def scenarios(components: int, settings: int) -> str:
    """A system of so many components with so many scenarios that set something."""
    parts = "".join(f"  c{n}: {{kind: server}}\n" for n in range(components))
    return f"components:\n{parts}scenarios:\n" + "".join(
        f"  s{n}: {{set: {{c0.replicas: 2}}}}\n" for n in range(settings)
    )


def test_scenarios_that_set_something_are_bounded_by_the_size_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = problems(scenarios(163, 157))
    assert found.message == "157 scenarios set something in a system of 163 components"
    assert found.remedy == "keep those that are of use."
    assert found.span
    assert found.span.line == 2 + 1 + 163 + 1 + 157
    monkeypatch.setattr(build, "MOST_REBUILT", 4 * (3 + 4))
    assert len(spec(scenarios(3, 4)).scenarios) == 4
    assert len(problems(scenarios(4, 4))) == len(problems(scenarios(2, 5))) == 1


@pytest.mark.parametrize(
    ("settings", "message", "place", "text"),
    [
        ({"api.replicas": "x"}, "`x` is not a whole number", "settings:1:1", "api.replicas=x"),
        ({"db.label": "A", "apii.x": 1}, "there is no `apii` to set", "settings:2:1", "apii.x=1"),
        ({"api -> db.timeout": "5"}, "`5` is not a duration: it has no unit", "settings:1:1", "api -> db.timeout=5"),
        ({"api.scaling": {"max": "x"}}, "`x` is not a whole number", "settings:1:1", "api.scaling={'max': 'x'}"),
    ],
)
def test_a_setting_from_outside_is_told_by_its_own_words(
    settings: dict[str, object], message: str, place: str, text: str
) -> None:
    with pytest.raises(SpecError) as caught:
        changed(spec(SYSTEM), settings)
    (found,) = caught.value.problems
    assert found.span
    assert (found.message, found.span.label) == (message, place)
    line = caught.value.sources["settings"].split("\n")[found.span.line - 1]
    assert line[found.span.column - 1 : found.span.end_column - 1] == text


def test_faults_are_added_to_a_scenario_or_to_every_flows_own_rate() -> None:
    system = spec(SYSTEM + "scenarios: {bad: {faults: [{fail: db}]}, played: {duration: 1s}}\n")
    more, name = with_faults(system, "bad", [{"fail": "api"}])
    assert [fault.target for fault in more.scenarios[name].faults] == ["db", "api"]
    alone, second = with_faults(system, None, [{"slow": "api", "by": "2x"}])
    assert [fault.what for fault in alone.scenarios[second].faults] == ["slow"]
    assert name == second == PLAYED * 2
    assert with_faults(system, "nowhere", [{"fail": "api"}]) == (system, "nowhere")
    assert list(system.scenarios) == ["bad", "played"]
    with pytest.raises(SpecError):
        with_faults(system, None, [{"fail": "nobody"}])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("shop.yaml", "b.yml", "a.json", ".hidden.yaml", "notes.txt"):
        (tmp_path / name).write_text(HEAD + SYSTEM)
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("shp.yaml", "there is no file `{folder}/shp.yaml`; did you mean `{folder}/shop.yaml`?"),
        ("other", "there is no file `{folder}/other`; `archspec init` writes a first spec."),
        ("no/a.yaml", "there is no file `{folder}/no/a.yaml`; nor a folder `{folder}/no`."),
        ("", "`{folder}` is a folder; give a file in it, such as `{folder}/a.json`."),
        ("empty", "`{folder}/empty` is a folder; give a YAML file; `archspec init` writes a first one."),
        ("shop.yaml/x", "`{folder}/shop.yaml/x` cannot be read: Not a directory; check its name and its permissions."),
    ],
)
def test_what_is_no_file_is_told_with_what_there_is(name: str, message: str, folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(folder / name)
    assert str(caught.value) == message.format(folder=folder)


def test_the_specs_of_a_folder_are_its_yaml_and_json_files_by_name(folder: Path) -> None:
    assert [path.name for path in specs_in(folder)] == ["a.json", "b.yml", "shop.yaml"]
    assert specs_in(folder / "nowhere") == []
    assert DISK.beside(folder / "nowhere.yaml") == ["a.json", "b.yml", "shop.yaml"]


def test_a_path_stays_in_its_folder_links_followed(folder: Path) -> None:
    (folder / "empty" / "link.yaml").symlink_to(folder / "shop.yaml")
    assert DISK.holds(folder, folder / "empty" / "link.yaml")
    assert not DISK.holds(folder / "empty", folder / "empty" / "link.yaml")
    assert not DISK.holds(folder, folder / ".." / "x")
    assert not DISK.holds(folder, Path("a\0b"))
    assert DISK.real(folder / "empty" / "link.yaml") == folder / "shop.yaml"
    assert DISK.contents(folder / "empty" / "link.yaml", None) == contents(folder / "shop.yaml")
    with pytest.raises(UsageError, match="leads out of its folder"):
        DISK.contents(folder / "empty" / "link.yaml", folder / "empty")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("archspec: 1", True),
        ("# x\narchspec : 1", True),
        ('"archspec": 1', True),
        ("'archspec':\t1", True),
        ("\ufeffarchspec: 1", True),
        (" archspec: 1", False),
        ("archspecs: 1", False),
        ("x: archspec", False),
        ("", False),
    ],
)
def test_a_root_file_says_the_version_at_the_top(text: str, is_one: bool) -> None:
    assert is_spec(text) is is_one


def test_a_text_includes_no_files() -> None:
    with pytest.raises(SpecError) as caught:
        load_text(HEAD + "include: [a.yaml]\n" + SYSTEM)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    ("one", "other", "opposite"),
    [
        ("paid", "unpaid", True),
        ("non-idempotent", "idempotent", True),
        ("no_wait", "wait", True),
        ("dis-able", "able", True),
        ("inactive", "active", True),
        ("not_ready", "ready", True),
        ("stateless", "stateful", True),
        ("stateful", "state", False),
        ("encrypted", "decrypted", False),
        ("api", "apis", False),
    ],
)
def test_words_that_look_alike_may_mean_the_contrary(one: str, other: str, opposite: bool) -> None:
    assert are_opposites(one, other) is are_opposites(other, one) is opposite


def test_among_very_many_words_only_near_ones_are_compared() -> None:
    many = [f"word{number}" for number in range(501)]
    assert closest("word77x", [*many, "sessions"]) is not None
    assert closest("xessions", [*many, "sessions"]) is None
    assert closest("xessions", [*many[:498], "sessions"]) == "sessions"
    assert closest("sesions", [*many, "sessions"]) == "sessions"
    assert closest("x" * 201, ["x" * 201]) is None
    assert closest("x" * 200, ["x" * 200]) == "x" * 200


def test_what_is_not_known_is_told_with_what_is() -> None:
    assert named("flow", "a", {"a": 1}) == 1
    with pytest.raises(UsageError, match="there is no flow `b`; known are `a`, `c`"):
        named("flow", "b", {"a": 1, "c": 2})
    assert str(unknown("there is no flow `aap`", "aap", ["aaap"])) == "there is no flow `aap`; did you mean `aaap`?"
    assert str(unknown("there is no flow `a`", "a", [])) == "there is no flow `a`; there is none at all."
    assert str(unknown("no `x`", "x", [f"word{n}" for n in range(31)])).endswith("and 1 more.")
    assert listed("ab", most=2) == "`a`, `b`"
