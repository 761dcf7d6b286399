"""HTML: one view as a page of its own, to explore, to play and to break."""

from archspec import __version__
from archspec.model import Architecture, View
from archspec.renderers import FromArchitecture, Options, Output, Renderer


def _html(architecture: Architecture, view: View, options: Options) -> Output:
    from archspec.renderers import build_scene, draw, draw_matrix, matrix_of, place
    from archspec.renderers.scenes.both_ways import both_ways

    scene = build_scene(architecture, view)
    matrix = matrix_of(architecture, view, scene)
    if matrix:
        drawing = draw_matrix(matrix, options.theme, options.fit, with_font=False)
        return Output(_page(architecture, view, drawing).encode(), matrix.scene.notes)
    drawing = draw(place(both_ways(scene), options.fit), options.theme, with_font=False)
    return Output(_page(architecture, view, drawing).encode(), scene.notes)


def _page(architecture: Architecture, view: View, drawing: str) -> str:
    from archspec.analysis import Availability, Capacity
    from archspec.simulation.trace import Tracer
    from archspec.webpage import PageContent, Picture, known
    from archspec.webpage.document import page
    from archspec.webpage.gathering.breakable import parts
    from archspec.webpage.gathering.components import component_contents, group_contents
    from archspec.webpage.gathering.connections import connection_contents
    from archspec.webpage.gathering.flows import flow_contents
    from archspec.webpage.gathering.walks import walks

    availability = Availability(architecture)
    about = known(availability, Capacity(architecture))
    tracers = [Tracer(architecture, flow) for flow in architecture.flows]
    return page(
        PageContent(
            name=architecture.name,
            description=architecture.description or "",
            owner=architecture.owner or "",
            spec="",
            version=__version__,
            summary=(),
            pictures=(Picture(view.id, view.title, view.description or "", drawing),),
            flows=flow_contents(tracers),
            findings=(),
            rules=(),
            components=component_contents(architecture, about),
            connections=connection_contents(architecture, about),
            groups=group_contents(architecture, about),
            parts=parts(architecture),
            walks=walks(availability.structures, parts(architecture), tracers),
            is_judged=False,
        )
    )


RENDERER = Renderer(
    "html",
    (".html", ".htm"),
    "text/html",
    "one view as a page to explore, with every flow to play and every part to break",
    FromArchitecture(_html),
)
