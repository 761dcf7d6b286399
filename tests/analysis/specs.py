"""Small specs for the tests of this folder."""

from archspec.language import load_text
from archspec.model import Architecture


def spec(
    components: str, steps: str = "", *, connections: str = "[]", groups: str = "{}", flow: str = ""
) -> Architecture:
    """A spec with one flow `f` from `app`; the parts are written as YAML flow style."""
    flows = f"{{f: {{from: app, {flow}steps: [{steps}]}}}}" if steps else "{}"
    return load_text(
        f"{{archspec: 1, name: Test, groups: {groups}, components: {{app: {{kind: client}}, {components}}},"
        f" connections: {connections}, flows: {flows}}}"
    )
