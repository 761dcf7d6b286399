"""What `import archspec` gives: where each name is, so that a program imports what it asks for and no more.

The stub `archspec/__init__.pyi`, from which type checkers and editors know the names, is written from this table.
"""

_PLACES = {
    "archspec.analysis.load_report": "LoadReport SaturationReport StationReport",
    "archspec.analysis.report": "CostReport FlowReport PointReport",
    "archspec.dsl.builder": "Component Flow Group System connect",
    "archspec.dsl.steps": "call parallel stage use work",
    "archspec.errors": "ArchspecError DefectError MissingExtraError Problem Span SpecError UsageError",
    "archspec.face.analysis": "Analysis analyze",
    "archspec.face.comparisons": "ComparedFigure ComparedFlow Comparison Sweep SweepPoint SweepRun",
    "archspec.difference.change": "Change ChangeKind",
    "archspec.difference.consequence": "Consequence Effect Figure",
    "archspec.face.differences": "Difference diff",
    "archspec.face.exported": "Exported export",
    "archspec.face.findings": "Findings Fixes fixes lint",
    "archspec.face.given": "Architecture SystemLike load load_text",
    "archspec.face.imports": "ImportedSpec import_files",
    "archspec.face.observed": "CalibratedFigure CalibratedFlow Calibration calibrate drift",
    "archspec.face.pictures": "Page Picture page render",
    "archspec.face.rows": "Rows",
    "archspec.face.runs": "compare find_capacity simulate sweep trace trace_pipeline",
    "archspec.face.part_figures": (
        "FunctionFigures JobFigures PoolFigures QueueFigures SessionFigures SubscriptionFigures"
    ),
    "archspec.face.simulations": (
        "AlertChange Capacity ComponentFigures FlowFigures Latency LoadFigures Moment Percentiles "
        "SampledTrace Simulation TriedLoad"
    ),
    "archspec.face.specs": "RuleDescription changed rules schema technologies to_yaml",
    "archspec.face.traces": ("Delivery LogLine ReplicaMove RunEvent Trace TracedCall TracedStage TracedWork Verdict"),
    "archspec.face.planning": "Plan PlanMargin PlanTry plan",
    "archspec.face.verification": "Verification VerifiedFault VerifiedFlow verify",
    "archspec.model.view": "View",
    "archspec.validators.finding": "Finding Severity Unknown",
}
_BY_NAME = {name: place for place, names in _PLACES.items() for name in names.split()}
_KINDS = "archspec.dsl"


def place_of(name: str) -> str | None:
    """The module that a public name is imported from; None where there is no such name."""
    return _BY_NAME.get(name) or (_KINDS if name in _kinds() else None)


def names() -> list[str]:
    """Every public name, sorted."""
    return sorted([*_BY_NAME, *_kinds()])


def _kinds() -> list[str]:
    """The classes of the kinds of components: their files say which there are."""
    from archspec.dsl.kinds import __all__ as found

    return found
