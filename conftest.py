"""Modules that stand on an extra are collected for their doctests only where the extra is installed."""

from importlib.util import find_spec

NEEDS = {"archspec/execution/compiled_world.py": "numba"}

collect_ignore = [path for path, module in NEEDS.items() if find_spec(module) is None]
