"""C4-PlantUML, from the library that PlantUML carries: nothing is fetched."""

from archspec.renderers import FromScene, Options, Output, Renderer, Scene, toward_cards
from archspec.renderers.c4 import lines
from archspec.renderers.formats.plantuml import text


def _plantuml_c4(scene: Scene, options: Options) -> Output:
    across = "left to right direction" if scene.direction.is_horizontal else "top to bottom direction"
    head = ["@startuml", "!include <C4/C4_Container>", across, f"title {text(scene.title) or ' '}"]
    body = lines(scene, lambda words: f'"{text(words)}"')
    notes = ("plantuml-c4 shows no icons, no stacks of replicas and no styles of lines.",)
    return Output(("\n".join([*head, *body, "@enduml"]) + "\n").encode(), (*notes, *toward_cards(scene, "plantuml-c4")))


RENDERER = Renderer(
    "plantuml-c4", (".c4.puml",), "text/x-plantuml", "a C4 container diagram for PlantUML", FromScene(_plantuml_c4)
)
