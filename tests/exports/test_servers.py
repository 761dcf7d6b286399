"""The whole way, by real servers on loopback: a run is scraped, its rules fire, and a pager is told."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

import archspec
from archspec.language import load_text
from archspec.model import Duration
from archspec.simulation.evaluation import collect
from archspec.simulation.options import SimulationOptions
from archspec.simulation.scraped import families
from archspec.simulation.simulate import run_simulation

pytestmark = pytest.mark.server
LOCUST = "locust==2.47.0"
SPEC = """archspec: 1
name: Hasty shop
components:
  user: {kind: client}
  api: {kind: server, replicas: 2, cores: 1}
  metrics: {kind: metrics_service, scrape_interval: 1s}
  pager: {kind: notification_channel, technology: pagerduty}
  chat: {kind: notification_channel, technology: slack}
connections: [user -> api]
flows:
  buy:
    from: user
    request: GET /
    rate: 80/s
    objective: {success: 99%, p99: 400ms}
    steps: [{call: api, cpu: exponential(5ms)}]
alerts:
  failing: {metric: success_rate, flow: buy, below: 91.003%, over: 10s, for: 4s, notify: [pager, chat]}
  gone: {metric: replicas_up, component: api, below: 2, for: 2s, notify: [chat]}
  calm: {metric: success_rate, flow: buy, below: 1.003%, over: 10s, notify: [pager]}
scenarios:
  trouble:
    duration: 60s
    faults:
      - {errors: api, by: 30%, at: 12s, for: 12s}
      - {fail: api-2, at: 30s, for: 10s}
"""


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], tuple[int, bytes]]) -> Iterator[int]:
    """A server on loopback that answers every request this way; gives its port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, body = answer(self)
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


