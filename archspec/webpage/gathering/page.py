"""Everything that is known of a system, gathered for its page, with the files that go beside it."""

from collections.abc import Callable
from typing import Any

from archspec import __version__
from archspec.analysis import Availability, Capacity
from archspec.frozen import frozen
from archspec.model import Architecture
from archspec.printable import harmless_file
from archspec.renderers import views
from archspec.reports.findings import json
from archspec.simulation.trace import Tracer
from archspec.validators import Context, Finding, Outcome, Run, closing_line
from archspec.validators.registry import rules
from archspec.webpage import File, PageContent, Picture, Placing, known
from archspec.webpage.gathering.alert_rules import alert_table
from archspec.webpage.gathering.availability import availability_tables
from archspec.webpage.gathering.breakable import parts
from archspec.webpage.gathering.capacity import capacity_tables
from archspec.webpage.gathering.components import component_contents, group_contents
from archspec.webpage.gathering.connections import connection_contents
from archspec.webpage.gathering.findings import finding_contents, rules_that_spoke
from archspec.webpage.gathering.flows import walked
from archspec.webpage.gathering.gallery import FORMATS, SVG, gallery
from archspec.webpage.gathering.layers import layer_contents
from archspec.webpage.gathering.pipelines import pipeline_contents
from archspec.webpage.gathering.summary import summary
from archspec.webpage.gathering.walks import walks

LINT, PAGE = "lint.json", "index.html"


@frozen
class Gathered:
    """The page's content, and the content of every file beside it by its path; `notes` say what those cannot show."""

    page: PageContent
    files: dict[str, bytes]
    notes: tuple[str, ...] = ()

    def all_files(self) -> dict[str, bytes]:
        """The page and what goes beside it, with nothing in it that steers what shows it."""
        from archspec.webpage.document import page

        files = {**self.files, PAGE: page(self.page).encode("utf-8", "replace")}
        return {path: harmless_file(path, content) for path, content in files.items()}


def empty_page(spec: str) -> PageContent:
    """The page of a spec of which nothing is known so far."""
    return PageContent(
        name=spec,
        description="",
        owner="",
        spec=spec,
        version=__version__,
        summary=(),
        pictures=(),
        flows=(),
        findings=(),
        rules=(),
        components=(),
        is_judged=False,
    )


def steps(architecture: Architecture) -> int:
    """How often `gather` says what it is at."""
    return len(views(architecture)) + len(architecture.flows) + 1


def gather(
    architecture: Architecture,
    outcome: Outcome,
    spec: str,
    say: Callable[[str], None],
    *,
    placing: Placing | None = None,
    analyses: dict[Callable[..., Any], Any] | None = None,
    with_bitmaps: bool = True,
    drifted: tuple[Finding, ...] | None = None,
    go_on: Callable[[], None] = lambda: None,
) -> Gathered:
    """The whole page of a spec that lint has judged; `say` hears what comes next, `analyses` are what lint worked out,
    `drifted` is what traces contradict, where some were given.

    Without bitmaps the views are written as SVG alone, which is twice as fast. `go_on` is called between the many
    small steps of the work, and may end it by raising an error.
    """
    files = {LINT: json.write(Run((outcome,), rules())).encode("utf-8", "replace")}
    findings = finding_contents(outcome)
    pictures, flows, traced, breakable = [], [], {}, parts(architecture)
    notes: list[str] = []
    for drawn in gallery(architecture, say, placing or Placing(), FORMATS if with_bitmaps else SVG):
        pictures.append(drawn.picture)
        files |= drawn.files
        notes += drawn.notes
    tracers = [Tracer(architecture, flow) for flow in architecture.flows]
    for tracer in tracers:
        say(f"walking {tracer.flow}")
        go_on()
        told = walked(tracer)
        flows.append(told.content)
        traced[tracer.flow] = told.trace
        files |= told.files
    say("putting the page together")
    analyses = {} if analyses is None else analyses
    once = Context(architecture, analyses=analyses).once
    about = known(once(Availability), once(Capacity), findings)
    page = PageContent(
        name=architecture.name,
        description=architecture.description or "",
        owner=architecture.owner or "",
        spec=spec,
        version=__version__,
        summary=summary(architecture, flows, findings),
        pictures=tuple(pictures),
        flows=tuple(flows),
        findings=findings,
        rules=rules_that_spoke(outcome),
        components=component_contents(architecture, about),
        connections=connection_contents(architecture, about),
        groups=group_contents(architecture, about),
        parts=breakable,
        layers=layer_contents(architecture, outcome, traced, analyses, drifted),
        walks=walks(once(Availability).structures, breakable, tracers),
        alerts=alert_table(architecture),
        availability=availability_tables(architecture, once(Availability)),
        capacity=capacity_tables(architecture, once(Capacity)),
        pipelines=pipeline_contents(architecture),
        not_judged=closing_line(outcome.unknown),
        files=(File("Lint report (JSON)", LINT), *_pictures(pictures)),
    )
    return Gathered(page, files, tuple(notes))


def _pictures(pictures: list[Picture]) -> list[File]:
    return [File(f"{picture.title} ({each.title})", each.path) for picture in pictures for each in picture.files]
