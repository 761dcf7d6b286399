"""`archspec trace`."""

from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion, options
from archspec.cli.terminal import Terminal
from archspec.errors import UsageError

if TYPE_CHECKING:
    from archspec.model import Architecture
    from archspec.simulation import Trace, TraceOptions


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
Format = Annotated[str | None, options.format_option("trace", "traces")]
Epoch = Annotated[
    int, typer.Option("--epoch", min=0, metavar="SECONDS", help="otlp, chrome, zipkin, …: Unix time of its start.")
]


def trace(
    spec: options.Spec,
    flow: Flow = None,
    pipeline: Pipeline = None,
    fail: Fail = None,
    just_failed: options.JustFailed = None,
    slow: Slow = None,
    miss: Miss = None,
    sample: Sample = False,
    seed: Seed = 1,
    number: Number = 0,
    format: Format = None,  # noqa: A002 - the option's name
    epoch: Epoch = 0,
    output: options.Output = None,
    set_: options.Set = None,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Walk one request, or one change in a pipeline, step by step."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.language import load
    from archspec.reports import Subject, TracedRequest, Traces
    from archspec.simulation import SampledTrace, TraceOptions

    terminal = Terminal(quiet, no_color)
    if pipeline is not None:
        if flow or just_failed or slow or miss or sample:
            raise UsageError("--pipeline walks a change: it takes --fail STAGE, and no option of a request.")
        from archspec.simulation import trace_pipeline

        written_as = report_of(format, output, Subject.DELIVERY)
        architecture = load(spec, allow_outside=allow_outside, settings=options.settings(set_))
        deliver(written_as, trace_pipeline(architecture, pipeline, tuple(fail or ())), output, terminal)
        return
    written_as = report_of(format, output, Subject.TRACE, Subject.TRACES)
    asked = TraceOptions(
        tuple(fail or ()), tuple(slow or ()), tuple(miss or ()), tuple(just_failed or ()), sample, seed, number
    )
    architecture = load(spec, allow_outside=allow_outside, settings=options.settings(set_))
    walked = _walked(architecture, flow, asked)
    if written_as.subject is Subject.TRACE:
        deliver(written_as, TracedRequest(architecture, walked), output, terminal)
    else:
        deliver(written_as, Traces((SampledTrace(0, walked),), epoch * 10**9), output, terminal)


def _walked(architecture: "Architecture", flow: str | None, options: "TraceOptions") -> "Trace":
    from archspec.simulation.trace import trace as walk

    if flow is None and not architecture.flows:
        raise UsageError("the spec has no flows; write what a request does under `flows:`.")
    return walk(architecture, flow or next(iter(architecture.flows)), options)
