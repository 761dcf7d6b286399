"""How a spec says how many replicas a component has."""

from archspec.model import Running


def count_field(component: Running, count: int) -> str:
    """What to write for so many replicas at the start: `scaling.min` where the scaler decides, else `replicas`."""
    scaling = component.scaling
    decides = scaling is not None and scaling.minimum is not None and not component.said("replicas")
    return f"`scaling: {{min: {count}}}`" if decides else f"`replicas: {count}`"
