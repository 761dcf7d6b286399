"""Slips that Cosmic Ray does not make: an argument dropped, nothing returned."""

from collections.abc import Iterator

from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import Keyword, Node, PythonNode
from parso.tree import NodeOrLeaf

Span = tuple[tuple[int, int], tuple[int, int]]


class DroppedArgument(Operator):
    """A call that forgets an argument which is given by its name."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Span]:
        for argument in named_arguments(node):
            yield argument.start_pos, argument.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        place = node.children.index(named_arguments(node)[index])
        if node.type == "arglist":
            start = place if place + 1 < len(node.children) else place - 1
            del node.children[start : start + 2]
        else:
            del node.children[place]
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("f(a, b=1)", "f(a)"), Example("f(b=1)", "f()"))


class NothingReturned(Operator):
    """`None` where a function returns or yields something else."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Span]:
        if node.type in ("return_stmt", "yield_expr"):
            value = node.children[1]
            if value.type != "yield_arg" and value.get_code().strip() != "None":
                yield value.start_pos, value.end_pos

    def mutate(self, node: Node, index: int) -> Node:  # noqa: ARG002 - the signature is Cosmic Ray's
        node.children[1] = Keyword("None", node.children[1].start_pos, " ")
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("def f(): return 1", "def f(): return None"),)


UNSEEN = ("slots", "frozen", "strict")
"""Arguments whose lack no test can see: memory, what mypy watches (nothing assigns), what ruff watches (`zip`)."""


def named_arguments(node: NodeOrLeaf) -> list[PythonNode]:
    """`name=value` in the brackets of a call, or of a class."""
    if node.type not in ("arglist", "trailer"):
        return []
    named = [child for child in node.children if child.type == "argument" and child.children[1] == "="]
    return [argument for argument in named if argument.children[0].value not in UNSEEN]


OPERATORS = {operator.__name__: operator for operator in (DroppedArgument, NothingReturned)}
