"""`python -m hooks.serve_site`: shows the site on this machine and builds it anew after every change.

Each build runs in a fresh process, forked from one that has MkDocs and Material imported already:
changed hooks and widgets count at once, and a build that fails leaves the last right site standing.
"""

import argparse
import os
import signal
import sys
import tempfile
from multiprocessing.context import ForkServerContext
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from hooks import ROOT
from hooks.make_site import build, log_to_terminal

WATCHED = ("content", "hooks", "interactive", "mkdocs.yml")


def serve(host: str, port: int) -> None:
    """Serve until interrupted.

    Args:
        host: a loopback address.
        port: a free port; 0 finds one.
    """
    log_to_terminal()
    # a plain `kill` stops as Ctrl-C does, and leaves nothing behind
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.default_int_handler)
    mount = urlsplit(load_config(str(ROOT / "mkdocs.yml")).site_url or "/").path
    address = f"http://{host}:{port}{mount}"
    # bytecode written beside the sources would look like a change of theirs
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    processes = ForkServerContext()
    processes.set_forkserver_preload(["mkdocs.commands.build", "material", "pymdownx.superfences"])

    with tempfile.TemporaryDirectory(prefix="lessons-") as folder:
        site_dir = Path(folder) / "site"

        def rebuild() -> None:
            making = processes.Process(target=_build, args=(site_dir, address))
            making.start()
            making.join()

        rebuild()
        server = LiveReloadServer(rebuild, host, port, str(site_dir), mount)
        for watched in WATCHED:
            server.watch(str(ROOT / watched))
        server.error_handler = lambda code: _page(site_dir / f"{code}.html")
        try:
            print(f"\n  The site: {address} (stop with Ctrl-C)\n", flush=True)
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves it bare
        except KeyboardInterrupt:
            print("Stopped.")
        except OSError as error:
            sys.exit(
                f"Port {port} cannot be used ({error.strerror}). Try: make serve PORT={port + 1}"
            )
        finally:
            server.shutdown()


def _build(site_dir: Path, address: str) -> None:
    log_to_terminal()
    build(site_dir, strict=False, site_url=address)


def _page(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def main() -> None:
    """Serve from the command line."""
    parser = argparse.ArgumentParser(description="Show the site on this machine.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    asked = parser.parse_args()
    serve(asked.host, asked.port)


if __name__ == "__main__":
    main()
