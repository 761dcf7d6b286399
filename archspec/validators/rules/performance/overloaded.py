"""A component that is asked for more than it has, with all its replicas or without one zone.

## What it checks

For every component with a stated size (`cores`, `slots`), every connection with `max_concurrent` and flows with a
`rate`: the cores, slots or connections that the load keeps busy on average, all flows together, misses and chances
counted with their share, nothing queueing. An error from the size of all replicas on (those that the scaler may start
included; of a store that of its first replica, which takes all writes), a warning where the loss of the fullest zone
leaves too little; in the strict set also the loss of one replica. Likewise the `partitions` of a topic, for each
subscriber, the `concurrency` of a function, and the `connections` that hold the users of a `session` (what happens to
them without one replica says RES17); slots of a worker beyond the partitions, which can never work, are an info.

Jobs that come by the clock count with their mean; and a warning says where there is not enough at the moment when
most of their runs are in work at once.

## Why

Above 100% no queue is long enough: work arrives faster than it is done, until everything times out. It is the mean
that decides, so two flows that each fit may not fit together.

## Bad

```yaml
archspec: 1
name: Two flows on four cores
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 2, cores: 2}
connections:
  - app -> api: https
flows:
  read: {from: app, rate: 500/s, steps: [{call: api, cpu: 5ms}]}
  write: {from: app, rate: 1000/s, steps: [{call: api, cpu: 2ms}]}
```

## Good

```yaml
archspec: 1
name: Two flows on eight cores
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 4, cores: 2}
connections:
  - app -> api: https
flows:
  read: {from: app, rate: 500/s, steps: [{call: api, cpu: 5ms}]}
  write: {from: app, rate: 1000/s, steps: [{call: api, cpu: 2ms}]}
```

## When to ignore it

The rate is a peak of minutes, and the queue behind it may take an hour.

## Source

[Lazowska, Zahorjan, Graham and Sevcik, Quantitative System Performance](https://homes.cs.washington.edu/~lazowska/qsp/)
"""

from collections import Counter
from collections.abc import Iterator
from math import floor

from archspec.analysis import Calls, Capacity, Resource, Station
from archspec.analysis.busiest import Busy, busiest
from archspec.analysis.stations import most_replicas
from archspec.model import Path, Role, Topic
from archspec.model.kinds.worker import Worker
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.values import listing, number, percent

ROUNDING = 1e-9


def check(context: Context) -> Iterator[Found]:
    """One finding per component, or connection, that is full or would be without a zone: of its fuller resource."""
    capacity = context.once(Capacity)
    worst: dict[str, Station] = {}
    for station in map(capacity.at_most, capacity.stations):
        known = worst.get(station.name)
        if not station.is_assumed and (known is None or station.peak > known.peak):
            worst[station.name] = station
    for station in worst.values():
        yield from _judged(context, station)
    full = {station.component for station in worst.values() if station.is_full_at(station.peak)}
    yield from _idle_slots(context, full)
    yield from _while_jobs_run(context, full)


def _while_jobs_run(context: Context, full: set[str]) -> Iterator[Found]:
    """What is enough on average and not while jobs are in work, each at the moment when most is asked of it."""
    worst: dict[str, tuple[Station, Busy]] = {}
    for busy in busiest(context.architecture):
        for station in map(busy.capacity.at_most, busy.capacity.stations):
            known = worst.get(station.name)
            is_fuller = known is None or station.peak > known[0].peak
            if station.peak > 1 + ROUNDING and not station.is_assumed and station.component not in full and is_fuller:
                worst[station.name] = station, busy
    for station, busy in worst.values():
        runs = {job: busy.runs[job] for job in busy.capacity.jobs_at(station) if job in busy.runs}
        alone = max(runs.values()) == 1
        spelled = (job if alone else f"a run of {job}" if n == 1 else f"{n} runs of {job}" for job, n in runs.items())
        yield Found(
            _place(station),
            f"{_what(station)} while {listing(spelled)} {'is' if sum(runs.values()) == 1 else 'are'} in work: "
            "they take longer, and so does all that meets them",
            f"{_remedy(station, station.replicas_for())[:-1]}, or let them begin at other times.",
            severity=Severity.WARNING,
        )


