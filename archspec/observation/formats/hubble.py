"""Hubble's flows of Cilium, as `hubble observe --output json` writes them: one JSON object a line.

https://docs.cilium.io/en/stable/_api/v1/flow/README/: a packet is told by both ends. A call is an opened TCP
connection where it leaves (`SYN` without `ACK`), or a request where a proxy reads the protocol.
"""

from collections.abc import Iterator
from typing import Any

from archspec.observation import CountedCalls, Document, TraceFormat


def recognises(document: Document) -> bool:
    """An object with `flow`, or a flow itself: a verdict, a source and a destination."""
    return {"verdict", "source", "destination"} <= _flow(document).keys()


def counted(document: Document) -> Iterator[CountedCalls]:
    """One call, where the packet begins one and was let through."""
    flow = _flow(document)
    if flow["verdict"] not in ("FORWARDED", "REDIRECTED", "TRACED") or flow.get("is_reply") or not _begins(flow):
        return
    caller, callee = _name(flow, "source"), _name(flow, "destination")
    if callee is not None:
        failed = float(int(((flow.get("l7") or {}).get("http") or {}).get("code") or 0) >= 500)
        yield CountedCalls(caller or "user", callee, 1.0, failed)


def _flow(document: Document) -> dict[str, Any]:
    found: Any = document.get("flow", document) if isinstance(document, dict) else None
    return found if isinstance(found, dict) else {}


def _begins(flow: dict[str, Any]) -> bool:
    if flow.get("l7"):
        return bool(flow["l7"].get("type") == "REQUEST")
    flags = ((flow.get("l4") or {}).get("TCP") or {}).get("flags") or {}
    leaves = flow.get("traffic_direction", "EGRESS") == "EGRESS"
    return leaves and bool(flags.get("SYN")) and not flags.get("ACK")


def _name(flow: dict[str, Any], end: str) -> str | None:
    """The workload of an end, else its Service or the name that was looked up for it; None for the world at large."""
    known = flow[end] or {}
    workloads, names = known.get("workloads") or [], flow.get(f"{end}_names") or []
    if workloads:
        return str(workloads[0]["name"])
    service = (flow.get(f"{end}_service") or {}).get("name")
    return str(service or (names[0].rstrip(".") if names else "") or known.get("pod_name") or "") or None


FORMAT = TraceFormat("hubble", "Hubble's flows", recognises, counted)
