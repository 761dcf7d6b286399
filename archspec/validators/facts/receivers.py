"""Who hears of an alert, and whether it wakes them."""

from archspec.model import Component
from archspec.model.kinds.notification_channel import NotificationChannel

_CHATS = frozenset({"slack", "teams", "microsoft teams", "msteams", "discord", "mattermost", "email", "mail", "smtp"})


def wakes_nobody(receiver: Component) -> bool:
    """Whether a receiver is known not to page: `pages: false`, or a chat or mail. A person may well be woken."""
    if not isinstance(receiver, NotificationChannel) or receiver.pages:
        return False
    return receiver.said("pages") or (receiver.technology or "").lower() in _CHATS
