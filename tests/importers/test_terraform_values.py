"""What the values of one Terraform resource say of its component."""

from pathlib import Path
from typing import Any

import pytest

from tests.importers.conftest import data
from tests.importers.test_terraform import configured, of, refers, shown

STORE = {"kind": "object_store", "technology": "s3"}


@pytest.mark.parametrize(
    ("type_", "values", "said"),
    [
        ("aws_db_instance", {"engine": "mysql", "backup_retention_period": 0}, {"backup": "none"}),
        ("aws_db_instance", {"engine": "mysql", "backup_retention_period": "x"}, {}),
        ("aws_db_instance", {"engine": "mysql", "storage_encrypted": False}, {"encryption": "none"}),
        ("aws_db_instance", {"engine": "mysql", "multi_az": False}, {}),
        ("aws_autoscaling_group", {"min_size": 2, "max_size": 2, "desired_capacity": 2}, {"replicas": 2}),
        ("aws_autoscaling_group", {"min_size": 2, "max_size": 4}, {"scaling": {"min": 2, "max": 4}}),
        (
            "aws_autoscaling_group",
            {"min_size": 2, "max_size": 4, "desired_capacity": 4},
            {"scaling": {"min": 2, "max": 4}, "replicas": 4},
        ),
        (
            "aws_autoscaling_group",
            {"min_size": 2, "max_size": 4, "desired_capacity": 5},
            {"scaling": {"min": 2, "max": 4}},
        ),
        ("aws_elasticache_replication_group", {"automatic_failover_enabled": True}, {"failover": "automatic"}),
        ("aws_elasticache_replication_group", {"at_rest_encryption_enabled": "true"}, {"encryption": "at_rest"}),
        ("aws_s3_bucket", {"versioning": [{"enabled": True}]}, {"versioned": True}),
        ("aws_s3_bucket", {"versioning": [{"enabled": False}]}, {}),
        ("aws_sqs_queue", {"sqs_managed_sse_enabled": True}, {"encryption": "at_rest"}),
        ("aws_sqs_queue", {"visibility_timeout_seconds": 30}, {"visibility_timeout": "30s"}),
    ],
)
def test_a_value_says_what_it_means(type_: str, values: dict[str, Any], said: dict[str, Any], tmp_path: Path) -> None:
    (found,) = data(of(tmp_path, [shown(type_, "it", values)]).text)["components"].values()
    assert {key: value for key, value in found.items() if key not in ("kind", "technology")} == said


@pytest.mark.parametrize(
    ("members", "said"), [(0, {}), (1, {"replicas": 1}), (3, {"replicas": 3, "failover": "automatic"})]
)
def test_a_cluster_of_databases_has_its_instances_as_replicas(
    members: int, said: dict[str, Any], tmp_path: Path
) -> None:
    names = [f"m{number}" for number in range(members)]
    resources = [
        shown("aws_rds_cluster", "orders", {"engine": "aurora-postgresql"}),
        *(shown("aws_rds_cluster_instance", name, {}) for name in names),
    ]
    refer = [
        configured("aws_rds_cluster_instance", name, cluster_identifier=refers("aws_rds_cluster.orders.id"))
        for name in names
    ]
    (found,) = data(of(tmp_path, resources, refer).text)["components"].values()
    assert {key: found[key] for key in ("replicas", "failover") if key in found} == said


def test_a_bucket_may_be_versioned_by_a_resource_of_its_own(tmp_path: Path) -> None:
    resources = [
        shown("aws_s3_bucket", "a", {}),
        shown("aws_s3_bucket", "b", {}),
        shown("aws_s3_bucket_versioning", "a", {"versioning_configuration": [{"status": "Enabled"}]}),
    ]
    refer = [configured("aws_s3_bucket_versioning", "a", bucket=refers("aws_s3_bucket.a.id"))]
    assert data(of(tmp_path, resources, refer).text)["components"] == {"a": {**STORE, "versioned": True}, "b": STORE}


def test_a_replica_of_a_database_names_what_it_copies(tmp_path: Path) -> None:
    resources = [
        shown("aws_db_instance", "main", {"engine": "mysql", "identifier": "main-db"}),
        shown("aws_db_instance", "copy", {"engine": "mysql", "replicate_source_db": "main-db"}),
    ]
    refer = [configured("aws_db_instance", "copy", replicate_source_db=refers("aws_db_instance.main.identifier"))]
    found = data(of(tmp_path, resources, refer).text)["components"]
    assert {id_: part.get("replica_of") for id_, part in found.items()} == {"main": None, "copy": "main"}


@pytest.mark.parametrize(
    ("resources", "ids"),
    [
        ([("aws_sqs_queue", "x")], ["sqs-queue"]),
        ([("aws_sqs_queue", "x"), ("aws_sqs_queue", "y")], ["x", "y"]),
        ([("aws_sqs_queue", "x"), ("aws_sqs_queue", "y"), ("aws_s3_bucket", "x"), ("aws_s3_bucket", "y")],
         ["sqs-queue-x", "sqs-queue-y", "s3-bucket-x", "s3-bucket-y"]),
        ([("aws_sqs_queue", "x_1"), ("aws_sqs_queue", "x-1")], ["x_1", "x-1"]),
    ],
)  # fmt: skip
def test_a_component_is_called_by_its_type_its_name_or_both(
    resources: list[tuple[str, str]], ids: list[str], tmp_path: Path
) -> None:
    made = of(tmp_path, [shown(type_, name, {}) for type_, name in resources])
    assert sorted(data(made.text)["components"]) == sorted(ids)
