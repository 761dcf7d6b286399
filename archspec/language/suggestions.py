"""`did you mean …?`"""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from archspec.errors import UsageError

T = TypeVar("T")

_LONGEST = 200
_MANY = 500
_ALIKE = 0.7
"""From so much likeness on (0 to 1, difflib's ratio) one word may be meant by another."""


def alike(word: str, known: Iterable[str], most: int) -> list[str]:
    """The known words that `word` may stand for, the most alike first."""
    from difflib import get_close_matches

    return get_close_matches(word, list(known), n=most, cutoff=_ALIKE) if len(word) <= _LONGEST else []


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None where none is close.

    >>> closest("sesions", ["metadata", "sessions"])
    'sessions'
    """
    if len(word) > _LONGEST:
        return None
    words = list(known)
    if len(words) > _MANY:  # comparing with all of thousands would take the time of the whole spec
        words = [each for each in words if each[:1] == word[:1] and abs(len(each) - len(word)) < 3][:_MANY]
    folded = {known_word.lower().replace("-", "_"): known_word for known_word in reversed(words)}
    key = word.lower().replace("-", "_")
    found = [folded[key]] if key in folded else alike(word, words, most=1)
    return found[0] if found else None


def are_opposites(one: str, other: str) -> bool:
    """Whether two words that look alike mean the contrary, so that neither may stand for the other.

    >>> are_opposites("stateful", "stateless"), are_opposites("paid", "un-paid"), are_opposites("sesions", "sessions")
    (True, True, False)
    """
    short, long = sorted((_plain(one), _plain(other)), key=len)
    negated = any(long == prefix + short for prefix in ("un", "non", "not", "no", "in", "dis"))
    return negated or (short.endswith("ful") and long == short.removesuffix("ful") + "less")


def _plain(word: str) -> str:
    return word.lower().replace("-", "").replace("_", "")


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the close match where there is one, else `otherwise`."""
    match = closest(word, known)
    return f"did you mean `{match}`?" if match else otherwise


def with_article(word: str) -> str:
    """A noun with `a` or `an`.

    >>> with_article("server"), with_article("external")
    ('a server', 'an external')
    """
    return f"{'an' if word[:1] in 'aeio' else 'a'} {word}"


def listed(words: Iterable[str], most: int = 12, between: str = ", ") -> str:
    """Words in backticks, for a message; a long list is cut.

    >>> listed(["a", "b"])
    '`a`, `b`'
    """
    all_words = [f"`{word}`" for word in words]
    more = len(all_words) - most
    return between.join(all_words[:most]) + (f" and {more} more" if more > 0 else "")


def named(what: str, name: str, known: Mapping[str, T]) -> T:
    """The one of that name.

    Raises:
        UsageError: there is none; says what there is.

    """
    if name not in known:
        raise unknown(f"there is no {what} `{name}`", name, known)
    return known[name]


def unknown(message: str, name: str, known: Collection[str]) -> UsageError:
    """What to raise where a name stands for nothing: the message, and what may be meant or is there."""
    otherwise = f"known are {listed(known, 30)}." if known else "there is none at all."
    return UsageError(f"{message}; {did_you_mean(name, known, otherwise)}")
