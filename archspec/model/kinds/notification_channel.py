"""Notification channel."""

from typing import Literal

from pydantic import Field

from archspec.model import Dependable, Flag, Kind, Role, Shape


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
