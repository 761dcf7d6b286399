"""Configurations of known products: those that a component has mounted, and those that are named by themselves."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from archspec.errors import UsageError
from archspec.importers import config_files
from archspec.importers.config_file import Beside, ConfigFile, Configured
from archspec.importers.facts import Hint
from archspec.importers.importer import Choices, Importer, Reading
from archspec.importers.reasons import Facts
from archspec.importers.source import Source
from archspec.importers.tables import known_file

_ENDINGS = (".conf", ".cfg", ".yml", ".yaml", ".template")


def read_mounted(
    owner: str, files: dict[str, Source], reading: Reading, technology: str | None = None
) -> Iterator[Facts]:
    """The facts of the files that a component has mounted, by the paths they are mounted at.

    `technology` is the component's product, where it is known: its configuration may bear any name.
    """
    known = config_files() if files else {}
    for path, source in files.items():
        found = known_file(path)
        reader = known.get(found[1]) if found else known.get(technology or "")
        if reader is None or not (found or _recognised(reader, source)):
            continue
        facts = Facts(source.name)
        reader.read(Configured(source, owner, facts, _beside(files), reading.notes))
        what = _plural(reader)
        reading.read[what] = reading.read.get(what, 0) + 1
        yield facts


def _plural(config: ConfigFile) -> str:
    return f"{config.title.partition(' ')[2]}s"


def _recognised(reader: ConfigFile, source: Source) -> bool:
    try:
        return reader.recognises(source)
    except UsageError:
        return False


def _beside(files: dict[str, Source]) -> Beside:
    def text(path: str) -> str | None:
        named = files.get(path) or next((files[each] for each in files if Path(each).name == Path(path).name), None)
        try:
            return named.text if named is not None else None
        except UsageError:
            return None

    return text


def mounted_sources(path: str, target: str) -> dict[str, Source]:
    """A file, or those of a folder, by the paths that they are mounted at."""
    place = Path(path)
    if place.is_file():
        return {target: Source(path, place)}
    if not place.is_dir():
        return {}
    names = sorted(each for each in place.iterdir() if each.suffix in _ENDINGS and each.is_file())
    return {f"{target.rstrip('/')}/{each.name}": Source(str(each), each) for each in names[:100]}


def alone(config: ConfigFile) -> Importer:
    """A reader as an importer of files that are named by themselves: for a component of the product's name."""
    return Importer(config.name, config.title, config.recognises, _reader(config))


def _reader(config: ConfigFile) -> Callable[[Sequence[Source], Choices], Reading]:
    def read(sources: Sequence[Source], choices: Choices) -> Reading:
        del choices
        reading = Reading(read={_plural(config): len(sources)})
        for source in sources:
            facts = Facts(source.name)
            facts.part(config.name, "kind", config.product.kind, config.title, 1)
            facts.part(config.name, "technology", config.product.technology, config.title, 1)
            facts.part(config.name, Hint.STANDS_FOR, config.product.technology, config.title, 1)
            config.read(Configured(source, config.name, facts, _files_beside(source), reading.notes))
            reading.facts += facts.found
        return reading

    return read


def _files_beside(source: Source) -> Beside:
    def text(path: str) -> str | None:
        place = source.folder / Path(path).name if source.folder is not None else None
        return Source(str(place), place).text if place is not None and place.is_file() else None

    return text
