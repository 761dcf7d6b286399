"""How a step of a request ends, with probabilities: the arithmetic of what is drawn, the parts being as they are."""

from collections.abc import Sequence
from typing import NamedTuple


class Odds(NamedTuple):
    """Probabilities of the ways in which a step ends for who waits for it; they add up to 1."""

    good: float = 0.0
    """Below 400: the next step is taken."""
    ended: float = 0.0
    """A 4xx: the request has its answer, and nothing more is asked."""
    refused: float = 0.0
    """Failed, and surely not processed: tried again whatever the request does."""
    failed: float = 0.0
    """Failed in a way that is tried again where that does no harm."""
    final: float = 0.0
    """Failed in a way that is never tried again."""
    silent: float = 0.0
    """Nobody ever answers."""

    @property
    def well(self) -> float:
        """The share that has not failed."""
        return self.good + self.ended

    @property
    def broken(self) -> float:
        """The share that has failed, where that was noticed."""
        return self.refused + self.failed + self.final

    def plus(self, weight: float, other: "Odds") -> "Odds":
        """With so much of another added."""
        return Odds(*(mine + weight * theirs for mine, theirs in zip(self, other, strict=True)))

    def then(self, other: "Odds") -> "Odds":
        """Followed by another where it went well."""
        return self._replace(good=0.0).plus(self.good, other)

    def passed_over(self) -> "Odds":
        """Of an optional step."""
        return Odds(good=1 - self.silent, silent=self.silent)

    def instead(self, other: "Odds") -> "Odds":
        """With a fallback where it has failed."""
        return self._replace(refused=0.0, failed=0.0, final=0.0).plus(self.broken, other)

    def missing(self, hit: float, missed: "Odds") -> "Odds":
        """Of a cache that is asked by itself: what follows where it misses, or has failed."""
        kept = Odds(good=self.good * hit, ended=self.ended, silent=self.silent)
        return kept.plus(self.good * (1 - hit) + self.broken, missed)

    def repeated(self, times: int) -> "Odds":
        """So often in a row, drawn anew each time."""
        made = _geometric(self.good, times)
        return Odds(self.good**times, *(share * made for share in self[1:]))

    def tried(self, attempts: int, *, idempotent: bool) -> "Odds":
        """So often at most: as long as it ends in a way that is tried again."""
        again = self.refused + (self.failed if idempotent else 0.0)
        made, last = _geometric(again, attempts), again ** (attempts - 1)
        return Odds(
            self.good * made,
            self.ended * made,
            self.refused * last,
            self.failed * (last if idempotent else made),
            self.final * made,
            self.silent * made,
        )

    def answered(self, *, is_proxy: bool) -> "Odds":
        """As the answer of who ran it: a failure further in was processed; only a proxy hands a 500 on."""
        final = self.final if is_proxy else 0.0
        return self._replace(refused=0.0, failed=self.broken - final, final=final)

    def at_best(self) -> "Odds":
        """Where every failure is noticed, and of a kind that is tried again whatever the request does."""
        return Odds(good=self.good, ended=self.ended, refused=self.broken + self.silent)

    def unheard(self, lost: float, silence: "Odds") -> "Odds":
        """Where a share of it is lost on the way; `silence` is how an attempt ends that nobody answers."""
        heard = Odds(*(share * (1 - lost) for share in self))._replace(silent=0.0)
        return heard.plus(lost + (1 - lost) * self.silent, silence)


GOOD = Odds(good=1.0)
ENDED = Odds(ended=1.0)
REFUSED = Odds(refused=1.0)
FAILED = Odds(failed=1.0)
FINAL = Odds(final=1.0)
SILENT = Odds(silent=1.0)


def _geometric(share: float, count: int) -> float:
    """1 + share + … + share^(count - 1)."""
    return float(count) if share >= 1 else (1 - share**count) / (1 - share)


def mixed(shares: Sequence[float], odds: Sequence[Odds]) -> Odds:
    """One of several, by shares that add up to 1."""
    found = Odds()
    for share, each in zip(shares, odds, strict=True):
        found = found.plus(share, each)
    return found


_Counts = tuple[int, int, bool, bool]
"""Of branches: how many went well, how many are silent, whether one ended with a 4xx, whether one failed."""


def together(branches: Sequence[tuple[Odds, int, float]], needs: int, *, ends_first: bool) -> Odds:
    """Branches at once, each so often and with the share of requests that take it; skipped ones need not go well.

    Of a 4xx and a failure the one that comes first decides, which is not known: `ends_first` says what to suppose.
    """
    counts: dict[_Counts, float] = {(0, 0, False, False): 1.0}
    for odds, times, share in branches:
        skipped = [((well + times, silent, *seen), p * (1 - share)) for (well, silent, *seen), p in counts.items()]
        counts = {key: p * share for key, p in _counted(counts, odds, times).items()}
        for key, p in skipped if share < 1 else ():
            counts[key] = counts.get(key, 0.0) + p  # type: ignore[index,arg-type]
    found = [0.0] * 6
    for (well, silent, ended, failed), p in counts.items():
        found[_outcome(well, silent, needs, ended and (ends_first or not failed))] += p
    return Odds(*found)


def _counted(counts: dict[_Counts, float], odds: Odds, times: int) -> dict[_Counts, float]:
    for _ in range(times):
        further: dict[_Counts, float] = {}
        for (well, silent, ended, failed), p in counts.items():
            for key, share in (
                ((well + 1, silent, ended, failed), odds.good),
                ((well, silent + 1, ended, failed), odds.silent),
                ((well, silent, True, failed), odds.ended),
                ((well, silent, ended, True), odds.broken),
            ):
                if share:
                    further[key] = further.get(key, 0.0) + p * share
        counts = further
    return counts


def _outcome(well: int, silent: int, needs: int, ends: bool) -> int:
    """The place in `Odds`: it fails once too few are left that may go well, and waits while enough are."""
    if well >= needs:
        return 0
    if well + silent >= needs:
        return 5
    return 1 if ends else 3
