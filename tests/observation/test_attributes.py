"""What one span's attributes say: every field of its face, by each key that tells it."""

import pytest

from archspec.observation.attributes import Face, face_of, peer_of
from archspec.observation.span import ObservedSpan, Party, Side


def span(name: str, side: Side, failed: bool = False, **attributes: object) -> ObservedSpan:
    """A span of `web`; `__` in the name of an attribute is a dot."""
    found = {key.replace("__", "."): value for key, value in attributes.items()}
    return ObservedSpan("1", 1, 0, "web", name, side, 0, 1, failed, found)


def test_a_span_without_attributes_says_its_name_and_side_alone() -> None:
    assert face_of(span("work", Side.INTERNAL)) == Face(
        service="web",
        also=(),
        operation="work",
        side=Side.INTERNAL,
        asks=False,
        answers=False,
        failed=False,
        status=None,
        request=None,
        peer=None,
        messaging=False,
        flow=None,
        cause=None,
        attempt=None,
        timed=True,
        sampled=None,
    )


def test_a_span_with_all_attributes_says_all_of_them() -> None:
    said = {
        "k8s.deployment.name": "web-v2",
        "service.namespace": "shop",
        "hostname": "web",
        "host.name": "shop",
        "http.response.status_code": "200",
        "http.request.method": "GET",
        "http.route": "/a/{b}",
        "peer.service": "api",
        "archspec.flow": "buy",
        "error.type": "timeout",
        "archspec.attempt": 2,
        "archspec.time_unknown": True,
        "sampler.type": "probabilistic",
        "sampler.param": 0.25,
    }
    assert face_of(ObservedSpan("1", 1, 0, "web", "GET /a/77", Side.CLIENT, 0, 1, False, said)) == Face(
        service="web",
        also=("web-v2", "shop"),
        operation="GET /a/{id}",
        side=Side.CLIENT,
        asks=True,
        answers=False,
        failed=False,
        status=200,
        request="GET /a/{b}",
        peer=Party("api"),
        messaging=False,
        flow="buy",
        cause="timeout",
        attempt=2,
        timed=False,
        sampled=0.25,
    )


@pytest.mark.parametrize(
    ("side", "asks", "answers"),
    [
        (Side.UNSAID, False, False),
        (Side.INTERNAL, False, False),
        (Side.SERVER, False, True),
        (Side.CLIENT, True, False),
        (Side.PRODUCER, True, False),
        (Side.CONSUMER, False, True),
    ],
)
def test_clients_and_producers_ask_and_servers_and_consumers_answer(side: Side, asks: bool, answers: bool) -> None:
    face = face_of(span("work", side))
    assert (face.asks, face.answers) == (asks, answers)


@pytest.mark.parametrize(
    ("failed", "status", "is_failed", "number"),
    [
        (False, None, False, None),
        (True, None, True, None),
        (True, 200, True, 200),
        (False, 404, False, 404),
        (False, 428, False, 428),
        (False, 429, True, 429),
        (False, 430, False, 430),
        (False, 499, False, 499),
        (False, 500, True, 500),
        (False, "503", True, 503),
        (False, "soon", False, None),
    ],
)
def test_a_span_fails_by_its_own_word_by_any_status_of_the_server_and_by_too_many_requests(
    failed: bool, status: object, is_failed: bool, number: int | None
) -> None:
    for key in ("http__response__status_code", "http__status_code"):
        face = face_of(span("work", Side.CLIENT, failed, **({} if status is None else {key: status})))
        assert (face.failed, face.status) == (is_failed, number)


@pytest.mark.parametrize(
    ("name", "attributes", "request_"),
    [
        ("work", {}, None),
        ("GET", {}, None),
        ("GET /users/4711", {}, "GET /users/{id}"),
        ("get /users", {}, None),
        ("GET users", {}, None),
        ("/users/4711", {}, None),
        ("/users/4711", {"http__method": "POST"}, "POST /users/{id}"),
        ("work", {"http__method": "POST"}, None),
        ("work", {"http__request__method": "PUT", "http__route": "/a/{b}"}, "PUT /a/{b}"),
        ("work", {"http__route": "/a/{b}"}, "/a/{b}"),
        ("GET /other", {"http__route": "/a/{b}"}, "/a/{b}"),
        ("work", {"http__method": "GET", "url__full": "https://web/a/77?x=1"}, "GET /a/{id}"),
        ("work", {"http__method": "GET", "http__url": "https://web"}, "GET /"),
        ("work", {"http__method": "GET", "url__path": "/b"}, "GET /b"),
        ("work", {"http__method": "GET", "http__target": "/c?d=e"}, "GET /c"),
        ("work", {"http__method": "GET", "http__path": "/d"}, "GET /d"),
        ("work", {"http__method": "GET", "http__url": ""}, None),
        ("work", {"http__method": "GET", "http__url": "http://[web/a"}, None),
    ],
)
def test_a_request_is_method_and_route_else_the_path_else_what_the_name_says(
    name: str, attributes: dict[str, object], request_: str | None
) -> None:
    assert face_of(span(name, Side.SERVER, **attributes)).request == request_


