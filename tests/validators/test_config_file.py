"""The configuration: where it is found, what it may say, and what is said of mistakes."""

from fractions import Fraction
from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.validators import Severity
from archspec.validators.config import Config
from archspec.validators.config_file import find_config, parse_config
from archspec.validators.config_text import config_text

ARCHSPEC = Path("archspec.toml")
EVERYTHING = """
[lint]
select = ["production"]
extend-select = ["OBS08"]
ignore = ["DOC"]
fail-on = "warning"
severity = {AVL02 = "error", availability = "info"}
per-path-ignores = {"legacy/*" = ["SCL"]}
[lint.parameters]
minimum-replicas = 3
page-burn-rate = 6
forbidden-edges = {worker = ["external"]}
"""


def test_every_key_is_read() -> None:
    """A section with all keys becomes the Config it says."""
    config = parse_config(EVERYTHING, ARCHSPEC)
    assert config is not None
    assert config.select == ("production",)
    assert config.extend_select == ("OBS08",)
    assert config.ignore == ("DOC",)
    assert config.fail_on is Severity.WARNING
    assert config.severity == {"AVL02": Severity.ERROR, "availability": Severity.INFO}
    assert config.per_path_ignores == {"legacy/*": ("SCL",)}
    assert config.parameters.minimum_replicas == 3
    assert config.parameters.page_burn_rate == Fraction(6)
    assert config.parameters.forbidden_edges == {"worker": ("external",)}
    assert config.parameters.maximum_attempts == 5


def test_what_is_shown_can_be_read_again() -> None:
    """`--show-config` writes TOML that gives the same Config."""
    config = parse_config(EVERYTHING, ARCHSPEC)
    assert config is not None
    assert parse_config(config_text(config), ARCHSPEC) == config


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[lint]\nselct = []", "archspec.toml:2: `selct` in [lint] is not a key; did you mean `select`?"),
        ('[lint]\nselect = "AVL"', 'archspec.toml:2: `select` in [lint] is not a list of strings; write `["…"]`.'),
        (
            '[lint]\nseverity = {AVL01 = "bad"}',
            "archspec.toml:2: `severity.AVL01` in [lint] is not a severity; write one of `error`, `warning`, `info`.",
        ),
        (
            "[lint.parameters]\nminimum-replica = 2",
            "archspec.toml:2: `parameters.minimum-replica` in [lint] is not a key; "
            "did you mean `parameters.minimum-replicas`?",
        ),
        (
            "[lint.parameters]\nminimum-replicas = 0",
            "archspec.toml:2: `parameters.minimum-replicas` in [lint] is not a whole number from 1 up.",
        ),
        ("[lnt]\n", "archspec.toml:1: `lnt` in [lint] is not a section; did you mean `lint`?"),
        ("lint = 3", "archspec.toml:1: `lint` in [lint] is not a table; write `key = value` lines below it."),
        ("[lint.parameters]\npage-burn-rate = nan", None),
        ("[lint.parameters]\npage-burn-rate = inf", None),
        ("[lint]\nfail-on = true", None),
        ("[lint\n", None),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, message: str | None) -> None:
    """A wrong key or value is refused, with its line and a suggestion."""
    with pytest.raises(UsageError) as caught:
        parse_config(text, ARCHSPEC)
    assert message is None or str(caught.value) == message


def test_the_nearest_folder_with_a_section_wins(tmp_path: Path) -> None:
    """Files without a section for the linter are passed by on the way up."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "archspec.toml").write_text('[lint]\nignore = ["far"]\n')
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.archspec.lint]\nignore = ["near"]\n')
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    config = find_config(inner / "spec.yaml")
    assert config.ignore == ("near",)
    assert config.folder == tmp_path / "a"


def test_archspec_toml_wins_in_one_folder(tmp_path: Path) -> None:
    """Of two files in one folder the one named after the tool counts."""
    (tmp_path / "archspec.toml").write_text('[lint]\nignore = ["own"]\n')
    (tmp_path / "pyproject.toml").write_text('[tool.archspec.lint]\nignore = ["shared"]\n')
    assert find_config(tmp_path / "spec.yaml").ignore == ("own",)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """No configuration is a configuration."""
    assert find_config(tmp_path / "spec.yaml").file is None


def test_per_path_ignores_are_relative_to_the_file(tmp_path: Path) -> None:
    """A pattern is matched from the folder of the configuration."""
    config = Config(per_path_ignores={"legacy/*": ("SCL",)}, folder=tmp_path)
    assert config.ignored_at(tmp_path / "legacy" / "a.yaml") == ("SCL",)
    assert config.ignored_at(tmp_path / "new" / "a.yaml") == ()


@pytest.mark.parametrize("text", ["tool = 3  # tool.archspec", "[tool]\narchspec = 3", "[tool.archspec]"])
def test_a_project_without_a_section_has_no_configuration(text: str) -> None:
    """Whatever else its file holds."""
    assert parse_config(text, Path("pyproject.toml")) is None
