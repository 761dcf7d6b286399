"""A kind of component is one file: whatever lists kinds finds it."""

import subprocess
import sys
from pathlib import Path

KIOSK = '''
from typing import Literal

from archspec.model.component import Component
from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape


class SelfServiceKiosk(Component):
    """A screen that visitors use on the spot."""

    kind: Literal["self_service_kiosk"] = "self_service_kiosk"


KIND = Kind("self_service_kiosk", "Kiosk", Role.ACTOR, Shape.DEVICE, SelfServiceKiosk, other_names=("terminal",))
'''
PROGRAM = """
import sys

import archspec.model.kinds

archspec.model.kinds.__path__.append(sys.argv[1])
import archspec

with archspec.System("Museum") as museum:
    archspec.SelfServiceKiosk("hall") >> archspec.Server("guide")
print(museum.build().components["hall"].kind_of.summary)
print(archspec.SelfServiceKiosk.__doc__, "SelfServiceKiosk" in archspec.__all__)
print(archspec.load_text("{archspec: 1, name: M, components: {k: {kind: self_service_kiosk}}}").components["k"].kind)
try:
    archspec.load_text("{archspec: 1, name: M, components: {k: {kind: terminal}}}")
except archspec.SpecError as error:
    print(error)
"""


def test_a_new_kind_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "self_service_kiosk.py").write_text(KIOSK)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines() == [
        "A screen that visitors use on the spot.",
        "A screen that visitors use on the spot. True",
        "self_service_kiosk",
        "<text>:1:47: `terminal` is not a kind of component; write `kind: self_service_kiosk`.",
    ], done.stderr
