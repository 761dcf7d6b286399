"""A text that was meant to be filled in.

## What it checks

A text value that is, or contains as a word in capitals, `TODO`, `TBD`, `FIXME` or `XXX`, or that is
`changeme` or begins with `lorem ipsum`. Ids and ordinary words (a "Todo service") do not count.

## Why

A spec is read by people who were not there when it was written. A placeholder looks like an answer in a
picture and is none.

## Bad

```yaml
archspec: 1
name: Not written yet
components:
  app: {kind: client}
  api: {kind: server, description: TODO}
connections:
  - app -> api
```

## Good

```yaml
archspec: 1
name: Written
components:
  app: {kind: client}
  api: {kind: server, description: Answers what the app asks.}
connections:
  - app -> api
```

## When to ignore it

In a draft that nobody else reads yet.

## Source

[MITRE, CWE-546: suspicious comment](https://cwe.mitre.org/data/definitions/546.html)
"""

import re
from collections.abc import Iterator

from archspec.model import Path
from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.validators.facts.texts import texts

_WORD = re.compile(r"\b(TODO|TBD|FIXME|XXX)\b")
_WHOLE = re.compile(r"todo|tbd|fixme|xxx|changeme|change me|lorem ipsum.*", re.IGNORECASE | re.DOTALL)


def check(context: Context) -> Iterator[Found]:
    """Every text of the spec."""
    for path, text in context.once(texts):
        match = _WORD.search(text) or _WHOLE.fullmatch(text.strip())
        if match:
            yield Found(
                path,
                f"{_what(path)} still says {match[0].strip().split()[0]}",
                "fill it in or delete the line.",
                element=str(path[1]) if len(path) > 1 else str(path[0]),
            )


def _what(path: Path) -> str:
    field = next((str(part) for part in reversed(path) if isinstance(part, str)), "the text")
    return f"{field} of `{path[1]}`" if len(path) > 2 else f"the spec's {field}"


RULE = Rule(
    code="STR09",
    name="placeholder-value",
    theme="structure",
    severity=Severity.WARNING,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)
