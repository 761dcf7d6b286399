"""Words that people try and the language has not: what to write instead."""

KINDS = {
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

_INSTANCES = "a function has an instance for each request: write `concurrency`, how many there are at most"
OF_FUNCTIONS = {
    **dict.fromkeys(("replicas", "slots", "scaling"), _INSTANCES),
    "queue_limit": "nothing waits for an instance: above `concurrency` a call is answered 429",
    "cores": "drop it: each instance has a core of its own",
    "zones": "drop it: the provider places instances; write the `group` that it stands in, such as a region",
    "algorithm": "drop it: the instance that worked last is taken",
    "health_check": "drop it: the provider replaces what has died",
    "boot_time": "write `cold_start`, until a new instance works",
}
"""Fields of what runs as replicas, by which a function does not."""
