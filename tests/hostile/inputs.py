"""Inputs that others could send: each ends soon, in little memory, with a sentence."""

# ruff: noqa: E501 - a line is an input

from collections.abc import Mapping
from dataclasses import dataclass, field

MEGABYTE = 1_000_000
HEAD = "archspec: 1\nname: X\n"
PAIR = f"{HEAD}components: {{a: {{kind: client}}, b: {{kind: server}}}}\nconnections: [a -> b]\n"
FLOW = f"{PAIR}flows: {{f: {{from: a, rate: 10/s, steps: [{{call: b, cpu: 1ms}}]}}}}\n"
FINE, FINDINGS, WRONG = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Input:
    """Files, and a command over them with the exit statuses that are right. `{}` in a command is the folder."""

    name: str
    files: Mapping[str, bytes]
    arguments: tuple[str, ...]
    statuses: tuple[int, ...] = (WRONG,)
    slow: bool = False
    links: Mapping[str, str] = field(default_factory=dict)


def spec(
    name: str, text: str | bytes, *arguments: str, statuses: tuple[int, ...] = (WRONG,), slow: bool = False
) -> Input:
    """A spec `a.yaml`, linted where no other command is given."""
    data = text if isinstance(text, bytes) else text.encode()
    return Input(name, {"a.yaml": data}, arguments or ("lint", "a.yaml"), statuses, slow)


