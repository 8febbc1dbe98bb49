"""Pyodide's script without what no page needs.

* Most names of its WebAssembly file: each stands in the script three times, in a list of variables and in one assignment,
  whether anybody reads it or not.
* OpenGL: at each start the script makes 258 functions of it callable from WebAssembly, one tiny module for each.
* Python's compiler, where Python goes on from an image: the script would compile and run five lines to find four modules
  that are loaded already, and the first line that is compiled takes longest.
"""

import re
from collections import Counter
from collections.abc import Set

_WORD = re.compile(r"[\w$]+")
_ASSIGNED = re.compile(r'(_[\w$]*)=Module\["\1"\]=wasmExports\["[^"]+"\](?:\.value>>>0)?;')
_MODULE = re.compile(r"\A\s*(async function (\w+)\(.*)export default \2;\s*$", re.DOTALL)
_TIMES = 3
_MADE_CALLABLE = "for(var[symName,entry]of Object.entries(GOT)){if(entry.value==-1){"
_BOOTSTRAP = "API.finalizeBootstrap=function(t,e){"
_LOADED = "API._pyodide._importhook.sys.modules.get"
# what stands in the script, each once, and what takes its place; in the function of `_BOOTSTRAP`, t is the image's text
_REPLACED = {
    _MADE_CALLABLE: f'{_MADE_CALLABLE}if(symName.startsWith("emscripten_gl")){{entry.value=0;continue}}',
    _BOOTSTRAP: _BOOTSTRAP,
    'API.rawRun("import _pyodide_core")': '(t?[0,""]:API.rawRun("import _pyodide_core"))',
    'API._pyodide._base.eval_code("{}")': f'(t?{_LOADED}("builtins").dict():API._pyodide._base.eval_code("{{}}"))',
    **{
        f'API.runPythonInternal("{line}")': f'(t?{found}:API.runPythonInternal("{line}"))'
        for line, found in (
            ("import importlib; importlib", f'{_LOADED}("importlib")'),
            ("import __main__; __main__.__dict__", f'{_LOADED}("__main__").__dict__'),
            ("import builtins; builtins.__dict__", f'{_LOADED}("builtins").__dict__'),
        )
    },
}


class OtherScript(ValueError):
    """Pyodide's script is not written as this module knows it."""


def lean_script(script: str, *readers: str) -> str:
    """Return the script without the variables that neither it nor its readers name elsewhere.

    Raises:
        OtherScript: there are none, or they are declared in another way; or a part that is replaced is not there once.
    """
    times, named = Counter(_WORD.findall(script)), names_in(*readers)
    assigned = {found[1] for found in _ASSIGNED.finditer(script)}
    unread = {name for name in assigned if times[name] == _TIMES and name not in named}
    declared = next(
        (
            found
            for found in re.finditer(r"var ([\w$,]+);", script)
            if unread & {*found[1].split(",")}
        ),
        None,
    )
    if not declared or not unread <= {*declared[1].split(",")}:
        raise OtherScript(
            "Pyodide's script declares the names of its WebAssembly file in another way"
        )
    left = ",".join(name for name in declared[1].split(",") if name not in unread)
    shorter = (
        script[: declared.start()] + (f"var {left};" if left else "") + script[declared.end() :]
    )
    for part, other in _REPLACED.items():
        if shorter.count(part) != 1:
            raise OtherScript(f"Pyodide's script has no {part}, or more than one")
        shorter = shorter.replace(part, other)
    left_out = _ASSIGNED.sub(lambda found: "" if found[1] in unread else found[0], shorter)
    # in brackets, a function is read for good the first time; otherwise once in passing, and again when it is called
    return _MODULE.sub(r"export default (\1);", left_out)


def names_in(*scripts: str) -> Set[str]:
    """Return every name, and every other word, that stands in scripts."""
    return {word for script in scripts for word in _WORD.findall(script)}
