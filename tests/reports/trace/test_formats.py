"""A trace in each of its formats, whole."""

from textwrap import dedent

from archspec.language import load_text
from archspec.reports.report import Screen, TracedRequest
from archspec.reports.trace.json import data_of
from archspec.reports.trace.mermaid import mermaid
from archspec.reports.trace.tree import WIDTH, tree
from archspec.reports.trace.waterfall import waterfall
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import Trace, TraceOptions

SPEC = """
archspec: 1
name: Pay later
components:
  user:  {kind: client}
  shop:  {kind: server, cores: 1, logs_to: logs, errors_to: sentry}
  pay:   {kind: external}
  stock: {kind: database}
  later: {kind: queue}
  crew:  {kind: worker, cores: 1}
  logs:   {kind: log_service}
  sentry: {kind: error_monitor}
connections:
  - user -> shop
  - shop -> pay: {timeout: 20ms, retries: {attempts: 2, backoff: constant(10ms), idempotent: true}}
  - shop -> [stock, later]
  - later -> crew
flows:
  buy:
    from: user
    request: "POST /orders; now"
    steps:
      - call: shop
        cpu: 5ms
        steps:
          - parallel:
              - {call: stock, does: reserve, takes: 3ms}
              - {call: stock, does: price, takes: 4ms}
          - call: pay
            does: charge
            takes: 8ms
            fallback: [{call: later, takes: 2ms, steps: [{call: crew, cpu: 30ms}]}]
"""


def slow_payment() -> Trace:
    return trace(load_text(SPEC), "buy", TraceOptions(slow=("pay=5x",)))


def test_the_tree() -> None:
    """Two time-outs that work on for nobody, the fallback, the message's later life, what was emitted."""
    expected = """\
        buy
        supposing slow: pay=5x
        user asks POST /orders; now                                     sent at       took  answer

        └─ shop-1                                                          0 ms      61 ms  200
           │  cpu 5 ms
           ╞═ stock-1 · reserve                                            5 ms       3 ms  200
           │     takes 3 ms
           ╞═ stock-1 · price                                              5 ms       4 ms  200
           │     takes 4 ms
           ├─ pay-1 · charge                                               9 ms      20 ms  timeout
           │     attempt 1 of 2 · takes 40 ms
           │     works on for nobody until 49 ms
           ├─ pay-1 · charge                                              39 ms      20 ms  timeout
           │     attempt 2 of 2, after a wait of 10 ms · takes 40 ms
           │     works on for nobody until 79 ms
           └─ later-1                                                     59 ms       2 ms  200
              │  fallback · takes 2 ms
              └─ crew-1                                                   61 ms      30 ms  200
                    later, out of the queue · cpu 30 ms

        user has its answer after 61 ms: 200, degraded; work goes on until 91 ms

        events
               61 ms  message 1 stored in later
               91 ms  message 1 delivery 1 done

        log records
               61 ms  shop-1 → logs  info  request from user: 200

        errors
               29 ms  shop → sentry  timeout  charge: pay gave no answer (timeout)
               59 ms  shop → sentry  timeout  charge: pay gave no answer (timeout)

        notes
          not modelled: bandwidth, connection set-up, TLS and TCP retransmission (put them into `latency`)
        """
    assert tree(slow_payment()) == dedent(expected)


def test_no_line_of_a_tree_is_wider_than_the_terminal() -> None:
    """A long label is cut."""
    wide = SPEC.replace("does: charge", "does: " + "charge the card of the customer " * 5)
    text = tree(trace(load_text(wide), "buy"))
    assert max(len(line) for line in text.splitlines()) <= WIDTH


def test_colour_marks_outcomes_only_where_it_is_asked_for() -> None:
    """The plain text is the coloured one without its codes."""
    import re

    coloured = tree(slow_payment(), Screen(colour=True))
    assert "\x1b[31mtimeout\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured).split() == tree(slow_payment()).split()


def test_the_waterfall() -> None:
    """Bars on one axis; work for nobody is dotted where it is not work."""
    lines = waterfall(slow_payment()).splitlines()
    assert lines[0] == "buy: 200 after 61 ms"
    assert lines[2] == "shop-1                            ███────────────────────────────                 61 ms  200"
    assert lines[5].split() == ["pay-1", "·", "charge", "▓" * 21, "20", "ms", "timeout"]


def test_mermaid() -> None:
    """Parallel branches in one `par` block; text that would end a statement is escaped."""
    lines = [line.strip() for line in mermaid(TracedRequest(load_text(SPEC), slow_payment())).splitlines()]
    assert lines[:5] == ["---", 'title: "buy"', "---", "sequenceDiagram", "participant p0 as user"]
    assert "p0->>+p1: POST /orders#59; now · 0 ms" in lines
    assert lines[lines.index("par #8203;") :][:7] == [
        "par #8203;",
        "p1->>+p2: reserve · 5 ms",
        "p2-->>-p1: 8 ms",
        "and #8203;",
        "p1->>+p2: price · 5 ms",
        "p2-->>-p1: 9 ms",
        "end",
    ]
    assert "p3--x-p1: timeout · 29 ms" in lines


def test_json() -> None:
    """Times in milliseconds, calls nested as they were made."""
    data = data_of(slow_payment())
    assert (data["status"], data["degraded"], data["response_ms"], data["end_ms"]) == (200, True, 61, 91)
    shop = data["calls"][0]
    assert [(call["component"], call["attempt"], call["cause"]) for call in shop["calls"]] == [
        ("stock", 1, None),
        ("stock", 1, None),
        ("pay", 1, "timeout"),
        ("pay", 2, "timeout"),
        ("later", 1, None),
    ]
    assert shop["calls"][2]["abandoned"] is True
