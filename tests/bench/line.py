"""A web server at the end of a narrow line: so many bits a second for all connections together, so long a way.

Whatever a browser fetches, by a page or by a worker, comes through it: nothing escapes the throttle.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import brotli

from tests.conftest import ROOT
from tests.site_server import COMPRESSIBLE, TYPES

CHUNK = 4096
# what never changes below its address is kept for good, as a decent host does; the rest is asked for again
IMMUTABLE = re.compile(
    r"/(pyodide|micropython)-[\d.]+/|/bare/.*\.(mjs|wasm|zip|whl|json)$|\.[0-9a-f]{8}\."
)


class Line:
    """Serves folders below paths, compressed, and counts what it sends.

    Args:
        folders: path, with a slash at both ends, to folder.
        encoding: `gzip` or `br`.
        megabits: how much passes in a second; 0 is no limit.
        round_trip: how long a question and its answer are on the way [s].
    """

    def __init__(
        self,
        folders: Mapping[str, Path],
        encoding: str = "gzip",
        megabits: float = 0,
        round_trip: float = 0,
    ) -> None:
        self.folders, self.encoding = folders, encoding
        self.megabits, self.round_trip = megabits, round_trip
        self.sent = 0
        self.asked: list[str] = []
        self._free_at = 0.0
        self._lock = threading.Lock()
        self._http = _Server(self)
        self.origin = f"http://localhost:{self._http.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def find(self, path: str) -> Path | None:
        """Return the file at an address, or nothing."""
        for prefix, folder in self.folders.items():
            if path.startswith(prefix):
                file = folder / path.removeprefix(prefix)
                file = file / "index.html" if file.is_dir() else file
                return file if file.is_file() else None
        return None

    def passes(self, data: bytes) -> None:
        """Return once the line has carried these bytes."""
        with self._lock:
            self.sent += len(data)
            if not self.megabits:
                return
            start = max(self._free_at, time.monotonic())
            self._free_at = end = start + len(data) * 8 / (self.megabits * 1e6)
        time.sleep(max(end - time.monotonic(), 0))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, line: Line) -> None:
        self.line = line
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that is closed leaves early: nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server
    greeted = False

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        line = self.server.line
        path = unquote(urlsplit(self.path).path)
        line.asked.append(path)
        # a new connection is a round trip of its own
        time.sleep(line.round_trip * (1 if self.greeted else 2))
        self.greeted = True
        file = line.find(path)
        kind = TYPES.get(file.suffix, "application/octet-stream") if file else TYPES[".txt"]
        body = file.read_bytes() if file else b"not there"
        mark = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        fresh = self.headers.get("If-None-Match") == mark
        headers = {
            "Content-Type": kind,
            "ETag": mark,
            "Cache-Control": "public, max-age=31536000, immutable"
            if IMMUTABLE.search(path)
            else "no-cache",
        }
        if COMPRESSIBLE.search(kind) or path.endswith((".zip", ".whl")):
            headers["Content-Encoding"] = line.encoding
            body = compressed(body, line.encoding)
        status = 304 if fresh else 200 if file else 404
        head = f"HTTP/1.1 {status} x\r\nContent-Length: {0 if fresh else len(body)}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
        whole = head.encode() + (b"" if fresh else body)
        for start in range(0, len(whole), CHUNK):
            part = whole[start : start + CHUNK]
            line.passes(part)
            self.wfile.write(part)


def compressed(body: bytes, encoding: str) -> bytes:
    """Return a body as a good host sends it; kept, because the best compression takes its time."""
    kept = ROOT / ".cache" / "compressed" / f"{hashlib.sha256(body).hexdigest()}.{encoding}"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        packed = gzip.compress(body, 6, mtime=0) if encoding == "gzip" else brotli.compress(body)
        aside = kept.with_suffix(f".{time.monotonic_ns()}")
        aside.write_bytes(packed)
        aside.rename(kept)
    return kept.read_bytes()
