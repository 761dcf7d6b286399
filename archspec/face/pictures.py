"""`archspec.render` and `archspec.page`: what a system looks like."""

from collections.abc import Callable, Mapping
from os import PathLike, fspath
from pathlib import Path

from archspec.errors import UsageError
from archspec.face.given import SystemLike, architecture_of, file_of, keep_from, place_of
from archspec.face.observed import Traces, drift
from archspec.frozen import frozen
from archspec.model import View
from archspec.printable import harmless_text, syntax_of


@frozen
class Picture:
    """A view as it was drawn; a notebook shows it. `notes` say what the format could not express."""

    view: str
    format: str
    data: bytes
    """The content of its file."""
    notes: tuple[str, ...]

    @property
    def text(self) -> str:
        """The picture as a text.

        Raises:
            UsageError: the format is no text.

        """
        try:
            return self.data.decode()
        except UnicodeDecodeError:
            raise UsageError(f"{self.format} is not text; take `data`, or write it to a file.") from None

    def __repr__(self) -> str:
        return f"Picture({self.view!r}, {self.format!r}, {len(self.data)} bytes)"

    def _repr_svg_(self) -> str | None:
        return self.text if self.format == "svg" else None

    def _repr_png_(self) -> bytes | None:
        return self.data if self.format == "png" else None


def render(
    system: SystemLike,
    to: str | PathLike[str] | None = None,
    *,
    view: str | View | None = None,
    format: str | None = None,  # noqa: A002 - the command's word
    scale: float = 2.0,
    theme: str = "default",
    fit: str = "docs",
    keep: str | PathLike[str] | None = None,
    overlay: str | None = None,
    traces: Traces = (),
    details: bool = False,
) -> Picture:
    """Draw one view of a system, as `archspec render` does, and write it to the file `to` where one is named.

    `view` is the id of a view (default: the first; `flow-ID` numbers a flow, `sequence-ID` draws it in time), or one
    that was made. The format is `format`, else that of the file's suffix, else SVG. `scale` is the number of pixels of
    a bitmap for each px; `theme` is `default`, `print`, `high-contrast` or a `.toml` file; `fit` is where it will be
    seen: in `docs` (a column of 860 px), on a `screen`, on a `slide`, or a width in px; `keep` is an SVG drawn before,
    of which what is shown again stays where it is. `overlay` writes on each card its `utilisation`, its `availability`
    (what it costs the flows), its `latency` (its share of a response), its `owner`, its `findings`, or its `drift` from
    the `traces` of what runs; `details` on each line its protocol, timeout and attempts.

    Raises:
        UsageError: there is no such view, format, overlay or place, or the file cannot be written.

    """
    from archspec.cli.output import write_file
    from archspec.overlays import Subject, layer_of
    from archspec.renderers import Options, find_fit, find_view, renderer_for
    from archspec.renderers import render as drawn
    from archspec.renderers.layout.kept_file import read_kept
    from archspec.renderers.themes import find_theme

    architecture = architecture_of(system)
    renderer = renderer_for(format, None if to is None else fspath(to))
    chosen = view if isinstance(view, View) else find_view(architecture, view)
    kept = None if keep is None else read_kept(Path(fspath(keep)))
    drifted = tuple(drift(system, traces)) if traces else None
    layer = layer_of(overlay, Subject(architecture, chosen, place_of(system), drifted=drifted)) if overlay else None
    options = Options(scale, find_theme(theme), fit=find_fit(fit), kept=kept, layer=layer, details=details)
    made = drawn(renderer, architecture, chosen, options)
    data = made.data
    if renderer.is_text:
        data = harmless_text(data.decode(), syntax_of(renderer.media_type)).encode()
    if to is not None:
        keep_from(Path(fspath(to)), architecture)
        write_file(Path(fspath(to)), data)
    return Picture(chosen.id, renderer.name, data, made.notes)


@frozen
class Page:
    """The page of a system, with the files that lie beside it; a notebook shows it in a frame."""

    files: Mapping[str, bytes]
    """The content of each file by its path in the folder; `index.html` is the page."""
    notes: tuple[str, ...]
    """What pictures could not express."""

    @property
    def html(self) -> str:
        """The page itself; it needs nothing else but for links to the files beside it."""
        return self.files["index.html"].decode()

    def __repr__(self) -> str:
        return f"Page({len(self.files)} files)"

    def _repr_html_(self) -> str:
        from archspec.face.tables import framed

        # the page keeps its state in its address, which in a frame must not be taken for the notebook's
        return framed(self.html.replace("<head>", '<head><base href="about:srcdoc">', 1))


def page(
    system: SystemLike,
    to: str | PathLike[str] | None = None,
    *,
    keep: bool = True,
    traces: Traces = (),
    progress: Callable[[str], None] | None = None,
) -> Page:
    """Everything about a system in one interactive page, as `archspec build` gathers it; written to the folder `to`.

    With `keep` cards stay where the pictures in that folder have them. With `traces` of what runs the cards can say
    what these contradict. `progress` hears what comes next.

    Raises:
        UsageError: the folder cannot be written.

    """
    from archspec.cli.output_folder import write_folder
    from archspec.renderers.layout.kept_file import kept_in
    from archspec.validators import find_config, judge
    from archspec.webpage import Placing
    from archspec.webpage.gathering.page import gather

    architecture, file = architecture_of(system), file_of(system)
    outcome = judge(architecture, find_config(place_of(system)), file)
    name = "standard input" if file == "<stdin>" else Path(file).name
    placing = Placing(kept=kept_in(Path(fspath(to)) / "views") if keep and to is not None else None)
    drifted = tuple(drift(system, traces)) if traces else None
    gathered = gather(architecture, outcome, name, progress or (lambda _: None), placing=placing, drifted=drifted)
    files = gathered.all_files()
    if to is not None:
        for path in files:
            keep_from(Path(fspath(to)) / path, architecture)
        write_folder(Path(fspath(to)), files)
    return Page(files, gathered.notes)
