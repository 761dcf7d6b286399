"""Property tests: the same examples at each run, so that a change is judged and not luck; new ones, and more, at night.

`pytest -m nightly` runs every property test with examples that nobody has seen.
"""

from hypothesis import HealthCheck, settings

AT_NIGHT = 10
"""How many times as many examples."""

settings.register_profile(
    "seeded", derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile("nightly", settings.get_profile("seeded"), derandomize=False, print_blob=True)


def examples(count: int) -> settings:
    """What a property test is tried with: so many examples by day."""
    return settings(max_examples=count if settings.default.derandomize else AT_NIGHT * count)