def repeated(piece: str, size: int = MEGABYTE) -> str:
    """A piece over and over, about so long in all."""
    return piece * (size // max(len(piece), 1))


def numbered(line: str, count: int) -> str:
    """A line for each number; `{n}` and `{m}` are the number and the next."""
    return "".join(line.format(n=n, m=n + 1) for n in range(count))


ANY = (FINE, FINDINGS, WRONG)

YAML = [
    spec("empty", ""),
    spec("blanks", repeated(" ")),
    spec("line-breaks", repeated("\n")),
    spec("carriage-returns", repeated("\r")),
    spec("tabs", f"{HEAD}a:\n{repeated(chr(9))}b: 1\n"),
    spec("nul-bytes", b"\0" * MEGABYTE),
    spec("random-bytes", bytes(range(256)) * 4000),
    spec("invalid-utf-8", b"archspec: 1\nname: \xff\xfe\xfa\n" + b"\xff" * MEGABYTE),
    spec("utf-16-without-mark", (FLOW * 100).encode("utf-16-le")),
    spec("utf-16-cut", b"\xff\xfea"),
    spec("utf-32", FLOW.encode("utf-32"), statuses=ANY),
    spec("byte-order-marks", "\ufeff" * 300_000),
    spec("too-large", b" " * (16 * 2**20 + 1)),
    spec("open-brackets", repeated("[")),
    spec("open-braces", repeated("{")),
    spec("open-keys", repeated("{a: ")),
    spec("closed-brackets", repeated("]")),
    spec("brackets-in-pairs", f"{HEAD}x: [{repeated('[],')}]\n"),
    spec("dashes", repeated("- ")),
    spec("nested-blocks", "".join(f"{' ' * n}a:\n" for n in range(1400))),
    spec("question-marks", repeated("? ")),
    spec("colons", repeated(": ")),
    spec("ampersands", repeated("&a ")),
    spec("asterisks", repeated("*a\n")),
    spec("at-sign-and-blanks", f"{HEAD}description: @{repeated(' ', 500_000)}x\n"),
    spec("at-signs", numbered("k{n}: @x\n", 50_000)),
    spec("backticks", repeated("`")),
    spec("percent-signs", repeated("%\n")),
    spec("exclamation-marks", repeated("!")),
    spec("tags", numbered("k{n}: !!python/object:os.system x\n", 20_000)),
    spec("double-quotes", repeated('"')),
    spec("single-quotes", repeated("'")),
    spec("open-quote", f'{HEAD}description: "{repeated("a")}'),
    spec("wrong-escapes", f'{HEAD}description: "{repeated(chr(92) + "q")}"\n'),
    spec("block-scalar", f"{HEAD}description: |\n{repeated('  a' + chr(10))}", statuses=ANY),
    spec("folded-scalar", f"{HEAD}description: >\n{repeated('  a' + chr(10))}", statuses=ANY),
    spec("long-plain-scalar", f"{HEAD}description: {repeated('a ')}\n", statuses=ANY),
    spec("scalar-over-lines", f"{HEAD}description: a\n{repeated('  a' + chr(10))}", statuses=ANY),
    spec("items-below-a-value", f"{HEAD}description: a\n{repeated('  - a' + chr(10))}"),
    spec("comments", f"{HEAD}{repeated('# a' + chr(10))}", statuses=ANY),
    spec("comments-that-ignore", f"{PAIR}{repeated('# archspec: ignore[AVL01] x' + chr(10))}", statuses=ANY),
    spec("hashes", f"{HEAD}{repeated('#')}", statuses=ANY),
    spec("hashes-and-blanks", f"{PAIR}#{repeated(' archspec:' + ' ' * 5000)}\n", statuses=ANY),
    spec("documents", repeated("---\n")),
    spec("long-key", f"{HEAD}{repeated('a')}: 1\n"),
    spec("long-key-in-quotes", f'{HEAD}"{repeated("a")}": 1\n'),
    spec("same-key", f"{HEAD}{repeated('a: 1' + chr(10))}"),
    spec("unknown-sections", f"{HEAD}{numbered('componnents{n}: 1' + chr(10), 40_000)}"),
    spec("merge-keys", f"{HEAD}{repeated('<<: {a: 1}' + chr(10))}"),
    spec("laughs", "a0: &a0 [x, x]\n" + numbered("a{m}: &a{m} [*a{n}, *a{n}, *a{n}, *a{n}]\n", 30)),
    spec("self-alias", "a: &a [*a]\n"),
    spec("many-anchors", f"{HEAD}{numbered('k{n}: &k{n} 1' + chr(10), 50_000)}"),
    spec("many-aliases", f"{HEAD}x: &x 1\ny: [{repeated('*x, ')}]\n"),
    spec("cut-function", f"{HEAD}x: {{a: uniform({repeated('1ms, ')})}}\n"),
    spec("cut-functions", f"{HEAD}x: [{repeated('uniform(1ms, ')}]\n"),
    spec("open-functions", f"{HEAD}x: {{{numbered('a{n}: uniform(1ms, b{n}, ', 20_000)}}}\n"),
    spec("entries-without-colon", f"{HEAD}x: {{{numbered('a{n}, ', 80_000)}}}\n"),
    spec("entries-and-blanks", f"{HEAD}x: {{{numbered('a{n}' + ' ' * 200 + ', ', 4_000)}}}\n"),
    spec("json-list", "[" + "1," * 400_000 + "1]"),
    spec("json-deep", '{"a":' * 100_000 + "1" + "}" * 100_000),
    spec("lines-below-values", f"{HEAD}{numbered('k{n}: v' + chr(10) + '  l{n}: w' + chr(10), 20_000)}"),
    spec("lines-that-are-neither", f"{HEAD}{numbered('line {n}' + chr(10), 50_000)}"),
    spec("colons-in-a-line", f"{HEAD}a: {repeated('b: ')}\n"),
    spec("stray-quotes", f"{HEAD}{numbered('k{n}: ' + chr(34) + 'a' + chr(34) + ' b' + chr(10), 30_000)}"),
]

CONNECTIONS = [
    spec("blanks-in-an-arrow", f"{HEAD}connections: ['a{repeated(' ', 80_000)}-> b']\n"),
    spec("blanks-in-an-arrow-s-megabyte", f"{HEAD}connections: ['a{repeated(' ')}b']\n"),
    spec("blanks-before-a-key", f"{HEAD}connections:\n- a {repeated(' ')}-> b: x\n"),
    spec("arrows-without-end", f"{PAIR[:-9]}{repeated('a -> ')}b]\n"),
    spec("arrow-tips", f"{HEAD}connections: ['{repeated('->')}']\n"),
    spec("arrow-tails", f"{HEAD}connections: ['{repeated('-')}']\n"),
    spec("arrow-to-a-list", f"{HEAD}connections: ['a -> [{repeated('b, ')}']\n"),
    spec("arrow-to-blanks", f"{HEAD}connections: ['a -> [{repeated(' ')}']\n"),
    spec("arrow-to-brackets", f"{HEAD}connections: ['a -> {repeated('[')}']\n"),
    spec("arrow-with-colons", f"{HEAD}connections: ['a -> b{repeated(':')}']\n"),
    spec("plain-arrow-with-colons", f"{HEAD}connections: [a -> b{repeated(':x->')}]\n"),
    spec("arrows-that-are-none", f"{HEAD}connections:\n{numbered('- x{n} => y{n}' + chr(10), 40_000)}"),
    spec("arrows-to-nobody", f"{PAIR}{numbered('- a -> bb{n}' + chr(10), 0)}", statuses=ANY),
    spec("lists-on-both-sides", f"{PAIR[:-9]}{{from: [{repeated('a, ')}], to: [{repeated('b, ')}]}}]\n"),
    spec("the-same-pair", f"{PAIR[:-9]}{repeated('a -> b, ')}a -> b]\n"),
    spec("formatted-arrow", f"{HEAD}connections: ['a{repeated(' ')}b -> c']\n", "fmt", "a.yaml", statuses=ANY),
    spec(
        "expanded-arrow",
        f"{HEAD}connections: ['a{repeated(' ')}b -> c']\n",
        *("fmt", "--expand", "--check", "a.yaml"),
        statuses=ANY,
    ),
]

_NAMES = numbered("  component-{n}: {{kind: server}}\n", 5_000)
NAMES = [
    spec("a-name-of-a-megabyte", f"{HEAD}components: {{{repeated('a')}: {{kind: server}}}}\n"),
    spec("kinds-that-are-none", f"{HEAD}components:\n{numbered('  c{n}: {{kind: serverr{n}}}' + chr(10), 30_000)}"),
    spec("a-kind-of-a-megabyte", f"{HEAD}components: {{a: {{kind: {repeated('server')}}}}}\n"),
    spec(
        "fields-that-are-none", f"{HEAD}components: {{a: {{kind: server, {numbered('replicass{n}: 1, ', 40_000)}}}}}\n"
    ),
    spec(
        "references-to-nobody",
        f"{HEAD}components:\n{_NAMES}connections:\n{numbered('- component-{n} -> componnent-{n}' + chr(10), 4_900)}",
    ),
    spec(
        "steps-that-call-nobody",
        f"{HEAD}components:\n{_NAMES}flows: {{f: {{from: component-1, steps: "
        f"[{numbered('{{call: componnent-{n}}}, ', 10_000)}]}}}}\n",
    ),
    spec(
        "tags-that-nobody-has",
        f"{HEAD}components:\n{_NAMES}views: {{v: {{include: [{repeated('tag:x, ', 60_000)}]}}}}\n",
    ),
    spec(
        "views-of-nobody",
        f"{HEAD}components:\n{_NAMES}views: {{v: {{include: [{numbered('componnent-{n}, ', 9_000)}]}}}}\n",
    ),
    spec(
        "faults-of-nobody",
        f"{HEAD}components:\n{_NAMES}scenarios: {{s: {{faults: [{numbered('{{fail: componnent-{n}}}, ', 9_000)}]}}}}\n",
    ),
    spec(
        "settings-of-nobody", f"{HEAD}components:\n{_NAMES}set: {{{numbered('componnent-{n}.replicas: 1, ', 9_000)}}}\n"
    ),
    spec(
        "settings-of-no-connection",
        f"{HEAD}connections: [{numbered('a{n} -> b, ', 8_000)}]\nset: {{{numbered('a{n} -> c.timeout: 1s, ', 8_000)}}}\n",
    ),
    spec("a-flow-that-is-none", f"{HEAD}components:\n{_NAMES}", "trace", "a.yaml", "f" * 100_000),
    spec("a-view-that-is-none", f"{HEAD}components:\n{_NAMES}", "render", "a.yaml", "--view", "v" * 100_000),
    spec("a-setting-of-nobody", f"{HEAD}components:\n{_NAMES}", "analyze", "a.yaml", "--set", f"{'c' * 100_000}.x=1"),
    spec("words-of-a-megabyte", f"{HEAD}lint: {repeated('strict')}\n"),
]

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
    spec("a-status-list", FLOW.replace("call: b", f"call: b, status: '{repeated('500 1% ')}'"), statuses=ANY),
]

