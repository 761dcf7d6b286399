"""Rate limits: token buckets in whole numbers (engine contract, section 7.6)."""

from archspec.execution.state import NOW, World

LIMIT_TOKENS, LIMIT_FULL, LIMIT_PER_NANOSECOND, LIMIT_UNIT, LIMIT_SINCE, LIMIT_SIZE = range(6)


def passes(w: World, limiter: int) -> bool:
    """Whether a request passes a limiter at this moment."""
    return take_token(w.limiters, limiter, w.clock[NOW])


def take_token(limiters: list[int], limiter: int, now: int) -> bool:
    """Whether the bucket holds a whole token at this moment; takes it.

    A token is `LIMIT_UNIT` parts (10⁹ × the rate's denominator), of which `LIMIT_PER_NANOSECOND` (the rate's
    numerator) flow in every nanosecond: no rounding anywhere.
    """
    elapsed, flow = now - limiters[limiter + LIMIT_SINCE], limiters[limiter + LIMIT_PER_NANOSECOND]
    tokens = limiters[limiter + LIMIT_FULL]
    if elapsed < tokens // flow:
        tokens = min(tokens, limiters[limiter + LIMIT_TOKENS] + elapsed * flow)
    limiters[limiter + LIMIT_SINCE] = now
    passed = tokens >= limiters[limiter + LIMIT_UNIT]
    limiters[limiter + LIMIT_TOKENS] = tokens - limiters[limiter + LIMIT_UNIT] if passed else tokens
    return passed
