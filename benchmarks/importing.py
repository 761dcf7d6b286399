"""How well `archspec import` does: on a corpus of real files, against connections that are known to be true, in time.

    python benchmarks/importing.py [CORPUS]

Without CORPUS the sample of the tests is taken. A folder of files, each a file of its own; traces are left to the
importer of traces.
"""

import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from archspec.errors import UsageError
from archspec.importers.facts import OUTSIDE, Grade, Section
from archspec.importers.imported import import_files
from archspec.language import load_text

SAMPLE = Path(__file__).parents[1] / "tests/importers/data"
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


def precision() -> None:
    """Connections of grades seen, stated and allowed between a system's own parts, against the true ones."""
    right = wrong = 0
    for title, files, text in SYSTEMS:
        true = pairs(text)
        draft = import_files([str(SAMPLE / file) for file in files]).draft
        external = {part.subject.id for part in draft.of(Section.COMPONENTS) if part.value("kind") == "external"}
        found = {
            f"{part.subject.id} {part.subject.to}"
            for part in draft.of(Section.CONNECTIONS)
            if part.evidence.grade >= Grade.ALLOWED and part.subject.id != OUTSIDE
            if part.subject.to not in external and not part.subject.id.endswith("-external")
        }
        good, bad, missed = len(found & true), len(found - true), len(true - found)
        right, wrong = right + good, wrong + bad
        print(f"{title:35} right {good:3}  wrong {bad:2}  missed {missed:2}")
    print(f"precision, pooled: {right / (right + wrong):.3f}")


def corpus(folder: Path) -> None:
    """Every file by itself: a spec that loads, or a sentence; anything else ends in a traceback."""
    counts: Counter[str] = Counter()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if "traces" in file.parts or file.suffix in (".tsv", ".md", ".csv"):
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
