"""Inputs beside a spec: configurations, themes, baselines, curves, traces and files to import."""

from tests.hostile.an_input import ANY, FLOW, HEAD, PAIR, WRONG, Input, numbered, repeated

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
