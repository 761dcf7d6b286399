"""Who may ask whom in a stack: by security groups, balancers, subscriptions, origins and variables."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archspec.frozen import frozen
from archspec.importers import OUTSIDE, Facts, Grade, at, component, items, listening, mapping, telemetry_field, units
from archspec.importers.addresses import addresses
from archspec.importers.terraform.components import Components
from archspec.importers.terraform.resources import Resource, Stack

_ANYBODY = frozenset({"0.0.0.0/0", "::/0"})
_GROUPS = (
    *("security_groups", "security_group_ids", "vpc_security_group_ids"),
    *("network_interfaces", "network_configuration", "vpc_config"),
)
_BLOCKS = ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")
_WEB = {"80": "http", "443": "https"}
_ALGORITHMS = {
    "round_robin": "round_robin",
    "least_outstanding_requests": "least_connections",
    "weighted_random": "random",
}


@frozen
class _Rule:
    group: Resource
    sources: tuple[Resource, ...]
    anybody: bool
    ports: str
    line: int | None


@dataclass(slots=True)
class Asking:
    """Writes the connections of a stack."""

    stack: Stack
    components: Components
    facts: Facts
    opened: dict[str, list[str]] = field(default_factory=dict)
    """The ports that each component has open to anybody."""

    def run(self) -> None:
        """All there are."""
        members = self._members()
        for rule in self._rules():
            self._allowed(rule, members)
        for id_, ports in self.opened.items():
            label = f"port{'s' if len(ports) > 1 else ''} {', '.join(sorted(ports, key=_number))}"
            why = f"a security group lets in {label} from anywhere"
            self.facts.part(OUTSIDE, "kind", "client", why)
            self.facts.part(OUTSIDE, "label", "Outside", why)
            self.facts.asks(OUTSIDE, id_, why, grade=Grade.ALLOWED, label=label)
        self._balanced()
        self._messages()
        self._fronts()
        self._variables()

    def _members(self) -> dict[str, list[str]]:
        """The components that stand in each security group, by the group's address."""
        found: dict[str, list[str]] = {}
        for each in self.stack.resources:
            id_ = self.components.of(each)
            if id_ is None:
                continue
            groups = self.stack.meant(each, *_GROUPS) or self.stack.needs(each, "aws_security_group")
            for group in groups:
                if group.type == "aws_security_group" and id_ not in found.setdefault(group.address, []):
                    found[group.address].append(id_)
        return found

    def _rules(self) -> Iterator[_Rule]:
        for group in self.stack.of("aws_security_group"):
            named = [one for one in self.stack.meant(group, "ingress") if one.type == group.type]
            for entry in map(mapping, items(group.value("ingress"))):
                sources = [self.stack.known_by.get(str(one)) for one in items(entry.get("security_groups"))]
                known = [one for one in sources if one is not None]
                if not known and not items(entry.get("cidr_blocks")):
                    known = named
                yield _Rule(group, tuple(known), _is_open(entry), _ports(entry), group.line)
        for rule in self.stack.of("aws_security_group_rule", "aws_vpc_security_group_ingress_rule"):
            if rule.type == "aws_security_group_rule" and rule.value("type") not in (None, "ingress"):
                continue
            entry = rule.instances[0] if rule.instances else {}
            asking = self.stack.meant(rule, "source_security_group_id", "referenced_security_group_id")
            for group in self.stack.meant(rule, "security_group_id")[:1]:
                yield _Rule(group, tuple(asking), _is_open(entry), _ports(entry), rule.line)

    def _allowed(self, rule: _Rule, members: dict[str, list[str]]) -> None:
        for to in members.get(rule.group.address, ()):
            if rule.anybody and rule.ports and rule.ports not in self.opened.setdefault(to, []):
                self.opened[to].append(rule.ports)
            for source in rule.sources:
                for from_ in members.get(source.address, ()):
                    self._reach(from_, to, rule)

    def _reach(self, from_: str, to: str, rule: _Rule) -> None:
        if from_ == to:
            return
        why = f"security group {rule.group.name} lets in {rule.ports or 'all ports'} from that of {from_}"
        product = listening(rule.ports)
        protocol = product.technology if product else _WEB.get(rule.ports)
        self.facts.asks(from_, to, why, rule.line, grade=Grade.ALLOWED, protocol=protocol)
        if product is not None and product.kind == self.components.kinds.get(to):
            self.facts.add(
                component(to), "technology", product.technology, f"port {rule.ports}", rule.line, Grade.ALLOWED
            )

    def _balanced(self) -> None:
        """Balancers to the targets of the groups that their listeners forward to."""
        targets: dict[str, list[str]] = {}
        for each in self.stack.resources:
            attributes = ("target_group_arns", "target_group_arn", "load_balancer", "lb_target_group_arn")
            id_ = self._target(each)
            for group in self.stack.meant(each, *attributes) if id_ is not None else ():
                if group.type in ("aws_lb_target_group", "aws_alb_target_group") and id_ is not None:
                    targets.setdefault(group.address, []).append(id_)
        for listener in self.stack.of("aws_lb_listener", "aws_alb_listener"):
            balancer = self._first(self.stack.meant(listener, "load_balancer_arn"))
            rules = self.stack.of("aws_lb_listener_rule", "aws_alb_listener_rule")
            own = [one for one in rules if listener in self.stack.meant(one, "listener_arn")]
            for holder in (listener, *own):
                for group in self.stack.meant(holder, "default_action", "action") if balancer else ():
                    self._forwards(str(balancer), group, targets.get(group.address, []))

    def _target(self, each: Resource) -> str | None:
        """The component that a resource makes a target: itself, or the one that it attaches."""
        if each.type in ("aws_lb_target_group_attachment", "aws_alb_target_group_attachment"):
            return self._first(self.stack.meant(each, "target_id"))
        if each.type == "aws_autoscaling_attachment":
            return self._first(self.stack.needs(each, "aws_autoscaling_group"))
        return self.components.of(each)

    def _first(self, resources: list[Resource]) -> str | None:
        return next((id_ for each in resources if (id_ := self.components.of(each)) is not None), None)

    def _forwards(self, balancer: str, group: Resource, targets: list[str]) -> None:
        why = f"target group {group.name}"
        for target in dict.fromkeys(targets):
            protocol = str(group.value("protocol") or "").lower()
            spoken = protocol if protocol in ("http", "https") else None
            self.facts.asks(balancer, target, why, group.line, protocol=spoken)
        algorithm = _ALGORITHMS.get(str(group.value("load_balancing_algorithm_type")))
        self.facts.part(balancer, "algorithm", algorithm, why, group.line)
        check = mapping(next(iter(items(group.value("health_check"))), None))
        fields = {
            "path": str(check["path"]).partition("?")[0] if check.get("path") else None,
            "interval": units.seconds(check.get("interval")),
            "timeout": units.seconds(check.get("timeout")),
            "unhealthy_after": units.integer(check.get("unhealthy_threshold")),
            "healthy_after": units.integer(check.get("healthy_threshold")),
        }
        kept = {name: value for name, value in fields.items() if value}
        self.facts.part(balancer, "health_check", kept or None, f"{why}, health_check", group.line)

    def _messages(self) -> None:
        """Queues and topics to who takes from them."""
        for each in self.stack.of("aws_lambda_event_source_mapping"):
            for source in self.stack.meant(each, "event_source_arn"):
                for worker in self.stack.meant(each, "function_name"):
                    self._known(source, worker, f"event source mapping {each.name}", each.line)
        for each in self.stack.of("aws_sns_topic_subscription"):
            for source in self.stack.meant(each, "topic_arn"):
                for target in self.stack.meant(each, "endpoint"):
                    self._known(source, target, f"subscription {each.name}", each.line)

    def _fronts(self) -> None:
        """Distributions to their origins, names to what they stand for, gateways to what they call, firewalls."""
        for each in self.stack.of("aws_cloudfront_distribution"):
            for origin in self.stack.meant(each, "origin"):
                self._known(each, origin, f"origin of {each.name}", each.line)
        for each in self.stack.of("aws_route53_record"):
            for zone in self.stack.meant(each, "zone_id"):
                for target in self.stack.meant(each, "alias", "records"):
                    self._known(zone, target, f"record {each.name}", each.line)
        for each in self.stack.of("aws_api_gateway_integration", "aws_apigatewayv2_integration"):
            for gateway in self.stack.meant(each, "rest_api_id", "api_id"):
                for target in self.stack.meant(each, "uri", "integration_uri"):
                    self._known(gateway, target, f"integration {each.name}", each.line)
        for each in self.stack.of("aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"):
            for guarded in self.stack.meant(each, "resource_arn"):
                id_ = self.components.of(guarded)
                if id_ is not None:
                    self.facts.part(id_, "web_firewall", True, f"web ACL association {each.name}", each.line)

    def _variables(self) -> None:
        """Code whose variables hold what leads to another resource; of their values only hosts are looked at."""
        for each in self.stack.resources:
            id_ = self.components.of(each)
            if id_ is None or self.components.kinds.get(id_) not in ("server", "function", "worker"):
                continue
            for other in self.stack.meant(each, "environment", "container_definitions"):
                self._known(each, other, "a variable holds its address", each.line)
            for name, value in _settings(each):
                for found in addresses(name, value):
                    known = self.stack.known_by
                    named = known.get(found.host) or known.get(f"{found.host}:{found.port}")
                    if named is not None and telemetry_field(name) is None:
                        self._known(each, named, f"env {name}={found}", each.line)

    def _known(self, from_: Resource, to: Resource, why: str, line: int | None) -> None:
        ids = self.components.of(from_), self.components.of(to)
        if ids[0] is not None and ids[1] is not None and ids[0] != ids[1]:
            self.facts.asks(ids[0], ids[1], why, line)


def _settings(each: Resource) -> Iterator[tuple[str, str]]:
    for block in items(each.value("environment")):
        for name, value in mapping(mapping(block).get("variables")).items():
            yield str(name), str(value)
    text = each.value("container_definitions")
    try:
        definitions = json.loads(text) if isinstance(text, str) else []
    except ValueError:
        definitions = []
    for definition in items(definitions):
        for item in items(at(mapping(definition), "environment")):
            yield str(mapping(item).get("name")), str(mapping(item).get("value"))


def _is_open(entry: dict[str, Any]) -> bool:
    """Whether a rule lets in anybody."""
    return bool(_ANYBODY & {str(one) for key in _BLOCKS for one in items(entry.get(key))})


def _ports(entry: dict[str, Any]) -> str:
    first, last = entry.get("from_port"), entry.get("to_port")
    if str(entry.get("protocol") or entry.get("ip_protocol")) == "-1" or first is None or units.integer(first) == 0:
        return ""
    return str(first) if first == last else f"{first}-{last}"


def _number(ports: str) -> int:
    match = re.match(r"\d+", ports)
    return int(match[0]) if match else 0
