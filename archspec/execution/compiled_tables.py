"""Tables of whole numbers as compiled code reaches them: bare addresses, with no count of references and no copies.

A table is known by its header of four words: the address of its rows, how many are in use, how many there is room for,
and the address of the function that makes more room. Headers lie one behind the other, those of a program or of a world
together; a record is the address of the first. Loads and stores are marked with the table they belong to, so that LLVM
knows that a write into one changes nothing in another.
"""

import operator
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import lower_builtin, lower_getattr_generic
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, bound_function, infer_getattr, infer_global
from numba.core.typing.templates import signature as typed
from numba.extending import intrinsic, models, overload, register_model

WORD = ir.IntType(64)
WORD_BYTES = 8
ADDRESS, LENGTH, ROOM, MORE, HEADER_SIZE = range(5)
HEADER = "header"


class RecordType(types.Type):
    """A program or a world: named tables, by the address of their headers."""

    def __init__(self, name: str, fields: "tuple[tuple[str, TableType], ...]") -> None:
        self.places = {field: number for number, (field, _) in enumerate(fields)}
        self.tables = dict(fields)
        super().__init__(name=name)


class TableType(types.Type):
    """Rows of `width` words; a constant one never changes while compiled code runs."""

    def __init__(self, label: str, width: int, constant: bool = False) -> None:
        self.label = label
        self.width = width
        self.constant = constant
        super().__init__(name=f"{type(self).__name__}({label}, {width})")

    @property
    def row(self) -> Any:
        """Numba's type of a row."""
        return types.int64 if self.width == 1 else types.UniTuple(types.int64, self.width)


class MapType(TableType):
    """A dictionary of whole numbers: rows of key and value, each near the place that the hash of its key names."""


class WordsType(types.Type):
    """The words of a table, or of a header, one after the other."""

    def __init__(self, label: str, constant: bool = False) -> None:
        self.label = label
        self.constant = constant
        super().__init__(name=f"words({label})")


class _Pointer(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: Any) -> None:
        super().__init__(dmm, fe_type, WORD.as_pointer())


for _type in (RecordType, TableType, MapType, WordsType):
    register_model(_type)(_Pointer)


def _mark(builder: Any, access: Any, label: str, constant: bool = False) -> Any:
    """Say which table a load or store belongs to."""
    module = builder.module
    root = module.add_metadata(["archspec's tables"])
    tag = module.add_metadata([label, root, WORD(0)])
    access.set_metadata("tbaa", module.add_metadata([tag, tag, WORD(0)]))
    if constant:
        access.set_metadata("invariant.load", module.add_metadata([]))
    return access


def _header(builder: Any, table: Any, field: int) -> Any:
    return builder.gep(table, [WORD(field)], inbounds=True)


def _field(builder: Any, table: Any, field: int, constant: bool = False) -> Any:
    return _mark(builder, builder.load(_header(builder, table, field)), HEADER, constant)


def _set_field(builder: Any, table: Any, field: int, value: Any) -> None:
    _mark(builder, builder.store(value, _header(builder, table, field)), HEADER)


def _rows(builder: Any, type_: TableType, table: Any) -> Any:
    return builder.inttoptr(_field(builder, table, ADDRESS, type_.constant), WORD.as_pointer())


def _load_row(context: Any, builder: Any, type_: TableType, table: Any, row: Any) -> Any:
    rows = _rows(builder, type_, table)
    first = builder.mul(row, WORD(type_.width))
    words = [
        _mark(
            builder,
            builder.load(builder.gep(rows, [builder.add(first, WORD(i))], inbounds=True)),
            type_.label,
            type_.constant,
        )
        for i in range(type_.width)
    ]
    return words[0] if type_.width == 1 else context.make_tuple(builder, type_.row, words)


