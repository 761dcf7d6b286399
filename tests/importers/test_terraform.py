"""Terraform's plans and states as specs."""

import json
from pathlib import Path
from typing import Any

from archspec.importers.imported import Imported, import_files
from tests.importers.conftest import Import, data

STATE = "cycloidio/inframap/infraview/testdata/aws_sg.json"


def test_security_groups_say_who_may_ask_whom(imported: Import) -> None:
    found = data(imported(STATE).text)
    assert {name: (fields["kind"], fields.get("technology")) for name, fields in found["components"].items()} == {
        "outside": ("client", None),
        "db-instance": ("database", "mysql"),
        "launch-template": ("server", None),
        "lb": ("load_balancer", "aws elastic load balancing"),
    }
    assert found["connections"] == {
        "outside -> lb": {"label": "ports 80, 443"},
        "lb -> launch-template": {"protocol": ["http"]},
        "launch-template -> db-instance": {"protocol": ["mysql"]},
    }


def shown(type_: str, name: str, values: dict[str, Any], index: int | None = None) -> dict[str, Any]:
    """A resource as `terraform show -json` has it."""
    return {"mode": "managed", "type": type_, "name": name, "values": values, **({"index": index} if index else {})}


def configured(type_: str, name: str, **expressions: Any) -> dict[str, Any]:
    return {"type": type_, "name": name, "expressions": expressions}


def refers(*addresses: str) -> dict[str, Any]:
    return {"references": list(addresses)}


def of(folder: Path, resources: list[dict[str, Any]], configuration: list[dict[str, Any]] | None = None) -> Imported:
    plan: dict[str, Any] = {"format_version": "1.2", "terraform_version": "1.9.0"}
    plan["planned_values"] = {"root_module": {"resources": resources}}
    if configuration:
        plan["configuration"] = {"root_module": {"resources": configuration}}
    (folder / "plan.json").write_text(json.dumps(plan))
    return import_files([str(folder / "plan.json")])


def test_a_balancer_leads_to_the_group_that_its_listener_forwards_to(tmp_path: Path) -> None:
    check = {"path": "/ok?key=1", "interval": 10, "timeout": 3, "healthy_threshold": 2, "unhealthy_threshold": 4}
    resources = [
        shown("aws_lb", "web", {}),
        shown("aws_lb_target_group", "web", {"protocol": "HTTP", "health_check": [check]}),
        shown("aws_lb_listener", "web", {}),
        shown("aws_autoscaling_group", "web", {"min_size": 2, "max_size": 6, "desired_capacity": 3}),
        shown("aws_launch_template", "web", {}),
    ]
    configuration = [
        configured("aws_lb_listener", "web", load_balancer_arn=refers("aws_lb.web.arn", "aws_lb.web"),
                   default_action=[{"target_group_arn": refers("aws_lb_target_group.web.arn")}]),
        configured("aws_autoscaling_group", "web", target_group_arns=refers("aws_lb_target_group.web.arn"),
                   launch_template=[{"id": refers("aws_launch_template.web.id")}]),
    ]  # fmt: skip
    found = data(of(tmp_path, resources, configuration).text)
    assert found["connections"] == {"lb -> autoscaling-group": {"protocol": ["http"]}}
    assert found["components"]["autoscaling-group"] == {
        "kind": "server",
        "replicas": 3,
        "scaling": {"min": 2, "max": 6},
    }
    assert found["components"]["lb"]["health_check"] == {
        "path": "/ok",
        "interval": "10s",
        "timeout": "3s",
        "unhealthy_after": 4,
        "healthy_after": 2,
    }


def test_a_database_says_how_it_is_kept(tmp_path: Path) -> None:
    values = {
        "engine": "postgres",
        "multi_az": True,
        "backup_retention_period": 7,
        "storage_encrypted": True,
        "password": "hunter22",
        "username": "admin",
    }
    found = of(tmp_path, [shown("aws_db_instance", "orders", values)])
    assert data(found.text)["components"]["db-instance"] == {
        "kind": "database",
        "technology": "postgresql",
        "replicas": 2,
        "failover": "automatic",
        "backup": {"every": "1d", "keep": "7d"},
        "encryption": "at_rest",
    }
    assert "hunter22" not in found.text


def test_a_queue_names_its_dead_letters_and_who_takes_from_it(tmp_path: Path) -> None:
    policy = json.dumps({"deadLetterTargetArn": "arn:dead", "maxReceiveCount": 3})
    resources = [
        shown("aws_sqs_queue", "jobs", {"arn": "arn:jobs", "redrive_policy": policy, "visibility_timeout_seconds": 60}),
        shown("aws_sqs_queue", "dead", {"arn": "arn:dead"}),
        shown("aws_lambda_function", "work", {"arn": "arn:work"}),
        shown("aws_lambda_event_source_mapping", "m", {"event_source_arn": "arn:jobs", "function_name": "arn:work"}),
    ]
    found = data(of(tmp_path, resources).text)
    assert found["components"]["jobs"] == {
        "kind": "queue",
        "technology": "sqs",
        "visibility_timeout": "1m",
        "dead_letter": "dead",
        "max_deliveries": 3,
    }
    assert found["connections"] == {"jobs -> lambda-function": {}}


def test_a_variable_that_holds_an_address_is_a_connection(tmp_path: Path) -> None:
    resources = [
        shown(
            "aws_lambda_function", "api", {"environment": [{"variables": {"DB": "postgres://u:pw@db.local:5432/x"}}]}
        ),
        shown("aws_db_instance", "db", {"engine": "postgres", "address": "db.local"}),
        shown("aws_elasticache_replication_group", "c", {}),
    ]
    refer = [configured("aws_lambda_function", "api", environment=[refers("aws_elasticache_replication_group.c")])]
    found = of(tmp_path, resources, refer)
    assert list(data(found.text)["connections"]) == [
        "lambda-function -> elasticache-replication-group",
        "lambda-function -> db-instance",
    ]
    assert ("pw" in found.text, "u:" in found.text) == (False, False)


def test_instances_of_one_resource_are_replicas(tmp_path: Path) -> None:
    resources = [shown("aws_instance", "web", {"availability_zone": f"eu-1{zone}"}) for zone in "ab"]
    found = data(of(tmp_path, resources).text)
    assert found["components"] == {"instance": {"kind": "server", "replicas": 2, "zones": ["eu-1a", "eu-1b"]}}
    assert list(found["groups"]) == ["eu-1a", "eu-1b"]


def test_what_is_not_known_is_counted(tmp_path: Path) -> None:
    resources = [shown("aws_db_instance", "db", {}), shown("acme_flux_capacitor", "x", {})]
    assert "not understood: acme_flux_capacitor x1" in of(tmp_path, resources).report
