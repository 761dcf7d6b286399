"""Icons of technologies and kinds, taken from the files of the `diagrams` library without importing it.

Importing its classes costs 50 ms and more; its sources say plainly which class has which file.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.language import closest
from archspec.model import Shape

PREFERRED = (
    *("onprem", "saas", "elastic", "programming", "generic", "aws", "gcp", "azure", "k8s", "firebase"),
    *("digitalocean", "openstack", "oci", "ibm", "alibabacloud", "outscale", "gis"),
)
"""Whose icon counts where several have one of the same name, unless the technology names its maker."""
_FOLDER = re.compile(r'_icon_dir = "resources/(.+)"')
_CLASS = re.compile(r'^class (\w+)\(\w+\):\n    _icon = "(.+)"', re.MULTILINE)
_ALIAS = re.compile(r"^(\w+) = (\w+)$", re.MULTILINE)
_MAKERS = {
    **{provider: provider for provider in PREFERRED},
    "amazon": "aws",
    "google": "gcp",
    "microsoft": "azure",
    "kubernetes": "k8s",
    "alibaba": "alibabacloud",
    "apache": "apache",
}
"""The first word of what a maker calls its own, and whose icons that are."""
_CLOUDS = frozenset(("aws", "gcp", "azure", "ibm", "oci", "alibabacloud", "digitalocean", "openstack", "outscale"))
_SPOKEN = {
    "postgres": "postgresql",
    "pg": "postgresql",
    "mongo": "mongodb",
    "k8s": "kubernetes",
    "rabbit": "rabbitmq",
    "elastic": "elasticsearch",
    "node": "nodejs",
    "azure functions": "azure functionapps",
    "golang": "go",
    "dotnet": "csharp",
    "memcache": "memcached",
    "msteams": "teams",
    "microsoftteams": "teams",
}
_BY_SHAPE = {
    Shape.PERSON: "onprem.client.User",
    Shape.DEVICE: "onprem.client.Client",
    Shape.SERVER: "onprem.compute.Server",
    Shape.STORE: "aws.general.GenericDatabase",
    Shape.CLOUD: "onprem.network.Internet",
}
"""Shapes that `diagrams` draws well without a brand."""


@frozen
class Icon:
    """An icon: the class of `diagrams` that shows it (module below the package, name) and its file. `technology` is
    what a spec writes to get it.
    """

    module: str
    name: str
    file: Path
    technology: str


def technology_icon(technology: str) -> Icon | None:
    """The icon of a product, whatever its spelling; None where there is none.

    Versions and remarks after the name do not matter, the first words that name a product count.

    >>> technology_icon("PostgreSQL 16").name
    'Postgresql'
    >>> technology_icon("our own thing") is None
    True
    """
    plain = technology.lower().replace("c++", "cpp").replace("c#", "csharp")
    words = re.findall(r"[a-z0-9]+", plain)
    maker = _MAKERS.get(words[0]) if len(words) > 1 else None
    for name in _names(words, maker):
        found = _library().get(_SPOKEN.get(name, name))
        if found and found.file.is_file() and not _is_of_another(found, maker):
            return found
    return None


def _is_of_another(icon: Icon, maker: str | None) -> bool:
    """Whether a product that is said to be of one cloud is shown by what another cloud calls so."""
    return maker in _CLOUDS and icon.module.partition(".")[0] in _CLOUDS - {maker}


def _names(words: list[str], maker: str | None) -> Iterator[str]:
    """What to look for: the first words, the more the better, of the maker's own before others; the maker's name alone
    comes last.
    """
    if not maker:
        yield from ("".join(words[:last]) for last in range(len(words), 0, -1))
        return
    own = words[2:] if words[1] == "cloud" and maker in _CLOUDS else words[1:]
    named = own or words[1:]
    yield from (f"{maker} {''.join(named[:last])}" for last in range(len(named), 0, -1))
    yield from ("".join(words[:last]) for last in range(len(words), 1, -1))
    if maker in _CLOUDS or maker == "apache":
        yield from ("".join(own[:last]) for last in range(len(own), 0, -1))
    yield words[0]


def technologies(word: str = "") -> tuple[Icon, ...]:
    """Every product with an icon, by its name; with a word those whose names it is part of, what it means itself first.

    Raises:
        UsageError: no product is called so; says which may have been meant.

    >>> [icon.name for icon in technologies("postgres")][0]
    'Postgresql'

    """
    known = {icon.technology: icon for icon in _library().values() if icon.file.is_file()}
    plain = "".join(re.findall(r"[a-z0-9]+", word.lower()))
    alike = [known[name] for name in sorted(known) if plain in name.replace(" ", "")]
    if not word:
        return tuple(dict.fromkeys(alike))
    meant = technology_icon(word)
    found = tuple(dict.fromkeys([meant, *alike] if meant else alike)) if plain else ()
    if not found:
        names = [*known, *_SPOKEN]
        match = closest(plain, [name for name in names if name[:1] == plain[:1]])
        remedy = (
            f"did you mean `{_SPOKEN.get(match, match)}`?"
            if match
            else "without an icon the `technology` is written as a word."
        )
        raise UsageError(f"there is no icon for `{word}`; {remedy}")
    return found


def shape_icon(shape: Shape) -> Icon | None:
    """The icon of a shape without a product; None where archspec's own glyph shows it better."""
    wanted = _BY_SHAPE.get(shape)
    icon = _library().get(wanted.rpartition(".")[2].lower()) if wanted else None
    return icon if icon and f"{icon.module}.{icon.name}" == wanted and icon.file.is_file() else None


@cache
def _library() -> dict[str, Icon]:
    """Icons by lower-case class name, and by that with the provider before it. Where several have one name, the first
    of `PREFERRED` has it alone.
    """
    spec = find_spec("diagrams")
    if not spec or not spec.origin:
        return {}
    library = Path(spec.origin).parent
    pictures = library.parent / "resources"  # where `diagrams` itself looks, whatever else has that name
    found: dict[str, Icon] = {}
    for provider in PREFERRED:
        for source in sorted((library / provider).glob("[!_]*.py")):
            for module, name, file in _icons_of(source, f"{provider}.{source.stem}", pictures):
                plain = name.lower().replace("_", "")
                first = found.get(plain)
                is_first = plain not in _SPOKEN and (first is None or first.file == file)
                technology = plain if is_first else f"{provider} {plain}"
                icon = Icon(module, name, file, technology)
                found.setdefault(plain, icon)
                found.setdefault(f"{provider} {plain}", icon)
    return found


def _icons_of(source: Path, module: str, pictures: Path) -> Iterator[tuple[str, str, Path]]:
    text = source.read_text(encoding="utf-8")
    folder = _FOLDER.search(text)
    if not folder:
        return
    files = {name: pictures / folder[1] / file for name, file in _CLASS.findall(text)}
    for name, file in files.items():
        yield module, name, file
    for alias, name in _ALIAS.findall(text):
        if name in files:
            yield module, alias, files[name]