def _store_row(context: Any, builder: Any, type_: TableType, table: Any, row: Any, item_type: Any, item: Any) -> None:
    rows = _rows(builder, type_, table)
    first = builder.mul(row, WORD(type_.width))
    if type_.width == 1:
        words = [context.cast(builder, item, item_type, types.int64)]
    else:
        parts = cgutils.unpack_tuple(builder, item, type_.width)
        words = [
            context.cast(builder, part, part_type, types.int64)
            for part, part_type in zip(parts, item_type, strict=True)
        ]
    for i, word in enumerate(words):
        place = builder.gep(rows, [builder.add(first, WORD(i))], inbounds=True)
        _mark(builder, builder.store(word, place), type_.label)


def _copy(context: Any, builder: Any, type_: Any, table: Any, begin: Any, other_type: Any, other: Any) -> None:
    """Write the rows of another table, of single words like this one, from a row on."""
    with cgutils.for_range(builder, _field(builder, other, LENGTH)) as loop:
        word = _load_row(context, builder, other_type, other, loop.index)
        _store_row(context, builder, type_, table, builder.add(begin, loop.index), types.int64, word)


def _make_room(context: Any, builder: Any, table: Any) -> None:
    """Ask for more room; an error there has been kept by who was asked, and ends the run."""
    function = builder.inttoptr(_field(builder, table, MORE), ir.FunctionType(WORD, [WORD]).as_pointer())
    failed = builder.call(function, [builder.ptrtoint(table, WORD)])
    with cgutils.if_unlikely(builder, builder.icmp_signed("!=", failed, WORD(0))):
        context.call_conv.return_user_exc(builder, MemoryError, ("no room for more rows",))


@infer_getattr
class _Fields(AttributeTemplate):
    key = RecordType

    def generic_resolve(self, record: RecordType, name: str) -> Any:
        return record.tables.get(name)


@lower_getattr_generic(RecordType)
def _get_field(context: Any, builder: Any, type_: RecordType, record: Any, name: str) -> Any:
    return _header(builder, record, type_.places[name] * HEADER_SIZE)


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    def generic(self, args: Any, _: Any) -> Any:
        if isinstance(args[0], TableType) and not isinstance(args[0], MapType):
            return typed(args[0].row, args[0], types.intp)
        return typed(types.int64, args[0], types.intp) if isinstance(args[0], WordsType) else None


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    def generic(self, args: Any, _: Any) -> Any:
        if isinstance(args[0], WordsType):
            return typed(types.none, args[0], types.intp, types.int64)
        if isinstance(args[0], TableType) and not isinstance(args[0], MapType):
            if isinstance(args[1], types.SliceType):
                return typed(types.none, *args) if isinstance(args[2], TableType) else None
            return typed(types.none, args[0], types.intp, args[0].row)
        return None


@infer_global(len)
class _Len(AbstractTemplate):
    def generic(self, args: Any, _: Any) -> Any:
        return typed(types.intp, args[0]) if isinstance(args[0], TableType) else None


