"""A page's content written by hand, with every part of it used once."""

from archspec.errors import Span
from archspec.validators import Finding, Severity
from archspec.validators.registry import rules
from archspec.webpage.content import (
    Cell,
    ComponentContent,
    File,
    FindingContent,
    LinkContent,
    PageContent,
    Picture,
    PipelineContent,
    StageContent,
    Table,
)
from archspec.webpage.part_content import Fact, FlowContent, Tone

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80" viewBox="0 0 300 80" role="img" '
    'aria-labelledby="overview-title overview-desc"><title id="overview-title">Request path</title>'
    '<desc id="overview-desc">lb to api.</desc>'
    "<style>@media (prefers-color-scheme:dark){.as-card{fill:#171e29;stroke:#3d4a5c}}</style>"
    '<defs><symbol id="overview-icon-nginx" viewBox="0 0 24 24"><image width="24" height="24" '
    'href="data:image/png;base64,AAAA"/></symbol></defs>'
    '<g data-layer="nodes"><g id="overview-lb" data-id="lb"><title>Load balancer</title>'
    '<rect class="as-card" fill="#fff" stroke="#c3cedb" x="10" y="10" width="120" height="60" rx="10"/>'
    '<use href="#overview-icon-nginx" x="20" y="20"/></g></g></svg>'
)


def flow() -> FlowContent:
    """A flow."""
    return FlowContent(
        id="watch-video",
        title="Watch a video",
        description="A viewer opens a video.",
        request="GET /watch/{video}",
        facts=(Fact("Rate", "400/s"), Fact("Objective", "99.9%, p99 400ms")),
        answer="200 OK",
        tone=Tone.GOOD,
        duration="42 ms",
        tree="viewer\n└─ lb-1   42.0 ms  200\n   └─ api-1",
        remarks=("every random time stands at its median",),
        files=(("trace as text", "flows/watch-video.txt"),),
    )


def content(name: str = "Video platform", label: str = "API") -> PageContent:
    """A whole page. `name` and `label` are shown as they are."""
    return PageContent(
        name=name,
        description="How a request for a video is served.",
        owner="Video team",
        spec="architecture.yaml",
        version="0.1.0",
        summary=(Fact("Components", "2"), Fact("Findings", "1", "1 error", Tone.BAD, "#findings")),
        pictures=(
            Picture("overview", "Request path", "All of it.", SVG, (File("SVG", "views/overview.svg"),)),
            Picture("delivery", "Delivery", "", SVG.replace("overview", "delivery")),
        ),
        flows=(flow(),),
        findings=(
            FindingContent(
                Finding(
                    "AVL01",
                    Severity.ERROR,
                    "`api` is the only thing between watch-video and failure",
                    "give it `replicas: 2`.",
                    "api",
                    span=Span("architecture.yaml", 3, 5, 3, 8),
                ),
                "single-point-of-failure",
                "3 |   api: {kind: server}\n  |   ^^^",
            ),
        ),
        rules=(rules()["AVL01"],),
        components=(
            ComponentContent(
                "api",
                label,
                "server",
                "nodejs",
                "Says what to play.",
                "Video team",
                (Fact("Replicas", "2"),),
                ("watch-video",),
                (0,),
                (LinkContent("runbook", "https://wiki.example.com/api"), LinkContent("bad", "javascript:alert(1)")),
            ),
        ),
        alerts=Table("", ("Alert", "Fires when"), ((Cell("success-rate"), Cell("success_rate below 95% for 5m")),)),
        availability=(
            Table("Flows", ("Flow", "Availability"), ((Cell("Watch a video"), Cell("99.95%", is_number=True)),)),
        ),
        pipelines=(
            PipelineContent(
                "release",
                (Fact("Starts with", "push to main"),),
                (StageContent("unit tests", "test", "4m"), StageContent("production", "deploy", "", "api, rolling")),
                "Deployed.",
            ),
        ),
        not_judged="Not judged: backups.",
        files=(File("lint report", "lint.json"),),
    )
