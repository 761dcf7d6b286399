"""What spans call things, and what that is in a spec; and how traces are to be read, by the configuration."""

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archspec.conformance.matching import _fits, flow_of
from archspec.conformance.names import Names
from archspec.conformance.settings import TraceSettings, find_settings
from archspec.errors import UsageError
from archspec.language import load_text
from archspec.model import Ratio
from archspec.observation import Party

SPEC = load_text("""
archspec: 1
name: Names
components:
  browser: {kind: client}
  Web: {kind: server}
  order-api: {kind: server}
  cart-service: {kind: server}
  store: {kind: database, technology: postgresql}
  cache: {kind: cache, technology: redis}
  session-redis: {kind: cache}
  docs: {kind: database, technology: mongodb}
connections:
  - browser -> Web
  - Web -> [store, cache]
  - order-api -> [docs, session-redis, cache]
flows:
  read: {from: browser, request: "GET /users/{id}", steps: [{call: Web, does: look up}]}
  mine: {from: browser, request: "GET /users/me", steps: [{call: Web}]}
  list: {from: browser, request: "GET /orders", steps: [{call: Web}]}
  direct: {from: order-api, request: "GET /orders", steps: [{call: docs}]}
  tidy: {from: order-api, title: Nightly work, steps: [{call: docs}]}
""")
SERVICES = {"pod-17": frozenset({"order-api"}), "web.shop.svc": frozenset[str]()}


def names(**known: str) -> Names:
    observation: Any = SimpleNamespace(services=SERVICES)
    return Names(SPEC, observation, TraceSettings(names=known))


@pytest.mark.parametrize(
    ("name", "component"),
    [
        ("Web", "Web"),
        ("web", "Web"),
        ("ORDER_API", "order-api"),
        ("web.shop.svc", "Web"),
        ("pod-17", "order-api"),
        ("pod-18", None),
        ("backend", "cart-service"),
        ("cart", None),
        ("shop.web", None),
    ],
)
def test_a_name_leads_to_the_component_that_is_called_so(name: str, component: str | None) -> None:
    assert names(backend="cart-service").component(Party(name)) == component


@pytest.mark.parametrize(
    ("system", "caller", "component"),
    [
        ("postgresql", "Web", "store"),
        ("postgres", "Web", "store"),
        ("POSTGRES", "Web", "store"),
        ("redis", "Web", "cache"),
        ("mongo", "order-api", "docs"),
        ("mongodb", "Web", None),
        ("redis", "order-api", None),
        ("postgresql", None, None),
        (None, "Web", None),
    ],
)
def test_a_product_is_the_only_one_of_it_that_the_caller_is_connected_to(
    system: str | None, caller: str | None, component: str | None
) -> None:
    assert names().component(Party(None, system), caller) == component


@pytest.mark.parametrize(
    ("name", "near"),
    [("cart", "cart-service"), ("web-svc", "Web"), ("order-apis", "order-api"), ("zebra", None), (None, None)],
)
def test_a_name_that_leads_nowhere_may_be_near_one(name: str | None, near: str | None) -> None:
    assert names().alike(Party(name, "x")) == near


@pytest.mark.parametrize(
    ("wanted", "seen", "fits"),
    [
        ("GET /users/{id}", "GET /users/17", True),
        ("GET /users/{id}", "GET /users/:id", True),
        ("GET /users/17", "GET /users/{id}", False),
        ("GET /users/:id", "GET /users/17", True),
        ("GET /users/<id>", "GET /users/17", True),
        ("GET /users/*", "GET /users/17", True),
        ("GET /users/{id}", "/users/17", True),
        ("GET /users/{id}", "POST /users/17", False),
        ("GET /users/{id}", "GET /users/17/", True),
        ("GET /users/{id}", "GET /users/17?all=1", True),
        ("GET /users/{id}", "GET /users", False),
        ("GET /users/{id}", "GET /users/17/name", False),
        ("GET /users/{id}", "GET users", False),
        ("users", "GET /users", False),
    ],
)
def test_a_request_fits_what_a_flow_asks_for(wanted: str, seen: str, fits: bool) -> None:
    assert _fits(wanted, seen) is fits