def _judged(context: Context, station: Station) -> Iterator[Found]:
    is_full = station.is_full_at
    if is_full(station.peak):
        yield _found(context, station, Severity.ERROR, "", station.replicas_for())
    elif station.resource is Resource.PLACES and is_full(station.without_replica or 0.0):
        return
    elif station.without_zone is not None and is_full(station.without_zone) and station.loss is not None:
        lost = f"{_of(station, station.loss.replicas)} with {station.loss.zone} lost ({percent(station.without_zone)})"
        places = len(context.architecture.zones_of(context.architecture.components[station.component]))
        yield _found(context, station, Severity.WARNING, lost, station.replicas_for(places))
    elif context.strict and station.without_replica is not None and is_full(station.without_replica):
        lost = f"{_of(station, station.replicas - 1)} with one replica lost ({percent(station.without_replica)})"
        yield _found(context, station, Severity.WARNING, lost, station.replicas + 1)


def _idle_slots(context: Context, full: set[str]) -> Iterator[Found]:
    """Workers that have more slots than their topic has partitions: so many of them never get a message of it.

    Of a topic among the `full` ones something else is said already.
    """
    architecture = context.architecture
    fed = {(call.caller, call.callee) for call in context.once(Calls).all if call.visit.branch == "steps"}
    feeds = Counter(callee for _, callee in fed)
    for topic_id, worker_id in sorted(fed):
        topic, worker = architecture.components[topic_id], architecture.components[worker_id]
        if not isinstance(topic, Topic) or not isinstance(worker, Worker) or topic_id in full:
            continue
        slots = worker.slots * most_replicas(worker)
        if topic.partitions is not None and slots > topic.partitions and feeds[worker_id] == 1:
            yield Found(
                ("components", topic_id, "partitions"),
                f"{slots - topic.partitions} of {slots} slots of `{worker_id}` can never work: `{topic_id}` hands out "
                f"{topic.partitions} messages at once",
                f"set `partitions: {slots}`, or give `{worker_id}` fewer slots.",
                element=worker_id,
                severity=Severity.INFO,
            )


def _of(station: Station, replicas: int) -> str:
    return f"{number(station.busy)} of {number(station.each * replicas)}"


def _found(context: Context, station: Station, severity: Severity, lost: str, replicas: int | None) -> Found:
    return Found(
        _place(station),
        f"{_what(station)}" + (f" and {lost}" if lost else f" ({percent(station.peak)})"),
        _remedy(station, replicas),
        severity=severity,
        covers=_unbounded_queues(context, station) if severity is Severity.ERROR else (),
    )


def _place(station: Station) -> Path:
    if station.resource is Resource.CONNECTIONS:
        return ("connections", station.name, station.resource.value)
    return ("components", station.component, station.resource.value)


def _what(station: Station) -> str:
    verb = {Resource.CORES: "needs", Resource.PLACES: "has users for"}.get(station.resource, "keeps busy")
    if station.peak > 1 > station.utilisation and station.aimed:
        (places,) = station.loads(station.replicas)
        site = max(places, key=lambda each: places[each])
        each = f"{number(places[site])} {station.resource.word} of {number(station.each)}"
        return f"each replica of `{station.name}` in {site.zone}, which callers there prefer, {verb} {each}"
    if station.peak > 1 > station.utilisation:  # what only the first replica can do is too much for it
        each = f"{number(station.peak * station.each)} {station.resource.word} of {number(station.each)}"
        return f"the first replica of `{station.name}`, which takes all writes, {verb} {each}"
    return f"`{station.name}` {verb} {number(station.busy)} {station.resource.word} of {number(station.size)}"


def _remedy(station: Station, replicas: int | None) -> str:
    each = floor(station.peak * station.each + 1e-9) + 1
    if station.resource is Resource.PLACES:
        return f"use {replicas} replicas, or more `connections`."
    if station.resource in (Resource.PARTITIONS, Resource.INSTANCES):
        return f"set `{station.resource.value}: {each}`."
    if station.connection:
        return f"set `max_concurrent: {each}`, or use {replicas} replicas of `{station.component}`."
    if replicas is None:
        return f"set `{station.resource.value}: {each}`, or spread what it takes over `shards`."
    return f"use {-(-replicas // station.shards)} replicas."


def _unbounded_queues(context: Context, station: Station) -> tuple[str, ...]:
    """The queues that grow because this worker is too small: what is missing is said once."""
    components = context.architecture.components
    callers = {call.caller for call in context.once(Calls).all if call.callee == station.name}
    return tuple(id_ for id_ in sorted(callers) if components[id_].kind_of.role is Role.QUEUE)


RULE = Rule(
    code="PRF03",
    name="overloaded",
    theme="performance",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)
