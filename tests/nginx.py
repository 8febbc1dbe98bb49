"""A real nginx for tests: its own settings, its own process, on a free port of loopback."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hooks.headers import NGINX
from hooks.site_address import path_of

PATIENCE = 10  # seconds
SETTINGS = """daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    log_format lessons "$status $bytes_sent $request_uri";
    access_log {folder}/access.log lessons;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/root;
        include {settings};
    }}
}}
"""


def find_nginx() -> Path | None:
    """Return the program, if this machine has it; Debian keeps it where only root looks."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


@contextmanager
def nginx_serves(site: Path, site_url: str, folder: Path) -> Iterator[str]:
    """Serve a built site under the settings that were built with it; yield its address.

    Args:
        site: the built site.
        site_url: the address it was built for: its path counts.
        folder: an empty one, for what nginx writes; `access.log` has a line an answer: status, bytes sent, address.
    """
    program = find_nginx()
    assert program, "nginx is not installed"
    path = path_of(site_url)
    folder.chmod(0o755)
    place = folder / "root" / path.strip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(site)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "nginx.conf"
    text = SETTINGS.format(folder=folder, port=port, settings=site / NGINX)
    if os.geteuid() == 0:  # what serves would else be somebody who may not read a test's folder
        text = f"user root;\n{text}"
    settings.write_text(text)
    command = [
        str(program),
        "-p",
        str(folder),
        "-e",
        str(folder / "error.log"),
        "-c",
        str(settings),
    ]
    process = subprocess.Popen(command)
    try:
        _wait_for(process, port, folder / "error.log")
        yield f"http://127.0.0.1:{port}{path}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nginx does not answer: {log.read_text() if log.exists() else ''}")
