"""MkDocs' hook of the docs' site: what pages refer to outside of `docs/` comes along, or is found in the repository."""

import posixpath
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REPOSITORY = "https://github.com/archspec-code/archspec/blob/main"
_LINK = re.compile(r"(!?)(\[[^\]]*\]\()(?!https?:|#|mailto:)([^)#\s]+)((?:#[^)]*)?\))")

_SPEC = re.compile(r"^```yaml\n(archspec: 1\n.*?)^```$", re.MULTILINE | re.DOTALL)
_WITH_PICTURE = r"\g<0>\n\n```archspec\n\1```"
"""Each recipe is drawn beside its text, by the fence that archspec has for MkDocs."""


def on_files(files: Any, config: Any) -> Any:
    """Bring the pictures of `specs/` along, under the name that they have in the repository."""
    from mkdocs.structure.files import File

    for picture in sorted(ROOT.glob("specs/*/expected/*.svg")):
        files.append(File.generated(config, picture.relative_to(ROOT).as_posix(), abs_src_path=str(picture)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn links that leave `docs/`: pictures to those brought along, others to the repository."""
    folder = posixpath.dirname(page.file.src_uri)

    def turned(link: re.Match[str]) -> str:
        picture, text, target, end = link.groups()
        place = posixpath.normpath(posixpath.join("docs", folder, target))
        if place.startswith("docs/"):
            return link[0]
        address = posixpath.relpath(place, folder or ".") if picture else f"{REPOSITORY}/{place}"
        return f"{picture}{text}{address}{end}"

    turned_links = _LINK.sub(turned, markdown)
    return _SPEC.sub(_WITH_PICTURE, turned_links) if page.file.src_uri == "cookbook.md" else turned_links
