"""What a run tells of queues of messages and of the subscriptions of topics, with the sums that must hold."""

from fractions import Fraction

from archspec.errors import DefectError
from archspec.simulation.names import Kept
from archspec.simulation.program import Component
from archspec.simulation.results import QueueResult, SubscriptionResult
from archspec.simulation.run import Message, Run
from archspec.simulation.samples import Backlog, Figure


def queue_results(run: Run) -> tuple[QueueResult, ...]:
    """The message queues that got anything.

    Raises:
        DefectError: the messages of one do not add up.

    """
    found = []
    for kept, counted in run.messages.items():
        if kept.subscriber is not None:
            continue
        result = QueueResult(
            queue=kept.component,
            published=counted[Message.PUBLISHED],
            done=counted[Message.DONE],
            dead=counted[Message.DEAD],
            waiting=counted[Message.WAITING],
            in_work=counted[Message.IN_WORK],
            deliveries=counted[Message.DELIVERIES],
        )
        _check_sums(kept, counted)
        if result.published:
            found.append(result)
    return tuple(found)


def subscription_results(run: Run) -> tuple[SubscriptionResult, ...]:
    """Each subscriber of each topic that got anything.

    Raises:
        DefectError: the messages of one do not add up.

    """
    found = []
    for place, (kept, counted) in enumerate(run.messages.items()):
        if kept.subscriber is None:
            continue
        _check_sums(kept, counted)
        if counted[Message.PUBLISHED]:
            found.append(_subscription(run, place, kept, counted))
    return tuple(found)


def _subscription(run: Run, place: int, kept: Kept, counted: tuple[int, ...]) -> SubscriptionResult:
    window, duration = run.window, run.duration - run.warm_up

    def grew(figure: Backlog) -> int:
        before, after = window.backlog(place, figure)
        return int(after) - int(before)

    done, cap = grew(Backlog.DONE), _cap(run, kept)
    in_work = grew(Backlog.TIME_IN_WORK) / duration if duration else 0.0
    return SubscriptionResult(
        topic=kept.component,
        subscriber=kept.subscriber or "",
        published=counted[Message.PUBLISHED],
        done=counted[Message.DONE],
        dead=counted[Message.DEAD],
        expired=counted[Message.EXPIRED],
        waiting=counted[Message.WAITING],
        in_work=counted[Message.IN_WORK],
        deliveries=counted[Message.DELIVERIES],
        mean_lag=grew(Backlog.TIME_WAITING) / duration if duration else 0.0,
        most_lag=counted[Message.MOST_WAITING],
        oldest=counted[Message.OLDEST],
        mean_delay=grew(Backlog.TIME_TO_DONE) / done if done else None,
        longest_delay=counted[Message.LONGEST_TO_DONE] if counted[Message.DONE] else None,
        cap=cap,
        busy=min(1.0, in_work / cap) if cap else None,  # more for a moment: a slot is free before the topic knows
    )


def _cap(run: Run, kept: Kept) -> float | None:
    """How many messages of a subscription can be in work at once, as a mean over the window; None: any number.

    Workers have slots; who is called with each message queues by itself, so only partitions bound that.
    """
    components, numbers = run.compiled.system.components, run.compiled.numbers
    topic, worker = components[numbers[kept.component]], components[numbers[kept.subscriber or ""]]
    partitions = topic.topic.partitions if topic.topic else None
    bounds = [float(partitions)] if partitions is not None else []
    if kept.component in _pulled(run, worker):
        replicas = run.compiled.replicas_of[worker.id]
        registered = Fraction(run.window.increase(replicas, Figure.REGISTERED), max(run.duration - run.warm_up, 1))
        bounds.append(float(registered * (worker.slots or 1)))
    return min(bounds, default=None)


def _pulled(run: Run, worker: Component) -> list[str]:
    return [run.compiled.components[source] for source in worker.feeds]


def _check_sums(kept: Kept, counted: tuple[int, ...]) -> None:
    """Every message is accounted for."""
    ended = sum(counted[figure] for figure in (Message.DONE, Message.DEAD, Message.EXPIRED))
    if counted[Message.PUBLISHED] != ended + counted[Message.WAITING] + counted[Message.IN_WORK]:
        raise DefectError(f"messages of `{kept.name}` do not add up: {counted}")
