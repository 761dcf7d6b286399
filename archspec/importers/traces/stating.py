"""An observation as facts, all of the grade *seen*."""

from archspec.importers import Reading, product_of
from archspec.importers.facts import OUTSIDE, Evidence, Fact, Grade, Hint, Section, Subject, component, connection
from archspec.importers.facts import identifier as id_of
from archspec.importers.traces.steps import Steps, median
from archspec.observation import Observation, Party, Root, duration

_QUEUES = ("rabbitmq", "message_queue", "sqs", "aws_sqs", "activemq", "nats", "jms")
_TOPICS = ("kafka", "pulsar", "sns", "aws_sns", "gcp_pubsub", "eventhubs")
"""Systems of messages by the names that OpenTelemetry has for them: one taker for each message, or every one."""
_FEWEST = 2
"""Traces without spans that are missing, of which a flow is told."""


def stated(observation: Observation, file: str) -> Reading:
    """Components, connections with their latency, and a flow for each kind of request."""
    return _Stating(observation, file).reading()


class _Stating:
    def __init__(self, observation: Observation, file: str) -> None:
        self._seen, self._file = observation, file
        self._found = Reading()
        self._kinds: dict[str, str] = {}
        asked = {callee for (_, callee), edge in observation.edges.items() if edge.messages < edge.calls}
        begins = {root.node.key.callee for root in observation.roots}
        takes = {callee for (_, callee), edge in observation.edges.items() if edge.messages}
        self._takers = takes - asked - begins

    def reading(self) -> Reading:
        """Everything, in the order of a spec."""
        reading, seen = self._found, self._seen
        for service, names in sorted(seen.services.items()):
            self._component(Party(service), None)
            for name in sorted(names):
                self._fact(component(id_of(service)), Hint.ALIAS, name, "another name of its process")
        for (caller, callee), edge in seen.edges.items():
            asking = self._component(caller, None)
            asked = self._component(callee, asking)
            if asking != asked:
                total = seen.reading.traces
                self._fact(connection(asking, asked), Hint.EXISTS, True, f"in {edge.traces} of {total} traces")
        for (client, server), counted in seen.counted.items():
            if client and client != "user":
                one, two = (self._component(Party(name), None) for name in (client, server))
                self._fact(connection(one, two), Hint.EXISTS, True, f"{round(counted.calls)} calls counted")
        self._flows()
        self._told()
        return reading

    def _fact(self, subject: Subject, field: str | Hint, value: object, why: str) -> None:
        self._found.facts.append(Fact(subject, field, value, Evidence(Grade.SEEN, why, self._file)))

    def _component(self, party: Party, caller: str | None) -> str:
        """The id of a component, which is stated at its first mention."""
        id_ = name_of(party, caller)
        if id_ in self._kinds:
            return id_
        sends = party.name in self._seen.services
        kind, technology = _kind(party) if not sends else ("worker" if party in self._takers else "server", None)
        self._kinds[id_] = kind
        why = "sends spans" if sends else "is asked, and sends no spans"
        self._fact(component(id_), Hint.EXISTS, True, why)
        if party.name is None and caller is not None:
            self._fact(component(id_), Hint.UNNAMED, id_of(caller), "no span names the instance")
        if kind == "worker":
            why = "takes messages, and nobody asks it"
        if kind != "server":
            self._fact(component(id_), "kind", kind, why)
        if technology is not None:
            self._fact(component(id_), "technology", technology, f"{party.system} in the caller's spans")
        return id_

    def _flows(self) -> None:
        steps = Steps(self._kinds)
        taken: set[str] = set()
        for root in self._seen.roots:
            if root.traces < _FEWEST:
                self._found.left_out.append(f"`{root.request or root.node.key.operation}`: a single trace")
                continue
            self._flow(root, steps, taken)
        for (caller, callee), values in steps.lags.items():
            lag = median(sorted(values))
            if lag is not None:
                why = f"client less server, n = {len(values)}"
                self._fact(connection(caller, callee), "latency", lag, why)

    def _flow(self, root: Root, steps: Steps, taken: set[str]) -> None:
        entry = name_of(root.node.key.callee, None)
        name = root.flow or id_of(_words(root.request or root.node.key.operation)).lower()
        while name in taken:
            name = f"{name[:60]}-{sum(each.startswith(name[:60]) for each in taken) + 1}"
        taken.add(name)
        subject, count = Subject(Section.FLOWS, name), f"{root.traces} traces"
        begins = entry
        if not root.asks:
            begins = OUTSIDE
            self._fact(component(OUTSIDE), "kind", "client", "root spans have no parent")
            self._fact(component(OUTSIDE), "label", "Outside", "root spans have no parent")
            self._fact(connection(OUTSIDE, entry), Hint.EXISTS, True, f"begins {count}")
            if root.request is not None:
                self._fact(connection(OUTSIDE, entry), "protocol", "http", "its spans name a method and a path")
        elif self._kinds.get(entry) != "client":
            self._kinds[entry] = "client"
            self._fact(component(entry), "kind", "client", "its own calls begin traces")
        made = steps.inside(root.node, entry) if root.asks else [steps.step(root.node, entry, None)]
        if not made:
            self._found.left_out.append(f"`{root.request or root.node.key.operation}`: it asks nobody")
            return
        request = root.request or root.node.key.operation
        if not root.asks and made[0].get("does") in (request, request.rpartition(" ")[2]):
            del made[0]["does"]
        values = root.lasted.values
        lasted = f"; median {median(values)}, longest {duration(values[-1])}" if values and median(values) else ""
        described = f"{count}{lasted}."
        for field, value in (("description", described), ("from", begins), ("request", request), ("steps", made)):
            self._fact(subject, field, value, count)

    def _told(self) -> None:
        reading = self._seen.reading
        self._found.read = {"spans": reading.spans, "traces": reading.traces}
        if reading.counted:
            self._found.read["counts of calls"] = reading.counted
        self._found.notes += reading.notes
        if reading.torn:
            self._found.notes.append(f"spans are missing in {reading.torn} traces: they tell who asks whom, no figures")


def name_of(party: Party, caller: str | None) -> str:
    """The id of a party; a store that no span names is one of its caller's own."""
    return id_of(party.name if party.name is not None else f"{caller or 'some'}-{party.system}")


def _kind(party: Party) -> tuple[str, str | None]:
    """Kind and technology of what sends no spans, by its product."""
    if party.system in _TOPICS:
        return "topic", party.system
    if party.system in _QUEUES:
        return "queue", party.system if party.system != "message_queue" else None
    if party.system is not None:
        product = product_of(party.system)
        return (product.kind, product.technology) if product else ("database", party.system)
    return "external", None


def _words(request: str) -> str:
    """The last two parts of a request's path that are no ids; of fewer the method too.

    >>> _words("POST /wrk2-api/post/compose"), _words("GET /users/{id}")
    ('post compose', 'GET users')
    """
    method, _, path = request.rpartition(" ")
    parts = [part for part in path.split("/") if part and not part.startswith(("{", ":", "*"))]
    return " ".join(parts[-2:] if len(parts) > 1 or not method else [method, *(parts or ["root"])])
