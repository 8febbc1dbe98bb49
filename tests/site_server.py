"""A web server for tests: it serves a folder below a sub-path, breaks on request, and hears of visits elsewhere.

It listens on loopback only. Every answer carries a report-only policy that allows nothing but this server, so
the browser itself reports each attempt, by a page or by a worker, to reach another host: `foreign_requests`.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
import re
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR, socket
from types import TracebackType
from typing import Any, Protocol, Self
from urllib.parse import unquote, urlsplit

OURS = "/-/"  # below it lies what is no part of the site
REPORTS = OURS + "foreign-requests"
POLICY = (
    "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' 'unsafe-eval' data: blob:; report-uri "
)
TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
COMPRESSIBLE = re.compile(r"text/|[+/](?:json|xml|wasm|javascript)\b")


class Evaluates(Protocol):
    """A page in a browser."""

    def evaluate(self, expression: str) -> Any: ...


@dataclass(frozen=True)
class Request:
    """What a browser asked for, the status it got (0: it was left hanging), and the bytes of the body as sent."""

    path: str
    status: int
    sent_bytes: int = 0


@dataclass(frozen=True)
class ForeignRequest:
    """An attempt to reach another host, as the browser reported it."""

    url: str
    page: str


@dataclass(frozen=True, eq=False)
class Fault:
    """What goes wrong with the paths in which `pattern` is found, until `remove()` or the end of a `with`."""

    pattern: str
    status: int | None = None
    cut: bool = False
    flip: bool = False
    hang: bool = False
    headers: Mapping[str, str | None] = field(default_factory=dict)
    replace: tuple[str, str] | None = None
    _server: SiteServer | None = None
    _released: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        """Let the requests that hang, and all later ones, be answered."""
        self._released.set()

    def remove(self) -> None:
        """Serve these paths properly again."""
        self.release()
        if self._server and self in self._server.faults:
            self._server.faults.remove(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()


class SiteServer:
    """Serves `folder` at `url`; anything outside `prefix` is not found.

    `headers` go with every answer. A second server is another origin; with `reports=False` it hears nothing.
    """

    def __init__(
        self,
        folder: Path,
        prefix: str = "/legpress/",
        *,
        headers: Mapping[str, str | None] | None = None,
        reports: bool = True,
    ) -> None:
        self.folder = folder.resolve()
        self.prefix = prefix
        self.requests: list[Request] = []
        self.foreign_requests: list[ForeignRequest] = []
        self._heard = threading.Condition()
        self.faults: list[Fault] = []
        self._http = _Listener(self)
        self._port = self._http.server_port
        self.origin = f"http://127.0.0.1:{self._http.server_port}"
        self.url = self.origin + prefix
        self.headers: dict[str, str | None] = {"Cache-Control": "no-cache"}
        if reports:
            self.headers["Content-Security-Policy-Report-Only"] = POLICY + self.origin + REPORTS
        self.headers |= headers or {}

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for fault in list(self.faults):
            fault.remove()
        self._hang_up()

    @contextmanager
    def gone(self) -> Iterator[None]:
        """Answer nobody: whoever asks finds no server at the address, as without a network."""
        self._hang_up()
        try:
            yield
        finally:
            self._http = _Listener(self, self._port)
            self._listen()

    @contextmanager
    def serving(self, folder: Path) -> Iterator[None]:
        """Serve another folder at the same address, as after a release."""
        before, self.folder = self.folder, folder.resolve()
        try:
            yield
        finally:
            self.folder = before

    def _listen(self) -> None:
        # a quick poll, because shutting down waits for the next one
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def _hang_up(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.hang_up()
        self._http.server_close()

    def fault(
        self,
        pattern: str,
        *,
        status: int | None = None,
        cut: bool = False,
        flip: bool = False,
        hang: bool = False,
        headers: Mapping[str, str | None] | None = None,
        replace: tuple[str, str] | None = None,
    ) -> Fault:
        r"""From now on, spoil the answers to the paths in which the regular expression is found.

        Args:
            pattern: searched in the path without its query, e.g. \.wasm$.
            status: answer with this status instead.
            cut: send half of the body, then close the connection.
            flip: change one bit in the middle of the body (before compression).
            hang: do not answer until `release()` or `remove()`.
            headers: set these; None takes a header away.
            replace: write the second text where the first one stands first in the body.
        """
        fault = Fault(pattern, status, cut, flip, hang, headers or {}, replace, _server=self)
        self.faults.insert(0, fault)  # the newest wins
        return fault

    def asked(self, pattern: str) -> Sequence[Request]:
        """Return the requests in whose path the regular expression is found."""
        return [request for request in self.requests if re.search(pattern, request.path)]

    def foreign_requests_of(self, page: Evaluates) -> list[ForeignRequest]:
        """Return the attempts to reach another host that were reported so far.

        Reports come late, and none come from a browser that ignores the policy. So the page makes one attempt
        more, to this server under another name, and what was reported when that one arrives is the answer. One
        report may overtake another on its way, so it makes a second attempt when the first has arrived.
        """

        def marked() -> bool:
            return any(request.url == mark for request in self.foreign_requests)

        for _ in range(2):
            mark = f"http://localhost:{self._http.server_port}{OURS}mark-{time.monotonic_ns()}"
            page.evaluate(f"void fetch({json.dumps(mark)}, {{mode: 'no-cors'}}).catch(() => {{}})")
            with self._heard:
                assert self._heard.wait_for(marked, timeout=30), "the browser reports nothing"
        return [request for request in self.foreign_requests if f"{OURS}mark-" not in request.url]

    def settle(self) -> None:
        """Part with everybody who still asks or listens, as no page is open any more, and empty both logs."""
        while self._http.connections:
            self._http.hang_up()
            time.sleep(0.01)
        self.forget()

    def forget(self) -> None:
        """Empty both logs; what an open page has under way still counts."""
        self.requests.clear()
        self.foreign_requests.clear()

    def _find(self, path: str) -> tuple[int, Path | None]:
        if path + "/" == self.prefix:
            return 301, None
        if not path.startswith(self.prefix):
            return 404, None
        file = (self.folder / path.removeprefix(self.prefix)).resolve()
        if not file.is_relative_to(self.folder):
            return 404, None
        if file.is_dir():
            if not path.endswith("/"):
                return 301, None
            file /= "index.html"
        if file.is_file() and (not path.endswith("/") or file.name == "index.html"):
            return 200, file
        missing = self.folder / "404.html"
        return 404, missing if missing.is_file() else None


class _Listener(ThreadingHTTPServer):
    daemon_threads = False  # joined at the end, so that no socket stays open
    request_queue_size = 128

    def __init__(self, site: SiteServer, port: int = 0) -> None:
        self.site = site
        self.connections: set[socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def hang_up(self) -> None:
        """Close what browsers keep open for a next request."""
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a browser may leave early
            super().handle_error(request, client_address)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        site = self.server.site
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if urlsplit(self.path).path == REPORTS:
            report = json.loads(body)["csp-report"]
            with site._heard:
                site.foreign_requests.append(
                    ForeignRequest(report["blocked-uri"], report["document-uri"])
                )
                site._heard.notify_all()
            self._send(204, {}, b"")
        else:
            site.requests.append(Request(self.path, 405))
            self._send(405, {}, b"")

    def do_GET(self) -> None:
        site = self.server.site
        path = unquote(urlsplit(self.path).path)
        if path.startswith(OURS):
            self._send(204, {}, b"")
            return
        fault = next((fault for fault in site.faults if re.search(fault.pattern, path)), Fault(""))
        if fault.hang and not fault._released.is_set():
            site.requests.append(Request(self.path, 0))
            fault._released.wait()
        status, file = site._find(path)
        if fault.status:
            status, file = fault.status, None
        body = file.read_bytes() if file else f"{status} {HTTPStatus(status).phrase}\n".encode()
        headers: dict[str, str | None] = {"Content-Type": _type(file) if file else TYPES[".txt"]}
        if status == HTTPStatus.MOVED_PERMANENTLY:
            headers["Location"] = path + "/"
        if fault.replace and file:
            old, new = (text.encode() for text in fault.replace)
            body = body.replace(old, new, 1)
        if fault.flip and body:
            middle = len(body) // 2
            body = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]
        if COMPRESSIBLE.search(str(headers["Content-Type"])):
            headers["Vary"] = "Accept-Encoding"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                headers["Content-Encoding"] = "gzip"
                body = _compressed(body)
        site.requests.append(Request(self.path, status, len(body)))
        self._send(status, headers | site.headers | dict(fault.headers), body, cut=fault.cut)

    def _send(
        self, status: int, headers: Mapping[str, str | None], body: bytes, *, cut: bool = False
    ) -> None:
        self.send_response(status)
        if cut:
            # one chunk that never ends: by a length alone, Firefox does not miss compressed bytes
            headers = {**headers, "Transfer-Encoding": "chunked"}
            body = f"{len(body):x}\r\n".encode() + body[: len(body) // 2]
            self.close_connection = True
        elif status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _type(file: Path) -> str:
    guess = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    return guess or "application/octet-stream"


@lru_cache(maxsize=1024)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(
        body, 6, mtime=0
    )  # kept, because every fresh browser asks for Pyodide again
