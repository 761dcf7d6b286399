"""Words stay large enough to be read where a picture will be seen."""

from pathlib import Path

import pytest

from archspec.language import load
from archspec.renderers import build_scene, views
from archspec.renderers.fit import DOCS, SLIDE, Fit
from archspec.renderers.layout.lines import lines
from archspec.renderers.layout.place import place
from archspec.renderers.placed import PlacedScene
from archspec.renderers.scene import Direction
from tests.renderers.scenes_for_tests import small_scene

SPECS = sorted((Path(__file__).parents[3] / "specs").glob("*/architecture.yaml"))
PICTURES = [(spec, view.id) for spec in SPECS for view in views(load(spec))]
PORT = 13.9


def placed(spec: Path, name: str) -> PlacedScene:
    architecture = load(spec)
    return place(build_scene(architecture, next(view for view in views(architecture) if view.id == name)))


@pytest.mark.parametrize(("spec", "view"), PICTURES, ids=lambda part: getattr(part, "parent", part))
def test_every_view_of_a_spec_is_legible_in_a_column_of_docs(spec: Path, view: str):
    found = placed(spec, view)
    assert DOCS.text(found.width, found.height) >= 10
    assert 0.3 <= found.width / found.height <= 2.1
    followed = lines(found)
    assert (followed.loose_ends, followed.kinks, followed.shared) == (0, 0, 0)
    assert followed.closest_ports is None or followed.closest_ports >= PORT


def test_three_in_four_of_what_is_asked_stands_in_the_order_in_which_it_is_asked():
    found = [lines(placed(spec, view)) for spec, view in PICTURES]
    assert sum(one.in_order for one in found) >= 0.75 * sum(one.siblings for one in found)


def test_requests_flow_to_the_right_on_a_slide_and_down_where_room_is_short():
    slide, column = place(small_scene(), SLIDE), place(small_scene(), Fit(500))
    assert (slide.scene.direction, column.scene.direction) == (Direction.RIGHT, Direction.DOWN)
    assert column.width <= 500
