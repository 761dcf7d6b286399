"""What a run tells of flows whose users stay connected, with the sums that must hold."""

from archspec.errors import DefectError
from archspec.simulation.results import SessionResult
from archspec.simulation.run import Held, Run


def session_results(run: Run) -> tuple[SessionResult, ...]:
    """The flows with sessions.

    Raises:
        DefectError: the users, or the sessions, of one do not add up.

    """
    return tuple(_session(run, row) for row in run.sessions)


def _session(run: Run, row: tuple[int, ...]) -> SessionResult:
    users = row[Held.USERS]
    result = SessionResult(
        flow=run.flows[row[Held.FLOW]],
        users=users,
        connected=row[Held.CONNECTED],
        handshaking=row[Held.HANDSHAKING],
        waiting=row[Held.WAITING],
        opened=row[Held.OPENED],
        ended=row[Held.ENDED],
        dropped=row[Held.DROPPED],
        mean_connected=row[Held.TIME_CONNECTED] / (users * run.duration) if run.duration else 1.0,
        least_connected=row[Held.LEAST_CONNECTED] / users,
        most_handshakes=row[Held.MOST_HANDSHAKES],
        longest_below=row[Held.LONGEST_BELOW],
        is_below=bool(row[Held.IS_BELOW]),
    )
    if users != result.connected + result.handshaking + result.waiting:
        raise DefectError(f"the users of `{result.flow}` do not add up: {result}")
    if result.opened != result.connected + result.ended + result.dropped:
        raise DefectError(f"the sessions of `{result.flow}` do not add up: {result}")
    return result
