"""Pyodide's script without what only other people's libraries would look up: most names of its WebAssembly file.

Each of them stands in it three times, in a list of variables and in one assignment, whether anybody reads it or not.
"""

import re
from collections import Counter
from collections.abc import Set

_WORD = re.compile(r"[\w$]+")
_ASSIGNED = re.compile(r'(_[\w$]*)=Module\["\1"\]=wasmExports\["[^"]+"\](?:\.value>>>0)?;')
_MODULE = re.compile(r"\A\s*(async function (\w+)\(.*)export default \2;\s*$", re.DOTALL)
_TIMES = 3


class OtherScript(ValueError):
    """Pyodide's script is not written as this module knows it."""


def lean_script(script: str, *readers: str) -> str:
    """Return the script without the variables that neither it nor its readers name elsewhere.

    Raises:
        OtherScript: there are none, or they are declared in another way.
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
    left_out = _ASSIGNED.sub(lambda found: "" if found[1] in unread else found[0], shorter)
    # in brackets, a function is read for good the first time; otherwise once in passing, and again when it is called
    return _MODULE.sub(r"export default (\1);", left_out)


def names_in(*scripts: str) -> Set[str]:
    """Return every name, and every other word, that stands in scripts."""
    return {word for script in scripts for word in _WORD.findall(script)}
