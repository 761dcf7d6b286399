"""What stays behind when a message is lost."""

from archspec.execution.lean.code import LOST_COUNT, LOST_INSIDE, Tokens


def lose(branches: list[int], what: int, token: int, depth: int, tokens: Tokens, stuck: list[int]) -> None:
    """Note the calls that the token is in: they wait for ever, each at its station since it came in."""
    for inside in range(what + LOST_INSIDE, what + LOST_INSIDE + 2 * branches[what + LOST_COUNT], 2):
        s = branches[inside]
        stuck.append(s if s >= 0 else tokens.place[token * depth - 1 - s])
        stuck.append(tokens.entered[token * depth + branches[inside + 1]])
