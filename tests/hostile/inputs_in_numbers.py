"""Inputs that are large, or hold figures that nobody can work with."""

# ruff: noqa: E501 - a line is an input

from tests.hostile.an_input import ANY, FLOW, HEAD, MEGABYTE, PAIR, numbered, repeated, spec

SIZES = [
    spec("components", f"{HEAD}components:\n{numbered('  c{n}: {{kind: server}}' + chr(10), 40_000)}"),
    spec(
        "components-that-fit",
        f"{HEAD}components:\n{numbered('  c{n}: {{kind: server}}' + chr(10), 29_900)}",
        statuses=ANY,
    ),
    spec("groups-that-fit", f"{HEAD}groups:\n{numbered('  g{n}: {{kind: network}}' + chr(10), 29_900)}", statuses=ANY),
    spec(
        "deep-groups",
        f"{HEAD}groups:\n  g0: {{kind: network}}\n{numbered('  g{m}: {{kind: network, within: g{n}}}' + chr(10), 9_000)}",
    ),
    spec(
        "ring-of-groups",
        f"{HEAD}groups:\n{numbered('  g{n}: {{kind: network, within: g{m}}}' + chr(10), 9_000)}  g9000: {{kind: network, within: g0}}\n",
    ),
    spec(
        "flows-that-fit",
        f"{FLOW[:-2]}, {numbered('f{n}: {{from: a, steps: [{{call: b}}]}}, ', 7_000)}}}\n",
        statuses=ANY,
    ),
    spec(
        "ring-of-flows",
        f"{FLOW[:-2]}, {numbered('f{n}: {{from: a, steps: [{{flow: f{m}}}]}}, ', 4_000)}f4000: {{from: a, steps: [{{flow: f0}}]}}}}\n",
    ),
    spec(
        "steps-that-fit",
        f"{PAIR}flows: {{f: {{from: a, steps: [{repeated('{call: b}, ', 60_000)}]}}}}\n",
        statuses=ANY,
    ),
    spec("steps", f"{PAIR}flows: {{f: {{from: a, steps: [{repeated('{call: b}, ')}]}}}}\n"),
    spec(
        "branches",
        f"{PAIR}flows: {{f: {{from: a, steps: [{{parallel: [{repeated('{call: b}, ', 60_000)}]}}]}}}}\n",
        statuses=ANY,
    ),
    spec(
        "optional-steps",
        f"{PAIR}flows: {{f: {{from: a, steps: [{repeated('{call: b, chance: 50%}, ', 60_000)}]}}}}\n",
        statuses=ANY,
    ),
    spec(
        "scenarios-that-set",
        f"{FLOW}scenarios:\n{numbered('  s{n}: {{set: {{b.replicas: {m}}}}}' + chr(10), 2_000)}",
        statuses=ANY,
    ),
    spec(
        "alerts",
        f"{FLOW}alerts:\n{numbered('  a{n}: {{metric: success_rate, flow: f, below: 99%}}' + chr(10), 14_000)}",
        statuses=ANY,
    ),
    spec("views", f"{FLOW}views:\n{numbered('  v{n}: {{include: [a, b]}}' + chr(10), 29_000)}", statuses=ANY),
    spec(
        "stages",
        f"{PAIR}pipelines: {{p: {{stages: [{repeated('{kind: test, takes: 1m}, ', 60_000)}]}}}}\n",
        statuses=ANY,
    ),
    spec(
        "everybody-asks-everybody",
        f"{HEAD}components:\n{numbered('  c{n}: {{kind: server}}' + chr(10), 90)}connections:\n{''.join(f'- c{i} -> c{j}' + chr(10) for i in range(90) for j in range(90) if i != j)}",
        statuses=ANY,
    ),
    spec(
        "a-chain-of-calls",
        f"{HEAD}components:\n{numbered('  c{n}: {{kind: server}}' + chr(10), 3_000)}connections:\n{numbered('- c{n} -> c{m}' + chr(10), 2_999)}",
        statuses=ANY,
    ),
    spec(
        "a-ring-of-calls",
        f"{HEAD}components:\n{numbered('  c{n}: {{kind: server}}' + chr(10), 3_000)}connections:\n{numbered('- c{n} -> c{m}' + chr(10), 2_999)}- c2999 -> c0\n",
        statuses=ANY,
    ),
    spec(
        "copies-of-copies",
        f"{HEAD}components:\n  d0: {{kind: database}}\n{numbered('  d{m}: {{kind: database, replica_of: d{n}}}' + chr(10), 3_000)}",
        statuses=ANY,
    ),
    spec(
        "tags-of-one",
        f"{HEAD}components: {{a: {{kind: server, tags: [{numbered('t{n}, ', 80_000)}]}}}}\n",
        statuses=ANY,
    ),
    spec(
        "links",
        f"{HEAD}components: {{a: {{kind: server, links: {{{numbered('t{n}: https://x, ', 40_000)}}}}}}}\n",
        statuses=ANY,
    ),
    spec(
        "zones",
        f"{HEAD}groups: {{z: {{kind: zone}}}}\ncomponents: {{a: {{kind: server, zones: [{repeated('z, ')}]}}}}\n",
        statuses=ANY,
    ),
]

