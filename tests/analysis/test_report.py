"""The report as values."""

from archspec.analysis.report import report
from tests.analysis.specs import spec

MANY = "1000000000"


def test_masses_of_anything_are_no_work() -> None:
    """Counts up to the language's limit end at once, in a figure or in none."""
    architecture = spec(
        f"api: {{kind: server, replicas: {MANY}, needs: 900000000, cores: {MANY}, slots: {MANY}, zones: [a, b]}},"
        f" big: {{kind: server, replicas: 1000, needs: 1, availability: 99%, zones: [a, b]}},"
        f" db: {{kind: database, shards: {MANY}, availability: 99.9999%}}",
        f"{{call: api, times: {MANY}, cpu: 1ms, retries: {{attempts: {MANY}}}}}, {{call: db, shards: all}},"
        f" {{parallel: [{{call: big, times: 500000000}}, {{call: api, times: 500000000}}], needs: 900000000}}",
        groups="{a: {kind: zone, availability: 99%}, b: {kind: zone, availability: 99%}}",
        flow="rate: 1000000000/s, ",
    )

    flow = report(architecture).flows[0]

    assert [point.part for point in flow.single_points[:2]] == ["a", "b"]
    assert flow.cut_sets_complete is False


def test_needs_that_the_load_refutes_are_told_with_what_they_cost() -> None:
    """Both figures: with the stated needs, and with those of the load."""
    found = report(
        spec(
            "api: {kind: server, replicas: 3, cores: 4, availability: 99.9%}",
            "{call: api, cpu: 4ms}",
            flow="rate: 1500/s, ",
        )
    )

    assert found.load.needs_below_load == (("api", 1, 2),)
    flow = found.flows[0]
    assert (round(flow.availability or 0, 9), round(flow.under_load or 0, 9)) == (0.999999999, 0.999997002)


def test_twice_the_bottleneck_goes_both_ways() -> None:
    """Up doubles the cores, out the replicas; only out leaves more when one is lost."""
    found = report(
        spec("api: {kind: server, replicas: 2, cores: 2}", "{call: api, cpu: 5ms}", flow="rate: 500/s, ")
    ).load.growth

    assert [(g.setting, g.station.utilisation, g.station.without_replica) for g in found] == [
        ("api.cores=4", 0.3125, 0.625),
        ("api.replicas=4", 0.3125, 2.5 / 6),
    ]


def test_a_spec_without_flows_has_nothing_to_report() -> None:
    """No flows, no rates: empty parts, no failure."""
    found = report(spec("api: {kind: server}"))

    assert (found.flows, found.load.stations, found.load.bottleneck, found.misses_objective) == ((), (), None, False)
