"""Every figure that is computed of a few systems which together use all that has a figure."""

import pytest

import archspec
from tests.conftest import ROOT, Golden
from tests.markup import listed

EXAMPLES = ("chat", "event_shop", "nightly_pipeline", "serverless_images", "two_regions")
SYSTEMS = {name: ROOT / f"specs/{name}/architecture.yaml" for name in EXAMPLES}
SYSTEMS["crowded"] = ROOT / "tests/analysis/crowded.yaml"


@pytest.mark.parametrize("name", SYSTEMS)
def test_its_figures_are_what_they_were(name: str, golden: Golden) -> None:
    golden(f"tests/analysis/expected/{name}.txt", listed(archspec.analyze(SYSTEMS[name]).written("json"), depth=5))
