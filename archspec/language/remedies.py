"""Words that people try and the language has not: what to write instead."""

KINDS = {
    **dict.fromkeys(
        ("lambda", "cloud_function", "serverless", "faas"),
        "write `kind: server` with the product as `technology`, and how many run at once as `replicas` of `slots: 1`",
    ),
    **dict.fromkeys(
        ("vault", "secrets", "secret_manager", "key_management", "kms"),
        "write `kind: server` with the product as `technology`",
    ),
    **dict.fromkeys(
        ("firewall", "waf", "web_firewall"),
        "it is no component: write `web_firewall: true` on the `gateway`, `load_balancer` or `cdn` that it protects",
    ),
    **dict.fromkeys(
        ("container", "pod", "service", "deployment", "vm", "virtual_machine", "process"),
        "write what runs in it: `kind: server`, `worker`, `database`, …",
    ),
    **dict.fromkeys(
        ("read_replica", "replica", "standby", "slave"),
        "write the store's own kind again, with `replica_of` naming the store that it copies",
    ),
    **dict.fromkeys(
        ("sidecar", "service_mesh"),
        "it is part of what it stands beside: put its time into the `latency` of the connection",
    ),
    **dict.fromkeys(
        ("region", "zone", "availability_zone", "host", "node", "network", "vpc", "subnet", "cluster", "datacenter"),
        "it is a group: write it under `groups`, with `kind: region`, `zone`, `host`, `network` or `cluster`",
    ),
}
"""By the word that was written for the `kind` of a component; what a kind itself knows as another name comes first."""

FIELDS = {"title": "label", "name": "label", "group": "within", "parent": "within"}
"""By the field that was written: the one that says the same, where the element has that."""
