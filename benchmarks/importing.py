"""How well `archspec import` does: on a corpus of real files, against connections that are known to be true, in time.

    python benchmarks/importing.py [CORPUS]

Without CORPUS the sample of the tests is taken. A folder of files, each a file of its own.
"""

import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from archspec.errors import UsageError
from archspec.importers.facts import OUTSIDE, Grade, Section
from archspec.importers.imported import import_files
from archspec.language import load, load_text

SAMPLE = Path(__file__).parents[1] / "tests/importers/data"
NETWORK = SAMPLE / "delimitrou/DeathStarBench/socialNetwork/docker-compose.yml"
TRACES = SAMPLE.parents[1] / "observation/social_network.json.gz"
BY_HAND = SAMPLE.parents[2] / "specs/social_network/architecture.yaml"
BOUTIQUE = "GoogleCloudPlatform/microservices-demo/release/kubernetes-manifests.yaml"
SHOP = "microservices-demo/microservices-demo/deploy"

TRUE_BOUTIQUE = """
frontend: adservice cartservice checkoutservice currencyservice productcatalogservice recommendationservice
frontend: shippingservice
checkoutservice: cartservice currencyservice emailservice paymentservice productcatalogservice shippingservice
recommendationservice: productcatalogservice
cartservice: redis-cart
loadgenerator: frontend
"""
TRUE_SHOP = """
front-end: carts catalogue orders user
orders: orders-db carts user payment shipping
carts: carts-db
catalogue: catalogue-db
user: user-db
shipping: rabbitmq
rabbitmq: queue-master
"""
POLICIES = [f"{SHOP}/kubernetes/manifests", f"{SHOP}/kubernetes/manifests-policy"]
PROJECT = [f"{SHOP}/docker-compose/docker-compose{end}.yml" for end in ("", ".monitoring", ".logging")]
SYSTEMS = (
    ("Online Boutique, Kubernetes", [BOUTIQUE], TRUE_BOUTIQUE),
    ("Sock Shop, its NetworkPolicies", POLICIES, TRUE_SHOP),
    ("Sock Shop, three Compose files", PROJECT, TRUE_SHOP),
)


def pairs(text: str) -> set[str]:
    """Who asks whom, a line for each who asks."""
    rows = (row.split(": ") for row in text.strip().splitlines())
    return {f"{from_} {to}" for from_, many in rows for to in many.split()}


def by_hand() -> set[str]:
    """Connections of the social network as a person wrote them from its source."""
    return {f"{edge.from_} {edge.to}" for edge in load(BY_HAND).connections if edge.from_ != "browser"}


def connections(files: list[str], least: Grade) -> set[str]:
    """Connections of at least a grade between a system's own parts."""
    draft = import_files([str(SAMPLE / file) for file in files]).draft
    external = {part.subject.id for part in draft.of(Section.COMPONENTS) if part.value("kind") == "external"}
    return {
        f"{part.subject.id} {part.subject.to}"
        for part in draft.of(Section.CONNECTIONS)
        if part.evidence.grade >= least and part.subject.id != OUTSIDE
        if part.subject.to not in external and not part.subject.id.endswith("-external")
    }


def by_product(found: set[str], true: set[str]) -> set[str]:
    """A store that no span names is called after who asks it and its product: it stands for the one of that product."""
    made = set()
    for pair in found:
        from_, to = pair.split()
        product = to.removeprefix(f"{from_}-")
        alike = [each for each in true if each.startswith(f"{from_} ") and each.endswith(f"-{product}")]
        made.add(alike[0] if product != to and pair not in true and len(alike) == 1 else pair)
    return made


def precision() -> None:
    """Connections that are seen, stated or allowed, against the true ones; and those of a start order with them."""
    right = wrong = 0
    network = by_hand()
    systems = [(title, files, pairs(text)) for title, files, text in SYSTEMS]
    systems += [("Social network, Compose", [str(NETWORK)], network)]
    systems += [("… and 20 traces of one flow", [str(NETWORK), str(TRACES)], network)]
    for title, files, true in systems:
        found = by_product(connections(files, Grade.ALLOWED), true)
        good, bad, missed = len(found & true), len(found - true), len(true - found)
        right, wrong = right + good, wrong + bad
        every = by_product(connections(files, Grade.ORDERED), true)
        ordered = f"with start orders: right {len(every & true):3}  wrong {len(every - true):2}"
        print(f"{title:38} right {good:3}  wrong {bad:2}  missed {missed:2}   {ordered}")
    print(f"precision, pooled: {right / (right + wrong):.3f}")


def corpus(folder: Path) -> None:
    """Every file by itself: a spec that loads, or a sentence; anything else ends in a traceback."""
    counts: Counter[str] = Counter()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if file.suffix in (".tsv", ".md", ".csv"):
            continue
        sort = file.relative_to(folder).parts[0]
        try:
            load_text(import_files([str(file)]).text)
            counts[f"{sort}: a spec"] += 1
        except UsageError:
            counts[f"{sort}: a sentence"] += 1
    for name, count in sorted(counts.items()):
        print(f"{name:60} {count:4}")


def speed(services: int = 1000) -> None:
    """A Compose file of many services, each of which asks two others."""
    rows = ["services:"]
    for number in range(services):
        urls = f"NEXT_URL: 'http://svc-{(number * 7 + 1) % services}:80', DB_URL: 'postgres://u:p@db-{number % 50}/x'"
        ports = f"ports: ['{8000 + number}:80']"
        rows += [f"  svc-{number}: {{image: example/x, {ports}, environment: {{{urls}}}}}"]
    rows += [f"  db-{number}: {{image: postgres}}" for number in range(50)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "compose.yaml"
        path.write_text("\n".join(rows))
        import_files([str(path)])
        began = time.process_time()
        import_files([str(path)])
        print(f"{services} services: {time.process_time() - began:.2f} s of processor time")


if __name__ == "__main__":
    precision()
    speed()
    corpus(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
