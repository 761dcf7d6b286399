"""Times as people read them."""


def duration(nanoseconds: int) -> str:
    """A time with three digits in the unit that reads best.

    >>> duration(0), duration(812_400), duration(57_440_000), duration(3_004_000_000), duration(150_000_000_000)
    ('0 ms', '0.812 ms', '57.4 ms', '3.00 s', '2 min 30 s')
    """
    if nanoseconds == 0:
        return "0 ms"
    if nanoseconds >= 60 * 10**9:
        minutes, seconds = divmod(round(nanoseconds / 10**9), 60)
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    value, unit = (nanoseconds / 1e6, "ms") if nanoseconds < 10**9 else (nanoseconds / 1e9, "s")
    if value < 0.001:
        return f"{nanoseconds} ns"
    digits = 3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:.{digits}f} {unit}"
