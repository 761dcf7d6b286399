"""`archspec calibrate`: take a spec's figures from traces, and see whether it then takes as long as they do."""

from typing import Annotated

import typer

from archspec.cli import completion, options
from archspec.cli.drift import Map, MinTraces, Sampled, Since, TailSampled, Traces, observed, trace_settings
from archspec.cli.terminal import Terminal
from archspec.errors import UsageError

Format = Annotated[str | None, options.format_option("calibration")]
Flow = Annotated[
    str | None, typer.Option("--flow", help="The figures of this flow alone.", autocompletion=completion.flows)
]
Write = Annotated[bool, typer.Option("--write", help="Write the figures into the spec.")]
Absorb = Annotated[
    bool, typer.Option("--absorb", help="Put what no span shows of a flow's median on whoever is asked first.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what --write would change.")]


def calibrate(
    spec: options.Spec,
    traces: Traces,
    flow: Flow = None,
    write: Write = False,
    diff: Diff = False,
    absorb: Absorb = False,
    output_format: Format = None,
    output: options.Output = None,
    config: options.ConfigFile = None,
    map_: Map = None,
    since: Since = None,
    min_traces: MinTraces = None,
    sampled: Sampled = None,
    tail_sampled: TailSampled = False,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Take times, shares and rates from the traces of a system. Flows stand beside what was measured."""
    from archspec.cli.deliver import deliver, report_of
    from archspec.cli.fixing import show_added, write_added
    from archspec.conformance.calibration import calibrate as calibrated
    from archspec.conformance.telling import telling
    from archspec.language import load, named
    from archspec.reports import Subject
    from archspec.validators.fixing.repair import Repair

    terminal = Terminal(quiet, no_color)
    written_as = report_of(output_format, output, Subject.CALIBRATION)
    if write and (spec == "-" or spec.endswith(".py")):
        raise UsageError(f"--write writes into a YAML file, and {spec} is none; take the figures from the report.")
    settings = trace_settings(spec, map_ or config, min_traces, sampled, tail_sampled=tail_sampled)
    architecture = load(spec, allow_outside=allow_outside)
    if flow is not None:
        named("flow", flow, architecture.flows)
    observation = observed(traces, terminal, since)
    found = calibrated(architecture, observation, settings, flow, absorb=absorb)
    repair = Repair(found.before, found.after)
    if diff:
        return show_added(repair, terminal)
    if write:
        write_added(repair, terminal)
    deliver(written_as, found, output, terminal)
    terminal.message(*telling(architecture, observation, settings))
    return 0
