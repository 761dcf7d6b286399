"""Charts as they are drawn, and what a page says of them."""

import re
from dataclasses import replace

import pytest
from lxml import etree, html

from archspec.renderers.charts.marks import Chart, Line, Plot, Point, Row
from archspec.renderers.charts.svg import draw, draw_alone
from archspec.renderers.charts.tone import SERIES, Tone, style_sheet
from archspec.renderers.html.figure import figure, figures
from tests.conftest import Golden
from tests.hostile_labels import TEXTS
from tests.renderers.charts.examples import BARS, COURSE, DOTS, EXAMPLES, MAP

CHARTS = pytest.mark.parametrize("name", EXAMPLES)
FOLDER = "tests/renderers/charts/expected"


@CHARTS
def test_each_form_is_drawn_as_expected(name: str, golden: Golden) -> None:
    golden(f"{FOLDER}/{name}.svg", draw_alone((EXAMPLES[name],)))


@CHARTS
def test_everything_stands_within_the_picture(name: str) -> None:
    root = etree.fromstring(draw(EXAMPLES[name]))
    _, _, wide, high = map(float, root.get("viewBox").split())
    for each in root.iter("rect"):
        x, y, width, height = (float(each.get(key)) for key in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + width <= wide + 1
        assert y + height <= high


def test_a_gap_is_no_zero_and_no_line() -> None:
    """Between 10 s and 30 s nothing is known: a dot before, a line behind, and a dash in the table."""
    drawn = etree.fromstring(draw(COURSE))
    assert [each.get("d").count("L") for each in drawn.iter("path") if each.get("class") == "line one"] == [1]
    assert len([each for each in drawn.iter("circle") if each.get("class") == "bar one"]) == 1
    cells = [[cell.text_content() for cell in row] for row in html.fromstring(figure(COURSE)).iter("tr")]
    assert cells[2] == ["20 s", "–", "812 ms (700 ms to 900 ms)"]


def test_an_unknown_dot_is_not_drawn() -> None:
    drawn = etree.fromstring(draw(DOTS))
    assert len(list(drawn.iter("circle"))) == 2


@CHARTS
def test_a_picture_has_a_name_and_its_figures_stand_beside_it(name: str) -> None:
    chart = EXAMPLES[name]
    found = html.fromstring(figure(chart))
    svg = found.find("./svg")
    assert (svg.get("role"), svg.get("aria-label")) == ("img", chart.title)
    assert len(found.findall(".//details//tr")) >= 2


def test_lines_differ_by_more_than_their_colours() -> None:
    dashes = re.findall(r"\.chart \.line\.(\w+)\{stroke-dasharray:([^}]+)\}", style_sheet())
    assert len({dash for tone, dash in dashes if Tone(tone) in SERIES}) == len(SERIES) - 1


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("scheme", [0, 1])
def test_words_in_cells_and_marks_are_legible(tone: Tone, scheme: int) -> None:
    """4.5 to 1 for words on every step of a map, 3 to 1 for marks on the ground, in light and dark (WCAG AA)."""
    from archspec.renderers.charts.tone import _COLOURS, DARK_FROM, GROUND, INK, STEPS

    ground, ink, colour = GROUND[scheme], INK[scheme], _COLOURS[tone][scheme]
    assert _contrast(colour, ground) >= 4.5
    for number, share in enumerate(STEPS):
        channels = (
            round(int(colour[at : at + 2], 16) * share + int(ground[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5)
        )
        mixed = "#" + "".join(f"{each:02x}" for each in channels)
        assert _contrast(ground if number >= DARK_FROM else ink, mixed) >= 4.5, (number, share)


@pytest.mark.parametrize("label", TEXTS)
def test_no_label_breaks_out(label: str) -> None:
    """Each drawing is parsed again, and has no more elements than with a harmless label."""
    for chart, evil in _spoilt(label):
        plain = [each.tag for each in etree.fromstring(draw(chart)).iter() if each.tag != "title"]
        found = [each.tag for each in etree.fromstring(draw(evil)).iter() if each.tag != "title"]
        assert found == plain
        page = html.fromstring(figures([evil]))
        assert not page.findall(".//script")
        assert not [name for each in page.iter() for name in each.attrib if name.startswith("on")]


def _spoilt(label: str) -> list[tuple[Chart, Chart]]:
    line = Line("x", Tone.ONE, (Point(0.0, 1.0), Point(1e9, 2.0)))
    plain: Plot = replace(COURSE, lines=(line, line))
    return [
        (plain, replace(plain, title=label, lines=(line, replace(line, name=label)))),
        (MAP, replace(MAP, down=label, across=label, columns=(label, "2x", "4x"))),
        (BARS, replace(BARS, rows=(Row(label, BARS.rows[0].marks, "80%"), BARS.rows[1]))),
    ]
