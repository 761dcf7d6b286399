"""From which moment on traces count."""

from datetime import UTC, datetime, timedelta

from archspec.errors import UsageError
from archspec.model import Duration


def moment(text: str, now: datetime) -> datetime:
    """A day or a time as ISO 8601 has it, of UTC where it names no zone; or a duration back from `now`.

    Raises:
        UsageError: it is neither.

    >>> now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    >>> [moment(each, now).isoformat() for each in ("2026-11-29", "2026-11-29T08:30+01:00", "36h")]
    ['2026-11-29T00:00:00+00:00', '2026-11-29T08:30:00+01:00', '2026-11-29T00:00:00+00:00']

    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            return now - timedelta(microseconds=Duration.read(text).nanoseconds // 1000)
        except ValueError:
            forms = "a day (2026-11-30), a time (2026-11-30T08:00Z) or how long ago (24h)"
            raise UsageError(f"--since {text} is no moment; write {forms}.") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def nanoseconds(since: datetime | None) -> int:
    """A moment in nanoseconds since 1970; 0 where there is none."""
    return 0 if since is None else round(since.timestamp() * 10**6) * 1000
