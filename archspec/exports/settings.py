"""How a team measures, tells and loads its system: the sections of `archspec.toml` that exports read."""

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from archspec.errors import UsageError
from archspec.language import did_you_mean, listed
from archspec.model import Architecture, Duration, Period, failed
from archspec.validators.config_file import config_files, section

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
"""Upper limits of a histogram of response times in seconds, as OpenTelemetry advises for HTTP servers."""
ConventionName = Literal["otel", "prometheus", "istio", "envoy", "nginx-ingress", "spring", "archspec"]


def _words(value: object) -> list[str]:
    """The words of a command, as a shell tells them apart."""
    try:
        words = shlex.split(value) if isinstance(value, str) else []
    except ValueError:  # a quotation that nothing closes
        words = []
    if not words:
        raise failed("this is not a command", "write it as in a shell, such as `kubectl delete pod api-2`.", "command")
    return words


Command = Annotated[tuple[str, ...], BeforeValidator(_words)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FlowMetrics(_Section):
    """How a flow is measured where the convention is not enough."""

    component: str | None = None
    """Where it is measured; default: the first component that answers it and is instrumented."""
    match: str | None = None
    """Label matchers; default: from `request`."""
    success: str | None = None
    """PromQL of the good requests per second, with `{window}`."""
    total: str | None = None
    """PromQL of all requests per second, with `{window}`."""
    latency: str | None = None
    """The name of a histogram, without `_bucket`."""

    @property
    def says_how(self) -> bool:
        """Whether it says by what, and not only where."""
        return any((self.match, self.success, self.total, self.latency))


class Prometheus(_Section):
    """`[prometheus]`: which metrics there are."""

    convention: ConventionName = "otel"
    version: Literal[2, 3] = 3
    """Of the server: since 3 a window leaves its left end out, as archspec does."""
    buckets: tuple[Annotated[float, Field(gt=0, allow_inf_nan=False)], ...] = BUCKETS
    """Upper limits of the histograms in seconds."""
    job: str = "{owner}/{component}"
    """The job label; `{system}`, `{owner}`, `{component}`, `{group}` are filled in, and what is empty is left out."""
    flows: dict[str, FlowMetrics] = Field(default_factory=dict)
    components: dict[str, dict[str, str]] = Field(default_factory=dict)
    """By component and metric, PromQL with `{window}`."""


class Channel(_Section):
    """One notification channel. What is secret is the path of a file that holds it."""

    channel: str | None = None
    """Slack: such as `#video`."""
    to: str | None = None
    """Email: the address."""
    url: str | None = None
    """Webhook: where it is told."""
    secret_file: str | None = Field(None, alias="secret-file")
    """Default: `/etc/alertmanager/secrets/<id>`."""


class Alertmanager(_Section):
    """`[alertmanager]`: how people are told."""

    channels: dict[str, Channel] = Field(default_factory=dict)
    sender: str | None = None
    """Email: from whom."""
    smarthost: str | None = None
    """Email: host and port of the server that sends."""
    inhibit: bool = False
    """Whether a critical alert silences the warnings of its flow."""


class LoadTest(_Section):
    """`[load]`: against what a load test runs."""

    target: str = "http://localhost:8080"
    parameters: dict[str, str] = Field(default_factory=dict)
    """A value for each `{name}` in a request's path."""
    duration: Period = Duration(300 * 10**9)
    """Where no scenario says how long."""


class Chaos(_Section):
    """`[chaos]`: where faults are made."""

    namespace: str = "default"
    selector: str = "app.kubernetes.io/name"
    """The label whose value is a component's id."""
    prometheus: str = "http://localhost:9090"
    """Where Chaos Toolkit asks for figures."""
    actions: dict[str, Command] = Field(default_factory=dict)
    """For Chaos Toolkit: by what a fault strikes, the command that makes it, as its words."""


class Settings(_Section):
    """All of them."""

    prometheus: Prometheus = Field(default_factory=Prometheus)
    alertmanager: Alertmanager = Field(default_factory=Alertmanager)
    load: LoadTest = Field(default_factory=LoadTest)
    chaos: Chaos = Field(default_factory=Chaos)


def find_settings(spec: Path, given: Path | None) -> Settings:
    """The settings in the file that the command line names, else each section of the nearest file upwards that has it.

    Raises:
        UsageError: a file is no TOML, or says something that is not known.

    """
    found: dict[str, Any] = {}
    for name, field in Settings.model_fields.items():
        for file in (given,) if given is not None else config_files(spec):
            data = section(file, name, allow_outside=given is not None) if given or file.is_file() else None
            if data is not None:
                found[name] = _read(field.annotation, name, data, file)
                break
    return Settings(**found)


def _read(model: Any, name: str, data: Any, file: Path) -> Any:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        *where, key = (name, *map(str, first["loc"]))
        place = ".".join(where) or name
        if first["type"] != "extra_forbidden":
            remedy = first.get("ctx", {}).get("remedy")
            said = f"{first['msg'][:1].lower()}{first['msg'][1:]}{f'; {remedy}' if remedy else '.'}"
            raise UsageError(f"{file}: `{key}` in [{place}]: {said}") from None
        known = _keys(model, [str(step) for step in first["loc"][:-1]])
        remedy = did_you_mean(key, known, f"keys are {listed(known)}.")
        raise UsageError(f"{file}: `{key}` in [{place}] is not a key; {remedy}") from None


def _keys(model: Any, steps: list[str]) -> list[str]:
    """The keys of a section or of a table below it."""
    for name in steps:
        field = model.model_fields.get(name)
        if field is None:  # an id between a table of tables and its keys
            continue
        model = field.annotation.__args__[1]
    return [field.alias or key for key, field in model.model_fields.items()]


def strangers(settings: Settings, architecture: Architecture) -> Iterator[tuple[str, str]]:
    """What the settings name and the system does not have, and what may have been meant."""
    tables: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("prometheus.flows", settings.prometheus.flows, architecture.flows),
        ("prometheus.components", settings.prometheus.components, architecture.components),
        ("alertmanager.channels", settings.alertmanager.channels, architecture.components),
    )
    for table, named, known in tables:
        for name in named:
            if name not in set(known):
                yield f"[{table}.{name}]", f"this spec has no `{name}`; {did_you_mean(name, known, 'it is not used.')}"
