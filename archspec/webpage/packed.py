"""The engine and what the page knows, packed; `viewer/src/engine/packed.ts` unpacks them."""

from base64 import b64encode
from functools import cache
from gzip import compress

from archspec.simulation.engine import WASM


def packed(content: bytes) -> str:
    """Base64 of gzip, which names no time, so that the same content gives the same text."""
    return b64encode(compress(content, mtime=0)).decode()


@cache
def packed_engine() -> str:
    """The module that Python runs too."""
    return packed(WASM.read_bytes())
