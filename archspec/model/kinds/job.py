"""Job."""

from typing import Literal

from archspec.model import Kind, Role, Running, Shape


class Job(Running):
    """Runs by the clock or once, such as a Kubernetes CronJob; flows begin there, and nobody asks it."""

    kind: Literal["job"] = "job"


KIND = Kind(
    "job",
    "Job",
    Role.COMPUTE,
    Shape.WORKER,
    Job,
    is_asked=False,
    other_names=("cronjob", "cron", "cron_job", "batch", "scheduler", "timer"),
)
