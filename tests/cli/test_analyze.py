"""`archspec analyze`, as it is called."""

import json
from pathlib import Path

import pytest

from archspec.cli.main import run

SPEC = """\
archspec: 1
name: Reader
groups:
  zone-a: {kind: zone, availability: 99.95%}
  zone-b: {kind: zone, availability: 99.95%}
components:
  app: {kind: client}
  api: {kind: gateway, replicas: 3, zones: [zone-a, zone-b], cores: 4, availability: 99.9%}
  db: {kind: database, availability: 99.9%}
connections:
  - app -> api -> db
flows:
  read:
    from: app
    rate: 1500/s
    objective: {success: 99.95%}
    steps: [{call: api, cpu: 4ms, steps: [{call: db, takes: 3ms, access: read}]}]
  ping:
    from: app
    steps: [{call: api}]
"""

READ = """\
Reader

Availability
  flow  availability  objective  met  down a month  down a year  allowed a year
  read       99.899%     99.95%   NO   43 min 52 s   8 h 46 min      4 h 23 min
  Failover is taken to be instant where only an availability is stated: api, zone-a, zone-b.
  Too optimistic, since `api` needs 1, the load takes 2; with that: read 99.849%.

Single points of failure
  flow  part  requests that fail
  read  db-1                 all

Minimal cut sets
  flow  of 1  of 2  of 3  smallest
  read     1     2     2  db-1, zone-a+api-2, zone-a+zone-b, api-1+api-2+api-3, 1 other

What costs most
  flow  part    downtime a year  Birnbaum
  read  db           8 h 46 min         1
  read  zone-a           23.6 s    0.0015
  read  api              15.9 s    0.0005

Load
  component  resource  busy  of  utilisation  replica lost      zone lost                          response
  api        cores        6  12          50%           75%  150% (zone-a)  4.01 ms to 4.35 ms (round robin)
  The bottleneck is `api` (cores, 50%).
  Response is the mean time of one visit; that of cores leaves out what is asked of others.
  Where it is a range: from one queue for all replicas to replicas chosen at random.

Head room
  flow     rate  full at  head room  replica lost  zone lost
  read  1,500/s  3,000/s         2x       2,000/s    1,000/s

Twice the bottleneck
  way  setting         utilisation  replica lost     zone lost                       response
  up   api.cores=8             25%         37.5%  75% (zone-a)                           4 ms
  out  api.replicas=6          25%           30%  50% (zone-a)  4 ms to 4.03 ms (round robin)
  Both serve twice as much; with one replica lost up is 37.5% busy, out 30%. Try either with --set.
  A visit takes 4 ms up, 4 ms to 4.03 ms out.
"""


@pytest.fixture(autouse=True)
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in a folder that holds one spec."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    Path("a.yaml").write_text(SPEC)


def test_the_report_on_one_flow(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole report as text."""
    assert run(["analyze", "a.yaml", "read"]) == 0
    assert capsys.readouterr().out == READ


def test_a_what_if_stands_beside_the_base(capsys: pytest.CaptureFixture[str]) -> None:
    """With --set a cell that differs reads base → changed."""
    run(["analyze", "a.yaml", "read", "--set", "db.replicas=2", "--set", "db.failover=automatic"])
    out = capsys.readouterr().out
    assert out.startswith("Reader, now → with db.replicas=2, db.failover=automatic\n")
    assert "99.899% → 99.999824%" in out
    assert "  read  db-1             all → –\n" in out


def test_json_holds_base_and_changed(capsys: pytest.CaptureFixture[str]) -> None:
    """Figures as numbers, units in the names."""
    run(["analyze", "a.yaml", "read", "-f", "json", "--set", "api.needs=2"])
    data = json.loads(capsys.readouterr().out)
    flow = data["report"]["flows"][0]
    assert (round(flow["availability"], 9), flow["meets_objective"], flow["without_figure"]) == (
        0.99899925,
        False,
        [],
    )
    assert data["report"]["load"]["needs_below_load"] == [["api", 1, 2]]
    assert (data["set"], data["changed"]["load"]["needs_below_load"]) == (["api.needs=2"], [])


def test_markdown_is_tables(capsys: pytest.CaptureFixture[str]) -> None:
    """A table per part of the report."""
    run(["analyze", "a.yaml", "ping", "-f", "markdown"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[:7] == [
        "# Reader",
        "",
        "## Availability",
        "",
        "| flow | availability | objective | met | down a month | down a year | allowed a year |",
        "| :--- | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| ping | 99.9999248% | – | – | 1.98 s | 23.7 s | – |",
    ]


def test_check_fails_where_an_objective_cannot_be_met() -> None:
    """Exit status 1 for a missed objective, 0 once it is met."""
    assert run(["analyze", "a.yaml", "--check"]) == 1
    assert run(["analyze", "a.yaml", "--check", "--set", "db.replicas=2", "--set", "db.failover=automatic"]) == 0


def test_an_unknown_flow_is_named_with_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage says what there is."""
    assert run(["analyze", "a.yaml", "raed"]) == 2
    assert capsys.readouterr().err == "archspec: there is no flow `raed`; did you mean `read`?\n"


def test_a_flow_without_a_figure_has_none(capsys: pytest.CaptureFixture[str]) -> None:
    """100% would be a promise; nothing is known."""
    Path("b.yaml").write_text(
        "archspec: 1\nname: B\ncomponents: {app: {kind: client}, api: {kind: server}}\n"
        "connections: [app -> api]\nflows: {read: {from: app, steps: [{call: api}]}}\n"
    )
    run(["analyze", "b.yaml"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[4] == "  read     no figure          –    –             –            –               –"


def test_a_part_without_a_figure_costs_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    """Not 0: nothing says how often it fails, so it stands in no list of costs."""
    Path("b.yaml").write_text(
        "archspec: 1\nname: B\ncomponents: {app: {kind: client}, api: {kind: server},"
        " db: {kind: database, availability: 99.9%}}\n"
        "connections: [app -> api -> db]\nflows: {read: {from: app, steps: [{call: api, steps: [{call: db}]}]}}\n"
    )
    run(["analyze", "b.yaml", "-f", "json"])
    costs = json.loads(capsys.readouterr().out)["report"]["flows"][0]["importance"]
    assert [(cost["part"], cost["downtime_hours_per_year"]) for cost in costs] == [
        ("db-1", pytest.approx(8.766)),
        ("api-1", None),
    ]
    run(["analyze", "b.yaml"])
    assert "What costs most\n  flow  part  downtime a year  Birnbaum\n  read  db         8 h 46 min         1\n" in (
        capsys.readouterr().out
    )
