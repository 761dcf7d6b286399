"""`archspec drift`: hold a spec against traces, and say where it has drifted."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion
from archspec.cli.options import NoColor, Outside, Quiet, Spec, format_option

if TYPE_CHECKING:
    from archspec.cli.terminal import Terminal
    from archspec.conformance.settings import TraceSettings
    from archspec.observation.observe import Observation

Traces = Annotated[
    list[str],
    typer.Argument(
        metavar="TRACES…",
        help="Files, folders or patterns of spans (OTLP, Jaeger, Tempo, Zipkin) or service graph metrics; - is piped.",
    ),
]
Format = Annotated[str | None, format_option("findings")]
Select = Annotated[
    str | None, typer.Option(metavar="RULES", help="Only these: codes, by commas.", autocompletion=completion.rules)
]
Ignore = Annotated[str | None, typer.Option(metavar="RULES", help="Not these.", autocompletion=completion.rules)]
FailOn = Annotated[str | None, typer.Option(help="Exit status 1 from: error (default), warning, info, never.")]
OutputFile = Annotated[Path | None, typer.Option("--output-file", "-o", help="Write there instead.")]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="This configuration, whatever stands beside the spec."),
]
Known = Annotated[Path | None, typer.Option("--baseline", metavar="FILE", help="Leave out what this file knows.")]
Write = Annotated[Path | None, typer.Option("--write-baseline", metavar="FILE", help="Write all findings as known.")]
Prune = Annotated[bool, typer.Option("--prune-baseline", help="Take what is stale out of the baseline.")]
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
    spec: Spec,
    traces: Traces,
    output_format: Format = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOn = None,
    output_file: OutputFile = None,
    config: ConfigFile = None,
    map_: Map = None,
    since: Since = None,
    baseline: Known = None,
    write_baseline: Write = None,
    prune_baseline: Prune = False,
    fix: Fix = False,
    diff: Diff = False,
    min_traces: MinTraces = None,
    sampled: Sampled = None,
    tail_sampled: TailSampled = False,
    allow_outside: Outside = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> int:
    """Hold a spec against traces of the running system. `archspec rule DRF01` explains a rule."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.cli.fixing import added_difference, write_added
    from archspec.cli.lint import selectors, without_known, written_baseline
    from archspec.cli.terminal import Terminal
    from archspec.conformance.judge import drift as judged
    from archspec.conformance.telling import telling
    from archspec.language import load
    from archspec.reports.report import Subject
    from archspec.validators.config_file import config_for
    from archspec.validators.fixing.repair import repair_added
    from archspec.validators.outcome import Run
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
        text = added_difference(repair_added(architecture, outcome.findings))
        terminal.data(text)
        return 1 if text else 0
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
    from archspec.model.quantities import Ratio

    settings = find_settings(Path(spec), config)
    if min_traces is not None:
        settings = replace(settings, min_traces=min_traces)
    if sampled is not None:
        share = Fraction(1) if sampled == "100%" else Fraction(str(ratio_option("--sampled", sampled)))
        settings = replace(settings, sampled=Ratio(share))
    return replace(settings, tail_sampled=settings.tail_sampled or tail_sampled)


def observed(traces: list[str], terminal: "Terminal", since: str | None) -> "Observation":
    """What trace files tell; the file at work is told now and then."""
    from datetime import UTC, datetime

    from archspec.cli.steps import told_steps
    from archspec.observation.observe import observe
    from archspec.observation.since import moment, nanoseconds

    begin = nanoseconds(moment(since, datetime.now(UTC)) if since is not None else None)
    with told_steps(terminal, 1) as say:
        return observe(traces, say, begin)
