"""The page's script: the viewer as it was built from `viewer/`."""

from archspec.renderers.assets import asset


def script() -> str:
    """JavaScript fit to stand inside an element: it holds no end tag."""
    return asset("viewer.js").decode().replace("</script", "<\\/script")
