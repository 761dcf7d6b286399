"""What a workload is, and what it has."""

from fractions import Fraction
from typing import Any

from archspec.importers import Facts, at, items, line_of, mapping, product_of, set_up_by, units
from archspec.importers.compose.services import shown_image
from archspec.importers.facts import Hint, Section, Subject, identifier
from archspec.importers.kubernetes.objects import Object, containers
from archspec.importers.texts import link
from archspec.model import Duration
from archspec.model.schedule import NICKNAMES, Schedule

_ZONE = "topology.kubernetes.io/zone"


def describe(id_: str, workload: Object, facts: Facts) -> None:
    """Facts on a workload as a component."""
    images = [str(each["image"]) for each in containers(workload) if each.get("image")]
    origin = f"image {shown_image(images[0])}" if images else workload.kind
    facts.part(id_, Hint.EXISTS, True, f"{workload.kind}, {origin}", workload.line)
    _kind(id_, workload, origin, facts)
    _group(id_, workload, facts)
    _machine(id_, workload, facts)
    _disk(id_, workload, facts)
    _probe(id_, workload, facts)
    _people(id_, workload, facts)
    _links(id_, workload, facts)
    for each in containers(workload):
        for opened in items(each.get("ports")):
            port = str(mapping(opened).get("containerPort", ""))
            facts.part(id_, Hint.LISTENS, port, f"port {port}", line_of(each, "ports"))
    drain = units.seconds(workload.pod.get("terminationGracePeriodSeconds"))
    facts.part(
        id_,
        "drain_time",
        drain,
        f"terminationGracePeriodSeconds {drain}",
        line_of(workload.pod, "terminationGracePeriodSeconds"),
    )


def _kind(id_: str, workload: Object, origin: str, facts: Facts) -> None:
    if workload.kind == "Job":
        facts.part(id_, "kind", "once", "a Job", workload.line)
        return
    if workload.kind == "CronJob":
        facts.part(id_, "kind", "job", f"a CronJob, {workload.spec.get('schedule', 'no schedule')}", workload.line)
        scheduled(id_, workload, facts)
        return
    for each in containers(workload):
        known = product_of(str(each.get("image") or ""))
        env = {str(mapping(item).get("name")) for item in items(each.get("env"))}
        made = set_up_by(env) if known is None and len(containers(workload)) == 1 else None
        found = known or (made[0] if made else None)
        if found is not None:
            why = origin if known else f"env {made[1] if made else ''} sets up a {found.technology}"
            if found.technology in ("redis", "valkey"):
                why += "; it may as well be a store of record"
            if found.kind in ("cache", "database") and _has_empty_dir(workload):
                why += "; an emptyDir ends with its pod"
            facts.part(id_, "kind", found.kind, why, line_of(each, "image"))
            facts.part(id_, "technology", found.technology, origin, line_of(each, "image"))
            return
    if workload.kind == "DaemonSet":
        facts.part(id_, "kind", "agent", "a DaemonSet", workload.line)


def _group(id_: str, workload: Object, facts: Facts) -> None:
    group = Subject(Section.GROUPS, identifier(workload.namespace))
    why = "no node, zone or cluster is named"
    facts.add(group, "kind", "system", f"namespace {workload.namespace}; {why}", workload.line)
    facts.add(group, "label", f"namespace {workload.namespace}", f"namespace {workload.namespace}", workload.line)
    facts.add(group, "trust", "private", "pods have addresses of the cluster only", workload.line)
    facts.part(id_, "group", identifier(workload.namespace), f"namespace {workload.namespace}", workload.line)
    where, zones = _zones(workload)
    for zone in zones:
        place = Subject(Section.GROUPS, identifier(zone))
        facts.add(place, "kind", "zone", f"{where} of {id_}", line_of(workload.pod, where))
    facts.part(id_, "zones", [identifier(zone) for zone in zones] or None, where, line_of(workload.pod, where))
    spreads = [at(mapping(each), "topologyKey") for each in items(workload.pod.get("topologySpreadConstraints"))]
    if not zones and _ZONE in spreads:
        words = "it spreads over zones, which are not named"
        facts.part(id_, Hint.ALSO, words, words, line_of(workload.pod, "topologySpreadConstraints"))


