"""Take one good thing away from the video platform, and lint names what was taken: nothing less, nothing more."""

from pathlib import Path

import pytest

from archspec.language import load_text
from archspec.validators.run import judge

SPEC = Path(__file__).parent.parent / "specs" / "video_platform" / "architecture.yaml"

DATABASE = "    replicas: 2\n    zones: [zone-a, zone-b]\n    failover: automatic\n    replication"
API = "    replicas: 6\n    needs: 3\n    zones: [zone-a, zone-b]"
SERVER = "{logs_to: logs, metrics_to: metrics, errors_to: sentry}"
LAST = "  - developer -> code: {protocol: https}\n"
PAGING = "    below: 95%\n    for: 5m\n    severity: critical\n    notify: "

WEAKENED = {
    "one database": (
        DATABASE,
        "    replicas: 1\n    zones: [zone-a]\n    replication",
        "AVL01 metadata, AVL08 sign-in",
    ),
    "a standby that waits": ("    failover: automatic\n    replication", "    replication", "AVL10 metadata"),
    "no health check": ("    health_check: {path: /healthz, interval: 5s, unhealthy_after: 3}\n", "", "AVL04 lb"),
    "state in the server": ("stateless: true", "stateless: false", "SCL01 api"),
    "sessions in the server": ("sessions_in: sessions", "sessions_in: local", "SCL02 api"),
    "uploads on its disk": ("local_storage: [temporary]", "local_storage: [uploads]", "SCL04 api"),
    "all replicas in one zone": (API, API.replace(", zone-b", ""), "AVL03 api"),
    "fewer needed than the load takes": ("    needs: 3\n", "    needs: 2\n", "AVL12 api"),
    "more promised than the parts give": ("99.9%, p99: 400ms", "99.99%, p99: 400ms", "AVL08 watch-video"),
    "faster than the parts are": ("99.9%, p99: 400ms", "99.9%, p99: 25ms", "PRF04 watch-video p99"),
    "more load than those needed carry": ("    rate: 400/s\n", "    rate: 600/s\n", "AVL12 api"),
    "more load than one zone carries": ("    rate: 400/s\n", "    rate: 2000/s\n", "PRF03 api"),
    "a weak part": (
        "group: region\n    availability: 99.99%",
        "group: region\n    availability: 99.5%",
        "AVL09 videos",
    ),
    "an impatient balancer": (
        "api: {protocol: https, timeout: 2s",
        "api: {protocol: https, timeout: 300ms",
        "RES06 lb -> api",
    ),
    "a retried write": (
        "exponential(20ms jitter=full), idempotent: true",
        "exponential(20ms jitter=full), idempotent: false",
        "RES03 api -> metadata",
    ),
    "plain http": ("what to play, protocol: https", "what to play, protocol: http", "SEC01 viewer -> lb"),
    "a way past the balancer": (
        LAST,
        LAST + "  - viewer -> api: {protocol: https, timeout: 3s}\n",
        "RES09 api, SEC04 api, STR06 viewer -> api",
    ),
    "code copied by hand": (LAST, LAST + "  - developer -> api: ssh\n", "CD06 developer -> api"),
    "no tests": ("      - {name: unit tests, kind: test, takes: 4m}\n", "", "CD02 release"),
    "too many at once": ("max_unavailable: 1", "max_unavailable: 4", "AVL11 api"),
    "all at once": ("strategy: rolling, max_unavailable: 1", "strategy: recreate", "CD05 api"),
    "no backup": ("backup: {every: 1h, keep: 30d, restore_tested: 30d}", "backup: none", "DAT02 metadata"),
    "a backup never restored": (", restore_tested: 30d", "", "DAT03 metadata"),
    "no logs": (SERVER, SERVER.replace("logs_to: logs, ", ""), "OBS01 api"),
    "a threshold missing": ("    above: 80%\n", "", "ALR01 api-cpu"),
    "nobody told": (
        "    for: 10m\n    notify: [slack]\n    description: One",
        "    for: 10m\n    description: One",
        "ALR02 watch-latency",
    ),
    "nobody woken": (PAGING + "[pagerduty, slack]", PAGING + "[slack]", "ALR06 success-rate"),
    "a looser alert": ("flow: watch-video\n    above: 14.4x", "flow: watch-video\n    above: 40x", "ALR04 watch-burn"),
}


@pytest.mark.parametrize(("old", "new", "expected"), WEAKENED.values(), ids=WEAKENED)
def test_lint_names_what_was_taken_away(old: str, new: str, expected: str) -> None:
    text = SPEC.read_text(encoding="utf-8")
    assert text.count(old) == 1
    outcome = judge(load_text(text.replace(old, new)))
    assert ", ".join(sorted(f"{finding.code} {finding.element}" for finding in outcome.findings)) == expected
