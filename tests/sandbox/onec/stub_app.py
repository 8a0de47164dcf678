"""An app for tests of the base: it offers one order, takes what is told, fails when asked to."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ORDER: dict[str, Any] = {
    "id": "7f0f4a3e-0d5c-4b7e-9a51-1d2f3a4b5c6d",
    "number": "1001",
    "placed_at": "2026-03-20T10:00:00+02:00",
    "currency": "UAH",
    "is_cancelled": False,
    "buyer": {"id": "b-1", "name": "Затишок", "tax_id": "38451232", "vat_id": ""},
    "seller": {"code": "kashtan", "name": "Каштан", "tax_id": "41234567"},
    "lines": [
        {
            "id": "g-1",
            "name": "Рулетка",
            "sku": "KSH-1",
            "unit": "",
            "quantity": 3,
            "gross": "120.00",
            "tax": "20.00",
            "tax_rate": "0.2000",
        }
    ],
    "delivery": {"name": "", "gross": "60.00", "tax": "10.00", "tax_rate": "0.2"},
    "discount": "9.99",
    "surplus": "0.00",
    "gross": "170.01",
}
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class StubApp:
    """Listens on a port of its own. `fails` requests are answered 503 before it works again."""

    asked: list[Asked] = field(default_factory=list)
    fails: int = 0
    refuses: bool = False
    progress: int = 0
    """How often an import is still under way."""
    import_answer: str = "success"
    is_acknowledged: bool = False

    def start(self) -> None:
        """Begin to listen."""
        app = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer()

            def do_POST(self) -> None:
                self._answer()

            def _answer(self) -> None:
                address = urlsplit(self.path)
                asked = Asked(
                    self.command,
                    address.path,
                    {name: values[0] for name, values in parse_qs(address.query).items()},
                    {name.lower(): value for name, value in self.headers.items()},
                    self.rfile.read(int(self.headers.get("Content-Length") or 0)),
                )
                app.asked.append(asked)
                status, body = app.answer(asked)
                self.send_response(status)
                self.send_header("Content-Type", "text/plain; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *_: Any) -> None:  # noqa: A002  its name there
                """Tests read what was asked, not a log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def of(self, path: str) -> list[Asked]:
        """What was asked at this path."""
        return [asked for asked in self.asked if asked.path == path]

    def answer(self, asked: Asked) -> tuple[int, bytes]:
        """What it says."""
        if self.fails:
            self.fails -= 1
            return 503, b"later"
        if asked.path == "/api/1c/requests":
            requests = [] if self.is_acknowledged else [{"type": "order", "order": ORDER}]
            return 200, json.dumps({"id": "page", "requests": requests}).encode()
        if asked.path.endswith("/ack"):
            self.is_acknowledged = True
            return 200, b"{}"
        if asked.path == "/api/1c/events":
            refused = [{"code": "INVALID_EVENT", "message": "amount"}] if self.refuses else []
            return 200, json.dumps({"refused": refused}).encode()
        return 200, self._exchange(asked.parameters["mode"]).encode()

    def _exchange(self, mode: str) -> str:
        if mode == "checkauth":
            return "success\ncookie\ntoken\nsessid=key"
        if mode == "init":
            return "zip=yes\nfile_limit=700\nsessid=key"
        if mode == "import" and self.progress:
            self.progress -= 1
            return "progress\nstill"
        return self.import_answer if mode == "import" else "success"
