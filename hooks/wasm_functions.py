"""Leaves functions out of a WebAssembly file: what is called and not there says so, and stops.

The file's other bytes stay as they are. Only what is needed of the format is read here: its sections, and where the
body of each function begins and ends (https://webassembly.github.io/spec/core/binary/).
"""

from collections.abc import Callable, Iterator, Set

MISSED = "missed"  # the exported global that then holds the first one's number, counted from 1
RAN = "ran:"  # in a watched file, what stands before the number of a function in the name of its global

_HEADER = 8
_IMPORTS, _GLOBALS, _EXPORTS, _CODE = 2, 6, 7, 10
_FUNCTION, _TABLE, _MEMORY, _GLOBAL, _TAG = range(5)
_GLOBAL_AT_0 = b"\x7f\x01\x41\x00\x0b"  # i32, may change, begins with i32.const 0
_I32, _GET, _SET = b"\x41", b"\x23", b"\x24"  # i32.const, global.get, global.set
_IF_0, _END = b"\x45\x04\x40", b"\x0b"  # i32.eqz, if; end
_STOP = b"\x00\x0b"  # unreachable, end
_TYPES_OF_TWO = (0x63, 0x64)  # a reference to a type that is named by its number


class NotWasm(ValueError):
    """These bytes are not what this module can read."""


def without(wasm: bytes, kept: Set[int], named: Set[str] | None = None) -> bytes:
    """Return a file in which only some of the functions have their bodies, and only some things are exported.

    Args:
        wasm: the whole file.
        kept: numbers of functions, counted from 0 without imported ones.
        named: the names that whoever runs it may look up; nothing: all.

    Returns:
        The file. The first call of any other function leaves its number in the exported global
        `missed`; each traps.

    Raises:
        NotWasm: the file cannot be read.
    """
    new = _globals(wasm)

    def stops(at: int) -> bytes:
        """Return a body: no variables; if nothing was missed before, note this one; stop."""
        mark = _number(new)
        return b"\x00" + _GET + mark + _IF_0 + _I32 + _signed(at + 1) + _SET + mark + _END + _STOP

    def change(kind: int, content: bytes) -> bytes:
        if kind == _CODE:
            bodies = enumerate(_split(content))
            return _bodies([body if at in kept else stops(at) for at, body in bodies])
        if kind == _EXPORTS and named is not None:
            content = _exports(content, named)
        return _with_globals(kind, content, [MISSED], new)

    return _changed(wasm, change)


def watched(wasm: bytes) -> bytes:
    """Return a file whose functions tell that they ran: number 7 sets the exported global `ran:7` to 1.

    Raises:
        NotWasm: the file cannot be read.
    """
    first = _globals(wasm)
    [code] = [content for kind, content in _sections(wasm) if kind == _CODE]
    names = [f"{RAN}{at}" for at, _ in enumerate(_split(code))]

    def tells(at: int, body: bytes) -> bytes:
        begin = _after_variables(body)
        return body[:begin] + _I32 + _signed(1) + _SET + _number(first + at) + body[begin:]

    def change(kind: int, content: bytes) -> bytes:
        if kind == _CODE:
            return _bodies([tells(at, body) for at, body in enumerate(_split(content))])
        return _with_globals(kind, content, names, first)

    return _changed(wasm, change)


def short(wasm: bytes, size: int) -> list[int]:
    """Return the numbers of the functions whose bodies have at most so many bytes.

    Raises:
        NotWasm: the file cannot be read.
    """
    [code] = [content for kind, content in _sections(wasm) if kind == _CODE]
    return [at for at, body in enumerate(_split(code)) if len(body) <= size]


def _changed(wasm: bytes, change: Callable[[int, bytes], bytes]) -> bytes:
    parts = [wasm[:_HEADER]]
    for kind, content in _sections(wasm):
        new = change(kind, content)
        parts += [bytes([kind]), _number(len(new)), new]
    return b"".join(parts)


