"""Draws that depend on what they are for, and on nothing else."""

import numpy as np
import pytest

from archspec.execution.finished import SimulationOptions
from archspec.execution.program import Draw
from archspec.execution.randomness import Philox
from archspec.execution.simulate import run_simulation
from archspec.language import load_text
from archspec.model.times import Time


def values(text: str, count_bits: int = 16, seed: int = 1) -> list[int]:
    return Philox((Draw("a#takes", time=Time.parse(text)),), seed, count_bits).block(0, 0, 0)


def test_a_draw_does_not_depend_on_the_block_it_is_made_in() -> None:
    """Request 5 has the same time in blocks of 1, 8 and 4096."""
    draws = (Draw("a#takes", time=Time.parse("exponential(6ms)")),)
    alone = Philox(draws, 7, 0).block(0, 0, 5)[0]
    assert alone == Philox(draws, 7, 3).block(0, 0, 0)[5] == Philox(draws, 7, 12).block(0, 0, 0)[5]


def test_the_first_word_is_philox_at_counter_number_occurrence_stream() -> None:
    """As the contract says: key = seed, counter = (number, occurrence, BLAKE2b of the stream, 0)."""
    from hashlib import blake2b

    word = int.from_bytes(blake2b(b"a#hit", digest_size=8).digest(), "little")
    raw = np.random.Philox(
        key=9, counter=np.array([2**64 - 1 if n < 0 else n for n in (41, 3, word, 0)], dtype=np.uint64)
    )
    expected = int(raw.random_raw(1)[0]) >> 11
    assert Philox((Draw("a#hit"),), 9, 0).block(0, 3, 42)[0] == expected


def test_streams_seeds_and_occurrences_draw_apart() -> None:
    """Four different things, four different numbers."""
    draws = (Draw("a#hit"), Draw("b#hit"))
    numbers = {
        Philox(draws, 1, 0).block(0, 0, 0)[0],
        Philox(draws, 1, 0).block(1, 0, 0)[0],
        Philox(draws, 2, 0).block(0, 0, 0)[0],
        Philox(draws, 1, 0).block(0, 1, 0)[0],
    }
    assert len(numbers) == 4


@pytest.mark.parametrize(
    "text",
    [
        "exponential(6ms)",
        "lognormal(p50=3ms p99=25ms)",
        "lognormal(mean=6ms sd=3ms)",
        "normal(mean=6ms sd=2ms)",
        "uniform(2ms 9ms)",
        "erlang(k=6 mean=6ms)",
        "hyperexponential(p=0.1 mean1=20ms mean2=2ms)",
        "empirical(1ms 2ms 9ms)",
    ],
)
def test_a_family_has_the_mean_it_should(text: str) -> None:
    """65,536 draws come within five standard errors of the distribution's mean."""
    drawn = np.array(values(text))
    assert abs(drawn.mean() - Time.parse(text).mean) < 5 * drawn.std() / np.sqrt(len(drawn))


def test_statuses_come_with_their_shares() -> None:
    """Of 65,536 draws 2% ± 0.3% are 404."""
    drawn = Philox((Draw("a#status", shares=((404, 0.02), (200, 1.0))),), 1, 16).block(0, 0, 0)
    assert sorted(set(drawn)) == [200, 404]
    assert abs(drawn.count(404) / 65536 - 0.02) < 0.003


def test_keys_follow_zipf() -> None:
    """With exponent 1 the first key comes twice as often as the second."""
    drawn = Philox((Draw("a#key", keys=(1000, 1.0)),), 1, 16).block(0, 0, 0)
    assert min(drawn) == 1
    assert max(drawn) <= 1000
    assert drawn.count(1) / drawn.count(2) == pytest.approx(2, rel=0.1)


def test_a_draw_for_few_numbers_has_small_blocks_with_the_same_values() -> None:
    """Five clients draw in blocks of eight, not of 4096."""
    few, many = (Philox((Draw("a#think", numbers=numbers),), 1, 12) for numbers in (5, None))
    assert (few.block_bits, many.block_bits) == ([3], [12])
    assert few.block(0, 7, 0) == many.block(0, 7, 0)[:8]


def test_a_long_run_keeps_the_draws_of_its_latest_requests_only() -> None:
    """20,000 requests draw in five blocks of 4096; two are left."""
    spec = """
archspec: 1
name: Long
components: {user: {kind: client}, api: {kind: server}}
connections: [user -> api]
flows: {ask: {from: user, rate: 1000/s, steps: [{call: api, takes: exponential(1ms)}]}}
scenarios: {run: {duration: 20s, load: {ask: {arrivals: even}}}}
"""
    run = run_simulation(load_text(spec), SimulationOptions(scenario="run", keep_requests=True))
    assert sorted(block for _, _, block in run.world.blocks) == [3, 4]
