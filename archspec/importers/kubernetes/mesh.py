"""What holds for every caller of a Service: rules of Istio within the mesh, and how gRPC meets several replicas."""

from collections.abc import Iterator

from archspec.importers import Facts, Hint, Object, Section, Subject, at, items, line_of, mapping, units
from archspec.importers.kubernetes.names import Names


def mesh(names: Names, facts: dict[str, Facts]) -> None:
    """Facts on the connections that other objects state; none is made here."""
    stated = _stated(facts)
    for virtual in names.cluster.of("VirtualService"):
        _virtual(names, virtual, stated, facts.setdefault(virtual.file, Facts(virtual.file)))
    for rule in names.cluster.of("DestinationRule"):
        _destination(names, rule, stated, facts.setdefault(rule.file, Facts(rule.file)))
    _pinned(names, facts, stated)


def _stated(facts: dict[str, Facts]) -> dict[str, list[Subject]]:
    """Every connection that is stated, by who is asked."""
    found: dict[str, dict[Subject, None]] = {}
    for fact in [fact for each in facts.values() for fact in each.found]:
        if fact.subject.section is Section.CONNECTIONS and fact.field is Hint.EXISTS:
            found.setdefault(fact.subject.to, {})[fact.subject] = None
    return {id_: list(subjects) for id_, subjects in found.items()}


def _hosts(names: Names, rule: Object, hosts: list[str]) -> Iterator[str]:
    network = names.network(rule.namespace, [])
    for host in hosts:
        target = network.of(host.lower())
        if target is not None:
            yield target


def _virtual(names: Names, virtual: Object, stated: dict[str, list[Subject]], into: Facts) -> None:
    """The time-out and the tries of a Service with one rule; of several, which one holds is a matter of the request."""
    gateways = [str(each) for each in items(virtual.spec.get("gateways"))]
    rules = items(virtual.spec.get("http"))
    if (gateways and "mesh" not in gateways) or len(rules) != 1 or mapping(rules[0]).get("match"):
        return
    for target in _hosts(names, virtual, [str(each) for each in items(virtual.spec.get("hosts"))]):
        for subject in stated.get(target, []):
            passed(virtual, mapping(rules[0]), subject, into)


def passed(virtual: Object, rule: dict[str, object], subject: Subject, into: Facts) -> None:
    """What a rule says of a connection.

    Istio counts the retries after the first try, and its `timeout` is of all tries together: of one attempt is
    `perTryTimeout`, or the whole where that is not said.
    """
    why = f"VirtualService {virtual.name}"
    single = units.duration(at(rule, "retries", "perTryTimeout")) or units.duration(rule.get("timeout"))
    into.add(subject, "timeout", single, why, line_of(rule, "timeout"))
    tries = units.integer(at(rule, "retries", "attempts"))
    if tries:
        said = f"{why}: {tries} retries after the first try"
        into.add(subject, "retries", {"attempts": tries + 1}, said, line_of(rule, "retries"))


def _destination(names: Names, rule: Object, stated: dict[str, list[Subject]], into: Facts) -> None:
    """Requests in flight for each proxy; which replicas are put aside after failures, no connection can say."""
    policy, why = mapping(rule.spec.get("trafficPolicy")), f"DestinationRule {rule.name}"
    most = units.integer(at(policy, "connectionPool", "http", "http2MaxRequests"))
    outliers = mapping(policy.get("outlierDetection"))
    errors = outliers.get("consecutive5xxErrors") or outliers.get("consecutiveErrors")
    for target in _hosts(names, rule, [str(rule.spec.get("host") or "")]):
        for subject in stated.get(target, []):
            into.add(subject, "max_concurrent", most or None, f"{why}: http2MaxRequests", rule.line)
            if outliers:
                after = f" after {errors} errors in a row" if errors else ""
                into.add(subject, Hint.ALSO, f"{why} puts replicas aside{after}", why, rule.line)


def _pinned(names: Names, facts: dict[str, Facts], stated: dict[str, list[Subject]]) -> None:
    """GRPC keeps its connection, so that a ClusterIP leads each caller to one replica of several."""
    every = [fact for each in facts.values() for fact in each.found]
    spoken = {fact.subject for fact in every if fact.field == "protocol" and fact.value == "grpc"}
    copies = {fact.subject.id for fact in every if _is_several(fact.field, fact.value)}
    within = set(names.ids.values())
    for target in copies & set(stated):
        for subject in stated[target]:
            if subject in spoken and subject.id in within:
                into = next(each for each in facts.values() if any(fact.subject == subject for fact in each.found))
                words = "gRPC keeps its connection, so each caller asks one replica unless it balances itself"
                into.add(subject, Hint.ALSO, words, "gRPC by a ClusterIP")


def _is_several(field: object, value: object) -> bool:
    return (field == "replicas" and isinstance(value, int) and value > 1) or field == "scaling"
