"""Notification channel."""

from typing import Literal

from pydantic import Field

from archspec.model.component import Dependable
from archspec.model.field_types import Flag
from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape


class NotificationChannel(Dependable):
    """Where people are told, such as Slack or PagerDuty."""

    kind: Literal["notification_channel"] = "notification_channel"
    pages: Flag = Field(False, description="Wakes a person.")


KIND = Kind(
    "notification_channel",
    "Notification channel",
    Role.CHANNEL,
    Shape.CHANNEL,
    NotificationChannel,
    provided=True,
    other_names=("slack", "pagerduty", "email", "chat", "channel"),
)
