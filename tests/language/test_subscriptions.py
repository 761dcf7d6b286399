"""What stands under a topic: each step is one subscriber."""

from tests.model.specs import mistakes

PARTS = """
components:
  app: {kind: client}
  events: {kind: topic}
  mail: {kind: worker}
  hook: {kind: server}
  db: {kind: database}
  jobs: {kind: queue}
flows:
  f: {from: app, steps: [{call: events, steps: STEPS}]}
"""


def wrong(steps: str) -> list[str]:
    return [message for message, _ in mistakes(PARTS.replace("STEPS", steps))]


def test_workers_servers_queues_and_topics_subscribe() -> None:
    assert wrong("[{call: mail}, {call: hook, timeout: 1s}, {call: jobs, steps: [{call: mail}], chance: 50%}]") == []


def test_what_is_no_call_of_one_component_is_refused() -> None:
    message = "this step under the topic `events` is not a call of one component"
    for step in ("{cpu: 1ms}", "{parallel: [{call: mail}]}", "{call: [mail, hook]}"):
        assert wrong(f"[{step}]") == [message]


def test_a_store_cannot_subscribe() -> None:
    assert wrong("[{call: db}]") == ["`db` cannot subscribe to `events`: it is a database"]


def test_a_subscriber_is_named_once() -> None:
    assert wrong("[{call: mail}, {call: mail}]") == ["`mail` subscribes to `events` twice"]


def test_what_a_delivery_does_not_have_is_refused_with_what_stands_for_it() -> None:
    found = mistakes(PARTS.replace("STEPS", "[{call: mail, timeout: 1s, times: 2}]"))
    assert found == [
        (
            "a subscription of `events` has no `timeout`",
            "write `visibility_timeout` on `events`: after that a message is delivered again.",
        ),
        (
            "a subscription of `events` has no `times`",
            "publish several messages: put `times` on the step that calls `events`.",
        ),
    ]
