"""A flow as a sequence diagram shows every way that it can go, each in the frame that UML has for it."""

import json
from collections.abc import Callable, Iterator

import pytest

from archspec.language import load_text
from archspec.renderers import find_view, render, renderer_for, sequence_of
from archspec.renderers.sequence import Frame, FrameKind, Item, Message, outlined
from archspec.renderers.svg.sequence_plan import plan_sequence
from archspec.renderers.trace_pictures import sequence_of as of_trace
from archspec.simulation.trace import trace
from tests.hostile_labels import TEXTS

SPEC = """
archspec: 1
name: Frames
components:
  app: {kind: client}
  api: {kind: server, cores: 4}
  cache: {kind: cache, hit: 90%}
  db: {kind: database, label: Orders}
  pay: {kind: external, label: Payments}
  jobs: {kind: queue}
  worker: {kind: worker}
connections:
  - app -> api: {label: asks}
  - api -> [cache, db, jobs]
  - api -> pay: {timeout: 300ms, retries: {attempts: 3}}
  - jobs -> worker
flows:
  order:
    from: app
    request: PUT /order
    response: number as JSON
    steps: [{call: api, steps: [STEP]}]
"""


def lines(step: str) -> list[str]:
    """What stands between the request and the response."""
    architecture = load_text(SPEC.replace("STEP", step))

    def said(_: int, message: Message) -> Iterator[str]:
        words = " · ".join(filter(None, (message.label, message.status)))
        yield f"{message.source} {message.style.value} {message.target}: {words}".rstrip(": ")

    def opened(kind: FrameKind, guard: str, is_first: bool) -> str:
        return f"{kind.value if is_first else 'else'} [{guard}]"

    found = list(outlined(sequence_of(architecture, find_view(architecture, "sequence-order")).items, said, opened))
    assert found[0] == "app call api: PUT /order"
    found.remove("api answer app: number as JSON")
    return found[1:]


def test_a_chance_is_an_opt_frame():
    assert lines("{call: db, does: read, chance: 30%}") == [
        "opt [30% of requests]",
        "  api call db: read",
        "  db answer api",
        "end",
    ]


def test_an_optional_call_is_an_opt_frame():
    assert lines("{call: db, does: read, optional: true}")[0] == "opt [its failure is passed over]"


def test_a_miss_is_an_opt_frame_of_whoever_fills_the_cache():
    assert lines("{call: cache, does: get, on_miss: [{call: db, does: read, takes: 4ms}]}") == [
        "api call cache: get",
        "cache answer api",
        "opt [miss, 10% of calls]",
        "  api call db: read",
        "  db answer api: takes 4 ms",
        "end",
    ]


def test_a_fallback_is_the_other_section_of_an_alt_frame_and_attempts_are_a_loop():
    assert lines("{call: pay, does: charge, fallback: [{call: db, does: note it}]}") == [
        "alt [Payments answers]",
        "  loop [until answered, at most 3 attempts, 300 ms each]",
        "    api call pay: charge",
        "    pay answer api",
        "  end",
        "else [fails for good]",
        "  api call db: note it",
        "  db answer api",
        "end",
    ]


def test_attempts_without_a_fallback_end_in_a_break_frame():
    assert lines("{call: pay, does: charge}")[4:] == [
        "break [fails for good]",
        "  api answer app: 502, 503 or 504",
        "end",
    ]


def test_a_rare_refusal_breaks_off_the_request():
    assert lines("{call: db, does: read, status: {404: 2%}}") == [
        "api call db: read",
        "break [2% of calls]",
        "  db answer api: 404",
        "end",
        "db answer api",
    ]


def test_repetition_is_a_loop_frame():
    assert lines("{call: db, does: insert line, times: 3}")[0] == "loop [3 times]"


def test_parallel_branches_are_sections_of_a_par_frame():
    assert lines("{parallel: [{call: db, does: read}, {call: cache, does: get, times: 2}], needs: 2}") == [
        "par [needs 2 of 3]",
        "  api call db: read",
        "  db answer api",
        "else [2 at once]",
        "  api call cache: get",
        "  cache answer api",
        "end",
    ]


def test_a_message_is_worked_on_after_the_response():
    assert lines("{call: jobs, does: mail, steps: [{call: worker, does: send}]}") == [
        "api call jobs: mail",
        "jobs answer api",
        "jobs asynchronous worker: send",
    ]


