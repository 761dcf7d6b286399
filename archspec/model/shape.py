"""The closed set of things a picture can show; a kind names one, renderers match on it exhaustively."""

from enum import Enum


class Shape(Enum):
    """What a component looks like, whatever its technology."""

    PERSON = "person"
    DEVICE = "device"  # a client: browser, app
    EDGE_NETWORK = "edge network"  # dns, cdn
    BALANCER = "balancer"  # load balancer, gateway
    SERVER = "server"
    WORKER = "worker"
    FUNCTION = "function"
    STORE = "store"
    CACHE = "cache"
    QUEUE = "queue"
    CLOUD = "cloud"  # external systems
    OBSERVER = "observer"  # logs, metrics, errors, traces, processes
    CHANNEL = "channel"  # notification channels
    DELIVERY = "delivery"  # code repository, artifact registry
