"""A sweep on a real Dask cluster of two workers, one of which dies on the way."""

import pytest

from archspec.simulation.studies.sweep import on_cluster, on_cores, sweep
from tests.simulation.test_sweep import tasks


def test_a_worker_that_dies_changes_nothing() -> None:
    """Its runs are done again by the other one, with the same seeds: the same results."""
    distributed = pytest.importorskip("distributed")
    asked = tasks(replications=12)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        killed = False

        def kill_one(_: float) -> None:
            nonlocal killed
            if not killed:
                killed = True
                next(iter(cluster.workers.values())).process.process._process.kill()

        outcomes = sweep(asked, on_cluster(cluster.scheduler_address), progress=kill_one)
    assert killed
    assert outcomes == sweep(asked, on_cores(1))
