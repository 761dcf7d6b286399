"""A real Compose file of 27 services, held against a spec that was written by hand from it."""

from tests.conftest import Golden
from tests.importers.conftest import HERE, Import, data

FILE = "delimitrou/DeathStarBench/socialNetwork/docker-compose.yml"


def test_the_import_equals_what_a_person_wrote(imported: Import) -> None:
    assert data(imported(FILE).text) == data((HERE / "by_hand/compose-social-network.yaml").read_text())


def test_the_import_is_the_same_to_the_byte(imported: Import, golden: Golden) -> None:
    golden(HERE / "expected/social-network.yaml", imported(FILE).text)


def test_the_report_says_what_was_read_and_what_became_of_it(imported: Import) -> None:
    assert imported(FILE).report == (
        "read a Compose file: 27 services",
        "wrote 28 components, 9 connections (3 allowed, 6 ordered)",
        "left out: outside -> jaeger-agent: published port 16686; for people who watch",
        "guessed from names: 7 connections, written as comments; --guess writes them",
    )


def test_what_only_names_say_is_written_when_it_is_asked_for(imported: Import) -> None:
    guessed = imported(FILE, guess=True)
    assert len(data(guessed.text)["connections"]) == 16