def test_a_message_sent_by_chance_is_worked_on_by_chance():
    assert lines("{call: jobs, does: mail, chance: 10%, steps: [{call: worker, does: send}]}") == [
        "opt [10% of requests]",
        "  api call jobs: mail",
        "  jobs answer api",
        "  jobs asynchronous worker: send",
        "end",
    ]


def test_own_work_is_said_with_the_time_that_is_stated():
    assert lines("{cpu: 3ms, does: check the basket}") == ["api call api: check the basket · cpu 3 ms"]


EVERYTHING = (
    "{cpu: 3ms, does: check}, {call: cache, does: get, on_miss: [{call: db, does: read}]},"
    "{call: pay, does: charge, fallback: [{call: db, does: note it, status: {404: 2%}}]},"
    "{call: db, times: 3, chance: 20%}, {call: jobs, does: mail, steps: [{call: worker, does: send}]},"
    "{parallel: [{call: db, does: read}, {call: cache, does: get}]}, {call: pay, does: settle}"
)


@pytest.mark.parametrize(("format_", "suffix"), [("svg", "svg"), ("mermaid", "mmd"), ("plantuml", "puml")])
def test_a_flow_with_every_frame_is_as_expected(golden: Callable[[str, str], None], format_: str, suffix: str):
    architecture = load_text(SPEC.replace("STEP", EVERYTHING))
    made = render(renderer_for(format_), architecture, find_view(architecture, "sequence-order"))
    golden(f"tests/renderers/expected/frames.{suffix}", made.data.decode())


def test_each_message_lies_in_its_frames_and_no_two_frames_cross():
    architecture = load_text(SPEC.replace("STEP", EVERYTHING))
    sequence = sequence_of(architecture, find_view(architecture, "sequence-order"))
    plan = plan_sequence(sequence, 0, 0)
    boxes = {placed.box.y: placed.box for placed in plan.frames}
    rows = iter(range(len(plan.rows)))
    tops = iter(sorted(boxes))

    def check(items: tuple[Item, ...], around: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = around
        for item in items:
            if isinstance(item, Message):
                ends = [plan.columns[item.source], plan.columns[item.target]]
                assert left < min(ends) <= max(ends) < right
                assert top < plan.rows[next(rows)] < bottom
                continue
            box = boxes[next(tops)]
            assert left < box.x < box.right < right
            assert top < box.y < box.bottom < bottom
            for section in item.sections:
                check(section.items, (box.x, box.y, box.right, box.bottom))

    check(sequence.items, (0, 0, plan.width, plan.height))
    assert len(boxes) == 9


def test_activation_bars_last_from_the_call_to_its_answer():
    architecture = load_text(SPEC.replace("STEP", "{call: db}, {call: db}"))
    sequence = sequence_of(architecture, find_view(architecture, "sequence-order"))
    assert sorted(sequence.activations) == [(0, 5), (1, 2), (3, 4)]


@pytest.mark.parametrize("text", TEXTS)
def test_no_hostile_name_breaks_a_guard_out_of_its_line(text: str):
    spec = SPEC.replace("STEP", EVERYTHING)
    hostile, plain = (
        load_text(spec.replace("label: Payments", f"label: {json.dumps(text, ensure_ascii=False)}")),
        load_text(spec),
    )
    for format_ in ("mermaid", "plantuml"):
        chosen = renderer_for(format_)
        written = [render(chosen, each, find_view(each, "sequence-order")).data for each in (hostile, plain)]
        assert [len(each.decode().splitlines()) for each in written] == [written[1].count(b"\n")] * 2


def test_a_trace_shows_its_parallel_branches_in_a_frame_and_neither_200_nor_a_time_that_nobody_knows():
    architecture = load_text(SPEC.replace("STEP", "{parallel: [{call: db, does: read}, {call: cache, does: get}]}"))
    said = of_trace(architecture, trace(architecture, "order"))
    assert [type(item) for item in said.items] == [Message, Frame, Message]
    assert [(each.label, each.status, each.time) for each in said.messages] == [
        ("PUT /order", "", ""),
        ("read", "", ""),
        ("", "", ""),
        ("get", "", ""),
        ("", "hit", ""),
        ("number as JSON", "", ""),
    ]


def test_a_trace_says_a_moment_once():
    architecture = load_text(SPEC.replace("STEP", "{call: db, takes: 4ms}, {call: cache}"))
    said = of_trace(architecture, trace(architecture, "order"))
    assert [each.time for each in said.messages] == ["0 ms", "", "4 ms", "", "", ""]
