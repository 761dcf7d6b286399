"""How `specs/first_server` is mended: what replaces what, in the order of the findings that ask for it."""

EDITS: tuple[tuple[str, str, str], ...] = (
    (
        "AVL01",
        "    cores: 2\n",
        "    cores: 2\n    replicas: 2\n",
    ),
    (
        "AVL01",
        "    backup: none\n",
        "    backup: none\n    replicas: 2\n    failover: automatic\n",
    ),
    (
        "SCL01",
        "    stateless: false             # keeps who is signed in in its own memory\n    sessions_in: local\n",
        "    stateless: true\n    sessions_in: sessions\n",
    ),
    (
        "SCL01",
        "  developer: {kind: person, label: Developer}\n",
        "  sessions: {kind: cache, technology: redis, zones: [zone-a, zone-b], replicas: 2, failover: automatic}\n"
        "  developer: {kind: person, label: Developer}\n",
    ),
    (
        "SCL04",
        "    local_storage: [uploads, logs]\n",
        "    local_storage: []\n    logs_to: logs\n",
    ),
    (
        "SCL04",
        "  developer: {kind: person, label: Developer}\n",
        "  uploads: {kind: object_store, backup: {every: 1d, keep: 30d, restore_tested: 90d}}\n"
        "  developer: {kind: person, label: Developer}\n",
    ),
    (
        "OBS01",
        "  developer: {kind: person, label: Developer}\n",
        "  logs: {kind: log_service}\n  developer: {kind: person, label: Developer}\n",
    ),
    (
        "DAT01",
        "    group: box\n    backup",
        "    zones: [zone-a, zone-b]\n    backup",
    ),
    (
        "DAT01",
        "    group: box\n    cores",
        "    zones: [zone-a, zone-b]\n    cores",
    ),
    (
        "DAT01",
        "  box:\n    kind: host\n    label: The machine\n"
        "    availability: 99.5%          # when it is down, everything in it is down\n",
        "  zone-a: {kind: zone}\n  zone-b: {kind: zone}\n",
    ),
    (
        "DAT02",
        "    backup: none\n",
        "    backup: {every: 1d, keep: 30d, restore_tested: 90d}\n",
    ),
    (
        "SEC01",
        "  - browser -> diary: http\n",
        "  - browser -> lb: https\n  - lb -> diary: http\n",
    ),
    (
        "SEC01",
        "  - diary -> entries\n",
        "  - diary -> [entries, sessions, uploads]\n",
    ),
    (
        "SEC01",
        "  developer: {kind: person, label: Developer}\n",
        "  lb: {kind: load_balancer, zones: [zone-a, zone-b], replicas: 2, health_check: {path: /healthz}}\n"
        "  developer: {kind: person, label: Developer}\n",
    ),
    (
        "SEC01",
        "      - call: diary\n        cpu: exponential(20ms)\n        steps:\n"
        "          - {call: entries, does: select entry, takes: exponential(4ms)}\n",
        "      - call: lb\n        steps:\n          - call: diary\n            cpu: exponential(20ms)\n"
        "            steps:\n              - {call: entries, does: select entry, takes: exponential(4ms)}\n",
    ),
    (
        "CD06",
        "  - developer -> diary: scp\n",
        "",
    ),
    (
        "CD06",
        "  developer: {kind: person, label: Developer}\n",
        "  code: {kind: code_repository}\n  developer: {kind: person, label: Developer}\n",
    ),
    (
        "CD06",
        "flows:\n",
        "pipelines:\n  release:\n    source: code\n    trigger: push to main\n    by: developer\n    stages:\n"
        "      - {name: unit tests, kind: test}\n"
        "      - {name: production, kind: deploy, targets: [diary], strategy: rolling, rollback: automatic}\n\n"
        "flows:\n",
    ),
)
"""The code of the finding, what stands in the text, what is written for it."""
