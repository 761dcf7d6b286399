"""Results as columns, and as a notebook shows them."""

import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pyarrow
import pytest

import archspec
from tests.face.test_given import built

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def test_the_flows_of_a_simulation_are_columns_of_numbers() -> None:
    columns = archspec.simulate(built(), duration="5s").flows.columns()
    assert (columns["flow"], columns["latency_count"], columns["success"]) == (["ask"], columns["ok"], [1.0])
    assert 0.004 <= columns["latency_p50"][0] <= columns["latency_p99"][0] < 0.05
    assert columns["failed_latency_p99"] == [None]
    assert list(columns)[:3] == ["flow", "offered", "ok"]


def test_the_cells_of_every_table_are_scalars_of_one_type() -> None:
    shop = archspec.load(EXAMPLES / "shop.yaml")
    run = archspec.simulate(shop, scenario="christmas", duration="2s")
    walked = archspec.trace(shop, "order-book", fail="payments")
    swept = archspec.sweep(built(), {"api.replicas": [1, 2]}, load=[1, 2], duration="1s", faults="all", jobs=1)
    compared = archspec.compare(built(), {"api.replicas": [1, 2]}, duration="1s")
    tables = [
        *(run.flows, run.components, run.queues, run.timeline),
        *(walked.calls, walked.work, walked.logs, walked.alerts),
        *(swept.points, swept.runs, compared.flows),
        *(archspec.analyze(shop).flows, archspec.analyze(shop).stations, archspec.rules()),
        *(archspec.lint(EXAMPLES / "risky.yaml").findings, archspec.trace_pipeline(shop, "release").stages),
    ]
    for table in tables:
        assert pyarrow.table(table.columns()).num_rows == len(table) > 0


def test_a_sweep_keeps_the_values_that_were_set() -> None:
    points = archspec.sweep(built(), {"api.replicas": [1, 2]}, duration="1s", jobs=1).points.columns()
    assert points["api.replicas"] == [1, 2]


def test_an_empty_table_has_no_columns() -> None:
    assert archspec.simulate(built(), duration="1s").queues.columns() == {}


def test_a_notebook_shows_an_architecture_and_a_view_as_drawings() -> None:
    shop = archspec.load(EXAMPLES / "shop.yaml")
    drawn = shop._repr_svg_()  # type: ignore[attr-defined]
    assert drawn == archspec.render(shop)._repr_svg_() == archspec.render(shop, view="overview").text
    assert archspec.render(shop, view=shop.views["order"]).text == archspec.render(shop, view="order").text
    png = archspec.render(shop, format="png")
    assert (png._repr_svg_(), (png._repr_png_() or b"")[:4]) == (None, b"\x89PNG")


def test_a_notebook_does_not_wait_for_a_drawing_of_hundreds() -> None:
    with archspec.System("Many") as many:
        for number in range(301):
            archspec.Server(f"server-{number}")
    assert many.build()._repr_svg_() is None  # type: ignore[attr-defined]


def test_a_notebook_shows_a_result_as_a_table() -> None:
    shown = archspec.simulate(built(), duration="5s")._repr_html_()
    assert shown.startswith("<p>Simulation(&#x27;One&#x27;, duration=5, seed=1, flows={ask: success=1 p99=0.0")
    assert re.search(r"<table><tr><th>flow<th>offered<th>ok<th>.*<tr><td>ask<td>\d+<td>\d+<td>", shown)


def test_a_result_writes_the_page_that_its_command_writes(tmp_path: Path) -> None:
    """To the byte; and the notebook has it in a frame."""
    from archspec.cli.main import run

    file, out = EXAMPLES / "shop.yaml", tmp_path / "page.html"
    made = archspec.simulate(file, scenario="christmas", duration="2s")
    shorter = ("--scenario", "christmas", "--duration", "2s")
    assert run(["simulate", str(file), *shorter, "-q", "-o", str(out)]) == 0
    assert made.written("html") == out.read_text()
    assert escape(out.read_text()) in made._repr_html_()
    assert "_reported" not in made.to_dict()


def test_every_result_that_has_a_page_writes_it() -> None:
    results = [
        archspec.analyze(built()),
        archspec.compare(built(), {"api.replicas": [1, 2]}, duration="1s"),
        archspec.find_capacity(built(), duration="1s"),
        archspec.sweep(built(), load=[1, 2], duration="1s", jobs=1),
    ]
    assert [str(each.written("html")).startswith("<!doctype html>") for each in results] == [True] * 4


