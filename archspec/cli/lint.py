"""`archspec lint`: judge specs, write what was found, say by the exit status whether it is bad."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archspec.cli import completion, options
from archspec.errors import SpecError
from archspec.printable import Syntax, harmless_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from archspec.cli.terminal import Terminal
    from archspec.validators import Config, Outcome, Rule, Run

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH…", help="Specs, folders, patterns, or - for standard input. Default: this folder."),
]
Format = Annotated[str | None, options.format_option("findings")]
Select = Annotated[
    str | None,
    typer.Option(metavar="RULES", help="Only these: codes, themes, sets; by commas.", autocompletion=completion.rules),
]
ExtendSelect = Annotated[str | None, typer.Option(metavar="RULES", help="These too.", autocompletion=completion.rules)]
Statistics = Annotated[bool, typer.Option("--statistics", help="Only how often each rule speaks.")]
ShowConfig = Annotated[bool, typer.Option("--show-config", help="Show the settings that hold, and leave.")]
Python = Annotated[bool, typer.Option("--python", help="In folders take .py specs too (runs their code).")]
Changed = Annotated[
    bool, typer.Option("--changed", help="PATHs are changed files: take the specs that they are part of.")
]
Watch = Annotated[bool, typer.Option("--watch", "-w", help="Again at every change of a spec, until Ctrl-C.")]
Rules = Annotated[list[Path] | None, typer.Option("--rules", metavar="FILE", help="Rules of yours (runs its code).")]
Fix = Annotated[bool, typer.Option("--fix", help="Mend what is safe first: slips in ids, idle suppressions, layout.")]
Unsafe = Annotated[bool, typer.Option("--unsafe-fixes", "--unsafe", help="With --fix: also add what rules ask for.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what --fix would change.")]


def lint(
    paths: Paths = None,
    output_format: Format = None,
    select: Select = None,
    extend_select: ExtendSelect = None,
    ignore: options.Ignore = None,
    fail_on: options.FailOn = None,
    output_file: options.OutputFile = None,
    statistics: Statistics = False,
    show_config: ShowConfig = False,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
    baseline: options.Known = None,
    write_baseline: options.WriteKnown = None,
    prune_baseline: options.Prune = False,
    rules: Rules = None,
    fix: Fix = False,
    unsafe_fixes: Unsafe = False,
    diff: Diff = False,
    watch: Watch = False,
    changed: Changed = False,
    python: Python = False,
    allow_outside: options.Outside = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> int:
    """Check specs against the rules of design. `archspec rule CODE` explains a rule."""
    from archspec.cli.deliver import deliver, deliver_content, report_of
    from archspec.cli.spec_paths import affected, spec_paths
    from archspec.cli.terminal import Terminal
    from archspec.reports import Subject
    from archspec.validators import config_for

    terminal = Terminal(quiet, no_color)
    written_as = report_of(output_format, output_file, Subject.FINDINGS)
    specs = list(affected(paths or [])) if changed else spec_paths(paths or ["."], python=python)
    wishes = (selectors(select), selectors(extend_select) or (), selectors(ignore) or (), fail_on)
    more = _rules_in(rules or [])
    found = {spec: config_for(Path(spec), config, isolated=isolated) for spec in specs}
    configs = {spec: replace(each.overridden(*wishes), more_rules=more) for spec, each in found.items()}
    if show_config:
        terminal.data(_config_text(configs))
        return 0
    if diff:
        return _show_difference(configs, terminal, unsafe=unsafe_fixes, allow_outside=allow_outside)
    if fix:
        from archspec.cli.fixing import fix as mend

        mend(configs, unsafe=unsafe_fixes, allow_outside=allow_outside, terminal=terminal)

    def judge() -> "Run":
        run = _judged(configs, allow_outside, terminal)
        if baseline:
            run = without_known(run, baseline, prune_baseline, terminal.message)
        if statistics:
            from archspec.reports.findings.text import statistics as counted

            deliver_content(counted(run.findings), Syntax.PLAIN, "text", output_file, terminal)
        else:
            deliver(written_as, run, output_file, terminal)
        in_report = written_as.name == "text" and output_file is None
        _say_the_rest(run, terminal.message, in_report=in_report)
        return run

    if write_baseline:
        return written_baseline(_judged(configs, allow_outside, terminal), write_baseline, terminal)
    if watch:
        _watch(judge, terminal)
        return 0
    return judge().status


def _watch(judge: "Callable[[], Run]", terminal: "Terminal") -> None:
    from archspec.watching import watch

    def files() -> list[str]:
        run = judge()
        terminal.message("", "Watching; Ctrl-C ends.")
        return [file for outcome in run.outcomes for file in (outcome.file, *outcome.sources)]

    watch(files)


def _show_difference(configs: "dict[str, Config]", terminal: "Terminal", *, unsafe: bool, allow_outside: bool) -> int:
    from archspec.cli.fixing import difference

    text = difference(configs, unsafe=unsafe, allow_outside=allow_outside)
    terminal.data(text)
    return 1 if text else 0


def _judged(configs: "dict[str, Config]", allow_outside: bool, terminal: "Terminal") -> "Run":
    from archspec.cli.steps import told_steps
    from archspec.validators import Run
    from archspec.validators.selection import all_rules

    known = {code: rule for config in configs.values() for code, rule in all_rules(config).items()}
    outcomes = []
    with told_steps(terminal, len(configs)) as say:
        for spec, config in configs.items():
            say(f"judging {spec}")
            outcomes.append(_outcome(spec, config, allow_outside))
    return Run(tuple(outcomes), known)


def written_baseline(run: "Run", file: Path, terminal: "Terminal") -> int:
    """Keep all findings of a run as known, and give the exit status."""
    from archspec.cli.output import write_file
    from archspec.validators.baseline import baseline_of

    write_file(file, harmless_text(baseline_of(run, file).text, Syntax.JSON))
    terminal.message(f"{len(run.findings)} findings are known in {file} now.")
    return 0


def _outcome(spec: str, config: "Config", allow_outside: bool) -> "Outcome":
    from archspec.language import load
    from archspec.validators import invalid, judge

    file = "<stdin>" if spec == "-" else spec
    try:
        architecture = load(spec, allow_outside=allow_outside)
    except SpecError as error:
        from archspec.importers.foreign import foreign

        return invalid(file, foreign(error))
    return judge(architecture, config, file)


def without_known(run: "Run", file: Path, prune: bool, say: "Callable[[str], None]") -> "Run":
    """A run without what a baseline knows; `say` is told what is stale in that."""
    from archspec.validators.baseline import read_baseline

    baseline = read_baseline(file)
    run, stale = baseline.without_known(run)
    if stale.known and prune:
        from archspec.cli.output import write_file

        write_file(file, harmless_text(baseline.without(stale).text, Syntax.JSON), in_place=True)
        say(f"{file}: {len(stale.known)} stale entries taken out.")
    elif stale.known:
        names = ", ".join(f"{rule} on `{element}`" for _, rule, element in sorted(stale.known))
        say(f"{file}: no longer found: {names}. Take them out with --prune-baseline.")
    return run


def _say_the_rest(run: "Run", say: "Callable[[str], None]", *, in_report: bool) -> None:
    """What belongs to standard error: the summary of formats that have none, and what was not judged."""
    from archspec.validators import closing_line

    if not in_report:
        say(run.summary + ".")
    say(closing_line(each for outcome in run.outcomes for each in outcome.unknown))


def _rules_in(files: list[Path]) -> "tuple[Rule, ...]":
    if not files:
        return ()
    from archspec.validators.team.python_file import rules_in

    return tuple(rule for file in files for rule in rules_in(file))


def selectors(text: str | None) -> tuple[str, ...] | None:
    """What an option lists by commas; None where it is not given."""
    if text is None:
        return None
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _config_text(configs: "dict[str, Config]") -> str:
    from archspec.validators.config_text import config_text

    return "\n".join(f"# {spec}\n{config_text(config)}" for spec, config in configs.items())
