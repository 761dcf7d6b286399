"""A fence for MkDocs (and every Markdown tool that uses pymdownx.superfences).

In `mkdocs.yml`:

    markdown_extensions:
      - pymdownx.superfences:
          custom_fences:
            - name: archspec
              class: archspec
              format: !!python/name:archspec.integrations.mkdocs.fence
              validator: !!python/name:archspec.integrations.mkdocs.validator

In a page, a spec of its own, or a file (relative to the folder that MkDocs is run in) and a view:

    ```archspec
    {archspec: 1, name: Tiny, components: {api: {kind: server}}}
    ```

    ```archspec spec="specs/video_platform/architecture.yaml" view="overview"
    ```
"""

from pathlib import Path
from typing import Any

_OPTIONS = ("spec", "view")


def validator(language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, Any], md: Any) -> bool:
    """Take `spec` and `view`; leave anything else to the fence's class and id."""
    for key, value in inputs.items():
        (options if key in _OPTIONS else attrs)[key] = value
    return True


def fence(source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any) -> str:
    """The picture as HTML. An invalid spec fails the build with the message that `archspec lint` gives.

    Raises:
        SuperFencesException: the spec is invalid, or has no such view.

    """
    from pymdownx.superfences import SuperFencesException

    from archspec.errors import ArchspecError
    from archspec.integrations.picture import inline_svg

    spec = Path(str(options["spec"])) if options.get("spec") else None
    try:
        picture = inline_svg(spec, source, options.get("view"))
    except ArchspecError as error:  # any other kind would be swallowed, and the page built without its picture
        raise SuperFencesException(str(error)) from None
    return f'<figure class="{css_class}">{picture}</figure>'
