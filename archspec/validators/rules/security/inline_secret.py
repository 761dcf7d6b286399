"""A secret in the spec.

## What it checks

A text anywhere in the spec with the shape of a key (AWS, GitHub, GitLab, Stripe, Slack, Google, a PEM header)
or of an address with a password (`scheme://user:password@`). Variables (`${VAR}`), references to a vault and
the mere word password are not meant. The message masks what was found.

## Why

A spec is read by many, copied into wikis, rendered into pictures and kept for ever in a repository's history.
A secret in it is public.

## Bad

```yaml
archspec: 1
name: Written down
components:
  api: {kind: server, links: {admin: "https://root:hunter22@admin.example.com/"}}
  db: {kind: database}
connections:
  - api -> db
```

## Good

```yaml
archspec: 1
name: Named only
components:
  api: {kind: server, links: {admin: "https://admin.example.com/"}}
  db: {kind: database}
connections:
  - api -> db
```

## When to ignore it

An example value that never was a key. Better write one that has not its shape.

## Source

[OWASP: secrets management cheat
sheet](https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html)
"""

import re
from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity
from archspec.validators.facts.texts import texts

_SHAPES = (
    ("AKIA****", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("ghp_****", r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
    ("github_pat_****", r"\bgithub_pat_[A-Za-z0-9_]{22,}\b"),
    ("glpat-****", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("sk_live_****", r"\b[sr]k_live_[A-Za-z0-9]{16,}\b"),
    ("xox?-****", r"\bxox[abposr]-[A-Za-z0-9-]{10,}"),
    ("AIza****", r"\bAIza[0-9A-Za-z_-]{35}\b"),
    ("-----BEGIN … PRIVATE KEY-----", r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    ("scheme://user:****@", r"\b[a-z][a-z0-9+.-]*://[^\s/:@]+:(?![$<{*]|%24|xxx)[^\s/@]+@"),
)
_HINT = re.compile(r"AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|_live_|xox|AIza|-----BEGIN|://[^\s/]*@")


def check(context: Context) -> Iterator[Found]:
    """Every text of the spec by the shapes of known keys."""
    for path, text in context.once(texts):
        if _HINT.search(text):
            shape = next((name for name, pattern in _SHAPES if re.search(pattern, text)), None)
            if shape:
                yield Found(
                    path,
                    f"a secret of the form {shape} is written here",
                    "revoke it and name a variable instead.",
                )


RULE = Rule(
    code="SEC05",
    name="inline-secret",
    theme="security",
    severity=Severity.ERROR,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)
