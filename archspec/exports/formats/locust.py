"""A load test for Locust: users who together send what arrives, and an exit status that tells of missed objectives."""

from math import ceil
from typing import Any

from archspec.exports import Export, Exporting, Notes
from archspec.exports.requests import Sent, requests_of
from archspec.simulation import SHARES

_EACH = 1.0
"""Requests per second that one user sends at most: so many users that each seldom waits for its own answer."""
_HEAD = '''"""Run with `locust -f {file} --headless`; it ends by itself, with 1 where an objective is missed."""

import random

from locust import FastHttpUser, LoadTestShape, events, task

STAGES = {stages!r}  # until so many seconds, so many users
OBJECTIVES = {objectives!r}  # by request: share that may fail, milliseconds by share
'''
_USER = """

class {name}(FastHttpUser):
    host = {target!r}
    weight = {users}
    wait_time = lambda self: {wait}

    @task
    def send(self):
        with self.client.request({method!r}, {path!r}, name={flow!r}, catch_response=True) as answer:
            if 0 < answer.status_code < 500 and answer.status_code != 429:
                answer.success()
            else:
                answer.failure(f"status {{answer.status_code}}")
"""
_TAIL = '''

class Course(LoadTestShape):
    """How many users there are."""

    def tick(self):
        now = self.get_run_time()
        return next(((users, users) for until, users in STAGES if now < until), None)


@events.quitting.add_listener
def judge(environment, **_):
    """Compare what was seen with what is promised."""
    for entry in environment.stats.entries.values():
        failing, within = OBJECTIVES.get(entry.name, (None, {}))
        if failing is not None and entry.fail_ratio > failing:
            print(f"{entry.name}: {entry.fail_ratio:.4%} failed, {failing:.4%} may")
            environment.process_exit_code = 1
        for share, limit in within.items():
            seen = entry.get_response_time_percentile(share)
            if seen > limit:
                print(f"{entry.name}: {share:.1%} took up to {seen} ms, {limit} ms is promised")
                environment.process_exit_code = 1
'''


def _write(exporting: Exporting, notes: Notes) -> str:
    sent = tuple(requests_of(exporting, notes))
    if not sent:
        return ""
    varying = [each for each in sent if len({stage.rate for stage in each.stages}) > 1]
    for each in varying:
        notes.add(f"flow {each.flow.id}", "Locust has one number of users for all: the rate is its mean")
    length = max(sum(stage.length for stage in each.stages) for each in sent) / 1e9
    users = [_users(each) for each in sent]
    objectives: dict[str, Any] = {each.flow.id: _objective(each) for each in sent}
    head = _HEAD.format(file="locustfile.py", stages=[(length, sum(users))], objectives=objectives)
    classes = (
        _USER.format(
            name=f"Flow{place}",
            target=exporting.settings.load.target,
            users=count,
            wait=_wait(each, count),
            method=each.method,
            path=each.path,
            flow=each.flow.id,
        )
        for place, (each, count) in enumerate(zip(sent, users, strict=True), 1)
    )
    return "".join([head, *classes, _TAIL])


def _mean(sent: Sent) -> float:
    length = sum(stage.length for stage in sent.stages)
    return float(sum(stage.length * stage.rate for stage in sent.stages) / length)


def _users(sent: Sent) -> int:
    return sent.users if sent.users is not None else max(1, ceil(_mean(sent) / _EACH))


def _wait(sent: Sent, users: int) -> str:
    """What a user waits between requests: all of them together arrive as a Poisson stream does."""
    return f"{sent.think:.10g}" if sent.users is not None else f"random.expovariate({_mean(sent) / users:.10g})"


def _objective(sent: Sent) -> tuple[float | None, dict[float, float]]:
    promised = sent.flow.objective
    if promised is None:
        return None, {}
    failing = float(1 - promised.success.value) if promised.success is not None else None
    return failing, {SHARES[name]: limit.nanoseconds / 1e6 for name, limit in promised.percentiles.items()}


EXPORT = Export("locust", "a load test for Locust", "locustfile.py", _write)
