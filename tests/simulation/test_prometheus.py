"""Rates against Prometheus itself, where its `promtool` is installed (Debian: prometheus)."""

import json
import random
import shutil
import subprocess
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

import pytest

from archspec.simulation.alerting import Window, rate

SECOND = 10**9
SCRAPE = 15


def ours(counter: list[int], now: int, over: int) -> float | None:
    """The rate over (now - over, now], in seconds."""
    samples = [number * SCRAPE * SECOND for number in range(len(counter))]
    first = bisect_right(samples, (now - over) * SECOND)
    last = bisect_right(samples, now * SECOND) - 1
    found = rate(
        Window((now - over) * SECOND, now * SECOND, first, last),
        samples,
        counter[first],
        counter[last] - counter[first],
    )
    return None if found is None else float(found)


@pytest.mark.server
@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_rates_are_those_of_prometheus(tmp_path: Path) -> None:
    """Counters that begin at 0 or later, early and late, in windows whose beginning is no scrape.

    (Where it is one, Prometheus 2 has that sample in the window and Prometheus 3, as we, has not; nor do the two bridge
    the same gap before a counter that is young and small.)
    """
    source = random.Random(1)
    tests = []
    for _ in range(60):
        start, busy = source.choice([0, 0, 5000]), source.choice([1, 20, 3000])
        counter = list(accumulate((source.randrange(busy) for _ in range(60)), initial=start))
        checks = []
        for _ in range(10):
            now, over = source.randrange(0, 900, 5), source.choice([31, 62, 187, 299, 601])
            if (now - over) % SCRAPE:
                value = ours(counter, now, over)
                same = f"abs(rate(c[{over}s]) - {value or 0!r}) <= bool 1e-9 * {value or 0!r}"
                samples = [] if value is None else [{"labels": "{}", "value": 1}]
                checks.append({"expr": same, "eval_time": f"{now}s", "exp_samples": samples})
        series = [{"series": "c", "values": " ".join(map(str, counter))}]
        tests.append({"interval": f"{SCRAPE}s", "input_series": series, "promql_expr_test": checks})
    file = tmp_path / "rates.json"
    file.write_text(json.dumps({"evaluation_interval": "5s", "tests": tests}), encoding="utf-8")
    done = subprocess.run(["promtool", "test", "rules", file], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
