"""Pictures of an architecture: scenes, their layout, and the formats that write them.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.renderers.card import BESIDE_TEXT, STACK, TEXT_NARROW, Card, Room, detail_of
from archspec.renderers.charts.marks import Axis, Bar, Bin, Cell, Chart, Dot, Limit, Line, Map, Plot, Row, Rows, Span
from archspec.renderers.charts.scale import Scale, fitting, linear
from archspec.renderers.charts.tone import Tone, style_sheet
from archspec.renderers.charts.unit import Unit
from archspec.renderers.drawing import matrix_of, render, sequence_of
from archspec.renderers.fit import DOCS, SCREEN, Fit, find_fit
from archspec.renderers.geometry import Box, Curve, Point
from archspec.renderers.html.figure import figures
from archspec.renderers.html.prose import code, inline, prose
from archspec.renderers.html.report import report_page, report_table
from archspec.renderers.html.tags import Child, Html, join, tag
from archspec.renderers.icons import Icon, shape_icon, technology_icon
from archspec.renderers.layout.frame import Extent, Frame
from archspec.renderers.layout.kept import Kept
from archspec.renderers.layout.place import place
from archspec.renderers.layout.plan import Plan
from archspec.renderers.layout.positions import Positions
from archspec.renderers.markup import Attribute, element, escape, number
from archspec.renderers.matrix import Matrix
from archspec.renderers.nesting import boundary_paths, dotted_paths, numbered, toward_cards
from archspec.renderers.overlay import Layer
from archspec.renderers.placed import LegendEntry, PlacedBoundary, PlacedEdge, PlacedNode, PlacedScene, Plate
from archspec.renderers.registry import renderer_for, renderers
from archspec.renderers.renderer import FromArchitecture, FromPlacedScene, FromScene, Options, Output, Renderer
from archspec.renderers.scene import (
    Boundary,
    BoundaryKind,
    Direction,
    EdgeStyle,
    Key,
    Link,
    Mark,
    Reading,
    Scene,
    SceneEdge,
    SceneNode,
    Tint,
)
from archspec.renderers.scene_builder import build_scene
from archspec.renderers.scenes.default_views import find_view, views
from archspec.renderers.sequence import Message, MessageStyle, Participant, Sequence
from archspec.renderers.svg.diagram import draw
from archspec.renderers.svg.paint import Palette, font_attributes, font_faces
from archspec.renderers.svg.sequence import draw_sequence
from archspec.renderers.svg.table import draw_matrix
from archspec.renderers.text import (
    FAMILY,
    Style,
    TextBlock,
    Weight,
    clean,
    clean_text,
    shorten,
    widest_word,
    width,
    wrap,
)
from archspec.renderers.theme import DEFAULT, Colour, Theme

__all__ = [
    "BESIDE_TEXT",
    "DEFAULT",
    "DOCS",
    "FAMILY",
    "SCREEN",
    "STACK",
    "TEXT_NARROW",
    "Attribute",
    "Axis",
    "Bar",
    "Bin",
    "Boundary",
    "BoundaryKind",
    "Box",
    "Card",
    "Cell",
    "Chart",
    "Child",
    "Colour",
    "Curve",
    "Direction",
    "Dot",
    "EdgeStyle",
    "Extent",
    "Fit",
    "Frame",
    "FromArchitecture",
    "FromPlacedScene",
    "FromScene",
    "Html",
    "Icon",
    "Kept",
    "Key",
    "Layer",
    "LegendEntry",
    "Limit",
    "Line",
    "Link",
    "Map",
    "Mark",
    "Matrix",
    "Message",
    "MessageStyle",
    "Options",
    "Output",
    "Palette",
    "Participant",
    "PlacedBoundary",
    "PlacedEdge",
    "PlacedNode",
    "PlacedScene",
    "Plan",
    "Plate",
    "Plot",
    "Point",
    "Positions",
    "Reading",
    "Renderer",
    "Room",
    "Row",
    "Rows",
    "Scale",
    "Scene",
    "SceneEdge",
    "SceneNode",
    "Sequence",
    "Span",
    "Style",
    "TextBlock",
    "Theme",
    "Tint",
    "Tone",
    "Unit",
    "Weight",
    "boundary_paths",
    "build_scene",
    "clean",
    "clean_text",
    "code",
    "detail_of",
    "dotted_paths",
    "draw",
    "draw_matrix",
    "draw_sequence",
    "element",
    "escape",
    "figures",
    "find_fit",
    "find_view",
    "fitting",
    "font_attributes",
    "font_faces",
    "inline",
    "join",
    "linear",
    "matrix_of",
    "number",
    "numbered",
    "place",
    "prose",
    "render",
    "renderer_for",
    "renderers",
    "report_page",
    "report_table",
    "sequence_of",
    "shape_icon",
    "shorten",
    "style_sheet",
    "tag",
    "technology_icon",
    "toward_cards",
    "views",
    "widest_word",
    "width",
    "wrap",
]
PLACES: dict[str, str]