def _zones(workload: Object) -> tuple[str, list[str]]:
    """The zones that a workload is bound to by name, and the key that says so."""
    one = at(workload.pod, "nodeSelector", _ZONE)
    if one:
        return "nodeSelector", [str(one)]
    needed = at(workload.pod, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    terms = [
        mapping(each)
        for term in items(at(needed, "nodeSelectorTerms"))
        for each in items(mapping(term).get("matchExpressions"))
    ]
    zones = [
        str(zone)
        for each in terms
        if each.get("key") == _ZONE and each.get("operator") == "In"
        for zone in items(each.get("values"))
    ]
    return "affinity", zones


def replicas(workloads: list[Object]) -> int | None:
    """How many replicas are written, of all workloads that are one component; None where one says nothing."""
    counts = [units.integer(each.spec.get("replicas")) for each in workloads]
    return None if None in counts else sum(count for count in counts if count is not None)


def cores(workload: Object, sort: str) -> Fraction | None:
    """Processors of a replica by its `limits` or `requests`; None where one of its containers says nothing."""
    found = [units.kubernetes_cores(at(each, "resources", sort, "cpu")) for each in containers(workload)]
    return None if None in found or not found else sum((each for each in found if each is not None), Fraction(0))


def _machine(id_: str, workload: Object, facts: Facts) -> None:
    first = containers(workload)[0] if containers(workload) else {}
    for sort in ("limits", "requests"):
        count = cores(workload, sort)
        if count:
            value = int(count) if count.denominator == 1 else float(count)
            facts.part(id_, "cores", value, f"{sort}.cpu {value}", line_of(at(first, "resources", sort), "cpu"))
            break
    for sort in ("limits", "requests"):
        sizes = [units.kubernetes_bytes(at(each, "resources", sort, "memory")) for each in containers(workload)]
        known = [size for size in sizes if size]
        if known and len(known) == len(sizes):
            memory = units.kubernetes_size(sum(known))
            facts.part(
                id_, "memory", memory, f"{sort}.memory {memory}", line_of(at(first, "resources", sort), "memory")
            )
            break


def _disk(id_: str, workload: Object, facts: Facts) -> None:
    volumes = [mapping(each) for each in items(workload.pod.get("volumes"))]
    line = line_of(workload.pod, "volumes") or workload.line
    claims = items(workload.spec.get("volumeClaimTemplates"))
    if claims or any("persistentVolumeClaim" in each for each in volumes):
        facts.part(id_, "local_storage", ["data"], "a persistent volume", line)
    elif any("emptyDir" in each for each in volumes):
        facts.part(id_, "local_storage", ["temporary"], "an emptyDir", line)
    elif not volumes and containers(workload) and _is_read_only(workload):
        facts.part(id_, "local_storage", [], "readOnlyRootFilesystem and no volume", workload.line)


def _has_empty_dir(workload: Object) -> bool:
    return any("emptyDir" in mapping(volume) for volume in items(workload.pod.get("volumes")))


def _is_read_only(workload: Object) -> bool:
    return all(units.flag(at(each, "securityContext", "readOnlyRootFilesystem")) for each in containers(workload))


def _probe(id_: str, workload: Object, facts: Facts) -> None:
    """The readiness probe, for whoever stands before it; what it leaves open, Kubernetes has a default for."""
    for each in containers(workload):
        probe = mapping(each.get("readinessProbe"))
        if not {"httpGet", "grpc", "tcpSocket"} & set(probe):
            continue
        path = str(at(probe, "httpGet", "path") or "")
        check: dict[str, Any] = {"path": path.partition("?")[0]} if path else {}
        check["interval"] = units.seconds(probe.get("periodSeconds")) or "10s"
        check["timeout"] = units.seconds(probe.get("timeoutSeconds")) or "1s"
        check["unhealthy_after"] = units.integer(probe.get("failureThreshold")) or 3
        check["healthy_after"] = units.integer(probe.get("successThreshold")) or 1
        why = f"readiness probe of {id_}, with the defaults of Kubernetes"
        facts.part(id_, Hint.CHECK, check, why, line_of(each, "readinessProbe"))
        delay = units.seconds(probe.get("initialDelaySeconds"))
        if delay and delay != "0s":
            words = f"initialDelaySeconds {delay}, so it may take that long to start"
            facts.part(id_, Hint.ALSO, words, words, line_of(probe, "initialDelaySeconds"))
        return


def _people(id_: str, workload: Object, facts: Facts) -> None:
    for holder in (workload.annotations, workload.labels):
        for key in ("a8r.io/owner", "owner", "app.kubernetes.io/owner", "team"):
            if holder.get(key):
                facts.part(id_, "owner", str(holder[key]), f"{key}", line_of(holder, key))
                return


def _links(id_: str, workload: Object, facts: Facts) -> None:
    """Where people find more, by the annotations of https://ambassadorlabs.github.io/k8s-for-humans/."""
    found = {
        key.removeprefix("a8r.io/"): url
        for key, value in workload.annotations.items()
        if str(key).startswith("a8r.io/") and (url := link(value))
    }
    facts.part(id_, "links", found or None, "annotations a8r.io", line_of(workload.annotations, next(iter(found), "")))


_UTC = ("", "UTC", "Etc/UTC", "GMT", "Etc/GMT")


def scheduled(id_: str, workload: Object, facts: Facts) -> None:
    """The flow of a CronJob that is not suspended, and whose clock is the language's; connections tell whom it asks."""
    spec, written = workload.spec, str(workload.spec.get("schedule") or "")
    words = NICKNAMES.get(written.lower(), written)
    zone = str(spec.get("timeZone") or "")
    unsaid = f"by {zone}, and schedules are in UTC" if zone not in _UTC else "suspended" if spec.get("suspend") else ""
    try:
        due = Schedule.parse(words)
    except ValueError:
        unsaid = unsaid or "not of crontab"
    if unsaid:
        facts.part(id_, Hint.ALSO, f"`{written}` is {unsaid}", f"schedule {written}", line_of(spec, "schedule"))
        return
    flow, why = Subject(Section.FLOWS, f"{id_}-run"), f"schedule {written}"
    facts.add(flow, "from", id_, f"CronJob {workload.name}", workload.line)
    facts.add(flow, "schedule", str(due), why, line_of(spec, "schedule"))
    job = mapping(at(spec, "jobTemplate", "spec"))
    seconds = units.integer(job.get("activeDeadlineSeconds"))
    if seconds:
        within = str(Duration(seconds * 10**9))
        line = line_of(job, "activeDeadlineSeconds")
        facts.add(flow, "deadline", within, f"activeDeadlineSeconds {seconds}", line)
