"""A system of any size, the same for every benchmark: services in a tree, each with a store or a cache, flows through.

    python benchmarks/generate.py 1000 > system.yaml

About 1.5 connections per component, replicas in two zones, figures on every part, one flow per entry.
"""

import sys
from itertools import product


def system(size: int, copies: int = 1) -> str:
    """A valid spec with `size` components, each flow in so many copies."""
    lines = ["archspec: 1", f"name: System of {size}", "groups:"]
    lines += ["  zone-a: {kind: zone, availability: 99.95%}", "  zone-b: {kind: zone, availability: 99.95%}"]
    teams = max(1, size // 40)
    lines += [f"  team-{team}: {{kind: team, owner: Team {team}}}" for team in range(teams)]
    lines += ["components:", "  user: {kind: client}"]
    services, connections, calls, level = [], [], {}, {"user": 0}
    place = "replicas: 3, zones: [zone-a, zone-b, zone-a]"
    for number in range(size - 1):
        team = number % teams
        base = f"group: team-{team}, {place}"
        match number % 4:
            case 0 if number < 4 * max(1, size // 80):
                name, kind = f"lb-{number}", f"kind: load_balancer, {base}, health_check: {{path: /ok}}"
                connections.append(("user", name))
                services.append(name)
                calls[name] = []
                level[name] = 1
            case 0 | 1:
                name, kind = f"svc-{number}", f"kind: server, {base}, stateless: true, cores: 8, availability: 99.9%"
                parent = services[(number - 1) // 3 % len(services)] if services else "user"
                connections.append((parent, name))
                calls.setdefault(parent, []).append(name)
                calls[name] = []
                level[name] = level[parent] + 1
                services.append(name)
            case 2:
                name, kind = f"db-{number}", f"kind: database, {base}, failover: automatic, availability: 99.9%"
                attach(services, name, number, connections, calls, 2)
            case _:
                name, kind = f"cache-{number}", f"kind: cache, {base}, failover: automatic, ttl: 1h"
                attach(services, name, number, connections, calls, 2)
        lines.append(f"  {name}: {{{kind}}}")
    lines.append("connections:")
    timeouts = {pair: max(5, 50_000 // 6 ** level[pair[0]]) for pair in connections}  # a sixth of the caller's own
    lines += [f"  - {{from: {a}, to: {b}, protocol: https, timeout: {timeouts[a, b]}ms}}" for a, b in connections]
    lines.append("flows:")
    entries = [name for name in services if name.startswith("lb-")]
    for entry, number in product(entries, range(copies)):
        name = f"through-{entry}" if copies == 1 else f"through-{entry}-{number}"
        lines += [f"  {name}:", "    from: user", "    request: GET /", "    rate: 5/s", "    steps:"]
        lines += steps(entry, calls, 3, 0)
    return "\n".join(lines) + "\n"


def attach(
    services: list[str],
    name: str,
    number: int,
    connections: list[tuple[str, str]],
    calls: dict[str, list[str]],
    users: int,
) -> None:
    """Join a store to the services that use it."""
    for offset in range(users):
        service = services[(number * 7 + offset) % len(services)]
        if (service, name) not in connections[-8:]:
            connections.append((service, name))
            calls[service].append(name)


def steps(name: str, calls: dict[str, list[str]], depth: int, level: int) -> list[str]:
    """The call of a component and what it calls in turn, to a depth of six."""
    indent = "  " * depth
    lines = [f"{indent}- call: {name}"]
    work = "cpu: 2ms" if name.startswith(("svc", "lb")) else "takes: 1ms"
    lines.append(f"{indent}  {work}")
    inner = [line for target in calls.get(name, [])[:4] for line in steps(target, calls, depth + 2, level + 1)]
    if inner and level < 6:
        lines += [f"{indent}  steps:", *inner]
    return lines


if __name__ == "__main__":
    sys.stdout.write(system(int(sys.argv[1])))
