"""Times of the model as laws of a Program."""

from archspec.model import Time
from archspec.simulation import program


def law_of(time: Time) -> program.Law:
    """A time as the engine has it."""
    typical = round(time.median)
    return program.Distribution(time.family.value, time.parameters, typical) if time.is_random else typical
