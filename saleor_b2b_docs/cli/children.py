"""The processes that `serve` and `worker` supervise."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import structlog
from django.db import close_old_connections
from django.utils import timezone
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from saleor_b2b_docs.cli.supervisor import follow_lifeline
from saleor_b2b_docs.work import services
from saleor_b2b_docs.work.embedded import SWEEP_SECONDS, EmbeddedWorker
from saleor_b2b_docs.work.specs import Lane, job_specs

log = structlog.get_logger(__name__)


def run(kind: str, options: str) -> int:
    """Be a child of this kind until told to stop."""
    follow_lifeline()
    parsed: dict[str, Any] = json.loads(options)
    kinds: dict[str, Callable[..., None]] = {
        "web": serve_web,
        "embedded": _embedded,
        "celery": _celery,
        "sweeper": _sweeper,
    }
    kinds[kind](**parsed)
    return 0


class _StructuredLogger(Logger):
    """Gunicorn's messages through our own pipe."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class _WebApplication(BaseApplication):
    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from django.urls import get_resolver

        from saleor_b2b_docs.config.wsgi import application

        # Now, in one thread: modules that import each other can't be first imported by two.
        _ = get_resolver().url_patterns
        return application


def serve_web(*, host: str, port: int, processes: int) -> None:
    """Serve the app with gunicorn until told to stop."""
    _WebApplication(
        {
            "bind": f"{host}:{port}",
            "workers": processes,
            # A link to two hundred documents is longer than the default of 4,094.
            "limit_request_line": 8190,
            # A request is a short transaction, or waits for a call to Saleor's key set.
            "worker_class": "gthread",
            "threads": 8,
            "timeout": 60,
            "graceful_timeout": 20,
            # Longer than the idle time of usual proxies, which must be the ones to hang up.
            "keepalive": 75,
            "preload_app": True,
            "logger_class": _StructuredLogger,
            # Access logs are the proxy's; ours carry what the doors decided.
            "accesslog": None,
            "control_socket_disable": True,
        }
    ).run()


def _load_handlers() -> None:
    """Import all jobs' code now, in one thread, and so that no first job has to wait for it."""
    for spec in job_specs().values():
        spec.load()


def _embedded(*, lane: str, threads: int) -> None:
    _load_handlers()
    if lane == Lane.RENDERING:
        from saleor_b2b_docs.documents.forms import warm_up

        warm_up()  # the first render of a process costs more than many later ones
    EmbeddedWorker(Lane(lane), threads=threads).run()


def _celery(*, lane: str, concurrency: int) -> None:
    from saleor_b2b_docs.config.celery import app

    _load_handlers()
    app.worker_main(
        [
            "worker",
            f"--queues={lane}",
            f"--hostname={lane}@%h",
            f"--concurrency={concurrency}",
            "--without-gossip",
            "--without-mingle",
            "--loglevel=WARNING",
        ]
    )


def _sweeper() -> None:
    """Sweeps for Celery workers; any number of them may run at once."""
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping.is_set():
        close_old_connections()
        try:
            services.sweep(now=timezone.now())
        # Database and broker each have errors of their own, and the next sweep is seconds away.
        except Exception:
            log.exception("sweep failed")
        stopping.wait(SWEEP_SECONDS)
