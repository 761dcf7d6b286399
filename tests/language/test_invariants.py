"""What must hold between the parts of a spec."""

from tests.model.specs import mistakes

FLOW_PARTS = "components: {a: {kind: client}, b: {kind: server}, q: {kind: queue}, w: {kind: worker}}\nflows:\n"


def messages(body: str) -> list[str]:
    return [message for message, _ in mistakes(body)]


def test_groups_stand_in_no_ring() -> None:
    body = "groups:\n  x: {kind: team, within: y}\n  y: {kind: team, within: x}\n  z: {kind: team, within: x}\n"
    assert messages(body) == ["`x` within `y` within `x`: the groups contain each other"]


def test_flows_call_each_other_in_no_ring() -> None:
    body = FLOW_PARTS + "  f: {from: a, steps: [{flow: g}]}\n  g: {from: a, steps: [{call: b, steps: [{flow: f}]}]}\n"
    assert messages(body) == ["flows call each other in a cycle: `f` -> `g` -> `f`"]


def test_a_flow_may_be_used_twice() -> None:
    body = FLOW_PARTS + "  f: {from: a, steps: [{flow: g}, {flow: g}]}\n  g: {from: a, steps: [{call: b}]}\n"
    assert messages(body) == []


def test_copies_have_a_primary() -> None:
    body = "components:\n  x: {kind: database, replica_of: y}\n  y: {kind: database, replica_of: x}\n"
    assert messages(body) == ["`x` copies `y` copies `x`: no primary"]


def test_a_store_is_no_copy_of_itself() -> None:
    assert messages("components:\n  x: {kind: database, replica_of: x}\n") == ["`x` is a replica of itself"]


def test_a_queue_is_not_its_own_dead_letter_queue() -> None:
    assert messages("components: {q: {kind: queue, dead_letter: q}}\n") == ["`q` is its own dead letter queue"]


def test_groups_and_components_share_their_names() -> None:
    assert messages("groups: {x: {kind: zone}}\ncomponents: {x: {kind: server}}\n") == [
        "`x` is both a group and a component"
    ]


def test_a_flow_may_be_named_as_a_component() -> None:
    assert messages(FLOW_PARTS + "  b: {from: a, steps: [{call: b}]}\n") == []


def test_no_component_is_named_as_a_replica() -> None:
    body = "components:\n  api: {kind: server, replicas: 2}\n  api-2: {kind: server}\n"
    assert messages(body) == ["`api-2` is also the name of a replica of `api`"]
    assert messages(body.replace("api-2:", "api-3:")) == []


def test_a_queue_hands_its_messages_to_one_worker() -> None:
    wrong = "the steps under the queue `q` are not one call of a worker or function"
    for steps in ("[{call: b}]", "[{call: w}, {call: w}]", "[{cpu: 1ms}]"):
        assert messages(FLOW_PARTS + f"  f: {{from: b, steps: [{{call: q, steps: {steps}}}]}}\n") == [wrong]
    assert messages(FLOW_PARTS + "  f: {from: b, steps: [{call: q, steps: [{call: w}]}]}\n") == []
