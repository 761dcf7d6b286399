"""A sequence of messages as a tree of calls."""

from collections.abc import Sequence
from typing import Any

Message = tuple[str, str, str | None]
"""Who sends, who is sent to, and what the arrow says."""


def nested(messages: Sequence[Message]) -> tuple[str | None, list[dict[str, Any]], list[str]]:
    """Who begins, the steps of its flow, and a line for each message whose sender has no part in it.

    A message of somebody who was called stands inside that call; one of an earlier caller ends what lies between.

    >>> nested([("a", "b", None), ("b", "c", "asks"), ("a", "d", None)])
    ('a', [{'call': 'b', 'steps': [{'call': 'c', 'does': 'asks'}]}, {'call': 'd'}], [])
    """
    if not messages:
        return None, [], []
    start = messages[0][0]
    steps: list[dict[str, Any]] = []
    open_: list[tuple[str, list[dict[str, Any]]]] = [(start, steps)]
    lost = []
    for from_, to, says in messages:
        place = next((index for index in reversed(range(len(open_))) if open_[index][0] == from_), None)
        if place is None:
            lost.append(f"{from_} -> {to} begins with somebody whom nobody has called")
            continue
        del open_[place + 1 :]
        step: dict[str, Any] = {"call": to, **({"does": says} if says else {})}
        inner: list[dict[str, Any]] = []
        step["steps"] = inner
        open_[-1][1].append(step)
        open_.append((to, inner))
    _trim(steps)
    return start, steps, lost


def _trim(steps: list[dict[str, Any]]) -> None:
    waiting = list(steps)
    while waiting:
        step = waiting.pop()
        waiting += step["steps"]
        if not step["steps"]:
            del step["steps"]
