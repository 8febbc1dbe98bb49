"""Runs in Pyodide at build time: forgets what only its start needed, so that an image of Python need not carry it."""

import gc
import sys

# Pyodide loads these for programs that talk, wait, install or look into themselves. A widget answers a question. What
# should need one in spite of it breaks, and `python-client.js` starts Python from its files.
FORGOTTEN = (
    *("_opcode_metadata", "annotationlib", "codeop", "concurrent", "dis", "inspect", "opcode"),
    *("select", "selectors", "shutil", "signal", "socket", "subprocess", "tempfile", "zipfile"),
    *(
        f"asyncio.{name}"
        for name in (
            *("base_subprocess", "graph", "queues", "runners", "selector_events", "sslproto"),
            *("staggered", "streams", "subprocess", "taskgroups", "threads", "unix_events"),
        )
    ),
)


def forget() -> None:
    """Empty these modules and take them out of Python's list."""
    for name in sorted(sys.modules):
        if any(name == one or name.startswith(f"{one}.") for one in FORGOTTEN):
            vars(sys.modules.pop(name)).clear()
    gc.collect()
