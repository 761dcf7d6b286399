"""What stands under a call of a topic: each step is one subscriber."""

from collections.abc import Iterator

from archspec.language.problems import Problems
from archspec.model import PULLERS, Architecture, Path
from archspec.model.walk import Visit

SUBSCRIBERS = ("worker", "function", "server", "queue", "topic")
"""Kinds that can get the messages of a topic."""
_INSTEAD = {
    "times": "publish several messages: put `times` on the step that calls `{topic}`.",
    "optional": "drop it: whoever publishes waits for no subscriber and never fails with one.",
    "fallback": "write `dead_letter` on `{topic}`: where a message goes that cannot be worked on.",
    "wait": "drop it: whoever publishes waits for no subscriber.",
}
_OF_PULLERS = {
    "timeout": "write `visibility_timeout` on `{topic}`: after that a message is delivered again.",
    "retries": "write `max_deliveries` on `{topic}`: that is how often a message is delivered.",
}
"""What a call has and a delivery to a worker or function, which pulls, does not; and what to write instead."""


def check_subscriptions(architecture: Architecture, problems: Problems) -> None:
    """Note every step under a topic that is not one call of a subscriber that the topic is connected to."""
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            topics = [id_ for id_ in visit.step.call if architecture.components[id_].kind == "topic"]
            if not topics or not visit.step.steps:
                continue
            if len(visit.step.call) > 1:
                message = f"`{topics[0]}` is one of several that this step may call, and has subscribers of its own"
                problems.add((*visit.path, "call"), message, "write one step for each topic.")
                continue
            for path, message, remedy in _faults(architecture, visit, topics[0]):
                problems.add(path, message, remedy, at_key=True)


def _faults(architecture: Architecture, visit: Visit, topic: str) -> Iterator[tuple[Path, str, str]]:
    subscribed: set[str] = set()
    for number, step in enumerate(visit.step.steps):
        path = (*visit.path, "steps", number)
        if len(step.call) != 1:
            message = f"this step under the topic `{topic}` is not a call of one component"
            yield path, message, "write a step for each subscriber: `{call: <subscriber>, steps: …}`."
            continue
        subscriber = architecture.components[step.call[0]]
        if subscriber.kind not in SUBSCRIBERS:
            kinds = ", ".join(f"`{kind}`" for kind in SUBSCRIBERS)
            message = f"`{subscriber.id}` cannot subscribe to `{topic}`: it is a {subscriber.kind}"
            yield (*path, "call"), message, f"name one of the kinds {kinds}; it may call `{subscriber.id}` in turn."
        if subscriber.id in subscribed:
            message = f"`{subscriber.id}` subscribes to `{topic}` twice"
            yield (*path, "call"), message, "write what it does with a message under one step."
        subscribed.add(subscriber.id)
        instead = _INSTEAD | (_OF_PULLERS if subscriber.kind in PULLERS else {})
        for field, remedy in instead.items():
            if step.said(field):
                yield (*path, field), f"a subscription of `{topic}` has no `{field}`", remedy.format(topic=topic)
