"""What a run says of each alert at each evaluation, as promtool tests rules."""

from collections.abc import Iterator
from typing import Any

from archspec.exports import AlertRule, Exporting, Notes, alert_rules, duration, label, selector
from archspec.exports.metrics.convention import CONVENTIONS, Scope
from archspec.exports.metrics.input_series import input_series, shared
from archspec.model import Alert, Duration
from archspec.simulation import AlertChange, Run, SimulationOptions, scrape_interval
from archspec.simulation.alerts import flows_of
from archspec.simulation.evaluation import collect
from archspec.simulation.simulate import run_simulation

RULES = "prometheus-rules.yaml"
HOUR = 3600 * 10**9
_SHOWN = {"pending": "pending", "firing": "firing"}


def rule_tests(exporting: Exporting, notes: Notes, *, every: bool = False) -> dict[str, Any] | None:
    """The file of tests; None where no alert can be foretold.

    An alert is looked at whenever it changes, at the evaluation before and at the last one; with `every` at each.
    """
    architecture = exporting.architecture
    scenario = architecture.scenarios.get(exporting.scenario or "")
    length = exporting.duration or (None if scenario else HOUR)
    buckets = tuple(round(each * 1e9) for each in exporting.settings.prometheus.buckets)
    options = SimulationOptions(
        scenario=exporting.scenario,
        seed=exporting.seed,
        duration=Duration(length) if length is not None else None,
        buckets=buckets,
        keep_scrapes=True,
    )
    run = run_simulation(architecture, options)
    changes = collect(run).alerts
    scrape, evaluation = scrape_interval(architecture)
    looks = range(0, run.duration + 1, evaluation)
    rules = [rule for rule in alert_rules(exporting, notes) if _is_foretold(exporting, rule, run, notes)]
    tests = [
        test
        for rule in rules
        for test in _of_alert(rule.alert, [each for each in changes if each.alert == rule.alert.id], looks, every=every)
    ]
    if not tests:
        return None
    series = [
        {"series": name, "values": " ".join(f"{value:.12g}" for value in values)}
        for name, values in input_series(exporting, run)
    ]
    said = f"scenario {scenario.id}" if scenario else "every flow at its own rate"
    test = {
        "name": f"{said}, seed {exporting.seed}",
        "interval": duration(scrape),
        "input_series": series,
        "promql_expr_test": tests,
    }
    return {"rule_files": [RULES], "evaluation_interval": duration(evaluation), "tests": [test]}


def _is_foretold(exporting: Exporting, rule: AlertRule, run: Run, notes: Notes) -> bool:
    alert, settings = rule.alert, exporting.settings.prometheus
    is_own = CONVENTIONS[settings.convention].scope is Scope.FLOW
    watched = {run.flows[place] for place in flows_of(exporting.architecture, run.flows, alert)}
    together = [] if is_own else [{each.flow for each in counts} for _, counts in shared(exporting, run).values()]
    if not rule.is_exact:
        reason = "what Prometheus reckons between two buckets is not what archspec counts"
    elif alert.component is not None and not is_own:
        reason = "the metrics of components are foretold by the convention archspec alone"
    elif alert.flow is not None and alert.flow not in run.flows:
        reason = "the run has no request of its flow"
    elif not is_own and any(settings.flows[flow].says_how for flow in watched & settings.flows.keys()):
        reason = "how a flow of it is measured is the team's own"
    elif not is_own and not watched <= set().union(*together):
        reason = "not every flow that it watches is measured"
    elif any(flows & watched and not flows <= watched for flows in together):
        reason = "its metrics count requests of other flows too"
    else:
        return True
    notes.add(f"alert {alert.id}", f"it is not tested: {reason}")
    return False


def _of_alert(alert: Alert, changes: list[AlertChange], looks: range, *, every: bool) -> Iterator[dict[str, Any]]:
    moments = sorted({each.at for each in changes})
    shown = set(looks) if every else {looks[-1], *moments, *(at - looks.step for at in moments)}
    state, place = "inactive", 0
    for now in looks:
        while place < len(changes) and changes[place].at <= now:
            state, place = changes[place].state, place + 1
        if now not in shown or now < _settles(alert):
            continue
        told = _SHOWN.get(state)
        yield {
            "expr": f"count by (alertstate) ({selector('ALERTS', label('alertname', alert.id))})",
            "eval_time": duration(now),
            "exp_samples": [{"labels": f"{{{label('alertstate', told)}}}", "value": 1}] if told else [],
        }


def _settles(alert: Alert) -> int:
    """From when on Prometheus agrees on what is counted per second.

    Until its window is full it carries an increase on to the window's beginning, where for archspec there was nothing.
    """
    if alert.metric not in ("request_rate", "queue_length"):
        return 0
    longest = max(each.nanoseconds for each in alert.windows)
    return longest + alert.for_.nanoseconds + alert.keep_firing_for.nanoseconds
