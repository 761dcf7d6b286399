"""A small shop, and what an overlay says of it."""

from pathlib import Path

from archspec.language import load_text
from archspec.overlays import layer_of
from archspec.overlays.overlay import Subject
from archspec.renderers import find_view
from archspec.renderers.overlay import Layer

SPEC = """
archspec: 1
name: Shop
owner: Shop team
components:
  user: {kind: client}
  api: {kind: server, cores: 2, replicas: 2, availability: 99%}
  db: {kind: database, owner: Data team, availability: 99.9%, slots: 10}
  cache: {kind: cache}
connections:
  - user -> api: https
  - api -> [db, cache]
flows:
  buy:
    from: user
    rate: 100/s
    objective: {success: 99.95%}
    steps: [{call: api, cpu: 10ms, steps: [{call: db, takes: 30ms}, {call: cache}]}]
views: {all: {include: ["flow:buy"]}}
"""


def layer(name: str, spec: str = SPEC) -> Layer:
    architecture = load_text(spec)
    return layer_of(name, Subject(architecture, find_view(architecture, None), Path("shop.yaml")))
