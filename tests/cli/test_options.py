"""What-ifs on the command line."""

import pytest

from archspec.cli.options import settings
from archspec.errors import SpecError, UsageError
from archspec.model import Plain


def test_a_setting_is_a_key_and_a_plain_scalar() -> None:
    found = settings(["api.replicas=6", " a -> b.timeout = 1s ", "x.label=a=b"])
    assert found == {"api.replicas": "6", "a -> b.timeout": "1s", "x.label": "a=b"}
    assert {type(value) for value in found.values()} == {Plain}


def test_lists_and_mappings_are_written_as_in_a_spec() -> None:
    assert settings(["api.zones=[a, b]", "db.backup={every: 1d}"]) == {
        "api.zones": ["a", "b"],
        "db.backup": {"every": "1d"},
    }


def test_a_setting_without_a_value_is_refused() -> None:
    with pytest.raises(UsageError, match=r"--set api: write it as ID\.FIELD=VALUE, such as api\.replicas=6\."):
        settings(["api"])


def test_a_broken_list_is_refused_as_a_broken_spec_is() -> None:
    with pytest.raises(SpecError):
        settings(["api.zones=[a, b"])
