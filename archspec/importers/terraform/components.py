"""Which resources are components, and what they have."""

import json
from dataclasses import dataclass, field
from typing import Any

from archspec.importers import Facts, Section, Subject, identifier, items, mapping, units
from archspec.importers.tables import table, technology_in
from archspec.importers.terraform.resources import Resource, Stack

_COUNTS = ("desired_capacity", "desired_count", "num_cache_clusters", "number_cache_clusters", "num_cache_nodes")


@dataclass(slots=True)
class Components:
    """The component that each resource is, or belongs to."""

    stack: Stack
    facts: Facts
    ids: dict[str, str] = field(default_factory=dict)
    """By address."""
    kinds: dict[str, str] = field(default_factory=dict)
    """By id."""

    def of(self, each: Resource | None) -> str | None:
        """The component of a resource."""
        return self.ids.get(each.address) if each is not None else None

    def run(self) -> None:
        """Give every resource of a known type its id and its fields."""
        types = table("terraform")["types"]
        known = [each for each in self.stack.resources if each.type in types]
        joined = {each.address: other for each in known if (other := self._joins(each, types[each.type]))}
        alone = [each for each in known if each.address not in joined]
        for each in alone:
            self.ids[each.address] = self._free(each, alone)
        for address, other in joined.items():
            if other.address in self.ids:
                self.ids[address] = self.ids[other.address]
        for each in alone:
            self._describe(each, types[each.type])

    def _joins(self, each: Resource, row: dict[str, Any]) -> Resource | None:
        """The resource that takes this one in."""
        for other in self.stack.of(row["joins"]) if "joins" in row else ():
            if each in self.stack.needs(other, each.type) or each in self.stack.meant(
                other, "launch_template", "launch_configuration", "task_definition"
            ):
                return other
        return None

    def _free(self, each: Resource, alone: list[Resource]) -> str:
        """An id by the type where there is one of it, else by the name, else by both."""
        short = each.type.partition("_")[2].replace("_", "-")
        if sum(other.type == each.type for other in alone) == 1:
            wanted = identifier(short)
        else:
            wanted = identifier(each.name)
            if sum(other.name == each.name for other in alone) > 1:
                wanted = identifier(f"{short}-{each.name}")
        id_, number = wanted, 1
        while id_ in self.ids.values():
            number += 1
            id_ = f"{wanted[:60]}-{number}"
        return id_

    def _describe(self, each: Resource, row: dict[str, Any]) -> None:
        id_, why, line = self.ids[each.address], f"{each.type}.{each.name}", each.line
        part = self.facts.part
        self.kinds[id_] = row["kind"]
        part(id_, "kind", row["kind"], why, line)
        engine = str(each.value("engine") or each.value("database_version") or "").replace("_", " ").replace("-", " ")
        part(id_, "technology", (technology_in(engine) if engine else None) or row.get("technology"), why, line)
        count = next((number for name in _COUNTS if (number := units.integer(each.value(name)))), None)
        if count is None and len(each.instances) > 1:
            count = len(each.instances)
        least, most = units.integer(each.value("min_size")), units.integer(each.value("max_size"))
        if least and most and least < most:
            part(id_, "scaling", {"min": least, "max": most}, f"{why}, min_size {least}, max_size {most}", line)
            count = count if count and least <= count <= most else None
        if units.flag(each.value("multi_az")) and row["kind"] == "database":
            count = 2
            part(id_, "failover", "automatic", f"{why}, multi_az", line)
        if each.type in ("aws_rds_cluster", "aws_docdb_cluster"):
            count = self._members(each) or count
            if count and count > 1:
                part(id_, "failover", "automatic", f"{why}, {count} instances", line)
        part(id_, "replicas", count, f"{why}, {count} of it", line)
        self._kept(id_, each, why)
        self._placed(id_, each, why)

    def _members(self, cluster: Resource) -> int:
        """The instances of a cluster of databases."""
        found = self.stack.of("aws_rds_cluster_instance", "aws_docdb_cluster_instance")
        named = [
            (one, self.stack.needs(one, cluster.type), self.stack.meant(one, "cluster_identifier")) for one in found
        ]
        return sum(len(one.instances) for one, needed, meant in named if cluster in needed or cluster in meant)

    def _kept(self, id_: str, each: Resource, why: str) -> None:
        """Backups, encryption, versions, and what a queue does with what fails."""
        part, line = self.facts.part, each.line
        days = each.value("backup_retention_period")
        if units.integer(days) is not None:
            backup: Any = {"every": "1d", "keep": f"{days}d"} if units.integer(days) else "none"
            part(id_, "backup", backup, f"{why}, backup_retention_period {days}", line)
        for name in ("storage_encrypted", "at_rest_encryption_enabled", "encrypted", "sqs_managed_sse_enabled"):
            flag = units.flag(each.value(name))
            if flag is not None:
                part(id_, "encryption", "at_rest" if flag else "none", f"{why}, {name}", line)
                break
        if units.flag(each.value("automatic_failover_enabled")):
            part(id_, "failover", "automatic", f"{why}, automatic_failover_enabled", line)
        if self._keeps_versions(each):
            part(id_, "versioned", True, f"{why}, versioning", line)
        seconds = units.seconds(each.value("visibility_timeout_seconds"))
        part(id_, "visibility_timeout", seconds, f"{why}, visibility_timeout_seconds", line)
        self._dead_letters(id_, each, why)
        source = next(iter(self.stack.meant(each, "replicate_source_db")), None)
        if source is not None and source is not each:
            part(id_, "replica_of", self.of(source), f"{why}, replicate_source_db", line)

    def _keeps_versions(self, bucket: Resource) -> bool:
        if any(units.flag(mapping(one).get("enabled")) for one in items(bucket.value("versioning"))):
            return True
        for other in self.stack.of("aws_s3_bucket_versioning"):
            if bucket in self.stack.meant(other, "bucket") + self.stack.needs(other, bucket.type):
                said = [mapping(one).get("status") for one in items(other.value("versioning_configuration"))]
                return "Enabled" in said
        return False

    def _dead_letters(self, id_: str, each: Resource, why: str) -> None:
        text = each.value("redrive_policy")
        try:
            policy = mapping(json.loads(text)) if isinstance(text, str) and text else {}
        except ValueError:
            policy = {}
        target = self.of(self.stack.known_by.get(str(policy.get("deadLetterTargetArn"))))
        named = [self.of(one) for one in self.stack.meant(each, "redrive_policy") if one is not each]
        target = target or next(iter(named), None)
        self.facts.part(id_, "dead_letter", target, f"{why}, redrive_policy", each.line)
        tries = units.integer(policy.get("maxReceiveCount"))
        self.facts.part(id_, "max_deliveries", tries or None, f"{why}, redrive_policy", each.line)

    def _placed(self, id_: str, each: Resource, why: str) -> None:
        """The zones that its instances stand in."""
        zones = [str(one["availability_zone"]) for one in each.instances if one.get("availability_zone")]
        zones += [str(zone) for zone in items(each.value("availability_zones"))]
        ids, said = [identifier(zone) for zone in dict.fromkeys(zones)], f"{why}, availability_zone"
        for zone in ids:
            self.facts.add(Subject(Section.GROUPS, zone), "kind", "zone", said, each.line)
        self.facts.part(id_, "zones", ids or None, said, each.line)
