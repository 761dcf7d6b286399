"""How a trace ended, in words."""

from dataclasses import replace

from archspec.language import load_text
from archspec.simulation.trace import trace
from archspec.webpage.gathering.outcomes import lasted

SPEC = """{archspec: 1, name: A, components: {app: {kind: client}, api: {kind: server}}, connections: [app -> api],
flows: {ask: {from: app, steps: [{call: api, takes: 5ms}]}}}"""


def test_a_request_lasts_until_its_answer_else_until_all_is_over() -> None:
    walked = trace(load_text(SPEC), "ask")
    assert lasted(replace(walked, response_ns=2_000_000)) == "2 ms"
    assert lasted(replace(walked, response_ns=None)) == "5 ms"


def test_nothing_is_said_of_how_long_it_lasts_where_nothing_says_how_long_any_of_it_takes() -> None:
    assert lasted(trace(load_text(SPEC.replace(", takes: 5ms", "")), "ask")) == ""
