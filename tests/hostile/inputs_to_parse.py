"""Inputs that the reader of YAML, arrows and names has to get through."""

# ruff: noqa: E501 - a line is an input

from tests.hostile.an_input import ANY, FLOW, HEAD, MEGABYTE, PAIR, numbered, repeated, spec

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
