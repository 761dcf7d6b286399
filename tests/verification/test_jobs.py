"""Jobs by the clock: what verify says of each part that is away when they are due."""

from archspec.language import load_text
from archspec.verification.jobs import jobs_tried

SPEC = """
archspec: 1
name: Jobs
components:
  cron: {kind: job, mtbf: 60d, mttr: 20m}
  db: {kind: database, mtbf: 30d, mttr: 1h}
  pay: {kind: external, mtbf: 20d, mttr: 4h}
connections: [{from: cron, to: [db, pay]}]
flows:
  night: {from: cron, schedule: 30 2 * * *, deadline: 3h, steps: [{call: db, takes: 30m}, {call: pay, takes: 2s}]}
  sums: {from: cron, every: 1d, deadline: 3h, steps: [{call: db, takes: 30m}]}
  look: {from: cron, every: 15m, steps: [{call: db, takes: 2s}]}
"""


def test_each_part_is_away_from_the_moment_a_job_is_due() -> None:
    """An hour and its pauses leave room beside half an hour of work, four hours do not."""
    assert list(jobs_tried(load_text(SPEC), 1)) == [
        "`night` is not done by its deadline when, from the moment it is due, `pay` (for 4 h) is away",
        "`sums` is done by its deadline even if any of `cron` and `db` is away for its own mean repair, "
        "from the moment it is due",
        "`look` comes by the clock and does not begin anew: `archspec analyze` says how often it fails",
    ]
