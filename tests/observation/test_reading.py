"""What is said of what was read, and from which moment on traces count."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from archspec.errors import UsageError
from archspec.observation.observe import Reading, observe
from archspec.observation.since import moment, nanoseconds
from archspec.observation.span import CountedCalls
from archspec.observation.tree import Damage
from tests.observation.spans import MS, shop, span, written

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def file_of(folder: Path, *documents: object) -> Path:
    file = folder / "traces.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in documents))
    return file


def test_every_figure_of_a_reading(tmp_path: Path) -> None:
    """A whole trace, a torn one, one from before, two counts, and what keeps to no format."""
    strange = {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "zz"}]}]}]}
    late = span("web", 1, None, 10, 20, "server", trace=3)
    late["scopeSpans"][0]["spans"][0]["endTimeUnixNano"] = "-1"
    file = file_of(
        tmp_path,
        {"resourceSpans": shop(1, at=1000)},
        {"resourceSpans": shop(2, at=1000)[1:]},
        {"resourceSpans": shop(4, at=10)},
        strange,
        {"resourceSpans": [late, span("web", 1, None, 2000, 2010, "server", trace=5)]},
        {"data": [{"parent": "a", "child": "b", "callCount": 3}, {"parent": "a", "child": "b", "callCount": 4}]},
        {"hello": 1},
    )
    said: list[str] = []
    found = observe([str(file)], said.append, since=1000 * MS)
    assert found.reading == Reading(
        files=[str(file)],
        formats=found.reading.formats,
        spans=8,
        traces=3,
        torn=1,
        earlier=1,
        counted=2,
        misshapen=2,
        damage=Damage(orphans=2),
        notes=[],
    )
    assert dict(found.reading.formats) == {"OTLP in JSON": 5, "Jaeger's dependencies": 1}
    assert found.counted == {("a", "b"): CountedCalls("a", "b", 7)}
    assert said == [f"reading {file}"]
    assert [(root.node.key.operation, root.traces) for root in found.roots] == [("GET /", 1), ("work", 1)]


def test_flows_come_in_the_order_of_their_traces_then_of_their_names(tmp_path: Path) -> None:
    names = ["b", "a", "c", "c"]
    spans = [span(name, 1, None, 0, 1, "server", trace=number) for number, name in enumerate(names, 1)]
    found = observe([str(written(tmp_path, *spans))])
    assert [root.node.key.callee.name for root in found.roots] == ["c", "a", "b"]


def test_a_service_goes_by_the_names_of_its_processes(tmp_path: Path) -> None:
    spans = [
        span("web", number, None, 0, 1, "server", trace=number, **said)
        for number, said in enumerate([{"host__name": "a"}, {"hostname": "b"}, {"hostname": "a"}], 1)
    ]
    found = observe([str(written(tmp_path, *spans, span("api", 1, None, 0, 1, "server", trace=9)))])
    assert found.services == {"web": frozenset("ab"), "api": frozenset()}


def answer(*series: tuple[dict[str, str], list[float]]) -> dict[str, Any]:
    names = {"client": "web", "server": "db"}
    return {
        "data": {
            "result": [
                {"metric": names | more, "values": [[60 * at, str(value)] for at, value in enumerate(values)]}
                if len(values) > 1
                else {"metric": names | more, "value": [0, str(values[0])]}
                for more, values in series
            ]
        }
    }


@pytest.mark.parametrize(
    ("series", "seconds", "kind"),
    [
        ([({}, [0, 5]), ({}, [0, 5, 10])], 120, ""),
        ([({}, [0, 5, 10]), ({}, [0, 5])], 120, ""),
        ([({}, [0, 5]), ({}, [7])], 60, ""),
        ([({}, [7]), ({}, [0, 5])], 60, ""),
        ([({}, [7]), ({}, [7])], None, ""),
        ([({"connection_type": "database"}, [7]), ({}, [7])], None, "database"),
        ([({}, [7]), ({"connection_type": "database"}, [7])], None, "database"),
        ([({"connection_type": "a"}, [7]), ({"connection_type": "b"}, [7])], None, "b"),
    ],
)
def test_counts_of_one_pair_are_added_up(
    series: list[tuple[dict[str, str], list[float]]], seconds: float | None, kind: str, tmp_path: Path
) -> None:
    (found,) = observe([str(file_of(tmp_path, answer(*series)))]).counted.values()
    grown = sum(values[-1] - (values[0] if len(values) > 1 else 0) for _, values in series)
    assert found == CountedCalls("web", "db", grown, 0, seconds, kind)


def test_traces_that_all_began_before_are_an_error(tmp_path: Path) -> None:
    file = written(tmp_path, *shop(1, at=5))
    assert observe([str(file)], since=5 * MS).reading.traces == 1
    with pytest.raises(UsageError) as error:
        observe([str(file)], since=5 * MS + 1)
    assert str(error.value) == f"all 1 traces in {file} began before --since; go back further."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-29", datetime(2026, 11, 29, tzinfo=UTC)),
        ("2026-11-29T08:30", datetime(2026, 11, 29, 8, 30, tzinfo=UTC)),
        ("2026-11-29T08:30+01:00", datetime(2026, 11, 29, 8, 30, tzinfo=timezone(timedelta(hours=1)))),
        ("0s", NOW),
        ("90m", datetime(2026, 11, 30, 10, 30, tzinfo=UTC)),
        ("2d", datetime(2026, 11, 28, 12, tzinfo=UTC)),
        ("3us", NOW - timedelta(microseconds=3)),
    ],
)
def test_a_moment_is_a_day_a_time_or_how_long_ago(text: str, found: datetime) -> None:
    assert moment(text, NOW) == found


def test_what_is_no_moment_is_an_error() -> None:
    forms = "a day (2026-11-30), a time (2026-11-30T08:00Z) or how long ago (24h)"
    with pytest.raises(UsageError) as error:
        moment("yesterday", NOW)
    assert str(error.value) == f"--since yesterday is no moment; write {forms}."


def test_a_moment_is_nanoseconds_since_1970() -> None:
    assert nanoseconds(None) == 0
    assert nanoseconds(datetime(1970, 1, 1, 0, 0, 1, 250_001, tzinfo=UTC)) == 1_250_001_000