_MANY_KEYS = numbered("k{n} = 1\n", 50_000)


def configured(name: str, text: str | bytes, *arguments: str, statuses: tuple[int, ...] = (WRONG,)) -> Input:
    """A spec with a configuration beside it."""
    data = text if isinstance(text, bytes) else text.encode()
    return Input(name, {"a.yaml": PAIR.encode(), "archspec.toml": data}, arguments or ("lint", "a.yaml"), statuses)


def themed(name: str, text: str) -> Input:
    """A spec and a theme."""
    return Input(name, {"a.yaml": PAIR.encode(), "t.toml": text.encode()}, ("render", "a.yaml", "--theme", "t.toml"))


def known(name: str, text: str | bytes) -> Input:
    """A spec and a baseline."""
    data = text if isinstance(text, bytes) else text.encode()
    return Input(name, {"a.yaml": PAIR.encode(), "b.json": data}, ("lint", "a.yaml", "--baseline", "b.json"))


def _entry(count: str) -> str:
    return f'{{"findings": [{{"spec": "a.yaml", "rule": "AVL01", "element": "b", "count": {count}}}]}}'


def curve(name: str, data: bytes, statuses: tuple[int, ...] = (WRONG,)) -> Input:
    """A spec whose load is a file."""
    text = f"{FLOW}scenarios: {{s: {{duration: 1s, load: {{f: {{shape: file, file: c.csv}}}}}}}}\n"
    files = {"a.yaml": text.encode(), "c.csv": data}
    return Input(name, files, ("simulate", "a.yaml", "--scenario", "s"), statuses)


