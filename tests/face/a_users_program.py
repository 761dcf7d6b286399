"""A program of somebody who imports archspec: it uses every public name, and `mypy --strict` knows each type."""

from pathlib import Path
from typing import Any, assert_type

import archspec


def build() -> archspec.System:
    """A shop with one component of each kind, made by every function of the builder."""
    with archspec.System("Shop", owner="Shop team") as shop:
        zone: archspec.Group = archspec.Group("zone-a", kind="zone")
        user, admin = archspec.Client("user"), archspec.Person("admin")
        with zone:
            dns, edge = archspec.Dns("dns"), archspec.Cdn("edge", hit="90%")
            gateway, lb = archspec.Gateway("gateway"), archspec.LoadBalancer("lb", replicas=2)
            api = archspec.Server("api", replicas=2, availability="99.9%", stateless=True)
            files: archspec.Component = archspec.FileStore("files")
        stores = [archspec.Cache("cache"), archspec.Database("db"), archspec.SearchIndex("index")]
        images, jobs = archspec.ObjectStore("images"), archspec.Queue("jobs")
        worker, payments = archspec.Worker("worker"), archspec.External("payments")
        told = archspec.Topic("told", partitions=4)
        thumbs = archspec.Function("thumbs", concurrency=10)
        archspec.LogService("logs")
        archspec.MetricsService("metrics")
        archspec.TraceStore("traces")
        archspec.ErrorMonitor("errors")
        archspec.ProcessMonitor("monitor")
        archspec.NotificationChannel("chat")
        archspec.CodeRepository("code")
        archspec.ArtifactRegistry("registry")
        archspec.Job("nightly")
        archspec.DataWarehouse("warehouse")
        archspec.IdentityProvider("accounts")
        archspec.ServiceRegistry("places")
        archspec.SecretStore("keys")
        archspec.LoadGenerator("trial")
        archspec.Dashboard("dashboard")
        archspec.Exporter("exporter")
        archspec.AlertRouter("router")
        user >> [dns, edge]
        admin >> gateway
        edge >> images
        dns >> lb >> api >> [*stores, files, payments]
        archspec.connect(gateway, api, timeout="1s")
        archspec.connect(api, jobs)
        jobs >> worker
        api >> told >> worker
        api >> thumbs
        read = archspec.call("db", takes="3ms")
        ask: archspec.Flow = shop.flow(
            "ask",
            user,
            archspec.call(lb, archspec.call(api, archspec.parallel(read, archspec.work(cpu="1ms")), cpu="4ms")),
            rate="20/s",
            objective={"success": "99%", "p99": "50ms"},
        )
        shop.flow("ask-as-admin", admin, archspec.call(gateway, archspec.call(api, cpu="1ms")))
        shop.flow("twice", user, archspec.use(ask), archspec.use(ask))
        shop.pipeline("release", archspec.stage("test", "test", takes="1m"), source="code")
    return shop


def judge(shop: archspec.SystemLike) -> None:
    """What the rules and the calculations say."""
    found = assert_type(archspec.lint(shop, select=["default"], fail_on="never"), archspec.Findings)
    for finding in found:
        assert_type(finding, archspec.Finding)
        assert finding.severity in archspec.Severity
    assert_type(found.not_judged, archspec.Rows[archspec.Unknown])
    assert_type(archspec.rules(), archspec.Rows[archspec.RuleDescription])
    made = assert_type(archspec.analyze(shop), archspec.Analysis)
    flow = assert_type(made.flow("ask"), archspec.FlowReport)
    assert_type(flow.availability, float | None)
    assert_type(flow.importance, tuple[archspec.CostReport, ...])
    assert_type(flow.single_points, tuple[archspec.PointReport, ...])
    load = assert_type(made.load, archspec.LoadReport)
    assert_type(made.stations, archspec.Rows[archspec.StationReport])
    assert_type(load.flows, tuple[archspec.SaturationReport, ...])


def hold_against(shop: archspec.SystemLike) -> None:
    """Two versions."""
    found = assert_type(archspec.diff(shop, archspec.changed(shop, {"api.replicas": 1})), archspec.Difference)
    assert_type(found.written("html"), str | bytes)
    changes = assert_type(found.changes, archspec.Rows[archspec.Change])
    assert changes[0].kind is archspec.ChangeKind.CHANGED
    worse = assert_type(found.worse, archspec.Rows[archspec.Consequence])
    assert {each.verdict for each in worse} == {archspec.Effect.WORSE}
    assert archspec.Figure.SINGLE_POINT in {each.figure for each in worse}


def walk(shop: archspec.SystemLike) -> None:
    """One request, and one change."""
    trace = assert_type(archspec.trace(shop, "ask", fail="api-1"), archspec.Trace)
    assert_type(trace.calls, archspec.Rows[archspec.TracedCall])
    assert_type(trace.work, archspec.Rows[archspec.TracedWork])
    assert_type(trace.logs, archspec.Rows[archspec.LogLine])
    assert_type(trace.events, archspec.Rows[archspec.RunEvent])
    assert_type(trace.alerts, archspec.Rows[archspec.Verdict])
    change = assert_type(archspec.trace_pipeline(shop, "release"), archspec.Delivery)
    stages = assert_type(change.stages, archspec.Rows[archspec.TracedStage])
    assert_type(stages[0].steps, archspec.Rows[archspec.ReplicaMove])


