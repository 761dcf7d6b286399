"""Our own pictograms, one per shape: strokes on a field of 24 by 24, drawn in the shape's colour."""

from typing import assert_never

from archspec.model import Shape


def glyph(shape: Shape) -> str:
    """SVG path data, to be stroked with 1.6 px and round caps.

    >>> all(glyph(shape).startswith("M") for shape in Shape)
    True
    """
    match shape:
        case Shape.PERSON:
            return "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4.5 20.5c0-4 3.3-6.5 7.5-6.5s7.5 2.5 7.5 6.5z"
        case Shape.DEVICE:
            return "M4 5.5h16v10.5h-16zM9 20h6M12 16v4"
        case Shape.EDGE_NETWORK:
            return "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M3.5 12h17M12 3.5c5 5 5 12 0 17c-5-5-5-12 0-17"
        case Shape.BALANCER:
            return (
                "M3 12h6M9 12l6-6.5h5.5M9 12h11.5M9 12l6 6.5h5.5"
                "M18 3l2.5 2.5l-2.5 2.5M18 9.5l2.5 2.5l-2.5 2.5M18 16l2.5 2.5l-2.5 2.5"
            )
        case Shape.SERVER:
            return "M4 4h16v7h-16zM4 13h16v7h-16zM7.5 7.5h.01M7.5 16.5h.01M11 7.5h5.5M11 16.5h5.5"
        case Shape.WORKER:
            return (
                "M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0M12 3v3.5M12 17.5v3.5M3 12h3.5M17.5 12h3.5"
                "M5.6 5.6l2.5 2.5M15.9 15.9l2.5 2.5M18.4 5.6l-2.5 2.5M8.1 15.9l-2.5 2.5"
            )
        case Shape.FUNCTION:
            return "M5.5 3.5h3.5l8 17h2.5M11.5 9.5l-6 11"
        case Shape.STORE:
            return "M4.5 6a7.5 2.8 0 1 0 15 0a7.5 2.8 0 1 0-15 0v12a7.5 2.8 0 0 0 15 0v-12M4.5 12a7.5 2.8 0 0 0 15 0"
        case Shape.CACHE:
            return "M13 3l-8 10.5h6l-1 7.5l8.5-11h-6z"
        case Shape.QUEUE:
            return "M3 7h18v10h-18M8 7v10M13 7v10M18 7v10"
        case Shape.CLOUD:
            return "M7 18.5a4.3 4.3 0 0 1-.5-8.6a5.7 5.7 0 0 1 11-.9a4.8 4.8 0 0 1-.5 9.5z"
        case Shape.OBSERVER:
            return "M3 20.5h18M3 3.5v17M6.5 15l4-5l3.5 3l5.5-7"
        case Shape.CHANNEL:
            return "M5.5 16.5c1.5-1.5 1.5-3 1.5-6a5 5 0 0 1 10 0c0 3 0 4.5 1.5 6zM10 19.5a2.1 2.1 0 0 0 4 0"
        case Shape.DELIVERY:
            return "M12 3l8.5 4.5v9l-8.5 4.5l-8.5-4.5v-9zM3.5 7.5l8.5 4.5l8.5-4.5M12 12v9"
        case _:
            assert_never(shape)
