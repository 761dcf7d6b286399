"""Markdown: a section for docs with the picture (as Mermaid, which GitHub and GitLab draw), parts and flows."""

from collections.abc import Iterator

from archspec.model import Architecture, Component, Flow, Running, Step, View
from archspec.renderers import FromArchitecture, Options, Output, Renderer, clean

_SPECIAL = "\\`*_{}[]<>#|~&$"


def text(words: str) -> str:
    r"""The words on one line with every character that Markdown or HTML gives a meaning escaped.

    >>> print(text("<b>*a* | b"))
    \<b\>\*a\* \| b
    """
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in clean(words))


def code(words: str) -> str:
    """The words as a code span, fenced by more backticks than they hold; `|` would end a table's cell."""
    plain = clean(words).replace("|", "¦")
    fence = "`"
    while fence in plain:
        fence += "`"
    padding = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{padding}{plain}{padding}{fence}"


def _markdown(architecture: Architecture, view: View, options: Options) -> Output:
    from archspec.renderers import FromScene, build_scene
    from archspec.renderers.formats.mermaid import RENDERER as MERMAID

    scene = build_scene(architecture, view)
    assert isinstance(MERMAID.source, FromScene)
    picture = MERMAID.source.run(scene, options).data.decode()
    shown = [architecture.components[node.id] for node in scene.nodes if node.id in architecture.components]
    lines = [f"## {text(view.title)}", ""]
    about = view.description or architecture.description
    lines += [text(about), ""] if about else []
    lines += ["```mermaid", picture.rstrip("\n"), "```", "", *_components(architecture, shown)]
    ids = {component.id for component in shown}
    flows = [flow for flow in architecture.flows.values() if flow.from_ in ids]
    for flow in flows:
        lines += ["", f"### {text(flow.title)}", "", *_flow(flow)]
    return Output(("\n".join(lines) + "\n").encode(), scene.notes)


def _components(architecture: Architecture, components: list[Component]) -> Iterator[str]:
    yield "| component | kind | technology | replicas | owner | what for |"
    yield "| --- | --- | --- | ---: | --- | --- |"
    for component in components:
        replicas = str(component.instances) if isinstance(component, Running) else ""
        cells = (component.title, component.kind_of.title, component.technology or "", replicas)
        more = (architecture.owner_of(component) or "", component.description or "")
        yield f"| {' | '.join(text(cell) for cell in (*cells, *more))} |"


def _flow(flow: Flow) -> Iterator[str]:
    if flow.description:
        yield text(flow.description)
        yield ""
    facts = [code(flow.request)] if flow.request else []
    facts += [flow.comes] if flow.comes else []
    if flow.objective:
        facts += [f"{flow.objective.success} succeed"] if flow.objective.success else []
        facts += [f"{name} within {limit}" for name, limit in flow.objective.percentiles.items()]
    if facts:
        yield " · ".join(facts)
        yield ""
    yield f"1. {code(flow.from_)} asks"
    yield from _steps(flow.steps, 1)


def _steps(steps: tuple[Step, ...], depth: int) -> Iterator[str]:
    indent = "   " * depth
    for step in steps:
        what = f": {text(step.does)}" if step.does else ""
        marks = [word for word, said in (("optional", step.optional), ("not waited for", not step.wait)) if said]
        note = f" ({', '.join(marks)})" if marks else ""
        if step.call:
            yield f"{indent}- {' or '.join(code(id_) for id_ in step.call)}{what}{note}"
            yield from _steps(step.steps, depth + 1)
            yield from _branch("on a miss", step.on_miss, depth + 1)
            yield from _branch("if that fails", step.fallback, depth + 1)
        elif step.parallel:
            yield from _branch("at once", step.parallel, depth)
        elif step.flow:
            yield f"{indent}- as in {code(step.flow)}{what}{note}"
        else:
            yield f"{indent}- works{what}{note}"


def _branch(name: str, steps: tuple[Step, ...], depth: int) -> Iterator[str]:
    if steps:
        yield f"{'   ' * depth}- {name}:"
        yield from _steps(steps, depth + 1)


RENDERER = Renderer(
    "markdown", (".md",), "text/markdown", "a section for docs: picture, parts, flows", FromArchitecture(_markdown)
)
