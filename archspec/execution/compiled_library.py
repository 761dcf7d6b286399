"""How the kernel's functions become machine code: all of them together, once.

Left to itself, numba optimises and translates every function with copies of all that it calls, and these again inside
their callers: most of the time goes into what is thrown away. Here a function that only compiled code calls stays as
it is until the one that is called from outside is finished; then all are linked, made private to it, and optimised.
Where numba has not the insides for this, it compiles in its own way, which is only slower.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from numba import types
from numba.core import codegen
from numba.core.registry import cpu_target

_NEEDED = (
    *("add_llvm_module", "_raise_if_finalized", "_get_module_for_linking"),
    *("_optimize_final_module", "_finalize_final_module"),
)
"""What a library of numba's must have for this; none of it is promised."""


@contextmanager
def all_at_once(inner: str, outer: str) -> Iterator[None]:
    """Compile functions meanwhile so: `inner` begins the names of those inside, `outer` is that of the one called."""
    if not all(hasattr(codegen.JITCodeLibrary, name) for name in _NEEDED):
        yield
        return
    target = cpu_target.target_context.codegen()

    def library(name: str) -> Any:
        kind = _Inner if name.startswith(inner) else _Outer if name == outer else codegen.JITCodeLibrary
        return kind(target, name)

    target.create_library = library
    try:
        yield
    finally:
        del target.create_library


def of_numbers_alone(function: Any) -> Any:
    """Compile a function once for whole numbers, not once more for every constant and truth value it is called with."""
    template = function.get_call_template
    function.get_call_template = lambda args, kws: template(tuple(_widened(arg) for arg in args), kws)
    return function


def _widened(arg: Any) -> Any:
    if isinstance(arg, types.BaseTuple):
        return types.UniTuple(types.int64, len(arg))
    return types.int64 if isinstance(types.unliteral(arg), (types.Integer, types.Boolean)) else arg


class _Inner(codegen.JITCodeLibrary):
    """A function's own code, neither optimised nor translated."""

    @property
    def codegen(self) -> Any:
        """What makes code; a function that is not called from outside needs no environment there."""
        return _WithoutEnvironment(self._codegen)

    def add_llvm_module(self, ll_module: Any) -> None:
        self._final_module.link_in(ll_module)

    def finalize(self) -> None:
        self._raise_if_finalized()
        self._finalized = True


class _Outer(codegen.JITCodeLibrary):
    """A function with all that it calls."""

    def finalize(self) -> None:
        self._raise_if_finalized()
        own = {function.name for function in self._final_module.functions if not function.is_declaration}
        for library in _reached(self):
            if isinstance(library, _Inner):
                self._final_module.link_in(library._final_module, preserve=True)
            else:
                self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        for function in self._final_module.functions:
            if not function.is_declaration and function.name not in own:
                function.linkage = "internal"
        self._optimize_final_module()
        self._final_module.verify()
        self._finalize_final_module()


def _reached(library: Any) -> list[Any]:
    """The libraries that a function needs, and those that these need."""
    found: dict[int, Any] = {}
    waiting = [*library._linking_libraries]
    while waiting:
        other = waiting.pop()
        if id(other) not in found:
            found[id(other)] = other
            if isinstance(other, _Inner):
                waiting += other._linking_libraries
    return list(found.values())


class _WithoutEnvironment:
    def __init__(self, target: Any) -> None:
        self._target = target

    def __getattr__(self, name: str) -> Any:
        return getattr(self._target, name)

    def set_env(self, env_name: str, env: Any) -> None:
        """There is no machine code that could use it."""
