"""Pyodide's script without the names that nobody reads: it does what it did."""

import subprocess
import sys
from pathlib import Path

import pytest

from hooks.browser_bundle import PYODIDE
from hooks.lean_script import OtherScript, lean_script, names_in

SCRIPT = """
async function _create(Module={}){var _add,_gone,_size,_told;var other=1;function assign(wasmExports){\
_add=Module["_add"]=wasmExports["add"];_gone=Module["_gone"]=wasmExports["gone"];\
_size=Module["_size"]=wasmExports["size"].value>>>0;_told=Module["_told"]=wasmExports["told"];}\
function link(GOT){for(var[symName,entry]of Object.entries(GOT)){if(entry.value==-1){entry.value=7}}return GOT}\
const get=(name)=>({dict:()=>"a dict",__dict__:"of "+name});\
const API={rawRun:(line)=>[0,line],runPythonInternal:(line)=>line,\
_pyodide:{_base:{eval_code:(line)=>line},_importhook:{sys:{modules:{get}}}}};\
API.finalizeBootstrap=function(t,e){return[API.rawRun("import _pyodide_core")[1],API._pyodide._base.eval_code("{}"),\
API.runPythonInternal("import __main__; __main__.__dict__"),\
API.runPythonInternal("import builtins; builtins.__dict__"),!!API.runPythonInternal("import importlib; importlib")]};\
if(Module.GOT)return link(Module.GOT);if("image" in Module)return API.finalizeBootstrap(Module.image);\
assign({add:(a)=>a+1,told:()=>5,size:{value:-1}});return [_add(other),Object.keys(Module).join()]}\
export default _create;
"""


def run(script: str, folder: Path, given: str = "") -> str:
    (folder / "script.mjs").write_text(script)
    asked = f"import create from './script.mjs'; console.log(JSON.stringify(await create({given})))"
    (folder / "ask.mjs").write_text(asked)
    command = [Path(sys.executable).parent / "node", folder / "ask.mjs"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_what_is_read_stays_and_what_nobody_reads_is_not_there(tmp_path: Path) -> None:
    whole = SCRIPT.replace("size:{", "gone:0,size:{")  # nobody may read it, and it has to be there
    assert run(whole, tmp_path) == '[2,"_add,_gone,_size,_told"]'
    lean = lean_script(SCRIPT, "module._told()")
    assert run(lean, tmp_path) == '[2,"_add,_told"]'
    assert {"add", "told"} <= names_in(lean)
    assert not {"gone", "_gone", "_size"} & names_in(lean)


def test_opengl_is_not_made_callable_and_all_else_is(tmp_path: Path) -> None:
    asked = "{GOT:{emscripten_glClear:{value:-1},puts:{value:-1},known:{value:3}}}"
    before = '{"emscripten_glClear":{"value":7},"puts":{"value":7},"known":{"value":3}}'
    assert run(SCRIPT, tmp_path, asked) == before
    assert run(lean_script(SCRIPT), tmp_path, asked) == before.replace("7", "0", 1)


def test_python_compiles_nothing_where_it_goes_on_from_an_image(tmp_path: Path) -> None:
    lean = lean_script(SCRIPT)
    for given in ("{image:undefined}", "{image:{}}"):
        compiled = run(SCRIPT, tmp_path, given)
        assert "import _pyodide_core" in compiled
        assert run(lean, tmp_path, "{image:undefined}") == compiled
    assert run(lean, tmp_path, "{image:{}}") == '["","a dict","of __main__","of builtins",true]'


@pytest.mark.parametrize(
    "other",
    [("var _add,", "let _add,"), ("wasmExports", "found"), ("function(t,e)", "function(e,t)")],
)
def test_a_script_that_is_written_otherwise_is_refused(other: tuple[str, str]) -> None:
    with pytest.raises(OtherScript, match="Pyodide's script"):
        lean_script(SCRIPT.replace(*other))


def test_of_pyodides_own_most_names_go_and_what_pyodide_itself_reads_stays() -> None:
    script, reader = ((PYODIDE / name).read_text() for name in ("pyodide.asm.mjs", "pyodide.mjs"))
    lean = lean_script(script, reader)
    assert len(lean) < 0.7 * len(script)
    assert {"_Py_Version", "_malloc", "_free"} <= names_in(lean)
