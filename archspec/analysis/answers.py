"""How often a call ends in a failure or a 4xx by what its target answers, tries included."""

from dataclasses import dataclass

from archspec.model.status import Answers

RETRIED = frozenset({429, 502, 503, 504})
"""Statuses that a caller tries again (engine, section 6)."""


@dataclass(frozen=True, slots=True)
class Odds:
    """Shares of calls, all tries done."""

    failed: float
    """Ends in 429 or in 500 and above."""
    ended: float
    """Ends in another 4xx: an answer, after which the request asks for nothing more."""


def odds(answers: Answers | None, tries: int) -> Odds:
    """The outcome of a call whose target answers like this, drawn anew for each try.

    With r the share that is tried again, 1 + r + … + r^(tries-1) tries are made on average, and each ends the
    call with its final share; r^tries fail by having run out of tries.

    >>> from archspec.model.status import Answers
    >>> outcome = odds(Answers.read({503: "10%", 404: "2%"}), tries=2)
    >>> round(outcome.failed, 6), round(outcome.ended, 6)
    (0.01, 0.022)

    """
    if answers is None:
        return Odds(0.0, 0.0)
    shares = {status: float(share) for status, share in answers.shares}
    retried = sum(share for status, share in shares.items() if status in RETRIED)
    final = sum(share for status, share in shares.items() if status >= 500 and status not in RETRIED)
    ended = sum(share for status, share in shares.items() if 400 <= status < 500 and status != 429)
    tried = (1 - retried**tries) / (1 - retried) if retried < 1 else float(tries)
    return Odds(final * tried + retried**tries, ended * tried)