NUMBERS = [
    spec("replicas-of-a-thousand-digits", f"{HEAD}components: {{a: {{kind: server, replicas: {'9' * 1000}}}}}\n"),
    spec("replicas-of-a-million-digits", f"{HEAD}components: {{a: {{kind: server, replicas: {'9' * MEGABYTE}}}}}\n"),
    spec("hexadecimal-replicas", f"{HEAD}components: {{a: {{kind: server, replicas: 0x{'f' * 5000}}}}}\n"),
    spec("an-exponent", f"{HEAD}components: {{a: {{kind: server, cores: 1e999999999}}}}\n"),
    spec("a-version-of-a-million-digits", f"archspec: {'1' * MEGABYTE}\nname: X\n"),
    spec(
        "a-million-replicas-at-once",
        FLOW.replace("{kind: server}", "{kind: server, replicas: 1000000}"),
        "simulate",
        "a.yaml",
    ),
    spec(
        "a-thousand-million-replicas",
        FLOW.replace("{kind: server}", "{kind: server, replicas: 1000000000}"),
        "trace",
        "a.yaml",
    ),
    spec(
        "a-page-of-them",
        FLOW.replace("{kind: server}", "{kind: server, replicas: 1000000000}"),
        "build",
        "a.yaml",
        "-o",
        "out",
    ),
    spec("a-lint-of-them", FLOW.replace("{kind: server}", "{kind: server, replicas: 1000000000}"), statuses=ANY),
    spec(
        "an-analysis-of-them",
        FLOW.replace("{kind: server}", "{kind: server, replicas: 1000000000, availability: 99%}"),
        "analyze",
        "a.yaml",
        statuses=ANY,
    ),
    spec("shards", FLOW.replace("{kind: server}", "{kind: database, shards: 1000000000}"), "trace", "a.yaml"),
    spec(
        "scaling",
        FLOW.replace("{kind: server}", "{kind: server, scaling: {min: 1, max: 1000000000}}"),
        "simulate",
        "a.yaml",
    ),
    spec("so-many-calls", FLOW.replace("call: b", "call: b, times: 1000000000"), "trace", "a.yaml"),
    spec("so-many-calls-simulated", FLOW.replace("call: b", "call: b, times: 1000000000"), "simulate", "a.yaml"),
    spec(
        "so-many-attempts",
        FLOW.replace("call: b", "call: b, status: 503, retries: {attempts: 1000000000}"),
        "trace",
        "a.yaml",
    ),
    spec(
        "so-many-branches",
        FLOW.replace("{call: b, cpu: 1ms}", "{parallel: [{call: b, times: 1000000000}]}"),
        "trace",
        "a.yaml",
    ),
    spec("so-many-requests", FLOW.replace("10/s", "1000000000/s"), "simulate", "a.yaml", "--duration", "1m"),
    spec("so-long-a-run", FLOW, "simulate", "a.yaml", "--duration", "100000d"),
    spec(
        "so-many-users",
        f"{FLOW}scenarios: {{s: {{load: {{f: {{users: 1000000000}}}}}}}}\n",
        "simulate",
        "a.yaml",
        "--scenario",
        "s",
    ),
    spec(
        "so-many-entries",
        FLOW.replace(
            "{kind: server}", "{kind: cache, entries: 1000000000, keys: zipf(count=1000000000 exponent=1)}"
        ).replace(", cpu: 1ms", ""),
        "simulate",
        "a.yaml",
        "--duration",
        "1s",
        statuses=ANY,
    ),
    spec(
        "their-hits-analysed",
        FLOW.replace(
            "{kind: server}", "{kind: cache, entries: 500000000, keys: zipf(count=1000000000 exponent=1)}"
        ).replace(", cpu: 1ms", ""),
        "analyze",
        "a.yaml",
        statuses=ANY,
    ),
    spec("empirical", FLOW.replace("1ms", f"empirical({numbered('{m}ns@1 ', 60_000)})"), statuses=ANY),
    spec("empirical-plain", FLOW.replace("1ms", f"empirical({numbered('{m}ns ', 100_000)})"), statuses=ANY),
    spec(
        "empirical-run",
        FLOW.replace("1ms", f"empirical({numbered('{m}ns ', 3_000)})"),
        "simulate",
        "a.yaml",
        "--duration",
        "1s",
        statuses=ANY,
    ),
    spec("a-function-of-blanks", FLOW.replace("1ms", f"uniform({repeated(' ')}1ms)")),
    spec("a-function-of-a-megabyte", FLOW.replace("1ms", f"{repeated('uniform(')}")),
    spec("functions-in-functions", FLOW.replace("1ms", f"'{repeated('uniform(')}1ms{repeated(')')}'")),
    spec("a-duration-of-blanks", FLOW.replace("1ms", f"'1{repeated(' ')}ms'")),
    spec("a-duration-of-digits", FLOW.replace("1ms", f"{repeated('1')}ms")),
    spec("a-rate-of-points", FLOW.replace("10/s", f"{repeated('1.')}/s")),
    spec("a-ratio-of-nines", FLOW.replace("{kind: server}", f"{{kind: server, availability: 99.{'9' * 100_000}%}}")),
    spec(
        "a-back-off-of-a-megabyte",
        FLOW.replace("call: b", f"call: b, retries: {{attempts: 2, backoff: 'exponential({repeated('1s ')})'}}"),
    ),
    spec(
        "many-jobs",
        f"{PAIR}flows:\n"
        + numbered("  often{n}: {{from: a, every: {m}s, steps: [{{call: b, takes: {m}m}}]}}\n", 30)
        + numbered("  daily{n}: {{from: a, schedule: '*/{m} * * * *', steps: [{{call: b, takes: {m}m}}]}}\n", 30),
        statuses=ANY,
    ),
    spec("a-status-list", FLOW.replace("call: b", f"call: b, status: '{repeated('500 1% ')}'"), statuses=ANY),
]
