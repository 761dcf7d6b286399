"""How a request ends, in words."""

from http import HTTPStatus

from archspec.model import Duration
from archspec.simulation import Trace, Verdict
from archspec.values import duration
from archspec.webpage import Tone


def answer_of(trace: Trace) -> str:
    """What the user gets."""
    if trace.status is None:
        return f"no answer: {(trace.cause or 'silence').replace('_', ' ')}"
    answer = f"{trace.status} {_phrase(trace.status)}".strip()
    return f"{answer}, degraded" if trace.degraded and trace.succeeded else answer


def tone_of(trace: Trace) -> Tone:
    """Good where the request succeeded whole, a warning where it did in part."""
    if not trace.succeeded:
        return Tone.BAD
    return Tone.WARNING if trace.degraded else Tone.GOOD


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def lasted(trace: Trace) -> str:
    """Until the answer, or until all is over; empty where nothing says how long any of it takes."""
    return duration(trace.response_ns if trace.response_ns is not None else trace.end_ns) if trace.timed else ""


def brief(verdict: Verdict) -> str:
    """Who is told, by which alert and when."""
    after = f" after {Duration(verdict.fires_after)}" if verdict.fires_after else " at once"
    return f"{', '.join(verdict.notify) or 'nobody'} ({verdict.alert}{after})"
