"""An object store that keeps no old versions.

## What it checks

`versioned: false` stated on an object store; in the strict set also a missing `versioned`.

## Why

An overwritten or deleted object is gone at once on all disks. Versions make that a matter of minutes.

## Bad

```yaml
archspec: 1
name: Overwritten is gone
components:
  api: {kind: server}
  files: {kind: object_store, versioned: false}
connections:
  - api -> files
```

## Good

```yaml
archspec: 1
name: Overwritten is old
components:
  api: {kind: server}
  files: {kind: object_store, versioned: true}
connections:
  - api -> files
```

## When to ignore it

Files that can be made again from others, such as thumbnails.

## Source

[AWS: using versioning in S3 buckets](https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html)
"""

from collections.abc import Iterator

from archspec.validators import Context, Found, Rule, RuleSet, Severity


def check(context: Context) -> Iterator[Found]:
    """Object stores by what they say of versions."""
    for store in context.architecture.of_kind("object_store"):
        versioned = getattr(store, "versioned", None)
        if versioned is False or (versioned is None and context.strict):
            what = "keeps no old versions" if versioned is False else "does not say whether it keeps old versions"
            yield Found(
                ("components", store.id, "versioned"),
                f"`{store.id}` {what}: what is overwritten or deleted by mistake is gone",
                "set `versioned: true`.",
            )


RULE = Rule(
    code="DAT08",
    name="unversioned",
    theme="data",
    severity=Severity.INFO,
    in_set=RuleSet.DEFAULT,
    page=__doc__,
    check=check,
)