@pytest.mark.parametrize(
    ("side", "attributes", "peer"),
    [
        (Side.CLIENT, {}, None),
        (Side.CLIENT, {"peer__service": "api"}, Party("api")),
        (Side.CLIENT, {"remote__service": "api"}, Party("api")),
        (Side.SERVER, {"peer__service": "api"}, Party("api")),
        (Side.SERVER, {"db__system": "redis"}, None),
        (Side.INTERNAL, {"db__system": "redis"}, None),
        (Side.UNSAID, {"db__system": "redis"}, Party(None, "redis")),
        (Side.CLIENT, {"db__system__name": "postgres"}, Party(None, "postgresql")),
        (Side.CLIENT, {"db__type": "mongo", "server__address": "users-db"}, Party("users-db", "mongodb")),
        (Side.CLIENT, {"db__system": "redis", "peer__service": "cache"}, Party("cache", "redis")),
        (Side.PRODUCER, {"messaging__system": "kafka"}, Party(None, "kafka")),
        (Side.PRODUCER, {"messaging__system": "kafka", "peer__service": "broker"}, Party("broker", "kafka")),
        (Side.PRODUCER, {"messaging__destination__name": "orders"}, Party("orders", "message_queue")),
        (Side.PRODUCER, {"messaging__destination": "orders", "messaging__system": "kafka"}, Party("orders", "kafka")),
        (Side.CONSUMER, {"kafka__topic": "orders"}, Party("orders", "message_queue")),
        (Side.CONSUMER, {"message_bus__destination": "orders"}, Party("orders", "message_queue")),
        (Side.CLIENT, {"rpc__service": "shop.Cart"}, Party("shop.Cart")),
        (Side.CLIENT, {"rpc__service": "shop/Cart"}, Party("Cart")),
        (Side.CLIENT, {"net__peer__name": "api"}, Party("api")),
        (Side.CLIENT, {"http__host": "api:8080"}, Party("api")),
        (Side.CLIENT, {"db__connection_string": "mysql://me:secret@db:3306/shop"}, Party("db")),
        (Side.CLIENT, {"server__address": "me@db:3306/shop"}, Party("db")),
        (Side.CLIENT, {"server__address": "http://[db"}, None),
        (Side.CLIENT, {"server__address": "10.0.0.7"}, None),
        (Side.CLIENT, {"server__address": "localhost:80"}, None),
        (Side.CLIENT, {"url__full": "https://api.example.com:8443/a"}, Party("api.example.com")),
        (Side.CLIENT, {"http__url": "https://[::1]/a"}, None),
        (Side.CLIENT, {"http__url": "http://[api/a"}, None),
        (Side.CLIENT, {"http__url": ""}, None),
        (Side.UNSAID, {"server__address": "api"}, None),
        (Side.CLIENT, {"aws__service": "S3"}, Party("s3", "aws")),
        (Side.PRODUCER, {"aws__service": "SQS"}, Party("sqs", "aws")),
    ],
)
def test_who_is_asked_is_told_by_the_surest_attribute(
    side: Side, attributes: dict[str, object], peer: Party | None
) -> None:
    assert peer_of(span("work", side, **attributes)) == peer


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("posts_mongo_find_client", "mongodb"),
        ("REDIS_client", "redis"),
        ("compose_Memcached_get_Client", "memcached"),
        ("mongos_find_client", None),
        ("posts_mongo_find", None),
        ("posts_mongo_server", None),
        ("ask_client", None),
    ],
)
def test_a_product_in_the_name_of_a_client_is_who_is_asked(name: str, system: str | None) -> None:
    assert peer_of(span(name, Side.UNSAID)) == (Party(None, system) if system else None)


@pytest.mark.parametrize(
    ("attributes", "sampled"),
    [
        ({"sampler__type": "const", "sampler__param": True}, 1.0),
        ({"sampler__type": "probabilistic", "sampler__param": "0.1"}, 0.1),
        ({"sampler__type": "probabilistic", "sampler__param": 1}, 1.0),
        ({"sampler__type": "probabilistic", "sampler__param": 0}, None),
        ({"sampler__type": "probabilistic", "sampler__param": 1.5}, None),
        ({"sampler__type": "probabilistic", "sampler__param": "some"}, None),
        ({"sampler__type": "probabilistic"}, None),
        ({"sampler__type": "ratelimiting", "sampler__param": 1}, None),
        ({"sampler__param": 1}, None),
    ],
)
def test_the_share_of_traces_is_what_a_sampler_of_whole_traces_says(
    attributes: dict[str, object], sampled: float | None
) -> None:
    assert face_of(span("work", Side.SERVER, **attributes)).sampled == sampled


@pytest.mark.parametrize(
    ("key", "is_message"),
    [("messaging__system", True), ("messaging__destination__name", True), ("db__system", False), ("http__url", False)],
)
def test_a_message_has_a_system_or_a_destination(key: str, is_message: bool) -> None:
    assert face_of(span("work", Side.CLIENT, **{key: "kafka"})).messaging is is_message


def test_what_others_say_with_an_empty_text_is_not_said() -> None:
    face = face_of(span("work", Side.CLIENT, archspec__flow="", error__type="", archspec__attempt="x"))
    assert (face.flow, face.cause, face.attempt) == (None, None, None)


@pytest.mark.parametrize(("one", "many"), [("a", None), (None, "a")])
def test_a_party_without_a_name_is_shown_as_one_of_its_product(one: str | None, many: str | None) -> None:
    assert Party(one, many).shown == (one or f"a {many}")
