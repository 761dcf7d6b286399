"""Judging a spec by its traces: the rules of drift, with what they look at."""

from archspec.conformance.comparison import Comparison
from archspec.conformance.settings import TraceSettings
from archspec.model import Architecture
from archspec.observation import Observation
from archspec.validators import Config, Context, Outcome, RuleSet, judge_apart


def drift(
    architecture: Architecture,
    observation: Observation,
    settings: TraceSettings | None = None,
    config: Config | None = None,
    file: str = "",
) -> Outcome:
    """What the traces contradict in a spec; `file` is the spec's name in the outcome.

    Raises:
        UsageError: the configuration selects what does not exist.

    """
    comparison = Comparison(architecture, observation, settings or TraceSettings())
    return judge_apart(RuleSet.TRACES, architecture, comparison, config, file)


def compared(context: Context) -> Comparison:
    """The comparison that a rule of drift looks at."""
    found: Comparison = context.analyses[Comparison]
    return found
