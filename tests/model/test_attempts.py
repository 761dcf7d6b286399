"""What is answered after a failure, and which failures are tried again."""

import pytest

from archspec.model import Failure, FailureCause
from archspec.model.attempts import answered_after

TIMEOUT, REFUSED, ERROR = FailureCause.TIMEOUT, FailureCause.REFUSED, FailureCause.ERROR


@pytest.mark.parametrize(
    ("failure", "by_a_server", "by_a_proxy"),
    [
        (Failure(ERROR, 500), 502, 500),
        (Failure(ERROR, 503), 503, 503),
        (Failure(ERROR, 429), 503, 429),
        (Failure(ERROR, 504), 504, 504),
        (Failure(TIMEOUT, None), 504, 504),
        (Failure(REFUSED, None), 502, 502),
    ],
)
def test_a_proxy_hands_a_status_on_and_a_server_gives_its_own(
    failure: Failure, by_a_server: int, by_a_proxy: int
) -> None:
    assert answered_after(failure, is_proxy=False) == by_a_server
    assert answered_after(failure, is_proxy=True) == by_a_proxy
