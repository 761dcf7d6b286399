"""What a team forbids a change to do."""

from collections.abc import Sequence
from enum import StrEnum

from archspec.errors import UsageError
from archspec.language import did_you_mean, listed


class Policy(StrEnum):
    """What may not happen."""

    NEVER = "never"
    CHANGE = "change"
    WORSE = "worse"
    FINDING = "finding"
    SINGLE_POINT = "single-point"
    OBJECTIVE = "objective"

    @property
    def sentence(self) -> str:
        """What has happened where a change breaks it."""
        return _SENTENCES[self]


_SENTENCES = {
    Policy.NEVER: "nothing fails.",
    Policy.CHANGE: "something changed.",
    Policy.WORSE: "a figure gets worse, or an error or warning is new.",
    Policy.FINDING: "an error is new.",
    Policy.SINGLE_POINT: "a single point of failure is new.",
    Policy.OBJECTIVE: "an objective is missed that was not known to be.",
}


def policies(given: Sequence[str]) -> tuple[Policy, ...]:
    """The policies of `--fail-on`, each named alone or several by commas.

    Raises:
        UsageError: there is no such policy.

    """
    known = [policy.value for policy in Policy]
    words = [word.strip() for text in given for word in text.split(",") if word.strip()]
    for word in words:
        if word not in known:
            remedy = did_you_mean(word, known, f"write one of {listed(known)}.")
            raise UsageError(f"--fail-on {word} is not a policy; {remedy}")
    return tuple(dict.fromkeys(Policy(word) for word in words))
