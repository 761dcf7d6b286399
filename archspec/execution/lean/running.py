"""Where a token of the lean kernel need not wait for the moment to which its own time has come."""

from archspec.execution.lean.code import ANSWER, END, ENTER, LEAVE, LOSE, MARK, PASS, RUN, SETTLE, Instruction

ALONE = (MARK, ENTER, LEAVE, SETTLE, ANSWER, LOSE)
"""Instructions that touch nothing of others, but counts."""


def let_run(instructions: list[Instruction]) -> None:
    """Make a RUN of every PASS after which the token meets nobody before its next time passes, or before its end.

    Where its times are all constant, it waits: others may have the same, and then the order is that of waiting.
    """
    meets, constant = True, True
    for place in range(len(instructions) - 1, -1, -1):
        what, draw = instructions[place][:2]
        if what == PASS:
            constant = constant and draw < 0
            if not meets and not constant:
                instructions[place] = (RUN, *instructions[place][1:])
            meets = False
        elif what == END:
            meets, constant = False, False
        elif what not in ALONE:
            meets, constant = True, True
