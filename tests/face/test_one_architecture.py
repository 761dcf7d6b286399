"""`archspec.Architecture` is the model, whichever way a system came to be."""

import copy
import pickle
from pathlib import Path

import pytest

import archspec
from archspec import dsl

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.mark.parametrize("name", ["bookshop.py", "shop.yaml"])
def test_what_is_read_is_an_architecture(name: str) -> None:
    assert isinstance(archspec.load(EXAMPLES / name), archspec.Architecture)


def test_what_is_built_is_an_architecture() -> None:
    with archspec.System("Shop") as shop:
        archspec.Server("api")
    assert isinstance(shop.build(), archspec.Architecture)


@pytest.mark.parametrize("arguments", [("Shop",), ()])
def test_to_call_it_names_the_builder_as_the_remedy(arguments: tuple[str, ...]) -> None:
    with pytest.raises(archspec.UsageError, match=r"write `with archspec\.System\("):
        archspec.Architecture(*arguments, owner="me")


def test_the_builder_goes_by_its_old_name_in_its_own_room() -> None:
    assert dsl.Architecture is archspec.System


def test_copies_and_pickles_of_an_architecture_are_equal_to_it() -> None:
    shop = archspec.load(EXAMPLES / "shop.yaml")
    assert copy.copy(shop) == shop
    assert pickle.loads(pickle.dumps(shop)) == shop