FILES = [
    configured("toml-deep", f"x = {'[' * 400_000}"),
    configured("toml-deep-tables", f"x = {'{a=' * 200_000}"),
    configured("toml-long-key", f"{repeated('a.')}a = 1\n"),
    configured("toml-long-table", f"[{repeated('a.')}a]\n"),
    configured("toml-long-inline-key", f"x = {{{repeated('a.')}a = 1}}\n"),
    configured("toml-huge-integer", f"[lint.parameters]\nminimum-replicas = {'9' * 100_000}\n"),
    configured("toml-huge-hexadecimal", f"[lint.parameters]\nminimum-replicas = 0x{'f' * 100_000}\n"),
    configured("toml-infinite", "[lint.parameters]\nminimum-replicas = inf\n"),
    configured("toml-many-keys", f"[lint]\n{_MANY_KEYS}"),
    configured("toml-many-tables", numbered("[lint.t{n}]\n", 40_000)),
    configured("toml-no-utf-8", b"[lint]\nignore = ['\xff']\n"),
    configured("toml-too-large", b"#" * (2**20 + 1)),
    configured("toml-nul", b"\0" * 1000),
    configured(
        "toml-many-rules",
        "".join(f'[[lint.rules]]\ncode = "TEAM{n}"\ncheck = "true"\nmessage = "x"\n' for n in range(200)),
        statuses=ANY,
    ),
    configured(
        "toml-selectors", f"[lint]\nignore = [{repeated(chr(34) + 'AVL01' + chr(34) + ', ', 500_000)}]\n", statuses=ANY
    ),
    configured(
        "toml-unknown-selectors", f"[lint]\nignore = [{numbered(chr(34) + 'AVL{n}x' + chr(34) + ', ', 30_000)}]\n"
    ),
    configured("toml-patterns", "[lint.per-path-ignores]\n" + f'"{"*a" * 200}b" = ["AVL01"]\n', statuses=ANY),
    configured(
        "toml-cel-budget",
        "[[lint.rules]]\ncode = 'TEAM01'\nmessage = 'x'\ncheck = \""
        + "components.all(a, " * 12
        + "true"
        + ")" * 12
        + '"\n',
        statuses=ANY,
    ),
    configured(
        "toml-cel-deep",
        "[[lint.rules]]\ncode = 'TEAM01'\nmessage = 'x'\ncheck = \"" + "(" * 50_000 + "true" + ")" * 50_000 + '"\n',
    ),
    configured(
        "toml-cel-regex",
        "[[lint.rules]]\ncode = 'TEAM01'\nmessage = 'x'\ncheck = \"'" + "a" * 40 + "'.matches('(a+)+b')\"\n",
        statuses=ANY,
    ),
    configured(
        "toml-message-fields",
        "[[lint.rules]]\ncode = 'TEAM01'\nmessage = '{id.__class__} {0} {'\ncheck = 'false'\n",
        statuses=ANY,
    ),
    themed("theme-without-base", 'extends = "nothing"\n'),
    themed("theme-extends-a-list", "extends = [1]\n"),
    themed("theme-extends-a-table", "extends = {a = 1}\n"),
    themed("theme-huge-colour", f"text = 0x{'f' * 100_000}\n"),
    themed("theme-nested-colour", "text = {light = {light = 1}}\n"),
    themed("theme-family", "compute = {ground = [1]}\n"),
    themed("theme-name", "name = 1979-05-27\ntext = 1\n"),
    themed("theme-many-keys", _MANY_KEYS),
    known("baseline-infinite", _entry("1e999")),
    known("baseline-not-a-number", _entry("NaN")),
    known("baseline-negative", _entry("-1")),
    known("baseline-flag", _entry("true")),
    known("baseline-huge", _entry("9" * 5000)),
    known("baseline-deep", "[" * 400_000),
    known("baseline-list", "[]"),
    known("baseline-null", "null"),
    known("baseline-no-utf-8", b"\xff\xfe\xfa"),
    known("baseline-empty", ""),
    known("baseline-findings-text", '{"findings": "abc"}'),
    known("baseline-keys-lists", '{"findings": [{"spec": [], "rule": {}, "element": 1, "count": "x"}]}'),
    curve("curve-no-utf-8", b"\xff\xfe\n1,2\n"),
    curve("curve-empty", b""),
    curve("curve-words", b"a,b\nc,d\n"),
    curve("curve-infinite", b"0,inf\n"),
    curve("curve-not-a-number", b"0,nan\n"),
    curve("curve-falling", b"1,1\n0,1\n"),
    curve("curve-of-a-megabyte", "".join(f"{n},1\n" for n in range(120_000)).encode(), ANY),
    curve("curve-one-line", b"1," * 500_000),
    curve("curve-steep", b"0,999999999\n"),
    Input("include-itself", {"a.yaml": f"include: a.yaml\n{HEAD}".encode()}, ("lint", "a.yaml")),
    Input("include-a-folder", {"a.yaml": f"include: .\n{HEAD}".encode()}, ("lint", "a.yaml")),
    Input(
        "include-a-link-out",
        {"a.yaml": f"include: b.yaml\n{HEAD}".encode()},
        ("lint", "a.yaml"),
        links={"b.yaml": "/etc/passwd"},
    ),
    Input(
        "include-a-device",
        {"a.yaml": f"include: b.yaml\n{HEAD}".encode()},
        ("lint", "a.yaml"),
        links={"b.yaml": "/dev/zero"},
    ),
    Input(
        "include-a-ring-of-links",
        {"a.yaml": f"include: b.yaml\n{HEAD}".encode()},
        ("lint", "a.yaml"),
        links={"b.yaml": "c.yaml", "c.yaml": "b.yaml"},
    ),
    Input("include-a-name-too-long", {"a.yaml": f"include: {'b' * 5000}\n{HEAD}".encode()}, ("lint", "a.yaml")),
    Input("include-a-nul", {"a.yaml": f'include: "a\\0b"\n{HEAD}'.encode()}, ("lint", "a.yaml")),
    Input(
        "include-many", {"a.yaml": f"include: [{numbered('b{n}.yaml, ', 60_000)}]\n{HEAD}".encode()}, ("lint", "a.yaml")
    ),
    Input(
        "include-the-same",
        {"a.yaml": f"include: [{repeated('b.yaml, ')}]\n{HEAD}".encode(), "b.yaml": b"groups: {}\n"},
        ("lint", "a.yaml"),
        ANY,
    ),
    Input(
        "include-a-chain",
        {
            "a.yaml": f"include: b0.yaml\n{HEAD}".encode(),
            **{f"b{n}.yaml": f"include: b{n + 1}.yaml\n".encode() for n in range(600)},
        },
        ("lint", "a.yaml"),
    ),
    Input("spec-is-a-device", {}, ("lint", "/dev/zero")),
    Input("spec-is-a-folder", {"d/x": b""}, ("trace", "d")),
    Input("spec-is-missing", {}, ("trace", "no.yaml")),
    Input("spec-has-a-long-name", {}, ("trace", "n" * 5000)),
    Input("output-is-full", {"a.yaml": FLOW.encode()}, ("render", "a.yaml", "-f", "svg", "-o", "/dev/full")),
    Input("output-is-a-folder", {"a.yaml": FLOW.encode(), "d/x": b""}, ("analyze", "a.yaml", "-o", "d")),
    Input("output-below-a-file", {"a.yaml": FLOW.encode()}, ("build", "a.yaml", "-o", "a.yaml/out")),
    Input("output-has-a-long-name", {"a.yaml": FLOW.encode()}, ("trace", "a.yaml", "-o", "n" * 300)),
]

INPUTS = [*YAML, *CONNECTIONS, *NAMES, *SIZES, *NUMBERS, *FILES]
