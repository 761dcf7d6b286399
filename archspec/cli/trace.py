"""`archspec trace`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion
from archspec.cli.options import NoColor, Output, Outside, Quiet, Set, Spec, settings
from archspec.cli.terminal import Terminal

if TYPE_CHECKING:
    from archspec.execution.trace_model import Trace, TraceOptions
    from archspec.model.architecture import Architecture
    from archspec.reports.calls import Palette


class Format(StrEnum):
    """What a trace is written as."""

    TREE = "tree"
    WATERFALL = "waterfall"
    JSON = "json"
    MERMAID = "mermaid"
    HTML = "html"
    OTLP = "otlp"
    CHROME = "chrome"
    JAEGER = "jaeger"
    ZIPKIN = "zipkin"
    SPEEDSCOPE = "speedscope"


Flow = Annotated[
    str | None,
    typer.Argument(metavar="[FLOW]", help="Which flow; default: the first.", autocompletion=completion.flows),
]
Pipeline = Annotated[
    str | None,
    typer.Option(
        "--pipeline", help="Walk a change through this pipeline instead.", autocompletion=completion.pipelines
    ),
]
Fail = Annotated[
    list[str] | None,
    typer.Option(
        "--fail",
        metavar="ID",
        help="Down: a component, a replica (api-2), a group; a stage of a pipeline.",
        autocompletion=completion.parts,
    ),
]
JustFailed = Annotated[
    list[str] | None,
    typer.Option(
        "--just-failed",
        metavar="ID",
        help="Down since a moment: nobody has noticed yet.",
        autocompletion=completion.parts,
    ),
]
Slow = Annotated[
    list[str] | None,
    typer.Option(
        "--slow",
        metavar="ID=5x",
        help='Slower by a factor or a time; also "a -> b=200ms".',
        autocompletion=completion.slowed,
    ),
]
Miss = Annotated[
    list[str] | None,
    typer.Option("--miss", metavar="ID", help="A cache that misses.", autocompletion=completion.caches),
]
Sample = Annotated[bool, typer.Option("--sample", help="Draw every random quantity instead of taking medians.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the draws.")]
Number = Annotated[int, typer.Option("--number", min=0, help="Which request of the simulated stream to draw for.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How it is written.")]
Epoch = Annotated[
    int, typer.Option("--epoch", min=0, metavar="SECONDS", help="otlp, chrome, zipkin, …: Unix time of its start.")
]


def trace(
    spec: Spec,
    flow: Flow = None,
    pipeline: Pipeline = None,
    fail: Fail = None,
    just_failed: JustFailed = None,
    slow: Slow = None,
    miss: Miss = None,
    sample: Sample = False,
    seed: Seed = 1,
    number: Number = 0,
    format: FormatOption = Format.TREE,  # noqa: A002 - the option's name
    epoch: Epoch = 0,
    output: Output = None,
    set_: Set = None,
    allow_outside: Outside = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    """Walk one request through the system, or one change through a pipeline."""
    from archspec.cli.deliver import deliver
    from archspec.errors import UsageError
    from archspec.execution.trace_model import TraceOptions
    from archspec.language import load
    from archspec.reports.calls import ANSI, PLAIN

    terminal = Terminal(quiet, no_color)
    architecture = load(spec, allow_outside=allow_outside, settings=settings(set_))
    paint = ANSI if terminal.colour and output is None else PLAIN
    if pipeline is not None:
        if flow or just_failed or slow or miss or sample or format not in (Format.TREE, Format.JSON):
            raise UsageError("--pipeline walks a change: it takes --fail STAGE and --format tree or json only.")
        text = _walked(architecture, pipeline, tuple(fail or ()), format, paint)
    else:
        options = TraceOptions(
            tuple(fail or ()), tuple(slow or ()), tuple(miss or ()), tuple(just_failed or ()), sample, seed, number
        )
        text = _traced(architecture, flow, options, format, paint, epoch * 10**9)
    deliver(text, format.value, output, terminal)


def _walked(
    architecture: "Architecture", pipeline: str, fail: tuple[str, ...], format_: Format, paint: "Palette"
) -> str:
    from archspec.execution.delivery import trace_pipeline
    from archspec.reports.delivery.tree import delivery
    from archspec.reports.trace.json import delivery_json

    walked = trace_pipeline(architecture, pipeline, fail)
    return delivery_json(walked) if format_ is Format.JSON else delivery(walked, paint)


def _traced(
    architecture: "Architecture",
    flow: str | None,
    options: "TraceOptions",
    format_: Format,
    paint: "Palette",
    epoch: int,
) -> str:
    from archspec.errors import UsageError
    from archspec.execution.trace import trace as walk

    if flow is None and not architecture.flows:
        raise UsageError("the spec has no flows; write what a request does under `flows:`.")
    walked = walk(architecture, flow or next(iter(architecture.flows)), options)
    if format_ is Format.HTML:
        from archspec.reports.trace.html import html

        return html(architecture, walked)
    return _written(walked, format_, paint, epoch)


def _written(walked: "Trace", format_: Format, paint: "Palette", epoch: int) -> str:
    from archspec.reports.trace.json import json
    from archspec.reports.trace.mermaid import mermaid
    from archspec.reports.trace.tree import tree
    from archspec.reports.trace.waterfall import waterfall

    match format_:
        case Format.TREE:
            return tree(walked, paint)
        case Format.WATERFALL:
            return waterfall(walked, paint)
        case Format.JSON:
            return json(walked)
        case Format.MERMAID:
            return mermaid(walked)
        case _:
            return _exported(walked, format_, epoch)


def _exported(walked: "Trace", format_: Format, epoch: int) -> str:
    from archspec.execution.sampled_traces import SampledTrace
    from archspec.reports.trace.chrome import chrome
    from archspec.reports.trace.jaeger import jaeger
    from archspec.reports.trace.otlp import otlp
    from archspec.reports.trace.speedscope import speedscope
    from archspec.reports.trace.zipkin import zipkin

    write = {
        Format.OTLP: otlp,
        Format.CHROME: chrome,
        Format.JAEGER: jaeger,
        Format.ZIPKIN: zipkin,
        Format.SPEEDSCOPE: speedscope,
    }[format_]
    return write((SampledTrace(0, walked),), epoch)
