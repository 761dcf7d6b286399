"""`archspec drift`: hold a spec against traces, and say where it has drifted."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion, options

if TYPE_CHECKING:
    from archspec.cli.terminal import Terminal
    from archspec.conformance.settings import TraceSettings
    from archspec.model import Architecture
    from archspec.observation import Observation
    from archspec.validators import Finding

Traces = Annotated[
    list[str],
    typer.Argument(
        metavar="TRACES…",
        help="Files, folders or patterns of spans (OTLP, Jaeger, Tempo, Zipkin) or service graph metrics; - is piped.",
    ),
]
Format = Annotated[str | None, options.format_option("findings")]
Select = Annotated[
    str | None, typer.Option(metavar="RULES", help="Only these: codes, by commas.", autocompletion=completion.rules)
]
Fix = Annotated[bool, typer.Option("--fix", help="Write the connections and components that are missing.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what --fix would change.")]
MinTraces = Annotated[
    int | None, typer.Option("--min-traces", min=1, metavar="N", help="Judge flows of so many traces (default 20).")
]
Map = Annotated[
    Path | None,
    typer.Option("--map", metavar="FILE", help="Take [traces] (names, ignore, …) from this file, and no other."),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="WHEN", help="Traces that began since: a day, a time, or how long ago (24h)."),
]
Sampled = Annotated[
    str | None,
    typer.Option("--sampled", metavar="RATIO", help="Share of all traces, drawn at random as they began, such as 20%."),
]
TailSampled = Annotated[
    bool, typer.Option("--tail-sampled", help="Failed or slow traces were kept by preference: judge no shares.")
]


def drift(
    spec: options.Spec,
    traces: Traces,
    output_format: Format = None,
    select: Select = None,
    ignore: options.Ignore = None,
    fail_on: options.FailOn = None,
    output_file: options.OutputFile = None,
    config: options.ConfigFile = None,
    map_: Map = None,
    since: Since = None,
    baseline: options.Known = None,
    write_baseline: options.WriteKnown = None,
    prune_baseline: options.Prune = False,
    fix: Fix = False,
    diff: Diff = False,
    min_traces: MinTraces = None,
    sampled: Sampled = None,
    tail_sampled: TailSampled = False,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Hold a spec against traces of the running system. `archspec rule DRF01` explains a rule."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.cli.fixing import show_added, write_added
    from archspec.cli.lint import selectors, without_known, written_baseline
    from archspec.cli.terminal import Terminal
    from archspec.conformance.judge import drift as judged
    from archspec.conformance.telling import telling
    from archspec.language import load
    from archspec.reports import Subject
    from archspec.validators import Run, config_for
    from archspec.validators.fixing.repair import repair_added
    from archspec.validators.registry import rules

    terminal = Terminal(quiet, no_color)
    written_as = report_of(output_format, output_file, Subject.FINDINGS)
    settings = trace_settings(spec, map_ or config, min_traces, sampled, tail_sampled=tail_sampled)
    wishes = config_for(Path(spec), config, isolated=False).overridden(
        selectors(select), (), selectors(ignore) or (), fail_on
    )
    architecture = load(spec, allow_outside=allow_outside)
    observation = observed(traces, terminal, since)
    outcome = judged(architecture, observation, settings, wishes, "<stdin>" if spec == "-" else spec)
    run = Run((outcome,), rules())
    if diff:
        return show_added(repair_added(architecture, outcome.findings), terminal)
    if fix and spec != "-" and not spec.endswith(".py"):
        write_added(repair_added(architecture, outcome.findings), terminal)
        architecture = load(spec, allow_outside=allow_outside)
        run = Run((judged(architecture, observation, settings, wishes, spec),), run.rules)
    if write_baseline:
        return written_baseline(run, write_baseline, terminal)
    if baseline:
        run = without_known(run, baseline, prune_baseline, terminal.message)
    deliver(written_as, run, output_file, terminal)
    if written_as.name != "text" or output_file is not None:
        terminal.message(f"{run.summary}.")
    terminal.message(*telling(architecture, observation, settings))
    return run.status


def trace_settings(
    spec: str, config: Path | None, min_traces: int | None, sampled: str | None, *, tail_sampled: bool
) -> "TraceSettings":
    """What the configuration says of traces, and what the command line says instead."""
    from fractions import Fraction

    from archspec.cli.simulation_options import ratio_option
    from archspec.conformance.settings import find_settings

    share = None
    if sampled is not None:
        share = Fraction(1) if sampled == "100%" else Fraction(str(ratio_option("--sampled", sampled)))
    return find_settings(Path(spec), config).overridden(min_traces, share, tail_sampled=tail_sampled)


def drifted_in(
    architecture: "Architecture", spec: str, traces: list[str], terminal: "Terminal"
) -> "tuple[Finding, ...]":
    """What traces contradict in a spec, by the configuration that stands beside it; what they cannot tell is said."""
    from archspec.conformance.judge import drift as judged
    from archspec.conformance.telling import telling
    from archspec.validators import find_config

    settings = trace_settings(spec, None, None, None, tail_sampled=False)
    observation = observed(traces, terminal, None)
    terminal.message(*telling(architecture, observation, settings))
    return judged(architecture, observation, settings, find_config(Path(spec)), spec).findings


def observed(traces: list[str], terminal: "Terminal", since: str | None) -> "Observation":
    """What trace files tell; the file at work is told now and then."""
    from datetime import UTC, datetime

    from archspec.cli.steps import told_steps
    from archspec.observation.observe import observe
    from archspec.observation.since import moment, nanoseconds

    begin = nanoseconds(moment(since, datetime.now(UTC)) if since is not None else None)
    with told_steps(terminal, 1) as say:
        return observe(traces, say, begin)
