"""How many deliveries the webhook door takes, against a bare view on the same server.

    python -m benchmarks.webhook_door

The bare view does one durable INSERT of the same body. Both are asked by the same clients over
kept connections, in turns, with every delivery another one; the rates of the rounds are medians.
"""

from __future__ import annotations

import base64
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from benchmarks.databases import POSTGRES, fresh_database
from benchmarks.tables import table

API_URL = "https://benchmark.example/graphql/"
ROUNDS = 4
REQUESTS = 1500
CLIENTS = 4
_PREPARE = """
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from saleor_b2b_docs.saleor.models import Installation
call_command("migrate", verbosity=0)
blob = "bytea" if connection.vendor == "postgresql" else "blob"
key = "bigserial primary key" if connection.vendor == "postgresql" else "integer primary key"
with connection.cursor() as cursor:
    cursor.execute(f"create table benchmark_bare (id {key}, body {blob} not null)")
import json, sys
Installation.objects.create(
    api_url="%(api_url)s", app_id="QXBwOjE=", encrypted_token="-",
    jwks=json.loads('''%(jwks)s'''), jwks_fetched_at=timezone.now(), installed_at=timezone.now(),
)
"""


def main() -> str:
    """Measure on both databases; the table."""
    rows: list[Sequence[str]] = []
    for name, url in (("SQLite", ""), ("PostgreSQL", POSTGRES)):
        with tempfile.TemporaryDirectory() as folder, fresh_database(url) as database_url:
            bare, door = _measure(Path(folder), database_url)
        rows.append((name, f"{bare:.0f}", f"{door:.0f}", f"{door / bare:.2f}"))
    return table(("database", "bare view, requests/s", "door, requests/s", "ratio"), rows)


def _measure(folder: Path, database_url: str) -> tuple[float, float]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    jwks = json.dumps({"keys": [{**jwk, "kid": "1", "alg": "RS256", "use": "sig"}]})
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.door_settings",
        "B2B_DOCS_DATA_DIR": str(folder),
        "B2B_DOCS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "B2B_DOCS_LOG_LEVEL": "ERROR",
        **({"B2B_DOCS_DATABASE_URL": database_url} if database_url else {}),
    }
    prepare = _PREPARE % {"api_url": API_URL, "jwks": jwks}
    subprocess.run(
        [sys.executable, "-m", "django", "shell", "--no-imports", "-c", prepare],
        env=environment,
        check=True,
    )
    bodies = [_body(number) for number in range(REQUESTS * ROUNDS)]
    signatures = [_sign(body, key) for body in bodies]
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.door_server", str(port)], env=environment
    )
    try:
        wait_for(port)
        rates: dict[str, list[float]] = {"bare": [], "door": []}
        for number in range(ROUNDS):
            part = slice(number * REQUESTS, (number + 1) * REQUESTS)
            requests = {
                "bare": [_request("/bare", body, "") for body in bodies[part]],
                "door": [
                    _request("/api/webhooks/saleor/order_updated", body, signature)
                    for body, signature in zip(bodies[part], signatures[part], strict=True)
                ],
            }
            for name, made in requests.items():
                rates[name].append(_rate(port, made))
        return statistics.median(rates["bare"]), statistics.median(rates["door"])
    finally:
        server.terminate()
        server.wait()


def _rate(port: int, requests: list[bytes]) -> float:
    """Requests per second that the server answers to all clients together."""
    parts = [requests[index::CLIENTS] for index in range(CLIENTS)]
    with ProcessPoolExecutor(CLIENTS) as pool:
        list(pool.map(_ask, [port] * CLIENTS, [[] for _ in parts]))  # the processes exist now
        began = time.perf_counter()
        list(pool.map(_ask, [port] * CLIENTS, parts))
        return len(requests) / (time.perf_counter() - began)


def _ask(port: int, requests: list[bytes]) -> None:
    """Send requests one after the other over one connection; each must be answered with 200."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for request in requests:
            connection.sendall(request)
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += connection.recv(65536)
            head, _, body = answer.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise AssertionError(answer)
            length = next(
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length:")
            )
            while len(body) < length:
                body += connection.recv(65536)


def _body(number: int) -> bytes:
    return json.dumps(
        {
            "issuedAt": "2026-01-01T00:00:00+00:00",
            "recipient": {"id": "QXBwOjE="},
            "order": {
                "id": base64.b64encode(f"Order:{number:036}".encode()).decode(),
                "updatedAt": "2026-01-01T00:00:00+00:00",
            },
        }
    ).encode()


def _sign(body: bytes, key: rsa.RSAPrivateKey) -> str:
    headers: dict[str, Any] = {"kid": "1", "crit": ["b64"], "b64": False}
    return jwt.api_jws.encode(
        body, key, algorithm="RS256", headers=headers, is_payload_detached=True
    )


def _request(path: str, body: bytes, signature: str) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nSaleor-Event: order_updated\r\n"
        f"Saleor-Api-Url: {API_URL}\r\nSaleor-Signature: {signature}\r\n\r\n"
    ).encode() + body


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Until somebody listens there; half a minute at most."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


if __name__ == "__main__":
    print(main())
