"""What is known of protocols by name; a protocol that is in no table is unknown, and unknown is not wrong."""

_SAFE = "https wss ssh scp sftp ftps amqps mqtts ldaps smtps imaps grpcs tls mtls http3 quic rediss"
_OPEN = "http ws ftp telnet ldap smtp mqtt imap tftp rsh"
ENCRYPTED: dict[str, bool] = dict.fromkeys(_SAFE.split(), True) | dict.fromkeys(_OPEN.split(), False)
"""Whether a protocol encrypts by itself; a protocol that is not here can do either."""

MESSAGING = frozenset(
    {"amqp", "amqps", "mqtt", "mqtts", "kafka", "nats", "stomp", "jms", "sqs", "sns", "pubsub", "zeromq"}
    | {"event", "events", "message", "messages", "webhook", "rabbitmq", "kinesis", "redis-streams", "smtp", "smtps"}
)
"""Protocols that carry messages: who sends does not wait for the work."""

LOGIN = frozenset({"ssh", "scp", "sftp", "rsync", "rsync+ssh", "ftp", "ftps", "rdp", "telnet", "tftp", "rsh", "winrm"})
"""Protocols by which a person changes a machine by hand."""
