"""The spec of `specs/scaled_out`, written in Python: both give the same Architecture.

Run any command on this file as on a YAML spec: `archspec lint specs/python_dsl/architecture.py`.
A Python spec is a program, and reading it runs it; so read only specs that you trust.
"""

from archspec import (
    Cache,
    Client,
    CodeRepository,
    Database,
    Group,
    LoadBalancer,
    LogService,
    MetricsService,
    NotificationChannel,
    ObjectStore,
    Person,
    Server,
    System,
    call,
    connect,
    stage,
)

# What a loop or a function is for: the same figures for each machine, said once.
MACHINE = {"availability": "99.5%"}

with System(
    "Scaled out",
    description="The photo diary on four small machines in two zones, with external storage.",
) as diary_system:
    diary_system.defaults("connections", timeout="400ms")
    diary_system.defaults("server", logs_to="logs", metrics_to="metrics")
    zone_a, zone_b, zone_c = (
        Group(f"zone-{letter}", kind="zone", label=f"Zone {letter.upper()}", availability="99.95%") for letter in "abc"
    )
    serving = [zone_a, zone_b]

    browser = Client("browser", label="Browser")
    lb = LoadBalancer(
        "lb",
        label="Load balancer",
        technology="nginx",
        replicas=2,
        zones=serving,
        algorithm="least_connections",
        health_check={"path": "/healthz"},
        **MACHINE,
    )
    diary = Server(
        "diary",
        label="Diary",
        technology="django",
        replicas=4,
        needs=2,  # 300/s x 20ms = 6 cores of work, 4 a machine
        zones=serving,
        cores=4,
        memory="16GiB",
        stateless=True,
        sessions_in="sessions",
        local_storage=[],
        **MACHINE,
    )
    stores = {"replicas": 2, "zones": serving, "failover": "automatic", **MACHINE}
    sessions = Cache("sessions", label="Sessions", technology="redis", ttl="12h", **stores)
    entries = Database(
        "entries",
        label="Entries",
        technology="postgresql",
        backup={"every": "1d", "keep": "30d", "restore_tested": "90d"},
        **stores,
    )
    photos = ObjectStore("photos", label="Photos", technology="s3", versioned=True)
    logs = LogService("logs", label="Logs", technology="loki", zones=[zone_c], retention="30d")
    metrics = MetricsService("metrics", label="Metrics", technology="prometheus", zones=[zone_c])
    slack = NotificationChannel("slack", label="Team channel", technology="slack")
    developer = Person("developer", label="Developer")
    code = CodeRepository("code", label="Repository", technology="github")

    connect(browser, lb, protocol="https", timeout="3s")
    connect(lb, diary, protocol="http", timeout="1s", retries={"attempts": 2, "idempotent": True})
    diary >> [sessions, entries]
    connect(diary, photos, protocol="https")
    connect(developer, code, protocol="https")

    read_entry = diary_system.flow(
        "read-entry",
        browser,
        call(
            lb,
            call(
                diary,
                call(sessions, does="authenticate", takes="0.4ms"),
                call(entries, does="select entry", access="read", takes="exponential(4ms)"),
                cpu="exponential(20ms)",
            ),
        ),
        title="Read an entry",
        request="GET /entries/{id}",
        rate="300/s",
        objective={"success": "99.9%"},
    )
    diary_system.alert(
        "read-entry-success", metric="success_rate", flow=read_entry, below="99%", for_="5m", notify=[slack]
    )
    diary_system.pipeline(
        "release",
        stage("unit tests", "test", takes="3m"),
        stage("image", "build", takes="1m"),
        stage("production", "deploy", targets=[diary], strategy="rolling", max_unavailable=1),
        source=code,
        trigger="push to main",
        by=developer,
        notify=[slack],
    )
    diary_system.view("overview", title="Four small machines", include=["flow:read-entry", photos])
    diary_system.view("delivery", title="How code gets there", kind="delivery", include=["pipeline:release"])
    diary_system.view("zones", title="Where the machines stand", kind="deployment")
    diary_system.scenario(
        "zone-loss",
        description="Zone B is gone for a minute; two machines carry all readers.",
        duration="3m",
        faults=[{"at": "1m", "fail": zone_b, "for": "1m"}],
    )
