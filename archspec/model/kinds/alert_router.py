"""Alert router."""

from typing import Literal

from archspec.model import Kind, Role, Running, Shape


class AlertRouter(Running):
    """Groups alerts and sends them on, such as Alertmanager; `notify` names whom it tells."""

    kind: Literal["alert_router"] = "alert_router"


KIND = Kind(
    "alert_router",
    "Alert router",
    Role.TELEMETRY,
    Shape.OBSERVER,
    AlertRouter,
    is_asked=False,
    other_names=("alertmanager",),
)
