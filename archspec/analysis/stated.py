"""What a spec states of steps and components, as the analysis reckons with it."""

from archspec.analysis.law import NANOSECOND
from archspec.model import Component, Running, Step, Time


def hit_ratio(step: Step, cache: Component) -> float:
    """The share of this call's requests that the cache answers by itself: the step's, the cache's, else all."""
    ratio = step.hit or getattr(cache, "hit", None)
    return 1.0 if ratio is None else float(ratio)


def seconds(time: Time | None) -> float:
    """The average in seconds; 0 where nothing is said."""
    return 0.0 if time is None else time.mean * NANOSECOND


def is_sized(component: Component) -> bool:
    """Whether the spec states how much it can do at once: `cores` or `slots`."""
    return isinstance(component, Running) and component.said("cores", "slots")
