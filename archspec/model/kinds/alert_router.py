"""Alert router."""

from typing import Literal

from archspec.model.component import Running
from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape


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
