"""Pictures of an architecture: scenes, their layout, and the formats that write them."""

from archspec.names import by_need

PLACES = {
    "card": "BESIDE_TEXT Card Room STACK TEXT_NARROW detail_of",
    "charts.marks": "Axis Bar Bin Cell Chart Dot Limit Line Map Plot Row Rows Span",
    "charts.scale": "Scale fitting linear",
    "charts.tone": "Tone style_sheet",
    "charts.unit": "Unit",
    "drawing": "matrix_of render sequence_of",
    "fit": "DOCS Fit SCREEN find_fit",
    "geometry": "Box Curve Point",
    "html.figure": "figures",
    "html.prose": "code inline prose",
    "html.report": "report_page report_table",
    "html.tags": "Child Html join tag",
    "icons": "Icon shape_icon technology_icon",
    "layout.frame": "Extent Frame",
    "layout.kept": "Kept",
    "layout.place": "place",
    "layout.plan": "Plan",
    "layout.positions": "Positions",
    "markup": "Attribute element escape number",
    "matrix": "Matrix",
    "nesting": "boundary_paths dotted_paths numbered toward_cards",
    "overlay": "Layer",
    "placed": "LegendEntry PlacedBoundary PlacedEdge PlacedNode PlacedScene Plate",
    "registry": "renderer_for renderers",
    "renderer": "FromArchitecture FromPlacedScene FromScene Options Output Renderer",
    "scene": "Boundary BoundaryKind Direction EdgeStyle Key Link Mark Reading Scene SceneEdge SceneNode Tint",
    "scene_builder": "build_scene",
    "scenes.default_views": "find_view views",
    "sequence": "Message MessageStyle Participant Sequence",
    "svg.diagram": "draw",
    "svg.paint": "Palette font_attributes font_faces",
    "svg.sequence": "draw_sequence",
    "svg.table": "draw_matrix",
    "text": "FAMILY Style TextBlock Weight clean clean_text shorten widest_word width wrap",
    "theme": "Colour DEFAULT Theme",
}

__getattr__ = by_need(__name__, PLACES)
