"""Random jobs by the clock: a scheduler, stores and somebody else's system, with repairs and a deadline."""

from random import Random
from typing import Any

PARTS = ("cron", "db", "wh", "pay")


def random_job(seed: int) -> dict[str, Any]:
    """A spec with one job that is due at 02:30, and a scenario for each part that is away when it is."""
    random = Random(seed)
    mttr = {id_: random.choice([2, 10, 40, 120]) for id_ in PARTS}
    stated = {id_: {"mtbf": "40d", "mttr": f"{minutes}m"} for id_, minutes in mttr.items()}
    store = {"kind": random.choice(["database", "data_warehouse"]), "slots": random.choice([2, 8])}
    spare = {"replicas": 2, "failover": "automatic"}
    components = {
        "cron": {"kind": random.choice(["job", "worker"]), "replicas": random.choice([1, 2])} | stated["cron"],
        "db": store | stated["db"] | random.choice([{"replicas": 1}, spare]),
        "wh": store | stated["wh"] | random.choice([{"replicas": 1}, spare]),
        "pay": {"kind": "external"} | stated["pay"],
    }
    read = {"call": "db", "access": random.choice(["read", "write"]), "takes": f"{random.choice([1, 10, 30])}m"}
    load = {"call": "wh", "takes": f"{random.choice([5, 20])}m"}
    both = {"parallel": [load, {"call": "wh", "takes": "3m"}]}
    fetch = {"call": "pay", "takes": "2s"} | random.choice([{}, {"optional": True}])
    steps = [read, random.choice([load, both]), fetch]
    random.shuffle(steps)
    deadline = random.choice([10, 30, 60, 120, 240])
    flow = {"from": "cron", "schedule": "30 2 * * *", "deadline": f"{deadline}m", "steps": steps}
    whole = {"starts": "02:25", "duration": f"{deadline + 10}m", "load": {"night": "1x"}}
    gone = {f"no-{id_}": whole | {"faults": [{"at": "4m", "for": f"{mttr[id_] + 1}m", "fail": id_}]} for id_ in PARTS}
    one = {f"one-{id_}": whole | {"faults": [{"at": "4m", "fail": f"{id_}-1"}]} for id_ in ("cron", "db", "wh")}
    return {
        "archspec": 1,
        "name": "Random job",
        "components": components,
        "connections": [{"from": "cron", "to": ["db", "wh", "pay"]}],
        "flows": {"night": flow},
        "scenarios": {"calm": whole, **gone, **one},
    }
