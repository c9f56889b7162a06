"""Answer a browser on this machine: its own page, what is new on the board, and finished pictures, and nothing else.

No address names a file: pictures are asked for by the id of their card. Only 127.0.0.1 is listened at; requests that
name another host (a page elsewhere whose name leads here) or come from another page are refused, and the page may load
from here alone.
"""

from __future__ import annotations

import json
import os
import re
import socket
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from assetgen.errors import UsageError
from assetgen.preview.board import Board, Picture

HERE = Path(__file__).parent
SHARED = HERE.parent / "package"
LONGEST_WAIT = 20.0
LONGEST_BODY = 100_000
_PICTURE = re.compile(r"/picture/([0-9a-f]{16})/(\d{1,9})/(\d{1,3})")
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
_ID = re.compile(r"[0-9a-f]{16}")


class Server(ThreadingHTTPServer):
    """A server of one board on 127.0.0.1; closing it ends every connection."""

    daemon_threads = False
    block_on_close = True
    # On Windows this would let two programs share the port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, board: Board, port: int, arriving: Callable[[], None] | None = None) -> None:
        """Listen at a port, any free one for 0; `arriving` is called when somebody loads the page.

        Raises UsageError when the port is taken.
        """
        self.board, self.arriving = board, arriving
        self._open: set[socket.socket] = set()
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            hint = "leave --port away to take any free one"
            raise UsageError(f"port {port} cannot be used: {error.strerror}", hint=hint) from error
        self.hosts = {f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost")}

    @property
    def address(self) -> str:
        """Return the address of the page."""
        return f"http://127.0.0.1:{self.server_port}/"

    @cached_property
    def page(self) -> tuple[bytes, str]:
        """Return the page and its security policy."""
        style = "".join((folder / name).read_text("utf-8") for folder, name in STYLES)
        script = "".join((folder / name).read_text("utf-8") for folder, name in SCRIPTS)
        html = (HERE / "preview.html").read_text("utf-8").replace("{{ watch }}", "no" if self.arriving else "yes")
        html = html.replace("{{ style }}", style).replace("{{ script }}", script)
        policy = "default-src 'none'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
        policy += "base-uri 'none'; form-action 'none'; "
        policy += f"frame-ancestors 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'"
        return html.encode(), policy

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection and remember it, so that it can be ended."""
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Close all connections, also those on which a browser says nothing, and wait for their threads."""
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away."""


STYLES = ((SHARED, "gallery.css"), (HERE, "preview.css"))
SCRIPTS = ((SHARED, "pieces.js"), (SHARED, "player.js"), (HERE, "preview.js"))


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "assetgen"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the page, with news, or with a picture."""
        if not self._is_welcome():
            return
        board = self.server.board
        path, _, query = self.path.partition("?")
        if path == "/":
            if self.server.arriving is not None:
                self.server.arriving()
            html, policy = self.server.page
            self._answer(html, "text/html; charset=utf-8", {"Content-Security-Policy": policy})
        elif path == "/state":
            after = parse_qs(query).get("after", ["0"])[0]
            told = board.tell(int(after) if after.isdecimal() and len(after) < 10 else 0, LONGEST_WAIT)
            self._answer(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"), "application/json")
        elif found := _PICTURE.fullmatch(path):
            picture = board.picture(found[1], int(found[2]), int(found[3]))
            if picture is None:
                self._refuse(HTTPStatus.NOT_FOUND)
            else:
                self._send(picture)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Take note of what somebody looks at."""
        if not self._is_welcome():
            return
        size = self.headers.get("Content-Length", "")
        if self.path != "/seen" or self.headers.get_content_type() != "application/json":
            self._refuse(HTTPStatus.NOT_FOUND)
        elif not size.isdecimal() or int(size) > LONGEST_BODY:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            ids = _ids(self.rfile.read(int(size)))
            if ids is None:
                self._refuse(HTTPStatus.BAD_REQUEST)
                return
            self.server.board.look(ids)
            self._answer(b"{}", "application/json")

    def _is_welcome(self) -> bool:
        """Tell whether a request is from our own page or was typed; refuse all others."""
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site", "none")
        ours = {f"http://{host}" for host in self.server.hosts}
        # Another page may lead here by a link, as a whole page, but not use what we answer.
        led = self.path == "/" and self.headers.get("Sec-Fetch-Mode") == "navigate"
        known = self.headers.get("Host") in self.server.hosts and (origin is None or origin in ours)
        if known and (led or site in {"same-origin", "none"}):
            return True
        self._refuse(HTTPStatus.FORBIDDEN)
        return False

    def _send(self, picture: Picture) -> None:
        """Answer with a file, or the part of it that is asked for: browsers seek in videos by parts."""
        headers = {"Cache-Control": "private, max-age=3600", "Accept-Ranges": "bytes"}
        length = len(picture.data)
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        start = int(asked[1]) if asked else 0
        if not asked or start >= length:
            self._answer(picture.data, picture.media_type, headers)
            return
        end = min(int(asked[2] or length), length - 1)
        headers["Content-Range"] = f"bytes {start}-{end}/{length}"
        self._answer(picture.data[start : end + 1], picture.media_type, headers, HTTPStatus.PARTIAL_CONTENT)

    def _answer(
        self,
        body: bytes,
        media_type: str,
        headers: dict[str, str] | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        self.send_response(status)
        common = {
            "Content-Type": media_type,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
        }
        for name, value in {**common, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _refuse(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: only commands print."""


def _ids(body: bytes) -> tuple[str, ...] | None:
    """Return the ids of cards in a request, None when it is not a list of them."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    if not isinstance(found, list) or not all(isinstance(one, str) and _ID.fullmatch(one) for one in found):
        return None
    return tuple(found)


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
