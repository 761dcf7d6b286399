"""Of what an author has begun to speak."""

import pytest

from archspec.language import load_text
from archspec.validators.subjects import Subjects

SPEC = """archspec: 1
name: A
groups: {zone-a: {kind: zoneGROUP}}
components: {app: {kind: client}, api: {kind: serverAPI}}
connections: [app -> api]
flows: {ask: {from: app, steps: [{call: api}]FLOW}}
"""


def redundancy(group: str = "", api: str = "", flow: str = "") -> bool:
    return Subjects(load_text(SPEC.replace("GROUP", group).replace("API", api).replace("FLOW", flow))).redundancy


@pytest.mark.parametrize(
    "said",
    [
        {"api": ", replicas: 1"},
        {"api": ", availability: 99%"},
        {"group": ", availability: 99%"},
        {"flow": ", objective: {success: 99%}"},
    ],
)
def test_each_of_these_words_speaks_of_redundancy(said: dict[str, str]) -> None:
    assert redundancy(**said) is True


@pytest.mark.parametrize("said", [{}, {"api": ", cores: 2"}, {"flow": ", objective: {p99: 1s}"}])
def test_these_do_not(said: dict[str, str]) -> None:
    assert redundancy(**said) is False
