"""The server: gunicorn with one process of many threads, started from Python.

One process, because the write lock, the faults and the log of calls live in its memory; the
background work (webhooks, expiry of orders) lives in it too.
"""

from __future__ import annotations

import threading
from typing import Any

from django.utils import timezone
from gunicorn.app.base import BaseApplication

from saleor_sandbox.deliveries import Sender
from saleor_sandbox.services import installation, orders
from saleor_sandbox.wsgi import application

_THREADS = 48
_EXPIRY_SECONDS = 5.0


class Server(BaseApplication):
    """Gunicorn on `host`:`port`."""

    def __init__(self, *, host: str, port: int) -> None:
        self._bind = f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """What would stand in a configuration file."""
        options: dict[str, Any] = {
            "bind": self._bind,
            "workers": 1,
            "threads": _THREADS,
            "worker_class": "gthread",
            # A browser keeps connections; a thread is used only while a request runs.
            "keepalive": 30,
            "backlog": 1024,
            "graceful_timeout": 1,
            "timeout": 120,
            "loglevel": "warning",
            "proc_name": "saleor-sandbox",
            "post_worker_init": _start_background,
            "worker_exit": _stop_background,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, loaded in the worker."""
        return application


_background: list[tuple[Sender, threading.Event]] = []


def _start_background(_worker: Any) -> None:
    sender = Sender()
    sender.start()
    stop = threading.Event()
    threading.Thread(target=_expire_orders, args=(stop,), name="expiry", daemon=True).start()
    _background.append((sender, stop))
    installation.resume_all()


def _stop_background(_server: Any, _worker: Any) -> None:
    for sender, stop in _background:
        stop.set()
        sender.stop()


def _expire_orders(stop: threading.Event) -> None:
    while not stop.wait(_EXPIRY_SECONDS):
        orders.expire_overdue(timezone.now())
