"""`archspec.changed`, `archspec.to_yaml`, `archspec.schema` and `archspec.rules`: the language and what judges it."""

from collections.abc import Mapping
from os import PathLike, fspath
from typing import Any

from archspec.face.given import SystemLike, architecture_of
from archspec.face.rows import Rows
from archspec.frozen import frozen
from archspec.language import read_spec
from archspec.model import Architecture
from archspec.validators import Severity


def changed(system: SystemLike, settings: Mapping[str, Any]) -> Architecture:
    """A copy with some values replaced: `{"api.replicas": 6, "lb -> api.timeout": "1s"}`, as `--set` does.

    All are set, then the whole is checked once.

    Raises:
        SpecError: a setting names nothing, or the result is invalid.

    >>> from archspec import load_text
    >>> shop = load_text("{archspec: 1, name: Shop, components: {api: {kind: server}}}")
    >>> changed(shop, {"api.replicas": 6}).components["api"].replicas
    6

    """
    from archspec.language.what_if import changed as copy

    return copy(architecture_of(system), settings)


def to_yaml(system: SystemLike, *, expand: bool = False) -> str:
    """The spec as YAML, laid out as `archspec fmt` does; of a YAML file with its own words and comments.

    With `expand` every shorthand of a file is written in its long form.

    >>> from archspec import Server, System
    >>> with System("Shop") as shop:
    ...     api = Server("api", replicas=2)
    >>> print(to_yaml(shop), end="")
    archspec: 1
    name: Shop
    <BLANKLINE>
    components:
      api: {kind: server, replicas: 2}
    """
    from archspec.language.formatter.format import dump, format_text

    if isinstance(system, (str, PathLike)) and not fspath(system).endswith(".py"):
        document, _ = read_spec(fspath(system))
        return format_text(document.text, file=document.file, expand=expand)
    return dump(architecture_of(system))


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of specs, from which editors complete and check; as `archspec schema` writes it."""
    from archspec.language.json_schema import schema as made

    return made()


@frozen
class RuleDescription:
    """A rule of lint: what it checks, in a sentence, and its page in Markdown."""

    code: str
    name: str
    theme: str
    severity: Severity
    set: str
    """The smallest set that it is in: `default`, `strict` or `production`."""
    summary: str
    page: str


def technologies(word: str = "") -> tuple[str, ...]:
    """The technologies that have an icon, as `archspec technologies` lists them; with a word those that it fits.

    Raises:
        UsageError: there is none of that name; says which may have been meant.

    >>> technologies("postgres")[0]
    'postgresql'

    """
    from archspec.renderers.icons import technologies as found

    return tuple(icon.technology for icon in found(word))


def rules() -> Rows[RuleDescription]:
    """Every rule of lint, as `archspec rule` lists and explains them."""
    from archspec.validators.registry import rules as known
    from archspec.validators.rule_pages import rule_page

    return Rows(
        RuleDescription(
            code=rule.code,
            name=rule.name,
            theme=rule.theme,
            severity=rule.severity,
            set=rule.in_set.value,
            summary=rule.documentation.summary,
            page=rule_page(rule),
        )
        for rule in known().values()
    )