@lower_builtin(operator.getitem, TableType, types.Integer)
def _table_get(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return _load_row(context, builder, sig.args[0], args[0], args[1])


@lower_builtin(operator.setitem, TableType, types.Integer, types.Integer)
@lower_builtin(operator.setitem, TableType, types.Integer, types.UniTuple)
def _table_set(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    _store_row(context, builder, sig.args[0], args[0], args[1], sig.args[2], args[2])
    return context.get_dummy_value()


@lower_builtin(operator.setitem, TableType, types.SliceType, TableType)
def _table_copy(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Write another table, all of it, over rows of this one: the slice is as long as that."""
    table, where, other = args
    begin = context.make_helper(builder, sig.args[1], value=where).start
    _copy(context, builder, sig.args[0], table, begin, sig.args[2], other)
    return context.get_dummy_value()


@lower_builtin(operator.getitem, WordsType, types.Integer)
def _words_get(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    word = builder.load(builder.gep(args[0], [args[1]], inbounds=True))
    return _mark(builder, word, sig.args[0].label, sig.args[0].constant)


@lower_builtin(operator.setitem, WordsType, types.Integer, types.Integer)
def _words_set(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    _mark(builder, builder.store(args[2], builder.gep(args[0], [args[1]], inbounds=True)), sig.args[0].label)
    return context.get_dummy_value()


@lower_builtin(len, TableType)
def _table_len(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return _field(builder, args[0], LENGTH, sig.args[0].constant)


@infer_getattr
class _Methods(AttributeTemplate):
    key = TableType

    @bound_function("table.append")
    def resolve_append(self, table: Any, args: Any, _: Any) -> Any:
        return typed(types.none, args[0], recvr=table)

    @bound_function("table.extend")
    def resolve_extend(self, table: Any, args: Any, _: Any) -> Any:
        return typed(types.none, args[0], recvr=table)

    @bound_function("table.pop")
    def resolve_pop(self, table: Any, args: Any, _: Any) -> Any:
        return None if args or isinstance(table, MapType) else typed(table.row, recvr=table)

    @bound_function("table.clear")
    def resolve_clear(self, table: Any, _: Any, __: Any) -> Any:
        return typed(types.none, recvr=table)


@lower_builtin("table.append", TableType, types.Any)
def _append(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    table = args[0]
    length = _field(builder, table, LENGTH)
    full = builder.icmp_signed("==", length, _field(builder, table, ROOM))
    with cgutils.if_unlikely(builder, full):
        _make_room(context, builder, table)
    _store_row(context, builder, sig.args[0], table, length, sig.args[1], args[1])
    _set_field(builder, table, LENGTH, builder.add(length, WORD(1)))
    return context.get_dummy_value()


@lower_builtin("table.extend", TableType, TableType)
def _extend(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    table, other = args
    length, count = _field(builder, table, LENGTH), _field(builder, other, LENGTH)
    longer = builder.add(length, count)
    with cgutils.if_unlikely(builder, builder.icmp_signed(">", longer, _field(builder, table, ROOM))):
        _make_room(context, builder, table)
    _copy(context, builder, sig.args[0], table, length, sig.args[1], other)
    _set_field(builder, table, LENGTH, longer)
    return context.get_dummy_value()


@lower_builtin("table.pop", TableType)
def _pop(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    last = builder.sub(_field(builder, args[0], LENGTH), WORD(1))
    _set_field(builder, args[0], LENGTH, last)
    return _load_row(context, builder, sig.args[0], args[0], last)


@lower_builtin("table.clear", TableType)
def _clear(context: Any, builder: Any, _: Any, args: Any) -> Any:
    _set_field(builder, args[0], LENGTH, WORD(0))
    return context.get_dummy_value()


@intrinsic
def words(_: Any, table: Any) -> Any:
    """The words of a table's rows."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return _rows(builder, sig.args[0], args[0])

    return WordsType(table.label, table.constant)(table), generate


@intrinsic
def header(_: Any, table: Any) -> Any:
    """The words of a table's header."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return args[0]

    return WordsType(HEADER)(table), generate


@intrinsic
def make_room(_: Any, table: Any) -> Any:
    """Make more room in a table."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        _make_room(context, builder, args[0])
        return context.get_dummy_value()

    return types.none(table), generate


@intrinsic
def ask(_: Any, function: Any, a: Any, b: Any, c: Any) -> Any:
    """Call a function of three numbers by its address."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        type_ = ir.FunctionType(WORD, [WORD, WORD, WORD])
        return builder.call(builder.inttoptr(args[0], type_.as_pointer()), args[1:])

    return types.int64(types.int64, types.int64, types.int64, types.int64), generate


def record_at(record: RecordType) -> Any:
    """An intrinsic that takes an address for a record."""

    @intrinsic
    def at(_: Any, address: Any) -> Any:
        def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            return builder.inttoptr(args[0], WORD.as_pointer())

        return record(types.int64), generate

    return at


def for_maps(operation: Any, implementation: Any) -> None:
    """Let an operation on dictionaries mean a function."""

    def with_key(table: Any, key: Any) -> Any:
        return implementation if isinstance(table, MapType) else None

    def with_key_and_value(table: Any, key: Any, value: Any) -> Any:
        return implementation if isinstance(table, MapType) else None

    for function in (with_key, with_key_and_value):
        function.__annotations__.clear()  # numba compares them, too
    overload(operation)(with_key if implementation.__code__.co_argcount == 2 else with_key_and_value)
