"""Every way that a flow can go, as messages in frames; `viewer/src/ways.ts` says the same in TypeScript."""

from typing import Any

from archspec.model import Architecture, Flow
from archspec.renderers import clean
from archspec.renderers.flow_sequence import flow_sequence
from archspec.renderers.sequence import Item, Message


def ways(architecture: Architecture, flow: Flow) -> list[Any]:
    """Messages as `[from, to, label, status, style, failed]`, frames as `{"kind": …, "sections": [[guard, items]]}`."""
    return [_item(each) for each in flow_sequence(architecture, flow).items]


def _item(item: Item) -> Any:
    if isinstance(item, Message):
        words = [clean(item.label), clean(item.status)]
        return [item.source, item.target, *words, item.style.value, item.failed]
    sections = [[clean(each.guard), [_item(one) for one in each.items]] for each in item.sections]
    return {"kind": item.kind.value, "sections": sections}
