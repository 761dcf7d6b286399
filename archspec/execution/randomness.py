"""Random draws as a function of what they are for (engine contract, section 9).

A draw depends on (seed, stream, request number, occurrence) and on nothing else: not on how many draws were made
before it, so that a retry or a changed component moves nobody else's draws. The generator is Philox4x64-10 (Salmon et
al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011) as numpy has it: its key is the seed, its counter the
number (lowest word), the occurrence, and a hash of the stream; four words come of each counter.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from archspec.execution.program import Draw
from archspec.model.times import Family, Time

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Floats = NDArray[np.float64]

WORDS = 4
UNIFORMS = {Family.NORMAL: 2, Family.LOGNORMAL: 2, Family.HYPEREXPONENTIAL: 2}
"""How many uniform numbers a time takes, where more than one."""
LARGEST = 2**62
"""No drawn time is longer (146 years): a heavy tail ends here, far beyond any run."""


class Philox:
    """A source of draws for one seed, in blocks of at most `2**block_bits` request numbers."""

    def __init__(self, draws: Sequence[Draw], seed: int, block_bits: int) -> None:
        self._draws = draws
        self._seed = seed % 2**64
        self.block_bits = [
            block_bits if draw.numbers is None else min(block_bits, (draw.numbers - 1).bit_length()) for draw in draws
        ]
        """For each draw, how many numbers make a block: so many powers of two."""
        self._streams = [_stream_word(draw.stream) for draw in draws]
        self._keys: dict[int, Floats] = {}

    def block(self, draw: int, occurrence: int, block: int) -> list[int]:
        """The values of one draw for a block of request numbers, as Python's own numbers."""
        values: list[int] = self.values(draw, occurrence, block).tolist()
        return values

    def values(self, draw: int, occurrence: int, block: int) -> "NDArray[np.int64]":
        """The values of one draw for a block of request numbers, as whole numbers."""
        bits = self.block_bits[draw]
        return self.span(draw, occurrence, block << bits, 1 << bits)

    def span(self, draw: int, occurrence: int, first: int, count: int) -> "NDArray[np.int64]":
        """The values of one draw for `count` request numbers from `first` on, as whole numbers.

        Times are in nanoseconds, rounded half to even, at least 0; uniform draws have 53 bits; keys count from 1.
        """
        import numpy as np

        what = self._draws[draw]
        if what.time is not None:
            drawn = self._times(what.time, draw, occurrence, first, count)
            np.maximum(drawn, 0.0, out=drawn)
            np.rint(drawn, out=drawn)
            return np.minimum(drawn, float(LARGEST), out=drawn).astype(np.int64)
        bits = (self._words(draw, occurrence, first, count, 0)[:, 0] >> np.uint64(11)).view(np.int64)
        if what.shares:
            ends = np.array([share for _, share in what.shares])
            which = np.minimum(np.searchsorted(ends, bits * 2.0**-53, side="right"), len(ends) - 1)
            return np.array([status for status, _ in what.shares], dtype=np.int64)[which]
        if what.keys is not None:
            return np.searchsorted(self._zipf(draw, *what.keys), bits * 2.0**-53, side="right").astype(np.int64) + 1
        return bits

    def _words(self, draw: int, occurrence: int, first: int, count: int, lot: int) -> "Words":
        """Four words for each of the numbers; a further `lot` gives four others."""
        import numpy as np

        counter = first + (occurrence << 64) + (self._streams[draw] << 128) + (lot << 192)
        # numpy steps the counter before it uses it
        generator = np.random.Philox(key=self._seed, counter=(counter - 1) % 2**256)
        words: Words = generator.random_raw(WORDS * count).reshape(count, WORDS)
        return words

    def _uniforms(self, draw: int, occurrence: int, first: int, count: int, wanted: int) -> list["Floats"]:
        """Columns of uniform numbers in (0, 1), one for each request number: the middles of 2^53 equal parts."""
        import numpy as np

        uniforms: list[Floats] = []
        for lot in range(-(-wanted // WORDS)):
            words = self._words(draw, occurrence, first, count, lot)
            for column in range(min(WORDS, wanted - lot * WORDS)):
                uniform = (words[:, column] >> np.uint64(11)).astype(np.float64)
                uniform += 0.5
                uniform *= 2.0**-53
                uniforms.append(uniform)
        return uniforms

    def _times(self, time: Time, draw: int, occurrence: int, first: int, count: int) -> "Floats":
        wanted = int(time.parameters[0]) if time.family is Family.ERLANG else UNIFORMS.get(time.family, 1)
        times: Floats = self._by_family(time, count, self._uniforms(draw, occurrence, first, count, wanted))
        return times

    def _by_family(self, time: Time, count: int, u: list["Floats"]) -> Any:
        """Times by inversion of the distribution function, where there is no better known way; `u` is used up."""
        import numpy as np

        p = time.parameters
        match time.family:
            case Family.CONSTANT:
                return np.full(count, p[0])
            case Family.EXPONENTIAL:
                return np.multiply(np.log(u[0], out=u[0]), -p[0], out=u[0])
            case Family.UNIFORM:
                return p[0] + (p[1] - p[0]) * u[0]
            case Family.NORMAL:
                return p[0] + p[1] * _standard_normal(u)
            case Family.LOGNORMAL:
                return np.exp(np.minimum(p[0] + p[1] * _standard_normal(u), 700.0))
            case Family.ERLANG:
                return -p[1] / p[0] * np.log(np.stack(u, axis=1)).sum(axis=1)
            case Family.HYPEREXPONENTIAL:
                return -np.where(u[0] < p[0], p[1], p[2]) * np.log(u[1])
            case Family.EMPIRICAL:
                return np.array(p)[(u[0] * len(p)).astype(np.int64)]

    def _zipf(self, draw: int, count: int, exponent: float) -> "Floats":
        """Cumulative probabilities of the keys 1 … count."""
        import numpy as np

        if draw not in self._keys:
            weights = np.arange(1, count + 1, dtype=np.float64) ** -exponent
            self._keys[draw] = np.cumsum(weights) / weights.sum()
        return self._keys[draw]


def _stream_word(stream: str) -> int:
    """64 bits of BLAKE2b of `step path#purpose`."""
    return int.from_bytes(blake2b(stream.encode(), digest_size=8).digest(), "little")


def _standard_normal(u: list["Floats"]) -> "Floats":
    """Standard normal numbers by Box and Muller (1958), one out of two uniform ones."""
    import numpy as np

    normal: Floats = np.sqrt(-2.0 * np.log(u[0])) * np.cos(2.0 * np.pi * u[1])
    return normal
