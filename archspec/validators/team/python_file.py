"""Rules of a team in a Python file (`--rules FILE`): every Rule at its top level."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from archspec.errors import UsageError
from archspec.validators import Rule


def rules_in(file: Path) -> tuple[Rule, ...]:
    """The rules of a file, whose code is run.

    Raises:
        UsageError: there is no such file, it cannot be imported, or it holds no rule.

    """
    spec = spec_from_file_location(f"archspec_rules_{file.stem}", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise UsageError(f"there is no Python file `{file}`; name one with rules.")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UsageError(f"{file} cannot be imported: {type(error).__name__}: {error}; fix it.") from error
    found = tuple(value for value in vars(module).values() if isinstance(value, Rule))
    if not found:
        raise UsageError(f"{file} holds no Rule; give it one, such as `RULE = Rule(…)`.")
    return found