def run(shop: archspec.SystemLike) -> None:
    """Runs of the load, and their tables."""
    simulation = assert_type(archspec.simulate(shop, duration="1s", sample_traces=1), archspec.Simulation)
    flow = assert_type(simulation.flow("ask"), archspec.FlowFigures)
    latency = assert_type(flow.latency, archspec.Latency)
    assert_type(latency.p99, float | None)
    assert_type(latency.half_width, archspec.Percentiles)
    component = assert_type(simulation.component("api"), archspec.ComponentFigures)
    assert_type(component.half_width, archspec.LoadFigures)
    assert_type(simulation.jobs, archspec.Rows[archspec.JobFigures])
    assert_type(simulation.sessions, archspec.Rows[archspec.SessionFigures])
    assert_type(simulation.pools, archspec.Rows[archspec.PoolFigures])
    assert_type(simulation.functions, archspec.Rows[archspec.FunctionFigures])
    assert_type(simulation.queues, archspec.Rows[archspec.QueueFigures])
    assert_type(simulation.subscriptions, archspec.Rows[archspec.SubscriptionFigures])
    assert_type(simulation.alerts, archspec.Rows[archspec.AlertChange])
    assert_type(simulation.timeline, archspec.Rows[archspec.Moment])
    assert_type(simulation.traces, tuple[archspec.SampledTrace, ...])
    assert_type(simulation.flows.columns(), dict[str, list[Any]])
    assert_type(simulation.to_dict(), dict[str, Any])
    both = assert_type(archspec.compare(shop, {"api.replicas": [1, 2]}, duration=1), archspec.Comparison)
    row = assert_type(both.flow("ask", "api.replicas=2"), archspec.ComparedFlow)
    assert_type(row.p99, archspec.ComparedFigure)
    planned = assert_type(archspec.plan(shop), archspec.Plan)
    assert_type(planned.margins, archspec.Rows[archspec.PlanMargin])
    assert_type(planned.tried, archspec.Rows[archspec.PlanTry])
    kept = assert_type(archspec.verify(shop, duration="2s"), archspec.Verification)
    assert_type(kept.flow("ask"), archspec.VerifiedFlow)
    assert_type(kept.faults[0], archspec.VerifiedFault)
    edge = assert_type(archspec.find_capacity(shop, duration=1), archspec.Capacity)
    assert_type(edge.holds, archspec.TriedLoad | None)
    sweep = assert_type(archspec.sweep(shop, load=[1, 2], duration="1s", jobs=1), archspec.Sweep)
    assert_type(sweep.points, archspec.Rows[archspec.SweepPoint])
    assert_type(sweep.runs, archspec.Rows[archspec.SweepRun])


def show(shop: archspec.SystemLike, folder: Path) -> None:
    """Pictures and files."""
    assert_type(archspec.render(shop, folder / "shop.svg", overlay="owner"), archspec.Picture)
    tiny = archspec.load_text("{archspec: 1, name: Tiny, components: {api: {kind: server}}}")
    assert_type(archspec.page(tiny), archspec.Page)
    assert_type(archspec.schema(), dict[str, Any])
    assert_type(archspec.technologies("redis"), tuple[str, ...])
    text = assert_type(archspec.to_yaml(shop), str)
    (folder / "shop.yaml").write_text(text, encoding="utf-8")
    loaded = assert_type(archspec.load(folder / "shop.yaml"), archspec.Architecture)
    assert_type(archspec.changed(loaded, {"api.replicas": 4}), archspec.Architecture)
    views = [assert_type(view, archspec.View) for view in loaded.views.values()]
    assert views == []
    spans = folder / "spans.jsonl"
    spans.write_text(SPAN, encoding="utf-8")
    assert_type(archspec.drift(loaded, spans), archspec.Findings)
    made = assert_type(archspec.calibrate(loaded, spans), archspec.Calibration)
    assert_type(made.figures, archspec.Rows[archspec.CalibratedFigure])
    assert_type(made.flows, archspec.Rows[archspec.CalibratedFlow])
    (folder / "compose.yaml").write_text("services: {api: {image: nginx, ports: ['80:80']}}", encoding="utf-8")
    compose = folder / "compose.yaml"
    assert_type(archspec.import_files(compose, update=folder / "shop.yaml"), archspec.ImportedSpec)
    assert_type(archspec.export(folder / "shop.yaml", "grafana"), archspec.Exported)
    assert_type(archspec.fixes(folder / "shop.yaml"), archspec.Fixes)


SPAN = """{"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "api"}}]},
"scopeSpans": [{"spans": [{"traceId": "0000000000000000000000000000000a", "spanId": "000000000000000b", "name": "GET /",
"startTimeUnixNano": "1", "endTimeUnixNano": "2"}]}]}]}""".replace("\n", " ")


def fail() -> None:
    """Every error, as a program takes it."""
    try:
        archspec.load_text("{archspec: 1, name: Shop, components: {api: {kind: sever}}}")
    except archspec.SpecError as error:
        problem = assert_type(error.problems[0], archspec.Problem)
        assert_type(problem.span, archspec.Span | None)
    try:
        archspec.load("nowhere.yaml")
    except (archspec.MissingExtraError, archspec.DefectError):
        raise
    except archspec.UsageError as error:
        general: archspec.ArchspecError = error
        print(general)