@pytest.mark.parametrize(
    ("request_", "operation", "callee", "said", "flow"),
    [
        ("GET /users/17", "GET", "web", None, "read"),
        ("GET /users/me", "GET", "web", None, "mine"),
        (None, "GET /users/17", "web", None, "read"),
        ("GET /orders", "GET", "web", None, "list"),
        ("GET /orders", "GET", "order-api", None, "direct"),
        ("GET /orders", "GET", "nobody", None, "list"),
        ("GET /orders", "GET", "web", "tidy", "tidy"),
        ("GET /orders", "GET", "web", "unknown", "list"),
        (None, "Nightly Work", "order-api", None, "tidy"),
        (None, "TIDY", "docs", None, "tidy"),
        (None, "look up", "web", None, "read"),
        (None, "tidy", "web", None, None),
        ("GET /nothing", "GET", "web", None, None),
    ],
)
def test_a_trace_shows_the_flow_of_its_root(
    request_: str | None, operation: str, callee: str, said: str | None, flow: str | None
) -> None:
    key = SimpleNamespace(callee=Party(callee), operation=operation)
    root: Any = SimpleNamespace(flow=said, request=request_, node=SimpleNamespace(key=key))
    found = flow_of(SPEC, root, names())
    assert (found and found.id) == flow


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("", TraceSettings()),
        ('names = {"a" = "b"}', TraceSettings(names={"a": "b"})),
        ('ignore = ["x", "y"]', TraceSettings(ignore=("x", "y"))),
        ('sampled = "20%"', TraceSettings(sampled=Ratio(Fraction(1, 5)))),
        ("tail-sampled = true", TraceSettings(tail_sampled=True)),
        ("min-traces = 1", TraceSettings(min_traces=1)),
    ],
)
def test_the_configuration_says_how_traces_are_to_be_read(text: str, settings: TraceSettings, tmp_path: Path) -> None:
    (tmp_path / "archspec.toml").write_text(f"[traces]\n{text}\n")
    (tmp_path / "mine.toml").write_text(f"[traces]\n{text}\n")
    (tmp_path / "in").mkdir()
    assert find_settings(tmp_path / "in/a.yaml", None) == settings
    assert find_settings(Path("/a.yaml"), tmp_path / "mine.toml") == settings


@pytest.mark.parametrize(
    "text",
    [
        "min-traces = 0",
        "min-traces = true",
        "tail-sampled = 1",
        "sampled = 0.2",
        "ignore = [1]",
        'names = {"a" = 1}',
        "name = 1",
    ],
)
def test_what_does_not_fit_is_refused_with_all_that_does(text: str, tmp_path: Path) -> None:
    (tmp_path / "archspec.toml").write_text(f"[traces]\n{text}\n")
    with pytest.raises(UsageError) as caught:
        find_settings(tmp_path / "a.yaml", None)
    key = text.partition(" ")[0]
    assert f"archspec.toml: `{key}` does not fit [traces]; it holds `names =" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("traces = 1", "`traces` is no section; write `[traces]` above its keys."),
        ('[traces]\nsampled = "some"', "`sampled` some: "),
    ],
)
def test_what_is_no_setting_is_refused(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "archspec.toml").write_text(f"{text}\n")
    with pytest.raises(UsageError, match=r"archspec\.toml: ") as caught:
        find_settings(tmp_path / "a.yaml", None)
    assert message in str(caught.value)


def test_a_command_says_it_instead_of_the_configuration() -> None:
    kept = TraceSettings(min_traces=5, sampled=Ratio(Fraction(1, 5)), tail_sampled=True)
    assert kept.overridden(None, None, tail_sampled=False) == kept
    assert kept.overridden(7, Fraction(1, 2), tail_sampled=True) == TraceSettings(
        min_traces=7, sampled=Ratio(Fraction(1, 2)), tail_sampled=True
    )
    assert TraceSettings().overridden(None, None, tail_sampled=True).tail_sampled
