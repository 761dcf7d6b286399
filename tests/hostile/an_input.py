"""What an input that others could send is, and what inputs are made of."""

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
