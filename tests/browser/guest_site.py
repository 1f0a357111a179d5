"""Another site that shows the desk's chat: one page with one script tag, under a policy as strict as can be."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

POLICY = (
    "default-src 'none'; style-src 'none'; script-src {desk}; frame-src {desk}; connect-src {desk}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title></head>
<body><main><h1>A shop</h1><p><a href="#x">A link</a></p></main>
<script type="module" src="{desk}/static/promo-chat.js"></script></body></html>"""


class GuestSite:
    """Serves ``/?desk=http://…``: a page with the chat of that desk."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def page_with(self, desk: str) -> str:
        return f"{self.origin}/?desk={desk}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if not self.path.startswith("/?desk="):
            self.send_error(404)
            return
        desk = self.path.partition("=")[2]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY.format(desk=desk))
        self.end_headers()
        self.wfile.write(PAGE.format(desk=desk).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal belongs to the tests."""
