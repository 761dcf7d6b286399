"""Words that people try and the language has not: what to write instead."""

from collections.abc import Collection

KINDS = {
    **dict.fromkeys(
        ("firewall", "waf", "web_firewall"),
        "it is no component: write `web_firewall: true` on the `gateway`, `load_balancer` or `cdn` that it protects",
    ),
    **dict.fromkeys(
        ("container", "pod", "service", "deployment", "vm", "virtual_machine", "process"),
        "write what runs in it: `kind: server`, `worker`, `database` or another",
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

_SAME = {
    "label title": "title name",
    "within": "group parent",
    "group": "region vpc network subnet cluster rack datacenter",
    "zones": "az azs availability_zone availability_zones multi_az",
    "technology": "image language framework engine vendor product tech",
    "availability objective": "sla slo uptime reliability",
    "mtbf": "mttf",
    "replicas times": "count instances instance_count nodes copies repeat loop",
    "max_concurrent slots": "pool pool_size max_pool_size bulkhead threads workers concurrency max_requests",
    "max_concurrent connections slots": "max_connections max_clients",
    "max_wait": "wait_timeout pool_timeout acquire_timeout queue_timeout",
    "max_length queue_limit": "capacity max_size queue_size queue_length backlog",
    "dead_letter": "dlq dead_letter_queue",
    "memory": "ram mem",
    "cores": "cpu cpus vcpu vcpus",
    "scaling": "autoscaling autoscale hpa min max min_replicas max_replicas",
    "rate": "rps qps tps requests_per_second load throughput traffic frequency",
    "every": "interval period",
    "schedule": "cron crontab cron_schedule",
    "request": "method path url endpoint route",
    "timeout deadline": "time_out time_limit max_duration deadline",
    "retries": "retry max_retries attempts",
    "circuit_breaker": "breaker",
    "latency takes": "delay rtt round_trip duration time service_time response_time processing_time",
    "loss": "packet_loss drop_rate",
    "encryption": "tls ssl encrypted mtls",
    "hit": "hit_rate hit_ratio hitrate",
    "ttl": "cache_ttl expiry expires max_age",
    "on_miss": "miss if_miss",
    "fallback": "on_error on_failure otherwise or_else catch",
    "chance": "probability likelihood odds when if condition",
    "status": "error_rate failure_rate fail fails errors",
    "wait: false": "async asynchronous background fire_and_forget",
    "call": "to",
    "to call": "target destination dest component",
    "from": "source caller",
}
_SAID_BY = {word: fields for fields, words in _SAME.items() for word in words.split()}


def said_by(word: str, fields: Collection[str]) -> str | None:
    """The field, of those that an element has, that says what people mean by a word; None where there is none."""
    candidates = [_SAID_BY.get(word, "")] if ":" in _SAID_BY.get(word, "") else _SAID_BY.get(word, "").split()
    return next((each for each in candidates if each.partition(":")[0] in fields), None)


_OF_THE_CALL = "it belongs to the call: write it on the connection, or on a step"
ADVICE = {
    **dict.fromkeys(("port", "ports", "url", "address"), "ports and URLs go into `label` or `links`"),
    "host": "ports and URLs go into `label` or `links`; a machine is a group of `kind: host`",
    **dict.fromkeys(("cost", "price"), "cost is not part of the language; a tag can carry it"),
    **dict.fromkeys(("data", "data_class", "classification"), "write `tags: [pci]` and a rule of your own"),
    **dict.fromkeys(("environment", "environments", "env"), "write one root file for each, with `include` and `set`"),
    **dict.fromkeys(("variables", "vars", "<<"), "use `defaults` and `set`"),
    **dict.fromkeys(("batch", "batch_size"), "write `slots: 16` and `takes` as the time of a batch"),
    "depends_on": "write it under `connections`, as `asks -> answers`",
    **dict.fromkeys(("delivery", "guarantee"), "delivery guarantees are not part of the language"),
    **dict.fromkeys(("timeout", "retries", "retry", "circuit_breaker", "breaker", "fallback"), _OF_THE_CALL),
    **dict.fromkeys(("rate", "rps", "qps", "load"), "load is the `rate` of a flow"),
    "rate_limit": "write it on the component that limits",
    **dict.fromkeys(
        ("bandwidth", "payload", "bytes", "size"), "sizes of messages are not modelled: put their time into `latency`"
    ),
    **dict.fromkeys(("users", "concurrent_users", "vus"), "write a scenario with `users`, or the `rate` of the flow"),
    **dict.fromkeys(
        ("read_replicas", "replica_set", "standby"),
        "write another component of the same kind, with `replica_of` naming the one that it copies",
    ),
    **dict.fromkeys(("ha", "high_availability"), "write `replicas`, `zones`, and of a store its `failover`"),
    **dict.fromkeys(
        ("async", "asynchronous", "sync"), "who is not waited for is said where it is called: `wait: false` on the step"
    ),
}
"""What to do instead of fields that were left out of the language on purpose, or stand elsewhere."""

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
