"""Functions left out of a WebAssembly file: the others work, and a call of a missing one is noted and stops."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.browser_bundle import PYODIDE
from hooks.wasm_functions import MISSED, RAN, NotWasm, short, watched, without

# (module
#   (import "host" "seen" (func (param i32)))
#   (import "host" "start" (global i32))
#   (func $0 (export "double") (param i32) (result i32) (local i32) local.get 0 i32.const 2 i32.mul)
#   (func $1 (export "tell") (param i32) (result i32) local.get 0 call $seen local.get 0)
#   (func $2 (export "twice") (param i32) (result i32) local.get 0 call $double call $double)
#   (global (mut i32) i32.const 7))
MODULE = bytes.fromhex(
    "0061736d01000000"
    "010a02 60017f00 60017f017f"
    "021b02 04686f7374 047365656e 00 00 04686f7374 057374617274 03 7f 00"
    "030403 010101"
    "0606 01 7f01 41070b"
    "0719 03 06646f75626c65 00 01 0474656c6c 00 02 057477696365 00 03"
    "0a1d03 09 01017f 200041026c0b 08 00 20001000 20000b 08 00 2000 1001 10010b"
)
ASK = """
const {readFileSync} = require("fs");
const [file, ...calls] = process.argv.slice(1);
const seen = [];
const start = new WebAssembly.Global({value: "i32"}, 1);
const imports = {host: {seen: (number) => seen.push(number), start}};
const {exports} = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), imports);
const said = calls.map((name) => { try { return exports[name](5) } catch (e) { return e.constructor.name } });
const globals = Object.entries(exports).filter(([, e]) => e instanceof WebAssembly.Global);
console.log(JSON.stringify({said, seen, globals: Object.fromEntries(globals.map(([n, g]) => [n, g.value]))}));
"""


def asked(wasm: bytes, folder: Path, *calls: str) -> dict[str, object]:
    """Call functions with 5 under Node; return what they said, and what the exported globals hold then."""
    (folder / "asked.wasm").write_bytes(wasm)
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    command = [str(node), "-e", ASK, str(folder / "asked.wasm"), *calls]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(ran.stdout)
    return found


def test_what_is_kept_works_and_the_first_function_that_is_missed_is_named(tmp_path: Path) -> None:
    lean = without(MODULE, {0})
    assert asked(lean, tmp_path, "double") == {"said": [10], "seen": [], "globals": {MISSED: 0}}
    told = asked(lean, tmp_path, "tell", "twice", "double")
    assert told == {"said": ["RuntimeError"] * 2 + [10], "seen": [], "globals": {MISSED: 2}}


def test_a_kept_function_that_calls_a_missing_one_stops_there(tmp_path: Path) -> None:
    told = asked(without(MODULE, {1, 2}), tmp_path, "twice", "tell")
    assert told == {"said": ["RuntimeError", 5], "seen": [5], "globals": {MISSED: 1}}


def test_only_what_is_named_is_exported(tmp_path: Path) -> None:
    lean = without(MODULE, {0, 1, 2}, {"twice", "other"})
    told = asked(lean, tmp_path, "twice", "double")
    assert told == {"said": [20, "TypeError"], "seen": [], "globals": {MISSED: 0}}


def test_a_watched_file_tells_which_functions_ran_and_does_what_it_did(tmp_path: Path) -> None:
    told = asked(watched(MODULE), tmp_path, "twice")
    assert told["said"] == [20]
    assert told["globals"] == {f"{RAN}0": 1, f"{RAN}1": 0, f"{RAN}2": 1}


def test_the_number_of_a_late_function_is_written_with_a_sign(tmp_path: Path) -> None:
    whole = (PYODIDE / "pyodide.asm.wasm").read_bytes()
    assert max(short(whole, 100)) > 0x2000  # its seventh bit would be read as a minus
    bare = without(whole, set())
    (tmp_path / "bare.wasm").write_bytes(bare)
    check = "new WebAssembly.Module(require('fs').readFileSync(process.argv[1]))"
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    subprocess.run([str(node), "-e", check, str(tmp_path / "bare.wasm")], check=True)
    assert len(bare) < 0.5 * len(whole)


def test_short_functions_are_found_by_their_length() -> None:
    assert short(MODULE, 8) == [1, 2]
    assert short(MODULE, 9) == [0, 1, 2]


def test_what_is_kept_whole_differs_in_nothing_but_the_note() -> None:
    everything = without(MODULE, {0, 1, 2})
    assert MODULE[-30:] == everything[-30:]


@pytest.mark.parametrize("end", range(len(MODULE)))
def test_a_file_cut_short_is_refused(end: int) -> None:
    with pytest.raises(NotWasm):
        without(MODULE[:end], {0})


@given(st.binary(max_size=80))
def test_other_bytes_are_refused(other: bytes) -> None:
    with pytest.raises(NotWasm):
        watched(b"\0asm\x01\0\0\0" + other)
