"""Binary files of spans as a stream of messages: OTLP in protobuf, as collectors and programs write it.

The collector's file exporter puts four bytes of length before each message, and packs each message for itself where it
compresses (or did, before it packed whole files). OpenTelemetry's specification of files puts a varint before each.
What programs send by HTTP is one message without any.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from pydantic_core import from_json

from archspec.errors import UsageError
from archspec.observation.trace_format import Document

HEAD = 256
"""Bytes by which a binary file is told from a text."""
LARGEST = 64 * 2**20
_PACKED = b"\x28\xb5\x2f\xfd"
_FIELD = 0x0A
"""The first field of a message, of bytes: `resource_spans` of TracesData, `resource` of ResourceSpans."""
_SCOPES = 0x12


def is_binary(head: bytes) -> bool:
    """Whether what begins so is no text: JSON and metrics hold no control characters but blanks."""
    return any(byte < 0x20 and byte not in b"\t\n\r" for byte in head[:HEAD])


def messages(stream: BinaryIO, head: bytes, name: str, unpack: Callable[[bytes], bytes]) -> Iterator[Document]:
    """Each message as bytes, or as the JSON value that it is; `unpack` undoes zstd.

    Raises:
        EOFError: the file is cut off within a message, or is none of this sort.
        UsageError: a message is too large.

    """
    if _is_bare(head):
        yield from _fields(stream, name)
        return
    length = _of_four_bytes if _is_by_four(head) else _varint
    while (size := length(stream)) is not None:
        message = _exactly(stream, size, name)
        message = unpack(message) if message.startswith(_PACKED) else message
        yield from_json(message) if message[:1] in (b"{", b"[") else message


def _is_bare(head: bytes) -> bool:
    """A message of TracesData begins with a field, whose content begins with one of ResourceSpans."""
    if head[:1] != bytes([_FIELD]):
        return False
    place = next((at for at, byte in enumerate(head[1:11], 1) if byte < 0x80), len(head))
    return head[place + 1 : place + 2] in (bytes([_FIELD]), bytes([_SCOPES]))


def _is_by_four(head: bytes) -> bool:
    size, begin = int.from_bytes(head[:4]), head[4:8]
    return 0 < size <= LARGEST and (begin[:1] in (bytes([_FIELD]), b"{", b"[") or begin == _PACKED)


def _fields(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """The fields of one message, each as a message with it alone; so are messages one behind another."""
    while tag := stream.read(1):
        size = _varint(stream)
        if tag[0] != _FIELD or size is None:
            raise EOFError("it is no OTLP")
        yield tag + _as_varint(size) + _exactly(stream, size, name)


def _of_four_bytes(stream: BinaryIO) -> int | None:
    data = stream.read(4)
    if data and len(data) < 4:
        raise EOFError("in the middle")
    return int.from_bytes(data) if data else None


def _varint(stream: BinaryIO) -> int | None:
    """A number in groups of seven bits, the lowest first; None at the end."""
    value = shift = 0
    while data := stream.read(1):
        value |= (data[0] & 0x7F) << shift
        if data[0] < 0x80:
            return value
        shift += 7
    if shift:
        raise EOFError("in the middle")
    return None


def _as_varint(value: int) -> bytes:
    groups = []
    while value >= 0x80:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


def _exactly(stream: BinaryIO, size: int, name: str) -> bytes:
    if size > LARGEST:
        raise UsageError(f"`{name}` holds a message of more than 64 MiB, or is of no format that is known.")
    data = stream.read(size)
    if len(data) < size:
        raise EOFError("in the middle")
    return data