def test_what_a_spec_says_cannot_break_out_of_a_notebooks_table() -> None:
    with archspec.System("<script>") as odd:
        archspec.Server("api")
    assert "<script>" not in archspec.lint(odd, select="all")._repr_html_()
    assert "&lt;script&gt;" in archspec.analyze(odd)._repr_html_()


def test_a_notebook_shows_a_page_in_a_frame_of_its_own() -> None:
    page = archspec.page(built())
    shown = page._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts"')
    assert shown.count("<") == 2
    assert page.html.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (lambda: built().build(), "Architecture('One', components=2, connections=1, flows=1)"),
        (lambda: archspec.analyze(built()), "Analysis('One', availability={ask: 0.99}, bottleneck=api cores at 0.08)"),
        (lambda: archspec.trace(built()), "Trace('ask', status=200, response=0.004, calls=1)"),
        (
            lambda: archspec.trace(built(), fail="api"),
            "Trace('ask', status=None, cause='refused', response=0, calls=1)",
        ),
        (
            lambda: archspec.compare(built(), {"api.replicas": [1, 2]}, duration="1s"),
            "Comparison('One', variants=['api.replicas=1', 'api.replicas=2'], duration=1)",
        ),
        (lambda: archspec.sweep(built(), load=[1, 2], duration="1s", jobs=1), "Sweep(2 points, 2 runs)"),
        (lambda: archspec.page(built()), "Page(11 files)"),
        (
            lambda: archspec.trace_pipeline(EXAMPLES / "shop.yaml", "release"),
            "Delivery('release', deployed=True, end=600)",
        ),
        (
            lambda: archspec.trace_pipeline(EXAMPLES / "shop.yaml", "release", fail="image"),
            "Delivery('release', deployed=False, failed='image', end=240)",
        ),
    ],
)
def test_a_result_says_in_a_line_what_it_is(made: object, text: str) -> None:
    assert repr(made()) == text  # type: ignore[operator]


def test_a_table_at_the_prompt_shows_as_many_columns_as_fit() -> None:
    calls = archspec.trace(built()).calls
    assert repr(calls).splitlines() == [
        "number  caller  component  replica  sent  settled  status  attempt  attempts  backoff  role   arrived",
        "1       user    api        api-1    0     0.004    200     1        1         0        steps  0",
        "and 7 columns more: waited, answered, answer_status, optional, waits, abandoned, lost",
    ]
    assert repr(calls[:0]) == "()"


def test_a_table_at_the_prompt_shows_a_hundred_rows() -> None:
    lines = repr(archspec.Rows([*archspec.rules(), *archspec.rules()])).splitlines()
    assert (len(lines), lines[-1]) == (103, f"and {2 * len(archspec.rules()) - 100} rows more")


def test_a_timeline_is_in_seconds_and_its_counts_add_up() -> None:
    run = archspec.simulate(built(), duration="5s", warm_up="0s")
    moments, flow = run.timeline, run.flow("ask")
    step = 5 / len(moments)
    assert sum(each.offered or 0 for each in moments) * step == pytest.approx(flow.offered)
    assert sum(each.ok or 0 for each in moments) * step == pytest.approx(flow.ok)
    assert moments[0].at < moments[-1].at <= 5
    middles = [each.p50 for each in moments if each.p50 is not None]
    assert min(middles) <= flow.latency.p50 <= max(middles) < 0.05  # type: ignore[operator]


def test_a_uniform_sample_of_traces_has_quick_ones_too() -> None:
    def slowest(sample: str) -> list[float]:
        run = archspec.simulate(built(), duration="20s", sample_traces=5, sample=sample)  # type: ignore[arg-type]
        return [each.trace.response for each in run.traces if each.trace.response is not None]

    notable, uniform = slowest("notable"), slowest("uniform")
    assert len(notable) == len(uniform) == 5
    assert min(uniform) < min(notable)
    assert max(uniform) <= max(notable)


@pytest.mark.parametrize(("status", "succeeded"), [(200, True), (399, True), (400, False), (503, False), (None, False)])
def test_a_call_has_succeeded_with_an_answer_below_400(status: int | None, *, succeeded: bool) -> None:
    (call,) = archspec.trace(built()).calls
    assert replace(call, status=status).succeeded is succeeded
