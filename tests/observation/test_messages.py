"""Binary files, byte by byte: how messages are told apart, and where a file may end."""

from io import BytesIO

import pytest

from archspec.errors import UsageError
from archspec.observation import messages as module
from archspec.observation.messages import HEAD, is_binary, messages

PACKED = b"\x28\xb5\x2f\xfd"


def read(data: bytes) -> list[object]:
    return list(messages(BytesIO(data), data[:HEAD], "t.pb", lambda packed: b"\x0a" + packed[4:]))


def field(content: bytes) -> bytes:
    """A field of bytes; its length in groups of seven bits."""
    size = len(content)
    length = bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])
    return b"\x0a" + length + content


def filled(size: int, first: bytes = b"\x12") -> bytes:
    return first + b"." * (size - 1)


SIZES = [4, 126, 127, 128, 129, 255, 256, 16_383]


@pytest.mark.parametrize("size", SIZES)
def test_the_fields_of_a_bare_message_are_messages_of_their_own(size: int) -> None:
    for first in (b"\x0a", b"\x12"):
        parts = [field(filled(size, first)), field(filled(3))]
        assert read(b"".join(parts)) == parts


@pytest.mark.parametrize("size", SIZES)
def test_a_varint_tells_how_long_a_message_is(size: int) -> None:
    """Whatever the message begins with."""
    for content in (filled(size, b"\x0a"), filled(size, b"\x0b")):
        assert read(field(content)[1:] + field(b"\x0a.")[1:]) == [content, b"\x0a."]


@pytest.mark.parametrize(
    ("message", "value"),
    [
        (b"\x0a...", b"\x0a..."),
        (b'{"a": 1}', {"a": 1}),
        (b"[1, 2]", [1, 2]),
        (PACKED + b"xyz", b"\x0axyz"),
    ],
)
def test_four_bytes_tell_how_long_a_message_is(message: bytes, value: object) -> None:
    """Each message is unpacked for itself, and may be JSON."""
    data = len(message).to_bytes(4) + message
    assert read(data * 2) == [value, value]


def test_a_message_may_be_as_large_as_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 10)
    assert read(b"\x00\x00\x00\x0a" + filled(10, b"\x0a")) == [filled(10, b"\x0a")]
    for data in (field(filled(11)), field(b"\x0b" + b"." * 10)[1:], b"\x00\x00\x00\x02\x0a.\x00\x00\x00\x0b\x0a"):
        with pytest.raises(UsageError, match=r"^`t\.pb` holds a message of more than 64 MiB, or is of no format"):
            read(data)


@pytest.mark.parametrize(
    "data",
    [
        field(filled(5))[:-1],
        field(filled(5)) + b"\x0a\x80",
        b"\x00\x00\x00\x05\x0a...",
        b"\x00\x00\x00\x02\x0a.\x00\x00\x00",
        b"\x05\x0b..",
        b"\x02\x0b.\x80",
    ],
)
def test_a_file_may_be_cut_off(data: bytes) -> None:
    with pytest.raises(EOFError, match=r"^in the middle$"):
        read(data)


@pytest.mark.parametrize("data", [field(filled(5)) + b"\x12\x01.", field(filled(5)) + b"\x0a"])
def test_a_field_of_another_number_is_no_spans(data: bytes) -> None:
    with pytest.raises(EOFError, match=r"^it is no OTLP$"):
        read(data)


def test_an_empty_file_has_no_messages() -> None:
    assert read(b"") == []


@pytest.mark.parametrize("byte", range(256))
def test_only_control_characters_that_are_no_blanks_make_a_file_binary(byte: int) -> None:
    data = b"a" * (HEAD - 1) + bytes([byte])
    assert is_binary(data) is (byte < 0x20 and byte not in (9, 10, 13))
    assert not is_binary(b"a" + data)
