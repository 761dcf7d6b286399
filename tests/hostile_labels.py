"""A spec whose every text is an attack on some format."""

from archspec.language import load_text
from archspec.model import Architecture

TEXTS = [
    "<script>alert(1)</script>",
    "]]>",
    "\"quoted\" & 'single'",
    "line\nbreak\ttab",
    "\u202eright to left\u2066",
    "a" * 300,
    "{{ braces }} ${var} %s `tick`",
    "\\N \\L \\l | { } < >",
    "子供 👩‍👩‍👧 é́́́",
    "--> ->> ; }",
    "'; drop",
    "@enduml",
    "!include /etc/passwd",
    "|md # x |",
    "a\\",
    "#{x} $x ${x}",
    "end note",
    "/* c */ // x # y",
    "[[http://example.org]]",
    "<$sprite> **bold** __u__ ~~s~~",
    "100%",
    "--",
    "* - 1. |",
]


def hostile() -> Architecture:
    """Twenty-three components in two nested groups, joined in a row."""
    import json

    kinds = ["server", "database", "client", "queue", "person", "external", "load_balancer"]
    components = {
        f"c{number}": {
            "kind": kinds[number % len(kinds)],
            "label": text,
            "description": text,
            "technology": text,
            **({"group": "outer" if number % 2 else "inner"} if number < 12 else {}),
        }
        for number, text in enumerate(TEXTS)
    }
    spec = {
        "archspec": 1,
        "name": " ".join(TEXTS)[:900],
        "groups": {
            "outer": {"kind": "network", "label": TEXTS[0]},
            "inner": {"kind": "zone", "within": "outer", "label": TEXTS[2]},
        },
        "components": components,
        "connections": [{"from": f"c{n}", "to": f"c{n + 1}", "label": text} for n, text in enumerate(TEXTS[:-1])],
        "views": {"all": {"title": TEXTS[1], "include": list(components)}},
    }
    return load_text(json.dumps(spec, ensure_ascii=False))