@contextmanager
def running(folder: Path, *command: str) -> Iterator[None]:
    """A process, ended afterwards; what it says is kept in a file."""
    with (folder / f"{Path(command[0]).name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


def scraped(run: object) -> list[bytes]:
    """What `/metrics` shows at each sample."""
    pages = []
    for place in range(61):
        lines = []
        for family in families(run):  # type: ignore[arg-type]
            suffix = {"counter": "_total", "gauge": "", "histogram": "_bucket"}[family.kind]
            for series in family.series:
                labels = ",".join(f'{name}="{value}"' for name, value in series.labels)
                past = 0 if family.kind == "gauge" else 10**6
                lines.append(f"{family.name}{suffix}{{{labels}}} {series.values[place] + past}")
        pages.append(("\n".join(lines) + "\n").encode())
    return pages


@pytest.mark.skipif(
    shutil.which("prometheus") is None or shutil.which("prometheus-alertmanager") is None,
    reason="apt install prometheus prometheus-alertmanager",
)
def test_a_pager_is_told_when_archspec_says(tmp_path: Path) -> None:
    architecture = load_text(SPEC)
    run = run_simulation(architecture, SimulationOptions(scenario="trouble", duration=Duration(60 * 10**9)))
    foretold = {c.alert: (c.at / 1e9, set(c.told)) for c in collect(run).alerts if c.state == "firing"}
    assert foretold.keys() == {"failing", "gone"}
    told: list[tuple[float, str, str]] = []
    began = 0.0
    pages = scraped(run)

    def metrics(_: BaseHTTPRequestHandler) -> tuple[int, bytes]:
        place = int(time.time() - began)
        return (200, pages[place]) if 0 <= place < len(pages) else (503, b"")

    def hook(request: BaseHTTPRequestHandler) -> tuple[int, bytes]:
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        firing = [alert for alert in body["alerts"] if alert["status"] == "firing"]
        told.extend((time.time(), alert["labels"]["alertname"], request.path.strip("/")) for alert in firing)
        return 200, b""

    with serving(metrics) as exporter, serving(hook) as receiver:
        config = tmp_path / "archspec.toml"
        config.write_text(
            '[prometheus]\nconvention = "archspec"\nversion = 2\n'
            + "".join(
                f'[alertmanager.channels.{name}]\nurl = "http://127.0.0.1:{receiver}/{name}"\n'
                for name in ("pager", "chat")
            )
        )
        plain = load_text(SPEC.replace(", technology: pagerduty", "").replace(", technology: slack", ""))
        archspec.export(plain, "prometheus-rules", tmp_path / "rules.yaml", config=config)
        archspec.export(plain, "alertmanager", tmp_path / "alertmanager.yaml", config=config)
        routing = yaml.safe_load((tmp_path / "alertmanager.yaml").read_text())
        routing["route"] |= {"group_wait": "0s", "group_interval": "1s"}
        (tmp_path / "alertmanager.yaml").write_text(yaml.safe_dump(routing))
        ports = {"prometheus": _free(), "alertmanager": _free()}
        (tmp_path / "prometheus.yaml").write_text(
            yaml.safe_dump(
                {
                    "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
                    "rule_files": ["rules.yaml"],
                    "alerting": {
                        "alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{ports['alertmanager']}"]}]}]
                    },
                    "scrape_configs": [
                        {"job_name": "shop", "static_configs": [{"targets": [f"127.0.0.1:{exporter}"]}]}
                    ],
                }
            )
        )
        manager = (
            "prometheus-alertmanager",
            "--config.file=alertmanager.yaml",
            f"--web.listen-address=127.0.0.1:{ports['alertmanager']}",
            "--storage.path=manager",
            "--cluster.listen-address=",
        )
        server = (
            "prometheus",
            "--config.file=prometheus.yaml",
            f"--web.listen-address=127.0.0.1:{ports['prometheus']}",
            "--storage.tsdb.path=data",
        )
        with running(tmp_path, *manager), running(tmp_path, *server):
            time.sleep(3)
            began = time.time()
            time.sleep(60)
    first = {(alert, channel): at - began for at, alert, channel in reversed(told)}
    assert {alert: {channel for name, channel in first if name == alert} for alert, _ in first} == {
        alert: channels for alert, (_, channels) in foretold.items()
    }
    for (alert, _), at in first.items():
        # a scrape, an evaluation and a flush of notifications, a second each, and what the machine takes
        assert foretold[alert][0] - 1 <= at <= foretold[alert][0] + 10


def _free() -> int:
    with serving(lambda _: (200, b"")) as port:
        return port


@pytest.mark.skipif("UV" not in os.environ, reason="run the tests with uv, which fetches Locust")
@pytest.mark.parametrize(("status", "left"), [(200, 0), (503, 1)])
def test_locust_sends_what_is_foretold_and_judges_it(status: int, left: int, tmp_path: Path) -> None:
    locust = [os.environ["UV"], "run", "--no-project", "--python", sys.executable, "--with", LOCUST, "locust"]
    fetched = subprocess.run([*locust, "--version"], cwd=tmp_path, capture_output=True, check=False, timeout=300)
    if fetched.returncode:
        pytest.skip(f"{LOCUST} could not be fetched")
    asked: list[str] = []

    def answer(request: BaseHTTPRequestHandler) -> tuple[int, bytes]:
        asked.append(request.path)
        return status, b"ok"

    with serving(answer) as port:
        config = tmp_path / "archspec.toml"
        config.write_text(f'[load]\ntarget = "http://127.0.0.1:{port}"\nduration = "10s"\n')
        patient = load_text(SPEC.replace("p99: 400ms", "p99: 60s"))  # however busy the machine is
        archspec.export(patient, "locust", tmp_path / "locustfile.py", config=config)
        command = [*locust, "-f", "locustfile.py", "--headless", "--only-summary"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == left, done.stdout[-2000:] + done.stderr[-2000:]
    assert 500 < len(asked) < 1000  # 80 a second for ten seconds, on a machine that may be busy