def _with_globals(kind: int, content: bytes, names: list[str], first: int) -> bytes:
    """Return a section with new globals at the end, or with their exports, if it is one of the two."""
    if kind == _GLOBALS:
        added = [_GLOBAL_AT_0 for _ in names]
    elif kind == _EXPORTS:
        added = [
            _number(len(name)) + name.encode() + bytes([_GLOBAL]) + _number(first + at)
            for at, name in enumerate(names)
        ]
    else:
        return content
    number, begin = _read(content, 0)
    return _number(number + len(added)) + content[begin:] + b"".join(added)


def _exports(content: bytes, named: Set[str]) -> bytes:
    """Return the section of exports without those that nobody names."""
    number, at = _read(content, 0)
    kept = []
    for _ in range(number):
        size, begin = _read(content, at)
        _, end = _read(content, begin + size + 1)
        if content[begin : begin + size].decode() in named:
            kept.append(content[at:end])
        at = end
    if at != len(content):
        raise NotWasm("the exports do not fill their section")
    return _number(len(kept)) + b"".join(kept)


def _sections(wasm: bytes) -> Iterator[tuple[int, bytes]]:
    if wasm[:_HEADER] != b"\0asm\x01\0\0\0":
        raise NotWasm("this is no WebAssembly of version 1")
    at = _HEADER
    while at < len(wasm):
        size, begin = _read(wasm, at + 1)
        yield wasm[at], wasm[begin : begin + size]
        at = begin + size
    if at != len(wasm):
        raise NotWasm("the last section is cut short")


def _split(code: bytes) -> Iterator[bytes]:
    """Yield the body of each function."""
    number, at = _read(code, 0)
    for _ in range(number):
        size, begin = _read(code, at)
        at = begin + size
        yield code[begin:at]
    if at != len(code):
        raise NotWasm("the functions do not fill their section")


def _bodies(bodies: list[bytes]) -> bytes:
    return _number(len(bodies)) + b"".join(_number(len(body)) + body for body in bodies)


def _after_variables(body: bytes) -> int:
    """Return where a function's instructions begin."""
    groups, at = _read(body, 0)
    for _ in range(groups):
        _, at = _read(body, at)
        at = _read(body, at + 1)[1] if body[at] in _TYPES_OF_TWO else at + 1
    return at


def _globals(wasm: bytes) -> int:
    """Return how many globals a file has, imported ones included: the number of the next one."""
    content = dict(_sections(wasm))
    if not {_IMPORTS, _GLOBALS, _EXPORTS, _CODE} <= content.keys():
        raise NotWasm("a section is missing")
    return _imported_globals(content[_IMPORTS]) + _read(content[_GLOBALS], 0)[0]


def _imported_globals(imports: bytes) -> int:
    number, at = _read(imports, 0)
    found = 0
    for _ in range(number):
        for _ in ("module", "name"):
            size, at = _read(imports, at)
            at += size
        kind, at = imports[at], at + 1
        if kind in (_FUNCTION, _TAG):
            _, at = _read(imports, at + (kind == _TAG))
        elif kind in (_TABLE, _MEMORY):
            at += kind == _TABLE
            limits, at = 1 + (imports[at] & 1), at + 1
            for _ in range(limits):
                _, at = _read(imports, at)
        elif kind == _GLOBAL:
            at += 2
            found += 1
        else:
            raise NotWasm(f"an import of kind {kind}")
    if at != len(imports):
        raise NotWasm("the imports do not fill their section")
    return found


def _read(data: bytes, at: int) -> tuple[int, int]:
    """Return the number that stands at a place (LEB128, without sign), and the place behind it."""
    number = shift = 0
    while True:
        try:
            byte = data[at]
        except IndexError:
            raise NotWasm("the file is cut short") from None
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at


def _signed(number: int) -> bytes:
    """Write a number from 0 on where one with a sign is read: its highest bit must not be set."""
    written = _number(number)
    last = written[-1]
    return written if last < 0x40 else written[:-1] + bytes([last | 0x80, 0])


def _number(number: int) -> bytes:
    written = bytearray()
    while number >= 0x80:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
